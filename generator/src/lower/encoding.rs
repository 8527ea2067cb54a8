//! What an `encoding` (OpenAPI 3.1.1, 4.8.15) says that is not done: reported, nothing more.

use serde_json::{Map, Value};

use super::Lower;
use crate::document::Node;
use crate::ir::{BodyKind, ModelKind, Type};

impl Lower<'_> {
    /// Reports what the encodings of the media type at a node say in vain.
    pub(super) fn check_encodings(&mut self, media_type: &Node, kind: BodyKind) {
        let document = self.document;
        let at = media_type.join("encoding");
        let Some(encodings) = document.value(&at).and_then(Value::as_object).filter(|it| !it.is_empty()) else {
            return;
        };
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            self.warn("encoding", "an `encoding` is for forms and `multipart/form-data` alone: it is ignored", &at);
            return;
        }
        let properties = self.properties(&media_type.join("schema"));
        for (property, encoding) in encodings {
            let at = at.join(property);
            if properties.as_ref().is_some_and(|known| !known.contains(property)) {
                let message = format!("the encoding of `{property}` is ignored: the schema has no such property");
                self.warn("encoding", message, &at);
            } else if let Some(encoding) = encoding.as_object() {
                self.check_encoding(encoding, kind, &at);
            }
        }
    }

    fn check_encoding(&mut self, encoding: &Map<String, Value>, kind: BodyKind, at: &Node) {
        if kind == BodyKind::Form {
            if encoding.contains_key("headers") {
                self.warn(
                    "encoding",
                    "the properties of a form have no headers: they are ignored",
                    &at.join("headers"),
                );
            }
            return;
        }
        for key in
            ["headers", "style", "explode", "allowReserved"].into_iter().filter(|key| encoding.contains_key(*key))
        {
            let message = format!("`{key}` of a part is not honoured: it is written by its media type alone");
            self.warn("encoding", message, &at.join(key));
        }
    }

    /// The properties of the structure that a schema is; `None` where it admits others as well.
    fn properties(&mut self, schema: &Node) -> Option<Vec<String>> {
        self.document.value(schema)?;
        let mut ty = self.type_of(schema);
        loop {
            let Type::Model(id) = ty.present().clone() else { return None };
            match &self.models.get(id.0)?.kind {
                ModelKind::Struct(structure) if structure.additional.is_none() => {
                    return Some(structure.fields.iter().map(|field| field.wire.clone()).collect());
                }
                ModelKind::Alias(inner) if *inner != ty => ty = inner.clone(),
                _ => return None,
            }
        }
    }
}
