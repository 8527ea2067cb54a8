//! Compatible edits of a document move no name. Makes random edits, and checks that everything that was emitted before is still
//! there with the same names and types.
//!
//! `EDITS=5000 cargo test -p tests --test it -- edits` makes more of them, `EDITS_FROM=17` begins with another seed. A failure names
//! the seed.

use std::collections::BTreeSet;

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout};
use serde_json::{Value, json};

use crate::compatible;
use crate::documents::{crate_of, documents};

/// Numbers that look random, the same for a seed on every machine (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count.max(1)).expect("it fits")).expect("it fits")
    }

    fn pick<T>(&mut self, items: Vec<T>) -> Option<T> {
        let index = self.below(items.len());
        items.into_iter().nth(index)
    }
}

/// An edit. It changes nothing if the document has no place for it.
type Edit = fn(&mut Value, &mut Random);

const EDITS: [(&str, Edit); 9] = [
    ("an operation more", add_operation),
    ("an optional parameter", add_parameter),
    ("a reply member required or not", turn_required),
    ("a value of an enumeration", add_value),
    ("an alternative", add_alternative),
    ("a tag", add_tag),
    ("a title", add_title),
    ("members in another order", reorder),
    ("a schema more", add_schema),
];

#[test]
fn compatible_edits_move_no_name() {
    let number = |key: &str| std::env::var(key).ok().and_then(|text| text.parse::<u64>().ok());
    let golden = documents("golden").into_iter().filter(|it| it.name != "empty");
    let mut trees: Vec<(String, Value)> = golden.map(|document| (document.name.clone(), document.tree())).collect();
    trees.extend(compatible::trees());
    let before = trees.iter().map(|(name, tree)| emitted(tree).unwrap_or_else(|| panic!("{name} is refused")));
    let before: Vec<BTreeSet<String>> = before.collect();
    let first = number("EDITS_FROM").unwrap_or(1);
    let mut lost = Vec::new();
    for seed in first..first + number("EDITS").unwrap_or(200) {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let at = random.below(trees.len());
        let (label, edit) = EDITS[random.below(EDITS.len())];
        let mut tree = trees[at].1.clone();
        edit(&mut tree, &mut random);
        let after = emitted(&tree).unwrap_or_else(|| panic!("seed {seed}: {label} in {} is refused", trees[at].0));
        let gone: Vec<&String> = before[at].difference(&after).collect();
        if !gone.is_empty() {
            lost.push(format!("seed {seed}: {label} in {}: {gone:?}", trees[at].0));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What is emitted of a document, in pieces that do not depend on their place or their neighbours. `None` where the document is
/// refused.
fn emitted(tree: &Value) -> Option<BTreeSet<String>> {
    let document = SourceText { name: "edited.json".to_owned(), bytes: tree.to_string().into_bytes() };
    let source = ApiSource { name: "edited".to_owned(), document, overlay: None, loader: &NoFiles };
    let files = crate_of(vec![source], "example", Layout::Whole).files?;
    let own = files.iter().filter(|(path, _)| path.contains("/models/") || path.contains("/operations/"));
    Some(own.filter(|(path, _)| !path.ends_with("mod.rs")).flat_map(|(path, text)| pieces(path, text)).collect())
}

fn pieces(path: &str, text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    let statements =
        code.split(';').filter(|it| !["use ", "pub use "].iter().any(|start| it.trim().starts_with(start)));
    let pieces = statements.flat_map(|statement| statement.split(['{', '}', ',']));
    let pieces = pieces.map(|piece| {
        // Leaves out whether a reply's member is required, and the form of an operation without options, because they are no names.
        let left_out = ["required", "optional", "Default", "#[non_exhaustive]"];
        let words = piece.split_whitespace().filter(|word| !left_out.contains(word)).collect::<String>();
        format!("{path}: {}", words.replace(')', ""))
    });
    pieces.collect()
}

fn add_operation(root: &mut Value, random: &mut Random) {
    let Some(pointer) = random.pick(operations(root)) else { return };
    let mut copy = root.pointer(&pointer).cloned().expect("it is there");
    unname(&mut copy);
    let paths = root["paths"].as_object_mut().expect("there are paths");
    let index = random.below(paths.len() + 1);
    paths.shift_insert(index, "/newcomers".to_owned(), json!({"post": copy}));
}

/// Removes from a copy its names, and the parameters that its path does not have.
fn unname(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| name != "x-rust-name" && name != "operationId");
            if let Some(parameters) = members.get_mut("parameters").and_then(Value::as_array_mut) {
                parameters.retain(|parameter| parameter["in"] != "path");
            }
            members.values_mut().for_each(unname);
        }
        Value::Array(elements) => elements.iter_mut().for_each(unname),
        _ => {}
    }
}

fn add_parameter(root: &mut Value, random: &mut Random) {
    let Some(pointer) = random.pick(operations(root)) else { return };
    let operation = root.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("it is there");
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let parameters = parameters.as_array_mut().expect("parameters are a list");
    // Nothing can stand beside the whole query.
    if parameters.iter().any(|parameter| parameter["in"] == "querystring") {
        return;
    }
    let schema = json!({"type": "string", "enum": ["a", "b"]});
    let index = random.below(parameters.len() + 1);
    parameters.insert(index, json!({"name": "newcomer", "in": "query", "schema": schema}));
}

