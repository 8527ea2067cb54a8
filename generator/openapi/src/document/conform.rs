//! A raw node to the same node with everything repaired, from which [`typed`](super::typed) makes a type.
//!
//! Walks the node along its [`Shape`]. References are replaced by what they name, and schemas by their places. Members of the wrong kind
//! are repaired if the intent is plain, and left out otherwise. Every repair and omission is reported, so that nothing is lost silently.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::conformed::{Conformed, Object};

use super::extension::{is_extension, misplaced, unknown_extension};
use super::parameter::{Repair, guessed_location};
use super::reference::beside_reference;
use super::shape::{self, Kind, Shape};
use super::unknown::{unhonoured_encoding, unknown_member};
use super::{Document, Node, Version, kind_of};
use crate::diagnostics::{Diagnostic, Diagnostics, Mend, Severity, codes};

impl Document {
    /// A node with everything repaired. `None` if it is missing, or cannot be repaired, which is reported.
    pub(super) fn conformed(&self, node: &Node, kind: &Kind, out: &mut Diagnostics) -> Option<Conformed<'_>> {
        let value = self.value(node)?;
        Conform { document: self, out }.value(value, kind, node)
    }
}

struct Conform<'d, 'o> {
    document: &'d Document,
    out: &'o mut Diagnostics,
}

