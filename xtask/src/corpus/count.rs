//! How much there is in a document: its operations and its named schemas, counted in the raw tree.
//!
//! Counted independently of the generator, so that parts that the generator loses are noticed.

use generator::methods::METHODS;
use generator::pointer::Pointer;
use serde_json::Value;

/// The operations below `paths`.
pub fn operations(root: &Value) -> usize {
    let items = members(root.get("paths")).filter(|(path, _)| !path.starts_with("x-"));
    items.map(|(_, item)| followed(root, item)).map(methods).sum()
}

/// The schemas of `components`.
pub fn schemas(root: &Value) -> usize {
    members(root.get("components").and_then(|components| components.get("schemas"))).count()
}

fn methods(item: &Value) -> usize {
    let fixed = members(Some(item)).filter(|(key, value)| METHODS.contains(&key.as_str()) && value.is_object());
    fixed.count() + members(item.get("additionalOperations")).count()
}

/// The value that a reference inside the document names, after one step. A value without a reference is given as it is.
fn followed<'v>(root: &'v Value, value: &'v Value) -> &'v Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(Pointer::parse);
    target.and_then(|pointer| pointer.resolve(root)).unwrap_or(value)
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
