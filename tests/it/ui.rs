//! Programs that a user of `generated` writes and that compile. Those that do not are in the package `ui`.

#[path = "../ui/pass/bytenite.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod bytenite;
#[path = "../ui/pass/doubles.rs"]
mod doubles;
#[path = "../ui/pass/netography.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod netography;
#[path = "../ui/pass/purewl.rs"]
#[expect(dead_code, reason = "it is only compiled")]
mod purewl;
