//! From the place of a schema to its type: remembers lowered schemas, handles recursion, and names the types that need a name.

use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexSet;

use super::Lower;
use crate::document::{Node, Version};
use crate::ir::{Docs, Model, ModelId, ModelKind, Naming, Struct, Thing, Type};
use crate::limits::MAX_LOWERED_AT_ONCE;
use crate::schema::{EffectiveSchema, JsonType, Schema};

/// Bytes of the stack that are enough to lower a schema without the schemas inside it. If less is left, a stack of [`STACK_MORE`] bytes
/// is added first.
const STACK_LEFT: usize = 256 << 10;

/// Bytes of the stack that is added.
const STACK_MORE: usize = 2 << 20;

/// What a schema lowers to.
pub(in crate::lower) enum Lowered {
    /// A type that needs no name of its own.
    Type(Type),
    /// A model, which needs a name.
    Model {
        /// What it is.
        kind: ModelKind,
        /// Its documentation.
        docs: Docs,
        /// Whether `null` is admitted as well.
        nullable: bool,
    },
}

impl<'d> Lower<'d> {
    /// The type of an inline schema.
    pub(in crate::lower) fn type_of(&mut self, node: &Node) -> Type {
        if let Some(known) = self.known.get(node) {
            return known.clone();
        }
        let schema = self.read(node);
        // A mere reference to a schema is that schema, even while a schema around it is being lowered.
        if let Some(ty) = self.sole_reference(&schema) {
            let ty = if schema.nullable { ty.nullable() } else { ty };
            let ty = self.refined(&schema, ty);
            self.known.insert(node.clone(), ty.clone());
            return ty;
        }
        if self.open.contains_key(node) {
            return self.recursive(node);
        }
        if self.is_too_deep(node) {
            return Type::Any;
        }
        self.open.insert(node.clone(), None);
        let lowered = self.lower_schema(node);
        let reserved = self.open.remove(node).flatten();
        let ty = match (lowered, reserved) {
            (Lowered::Type(ty), None) => ty,
            (lowered, Some(id)) => self.fill(id, lowered),
            (Lowered::Model { kind, docs, nullable }, None) => {
                let naming = self.naming(node);
                let model = Type::Model(self.intern(naming, kind, docs, node));
                if nullable { model.nullable() } else { model }
            }
        };
        let ty = self.refined(&schema, ty);
        self.known.insert(node.clone(), ty.clone());
        ty
    }

    /// The type of a schema that has a name, or is referred to: always a model.
    pub(in crate::lower) fn named_type(&mut self, node: &Node) -> Type {
        if let Some(known) = self.known.get(node) {
            return known.clone();
        }
        if let Some(target) = self.homes.target(node).cloned() {
            let ty = self.named_type(&target);
            self.known.insert(node.clone(), ty.clone());
            return ty;
        }
        if self.open.contains_key(node) {
            return self.recursive(node);
        }
        let id = self.reserve(self.naming(node), node);
        self.open.insert(node.clone(), Some(id));
        if self.depth >= MAX_LOWERED_AT_ONCE {
            self.later.push(node.clone());
            return self.open_model(node, id);
        }
        self.finish_named(node, id)
    }

    fn finish_named(&mut self, node: &Node, id: ModelId) -> Type {
        let lowered = self.lower_schema(node);
        self.open.remove(node);
        let ty = self.fill(id, lowered);
        self.known.insert(node.clone(), ty.clone());
        ty
    }

    /// The type of what the `$ref` of a schema at `node` names.
    pub(in crate::lower) fn reference(&mut self, node: &Node, reference: &str) -> Type {
        // Following the chain to its end finds cycles. The type is that of the first step, because the first step has the name.
        let target = self.document.follow(node).and_then(|_| self.document.target(node, reference));
        match target {
            Ok(target) if is_named(&target) || self.homes.has_moved(&target) => self.named_type(&target),
            Ok(target) => self.type_of(&target),
            Err(fault) => {
                self.document.report_reference(node, &fault, self.out);
                Type::Any
            }
        }
    }

