//! What holds for all files of the repository: which module may use which, what lies where, and how files look.
//!
//! The tables are what is found, not only what is allowed, so that they tell the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use generator::diagnostics::codes::{ALL, Code};

/// The arrows between the modules of the generator's crates. They go one way: from the top of this list to its end. The differ counts as
/// one module.
const ARROWS: &str = "
differ -> analyze diagnostics document emit formats ir limits media_type methods node parallel path_template pointer schema source
generate -> analyze choices diagnostics document emit ir lower node similar source
emit -> analyze formats ir limits methods node path_template render
render -> parallel
analyze -> fnv formats ir limits node parallel
lower -> choices diagnostics document fnv formats ir limits media_type path_template pointer schema similar
ir -> choices formats node
schema -> diagnostics document formats limits media_type pointer similar
document -> choices diagnostics limits media_type methods node overlay parallel pointer similar source trail
report -> diagnostics limits source
choices -> diagnostics formats methods pointer similar source
node -> diagnostics pointer
overlay -> diagnostics limits pointer similar source
source -> diagnostics limits pointer
diagnostics -> limits pointer similar
trail -> pointer
";

/// The modules that use each of the crates that the generator depends on.
const CRATES: &str = "
annotate_snippets: report
foldhash: pointer
heck: analyze
http: analyze document
indexmap: differ document emit generate ir lower schema
openapiv3: document lower
percent_encoding: document
petgraph: analyze
prettyplease: render
proc_macro2: emit render
pulldown_cmark: emit
pulldown_cmark_to_cmark: emit
quote: emit render
regress: lower
saphyr_parser: source
semver: choices
serde_json: choices diagnostics differ document formats generate ir lower overlay pointer schema source
serde_json_path: overlay
serde_yaml: source
stacker: lower parallel
strsim: similar
syn: render
thiserror: document source
toml: source
unicode_normalization: analyze
";

/// The crates that the runtime uses, which become dependencies of every emitted crate.
const RUNTIME_CRATES: [&str; 20] = [
    "base64",
    "bytes",
    "form_urlencoded",
    "fs4",
    "futures_core",
    "http",
    "http_body",
    "httpdate",
    "log",
    "percent_encoding",
    "regress",
    "reqwest",
    "serde_core",
    "serde_json",
    "tokio",
    "tower_layer",
    "tower_service",
    "tracing",
    "ureq",
    "zeroize",
];

/// The crates that make up the generator.
const GENERATOR: [&str; 3] = ["generator/openapi", "generator", DIFFER];

const DIFFER: &str = "generator/differ";

/// The folders of what is written by hand.
const OWN: [&str; 7] = [
    "generator/openapi/src",
    "generator/src",
    "generator/differ/src",
    "generator/cli/src",
    "generator/runtime",
    "xtask/src",
    "tests/it",
];

const LINES: usize = 400;

#[test]
fn arrows_go_one_way() {
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let sources = generator_sources();
    let modules: BTreeSet<&str> = sources.iter().map(|source| source.module.as_str()).collect();
    for source in sources.iter().filter(|source| source.module != "lib") {
        for target in ["crate::", "generator::"].into_iter().flat_map(|root| used_modules(&source.code, root)) {
            if target != source.module && modules.contains(target.as_str()) {
                arrows.entry(source.module.clone()).or_default().insert(target);
            }
        }
    }
    let expected: BTreeMap<String, BTreeSet<String>> = table(ARROWS, " -> ");
    assert_eq!(lines(&arrows), lines(&expected));
}

#[test]
fn crates_stay_where_they_are() {
    let expected = table(CRATES, ": ");
    let mut found: BTreeMap<String, BTreeSet<String>> =
        expected.keys().map(|name| (name.clone(), BTreeSet::new())).collect();
    for source in generator_sources() {
        for (name, modules) in &mut found {
            if is_used(&source.code, name) {
                modules.insert(source.module.clone());
            }
        }
    }
    assert_eq!(lines(&found), lines(&expected));
    let declared: BTreeSet<String> = GENERATOR.iter().flat_map(|folder| dependencies(folder)).collect();
    assert_eq!(declared, expected.into_keys().collect());
}

#[test]
fn the_runtime_uses_few_crates() {
    let manifest = text(&repository().join("generator/runtime/Cargo.toml"));
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("there are dependencies");
    let dependencies = dependencies.lines().take_while(|line| !line.is_empty());
    let declared: Vec<String> =
        dependencies.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.replace('-', "_")).collect();
    assert_eq!(declared, RUNTIME_CRATES);
    let sources = runtime_sources();
    let unused = |name: &&str| !sources.iter().any(|source| is_used(&source.code, name));
    none(RUNTIME_CRATES.into_iter().filter(unused).map(str::to_owned));
}

#[test]
fn the_generator_does_no_io() {
    let io = |source: &Source| {
        ["std::fs", "std::net::Tcp", "std::process", "std::env", "println!"]
            .into_iter()
            .filter(|name| source.code.contains(name))
            .map(|name| format!("{}: {name}", source.path))
            .collect::<Vec<_>>()
    };
    none(generator_sources().iter().flat_map(io));
}

#[test]
fn every_code_is_given_somewhere() {
    let sources = generator_sources();
    let users: Vec<&Source> = sources.iter().filter(|source| !source.path.ends_with("diagnostics/codes.rs")).collect();
    let constant = |code: &Code| format!("codes::{}", code.name().to_uppercase().replace('-', "_"));
    let is_used = |name: &String| users.iter().any(|source| names(&source.code, name));
    none(ALL.iter().map(constant).filter(|name| !is_used(name)));
}

