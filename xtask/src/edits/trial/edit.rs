//! Edits of a document that are compatible in Rust.

use serde_json::{Value, json};

use super::place::{mentions, operations, places};
use super::random::Random;

/// An edit. It changes nothing if the document has no place for it.
pub type Edit = fn(&mut Value, &mut Random);

/// All edits, with their descriptions.
pub const EDITS: &[(&str, Edit)] = &[
    ("an operation more", add_operation),
    ("an optional parameter", add_parameter),
    ("a reply member required or not", turn_required),
    ("a value of an enumeration", add_value),
    ("a value like another one", add_twin),
    ("an alternative", add_alternative),
    ("a tag", add_tag),
    ("a title", add_title),
    ("members in another order", reorder),
    ("a schema more", add_schema),
];

fn add_operation(root: &mut Value, random: &mut Random) {
    let Some(mut copy) = random.pick(operations(root)).and_then(|pointer| root.pointer(&pointer).cloned()) else {
        return;
    };
    unname(&mut copy);
    let Some(paths) = root.get_mut("paths").and_then(Value::as_object_mut) else { return };
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
    let Some(operation) = root.pointer_mut(&pointer).and_then(Value::as_object_mut) else { return };
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    let Some(parameters) = parameters.as_array_mut() else { return };
    // A parameter that is the whole query must be the only query parameter.
    if parameters.iter().any(|parameter| parameter["in"] == "querystring") {
        return;
    }
    let schema = json!({"type": "string", "enum": ["a", "b"]});
    let index = random.below(parameters.len() + 1);
    parameters.insert(index, json!({"name": "newcomer", "in": "query", "schema": schema}));
}

fn turn_required(root: &mut Value, random: &mut Random) {
    // Schemas that share an `x-rust-name` would have to be edited together.
    if mentions(root, &["x-rust-name"]) {
        return;
    }
    let replies = places(root, &|pointer, value| {
        let is_reply =
            pointer.starts_with("/paths/") && pointer.contains("/responses/") && pointer.ends_with("/schema");
        is_reply && value["properties"].as_object().is_some_and(|members| !members.is_empty())
    });
    let Some(pointer) = random.pick(replies) else { return };
    let Some(schema) = root.pointer(&pointer).cloned() else { return };
    let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let Some(member) = random.pick(members.map(|(name, _)| name.clone()).collect()) else { return };
    if let Some(schema) = root.pointer_mut(&pointer) {
        turn(schema, &member);
    }
}

fn turn(schema: &mut Value, member: &str) {
    let Some(schema) = schema.as_object_mut() else { return };
    let Some(required) = schema.entry("required").or_insert_with(|| json!([])).as_array_mut() else { return };
    match required.iter().position(|name| name == member) {
        Some(index) => drop(required.remove(index)),
        None => required.push(json!(member)),
    }
}

fn add_value(root: &mut Value, random: &mut Random) {
    let lists = enumerations(root);
    insert(root, random, lists, json!("newcomer"));
}

/// A value that differs in case from one before it.
fn add_twin(root: &mut Value, random: &mut Random) {
    let Some(pointer) = random.pick(enumerations(root)) else { return };
    let Some(list) = root.pointer_mut(&pointer).and_then(Value::as_array_mut) else { return };
    let texts = list.iter().filter_map(Value::as_str).map(|text| (text.to_uppercase(), text.to_lowercase()));
    let Some((upper, lower)) = random.pick(texts.collect()) else { return };
    // The name of the value `a` is `A`, so the value `A` would take that name.
    let has_letters = |text: &String| text.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let twins = [upper, lower].into_iter().filter(has_letters).map(Value::from);
    list.extend(twins.into_iter().find(|twin| !list.contains(twin)));
}

/// The lists of values to which one may be added.
fn enumerations(root: &Value) -> Vec<String> {
    // A value may be a tag, or be named by its position in another list.
    if mentions(root, &["discriminator", "x-rust-names", "x-enum-varnames", "x-enumNames"]) {
        return Vec::new();
    }
    places(root, &|pointer, value| {
        let values = value.as_array().filter(|values| values.len() > 1 && values.iter().all(Value::is_string));
        pointer.ends_with("/enum") && values.is_some()
    })
}

fn add_alternative(root: &mut Value, random: &mut Random) {
    // An alternative without a tag makes the union one without tags.
    if mentions(root, &["discriminator"]) {
        return;
    }
    let lists = places(root, &|pointer, value| {
        let target = |value: &Value| root.pointer(value.get("$ref")?.as_str()?.strip_prefix('#')?).cloned();
        // Alternatives that are all enumerations make one enumeration. An object among them makes a union.
        let is_object = |value: &Value| target(value).as_ref().unwrap_or(value).get("properties").is_some();
        let is_list = pointer.ends_with("/oneOf") || pointer.ends_with("/anyOf");
        is_list && value.as_array().is_some_and(|values| values.len() > 1 && values.iter().all(is_object))
    });
    let alternative =
        json!({"type": "object", "required": ["newcomer"], "properties": {"newcomer": {"type": "string"}}});
    insert(root, random, lists, alternative);
}

fn insert(root: &mut Value, random: &mut Random, lists: Vec<String>, value: Value) {
    let Some(pointer) = random.pick(lists) else { return };
    let Some(list) = root.pointer_mut(&pointer).and_then(Value::as_array_mut) else { return };
    let index = random.below(list.len() + 1);
    list.insert(index, value);
}

fn add_tag(root: &mut Value, random: &mut Random) {
    let Some(pointer) = random.pick(operations(root)) else { return };
    if let Some(operation) = root.pointer_mut(&pointer) {
        operation["tags"] = json!(["newcomers"]);
    }
}

fn add_title(root: &mut Value, random: &mut Random) {
    // An alternative may be told apart only by its title. A map of properties may have properties with the names of keywords.
    let schemas = places(root, &|pointer, value| {
        let is_alternative = pointer.contains("/oneOf/") || pointer.contains("/anyOf/");
        !is_alternative && value.get("properties").is_some_and(Value::is_object) && value["type"].is_string()
    });
    let Some(pointer) = random.pick(schemas) else { return };
    if let Some(schema) = root.pointer_mut(&pointer) {
        schema["title"] = json!("A newcomer's title");
    }
}

fn reorder(root: &mut Value, random: &mut Random) {
    // Schemas that share an `x-rust-name` would have to be edited together.
    if mentions(root, &["x-rust-name"]) {
        return;
    }
    let lists = places(root, &|pointer, value| {
        let is_list = ["/properties", "/schemas", "/parameters", "/responses"].iter().any(|end| pointer.ends_with(end));
        is_list && (value.is_object() || value.is_array())
    });
    let Some(pointer) = random.pick(lists) else { return };
    match root.pointer_mut(&pointer) {
        Some(Value::Object(members)) => {
            let mut left: Vec<(String, Value)> = std::mem::take(members).into_iter().collect();
            while !left.is_empty() {
                members.extend([left.remove(random.below(left.len()))]);
            }
        }
        Some(Value::Array(elements)) => elements.reverse(),
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
