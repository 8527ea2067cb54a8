//! How the members of a form are written: its `encoding` (OpenAPI 3.1.1, 4.8.15), and which of them are files. The parts of an encoding
//! that are not honoured are reported.

use std::collections::HashSet;

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
        let objects = self.object_members(media_type);
        for (property, encoding) in &media_type.encoding {
            // If a form says how a property is written, its media type does not count (OpenAPI 3.1.1, 4.8.15.1.2).
            let listed = encoding.content_type.as_deref().filter(|_| kind == BodyKind::Multipart || !encoding.styled);
            let listed = listed.filter(|listed| self.lists_media_types(listed, &media_type.node, property));
            let is_object = objects.contains(property);
            let content_type = listed.and_then(|listed| one_media_type(listed, is_object));
            let is_odd = is_object && content_type.is_some_and(|content_type| !is_json(content_type));
            if let Some(content_type) = content_type.filter(|_| is_odd) {
                let message = format!("an object cannot be written as `{content_type}`: it is sent as JSON");
                let at = media_type.node.join("encoding").join(property).join("contentType");
                self.warn(codes::ENCODING, message, &at);
            }
            let style_kind = match (&encoding.style, content_type) {
                (Some(model::Style::SpaceDelimited), _) => StyleKind::Space,
                (Some(model::Style::PipeDelimited), _) => StyleKind::Pipe,
                (Some(model::Style::DeepObject), _) => StyleKind::DeepObject,
                (Some(_), _) => StyleKind::Form,
                (None, Some(content_type)) if is_json(content_type) => StyleKind::Json,
                // An object whose media type cannot be written is JSON, as it is without an encoding.
                (None, _) if is_odd && kind == BodyKind::Form => StyleKind::Json,
                (None, _) => StyleKind::Form,
            };
            let style = Style { kind: style_kind, explode: encoding.explode, reserved: encoding.allow_reserved };
            let content_type = content_type.filter(|_| !is_odd).map(str::to_owned);
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
                    let stated = merged.content_media_type.filter(|it| media_type::MediaType::of(it).is_valid());
                    let encoded = merged.content_encoding.map(|_| "application/octet-stream");
                    return stated.or(encoded).filter(|content_type| !is_json(content_type)).map(str::to_owned);
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether an encoding lists only media types. Reports the first entry that is not valid.
    fn lists_media_types(&mut self, listed: &str, media_type: &Node, property: &str) -> bool {
        let odd = listed_types(listed).into_iter().find(|it| !media_type::MediaType::of(it).is_valid());
        if let Some(odd) = odd {
            let message = format!("`{}` is not a media type: it is ignored", odd.escape_debug());
            let at = media_type.join("encoding").join(property).join("contentType");
            self.warn(codes::ODD_MEDIA_TYPE, message, &at);
        }
        odd.is_none()
    }

    /// The members with a media type that are objects, or lists of objects.
    fn object_members(&mut self, media_type: &MediaType) -> HashSet<String> {
        let typed = media_type.encoding.iter().filter(|(_, encoding)| encoding.content_type.is_some());
        let typed: Vec<&String> = typed.map(|(property, _)| property).collect();
        if typed.is_empty() {
            return HashSet::new();
        }
        let schema = media_type.node.join("schema");
        let members = self.merge(&[schema]).map(|merged| merged.properties.clone()).unwrap_or_default();
        let is_object = |property: &&String| {
            let member = members.get(*property).and_then(|nodes| nodes.first());
            member.is_some_and(|node| self.is_object(node))
        };
        typed.into_iter().filter(is_object).cloned().collect()
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

/// Chooses one of the media types that an encoding lists. An object gets the first JSON type, another value the first type. Gives `None` if
/// only a range fits.
fn one_media_type(listed: &str, is_object: bool) -> Option<&str> {
    let listed = listed_types(listed);
    let has_range = listed.iter().any(|media_type| media_type.contains('*'));
    let json = listed.iter().copied().find(|media_type| is_object && is_json(media_type));
    let first = || listed.iter().copied().find(|media_type| !media_type.contains('*'));
    json.or_else(|| first().filter(|_| !(is_object && has_range)))
}

/// The media types in a list. A comma may be in a parameter, in quotes.
fn listed_types(listed: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let separates = move |letter| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    };
    listed.split(separates).map(str::trim).filter(|it| !it.is_empty()).collect()
}
