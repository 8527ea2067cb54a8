//! A node after its repairs: each member of the kind that OpenAPI has there, so that nothing can fail when it gets its type.

use std::borrow::Cow;

use serde_json::Value;

use super::Node;

/// A node after its repairs.
#[derive(Clone, Debug)]
pub(super) enum Conformed<'d> {
    Text(Cow<'d, str>),
    Flag(bool),
    /// The value of an extension. It may be anything.
    Extension(&'d Value),
    /// A schema, which the `schema` stage reads.
    Schema(Node),
    List(Vec<Conformed<'d>>),
    Object(Object<'d>),
}

/// An object after its repairs.
#[derive(Clone, Debug)]
pub(super) struct Object<'d> {
    /// Where it is.
    pub node: Node,
    members: Vec<(Cow<'d, str>, Conformed<'d>)>,
}

impl<'d> Conformed<'d> {
    /// The elements of a list.
    pub(super) fn elements(self) -> Vec<Self> {
        match self {
            Self::List(elements) => elements,
            _ => Vec::new(),
        }
    }

    /// The objects of a list.
    pub(super) fn objects(self) -> impl Iterator<Item = Object<'d>> {
        self.elements().into_iter().filter_map(Self::object)
    }

    /// The texts of a list.
    pub(super) fn texts(self) -> Vec<String> {
        self.elements().into_iter().filter_map(Self::text).collect()
    }

    pub(super) fn object(self) -> Option<Object<'d>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.into_owned()),
            Self::Extension(value) => value.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// The same as JSON, without the schemas.
    pub(super) fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_ref()),
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Extension(value) => (*value).clone(),
            Self::Schema(_) => Value::Null,
            Self::List(elements) => elements.iter().map(Self::to_json).collect(),
            Self::Object(object) => {
                object.members.iter().map(|(key, member)| (key.to_string(), member.to_json())).collect()
            }
        }
    }
}

impl<'d> Object<'d> {
    /// An object without members.
    pub(super) fn new(node: Node) -> Self {
        Self { node, members: Vec::new() }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Conformed<'d>> {
        self.members.iter().find(|(known, _)| known == key).map(|(_, member)| member)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The text of a member.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Conformed::Text(text) => Some(text),
            Conformed::Extension(value) => value.as_str(),
            _ => None,
        }
    }

    /// The flag of a member.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Conformed::Flag(flag) => Some(*flag),
            Conformed::Extension(value) => value.as_bool(),
            _ => None,
        }
    }

    /// The keys of a member that is a map.
    pub(super) fn keys_of(&self, key: &str) -> impl Iterator<Item = &str> {
        let members = match self.get(key) {
            Some(Conformed::Object(object)) => object.members.as_slice(),
            _ => &[],
        };
        members.iter().map(|(key, _)| key.as_ref())
    }

    /// Adds a member, or replaces it.
    pub(super) fn put(&mut self, key: impl Into<Cow<'d, str>>, member: Conformed<'d>) {
        let key = key.into();
        match self.members.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = member,
            None => self.members.push((key, member)),
        }
    }

    /// Adds a member of which the document has one at most.
    pub(super) fn push(&mut self, key: impl Into<Cow<'d, str>>, member: Conformed<'d>) {
        self.members.push((key.into(), member));
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Conformed<'d>> {
        let index = self.members.iter().position(|(known, _)| known == key)?;
        Some(self.members.swap_remove(index).1)
    }

    pub(super) fn take_text(&mut self, key: &str) -> Option<String> {
        self.take(key)?.text()
    }

    /// The place of a member that is a schema.
    pub(super) fn schema(&self, key: &str) -> Option<&Node> {
        match self.get(key)? {
            Conformed::Schema(node) => Some(node),
            _ => None,
        }
    }

    /// The members of a member that is a map, in the order of the document.
    pub(super) fn take_map(&mut self, key: &str) -> impl Iterator<Item = (String, Conformed<'d>)> + use<'d> {
        self.take(key).and_then(Conformed::object).into_iter().flat_map(Self::members)
    }

    /// All members, in the order of the document.
    pub(super) fn members(self) -> impl Iterator<Item = (String, Conformed<'d>)> + use<'d> {
        self.members.into_iter().map(|(key, member)| (key.into_owned(), member))
    }

    /// The key of an object's only member. `None` if the object is empty or has several.
    pub(super) fn only_key(&mut self) -> Option<&mut Cow<'d, str>> {
        match self.members.as_mut_slice() {
            [(key, _)] => Some(key),
            _ => None,
        }
    }
}
