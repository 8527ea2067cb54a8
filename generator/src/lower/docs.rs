//! Takes a schema, gives its documentation.

use super::Lower;
use crate::ir::Docs;
use crate::schema::Schema;

impl Lower<'_> {
    /// The documentation of a schema.
    pub(super) fn docs(&self, schema: &Schema<'_>) -> Docs {
        Docs {
            summary: schema.title.filter(|_| schema.description.is_none()).map(str::to_owned),
            description: schema.description.map(str::to_owned),
            deprecated: schema.deprecated,
            default: schema.default.map(ToString::to_string),
            bounds: self.told_bounds(schema),
        }
    }

    /// The documentation of a schema, and of the parts of its `allOf` that only document.
    pub(super) fn docs_with_parts(&mut self, schema: &Schema<'_>) -> Docs {
        let mut docs = self.docs(schema);
        let of_type = self.parts_of_type(schema);
        for part in schema.all_of.iter().filter(|part| !of_type.contains(part)) {
            let schema = self.read(part);
            docs.complete(self.docs(&schema));
        }
        docs
    }

    /// The bounds of a schema, and the encoding of its string's content.
    fn told_bounds(&self, schema: &Schema<'_>) -> Vec<(String, String)> {
        let content = [("contentEncoding", schema.content_encoding), ("contentMediaType", schema.content_media_type)];
        let content = content.into_iter().filter_map(|(keyword, value)| Some((keyword.to_owned(), value?.to_owned())));
        let format = schema.format.iter().filter(|format| !self.makes_a_type(format));
        let format = format.map(|format| ("format".to_owned(), (*format).to_owned()));
        let told = schema.bounds.iter().filter(|(keyword, value)| !is_usual(keyword, value));
        let bounds = told.map(|(keyword, value)| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            ((*keyword).to_owned(), text)
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
