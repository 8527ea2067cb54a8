//! Objects, lists and scalars: a merged schema by its type.

use super::merged::Merged;
use super::types::Lowered;
use super::{Lower, docs, place};
use crate::document::Node;
use crate::ir::{Branch, Docs, Field, Format, Integer, Label, ModelKind, Struct, Type, Union};
use crate::schema::JsonType;

impl Lower<'_> {
    pub(super) fn by_type(&mut self, merged: &Merged) -> Lowered {
        let types = merged.inferred_types();
        match types.as_slice() {
            // 3.1's way to speak of bytes (OpenAPI 3.1.1, 4.8.14.2).
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

    /// A list of types: a union of one branch a type.
    fn several_types(&mut self, types: &[JsonType], merged: &Merged) -> Lowered {
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
                Lowered::Model { kind, docs: merged.docs.clone(), nullable: merged.nullable }
            }
        }
    }

    /// Lowers a schema that has `items` but no `type`. Such a schema also admits values that are not arrays (2020-12, 10.3.1.2), and
    /// real replies contain them. So the type is a union with one branch, the list. Its unknown variant keeps any other value.
    fn list_or_other(&mut self, merged: &Merged) -> Lowered {
        let ty = self.list(merged);
        if ty == Type::Any {
            return Lowered::Type(ty);
        }
        let label = self.inline_label(&ty, &merged.node);
        let bounds = self.merged_bounds(merged, &ty);
        let branch = Branch { ty, bounds, tags: Vec::new(), writes_tag: true, label, docs: Docs::default() };
        let kind = ModelKind::Union(Union { branches: vec![branch], tag: None, default: None });
        Lowered::Model { kind, docs: merged.docs.clone(), nullable: merged.nullable }
    }

    fn object_branch(&mut self, merged: &Merged) -> Type {
        match self.object(&Merged { nullable: false, ..merged.clone() }) {
            Lowered::Type(ty) => ty,
            Lowered::Model { kind, docs, .. } => {
                let mut naming = place::naming(self.document, &merged.node);
                naming.explicit = None;
                naming.steps.push("object".to_owned());
                Type::Model(self.intern(naming, kind, docs, &merged.node))
            }
        }
    }

    fn object(&mut self, merged: &Merged) -> Lowered {
        let additional = self.additional(merged);
        if merged.properties.is_empty() {
            let ty = Type::Map(Box::new(additional.unwrap_or(Type::Any)));
            return Lowered::Type(if merged.nullable { ty.nullable() } else { ty });
        }
        let properties = merged.properties.clone();
        let fields = properties.iter().map(|(name, nodes)| self.field(name, nodes, merged)).collect();
        let additional_bounds = additional.as_ref().map(|ty| self.additional_bounds(merged, ty)).unwrap_or_default();
        let bounds = self.own_bounds(merged);
        let structure = Struct { fields, additional, additional_bounds, closed: merged.closed, bounds };
        self.unknown_required(merged);
        Lowered::Model { kind: ModelKind::Struct(structure), docs: merged.docs.clone(), nullable: merged.nullable }
    }

    fn unknown_required(&mut self, merged: &Merged) {
        for name in merged.required.iter().filter(|name| !merged.properties.contains_key(*name)) {
            if merged.additional.is_empty() && !merged.open {
                let message = format!("`{name}` is required but not among the properties: it is ignored");
                self.warn("unknown-required", message, &merged.node);
            }
        }
    }

    /// What further members hold, where the schema says that there may be some.
    fn additional(&mut self, merged: &Merged) -> Option<Type> {
        let nodes = merged.additional.clone();
        let mut types: Vec<Type> = Vec::new();
        for node in &nodes {
            let ty = self.type_of(node);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        match types.as_slice() {
            [] => merged.open.then_some(Type::Any),
            [only] => Some(only.clone()),
            _ => Some(self.untyped("further members are described in several ways", &merged.node)),
        }
    }

    fn field(&mut self, name: &str, nodes: &[Node], merged: &Merged) -> Field {
        let naming = nodes.first().map(|node| place::naming(self.document, node));
        let file = self.file_of_form(&merged.node, name, nodes);
        let ty = file.or_else(|| Some(self.type_of_all(nodes, naming?))).unwrap_or(Type::Any);
        let bounds = self.bounds(nodes, &ty);
        let mut field = Field {
            wire: name.to_owned(),
            explicit: None,
            docs: Docs::default(),
            ty,
            bounds,
            required: merged.required.iter().any(|required| required == name),
            read_only: false,
            write_only: false,
            constant: None,
        };
        for node in nodes {
            let schema = self.read(node);
            let words = docs(&schema);
            field.docs.summary = field.docs.summary.take().or(words.summary);
            field.docs.description = field.docs.description.take().or(words.description);
            field.docs.deprecated |= words.deprecated;
            field.docs.default = field.docs.default.take().or(words.default);
            field.docs.bounds.extend(words.bounds);
            field.read_only |= schema.read_only;
            field.write_only |= schema.write_only;
            field.required |= schema.required_here;
            field.ty = self.refined(&schema, field.ty);
            // A name on a scalar's schema can only be meant for the field; one on an object's names its type.
            if !matches!(field.ty.present(), Type::Model(_)) {
                field.explicit = field.explicit.take().or(schema.rust_name);
            }
        }
        if let Some(node) = nodes.first() {
            self.note_secret_name(name, &field.ty, node);
        }
        field.constant = self.member_constant(nodes, &field.ty);
        field
    }

    fn scalar_or_list(&mut self, ty: JsonType, merged: &Merged) -> Type {
        let format = merged.format.as_deref();
        match ty {
            JsonType::Boolean => Type::Bool,
            JsonType::Integer => Type::Integer(integer(format).unwrap_or(Integer::I64)),
            JsonType::Number => Type::Float,
            JsonType::String => string(format, merged),
            JsonType::Array => self.list(merged),
            JsonType::Object => Type::Map(Box::new(Type::Any)),
        }
    }

    fn list(&mut self, merged: &Merged) -> Type {
        if !merged.prefix_items.is_empty() {
            return self.tuple(merged);
        }
        let naming = merged.items.first().map(|node| place::naming(self.document, node));
        let items = merged.items.clone();
        Type::Array(Box::new(naming.map_or(Type::Any, |naming| self.type_of_all(&items, naming))))
    }
}

