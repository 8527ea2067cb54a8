//! Several schemas that hold at once as one: the intersection that `allOf` asks for.

use indexmap::IndexMap;
use serde_json::Value;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{Docs, Naming};
use crate::schema::{Additional, Discriminator, JsonType, Schema};

/// What several schemas say together. Where a member is described by several of them, all its schemas are kept.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    /// The schema that this began with.
    pub node: Node,
    /// The schemas that hold and say something.
    pub parts: Vec<Node>,
    /// Whether no value is valid.
    pub never: bool,
    /// Whether that has been reported, with the schemas that it comes from.
    pub conflict: bool,
    /// The types that all schemas admit; none where no schema names one.
    pub types: Option<Vec<JsonType>>,
    /// Whether `null` is admitted.
    pub nullable: bool,
    /// Whether nothing else is (`type: 'null'`).
    pub only_null: bool,
    pub format: Option<String>,
    pub enumeration: Option<Vec<Value>>,
    pub constant: Option<Value>,
    /// The members, each with all schemas that describe it.
    pub properties: IndexMap<String, Vec<Node>>,
    pub required: Vec<String>,
    pub additional: Vec<Node>,
    /// Whether any member may follow (`additionalProperties: true`).
    pub open: bool,
    /// Whether no member may follow (`additionalProperties: false`).
    pub closed: bool,
    pub items: Vec<Node>,
    /// The first elements of a list, each with all schemas that describe it.
    pub prefix_items: Vec<Vec<Node>>,
    pub unions: Vec<Alternatives>,
    pub discriminator: Option<Discriminator>,
    /// The naming of the alternative that this is combined with others into.
    pub within: Option<Naming>,
    pub secret: bool,
    pub content_encoding: Option<String>,
    pub content_media_type: Option<String>,
    pub value_names: Vec<String>,
    pub value_docs: Vec<String>,
    pub docs: Docs,
    /// The bounds of all schemas, each with its schema's place.
    pub bounds: Vec<(Node, String, Value)>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Alternatives {
    /// Where its schemas are.
    pub branches: Vec<Node>,
    /// The discriminator that stands beside it.
    pub discriminator: Option<Discriminator>,
}

impl Lower<'_> {
    /// What the schemas at some nodes say together. `None` where they don't end, which is reported.
    pub(super) fn merge(&mut self, nodes: &[Node]) -> Option<Merged> {
        let atoms = self.atoms(nodes)?;
        let node = nodes.first()?.clone();
        // The words are those of the schema itself, the last of its own parts; a part's only where it has none.
        let own = atoms.iter().rev().find(|atom| atom.node == node).or(atoms.last())?;
        let mut merged = Merged::new(node, super::docs(own));
        for atom in &atoms {
            self.add(&mut merged, atom);
            // A mere reference adds nothing to what it names.
            merged.parts.extend(atom.constrains().then(|| atom.node.clone()));
        }
        // A list of types that all agree on `null` is what 3.1 says; in 3.0, `nullable` beside an `allOf` is meant for the whole.
        merged.nullable =
            own.nullable || (!atoms.is_empty() && atoms.iter().filter(|a| a.constrains()).all(|a| a.nullable));
        Some(merged)
    }

    fn add(&mut self, merged: &mut Merged, atom: &Schema) {
        merged.never |= atom.boolean == Some(false);
        merged.only_null |= atom.only_null;
        if !atom.types.is_empty() {
            merged.types = Some(match merged.types.take() {
                None => atom.types.clone(),
                Some(types) => self.common_types(merged, &types, atom),
            });
        }
        merged.format = merged.format.take().or_else(|| atom.format.clone());
        merged.content_media_type = merged.content_media_type.take().or_else(|| atom.content_media_type.clone());
        merged.content_encoding = merged.content_encoding.take().or_else(|| atom.content_encoding.clone());
        self.add_values(merged, atom);
        for (name, node) in &atom.properties {
            merged.properties.entry(name.clone()).or_default().push(node.clone());
        }
        for name in &atom.required {
            if !merged.required.contains(name) {
                merged.required.push(name.clone());
            }
        }
        match &atom.additional {
            Additional::Schema(node) => merged.additional.push(node.clone()),
            Additional::Any => merged.open = true,
            Additional::Forbidden => merged.closed = true,
            Additional::Unspecified => {}
        }
        merged.additional.extend(atom.patterns.iter().map(|(_, node)| node.clone()));
        merged.items.extend(atom.items.clone());
        merged.add_prefix_items(&atom.prefix_items);
        for branches in [&atom.one_of, &atom.any_of].into_iter().filter(|branches| !branches.is_empty()) {
            merged.unions.push(Alternatives { branches: branches.clone(), discriminator: atom.discriminator.clone() });
        }
        merged.discriminator = merged.discriminator.take().or_else(|| atom.discriminator.clone());
        merged.secret |= atom.secret;
        merged.add_bounds(atom);
    }

    /// Adds `const` and `enum`. If they have no value in common, the first `const` is kept.
    fn add_values(&mut self, merged: &mut Merged, atom: &Schema) {
        let had_values = merged.has_values();
        if let Some(values) = &atom.enumeration {
            merged.enumeration = Some(match merged.enumeration.take() {
                None => values.clone(),
                Some(earlier) => earlier.into_iter().filter(|value| values.contains(value)).collect(),
            });
            merged.value_names.clone_from(&atom.value_names);
            merged.value_docs.clone_from(&atom.value_docs);
        }
        let differs = merged.constant.as_ref().zip(atom.constant.as_ref()).is_some_and(|(one, other)| one != other);
        merged.constant = merged.constant.take().or_else(|| atom.constant.clone());
        let is_empty = atom.enumeration.as_ref().is_some_and(Vec::is_empty);
        if differs || (had_values && !merged.has_values() && !is_empty) {
            let kept = merged.constant.as_ref().map_or("untyped JSON".to_owned(), |kept| format!("`{kept}` alone"));
            let message = format!("the schemas that hold here have no value in common: emitted as {kept}");
            self.warn(codes::ALL_OF_CONFLICT, message, &atom.node);
        }
    }

    fn common_types(&mut self, merged: &mut Merged, types: &[JsonType], atom: &Schema) -> Vec<JsonType> {
        let admits = |types: &[JsonType], wanted: JsonType| {
            types.contains(&wanted) || (wanted == JsonType::Integer && types.contains(&JsonType::Number))
        };
        let narrower = types.iter().filter(|wanted| admits(&atom.types, **wanted));
        let mut common: Vec<JsonType> = narrower.copied().collect();
        common.extend(atom.types.iter().filter(|wanted| !types.contains(wanted) && admits(types, **wanted)));
        if common.is_empty() {
            let message = "the schemas that hold here have no type in common: emitted as untyped JSON";
            self.warn(codes::ALL_OF_CONFLICT, message, &atom.node);
            merged.never = true;
            merged.conflict = true;
        }
        common
    }
}

