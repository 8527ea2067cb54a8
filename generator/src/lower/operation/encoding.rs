//! How the members of a form are written: its `encoding` (OpenAPI 3.1.1, 4.8.15), and which of them are files. The parts of an encoding
//! that are not honoured are reported.

use std::collections::HashSet;

use openapiv3::QueryStyle;
use serde_json::{Map, Value};

use super::Lower;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::document::model::{self, MediaType};
use crate::ir::{BodyKind, Encoding, Style, StyleKind, Type};
use crate::limits::MAX_LISTS;
use crate::media_type::{self, is_json};
use crate::schema::JsonType;

impl Lower<'_> {
    /// How the members of a form are written, if the document says so.
    pub(in crate::lower) fn encodings(&mut self, media_type: &MediaType, kind: BodyKind) -> Vec<Encoding> {
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            return Vec::new();
        }
        let mut encodings = Vec::new();
        let odd = self.odd_members(media_type);
        for (property, encoding) in &media_type.encoding {
            let is_odd = odd.contains(property);
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
        if kind == BodyKind::Multipart {
            self.add_usual_types(&media_type.node.join("schema"), &mut encodings);
        }
        encodings
    }

    /// Adds media types for the parts whose encoding has none. They come from the schemas of the form's members.
    fn add_usual_types(&mut self, schema: &Node, encodings: &mut Vec<Encoding>) {
        let members =
            self.merge(std::slice::from_ref(schema)).map(|merged| merged.properties.clone()).unwrap_or_default();
        for (property, nodes) in members {
            let known = encodings.iter_mut().find(|encoding| encoding.property == property);
            if known.as_ref().is_some_and(|encoding| encoding.content_type.is_some()) {
                continue;
            }
            let Some(content_type) = self.usual_type(nodes) else { continue };
            match known {
                Some(encoding) => encoding.content_type = Some(content_type),
                None => {
                    let style = Style { kind: StyleKind::Form, explode: true, reserved: false };
                    encodings.push(Encoding { property, style, content_type: Some(content_type) });
                }
            }
        }
    }

    /// The media type of a part, if its schema has `contentMediaType` or `contentEncoding` (OpenAPI 3.1.1, 4.8.15.1.1). `None` for media
    /// types of JSON, because the runtime would write the text as a JSON string.
    fn usual_type(&mut self, mut nodes: Vec<Node>) -> Option<String> {
        for _ in 0..MAX_LISTS {
            let merged = self.merge(&nodes)?;
            match merged.inferred_types().as_slice() {
                [JsonType::Array] => nodes.clone_from(&merged.items),
                [] | [JsonType::String] => {
                    let stated =
                        merged.content_media_type.as_ref().filter(|it| media_type::MediaType::of(it).is_valid());
                    let encoded = || merged.content_encoding.as_ref().map(|_| "application/octet-stream".to_owned());
                    return stated.cloned().or_else(encoded).filter(|content_type| !is_json(content_type));
                }
                _ => return None,
            }
        }
        None
    }

    /// The members that are objects with a media type in which objects cannot be written. They are reported.
    fn odd_members(&mut self, media_type: &MediaType) -> HashSet<String> {
        let asked: Vec<(&String, &str)> =
            media_type.encoding.iter().filter_map(|(property, it)| Some((property, odd_type(it)?))).collect();
        let mut odd = HashSet::new();
        if asked.is_empty() {
            return odd;
        }
        let at = &media_type.node;
        let members = self.merge(&[at.join("schema")]).map(|merged| merged.properties.clone()).unwrap_or_default();
        for (property, content_type) in asked {
            let member = members.get(property).and_then(|nodes| nodes.first());
            if member.is_some_and(|node| self.is_object(node)) {
                let message = format!("an object cannot be written as `{content_type}`: it is sent as JSON");
                self.warn(codes::ENCODING, message, &at.join("encoding").join(property).join("contentType"));
                odd.insert(property.clone());
            }
        }
        odd
    }

    /// Whether the values of a schema are objects, or lists of objects.
    fn is_object(&mut self, node: &Node) -> bool {
        let ty = self.type_of(node);
        let mut ty = self.unaliased(&ty);
        for _ in 0..MAX_LISTS {
            ty = match ty {
                Type::Map(_) => return true,
                Type::Nullable(inner) | Type::Array(inner) => self.unaliased(inner),
                _ => return self.structure(ty).is_some(),
            };
        }
        false
    }

    /// Reports the parts of the encodings at a node that have no effect.
    pub(in crate::lower) fn check_encodings(&mut self, media_type: &Node, kind: BodyKind) {
        let document = self.document;
        let at = media_type.join("encoding");
        let Some(encodings) = document.value(&at).and_then(Value::as_object).filter(|it| !it.is_empty()) else {
            return;
        };
        if !matches!(kind, BodyKind::Form | BodyKind::Multipart) {
            self.warn(
                codes::ENCODING,
                "an `encoding` is for forms and `multipart/form-data` alone: it is ignored",
                &at,
            );
            return;
        }
        let properties = self.properties(&media_type.join("schema"));
        for (property, encoding) in encodings {
            let at = at.join(property);
            if properties.as_ref().is_some_and(|known| !known.contains(property)) {
                let message = format!("the encoding of `{property}` is ignored: the schema has no such property");
                self.warn(codes::ENCODING, message, &at);
            } else if let Some(encoding) = encoding.as_object() {
                self.check_encoding(encoding, kind, &at);
            }
        }
    }

    fn check_encoding(&mut self, encoding: &Map<String, Value>, kind: BodyKind, at: &Node) {
        if kind == BodyKind::Form {
            if encoding.contains_key("headers") {
                self.warn(
                    codes::ENCODING,
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
            self.warn(codes::ENCODING, message, &at.join(key));
        }
    }

    /// The properties of the structure of a schema. `None` if it admits further ones.
    fn properties(&mut self, schema: &Node) -> Option<HashSet<String>> {
        self.document.value(schema)?;
        let ty = self.type_of(schema);
        match self.structure(self.unaliased(ty.present()).present()) {
            Some(structure) if structure.additional.is_none() => {
                Some(structure.fields.iter().map(|field| field.wire.clone()).collect())
            }
            _ => None,
        }
    }
}

/// The media type that an encoding asks for, if an object cannot be written in it.
fn odd_type(encoding: &model::Encoding) -> Option<&str> {
    let open = |listed: &str| listed.contains('*') || is_json(listed);
    let content_type = encoding.content_type.as_deref().filter(|_| encoding.style.is_none());
    content_type.filter(|content_type| !content_type.split(',').any(open))
}
