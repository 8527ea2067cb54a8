//! The table `[package]` of an emitted crate and of its runtime: what the generator writes there, and what its user sets.

use indexmap::IndexMap;

/// What the user sets in the manifest of the crate: the keys of `[package]`, each with its value as TOML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The keys.
    pub keys: IndexMap<String, String>,
}

/// The keys that are written if the user does not set them.
const USUAL: &[(&str, &str)] = &[
    ("description", "\"Typed clients generated from OpenAPI documents\""),
    ("version", "\"0.0.0\""),
    ("edition", "\"2024\""),
    ("rust-version", "\"1.88\""),
    ("publish", "false"),
    ("metadata", "{ docs = { rs = { all-features = true } } }"),
];

/// The keys that are set for the runtime as well, because the two crates are published together.
const SHARED: &[&str] = &["version", "license", "license-file", "publish", "repository", "homepage", "authors"];

impl Manifest {
    /// Whether the generator decides on a key.
    pub fn is_fixed(key: &str) -> bool {
        ["name", "edition", "rust-version"].contains(&key)
    }

    /// The lines of the crate's own table.
    pub(super) fn own(&self, name: &str) -> String {
        let usual = USUAL.iter().map(|(key, value)| (*key, *value)).filter(|(key, _)| !self.replaces(key));
        self.lines(name, usual, |_| true)
    }

    /// The lines of the runtime's table, made from those of the generator's own runtime.
    pub(super) fn shared(&self, name: &str, usual: &str) -> String {
        let usual = usual.lines().filter_map(|line| line.split_once(" = ")).filter(|(key, _)| *key != "name");
        let mut below = self.clone();
        // The runtime's folder is below the crate's.
        if let Some(file) = below.keys.get_mut("license-file") {
            *file = file.replacen('"', "\"../", 1);
        }
        below.lines(name, usual.filter(|(key, _)| !self.replaces(key)), |key| SHARED.contains(&key))
    }

    /// The version in the crate's dependency on its runtime. Empty if the workspace sets it, because a dependency cannot say so.
    pub(super) fn required_version(&self) -> String {
        let usual = USUAL.iter().find(|(key, _)| *key == "version").map(|(_, value)| *value);
        let version = self.keys.get("version").map(String::as_str).or(usual);
        version
            .filter(|version| version.starts_with(['"', '\'']))
            .map(|it| format!("version = {it}, "))
            .unwrap_or_default()
    }

    fn lines<'l>(
        &self,
        name: &str,
        usual: impl Iterator<Item = (&'l str, &'l str)>,
        wanted: impl Fn(&str) -> bool,
    ) -> String {
        let value = |key: &str, usual: &str| match self.keys.get(key).filter(|_| wanted(key)) {
            Some(set) => format!("{key} = {set}\n"),
            None => format!("{key} = {usual}\n"),
        };
        let usual: Vec<(&str, &str)> = usual.collect();
        let lines = usual.iter().map(|(key, usual)| value(key, usual));
        let further = self.keys.iter().filter(|(key, _)| wanted(key) && !usual.iter().any(|(known, _)| known == key));
        let further = further.map(|(key, value)| format!("{key} = {value}\n"));
        std::iter::once(format!("name = \"{name}\"\n")).chain(lines).chain(further).collect()
    }

    /// Whether the user's keys replace this usual key by another one: `license-file` replaces `license`.
    fn replaces(&self, key: &str) -> bool {
        key == "license" && self.keys.contains_key("license-file")
    }
}
