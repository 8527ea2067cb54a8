//! Breaking changes that somebody has accepted: a checked-in file, each entry with its reason.
//!
//! Takes the text of the file, gives its entries, and the change that each of them accepts. Does not decide about exit codes.

use std::fs;
use std::path::Path;

use generator::report::escape;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::report::Entry;
use crate::error::{Error, Result, TomlError};

/// A breaking change that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The API's name. Without it, the change is accepted in every API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// The rule.
    pub id: String,
    /// What changed.
    pub subject: String,
    /// The fingerprint of the change. Without it, the values before and after do not matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// The line of the entry in its file, from 1.
    #[serde(skip)]
    pub line: usize,
}

/// The whole file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accepted: Vec<Spanned<Accepted>>,
}

/// Reads the file.
pub fn read(path: &Path) -> Result<Vec<Accepted>> {
    let text = fs::read_to_string(path).map_err(Error::file("read", path))?;
    parse(&text).map_err(|error| Error::toml(path, "is not a list of accepted changes", error))
}

/// The entries of a text.
pub fn parse(text: &str) -> Result<Vec<Accepted>, TomlError> {
    let visible = |error: toml::de::Error| {
        TomlError::Content(error.to_string().lines().map(escape).collect::<Vec<_>>().join("\n"))
    };
    let file: File = toml::from_str(text).map_err(visible)?;
    let entries = file.accepted.into_iter().map(|entry| {
        let line = text.get(..entry.span().start).unwrap_or_default().matches('\n').count() + 1;
        let entry = Accepted { line, ..entry.into_inner() };
        if entry.reason.trim().is_empty() {
            return Err(TomlError::Content(format!(
                "line {line}: the entry for `{}` has no reason",
                escape(&entry.subject)
            )));
        }
        Ok(entry)
    });
    entries.collect()
}

/// The entry for a change, to be completed with the reason.
pub fn written(api: &str, entry: &Entry) -> String {
    let members = [
        ("api", api),
        ("id", entry.rule),
        ("subject", &entry.subject),
        ("fingerprint", &entry.fingerprint),
        ("reason", ""),
    ];
    let members = members.map(|(name, value)| format!("{name} = {}\n", string(value)));
    format!("[[accepted]]\n{}", members.concat())
}

/// A string of TOML in which everything is visible.
fn string(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for character in text.chars() {
        let alone = character.to_string();
        if matches!(character, '"' | '\\') {
            quoted.extend(['\\', character]);
        // `##[` begins a command to the runners of some build services.
        } else if escape(&alone) != alone || (character == '[' && quoted.ends_with("##")) {
            quoted += &format!("\\U{:08X}", u32::from(character));
        } else {
            quoted.push(character);
        }
    }
    quoted + "\""
}

impl Accepted {
    /// Whether the entry is about a change. An entry for an edit of many places needs its fingerprint, because the subject names only one
    /// of them.
    pub fn is_about(&self, api: &str, entry: &Entry) -> bool {
        if self.fingerprint.is_none() && !entry.others.is_empty() {
            return false;
        }
        let agrees = |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|wanted| wanted == found);
        self.id == entry.rule
            && self.subject == entry.subject
            && agrees(&self.api, api)
            && agrees(&self.fingerprint, &entry.fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_needs_a_rule_a_subject_and_a_reason() {
        let good = "[[accepted]]\nid = \"path-removed\"\nsubject = \"GET /a\"\nreason = \"never used\"\n";
        assert_eq!(parse(good).unwrap().len(), 1);
        assert_eq!(parse("").unwrap(), []);
        let blank = good.replace("never used", " ");
        let unknown = format!("{good}line = 3\n");
        for text in
            [blank.as_str(), unknown.as_str(), "[[accepted]]\nid = \"a\"\nreason = \"b\"\n", "accepted = 1", "["]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
