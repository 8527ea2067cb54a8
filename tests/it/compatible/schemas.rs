//! The way to every schema of a document's tree. Follows no references: what they lead to is in the tree as well.

use serde_json::{Map, Value};

/// Calls `visit` with every schema that is an object, the inner ones first.
pub fn each_schema(root: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    if let Some(schemas) = root.pointer_mut("/components/schemas") {
        members(schemas).for_each(|schema| inside(schema, visit));
    }
    outside(root, visit);
}

fn outside(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            for (name, member) in object {
                match name.as_str() {
                    "schema" | "itemSchema" => inside(member, visit),
                    "schemas" | "example" | "examples" => {}
                    _ => outside(member, visit),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| outside(element, visit)),
        _ => {}
    }
}

fn inside(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    let Value::Object(schema) = value else { return };
    for (name, member) in schema.iter_mut() {
        match name.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                members(member).for_each(|schema| inside(schema, visit));
            }
            "allOf" | "oneOf" | "anyOf" | "prefixItems" => {
                member.as_array_mut().into_iter().flatten().for_each(|schema| inside(schema, visit));
            }
            "items" | "additionalProperties" => inside(member, visit),
            _ => {}
        }
    }
    visit(schema);
}

fn members(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_object_mut().into_iter().flat_map(Map::values_mut)
}
