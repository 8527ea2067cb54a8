//! Reports parts of replies, and requests to the client, for which nothing is emitted.

use serde_json::Value;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{self, Node, WebhookSchema};
use crate::ir::{BodyKind, Webhooks};

impl Lower<'_> {
    /// Reports the links of a response.
    pub(in crate::lower) fn check_response(&mut self, response: &Node) {
        let links = response.join("links");
        if self.holds_any(&links) {
            self.warn(codes::LINKS, "links are not emitted: a caller makes the next call", &links);
        }
    }

    /// Reports a form in a response, because forms can be written but not read.
    pub(in crate::lower) fn check_received(&mut self, kind: BodyKind, response: &Node) {
        let what = match kind {
            BodyKind::Form => "text",
            BodyKind::Multipart => "bytes",
            _ => return,
        };
        let message = format!("a form that is received is handed over as {what}, not as a type");
        self.warn(codes::RECEIVED_FORM, message, &response.join("content"));
    }

    /// The types of webhooks. Their requests come to the client's user, so operations are not emitted for them.
    pub(in crate::lower) fn webhooks(&mut self) -> Webhooks {
        let at = self.document.top("webhooks");
        if self.holds_any(&at) {
            self.warn(
                codes::WEBHOOKS,
                "webhooks are not emitted, only their types: they are requests to the client",
                &at,
            );
        }
        let mut webhooks = Webhooks::default();
        for WebhookSchema { node, is_reply } in document::webhook_schemas(self.document) {
            let ty = self.type_of(&node);
            if is_reply { webhooks.sent.push(ty) } else { webhooks.received.push(ty) }
        }
        webhooks
    }

    fn holds_any(&self, node: &Node) -> bool {
        self.document.value(node).and_then(Value::as_object).is_some_and(|members| !members.is_empty())
    }
}