fn integer(format: Option<&str>) -> Option<Integer> {
    Some(match format? {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" | "long" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        _ => return None,
    })
}

fn string(format: Option<&str>, merged: &Merged) -> Type {
    if merged.secret {
        return Type::Secret;
    }
    match format.map(of_format) {
        Some(Some(ty)) => ty,
        None if merged.is_raw() => Type::Binary,
        _ => encoded(merged.content_encoding.as_deref()).map_or(Type::String, Type::Text),
    }
}

/// The type of a text of a format.
pub(super) fn of_format(format: &str) -> Option<Type> {
    Some(Type::Text(match format {
        "password" => return Some(Type::Secret),
        "binary" => return Some(Type::Binary),
        "int64" => Format::Integer(Integer::I64),
        "uint64" => Format::Integer(Integer::U64),
        "date-time" => Format::DateTime,
        "date" => Format::Date,
        "uuid" => Format::Uuid,
        "ipv4" => Format::Ipv4,
        "ipv6" => Format::Ipv6,
        "byte" => Format::Base64,
        "base64url" => Format::Base64Url,
        "uri" | "url" | "iri" => Format::Uri,
        "decimal" => Format::Decimal,
        _ => return None,
    }))
}

/// The format that `contentEncoding` is (OpenAPI 3.1.1, 4.8.14.2: what 3.0 called `format: byte`).
fn encoded(encoding: Option<&str>) -> Option<Format> {
    match encoding?.to_ascii_lowercase().as_str() {
        "base64" => Some(Format::Base64),
        "base64url" => Some(Format::Base64Url),
        _ => None,
    }
}
