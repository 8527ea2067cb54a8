//! How the members of a form are written: its `encoding` (OpenAPI 3.1.1, 4.8.15), and which of them are files. What an
//! encoding says that is not done is reported.

use openapiv3::{MediaType, QueryStyle};
use serde_json::{Map, Value};

use super::Lower;
use super::body::is_json;
use crate::document::{Node, Version};
use crate::ir::{BodyKind, Encoding, ModelKind, Style, StyleKind, Type};

impl Lower<'_> {
    /// How the members of a form are written, where the document says so.
    pub(super) fn encodings(&mut self, media_type: &MediaType, at: &Node, kind: BodyKind) -> Vec<Encoding> {
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            return Vec::new();
        }
        let mut encodings = Vec::new();
        for (property, encoding) in &media_type.encoding {
            let is_odd = self.is_odd(property, encoding, at);
            let style_kind = match (&encoding.style, encoding.content_type.as_deref()) {
                (Some(QueryStyle::SpaceDelimited), _) => StyleKind::Space,
                (Some(QueryStyle::PipeDelimited), _) => StyleKind::Pipe,
                (Some(QueryStyle::DeepObject), _) => StyleKind::DeepObject,
                (Some(QueryStyle::Form), _) => StyleKind::Form,
                (None, Some(content_type)) if is_json(content_type) => StyleKind::Json,
                // An object whose media type cannot be written is JSON, as it is without an encoding.
                (None, _) if is_odd && kind == BodyKind::Form => StyleKind::Json,
                (None, _) => StyleKind::Form,
            };
            let style = Style { kind: style_kind, explode: encoding.explode, reserved: encoding.allow_reserved };
            let content_type = encoding.content_type.clone().filter(|_| !is_odd);
            encodings.push(Encoding { property: property.clone(), style, content_type });
        }
        encodings
    }

    /// Whether an encoding asks for an object to be written in a media type that no type is written in, which is reported.
    fn is_odd(&mut self, property: &str, encoding: &openapiv3::Encoding, at: &Node) -> bool {
        let Some(content_type) = encoding.content_type.as_deref().filter(|_| encoding.style.is_none()) else {
            return false;
        };
        let open = |listed: &str| listed.contains('*') || is_json(listed.trim());
        if content_type.split(',').any(open) || !self.is_object_member(property, &at.join("schema")) {
            return false;
        }
        let message = format!("an object cannot be written as `{content_type}`: it is sent as JSON");
        self.warn("encoding", message, &at.join("encoding").join(property).join("contentType"));
        true
    }

    /// Whether a member of a form holds an object, or a list of objects.
    fn is_object_member(&mut self, property: &str, schema: &Node) -> bool {
        let members = self.merge(std::slice::from_ref(schema)).and_then(|mut it| it.properties.shift_remove(property));
        let Some(mut ty) = members.and_then(|nodes| nodes.first().map(|node| self.type_of(node))) else { return false };
        loop {
            ty = match ty {
                Type::Map(_) => return true,
                Type::Nullable(inner) | Type::Array(inner) => *inner,
                Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                    Some(ModelKind::Struct(_)) => return true,
                    Some(ModelKind::Alias(inner)) if *inner != ty => inner.clone(),
                    _ => return false,
                },
                _ => return false,
            };
        }
    }

    /// The members of a form that are files without a `type`: what is only known to be bytes, which is all that 3.1 says of them
    /// (4.8.14.3). The type of JSON that one is sent as must be told by its encoding.
    pub(super) fn files(&mut self, media_type: &MediaType, at: &Node) -> Vec<String> {
        let schema = at.join("schema");
        if self.document.version() == Version::V30 {
            return Vec::new();
        }
        let properties = self.merge(std::slice::from_ref(&schema)).map(|merged| merged.properties).unwrap_or_default();
        let as_json = |name: &str| {
            let encoding = media_type.encoding.get(name).and_then(|encoding| encoding.content_type.as_deref());
            encoding.is_some_and(is_json)
        };
        let files = properties.into_iter().filter(|(name, nodes)| !as_json(name) && self.is_file(nodes));
        files.map(|(name, _)| name).collect()
    }

    /// Whether some schemas say no more of a value than that it is bytes.
    fn is_file(&mut self, nodes: &[Node]) -> bool {
        let Some(merged) = self.merge(nodes) else { return false };
        let bare = merged.enumeration.is_none() && merged.constant.is_none() && merged.unions.is_empty();
        match merged.inferred_types().as_slice() {
            [] => bare && !merged.never && (merged.content_media_type.is_none() || merged.is_raw()),
            [crate::schema::JsonType::Array] => !merged.items.is_empty() && self.is_file(&merged.items),
            _ => false,
        }
    }

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
