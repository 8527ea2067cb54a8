//! What holds for every comparison: a document is the same as itself, the other way round what was added is removed, and
//! the whole is never milder than its part.
//!
//! Tried on small documents, as they are and with something changed or removed, one thing at a time.

use std::collections::BTreeSet;

use differ::{Change, Comparison, Verdict, compare};
use generator::ApiSource;
use generator::diagnostics::Place;
use generator::pointer::Pointer;
use generator::source::{NoFiles, SourceText};
use serde_json::{Value, json};

use crate::compatible::changes::CHANGES;
use crate::documents::{Document, documents};

/// The places of a document that are tried, and the changes inside each of them.
const TRIED: usize = 4;

#[test]
fn a_document_is_the_same_as_itself() {
    for (name, tree) in trees() {
        let comparison = compared(&tree, &tree);
        assert_eq!((shown(&comparison), comparison.documentation), (vec![], 0), "{name}");
    }
}

#[test]
fn every_run_finds_the_same_in_the_same_order() {
    let (_, everything) =
        CHANGES.into_iter().find(|(label, _)| *label == "everything").expect("there is such a change");
    for (name, tree) in trees() {
        let mut changed = tree.clone();
        everything(&mut changed);
        let found = || format!("{:?}", changes(&compared(&tree, &changed)));
        assert!(found() == found(), "{name}");
    }
}

#[test]
fn order_and_spelling_are_no_change() {
    let (_, reverse) = CHANGES.into_iter().find(|(label, _)| *label == "reversed").expect("there is such a change");
    for (name, tree) in trees() {
        let mut reversed = tree.clone();
        reverse(&mut reversed);
        let breaking = |change: &&Change| change.wire == Verdict::Breaking || change.rust == Verdict::Breaking;
        let comparison = compared(&tree, &reversed);
        let found: Vec<String> = changes(&comparison).iter().filter(breaking).map(line).collect();
        assert_eq!(found, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_other_way_round_what_was_added_is_removed() {
    let mut found = 0;
    for (name, tree) in trees() {
        for (label, change) in CHANGES.into_iter().filter(|(label, _)| ["properties", "everything"].contains(label)) {
            let mut changed = tree.clone();
            change(&mut changed);
            let (there, back) = (compared(&tree, &changed), compared(&changed, &tree));
            assert_eq!(added(&there), removed(&back), "{name}, {label}");
            assert_eq!(removed(&there), added(&back), "{name}, {label}");
            found += added(&there).len();
        }
    }
    assert!(found > 100, "only {found} things were added");
}

#[test]
fn the_whole_is_never_milder_than_its_part() {
    let (mut milder, mut tried) = (Vec::new(), 0);
    for (name, tree) in trees() {
        for part in parts(&tree) {
            let mut without = tree.clone();
            part.remove(&mut without);
            let (wire, rust) = worst(&compared(&tree, &without));
            for changed in part.changes(&tree).into_iter().take(TRIED) {
                let comparison = compared(&tree, &changed);
                let inner = worst(&comparison);
                tried += usize::from(inner.0 == Verdict::Breaking);
                if inner.0 > wire || inner.1 > rust {
                    milder.push(format!(
                        "{name}: {} is {wire:?}, {rust:?}; but {:?}",
                        part.pointer,
                        shown(&comparison)
                    ));
                }
            }
        }
    }
    assert_eq!(milder, Vec::<String>::new());
    assert!(tried > 50, "only {tried} changes inside a part break anything");
}

/// Something of a document that can be removed: an operation, a parameter or a required property.
struct Part {
    pointer: Pointer,
}

impl Part {
    fn remove(&self, root: &mut Value) {
        let (parent, name) = (self.pointer.parent(), self.pointer.last().expect("it is not a root"));
        match at(root, &parent) {
            Value::Object(members) => drop(members.shift_remove(name)),
            Value::Array(elements) => drop(elements.remove(name.parse().expect("it is an index"))),
            _ => {}
        }
        if let Some(Value::Array(required)) = at(root, &parent.parent()).get_mut("required") {
            required.retain(|member| member != name);
        }
    }

    /// The document with one thing inside the part changed, for each that can be.
    fn changes(&self, root: &Value) -> Vec<Value> {
        let mut found = Vec::new();
        edits(self.pointer.resolve(root).expect("it is there"), &self.pointer, &mut found);
        let changed = |(pointer, value): (Pointer, Option<Value>)| {
            let mut root = root.clone();
            match (value, at(&mut root, &pointer.parent()), pointer.last()) {
                (Some(value), parent, Some(name)) => parent[name] = value,
                (None, Value::Object(members), Some(name)) => drop(members.shift_remove(name)),
                _ => {}
            }
            root
        };
        found.into_iter().map(changed).collect()
    }
}

/// The edits inside a value: the members to set, or to remove where there is no value.
fn edits(value: &Value, pointer: &Pointer, found: &mut Vec<(Pointer, Option<Value>)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let place = pointer.join(name);
                match (name.as_str(), member) {
                    ("type", Value::String(kind)) => {
                        let other = if kind == "string" { "integer" } else { "string" };
                        found.push((place, Some(json!(other))));
                    }
                    ("required", Value::Bool(required)) if !place.segments().contains(&"path") => {
                        found.push((place, Some(json!(!required))));
                    }
                    ("format" | "pattern" | "minLength" | "minimum" | "nullable" | "default", _) => {
                        found.push((place, None))
                    }
                    ("example" | "examples", _) => {}
                    _ => edits(member, &place, found),
                }
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                edits(element, &pointer.join(index), found);
            }
        }
        _ => {}
    }
}

