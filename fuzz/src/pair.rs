//! Two documents of which one is the other with a few edits.
//!
//! Takes the fuzzer's bytes, gives a document and the same one with values removed, or replaced by others of the document.

use arbitrary::{Arbitrary, Result, Unstructured};
use generator::pointer::Pointer;
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
    collect(root, &Pointer::root(), &mut places);
    if places.is_empty() {
        return Ok(());
    }
    let place = u.choose(&places)?;
    let other = if u.arbitrary()? { u.choose(&places)?.resolve(root).cloned() } else { None };
    match other {
        Some(other) => *place.resolve_mut(root).expect("the place was found there") = other,
        None => remove(root, place),
    }
    Ok(())
}

fn remove(root: &mut Value, place: &Pointer) {
    let name = place.last().unwrap_or_default();
    match place.parent().resolve_mut(root) {
        Some(Value::Object(members)) => drop(members.shift_remove(name)),
        Some(Value::Array(elements)) => drop(elements.remove(name.parse().expect("it is an element's place"))),
        _ => {}
    }
}

/// The places of all members and elements.
fn collect(value: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    let nested: Vec<(Pointer, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, member)| (at.join(key), member)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(index, it)| (at.join(index), it)).collect(),
        _ => Vec::new(),
    };
    for (place, value) in nested {
        collect(value, &place, places);
        places.push(place);
    }
}
