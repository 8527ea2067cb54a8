//! The headers that an operation's replies have, whatever the status.
//!
//! A header that several statuses declare counts once. `Content-Type` does not count (OpenAPI 3.1.1, 4.8.17.1).

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::model::{Parameter as Declared, Response};
use crate::ir::{BodyKind, Docs, Header, Style, StyleKind, Type};
use crate::media_type::is_token;

impl Lower<'_> {
    /// The headers of all replies, in the order in which the document first names them.
    pub(in crate::lower) fn headers<'r>(&mut self, responses: impl Iterator<Item = &'r Response>) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        let declared = responses.flat_map(|response| &response.headers);
        for (name, declared) in declared.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")) {
            let Some(header) = self.header(name, declared) else { continue };
            match headers.iter_mut().find(|earlier| earlier.wire.eq_ignore_ascii_case(name)) {
                None => headers.push(header),
                Some(earlier) if (&earlier.ty, earlier.style) == (&header.ty, header.style) => {}
                Some(earlier) => {
                    (earlier.ty, earlier.style) = (Type::String, SIMPLE);
                    self.report_other_type(name, declared);
                }
            }
        }
        headers
    }

    fn report_other_type(&mut self, name: &str, declared: &Declared) {
        let message = format!("the header `{name}` has another type for another status: it is read as text");
        self.out.push(self.document.diagnostic(Severity::Note, codes::RESPONSE_HEADERS, message, &declared.node));
    }

    fn header(&mut self, name: &str, declared: &Declared) -> Option<Header> {
        if !is_token(name) {
            let message = format!("no header can be called `{}`: it is left out", name.escape_debug());
            self.warn(codes::ODD_HEADER_NAME, message, &declared.node);
            return None;
        }
        let (ty, style, words) = match &declared.schema {
            Some(schema) => {
                let read = self.read(schema);
                let words = self.docs(&read);
                (self.type_of(schema), Style { explode: declared.explode, ..SIMPLE }, words)
            }
            None => match self.content(&declared.content, &declared.node, false) {
                Some(content) if content.kind == BodyKind::Json => {
                    (content.ty, Style { kind: StyleKind::Json, ..SIMPLE }, Docs::default())
                }
                _ => (Type::String, SIMPLE, Docs::default()),
            },
        };
        let docs = Docs {
            description: declared.description.clone().or(words.description),
            deprecated: declared.deprecated || words.deprecated,
            ..words
        };
        let ty = match self.carried(ty) {
            // A header without a type is text, even if it looks like a number.
            Type::Any if style.kind == StyleKind::Simple => Type::String,
            ty => ty,
        };
        let ty = self.hidden_at(&declared.node, ty);
        Some(Header { wire: name.to_owned(), explicit: declared.rust_name.clone(), docs, style, ty })
    }
}

const SIMPLE: Style = Style { kind: StyleKind::Simple, explode: false, reserved: false };
