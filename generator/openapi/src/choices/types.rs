//! The choices about types: the type of a format, the user's type for a schema, and further derives.

use std::collections::BTreeMap;

use serde_json::Value;

use super::FormatChoice;
use super::glob::fits;
use super::reader::Reader;
use crate::diagnostics::Place;
use crate::formats;
use crate::pointer::Pointer;

/// What is derived for the types whose names fit a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derives {
    /// The pattern.
    pub pattern: String,
    /// The paths of the macros.
    pub macros: Vec<String>,
    /// Where the pattern was written.
    pub place: Place,
}

impl Derives {
    /// Whether a type with this name is meant.
    pub fn are_for(&self, name: &str) -> bool {
        fits(&self.pattern, name, None)
    }
}

pub(super) fn formats(reader: &mut Reader<'_>, at: &Pointer, value: &Value) -> BTreeMap<String, (FormatChoice, Place)> {
    let mut found = BTreeMap::new();
    for (name, value) in reader.table(at, value) {
        let at = at.join(name);
        let Some(word) = reader.text(&at, value) else { continue };
        if let Some(choice) = format(reader, &at, name, &word) {
            found.insert(name.clone(), (choice, reader.place(&at)));
        }
    }
    found
}

fn format(reader: &mut Reader<'_>, at: &Pointer, name: &str, word: &str) -> Option<FormatChoice> {
    if word.contains("::") {
        return path(reader, at, word).map(FormatChoice::Own);
    }
    let Some(known) = formats::named(name).filter(|known| known.text().is_some()) else {
        let names: Vec<&str> = formats::texts().flat_map(|format| format.names).copied().collect();
        reader.unknown(at, &format!("there is no format `{name}` of a type that can be chosen"), name, &names);
        return None;
    };
    if word == "text" {
        return Some(FormatChoice::Text);
    }
    let words: Vec<&str> = formats::choices(known).map(|(word, _)| word).chain(["text"]).collect();
    let chosen = formats::choices(known).find(|(known, _)| *known == word);
    if chosen.is_none() {
        let wanted = format!("one of `{}`, or the path of a type", words.join("`, `"));
        reader.wrong(at, &wanted, &Value::from(word));
    }
    chosen.map(|(_, format)| FormatChoice::Other(format))
}

pub(super) fn types(reader: &mut Reader<'_>, at: &Pointer, value: &Value) -> Vec<(String, String, Place)> {
    let mut found = Vec::new();
    for (name, value) in reader.table(at, value) {
        let at = at.join(name);
        let text = reader.text(&at, value);
        if let Some(path) = text.and_then(|text| path(reader, &at, &text)) {
            found.push((name.clone(), path, reader.place(&at)));
        }
    }
    found
}

pub(super) fn derives(reader: &mut Reader<'_>, at: &Pointer, value: &Value) -> Vec<Derives> {
    let mut found = Vec::new();
    for (pattern, value) in reader.table(at, value) {
        let at = at.join(pattern);
        let macros = reader.texts(&at, value).into_iter().enumerate();
        let macros = macros.filter_map(|(index, (text, _))| path(reader, &at.join(index), &text)).collect();
        found.push(Derives { pattern: pattern.clone(), macros, place: reader.place(&at) });
    }
    found
}

/// A path of names in Rust.
fn path(reader: &mut Reader<'_>, at: &Pointer, text: &str) -> Option<String> {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if text.split("::").all(is_name) {
        return Some(text.to_owned());
    }
    reader.wrong(at, "the path of something in Rust, as in `shop_types::Money`", &Value::from(text));
    None
}

/// A crate that the user's own types need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// What the manifest says of it, in one line of TOML.
    pub line: String,
    /// Where it was written.
    pub place: Place,
}

pub(super) fn dependencies(reader: &mut Reader<'_>, at: &Pointer, value: &Value) -> BTreeMap<String, Dependency> {
    // The names that Cargo takes.
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let mut found = BTreeMap::new();
    for (name, value) in reader.table(at, value) {
        let is_taken = OWN_CRATES.contains(&name.as_str()) || formats::crates().iter().any(|krate| krate.name == name);
        match toml(value).filter(|_| is_name(name) && is_dependency(value)) {
            Some(_) if is_taken => {
                let wanted = "another crate: the emitted manifest has this one";
                reader.wrong(&at.join(name), wanted, value);
            }
            Some(line) => {
                let place = reader.place(&at.join(name));
                found.insert(name.clone(), Dependency { line, place });
            }
            None => reader.wrong(&at.join(name), "a dependency, as in a manifest of Cargo's", value),
        }
    }
    found
}

/// The crates that the manifest of an emitted crate always has. It has those of formats if it needs them.
const OWN_CRATES: &[&str] = &["bytes", "serde_json"];

/// The texts that a dependency may have (the Cargo Book, "Specifying Dependencies").
const DEPENDENCY_TEXTS: &[&str] = &["branch", "git", "package", "path", "registry", "rev", "tag", "version"];

/// The flags that a dependency may have. None is optional, because the emitted code always uses it.
const DEPENDENCY_FLAGS: &[&str] = &["default-features", "workspace"];

fn is_dependency(value: &Value) -> bool {
    let is_version = |value: &Value| value.as_str().is_some_and(|text| semver::VersionReq::parse(text).is_ok());
    let Value::Object(members) = value else { return is_version(value) };
    let count = |keys: &[&str]| keys.iter().filter(|key| members.contains_key(**key)).count();
    let is_known = |(key, value): (&String, &Value)| match key.as_str() {
        "features" => value.as_array().is_some_and(|features| features.iter().all(Value::is_string)),
        key if DEPENDENCY_FLAGS.contains(&key) => value.is_boolean(),
        key => DEPENDENCY_TEXTS.contains(&key) && value.is_string(),
    };
    members.iter().all(is_known)
        && members.get("version").is_none_or(is_version)
        && count(&["version", "git", "path", "workspace"]) > 0
        && count(&["git", "path"]) < 2
        && count(&["branch", "rev", "tag"]) <= count(&["git"])
}

/// A value as it is written in one line of TOML.
fn toml(value: &Value) -> Option<String> {
    Some(match value {
        // TOML has all escapes of JSON except `\/`, which is never written.
        Value::String(_) | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(elements) => format!("[{}]", elements.iter().map(toml).collect::<Option<Vec<_>>>()?.join(", ")),
        Value::Object(members) => {
            let members =
                members.iter().map(|(key, value)| Some(format!("{} = {}", Value::from(key.as_str()), toml(value)?)));
            format!("{{ {} }}", members.collect::<Option<Vec<_>>>()?.join(", "))
        }
        Value::Null => return None,
    })
}
