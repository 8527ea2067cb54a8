//! Media types: which of those that a body is offered in is used, and what its schema becomes.

use indexmap::IndexMap;
use openapiv3::MediaType;

use super::Lower;
use crate::document::Node;
use crate::ir::{BodyKind, Bound, Encoding, Type};

/// A body as it is read or written.
pub(super) struct Content {
    pub media_type: String,
    pub kind: BodyKind,
    pub ty: Type,
    pub bounds: Vec<Bound>,
    pub encodings: Vec<Encoding>,
}

impl Lower<'_> {
    /// The media type that is used, out of those that are offered; the others are reported.
    pub(super) fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        node: &Node,
        sent: bool,
    ) -> Option<Content> {
        let at = node.join("content");
        let (offered, odd): (Vec<&String>, Vec<&String>) = content.keys().partition(|name| is_media_type(name));
        let says_nothing = |name: &str| content.get(name).is_some_and(|it| it.schema.is_none());
        for name in odd {
            let help = "write a type and a subtype, as in `application/json`";
            // Beside a real one it is a stray member; alone, it is what the body was to be.
            match offered.is_empty() && !says_nothing(name) {
                true => self.error("invalid-media-type", format!("`{name}` is no media type"), &at.join(name), help),
                false => {
                    self.warn("odd-media-type", format!("`{name}` is no media type: it is ignored"), &at.join(name))
                }
            }
        }
        let best = offered.iter().min_by_key(|name| rank(name, sent))?;
        let media_type = content.get(best.as_str())?;
        let kind = self.kind(best, media_type, &at.join(best));
        for other in offered.iter().filter(|other| *other != best && is_left_out(other, sent)) {
            let place = content.get(other.as_str()).and_then(|it| self.places.of(&it.extensions));
            if !sent && is_stream(essence(other)) && place.is_some_and(|at| self.item_schema(&at).is_some()) {
                continue;
            }
            if !self.same_as(content.get(other.as_str()), media_type, is_json(essence(other)) && kind == BodyKind::Json)
            {
                let message = format!("`{other}` is not emitted: `{best}` is used");
                self.warn("media-type", message, &at.join(other));
            }
        }
        let content = self.content_of(best, media_type, kind, &at);
        Some(Content {
            bounds: if sent { self.content_bounds(media_type, &content.ty) } else { Vec::new() },
            ..content
        })
    }

    /// The bodies that an operation may send, the preferred one first; those after it differ in how the bytes are made.
    pub(super) fn sent(&mut self, content: &IndexMap<String, MediaType>, node: &Node) -> Vec<Content> {
        let Some(first) = self.content(content, node, true) else { return Vec::new() };
        let mut bodies = vec![first];
        for (name, media_type) in content.iter().filter(|(name, _)| is_media_type(name) && !is_left_out(name, true)) {
            let kind = self.kind(name, media_type, &node.join("content").join(name));
            let known = bodies.iter().any(|body| body.kind == kind || body.media_type == essence(name));
            if !known && matches!(kind, BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::Text) {
                let content = self.content_of(name, media_type, kind, &node.join("content"));
                bodies.push(Content { bounds: self.content_bounds(media_type, &content.ty), ..content });
            }
        }
        bodies
    }

    /// What one media type of those at a node comes to.
    fn content_of(&mut self, name: &str, media_type: &MediaType, kind: BodyKind, at: &Node) -> Content {
        let place = self.places.of(&media_type.extensions).unwrap_or_else(|| at.join(name));
        let ty = self.content_type(media_type, kind);
        self.check_encodings(&place, kind);
        let encodings = self.encodings(media_type, &place, kind);
        if kind == BodyKind::Multipart {
            self.check_untyped_parts(&place);
        }
        Content { media_type: essence(name).to_owned(), kind, ty, bounds: Vec::new(), encodings }
    }

    fn content_bounds(&mut self, media_type: &MediaType, ty: &Type) -> Vec<Bound> {
        let node = self.schema_of(media_type);
        node.map_or_else(Vec::new, |node| self.bounds(&[node], ty))
    }

    /// Whether another media type says the same in another JSON.
    fn same_as(&mut self, other: Option<&MediaType>, used: &MediaType, both_json: bool) -> bool {
        let (Some(other), Some(used)) = (other.and_then(|it| self.schema_of(it)), self.schema_of(used)) else {
            return false;
        };
        both_json && self.type_of(&other) == self.type_of(&used)
    }

    /// The place of a media type's schema.
    pub(super) fn schema_of(&self, media_type: &MediaType) -> Option<Node> {
        self.places.of_schema(media_type.schema.as_ref()?)
    }

    fn kind(&mut self, name: &str, media_type: &MediaType, node: &Node) -> BodyKind {
        match essence(name) {
            name if is_json(name) => BodyKind::Json,
            "application/x-www-form-urlencoded" => BodyKind::Form,
            "*/*" | "application/*" if self.is_structured(media_type) => BodyKind::Json,
            name if is_xml(name) => {
                self.warn("xml", "XML is handed over as text, not as a type", node);
                BodyKind::Text
            }
            "multipart/form-data" if self.is_form(media_type) => BodyKind::Multipart,
            name if name.starts_with("multipart/") => {
                self.warn("multipart", "multipart is handed over as bytes, not as a type", node);
                BodyKind::Binary
            }
            name if name.starts_with("text/") => BodyKind::Text,
            "application/javascript" | "application/yaml" | "application/x-yaml" | "application/graphql" => {
                BodyKind::Text
            }
            _ => BodyKind::Binary,
        }
    }

    /// Whether a schema has members to make parts of.
    fn is_form(&mut self, media_type: &MediaType) -> bool {
        let Some(node) = self.schema_of(media_type) else { return false };
        let ty = self.type_of(&node);
        self.structure(self.unaliased(&ty)).is_some()
    }

    /// Whether a media type that could be anything holds what only JSON can.
    fn is_structured(&mut self, media_type: &MediaType) -> bool {
        let Some(node) = self.schema_of(media_type) else { return false };
        !matches!(self.type_of(&node).present(), Type::Binary | Type::String | Type::Any)
    }

    fn content_type(&mut self, media_type: &MediaType, kind: BodyKind) -> Type {
        match kind {
            BodyKind::Text => Type::String,
            BodyKind::Binary => Type::Binary,
            BodyKind::Empty => Type::Any,
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => {
                let node = self.schema_of(media_type);
                match node.map_or(Type::Any, |node| self.type_of(&node)) {
                    Type::Binary => Type::String,
                    ty => ty,
                }
            }
        }
    }
}

