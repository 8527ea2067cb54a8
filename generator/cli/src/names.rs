//! Names that a user chooses for an API's module and for a crate: which names are valid, and the default name.

use std::ffi::OsStr;
use std::path::Path;

use generator::analyze::ident::file_name;
use generator::formats;

/// Names that the module of an API must not have, because the crate uses them for other modules or for features of Cargo.
const TAKEN_MODULES: &[&str] = &[
    "bin", "blocking", "brotli", "checks", "default", "formats", "gzip", "http2", "reqwest", "runtime", "testing",
    "tower", "tracing",
];

/// The crates that always exist, and the dependencies of an emitted crate, without those of formats.
const TAKEN_CRATES: &[&str] = &[
    "alloc",
    "base64",
    "bytes",
    "core",
    "form_urlencoded",
    "fs4",
    "futures_core",
    "http",
    "http_body",
    "httpdate",
    "log",
    "percent_encoding",
    "proc_macro",
    "regress",
    "reqwest",
    "serde_core",
    "serde_json",
    "std",
    "test",
    "tokio",
    "tower_layer",
    "tower_service",
    "tracing",
    "ureq",
    "wasm_bindgen_futures",
    "zeroize",
];

fn taken_crates() -> Vec<&'static str> {
    TAKEN_CRATES.iter().copied().chain(formats::crates().iter().map(|krate| krate.name)).collect()
}

/// File names that say what a document is and not what it is about.
const PLAIN_STEMS: &[&str] = &["api", "index", "main", "openapi", "root", "spec", "swagger"];

/// Checks the name of an API: that of its module, its feature and its folder.
pub fn module(text: &str) -> Result<String, String> {
    checked(text, TAKEN_MODULES)
}

/// Checks the name of a crate, which may have hyphens.
pub fn package(text: &str) -> Result<String, String> {
    checked(&text.replace('-', "_"), &taken_crates()).map(|_| text.to_owned())
}

/// A crate's name for a document: from its file's name or, if that is the same for most documents, from its folder's.
pub fn package_for(document: &Path) -> String {
    let stem = document.file_stem().filter(|stem| !PLAIN_STEMS.iter().any(|plain| stem.eq_ignore_ascii_case(plain)));
    let folder = || document.canonicalize().ok()?.parent()?.file_name().map(snake);
    let name = stem.map(snake).or_else(folder).unwrap_or_else(|| "client".to_owned());
    if taken_crates().contains(&name.as_str()) { name + "_client" } else { name }
}

fn checked(text: &str, taken: &[&str]) -> Result<String, String> {
    let name = file_name(text);
    if taken.contains(&name.as_str()) {
        return Err("is taken: Cargo or the emitted code has something of that name".to_owned());
    }
    if name != text {
        return Err(format!("must be a Rust name in snake case, for example `{name}`"));
    }
    Ok(name)
}

/// The text as a name in snake case that is not a keyword and begins with a letter.
fn snake(text: &OsStr) -> String {
    file_name(&text.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_crates() {
        let names = ["specs/Pet Store.yaml", "type.json", "2fa.json", "http.yaml", "std.json", "v1.0.json"];
        let expected = ["pet_store", "type_", "n2fa", "http_client", "std_client", "v1_0"];
        assert_eq!(names.map(|name| package_for(Path::new(name))), expected);
        assert!(expected.iter().all(|name| package(name).is_ok()));
    }

    #[test]
    fn names_that_will_not_do() {
        for name in ["", "Pets", "-pets", "pets-", "type", "con", "_pets", "2fa", "../pets", "http", "core"] {
            assert!(package(name).is_err(), "{name}");
        }
        assert!(module("http").is_ok());
        assert!(module("runtime").is_err());
    }
}