fn turn_required(root: &mut Value, random: &mut Random) {
    // Schemas of one name are edited together, or not at all.
    if mentions(root, &["x-rust-name"]) {
        return;
    }
    let replies = places(root, &|pointer, value| {
        let is_reply =
            pointer.starts_with("/paths/") && pointer.contains("/responses/") && pointer.ends_with("/schema");
        is_reply && value["properties"].as_object().is_some_and(|members| !members.is_empty())
    });
    let Some(pointer) = random.pick(replies) else { return };
    let schema = root.pointer_mut(&pointer).and_then(Value::as_object_mut).expect("it is there");
    let Some(member) = random.pick(schema["properties"].as_object().expect("members").keys().cloned().collect()) else {
        return;
    };
    let required = schema.entry("required").or_insert_with(|| json!([])).as_array_mut().expect("it is a list");
    match required.iter().position(|name| *name == member.as_str()) {
        Some(index) => drop(required.remove(index)),
        None => required.push(json!(member)),
    }
}

fn add_value(root: &mut Value, random: &mut Random) {
    // A value may be a tag, or be named by its position in another list.
    if mentions(root, &["discriminator", "x-rust-names", "x-enum-varnames", "x-enumNames"]) {
        return;
    }
    let lists = places(root, &|pointer, value| {
        let values = value.as_array().filter(|values| values.len() > 1 && values.iter().all(Value::is_string));
        pointer.ends_with("/enum") && values.is_some()
    });
    insert(root, random, lists, json!("newcomer"));
}

fn add_alternative(root: &mut Value, random: &mut Random) {
    // An alternative without a tag makes the union one without tags.
    if mentions(root, &["discriminator"]) {
        return;
    }
    let lists = places(root, &|pointer, value| {
        let is_object = |value: &Value| value.get("$ref").is_some() || value.get("properties").is_some();
        let is_list = pointer.ends_with("/oneOf") || pointer.ends_with("/anyOf");
        is_list && value.as_array().is_some_and(|values| values.len() > 1 && values.iter().all(is_object))
    });
    let alternative =
        json!({"type": "object", "required": ["newcomer"], "properties": {"newcomer": {"type": "string"}}});
    insert(root, random, lists, alternative);
}

fn insert(root: &mut Value, random: &mut Random, lists: Vec<String>, value: Value) {
    let Some(pointer) = random.pick(lists) else { return };
    let list = root.pointer_mut(&pointer).and_then(Value::as_array_mut).expect("it is a list");
    let index = random.below(list.len() + 1);
    list.insert(index, value);
}

fn add_tag(root: &mut Value, random: &mut Random) {
    let Some(pointer) = random.pick(operations(root)) else { return };
    let operation = root.pointer_mut(&pointer).expect("it is there");
    operation["tags"] = json!(["newcomers"]);
}

fn add_title(root: &mut Value, random: &mut Random) {
    // The title of an alternative may be all that tells it apart.
    let schemas = places(root, &|pointer, value| {
        let is_alternative = pointer.contains("/oneOf/") || pointer.contains("/anyOf/");
        !is_alternative && value.get("properties").is_some_and(Value::is_object) && value.get("type").is_some()
    });
    let Some(pointer) = random.pick(schemas) else { return };
    root.pointer_mut(&pointer).expect("it is there")["title"] = json!("A newcomer's title");
}

fn reorder(root: &mut Value, random: &mut Random) {
    // Schemas of one name are edited together, or not at all.
    if mentions(root, &["x-rust-name"]) {
        return;
    }
    let lists = places(root, &|pointer, value| {
        let is_list = ["/properties", "/schemas", "/parameters", "/responses"].iter().any(|end| pointer.ends_with(end));
        is_list && (value.is_object() || value.is_array())
    });
    let Some(pointer) = random.pick(lists) else { return };
    match root.pointer_mut(&pointer).expect("it is there") {
        Value::Object(members) => {
            let mut left: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
            while !left.is_empty() {
                members.extend([left.remove(random.below(left.len()))]);
            }
        }
        Value::Array(elements) => elements.reverse(),
        _ => {}
    }
}

fn add_schema(root: &mut Value, random: &mut Random) {
    let Some(schemas) = root.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let index = random.below(schemas.len() + 1);
    let copied = schemas.values().nth(random.below(schemas.len())).filter(|it| it.get("allOf").is_none()).cloned();
    let mut schema = copied.unwrap_or_else(|| json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    unname(&mut schema);
    schemas.shift_insert(index, "Newcomer".to_owned(), schema);
}

fn mentions(root: &Value, keys: &[&str]) -> bool {
    match root {
        Value::Object(members) => members.iter().any(|(key, it)| keys.contains(&key.as_str()) || mentions(it, keys)),
        Value::Array(elements) => elements.iter().any(|element| mentions(element, keys)),
        _ => false,
    }
}

fn operations(root: &Value) -> Vec<String> {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    places(root, &|pointer, value| {
        let segments: Vec<&str> = pointer.split('/').collect();
        matches!(segments.as_slice(), ["", "paths", _, method] if methods.contains(method)) && value.is_object()
    })
}

/// The places of the wanted values, except in examples and extensions.
fn places(root: &Value, wanted: &dyn Fn(&str, &Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = vec![(String::new(), root)];
    while let Some((pointer, value)) = pending.pop() {
        if wanted(&pointer, value) {
            found.push(pointer.clone());
        }
        let members = value.as_object().into_iter().flatten();
        let members = members.filter(|(name, _)| !name.starts_with("x-") && !name.contains("xample"));
        pending.extend(
            members.map(|(name, member)| (format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), member)),
        );
        let elements = value.as_array().map(Vec::as_slice).unwrap_or_default().iter().enumerate();
        pending.extend(elements.map(|(index, element)| (format!("{pointer}/{index}"), element)));
    }
    found
}
