//! The values of one file, and what is wrong with them.

use serde_json::{Map, Value};

use super::Selector;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Place, Severity, Spot, codes};
use crate::pointer::Pointer;
use crate::similar::nearest;

/// Reads the values of one file.
pub(super) struct Reader<'o> {
    pub(super) file: FileId,
    pub(super) out: &'o mut Diagnostics,
}

impl Reader<'_> {
    pub(super) fn selectors(&mut self, at: &Pointer, value: &Value) -> Vec<Selector> {
        self.texts(at, value).into_iter().map(|(text, place)| Selector::new(&text, place)).collect()
    }

    /// A list of texts, each with its place.
    pub(super) fn texts(&mut self, at: &Pointer, value: &Value) -> Vec<(String, Place)> {
        let Value::Array(elements) = value else {
            self.wrong(at, "a list of texts", value);
            return Vec::new();
        };
        let texts = elements.iter().enumerate().filter_map(|(index, element)| {
            let at = at.join(index);
            Some((self.text(&at, element)?, self.place(&at)))
        });
        texts.collect()
    }

    pub(super) fn text(&mut self, at: &Pointer, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text.clone()),
            other => {
                self.wrong(at, "a text", other);
                None
            }
        }
    }

    /// The members of a table.
    pub(super) fn table<'v>(
        &mut self,
        at: &Pointer,
        value: &'v Value,
    ) -> impl Iterator<Item = (&'v String, &'v Value)> + use<'v> {
        if !value.is_object() {
            self.wrong(at, "a table", value);
        }
        value.as_object().into_iter().flat_map(Map::iter)
    }

    pub(super) fn wrong(&mut self, at: &Pointer, wanted: &str, found: &Value) {
        let message = format!("`{}` must be {wanted}, found {found}", at.segments().join("."));
        let diagnostic = self.error(codes::CHOICE_VALUE, message, at);
        self.out.push(diagnostic.help(format!("write {wanted}")));
    }

    pub(super) fn unknown(&mut self, at: &Pointer, message: &str, name: &str, known: &[&str]) {
        let diagnostic = self.error(codes::UNKNOWN_CHOICE, message.to_owned(), at).about_key();
        self.out.push(diagnostic.help(match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of `{}`", known.join("`, `")),
        }));
    }

    fn error(&self, code: Code, message: String, at: &Pointer) -> Diagnostic {
        Diagnostic::new(Severity::Error, code, message, self.place(at))
    }

    pub(super) fn place(&self, at: &Pointer) -> Place {
        Place { file: self.file, spot: Spot::Value(at.clone()) }
    }
}