    /// The type that remains when aliases are followed. For a cycle of aliases, this is any type of the cycle; the cycle is reported later.
    pub(in crate::lower) fn unaliased<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        let mut seen = HashSet::new();
        while let Type::Model(id) = ty
            && seen.insert(*id)
            && let Some(ModelKind::Alias(target)) = self.models.get(id.0).map(|model| &model.kind)
        {
            ty = target;
        }
        ty
    }

    /// The structure that a type is.
    pub(in crate::lower) fn structure(&self, ty: &Type) -> Option<&Struct> {
        let Type::Model(id) = ty else { return None };
        match &self.models.get(id.0)?.kind {
            ModelKind::Struct(structure) => Some(structure),
            _ => None,
        }
    }

    /// The schema at a node.
    pub(in crate::lower) fn read(&mut self, node: &Node) -> Arc<Schema<'d>> {
        self.schemas.at(node, self.out)
    }

    /// What the schemas at some nodes say together. `None` if their references form a cycle or lead too far. Both are
    /// reported.
    pub(in crate::lower) fn merge(&mut self, nodes: &[Node]) -> Option<Arc<EffectiveSchema<'d>>> {
        self.schemas.effective(nodes, self.out)
    }

    fn lower_schema(&mut self, node: &Node) -> Lowered {
        let lowered = self.deeper(|lower| lower.lower_read(node));
        if self.depth == 0 {
            self.settle();
        }
        lowered
    }

    /// Lowers a schema inside another one, with enough room on the stack.
    pub(in crate::lower) fn deeper(&mut self, lower: impl FnOnce(&mut Self) -> Lowered) -> Lowered {
        self.depth += 1;
        let lowered = with_room(|| lower(self));
        self.depth -= 1;
        lowered
    }

    /// Lowers the named schemas that wait for their turn, including those that are added meanwhile.
    fn settle(&mut self) {
        self.depth = 1;
        while let Some(node) = self.later.pop() {
            if let Some(id) = self.open.get(&node).copied().flatten() {
                self.finish_named(&node, id);
            }
        }
        self.depth = 0;
    }

    fn lower_read(&mut self, node: &Node) -> Lowered {
        let schema = self.read(node);
        if let Some(ty) = self.sole_reference(&schema) {
            return Lowered::Type(if schema.nullable { ty.nullable() } else { ty });
        }
        if let Some(lowered) = self.base(&schema) {
            return lowered;
        }
        let Some(merged) = self.merge(std::slice::from_ref(node)) else {
            return Lowered::Type(Type::Any);
        };
        self.lower_merged(&merged)
    }

    /// The type of several schemas that hold at once.
    pub(in crate::lower) fn type_of_all(&mut self, nodes: &[Node], naming: Naming) -> Type {
        let constraining: Vec<Node> = nodes.iter().filter(|node| self.read(node).constrains()).cloned().collect();
        match constraining.as_slice() {
            [] => nodes.first().map_or(Type::Any, |node| self.type_of(node)),
            [only] => self.type_of(only),
            several => {
                let types: Vec<Type> = several.iter().filter_map(|node| self.plain_reference(node)).collect();
                if let (Some(first), true) = (types.first(), types.len() == several.len())
                    && types.iter().all(|ty| ty == first)
                {
                    return first.clone();
                }
                let Some(merged) = self.merge(several) else { return Type::Any };
                self.combined.insert(merged.part_nodes(), naming.clone());
                self.type_of_merged(&merged, naming)
            }
        }
    }

    fn plain_reference(&mut self, node: &Node) -> Option<Type> {
        let schema = self.read(node);
        self.sole_reference(&schema)
    }

    /// The type to which a schema merely refers: by a `$ref`, or by an `allOf` of one, without a further keyword that constrains.
    pub(in crate::lower) fn sole_reference(&mut self, schema: &Schema) -> Option<Type> {
        // Most schemas refer to nothing.
        if schema.reference.is_none() && schema.all_of.is_empty() {
            return None;
        }
        // `type: object` next to an `allOf` adds nothing to the members of the `allOf`.
        let beside_says = schema.has_members()
            || !schema.one_of.is_empty()
            || !schema.any_of.is_empty()
            || schema.enumeration.is_some()
            || schema.constant.is_some()
            || schema.items.is_some();
        match (&schema.reference, self.parts_of_type(schema).as_slice()) {
            (Some(_), []) if !beside_says && (self.contradicts(schema) || self.narrows(schema)) => None,
            (Some(reference), []) if !beside_says || self.document.version() == Version::V30 => {
                Some(self.reference(&schema.node, reference))
            }
            (None, [only]) if !beside_says => {
                let inner = self.read(only);
                if self.is_heir(&schema.node, &inner) || self.narrows(schema) {
                    return None;
                }
                let ty = inner.reference.is_some().then(|| self.sole_reference(&inner)).flatten()?;
                Some(if inner.nullable { ty.nullable() } else { ty })
            }
            _ => None,
        }
    }

    /// Whether the types next to a `$ref` contradict those of its target. In 3.0, keywords next to it are ignored.
    fn contradicts(&mut self, schema: &Schema) -> bool {
        if schema.types.is_empty() || self.document.version() == Version::V30 {
            return false;
        }
        let Ok(target) = self.document.follow(&schema.node) else { return false };
        let target = self.read(&target);
        let types = &target.types;
        let number = |ty: &JsonType| matches!(ty, JsonType::Integer | JsonType::Number);
        let common = |ty: &JsonType| types.iter().any(|other| other == ty || (number(other) && number(ty)));
        !types.is_empty() && !schema.types.iter().any(common)
    }

    /// Whether the types or the format next to a reference say what its target does not. In 3.0, keywords next to a `$ref` are ignored.
    fn narrows(&mut self, schema: &Schema) -> bool {
        if schema.types.is_empty() && schema.format.is_none() {
            return false;
        }
        let target = match (&schema.reference, self.parts_of_type(schema).as_slice()) {
            (Some(_), _) if self.document.version() == Version::V30 => return false,
            (Some(_), _) => self.document.follow(&schema.node).ok(),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        };
        let Some(target) = target.and_then(|target| self.merge(&[target])) else { return false };
        let is_untyped = target.inferred_types().is_empty() && target.unions.is_empty();
        let admits_null = target.nullable && self.document.version() != Version::V30;
        let is_scalar = !schema.types.is_empty() && schema.types != [JsonType::Object];
        (is_untyped && !schema.types.is_empty())
            || (is_scalar && !target.unions.is_empty())
            || (schema.format.is_some() && target.format.is_none() && !target.has_members())
            || (admits_null && !schema.types.is_empty() && !schema.nullable)
    }

    fn recursive(&mut self, node: &Node) -> Type {
        let id = self.open.get(node).copied().flatten().unwrap_or_else(|| {
            let id = self.reserve(self.naming(node), node);
            self.open.insert(node.clone(), Some(id));
            id
        });
        self.open_model(node, id)
    }

    /// The type of a schema that is being lowered: the type that it will have, including `null`.
    fn open_model(&mut self, node: &Node, id: ModelId) -> Type {
        if self.admits_null(node) { Type::Model(id).nullable() } else { Type::Model(id) }
    }

    pub(in crate::lower) fn reserve(&mut self, naming: Naming, node: &Node) -> ModelId {
        let id = ModelId(self.models.len());
        self.models.push(Model {
            naming,
            docs: Docs::default(),
            kind: ModelKind::Alias(Type::Any),
            bounds: Vec::new(),
            node: node.clone(),
            also: IndexSet::new(),
        });
        id
    }

    pub(in crate::lower) fn fill(&mut self, id: ModelId, lowered: Lowered) -> Type {
        let node = self.models.get(id.0).map(|model| model.node.clone());
        let schema = node.as_ref().map(|node| self.read(node));
        let lowered = match &schema {
            Some(schema) => self.refined_lowered(schema, lowered),
            None => lowered,
        };
        // A model is never `null` itself. If it may be null, the place that holds it says so.
        let (kind, nullable) = match lowered {
            Lowered::Type(Type::Nullable(ty)) => (ModelKind::Alias(*ty), true),
            Lowered::Type(ty) => (ModelKind::Alias(ty), false),
            Lowered::Model { kind, nullable, .. } => (kind, nullable),
        };
        if let Some((node, schema)) = node.zip(schema) {
            let bounds = match &kind {
                ModelKind::Alias(ty) => self.bounds(std::slice::from_ref(&node), ty),
                _ => Vec::new(),
            };
            let docs = self.docs_with_parts(&schema);
            if let Some(model) = self.models.get_mut(id.0) {
                model.kind = kind;
                model.bounds = bounds;
                model.docs = docs;
            }
        }
        if nullable { Type::Model(id).nullable() } else { Type::Model(id) }
    }

    /// The model of an inline schema. An earlier schema of the same [`Thing`] shares its model, if one type fits both.
    pub(in crate::lower) fn intern(&mut self, naming: Naming, kind: ModelKind, docs: Docs, node: &Node) -> ModelId {
        let known = self.interned.entry((naming.thing.clone(), kind.outline())).or_default();
        for id in known.iter() {
            let Some(model) = self.models.get_mut(id.0) else { continue };
            let is_one = match &naming.thing {
                Thing::Reply(_) => true,
                Thing::At(_) | Thing::Named(..) => model.kind.shape() == kind.shape(),
            };
            if is_one && model.kind.unite(&kind) {
                model.also_at(naming);
                return *id;
            }
        }
        let id = ModelId(self.models.len());
        known.push(id);
        self.models.push(Model { naming, docs, kind, bounds: Vec::new(), node: node.clone(), also: IndexSet::new() });
        id
    }

    pub(in crate::lower) fn lower_merged(&mut self, merged: &EffectiveSchema) -> Lowered {
        if merged.never {
            if merged.is_contradiction() {
                self.untyped.push(merged.node.clone());
                return Lowered::Type(Type::Any);
            }
            return Lowered::Type(self.untyped("no value is valid here", &merged.node));
        }
        if let Some(lowered) = self.listed_values(merged) {
            return lowered;
        }
        if let Some(lowered) = self.union(merged) {
            return lowered;
        }
        self.by_type(merged)
    }
}

/// Calls a function with enough of the stack.
pub(in crate::lower) fn with_room<T>(run: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(STACK_LEFT, STACK_MORE, run)
}

/// Whether a referenced schema has a name of its own in the document.
pub(in crate::lower) fn is_named(node: &Node) -> bool {
    matches!(node.pointer.segments().as_slice(), [] | ["components", "schemas", _] | [.., "$defs" | "definitions", _])
}

impl Model {
    /// Notes another place that describes the same thing.
    fn also_at(&mut self, naming: Naming) {
        if naming != self.naming && naming.explicit.is_none() {
            self.also.insert(naming);
        }
    }
}
