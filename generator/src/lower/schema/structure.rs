//! Objects, lists and scalars: a merged schema by its type.

use serde_json::Value;

use super::Lower;
use super::bounds::is_pattern;
use super::types::Lowered;
use crate::document::Node;
use crate::formats::{self, Format, INT64, Rust, UINT64};
use crate::ir::{Branch, Docs, Field, Label, ModelKind, Naming, Struct, Type, Union};
use crate::schema::{EffectiveSchema, JsonType};

impl Lower<'_> {
    pub(in crate::lower) fn by_type(&mut self, merged: &EffectiveSchema) -> Lowered {
        let types = merged.inferred_types();
        match types.as_slice() {
            // In 3.1, a media type of bytes without a `type` means bytes (OpenAPI 3.1.1, 4.8.14.2).
            [] if merged.is_raw() => Lowered::Type(Type::Binary),
            [] => Lowered::Type(Type::Any),
            [JsonType::Object] => self.object(merged),
            [JsonType::Array] if merged.types.is_none() && merged.prefix_items.is_empty() => self.list_or_other(merged),
            [only] => {
                let ty = self.scalar_or_list(*only, merged);
                Lowered::Type(if merged.nullable { ty.nullable() } else { ty })
            }
            several => self.several_types(several, merged),
        }
    }

    /// The type of a schema with several types: a union with a branch for each of them.
    fn several_types(&mut self, types: &[JsonType], merged: &EffectiveSchema) -> Lowered {
        let mut branches = Vec::new();
        for ty in types {
            let ty = match ty {
                JsonType::Object => self.object_branch(merged),
                other => self.scalar_or_list(*other, merged),
            };
            let label = match &ty {
                Type::Model(_) => Label::Words("object".to_owned()),
                _ => self.inline_label(&ty, &merged.node),
            };
            let bounds = if let Type::Model(_) = ty { Vec::new() } else { self.merged_bounds(merged, &ty) };
            if branches.iter().any(|earlier: &Branch| earlier.ty == ty) {
                continue;
            }
            branches.push(Branch { ty, bounds, tags: Vec::new(), writes_tag: true, label, docs: Docs::default() });
        }
        match branches.as_slice() {
            [only] => Lowered::Type(if merged.nullable { only.ty.clone().nullable() } else { only.ty.clone() }),
            _ => {
                let kind = ModelKind::Union(Union { branches, tag: None, default: None });
                Lowered::Model { kind, docs: self.docs(&merged.own), nullable: merged.nullable }
            }
        }
    }

    /// Lowers a schema that has `items` but no `type`. Such a schema also admits values that are not arrays (2020-12, 10.3.1.2), and
    /// real replies contain them. So the type is a union with one branch, the list. Its unknown variant keeps any other value.
    fn list_or_other(&mut self, merged: &EffectiveSchema) -> Lowered {
        let ty = self.list(merged);
        if ty == Type::Any {
            return Lowered::Type(ty);
        }
        let label = self.inline_label(&ty, &merged.node);
        let bounds = self.merged_bounds(merged, &ty);
        let branch = Branch { ty, bounds, tags: Vec::new(), writes_tag: true, label, docs: Docs::default() };
        let kind = ModelKind::Union(Union { branches: vec![branch], tag: None, default: None });
        Lowered::Model { kind, docs: self.docs(&merged.own), nullable: merged.nullable }
    }

    fn object_branch(&mut self, merged: &EffectiveSchema) -> Type {
        match self.object(&EffectiveSchema { nullable: false, ..merged.clone() }) {
            Lowered::Type(ty) => ty,
            Lowered::Model { kind, docs, .. } => {
                let mut naming = self.naming(&merged.node);
                naming.explicit = None;
                naming.steps.push("object".to_owned());
                Type::Model(self.intern(naming, kind, docs, &merged.node))
            }
        }
    }

    fn object(&mut self, merged: &EffectiveSchema) -> Lowered {
        let additional = self.additional(merged);
        let tags = self.own_tags(&merged.node);
        let undeclared = self.undeclared_fields(merged, additional.as_ref(), &tags);
        if merged.properties.is_empty() && undeclared.is_empty() {
            let ty = Type::Map(Box::new(additional.unwrap_or(Type::Any)));
            return Lowered::Type(if merged.nullable { ty.nullable() } else { ty });
        }
        let properties = merged.properties.clone();
        let declared = properties.iter().map(|(name, nodes)| self.field(name, nodes, merged));
        let mut fields: Vec<Field> = declared.collect::<Vec<_>>().into_iter().chain(undeclared).collect();
        self.fill_in_tags(&mut fields, &tags);
        let additional_bounds = additional.as_ref().map(|ty| self.additional_bounds(merged, ty)).unwrap_or_default();
        let bounds = self.own_bounds(merged);
        let structure = Struct { fields, additional, additional_bounds, closed: merged.closed, bounds };
        Lowered::Model { kind: ModelKind::Struct(structure), docs: self.docs(&merged.own), nullable: merged.nullable }
    }

    /// The type of further members, if the schema says that there may be some.
    fn additional(&mut self, merged: &EffectiveSchema) -> Option<Type> {
        let nodes = merged.additional.clone();
        let mut types: Vec<Type> = Vec::new();
        for node in &nodes {
            let ty = self.type_of(node);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        // Patterns say nothing of the members that match none of them.
        let admits_others = !merged.closed && nodes.iter().all(is_pattern);
        match types.as_slice() {
            [] => merged.open.then_some(Type::Any),
            [Type::Any] => Some(Type::Any),
            [_] if admits_others => {
                let why =
                    "members whose names match no pattern may be anything, unless `additionalProperties` is `false`";
                Some(self.untyped(why, &merged.node))
            }
            [only] => Some(only.clone()),
            _ => Some(self.untyped("further members are described in several ways", &merged.node)),
        }
    }

    fn field(&mut self, name: &str, nodes: &[Node], merged: &EffectiveSchema) -> Field {
        let naming = self.member_naming(name, nodes, merged);
        let file = self.file_of_form(&merged.node, name, nodes);
        let ty = file.or_else(|| Some(self.type_of_all(nodes, naming?))).unwrap_or(Type::Any);
        let bounds = self.bounds(nodes, &ty);
        let mut field = Field {
            wire: name.to_owned(),
            explicit: None,
            docs: Docs::default(),
            ty,
            bounds,
            required: merged.required.contains(name),
            read_only: false,
            write_only: false,
            constant: None,
            listed: Vec::new(),
            tag: None,
        };
        for node in nodes {
            let schema = self.read(node);
            let mut docs = self.docs_with_parts(&schema);
            field.docs.bounds.append(&mut docs.bounds);
            field.docs.complete(docs);
            field.required |= schema.required_here;
            field.ty = self.refined(&schema, field.ty);
            // An `x-rust-name` on a scalar's schema, or next to a reference, can only be meant for the field. On an object's schema, it names
            // the type.
            if !matches!(field.ty.present(), Type::Model(_)) || self.sole_reference(&schema).is_some() {
                field.explicit = field.explicit.take().or_else(|| schema.rust_name.map(str::to_owned));
            }
        }
        // `readOnly` and `writeOnly` also count where references and `allOf` lead (2020-12 Core, 7.7.1).
        for part in self.merge(nodes).iter().flat_map(|merged| &merged.parts) {
            field.read_only |= part.schema.read_only;
            field.write_only |= part.schema.write_only;
        }
        if let Some(node) = nodes.first() {
            self.note_secret_name(name, &field.ty, node);
        }
        (field.constant, field.listed) = self.member_values(nodes, &field.ty);
        field
    }

    /// The naming of a member. If several schemas describe the member, the last one counts if it is part of an `allOf`. Otherwise the
    /// naming is made from that of the owner.
    fn member_naming(&self, name: &str, nodes: &[Node], merged: &EffectiveSchema) -> Option<Naming> {
        let last = nodes.last()?;
        if nodes.len() == 1 || self.extends(last) {
            return Some(self.naming(last));
        }
        let known = self.combined.get(&merged.part_nodes()).cloned();
        let mut naming = known.unwrap_or_else(|| self.naming(&merged.node));
        naming.step(name);
        Some(naming)
    }

    /// Whether a member's schema belongs to a part of an `allOf`.
    fn extends(&self, node: &Node) -> bool {
        let owner = node.parent().parent();
        let is_part = owner.parent().pointer.last() == Some("allOf");
        is_part || self.document.value(&owner).is_some_and(|owner| owner.get("allOf").is_some())
    }

    fn scalar_or_list(&mut self, ty: JsonType, merged: &EffectiveSchema) -> Type {
        let format = merged.format.and_then(formats::named);
        match ty {
            JsonType::Boolean => Type::Bool,
            JsonType::Integer => integer(format.or_else(|| is_unsigned(merged).then_some(UINT64))),
            JsonType::Number => Type::Float,
            JsonType::String => self.string(merged),
            JsonType::Array => self.list(merged),
            JsonType::Object => Type::Map(Box::new(Type::Any)),
        }
    }

    fn string(&self, merged: &EffectiveSchema) -> Type {
        if merged.secret {
            return Type::Secret;
        }
        let content = merged.content_format().filter(|_| merged.format.is_none() || !merged.is_raw());
        let format = merged.format.and_then(|format| self.type_of_format(format));
        format.or_else(|| of_format(content?)).unwrap_or(Type::String)
    }

    fn list(&mut self, merged: &EffectiveSchema) -> Type {
        if !merged.prefix_items.is_empty() {
            return self.tuple(merged);
        }
        let naming = merged.items.first().map(|node| self.naming(node));
        let items = merged.items.clone();
        Type::Array(Box::new(naming.map_or(Type::Any, |naming| self.type_of_all(&items, naming))))
    }
}

