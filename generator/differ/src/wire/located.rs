//! A value of a document together with its place.

use generator::document::{Document, Node};
use serde_json::{Map, Value};

/// A value and where it is.
#[derive(Clone, Debug)]
pub(super) struct Located<'d> {
    pub node: Node,
    pub value: &'d Value,
}

impl<'d> Located<'d> {
    /// What is at a node, if anything is.
    pub fn new(document: &'d Document, node: Node) -> Option<Self> {
        document.value(&node).map(|value| Self { node, value })
    }

    /// A member of the document's top.
    pub fn top(document: &'d Document, key: &str) -> Option<Self> {
        Self::new(document, document.top(key))
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| Self { node: self.node.join(key), value })
    }

    /// The value itself, or the end of its chain of references. `None` if the chain leads nowhere.
    pub fn follow(self, document: &'d Document) -> Option<Self> {
        if self.value.get("$ref").is_none() {
            return Some(self);
        }
        Self::new(document, document.follow(&self.node).ok()?)
    }

    /// The members of an object. Empty for any other value.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'_, 'd> {
        let members = self.object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), Self { node: self.node.join(key), value }))
    }

    /// The elements of a list. Empty for any other value.
    pub fn elements(&self) -> impl Iterator<Item = Self> + use<'_, 'd> {
        let elements = self.value.as_array().into_iter().flatten().enumerate();
        elements.map(|(index, value)| Self { node: self.node.join(index), value })
    }

    /// As an object.
    pub fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    /// The text at a key.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key).and_then(Value::as_str)
    }

    /// The flag at a key.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.value.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Identifies the value within its document.
    pub fn id(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }
}
