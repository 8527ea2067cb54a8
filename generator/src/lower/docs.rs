//! Takes a schema, gives its documentation.

use super::Lower;
use crate::ir::Docs;
use crate::schema::Schema;

impl Lower<'_> {
    /// The documentation of a schema.
    pub(super) fn docs(&self, schema: &Schema<'_>) -> Docs {
        Docs {
            summary: schema.title.clone().filter(|_| schema.description.is_none()),
            description: schema.description.clone(),
            deprecated: schema.deprecated,
            default: schema.default.as_ref().map(ToString::to_string),
            bounds: self.told_bounds(schema),
        }
    }

    /// The bounds of a schema, and the encoding of its string's content.
    fn told_bounds(&self, schema: &Schema<'_>) -> Vec<(String, String)> {
        let content = [("contentEncoding", &schema.content_encoding), ("contentMediaType", &schema.content_media_type)];
        let content = content.into_iter().filter_map(|(keyword, value)| Some((keyword.to_owned(), value.clone()?)));
        let format = schema.format.iter().filter(|format| !self.makes_a_type(format));
        let format = format.map(|format| ("format".to_owned(), format.clone()));
        let told = schema.bounds.iter().filter(|(keyword, value)| !is_usual(keyword, value));
        let bounds = told.map(|(keyword, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (keyword.clone(), text)
        });
        bounds.chain(content).chain(format).collect()
    }
}

/// Whether a bound says nothing new: it would hold without the keyword too.
fn is_usual(keyword: &str, value: &serde_json::Value) -> bool {
    match keyword {
        "uniqueItems" | "exclusiveMinimum" | "exclusiveMaximum" => value == &serde_json::Value::Bool(false),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        _ => false,
    }
}
