//! Two documents of which one is the other with a few edits.
//!
//! Takes the fuzzer's bytes, gives a document and the same one with values removed, or replaced by others of the document.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::Value;

use crate::document::Document;

/// Two versions of a document.
#[derive(Debug)]
pub struct Pair {
    /// The one before the edits.
    pub old: Document,
    /// The one after them.
    pub new: Document,
}

impl<'a> Arbitrary<'a> for Pair {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let old = Document::arbitrary(u)?;
        let mut new = old.clone();
        for _ in 0..u.int_in_range(1..=4)? {
            edit(new.value_mut(), u)?;
        }
        Ok(Self { old, new })
    }
}

fn edit(root: &mut Value, u: &mut Unstructured<'_>) -> Result<()> {
    let mut places = Vec::new();
    collect(root, "", &mut places);
    if places.is_empty() {
        return Ok(());
    }
    let (holder, key) = u.choose(&places)?.clone();
    let other = if u.arbitrary()? {
        let (holder, key) = u.choose(&places)?;
        root.pointer(&format!("{holder}/{}", escaped(key))).cloned()
    } else {
        None
    };
    match (root.pointer_mut(&holder), other) {
        (Some(Value::Object(members)), Some(other)) => drop(members.insert(key, other)),
        (Some(Value::Object(members)), None) => drop(members.shift_remove(&key)),
        (Some(Value::Array(elements)), other) => {
            let index = key.parse().unwrap_or(usize::MAX);
            match (elements.get_mut(index), other) {
                (Some(element), Some(other)) => *element = other,
                (Some(_), None) => drop(elements.remove(index)),
                (None, _) => {}
            }
        }
        _ => {}
    }
    Ok(())
}

/// All members and elements, as the pointer to what holds them and their name in it.
fn collect(value: &Value, at: &str, places: &mut Vec<(String, String)>) {
    let nested: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), member)).collect(),
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, element)| (index.to_string(), element)).collect()
        }
        _ => Vec::new(),
    };
    for (key, member) in nested {
        collect(member, &format!("{at}/{}", escaped(&key)), places);
        places.push((at.to_owned(), key));
    }
}

/// A name as a JSON Pointer has it (RFC 6901, 3).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
