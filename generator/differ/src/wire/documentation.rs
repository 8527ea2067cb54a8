//! Counts the members that differ and only document something. They are not listed.

use generator::document::Document;
use generator::schema::WORDS;
use serde_json::Value;

/// Members outside schemas that are documentation.
const OTHER_WORDS: &[&str] = &["contact", "license", "links", "termsOfService"];

/// Members whose value is a map: its keys are names that the author has chosen.
const NAMED: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "mapping",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Members that hold any JSON.
const VALUES: &[&str] = &["const", "default", "enum"];

/// Counts the members that differ, member by member of both texts.
pub(super) fn count(old: &Document, new: &Document) -> usize {
    let (Some(old), Some(new)) = (old.value(&old.root()), new.value(&new.root())) else { return 0 };
    let mut count = 0;
    let mut pending = vec![(old, new, false)];
    while let Some((old, new, is_named)) = pending.pop() {
        match (old, new) {
            (Value::Object(before), Value::Object(after)) => {
                for (key, after) in after {
                    let before = before.get(key);
                    if !is_named && is_words(key) {
                        count += usize::from(before != Some(after));
                    } else if let Some(before) = before.filter(|_| is_named || !VALUES.contains(&key.as_str())) {
                        pending.push((before, after, !is_named && NAMED.contains(&key.as_str())));
                    }
                }
                let gone = |key: &&String| !is_named && is_words(key) && !after.contains_key(*key);
                count += before.keys().filter(gone).count();
            }
            (Value::Array(before), Value::Array(after)) => {
                pending.extend(before.iter().zip(after).map(|(before, after)| (before, after, false)))
            }
            _ => {}
        }
    }
    count
}

/// Extensions with a meaning are compared elsewhere.
fn is_words(key: &str) -> bool {
    const READ: &[&str] = &["x-sunset", "x-stability-level", "x-extensible-enum"];
    WORDS.contains(&key) || OTHER_WORDS.contains(&key) || (key.starts_with("x-") && !READ.contains(&key))
}
