//! Programs that a user of `generated` writes and that do not compile: those in `fail`, with the messages beside them.
//! `TRYBUILD=overwrite` rewrites those.

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
