//! The runtime of an emitted crate: takes the crate's name and the formats of its documents, gives the files of the folder `runtime`.
//!
//! The runtime is a crate of its own, so that a change of the document does not compile it again. Its files are copied as they are, except
//! for `Cargo.toml`, `rustfmt.toml` and `formats.rs`. They are read through the links in `embedded/`, because Cargo leaves the folder of
//! another package out of a published one.

use crate::emit::formats;
use crate::emit::manifest::Manifest;
use crate::formats::Crate;

/// The names and the texts of source files of the runtime.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../embedded/src/", $name)))),*]
    };
}

/// The manifest. The emitted one ends where the dependencies of tests begin.
const MANIFEST: &str = include_str!("../../embedded/manifest.toml");

/// `cargo fmt --all` formats the user's crate and the runtime. A changed file would fail the next `gen --check`.
const FORMATTING: &str = "disable_all_formatting = true\n";

/// All sources except `formats.rs`, by name.
const FILES: &[(&str, &str)] = files![
    "attempt_headers.rs",
    "attempts.rs",
    "authorized.rs",
    "base64_text.rs",
    "base_url.rs",
    "block_on.rs",
    "body.rs",
    "bound.rs",
    "byte_stream.rs",
    "check.rs",
    "choice.rs",
    "client.rs",
    "client/prepared.rs",
    "clock.rs",
    "decimal.rs",
    "decode_error.rs",
    "destination.rs",
    "encode.rs",
    "enumeration.rs",
    "error.rs",
    "escape.rs",
    "events.rs",
    "fault.rs",
    "form.rs",
    "header.rs",
    "input.rs",
    "interop.rs",
    "item_stream.rs",
    "lib.rs",
    "media_type.rs",
    "mock.rs",
    "names.rs",
    "nullable.rs",
    "object.rs",
    "operation.rs",
    "output.rs",
    "pairs.rs",
    "parse.rs",
    "race.rs",
    "raw.rs",
    "read.rs",
    "readers.rs",
    "recording.rs",
    "redirect.rs",
    "reply.rs",
    "request.rs",
    "request_body.rs",
    "request_error.rs",
    "reqwest_body.rs",
    "reqwest_transport.rs",
    "reqwest_wasm.rs",
    "response.rs",
    "resumed.rs",
    "retry.rs",
    "retry_after.rs",
    "scalar.rs",
    "scan.rs",
    "secret.rs",
    "security.rs",
    "settings.rs",
    "sink.rs",
    "style.rs",
    "table.rs",
    "tape.rs",
    "template.rs",
    "text.rs",
    "token/cache.rs",
    "token/client.rs",
    "token/core.rs",
    "token/credential.rs",
    "token/driver.rs",
    "token/error.rs",
    "token/exchange.rs",
    "token/file_store.rs",
    "token/grant.rs",
    "token/issuer.rs",
    "token/mod.rs",
    "token/renewal.rs",
    "token/scopes.rs",
    "token/scripted.rs",
    "token/shared.rs",
    "token/slot.rs",
    "token/source.rs",
    "token/spending.rs",
    "token/store.rs",
    "tower.rs",
    "trace.rs",
    "trailing.rs",
    "transport.rs",
    "transport_error.rs",
    "tuple.rs",
    "union.rs",
    "unknown.rs",
    "unreadable.rs",
    "ureq_transport.rs",
    "variants.rs",
    "write.rs",
];

/// The name of the runtime's package.
pub(super) fn package(name: &str) -> String {
    format!("{name}-runtime")
}

/// The files of the runtime that are copied as they are, by their path.
pub(super) fn copied() -> impl Iterator<Item = (String, String)> {
    FILES.iter().map(|(name, text)| (format!("src/{name}"), (*text).to_owned()))
}

/// The files of the runtime that are written for a crate, by their path.
pub(super) fn written(name: &str, manifest: &Manifest, optional: &[&Crate]) -> [(&'static str, String); 3] {
    [
        ("src/formats.rs", formats::file(optional)),
        ("Cargo.toml", own_manifest(name, manifest, optional)),
        ("rustfmt.toml", FORMATTING.to_owned()),
    ]
}

fn own_manifest(name: &str, manifest: &Manifest, optional: &[&Crate]) -> String {
    let (_, text) = MANIFEST.split_once("[package]\n").unwrap_or_default();
    let (text, _) = text.split_once("\n[dev-dependencies]").unwrap_or((text, ""));
    let (keys, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let keys = manifest.shared(&package(name), keys);
    format!("[package]\n{keys}\n{rest}{}", formats::dependencies(optional))
}

/// The crate's module `runtime`.
pub(super) fn module(name: &str, optional: &[&Crate]) -> String {
    let name = package(name).replace('-', "_");
    let (exports, types) = (formats::exports(optional), formats::wrappers(optional));
    format!(
        "//! What all operations and models share, and [`Call`].

{exports}pub use {name}::*;

{name}::call!();
{types}"
    )
}