#[test]
fn nothing_panics() {
    let panics = [".unwrap()", "panic!", "todo!", "unimplemented!", "unreachable!", "unwrap_unchecked"];
    let found = |source: &Source| {
        let found = panics.iter().filter(|name| source.code.contains(**name));
        found.map(|name| format!("{}: {name}", source.path)).collect::<Vec<_>>()
    };
    none(generator_sources().iter().chain(&runtime_sources()).flat_map(found));
}

#[test]
fn the_runtime_is_copied_as_it_is() {
    let read = |folder: &str| -> BTreeMap<String, Vec<u8>> {
        let root = repository().join(folder);
        let name = |path: &Path| shown(path.strip_prefix(&root).expect("it lies there"));
        rust_files(folder).iter().map(|path| (name(path), fs::read(path).expect("it can be read"))).collect()
    };
    let (original, copy) = (read("generator/runtime/src"), read("generated/runtime/src"));
    assert_eq!(original.keys().collect::<Vec<_>>(), copy.keys().collect::<Vec<_>>());
    let others = original.iter().filter(|(name, bytes)| copy.get(*name) != Some(*bytes)).map(|(name, _)| name.clone());
    // Written for each document.
    assert_eq!(others.collect::<Vec<_>>(), ["formats.rs"]);
}

#[test]
fn modules_say_what_they_are() {
    none(own_files().into_iter().filter(|path| !text(path).starts_with("//!")).map(|path| relative(&path)));
}

#[test]
fn files_are_short() {
    let long = |path: &PathBuf| !is_test(&relative(path)) && without_tests(&text(path)).lines().count() > LINES;
    none(own_files().into_iter().filter(long).map(|path| relative(&path)));
}

#[test]
fn no_vendor_is_named() {
    let vendors = ["bytenite", "netography", "purewl"];
    let names = |path: &PathBuf| {
        let text = text(path).to_lowercase();
        text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| vendors.contains(&word))
    };
    let files = OWN.into_iter().filter(|folder| *folder != "tests/it").flat_map(rust_files);
    none(files.filter(names).map(|path| relative(&path)));
}

#[test]
fn nothing_is_allowed_wholesale() {
    let allowing = |path: &PathBuf| text(path).contains("#![allow");
    none(rust_files("generated").into_iter().filter(allowing).map(|path| relative(&path)));
}

/// A file of a crate that is not a test.
struct Source {
    path: String,
    /// The module at the top that it belongs to.
    module: String,
    /// The text without comments, strings and tests.
    code: String,
}

fn generator_sources() -> Vec<Source> {
    let mut sources: Vec<Source> = GENERATOR.iter().flat_map(|folder| sources(&format!("{folder}/src"))).collect();
    for source in sources.iter_mut().filter(|source| source.path.starts_with(DIFFER)) {
        source.module = "differ".to_owned();
    }
    sources
}

/// The crates that a crate of the generator uses, without those of the workspace.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest = text(&repository().join(folder).join("Cargo.toml"));
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("there are dependencies");
    let names = dependencies.lines().map_while(|line| line.split_once(".workspace = true"));
    let others = names.map(|(name, _)| name.replace('-', "_"));
    others.filter(|name| !["generator", "openapi"].contains(&name.as_str())).collect()
}

fn runtime_sources() -> Vec<Source> {
    sources("generator/runtime/src")
}

fn sources(folder: &str) -> Vec<Source> {
    let files = rust_files(folder).into_iter().map(|path| (relative(&path), path));
    let sources = files.filter(|(name, _)| !is_test(name)).map(|(name, path)| {
        let inside = path.strip_prefix(repository().join(folder)).expect("it lies there").to_string_lossy();
        let module = inside.split(['/', '\\', '.']).next().expect("there is a first").to_owned();
        Source { module, code: code(without_tests(&text(&path))), path: name }
    });
    sources.collect()
}

/// The first segments of all paths from a crate's root.
fn used_modules(code: &str, root: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for rest in code.split(root).skip(1) {
        match rest.strip_prefix('{') {
            // `use crate::{a::B, c}` of the stages is flat.
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                modules.extend(list.split(',').map(|path| first_word(path.trim())));
            }
            None => modules.push(first_word(rest)),
        }
    }
    modules
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// Whether a path begins with a crate's name.
fn is_used(code: &str, name: &str) -> bool {
    code.match_indices(&format!("{name}::")).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':' || c == '#')
    })
}

/// Whether a path is in a text, and not only the beginning of a longer one.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let after = code[at + path.len()..].chars().next();
        !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// A text without comments and without what stands in quotes.
fn code(mut rest: &str) -> String {
    let mut code = String::new();
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") {
            3
        } else if c == '"' {
            quoted(rest)
        } else {
            code.push(c);
            c.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// The length of a string literal.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return index + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

fn is_test(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/") || name.contains("_tests/") || name.starts_with("tests/")
}

fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// The files of ours that are written by hand.
fn own_files() -> Vec<PathBuf> {
    OWN.into_iter().flat_map(rust_files).collect()
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![repository().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn table(text: &str, separator: &str) -> BTreeMap<String, BTreeSet<String>> {
    let rows = text.lines().filter_map(|line| line.split_once(separator));
    rows.map(|(key, values)| (key.to_owned(), values.split_whitespace().map(str::to_owned).collect())).collect()
}

fn lines(table: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    table.iter().map(|(key, values)| format!("{key}: {}", Vec::from_iter(values.iter().cloned()).join(" "))).collect()
}

fn none(found: impl IntoIterator<Item = String>) {
    assert_eq!(Vec::from_iter(found), Vec::<String>::new());
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).expect("it can be read").replace("\r\n", "\n")
}

fn relative(path: &Path) -> String {
    shown(path.strip_prefix(repository()).expect("it lies in the repository"))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn repository() -> &'static Path {
    crate::documents::root().parent().expect("`tests` lies in the repository")
}