impl<'d> Conform<'d, '_> {
    fn value(&mut self, value: &'d Value, kind: &Kind, node: &Node) -> Option<Conformed<'d>> {
        match kind {
            Kind::Text => self.text(value, node),
            Kind::Words if value.is_object() || value.is_array() => self.no_words(value, node),
            Kind::Words => self.text(value, node),
            Kind::Flag => self.flag(value, node),
            Kind::Unread => None,
            Kind::Encodings => {
                self.out.push(unhonoured_encoding(self.document, node));
                None
            }
            Kind::Schema => Some(Conformed::Schema(node.clone())),
            Kind::Object(shape) => self.object(value, shape, node),
            Kind::Referable(shape) => self.referable(value, shape, node),
            Kind::List(element) => self.list(value, element, node),
            Kind::Map(member) => self.map(value, member, node),
            Kind::Responses => self.responses(value, node),
        }
    }

    /// A member or an element. Its place is only worked out if it is more than a text or a flag.
    fn below(&mut self, value: &'d Value, kind: &Kind, node: &Node, step: impl ToString) -> Option<Conformed<'d>> {
        match (kind, value) {
            (Kind::Text | Kind::Words, Value::String(text)) => Some(Conformed::Text(Cow::Borrowed(text))),
            (Kind::Flag, Value::Bool(flag)) => Some(Conformed::Flag(*flag)),
            (Kind::Unread, _) => None,
            _ => self.value(value, kind, &node.join(step)),
        }
    }

    fn text(&mut self, value: &'d Value, node: &Node) -> Option<Conformed<'d>> {
        match value {
            Value::String(text) => return Some(Conformed::Text(Cow::Borrowed(text))),
            Value::Number(_) | Value::Bool(_) => {
                let text = self.document.written(node, value);
                let message = format!("{} must be a string, found {}: read as `{text}`", subject(node), kind_of(value));
                self.repaired(node, message, "put it in quotes", Mend::Write(Value::from(text.clone())));
                return Some(Conformed::Text(Cow::Owned(text)));
            }
            Value::Null => self.absent(node, "a string"),
            _ => self.wrong_kind(node, "a string", value),
        }
        None
    }

    /// Reports documentation of the wrong kind. Only documentation is lost.
    fn no_words(&mut self, value: &'d Value, node: &Node) -> Option<Conformed<'d>> {
        let message = format!("{} must be a string, found {}: read as absent", subject(node), kind_of(value));
        self.repaired(node, message, "write the text itself", Mend::Remove);
        None
    }

    fn flag(&mut self, value: &'d Value, node: &Node) -> Option<Conformed<'d>> {
        match value {
            Value::Bool(flag) => return Some(Conformed::Flag(*flag)),
            Value::String(text) if text == "true" || text == "false" => {
                let message = format!("{} must be a boolean, found a string: read as {text}", subject(node));
                self.repaired(node, message, "remove the quotes", Mend::Write(Value::Bool(text == "true")));
                return Some(Conformed::Flag(text == "true"));
            }
            Value::Null => self.absent(node, "a boolean"),
            _ => self.wrong_kind(node, "a boolean", value),
        }
        None
    }

    fn list(&mut self, value: &'d Value, element: &Kind, node: &Node) -> Option<Conformed<'d>> {
        match value {
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                let read = elements.filter_map(|(index, value)| self.below(value, element, node, index));
                return Some(Conformed::List(read.collect()));
            }
            Value::Null => self.absent(node, "a list"),
            Value::Object(_) if matches!(element, Kind::Object(_) | Kind::Referable(_) | Kind::Map(_)) => {
                let message = format!("{} must be a list, found an object: read as a list of it", subject(node));
                self.repaired(node, message, "put it in a list", Mend::Write(json!([value])));
                return Some(Conformed::List(self.value(value, element, node).into_iter().collect()));
            }
            _ => self.wrong_kind(node, "a list", value),
        }
        None
    }

    fn map(&mut self, value: &'d Value, member: &Kind, node: &Node) -> Option<Conformed<'d>> {
        let members = self.members(value, || "an object".to_owned(), node)?;
        let mut read = Object::new(node.clone());
        for (key, value) in members {
            // A key that begins with `x-` may be the name of a header. If its value is not an object, it is an extension.
            let extension = key.starts_with("x-") && !value.is_object() && !matches!(member, Kind::List(_));
            if !extension && let Some(value) = self.below(value, member, node, key) {
                read.push(key, value);
            }
        }
        if matches!(member, Kind::Referable(shape) if shape.name == "media type") {
            self.nameless(&mut read);
        }
        Some(Conformed::Object(read))
    }

    /// A media type without a name is JSON, if it is the only one.
    fn nameless(&mut self, content: &mut Object<'d>) {
        let node = content.node.join("");
        if let Some(key) = content.only_key()
            && key.is_empty()
        {
            *key = Cow::Borrowed("application/json");
            let message = "the media type has no name: read as `application/json`".to_owned();
            let mend = Mend::Rename("application/json".to_owned());
            self.repaired(&node, message, "write the name of the media type", mend);
        }
    }

    fn members(
        &mut self,
        value: &'d Value,
        wanted: impl Fn() -> String,
        node: &Node,
    ) -> Option<&'d Map<String, Value>> {
        match value {
            Value::Object(members) => return Some(members),
            Value::Null => self.absent(node, &wanted()),
            // PHP writes an empty object as `[]`.
            Value::Array(none) if none.is_empty() => {
                let message = format!("{} must be {}, found an empty list: read as absent", subject(node), wanted());
                self.repaired(node, message, "write `{}`, or remove it", Mend::Remove);
            }
            _ => self.wrong_kind(node, &wanted(), value),
        }
        None
    }

    fn referable(&mut self, value: &'d Value, shape: &'static Shape, node: &Node) -> Option<Conformed<'d>> {
        if value.get("$ref").is_none() {
            return self.object(value, shape, node);
        }
        match self.document.follow(node) {
            Ok(target) => {
                let referenced = self.document.value(&target)?;
                let mut read = self.referenced(referenced, shape, node, &target)?;
                self.out.extend(beside_reference(self.document, value, node, &["summary", "description"]));
                self.overrides(value, &mut read);
                Some(read)
            }
            Err(fault) => {
                self.document.report_lost(node, &fault, self.out);
                None
            }
        }
    }

    /// What a reference names, which must look like what is wanted there.
    fn referenced(
        &mut self,
        value: &'d Value,
        shape: &'static Shape,
        node: &Node,
        target: &Node,
    ) -> Option<Conformed<'d>> {
        if !self.document.names_a(shape.name, || shape.named(), target, node, self.out) {
            return None;
        }
        self.object(value, shape, target)
    }

    /// `summary` and `description` next to a reference replace those of its target (4.8.23).
    fn overrides(&mut self, reference: &'d Value, read: &mut Conformed<'d>) {
        for key in ["summary", "description"] {
            if let (Some(Value::String(text)), Conformed::Object(read)) = (reference.get(key), &mut *read) {
                read.put(key, Conformed::Text(Cow::Borrowed(text)));
            }
        }
    }

    fn object(&mut self, value: &'d Value, shape: &'static Shape, node: &Node) -> Option<Conformed<'d>> {
        let members = self.members(value, || shape.named(), node)?;
        let mut read = Object::new(node.clone());
        for (key, value) in members {
            match shape.members.iter().find(|(known, _)| known == key) {
                Some((_, kind)) => {
                    if let Some(value) = self.below(value, kind, node, key) {
                        read.push(key, value);
                    }
                }
                None if key.starts_with("x-") => {
                    let misplaced = || misplaced(self.document, node, shape.name, key);
                    self.out.extend(unknown_extension(self.document, node, key).or_else(misplaced));
                    if is_extension(key) {
                        read.push(key, Conformed::Extension(value));
                    }
                }
                None => {
                    let known: Vec<&str> = shape.members.iter().map(|(known, _)| *known).collect();
                    let mut diagnostic = unknown_member(self.document, node, &shape.named(), key, &known);
                    if let Some(meant) = shape.misspelt(key, members) {
                        diagnostic.severity = Severity::Error;
                        diagnostic.code = codes::MISSPELT_MEMBER;
                        diagnostic.message =
                            format!("`{key}` is not a member of {}, and `{meant}` is missing", shape.named());
                        diagnostic = self.document.mended(diagnostic, &node.join(key), Mend::Rename(meant.to_owned()));
                    }
                    self.out.push(diagnostic);
                }
            }
        }
        self.required(shape, members, &mut read, node)?;
        match shape.name {
            "parameter" => {
                // A member that has been reported as misspelt is not reported as missing too.
                let is_misspelt = |key: &String| matches!(shape.misspelt(key, members), Some("schema" | "content"));
                if !read.has("schema") && members.keys().any(is_misspelt) {
                    read.push("schema", Conformed::Schema(node.join("schema")));
                }
                self.repair(&mut read).parameter()?;
            }
            "header" => self.repair(&mut read).header(),
            "encoding" => self.repair(&mut read).style("query", "a member of a form"),
            "server variable" if members.contains_key("default") => self.default_of_variable(&read),
            _ => {}
        }
        Some(Conformed::Object(read))
    }

    fn repair<'r>(&'r mut self, read: &'r mut Object<'d>) -> Repair<'r, 'd> {
        Repair { document: self.document, read, out: self.out }
    }

    fn default_of_variable(&mut self, read: &Object<'_>) {
        let Some(Conformed::List(values)) = read.get("enum") else { return };
        let default = read.text("default").unwrap_or_default();
        let is_listed = |value: &Conformed<'_>| matches!(value, Conformed::Text(text) if *text == default);
        if !values.is_empty() && !values.iter().any(is_listed) {
            let message = format!("the default {default:?} of the server variable is not in its `enum`");
            let at = read.node.join("default");
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::IMPLAUSIBLE, message, &at);
            // Without its default, a variable would be empty.
            let diagnostic = Diagnostic { mend: None, ..diagnostic };
            self.out.push(diagnostic.help("write one of the values, or add it to them"));
        }
    }

    /// Adds the required members that are missing, if their meaning is plain. `None` if it is not. Both cases are reported.
    fn required(&mut self, shape: &Shape, raw: &Map<String, Value>, read: &mut Object<'d>, node: &Node) -> Option<()> {
        let is_reported = |key: &str| {
            raw.get(key).is_some_and(|it| !it.is_null())
                || raw.keys().any(|other| shape.misspelt(other, raw) == Some(key))
        };
        for key in shape.required {
            if read.has(key) {
                continue;
            }
            let assumed = match (shape.name, *key) {
                ("info", "title") => json!(shape::UNTITLED),
                ("info", "version") => json!(shape::NO_VERSION),
                ("operation", "responses") => json!({}),
                ("parameter", "in") => json!(guessed_location(raw, node)),
                ("request body", "content") => json!({}),
                ("server variable", "default") => json!(""),
                _ => {
                    // A member that is unreadable or misspelt has been reported already.
                    if !is_reported(key) {
                        let message = format!("{} must have `{key}`", shape.named());
                        let diagnostic =
                            self.document.diagnostic(Severity::Error, codes::MISSING_MEMBER, message, node);
                        self.out.push(diagnostic.help(format!("add `{key}`")));
                    }
                    return None;
                }
            };
            // From 3.1 on, an operation may leave out its responses.
            let is_optional = *key == "responses" && self.document.version() != Version::V30;
            if !is_optional && !is_reported(key) {
                let message = format!("{} must have `{key}`: read as {assumed}", shape.named());
                let mend = Mend::Put((*key).to_owned(), assumed.clone());
                self.repaired(node, message, format!("add `{key}`"), mend);
            }
            let assumed = match assumed {
                Value::String(text) => Conformed::Text(Cow::Owned(text)),
                _ => Conformed::Object(Object::new(node.join(key))),
            };
            read.push(*key, assumed);
        }
        Some(())
    }

    fn responses(&mut self, value: &'d Value, node: &Node) -> Option<Conformed<'d>> {
        let members = self.members(value, || "a responses object".to_owned(), node)?;
        let mut read = Object::new(node.clone());
        for (key, value) in members.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let at = node.join(key);
            let Some(key) = self.status(key, members, &at) else { continue };
            if let Some(response) = self.value(value, &Kind::Referable(&shape::RESPONSE), &at) {
                read.put(key, response);
            }
        }
        Some(Conformed::Object(read))
    }

    /// The status for which a key of `responses` stands. A range may be in lower case, unless the same range is there in capitals too.
    fn status(&mut self, key: &str, beside: &Map<String, Value>, node: &Node) -> Option<String> {
        if is_status(key) {
            return Some(key.to_owned());
        }
        let capital = key.to_ascii_uppercase();
        if is_status(&capital) && !beside.contains_key(&capital) {
            let message = format!("`{key}` is not a status: read as `{capital}`");
            self.repaired(node, message, format!("write `{capital}`"), Mend::Rename(capital.clone()));
            return Some(capital);
        }
        let message = format!("`{key}` is neither a status (100 to 599), nor a range (1XX to 5XX), nor `default`");
        let diagnostic = self.document.diagnostic(Severity::Error, codes::INVALID_STATUS, message, node);
        self.out.push(diagnostic.help("write a three-digit status in quotes, or `default`"));
        None
    }

    fn repaired(&mut self, node: &Node, message: String, help: impl Into<String>, mend: Mend) {
        let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPAIRED, message, node).help(help);
        self.out.push(self.document.mended(diagnostic, node, mend));
    }

    /// Reports null in place of a value. Some programs write null for a member that is absent.
    fn absent(&mut self, node: &Node, wanted: &str) {
        let message = format!("{} must be {wanted}, found null: read as absent", subject(node));
        self.repaired(node, message, format!("write {wanted}, or remove it"), Mend::Remove);
    }

    fn wrong_kind(&mut self, node: &Node, wanted: &str, found: &Value) {
        let message = format!("{} must be {wanted}, found {}", subject(node), kind_of(found));
        let help = match wanted {
            "a string" => "write text, in quotes if it looks like anything else".to_owned(),
            "a boolean" => "write `true` or `false`, without quotes".to_owned(),
            "a responses object" => "write each response below its status, as in `'200':`".to_owned(),
            "a list" => "write a list, `[` … `]`, of one entry if there is only one".to_owned(),
            wanted => format!("write {wanted}, `name: value` for each of its members"),
        };
        self.out.push(self.document.diagnostic(Severity::Error, codes::WRONG_KIND, message, node).help(help));
    }
}

/// What a message calls the value at a node: the name of its member, or `this` for an entry of a list.
pub(super) fn subject(node: &Node) -> String {
    match node.pointer.last() {
        Some(key) if key.parse::<usize>().is_err() => format!("`{key}`"),
        _ => "this".to_owned(),
    }
}

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    match bytes {
        b"default" => true,
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', rest @ ..] => rest.len() == 2 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
