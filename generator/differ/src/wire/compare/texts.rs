//! Whether the texts of one schema's scalars are texts of another: `true` and `"true"` are written alike in a query.

use generator::schema::JsonType;
use serde_json::Value;

use super::bounds::BOUNDS;
use super::types::{is_any_text, known_format};
use super::values::is_same;
use crate::wire::schemas::located_schema::LocatedSchema;

/// Whether all values of one type of the narrow schema, written as text, are texts of the wide schema. The wide schema does not admit the
/// type itself.
pub(super) fn fit(narrow: &LocatedSchema<'_>, ty: JsonType, wide: &LocatedSchema<'_>) -> bool {
    let listed = match (&narrow.values, ty) {
        (_, JsonType::Array | JsonType::Object) => return false,
        (Some(values), _) => values.iter().map(|value| text(value)).collect::<Option<Vec<String>>>(),
        (None, JsonType::Boolean) => Some(vec![true.to_string(), false.to_string()]),
        (None, _) => None,
    };
    let has_strings = states(wide, JsonType::String);
    let is_text = |text: &String| wide.values.iter().flatten().any(|value| value.as_str() == Some(text));
    let is_value = |text: &String| serde_json::from_str(text).is_ok_and(|value: Value| is_of(&value, wide));
    match listed {
        _ if has_strings && is_any_text(wide) => true,
        Some(texts) => texts.iter().all(|text| (has_strings && is_text(text)) || is_value(text)),
        None => false,
    }
}

/// Whether a schema states a type.
fn states(schema: &LocatedSchema<'_>, ty: JsonType) -> bool {
    schema.types.as_ref().is_some_and(|types| types.contains(&ty))
}

/// The text of a scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a number or a boolean is certainly a value of a schema.
fn is_of(value: &Value, schema: &LocatedSchema<'_>) -> bool {
    let Some(ty) = JsonType::of(value).filter(|ty| *ty != JsonType::String) else { return false };
    let is_typed = states(schema, ty) || (ty == JsonType::Integer && states(schema, JsonType::Number));
    let is_free = schema.text("format").and_then(known_format).is_none()
        && schema.keyword("multipleOf").is_none()
        && BOUNDS.iter().all(|bound| !bound.is_of(&[ty]) || schema.keyword(bound.key).is_none());
    match &schema.values {
        Some(values) => is_typed && values.iter().any(|listed| is_same(listed, value)),
        None => is_typed && is_free,
    }
}