/// Whether a media type is a stream of JSON values: JSON lines by their several names, or a JSON text sequence.
pub(super) fn is_stream(name: &str) -> bool {
    let lines = ["application/jsonl", "application/jsonlines", "application/x-jsonlines", "application/x-ndjson"];
    lines.contains(&name)
        || matches!(name, "application/ndjson" | "application/json-seq")
        || name.ends_with("+json-seq")
}

/// Whether a media type that is not the preferred one is emitted in no other way: neither as a call of its own nor as events.
fn is_left_out(name: &str, sent: bool) -> bool {
    match essence(name) {
        "application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain" => !sent,
        EVENT_STREAM => sent,
        _ => true,
    }
}

/// The media type of server-sent events.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

fn is_media_type(name: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&byte))
    };
    essence(name).split_once('/').is_some_and(|(ty, subtype)| token(ty) && token(subtype))
}

/// A media type without its parameters.
pub(super) fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

/// Which media type is preferred: what a type can be made of first.
fn rank(name: &str, sent: bool) -> u8 {
    match essence(name) {
        "application/json" => 0,
        name if is_json(name) => 1,
        "*/*" | "application/*" => 2,
        "application/x-www-form-urlencoded" if sent => 3,
        name if name.starts_with("multipart/") && sent => 4,
        "text/plain" => 5,
        EVENT_STREAM => 9,
        name if name.starts_with("text/") => 6,
        name if is_xml(name) => 8,
        _ => 7,
    }
}

pub(super) fn is_json(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "application/json" | "text/json" | "application/x-json") || name.ends_with("+json")
}

fn is_xml(name: &str) -> bool {
    matches!(name, "application/xml" | "text/xml") || name.ends_with("+xml")
}
