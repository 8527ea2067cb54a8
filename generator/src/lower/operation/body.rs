//! Media types: which of a body's media types is used, and what its schema becomes.

use std::collections::HashSet;
use std::slice;

use indexmap::IndexMap;

use super::Lower;
use crate::diagnostics::{Diagnostic, Severity, codes};
use crate::document::model::MediaType as Declared;
use crate::document::{Document, Node};
use crate::formats::{self, Rust};
use crate::ir::{BodyKind, Bound, Encoding, ModelKind, Type};
use crate::media_type::{Kind, MediaType};
use crate::schema::JsonType;

/// A body as it is read or written.
pub(in crate::lower) struct Content {
    pub media_type: String,
    pub kind: BodyKind,
    pub ty: Type,
    pub bounds: Vec<Bound>,
    pub encodings: Vec<Encoding>,
}

/// A media type of a body in the document.
struct Offer<'c> {
    /// As the document writes it.
    name: &'c str,
    media_type: MediaType,
    declared: &'c Declared,
}

fn offers(content: &IndexMap<String, Declared>) -> impl Iterator<Item = Offer<'_>> {
    content.iter().map(|(name, declared)| Offer { name, media_type: MediaType::of(name), declared })
}

impl Lower<'_> {
    /// The content of the media type that is used. Reports media types that are lost.
    pub(in crate::lower) fn content(
        &mut self,
        content: &IndexMap<String, Declared>,
        node: &Node,
        sent: bool,
    ) -> Option<Content> {
        let at = node.join("content");
        let (offered, odd): (Vec<Offer<'_>>, Vec<Offer<'_>>) =
            offers(content).partition(|offer| offer.media_type.is_valid());
        for Offer { name, declared, .. } in odd {
            let help = "write a type and a subtype, as in `application/json`";
            // Next to a media type, this is a stray member. Alone, it is meant as the body, so the body is lost.
            match offered.is_empty() && declared.schema.is_some() {
                true => {
                    self.error(codes::INVALID_MEDIA_TYPE, format!("`{name}` is not a media type"), &at.join(name), help)
                }
                false => self.warn(
                    codes::ODD_MEDIA_TYPE,
                    format!("`{name}` is not a media type: it is ignored"),
                    &at.join(name),
                ),
            }
        }
        let best = offered.iter().min_by_key(|offer| rank(&offer.media_type, sent))?;
        let (kind, message) = self.kind(best, &at);
        self.out.extend(message);
        for other in offered.iter().filter(|other| other.name != best.name && is_left_out(&other.media_type, sent)) {
            let is_stream = !sent && other.media_type.kind() == Kind::JsonStream;
            if is_stream && other.declared.item_schema.is_some() {
                continue;
            }
            let both_json = other.media_type.kind() == Kind::Json && kind == BodyKind::Json;
            if !self.same_as(other.declared, best.declared, both_json) {
                self.not_emitted(other, best.name, &at);
            }
        }
        let content = self.content_of(best, kind);
        Some(Content {
            bounds: if sent { self.content_bounds(best.declared, &content.ty) } else { Vec::new() },
            ..content
        })
    }

    /// The bodies that an operation may send, the preferred one first. Each of the others is written in another way.
    pub(in crate::lower) fn sent(&mut self, content: &IndexMap<String, Declared>, node: &Node) -> Vec<Content> {
        let Some(first) = self.content(content, node, true) else { return Vec::new() };
        let (at, used) = (node.join("content"), first.media_type.clone());
        let mut bodies = vec![first];
        let others = offers(content).filter(|offer| offer.media_type.is_valid() && offer.media_type.named() != used);
        for offer in others.filter(|offer| !is_left_out(&offer.media_type, true)) {
            let (kind, message) = self.kind(&offer, &at);
            let known = bodies.iter().find(|body| {
                body.kind == kind || MediaType::of(&body.media_type).essence() == offer.media_type.essence()
            });
            let known = known.map(|body| body.media_type.clone());
            match kind {
                BodyKind::Json | BodyKind::Form | BodyKind::Multipart | BodyKind::Text if known.is_none() => {
                    self.out.extend(message);
                    let content = self.content_of(&offer, kind);
                    bodies.push(Content { bounds: self.content_bounds(offer.declared, &content.ty), ..content });
                }
                _ => self.not_emitted(&offer, &known.unwrap_or_else(|| used.clone()), &at),
            }
        }
        bodies
    }

    fn not_emitted(&mut self, offer: &Offer<'_>, used: &str, content: &Node) {
        let message = format!("`{}` is not emitted: `{used}` is used", offer.name);
        self.warn(codes::MEDIA_TYPE, message, &content.join(offer.name));
    }

    /// The content of one media type, read as `kind`.
    fn content_of(&mut self, offer: &Offer<'_>, kind: BodyKind) -> Content {
        let declared = offer.declared;
        let ty = self.content_type(declared, kind);
        self.check_encodings(&declared.node, kind);
        let encodings = self.encodings(declared, kind);
        if kind == BodyKind::Multipart {
            self.check_untyped_parts(&declared.node);
        }
        Content { media_type: offer.media_type.named(), kind, ty, bounds: Vec::new(), encodings }
    }

    fn content_bounds(&mut self, media_type: &Declared, ty: &Type) -> Vec<Bound> {
        let node = media_type.schema.clone();
        node.map_or_else(Vec::new, |node| self.bounds(&[node], ty))
    }

    /// Whether another media type of JSON has the same type.
    fn same_as(&mut self, other: &Declared, used: &Declared, both_json: bool) -> bool {
        let (Some(other), Some(used)) = (&other.schema, &used.schema) else { return false };
        both_json && self.type_of(other) == self.type_of(used)
    }

    /// How a body of a media type is written, and what to report if that is used.
    fn kind(&mut self, offer: &Offer<'_>, content: &Node) -> (BodyKind, Option<Diagnostic>) {
        let report = |document: &Document, code, message: String, help: &str| {
            let diagnostic = document.diagnostic(Severity::Warning, code, message, &content.join(offer.name));
            Some(if help.is_empty() { diagnostic } else { diagnostic.help(help) })
        };
        match offer.media_type.kind() {
            Kind::Json => (BodyKind::Json, None),
            Kind::Form if self.is_no_form(offer.declared) => {
                let message = "a form is made of the members of an object: this one is handed over as text".to_owned();
                let help = "write `type: object`, with a property for each field of the form";
                (BodyKind::Text, report(self.document, codes::FORM, message, help))
            }
            Kind::Form => (BodyKind::Form, None),
            Kind::Any if self.is_structured(offer.declared) => (BodyKind::Json, None),
            Kind::Multipart if self.is_form(offer.declared) => (BodyKind::Multipart, None),
            Kind::Multipart | Kind::Parts => {
                let message = "multipart is handed over as bytes, not as a type".to_owned();
                let help = "a call that sends it names the boundary by `with_content_type`";
                (BodyKind::Binary, report(self.document, codes::MULTIPART, message, help))
            }
            Kind::Xml => {
                let message = "XML is handed over as text, not as a type".to_owned();
                (BodyKind::Text, report(self.document, codes::XML, message, ""))
            }
            Kind::Text if self.is_more_than_text(offer.declared) => {
                let message = format!("`{}` is handed over as text, although its schema says more", offer.name);
                let help = "parse the text, or declare JSON if that is what is sent";
                (BodyKind::Text, report(self.document, codes::TYPED_TEXT, message, help))
            }
            Kind::Text | Kind::EventStream => (BodyKind::Text, None),
            Kind::JsonStream | Kind::Binary | Kind::Any => (BodyKind::Binary, None),
        }
    }

    /// Whether the schema of a text admits no strings, or only some of them.
    fn is_more_than_text(&mut self, media_type: &Declared) -> bool {
        let Some(node) = &media_type.schema else { return false };
        self.merge(slice::from_ref(node)).is_some_and(|schema| {
            let types = schema.inferred_types();
            let is_other = !types.is_empty() && !types.contains(&JsonType::String);
            let format = schema.format.and_then(formats::named);
            let is_typed = format
                .is_some_and(|format| format.makes_a_type() && !matches!(format.rust, Rust::Bytes | Rust::Secret));
            is_other || is_typed || schema.enumeration.is_some() || schema.constant.is_some()
        })
    }

    /// Whether each value of a schema has members that can become parts.
    fn is_form(&mut self, media_type: &Declared) -> bool {
        let Some(node) = &media_type.schema else { return false };
        let ty = self.type_of(node);
        self.kinds_of_values(&ty).into_iter().all(|ty| matches!(ty, Type::Map(_)) || self.structure(ty).is_some())
    }

    /// Whether a form cannot be made of a schema, because none of its values is an object.
    fn is_no_form(&mut self, media_type: &Declared) -> bool {
        let Some(node) = &media_type.schema else { return false };
        let ty = self.type_of(node);
        let may_be = |ty: &Type| matches!(ty, Type::Map(_) | Type::Any) || self.structure(ty).is_some();
        !self.kinds_of_values(&ty).into_iter().any(may_be)
    }

    /// The types that a value may have: the type itself, or the alternatives of a union, at any depth.
    fn kinds_of_values<'t>(&'t self, ty: &'t Type) -> Vec<&'t Type> {
        let (mut pending, mut seen, mut found) = (vec![ty], HashSet::new(), Vec::new());
        while let Some(ty) = pending.pop() {
            let ty = self.unaliased(self.unaliased(ty).present());
            let model = match ty {
                Type::Model(id) if !seen.insert(*id) => continue,
                Type::Model(id) => self.models.get(id.0),
                _ => None,
            };
            match model.map(|model| &model.kind) {
                Some(ModelKind::Union(union)) => pending.extend(union.branches.iter().map(|branch| &branch.ty)),
                _ => found.push(ty),
            }
        }
        found
    }

    /// Whether a range of media types has a schema that only JSON can hold.
    fn is_structured(&mut self, media_type: &Declared) -> bool {
        let Some(node) = &media_type.schema else { return false };
        !matches!(self.type_of(node).present(), Type::Binary | Type::String | Type::Any)
    }

    fn content_type(&mut self, media_type: &Declared, kind: BodyKind) -> Type {
        match kind {
            BodyKind::Text => Type::String,
            BodyKind::Binary => Type::Binary,
            BodyKind::Empty => Type::Any,
            BodyKind::Json | BodyKind::Form | BodyKind::Multipart => {
                let node = media_type.schema.as_ref();
                match node.map_or(Type::Any, |node| self.type_of(node)) {
                    Type::Binary => Type::String,
                    ty => ty,
                }
            }
        }
    }
}

/// Whether a media type that is not the preferred one is left out: it is neither a call of its own nor a stream.
fn is_left_out(media_type: &MediaType, sent: bool) -> bool {
    match media_type.kind() {
        Kind::Form | Kind::Multipart => !sent,
        Kind::Text if media_type.essence() == PLAIN => !sent,
        Kind::EventStream => sent,
        _ => true,
    }
}

/// The media type of text. It is also emitted as a call of its own beside JSON or a form.
const PLAIN: &str = "text/plain";

/// The rank of a media type. Media types for which a type can be made come first.
fn rank(media_type: &MediaType, sent: bool) -> u8 {
    match media_type.kind() {
        Kind::Json if media_type.essence() == "application/json" => 0,
        Kind::Json => 1,
        Kind::Any => 2,
        Kind::Form if sent => 3,
        Kind::Multipart | Kind::Parts if sent => 4,
        Kind::Text if media_type.essence() == PLAIN => 5,
        Kind::Text => 6,
        Kind::Form | Kind::Multipart | Kind::Parts | Kind::JsonStream | Kind::Binary => 7,
        Kind::Xml => 8,
        Kind::EventStream => 9,
    }
}
