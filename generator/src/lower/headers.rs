//! The headers that an operation's replies have, whatever the status.
//!
//! A header that several statuses declare is one; `Content-Type` is none (OpenAPI 3.1.1, 4.8.17.1).

use openapiv3::{Header as Declared, ParameterSchemaOrContent, Response};

use super::Lower;
use super::operation::{scalar, text};
use crate::diagnostics::Severity;
use crate::ir::{BodyKind, Docs, Header, Style, StyleKind, Type};

impl Lower<'_> {
    /// The headers of all replies, in the order in which the document first names them.
    pub(super) fn headers<'r>(&mut self, responses: impl Iterator<Item = &'r Response>) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        for (name, declared) in responses.flat_map(|response| &response.headers) {
            let Some(declared) = declared.as_item().filter(|_| !name.eq_ignore_ascii_case("content-type")) else {
                continue;
            };
            let Some(header) = self.header(name, declared) else { continue };
            match headers.iter_mut().find(|earlier| earlier.wire.eq_ignore_ascii_case(name)) {
                None => headers.push(header),
                Some(earlier) if (&earlier.ty, earlier.style) == (&header.ty, header.style) => {}
                Some(earlier) => {
                    (earlier.ty, earlier.style) = (Type::String, SIMPLE);
                    self.read_as_text(name, declared);
                }
            }
        }
        headers
    }

    fn read_as_text(&mut self, name: &str, declared: &Declared) {
        let Some(node) = self.places.of(&declared.extensions) else { return };
        let message = format!("the header `{name}` has another type for another status: it is read as text");
        self.out.push(self.document.diagnostic(Severity::Note, "response-headers", message, &node));
    }

    fn header(&mut self, name: &str, declared: &Declared) -> Option<Header> {
        let node = self.places.of(&declared.extensions)?;
        let (ty, style, words) = match &declared.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = self.places.of_schema(schema);
                let words = schema.as_ref().map_or_else(Docs::default, |node| super::docs(&self.read(node)));
                let ty = schema.map_or(Type::String, |node| self.type_of(&node));
                // `openapiv3` has no `explode` there.
                let explode = self.document.value(&node.join("explode")) == Some(&serde_json::Value::Bool(true));
                (ty, Style { explode, ..SIMPLE }, words)
            }
            ParameterSchemaOrContent::Content(content) => match self.content(content, &node, false) {
                Some(content) if content.kind == BodyKind::Json => {
                    (content.ty, Style { kind: StyleKind::Json, ..SIMPLE }, Docs::default())
                }
                _ => (Type::String, SIMPLE, Docs::default()),
            },
        };
        let docs = Docs {
            description: declared.description.clone().or(words.description),
            deprecated: declared.deprecated.unwrap_or_default() || words.deprecated,
            ..words
        };
        let ty = match scalar(ty.present().clone()) {
            // A header without a type is text, be it a number or not.
            Type::Any if style.kind == StyleKind::Simple => Type::String,
            ty => ty,
        };
        let ty = self.hidden_at(&node, ty);
        Some(Header { wire: name.to_owned(), explicit: text(&declared.extensions, "x-rust-name"), docs, style, ty })
    }
}

const SIMPLE: Style = Style { kind: StyleKind::Simple, explode: false, reserved: false };
