//! Takes the value of the extension, gives its parts with their places. Does not look the pointers up.

use serde_json::{Map, Value};

use super::Lower;
use super::exchange::REFRESH_TOKEN;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::limits::MAX_TOKEN_PARTS;
use crate::similar::nearest;

/// The members of the extension, of an exchange, and of the description of the reply, each with whether it is required.
/// `token-source.schema.json` has them as well.
pub(super) const SOURCE: &[(&str, bool)] = &[("mint", true), ("refresh", false), ("reply", true)];
pub(super) const EXCHANGE: &[(&str, bool)] = &[("operation", true), ("request", true)];
pub(super) const REPLY: &[(&str, bool)] =
    &[("token", true), ("refreshToken", false), ("expiresIn", false), ("success", false)];

pub(super) struct SourceForm {
    pub(super) mints: Vec<(String, ExchangeForm)>,
    pub(super) refresh: Option<ExchangeForm>,
    pub(super) reply: ReplyForm,
}

pub(super) struct ExchangeForm {
    pub(super) node: Node,
    pub(super) operation: String,
    pub(super) request: Vec<Part>,
}

/// A place in a body, and the value there.
pub(super) struct Part {
    pub(super) pointer: String,
    pub(super) node: Node,
    pub(super) value: Value,
}

pub(super) struct ReplyForm {
    pub(super) token: Part,
    pub(super) refresh_token: Option<Part>,
    pub(super) life: Option<Part>,
    pub(super) success: Vec<Part>,
}

impl Lower<'_> {
    pub(super) fn token_source_form(&mut self, node: &Node) -> Option<SourceForm> {
        self.described(node, "a token source", SOURCE)?;
        let mints = self.members_of(&node.join("mint"), "what mints tokens")?;
        if mints.is_empty() {
            self.wrong_form("`mint` must name at least one way to get a token", &node.join("mint"));
        }
        let mints = mints.keys().filter_map(|name| Some((name.clone(), self.exchange(&node.join("mint").join(name))?)));
        let mints: Vec<(String, ExchangeForm)> = mints.collect();
        let refresh = node.join("refresh");
        let refresh = if self.document.value(&refresh).is_some() { Some(self.exchange(&refresh)?) } else { None };
        let reply = self.reply(&node.join("reply"))?;
        if let Some(refresh) = &refresh {
            self.check_refresh(refresh, &reply, &node.join("reply"));
        }
        Some(SourceForm { mints, refresh, reply })
    }

    /// Reports a `refresh` that sends no refresh token, and a reply that names none.
    fn check_refresh(&mut self, refresh: &ExchangeForm, reply: &ReplyForm, at: &Node) {
        if reply.refresh_token.is_none() {
            self.wrong_form("`refresh` is given, so the reply must have `refreshToken`", at);
        }
        if !refresh.request.iter().any(|part| part.value == REFRESH_TOKEN) {
            let message = format!("a request that refreshes a token must hold `{REFRESH_TOKEN}`");
            self.wrong_form(&message, &refresh.node.join("request"));
        }
    }

    fn exchange(&mut self, node: &Node) -> Option<ExchangeForm> {
        self.described(node, "an exchange", EXCHANGE)?;
        let operation = self.text(&node.join("operation"))?;
        let request = self.parts(&node.join("request"), "the request")?;
        Some(ExchangeForm { node: node.clone(), operation, request })
    }

    fn reply(&mut self, node: &Node) -> Option<ReplyForm> {
        self.described(node, "a reply", REPLY)?;
        let success = node.join("success");
        let success =
            if self.document.value(&success).is_some() { self.parts(&success, "`success`")? } else { Vec::new() };
        let token = self.pointer(&node.join("token"))?;
        let (refresh_token, life) = (self.pointer(&node.join("refreshToken")), self.pointer(&node.join("expiresIn")));
        Some(ReplyForm { token, refresh_token, life, success })
    }

    /// Values by JSON Pointer.
    fn parts(&mut self, node: &Node, what: &str) -> Option<Vec<Part>> {
        let members = self.members_of(node, what)?;
        let (mut parts, wanted) = (Vec::new(), members.len());
        for (pointer, value) in members {
            let at = node.join(&pointer);
            if !self.is_pointer(&pointer, &at) {
                continue;
            }
            if value.is_object() || value.is_array() || value.is_null() {
                self.wrong_form(&format!("what stands at `{pointer}` must be a string, a number or a boolean"), &at);
            } else {
                parts.push(Part { pointer, node: at, value });
            }
        }
        (parts.len() == wanted).then_some(parts)
    }

    /// Reads a JSON Pointer. `None` if the member is missing. A member that is not a pointer is reported.
    fn pointer(&mut self, node: &Node) -> Option<Part> {
        self.document.value(node)?;
        let pointer = self.text(node)?;
        let is_pointer = self.is_pointer(&pointer, node);
        is_pointer.then(|| Part { pointer, node: node.clone(), value: Value::Null })
    }

    fn is_pointer(&mut self, text: &str, node: &Node) -> bool {
        let fault = match text.split('/').count() {
            _ if !text.starts_with('/') => format!("`{text}` is not a JSON Pointer, which begins with a slash"),
            steps if steps > MAX_TOKEN_PARTS => format!("a JSON Pointer must have at most {MAX_TOKEN_PARTS} steps"),
            _ => return true,
        };
        self.wrong_form(&fault, node);
        false
    }

    fn text(&mut self, node: &Node) -> Option<String> {
        match self.document.value(node) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => {
                let name = node.pointer.segments().last().cloned().unwrap_or_default();
                self.wrong_form(&format!("`{name}` must be a string"), node);
                None
            }
        }
    }

    /// An object with the members that it may and must have.
    fn described(&mut self, node: &Node, what: &str, members: &[(&str, bool)]) -> Option<()> {
        let object = self.members_of(node, what)?;
        for key in object.keys().filter(|key| !members.iter().any(|(known, _)| known == key)) {
            let near = nearest(key, members.iter().map(|(known, _)| *known));
            let near = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
            self.wrong_form(&format!("`{key}` is not a member of {what}{near}"), &node.join(key));
        }
        let missing = members.iter().find(|(name, is_required)| *is_required && !object.contains_key(*name));
        match missing {
            Some((name, _)) => {
                self.wrong_form(&format!("{what} must have `{name}`"), node);
                None
            }
            None => Some(()),
        }
    }

    fn members_of(&mut self, node: &Node, what: &str) -> Option<Map<String, Value>> {
        match self.document.value(node) {
            Some(Value::Object(members)) if members.len() > MAX_TOKEN_PARTS => {
                self.wrong_form(&format!("{what} must have at most {MAX_TOKEN_PARTS} members"), node);
                None
            }
            Some(Value::Object(members)) => Some(members.clone()),
            _ => {
                self.wrong_form(&format!("{what} must be an object"), node);
                None
            }
        }
    }

    pub(super) fn wrong_form(&mut self, message: &str, node: &Node) {
        let help = "the README shows its form under \"Describe a token source\"";
        self.error(codes::TOKEN_SOURCE_FORM, message, node, help);
    }
}
