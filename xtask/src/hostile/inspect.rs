//! Finds what an emitted crate must not hold, whatever the document says.
//!
//! Takes the files of a crate; says which parts of the document have become more than a name, a literal or words in a comment. It reads the
//! formatted files with the same parsers as the user's tools.

use std::collections::{BTreeMap, BTreeSet};

use generator::formats::FORMATS;
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options};
use indexmap::IndexMap;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};

use super::markdown;

/// Words that must not become identifiers: the mark of the hostile documents, and a macro that would show them.
const CANARIES: &[&str] = &["injected_canary", "compile_error", "INJECTED"];

/// The manifests of a crate and of its runtime.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "runtime/Cargo.toml"];

/// The lines that the generator writes by itself.
pub struct Known {
    manifest: BTreeSet<String>,
}

impl Known {
    /// The name of the harmless crate from which these lines are taken.
    const PACKAGE: &str = "a";

    pub fn new() -> Self {
        let members = FORMATS.iter().map(|format| (format.name(), json!({"type": "string", "format": format.name()})));
        let members: BTreeMap<&str, Value> = members.collect();
        let blameless = json!({
            "openapi": "3.1.0",
            "info": {"title": "A", "version": "1"},
            "paths": {},
            "components": {"schemas": {"A": {"type": "object", "properties": members}}},
        });
        let document = SourceText { name: "a.json".to_owned(), bytes: blameless.to_string().into_bytes() };
        let source = ApiSource { name: "a".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
        let options = Options { program: crate::PROGRAM.generates(), ..Options::new(Self::PACKAGE, Layout::Whole) };
        let files = generator::generate(vec![source], &options).files.unwrap_or_default();
        let manifests = MANIFESTS.into_iter().filter_map(|path| files.get(path));
        Self { manifest: manifests.flat_map(|text| text.lines().map(str::to_owned)).collect() }
    }
}

/// Finds text that a terminal would obey, or that a reader would not see.
pub fn terminal(what: &str, bytes: &[u8]) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => hidden(text).map(|c| format!("{what} holds {}", c.escape_unicode())),
        Err(_) => Some(format!("{what} is not UTF-8")),
    }
}

/// Adds what is wrong with a crate to `faults`. Gives its text files.
pub fn output(
    files: BTreeMap<String, Vec<u8>>,
    package: &str,
    known: &Known,
    faults: &mut Vec<String>,
) -> IndexMap<String, String> {
    let mut texts = IndexMap::new();
    for (path, bytes) in files {
        faults.extend(terminal(&path, &bytes));
        let text = String::from_utf8_lossy(&bytes).into_owned();
        faults.extend(odd_path(&path));
        if path.ends_with(".rs") {
            faults.extend(rust(&path, &text, package));
        } else if MANIFESTS.contains(&path.as_str()) {
            faults.extend(manifest(&text, package, known));
        }
        if !path.starts_with('.') {
            texts.insert(path, text);
        }
    }
    texts
}

/// Checks that a path has only characters of a small alphabet, whatever the names in the document.
fn odd_path(path: &str) -> Option<String> {
    let fixed = [".generated-files", "README.md", "runtime/rustfmt.toml"].contains(&path) || MANIFESTS.contains(&path);
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '/');
    let source = path.strip_prefix("runtime/").unwrap_or(path).strip_suffix(".rs");
    let ours = source.is_some_and(|stem| stem.starts_with("src/") && stem.chars().all(plain));
    (!fixed && !ours).then(|| format!("writes `{}`", path.escape_default()))
}

fn manifest(text: &str, package: &str, known: &Known) -> Vec<String> {
    let name = format!("name = \"{package}\"");
    let runtime = |name: &str| format!("{name}-runtime");
    let is_known = |line: &str| known.manifest.contains(&line.replace(&runtime(package), &runtime(Known::PACKAGE)));
    let foreign = text.lines().filter(|line| *line != name && !is_known(line));
    foreign.map(|line| format!("Cargo.toml says `{line}`")).collect()
}

fn rust(path: &str, text: &str, package: &str) -> Vec<String> {
    let tokens = match text.parse::<TokenStream>() {
        Ok(tokens) if syn::parse_file(text).is_ok() => tokens,
        _ => return vec![format!("{path} is no Rust")],
    };
    let mut faults = Vec::new();
    identifiers(tokens.clone(), &mut |name| {
        if CANARIES.contains(&name) {
            faults.push(format!("{path} has the identifier `{name}`"));
        }
    });
    let has_example = path == "src/lib.rs" || path.starts_with("src/api/operations/");
    let own = has_example.then_some(package);
    faults.extend(markdown::tests(tokens, own).into_iter().map(|code| format!("{path} has a doc test: {code}")));
    faults
}

fn identifiers(tokens: TokenStream, visit: &mut impl FnMut(&str)) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => identifiers(group.stream(), visit),
            TokenTree::Ident(name) => visit(&name.to_string()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The first character that is neither visible nor a plain blank, if there is one.
fn hidden(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let control = c.is_control() && !matches!(c, '\n' | '\t');
        control || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
    })
}
