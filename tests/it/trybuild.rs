//! Programs that a user of `generated` writes: those in `ui/pass` compile, those in `ui/fail` do not, with the messages beside
//! them. `TRYBUILD=overwrite` rewrites those.
//!
//! What compiles is a module here: trybuild would link and run a program for each.

#[path = "../ui/pass/bytenite.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod bytenite;
#[path = "../ui/pass/netography.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod netography;
#[path = "../ui/pass/purewl.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod purewl;

#[test]
fn misuse_does_not_compile() {
    ::trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}