/// Whether the bounds of an integer need a `u64`: the greatest value does not fit into an `i64`, and no value is less than zero.
fn is_unsigned(merged: &EffectiveSchema) -> bool {
    let bounds = || merged.parts.iter().flat_map(|part| &part.schema.bounds);
    let has = |key: &str, fits: fn(&Value) -> bool| bounds().any(|(keyword, value)| *keyword == key && fits(value));
    // A tool may have rounded the greatest value of a `u64` to a float.
    let is_beyond = |value: &Value| !value.is_i64() && value.as_f64().is_some_and(|float| float > 9e18);
    has("minimum", Value::is_u64) && (has("maximum", is_beyond) || has("exclusiveMaximum", is_beyond))
}

/// The integer type of a format. A format that is not one of integers is ignored.
fn integer(format: Option<&'static Format>) -> Type {
    Type::Integer(format.filter(|format| matches!(format.rust, Rust::Integer { .. })).unwrap_or(INT64))
}

/// The type that a format gives to a string, if the user has not chosen another.
pub(in crate::lower) fn of_format(format: &'static Format) -> Option<Type> {
    if !format.types.contains(&JsonType::String) {
        return None;
    }
    match format.rust {
        Rust::Secret => Some(Type::Secret),
        Rust::Bytes => Some(Type::Binary),
        _ => format.makes_a_type().then_some(Type::Text(format)),
    }
}
