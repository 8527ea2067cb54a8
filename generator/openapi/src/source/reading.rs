//! From the bytes of one file to its tree: which encoding, which format, and whether it is a document at all.
//!
//! The content decides on the format, and not only the extension. Formats are not tried one after the other, because this would hide the
//! better message.

use serde_json::Value;

use super::encoding::{self, Kind};
use super::positions::Positions;
use super::tree::{Builder, Node, Stop};
use super::{Format, continuation, foreign, json, toml, yaml};
use crate::diagnostics::{Diagnostic, Diagnostics, FileId, Place, Severity, Spot, codes};
use crate::pointer::Pointer;

/// The text of a file, and whether it may be read. A text that may not be read is kept to show the fault.
pub(super) fn text(bytes: Vec<u8>, file: FileId, out: &mut Diagnostics) -> (String, bool) {
    match encoding::decode(bytes) {
        Ok(text) => (text, true),
        Err(fault) => (report_encoding(fault, file, out), false),
    }
}

/// Reports why bytes are not text. Gives the text in which to show the place.
fn report_encoding(fault: encoding::Undecodable, file: FileId, out: &mut Diagnostics) -> String {
    let error = |code, message: String, help| {
        let place = Place { file, spot: Spot::Within(Pointer::root(), fault.offset) };
        Diagnostic::new(Severity::Error, code, message, place).help(help)
    };
    out.push(match fault.kind {
        Kind::Utf16 => error(codes::UTF_16, "the file is UTF-16".to_owned(), "save it as UTF-8"),
        Kind::Binary => {
            error(codes::NOT_TEXT, "the file is binary, no text".to_owned(), "give a document in JSON or YAML")
        }
        Kind::Text => {
            let message = format!("byte {} of the file is no UTF-8", fault.offset + 1);
            error(codes::NOT_UTF8, message, "save the file as UTF-8")
        }
    });
    fault.shown
}

/// What all attempts to read a file share.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) positions: &'a Positions,
    pub(super) file: FileId,
}

impl Reading<'_> {
    /// The tree, which must be an object.
    pub(super) fn root(&self, name: &str, out: &mut Diagnostics) -> (Option<Node>, Format) {
        let (node, format) = self.by_content(name, out);
        let node = node.filter(|node| {
            if !node.value.is_object() {
                out.push(self.not_an_object(&node.value));
            }
            node.value.is_object()
        });
        (node, format)
    }

    /// The content decides on the format, except for TOML, which may look like YAML. A YAML file may begin with `{`, too. So a file with
    /// YAML's extension that is not JSON is read as YAML.
    fn by_content(&self, name: &str, out: &mut Diagnostics) -> (Option<Node>, Format) {
        if name.ends_with(".toml") {
            return (self.tree(toml::read, out), Format::Toml);
        }
        if let Some((message, help)) = foreign::known(self.text) {
            let place = Place { file: self.file, spot: Spot::Within(Pointer::root(), 0) };
            out.push(Diagnostic::new(Severity::Error, codes::NOT_A_DOCUMENT, message, place).help(help));
            return (None, Format::Yaml);
        }
        if foreign::is_commented_json(self.text) {
            return (self.tree(json::read, out), Format::Json);
        }
        if !self.text.trim_start().starts_with(['{', '[']) {
            return (self.yaml(out), Format::Yaml);
        }
        if !(name.ends_with(".yaml") || name.ends_with(".yml")) {
            return (self.tree(json::read, out), Format::Json);
        }
        let mut attempt = Diagnostics::default();
        let node = self.tree(json::read, &mut attempt);
        if attempt.iter().any(|diagnostic| diagnostic.code == codes::INVALID_JSON) {
            return (self.yaml(out), Format::Yaml);
        }
        attempt.iter().for_each(|diagnostic| out.push(diagnostic.clone()));
        (node, Format::Json)
    }

    /// The tree of YAML. If YAML's grammar refuses a text, it is tried again with its continued lines indented further, because other
    /// parsers do not require this indentation.
    fn yaml(&self, out: &mut Diagnostics) -> Option<Node> {
        let mut attempt = Diagnostics::default();
        let mut node = self.tree(yaml::read, &mut attempt);
        let is_refused = |said: &Diagnostic| [codes::INVALID_YAML, codes::UNCLOSED_BRACKET].contains(&said.code);
        let refused = attempt.iter().any(is_refused);
        if let Some(indented) = refused.then(|| continuation::indent(self.text)).flatten() {
            attempt = Diagnostics::default();
            node = self.tree(|builder| yaml::read_indented(builder, &indented), &mut attempt);
        }
        attempt.iter().for_each(|diagnostic| out.push(diagnostic.clone()));
        node
    }

    fn tree(&self, read: impl FnOnce(&mut Builder<'_>) -> Result<(), Stop>, out: &mut Diagnostics) -> Option<Node> {
        let mut builder = Builder::new(self.text, self.positions, self.file, out);
        read(&mut builder).ok()?;
        if builder.is_empty() {
            out.push(self.not_an_object(&Value::Null));
            return None;
        }
        builder.finish()
    }

    fn not_an_object(&self, value: &Value) -> Diagnostic {
        let place = Place { file: self.file, spot: Spot::Value(Pointer::root()) };
        let help = "begin it with `openapi: 3.1.1`, or give the file that does";
        let kind = match value {
            Value::Null => {
                return Diagnostic::new(Severity::Error, codes::EMPTY_DOCUMENT, "the document is empty", place)
                    .help(help);
            }
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        let message = format!("the document is {kind}, not an object");
        Diagnostic::new(Severity::Error, codes::NOT_AN_OBJECT, message, place).help(help)
    }
}