impl Merged {
    /// Whether `const` and `enum` leave a value.
    fn has_values(&self) -> bool {
        match (&self.constant, &self.enumeration) {
            (Some(constant), Some(values)) => values.contains(constant),
            (None, Some(values)) => !values.is_empty(),
            (_, None) => true,
        }
    }

    fn new(node: Node, docs: Docs) -> Self {
        Self {
            node,
            parts: Vec::new(),
            never: false,
            conflict: false,
            types: None,
            nullable: false,
            only_null: false,
            format: None,
            enumeration: None,
            constant: None,
            properties: IndexMap::new(),
            required: Vec::new(),
            additional: Vec::new(),
            open: false,
            closed: false,
            items: Vec::new(),
            prefix_items: Vec::new(),
            unions: Vec::new(),
            discriminator: None,
            within: None,
            secret: false,
            content_encoding: None,
            content_media_type: None,
            value_names: Vec::new(),
            value_docs: Vec::new(),
            docs,
            bounds: Vec::new(),
        }
    }

    fn add_prefix_items(&mut self, nodes: &[Node]) {
        let missing = nodes.len().saturating_sub(self.prefix_items.len());
        self.prefix_items.extend(std::iter::repeat_n(Vec::new(), missing));
        self.prefix_items.iter_mut().zip(nodes).for_each(|(all, node)| all.push(node.clone()));
    }

    /// Adds what holds around an alternative, for what the alternative itself leaves open.
    pub(super) fn hold_as_well(&mut self, base: &Self) {
        self.parts.extend(base.parts.iter().cloned());
        self.bounds.extend(base.bounds.iter().cloned());
        for (name, nodes) in &base.properties {
            self.properties.entry(name.clone()).or_default().extend(nodes.iter().cloned());
        }
        self.required.extend(base.required.iter().cloned());
        self.additional.extend(base.additional.iter().cloned());
        self.open |= base.open;
        self.closed |= base.closed;
        self.types = self.types.take().or_else(|| base.types.clone());
        if base.within.is_some() {
            self.format = self.format.take().or_else(|| base.format.clone());
            self.items.extend(base.items.iter().cloned());
            self.enumeration = self.enumeration.take().or_else(|| base.enumeration.clone());
            self.constant = self.constant.take().or_else(|| base.constant.clone());
        }
    }

    /// Whether a string stands for bytes as they are: 3.1's way to say `format: binary` (OpenAPI 3.1.1, 4.8.14.2).
    pub(super) fn is_raw(&self) -> bool {
        let text = |media_type: &str| {
            media_type.starts_with("text/") || media_type.ends_with("json") || media_type.ends_with("xml")
        };
        self.content_encoding.is_none() && self.content_media_type.as_deref().is_some_and(|it| !text(it))
    }

    /// Whether it says anything of an object's members.
    pub(super) fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.additional.is_empty() || self.open
    }

    /// The types it admits, inferred from the other keywords where `type` is missing.
    pub(super) fn inferred_types(&self) -> Vec<JsonType> {
        match &self.types {
            Some(types) => types.clone(),
            None if self.has_members() => vec![JsonType::Object],
            None if !self.items.is_empty() || !self.prefix_items.is_empty() => vec![JsonType::Array],
            None => Vec::new(),
        }
    }
}