/// What can be removed of a document. A deprecated operation is announced to go, which is what makes its removal mild.
fn parts(root: &Value) -> Vec<Part> {
    let (mut found, mut members) = (Vec::new(), Vec::new());
    required(&root["components"]["schemas"], &Pointer::root().extend(["components", "schemas"]), &mut members);
    members.truncate(TRIED);
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        let operations = item.as_object().into_iter().flatten();
        for (method, operation) in operations.filter(|(name, _)| methods.contains(&name.as_str())) {
            let pointer = Pointer::root().extend(["paths", path, method]);
            let parameters = operation.get("parameters").and_then(Value::as_array);
            for (index, parameter) in parameters.into_iter().flatten().enumerate() {
                let is_kept = parameter.get("deprecated").is_some() || parameter["in"] == "path";
                if !is_kept {
                    found.push(Part { pointer: pointer.join("parameters").join(index) });
                }
            }
            required(operation, &pointer, &mut found);
            if operation.get("deprecated").is_none() {
                found.push(Part { pointer });
            }
        }
    }
    found.truncate(2 * TRIED);
    found.extend(members);
    found
}

/// The required properties of the schemas in a value.
fn required(value: &Value, pointer: &Pointer, found: &mut Vec<Part>) {
    let names = value.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    for name in names.filter(|name| value["properties"].get(name).is_some()) {
        found.push(Part { pointer: pointer.join("properties").join(name) });
    }
    match value {
        Value::Object(members) => members.iter().for_each(|(name, it)| required(it, &pointer.join(name), found)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, it)| required(it, &pointer.join(index), found));
        }
        _ => {}
    }
}

fn trees() -> Vec<(String, Value)> {
    let petstore = Document::at("petstore", "petstore/petstore.yaml", None);
    let documents = documents("golden").into_iter().chain(documents("compatible")).chain([petstore]);
    documents.map(|document| (document.name.clone(), document.tree())).collect()
}

fn compared(old: &Value, new: &Value) -> Comparison {
    let side = |name: &str, tree: &Value| ApiSource {
        name: "api".to_owned(),
        document: SourceText { name: name.to_owned(), bytes: tree.to_string().into_bytes() },
        overlay: None,
        choices: Vec::new(),
        loader: &NoFiles,
    };
    compare(side("old.json", old), side("new.json", new))
}

fn changes(comparison: &Comparison) -> &[Change] {
    comparison.changes.as_deref().expect("the documents can be read")
}

fn worst(comparison: &Comparison) -> (Verdict, Verdict) {
    let worst = |of: fn(&Change) -> Verdict| changes(comparison).iter().map(of).max().unwrap_or_default();
    (worst(|change| change.wire), worst(|change| change.rust))
}

fn added(comparison: &Comparison) -> BTreeSet<String> {
    places(comparison, |change| change.new.as_ref().filter(|_| change.old.is_none()))
}

fn removed(comparison: &Comparison) -> BTreeSet<String> {
    places(comparison, |change| change.old.as_ref().filter(|_| change.new.is_none()))
}

fn places(comparison: &Comparison, of: fn(&Change) -> Option<&Place>) -> BTreeSet<String> {
    let pointer = |place: &Place| place.spot.pointer().map(ToString::to_string).unwrap_or_default();
    changes(comparison).iter().filter_map(of).map(pointer).collect()
}

fn shown(comparison: &Comparison) -> Vec<String> {
    changes(comparison).iter().map(line).collect()
}

fn line(change: &Change) -> String {
    format!("{} {}: {:?}, {:?}", change.rule.id, change.subject, change.wire, change.rust)
}

fn at<'v>(root: &'v mut Value, pointer: &Pointer) -> &'v mut Value {
    pointer.resolve_mut(root).expect("it is a place of the document")
}
