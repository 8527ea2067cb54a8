//! Values for examples. Readers replace them with their own values. They are as short as possible.
//!
//! Takes the type of an argument, gives an expression for it. Gives nothing where the expression would be long, and for texts of a
//! format, because their type depends on the types that are chosen for formats.

use super::Part;
use crate::analyze::Plan;
use crate::emit::ty::{ABOVE, is_converted};
use crate::emit::{Uses, structure, union};
use crate::formats::Rust;
use crate::ir::{Docs, Enumeration, ModelId, ModelKind, Struct, Type, Union};

/// The most characters of an expression for an argument. A longer one hides the call.
const ARGUMENT_WIDTH: usize = 60;

/// The most characters of an expression for something optional.
const OPTION_WIDTH: usize = 40;

/// The greatest nesting depth of structures.
const SHOWN_DEPTH: usize = 2;

/// A model with more members or alternatives is skipped, because many operations may take it, and each example would look at all members.
pub(super) const MANY_MEMBERS: usize = 64;

/// An expression for an argument of an operation.
pub(super) fn argument(plan: &Plan<'_>, part: &Part<'_>, uses: &mut Uses) -> Option<String> {
    let name = part.name.to_string();
    if part.bytes {
        return Some(file(&name));
    }
    let mut made = Placeholder { plan, uses: uses.clone() };
    // The documentation of a body is about the request, and not about its schema.
    let value = Value { ty: part.ty, name: &name, docs: part.parameter.map(|_| part.docs) };
    let value = made.argument(value, 0).filter(|value| value.len() <= ARGUMENT_WIDTH)?;
    *uses = made.uses;
    Some(value)
}

/// A call that sets something optional, if that is short.
pub(super) fn option(plan: &Plan<'_>, part: &Part<'_>, uses: &mut Uses) -> Option<String> {
    let before = uses.clone();
    let value = argument(plan, part, uses).filter(|value| value.len() <= OPTION_WIDTH);
    if value.is_none() {
        *uses = before;
    }
    Some(format!("{}({})", part.name, value?))
}

/// What an expression is made for.
#[derive(Clone, Copy)]
struct Value<'v> {
    ty: &'v Type,
    /// The name of the argument or member that it is for.
    name: &'v str,
    /// The documentation of the value, if there is any.
    docs: Option<&'v Docs>,
}

struct Placeholder<'p> {
    plan: &'p Plan<'p>,
    /// What the expression uses.
    uses: Uses,
}

impl Placeholder<'_> {
    /// An expression for an argument. If [`is_converted`] says so, it may be of another type.
    fn argument(&mut self, value: Value<'_>, depth: usize) -> Option<String> {
        match self.plan.resolved(value.ty) {
            Type::String => self.is_plain(value).then(|| format!("\"{}\"", plain(value.name))),
            Type::Binary => Some(file(value.name)),
            Type::Text(_) => None,
            Type::Model(id) => match &self.plan.api.model(*id).kind {
                ModelKind::Union(union) => self.alternative(union, value.name, depth),
                _ => self.exact(value, depth),
            },
            _ => self.exact(value, depth),
        }
    }

    /// An expression of exactly the type.
    fn exact(&mut self, value: Value<'_>, depth: usize) -> Option<String> {
        let plan = self.plan;
        let inner = |ty| Value { ty, docs: None, ..value };
        match plan.resolved(value.ty) {
            ty if is_converted(plan, ty) => Some(format!("{}.into()", self.argument(value, depth)?)),
            Type::Bool => Some("true".to_owned()),
            Type::Integer(format) => matches!(format.rust, Rust::Integer { .. }).then(|| "1".to_owned()),
            Type::Float => Some("1.5".to_owned()),
            Type::Secret => Some(format!("{}::from(\"{}\")", self.uses.runtime("Secret"), plain(value.name))),
            Type::Array(element) => Some(format!("vec![{}]", self.exact(inner(element), depth)?)),
            Type::Nullable(present) => Some(format!("Some({})", self.exact(Value { ty: present, ..value }, depth)?)),
            Type::Model(id) => match &plan.api.model(*id).kind {
                ModelKind::Enumeration(enumeration) => self.listed(*id, enumeration),
                ModelKind::Struct(structure) => self.structure(*id, structure, depth),
                ModelKind::Union(_) | ModelKind::Alias(_) => None,
            },
            _ => None,
        }
    }

    fn listed(&mut self, id: ModelId, enumeration: &Enumeration) -> Option<String> {
        let names = self.plan.names.model(id);
        let mut values = enumeration.values.iter().zip(&names.members).take(MANY_MEMBERS);
        let (_, variant) = values.find(|(value, _)| !value.docs.deprecated)?;
        Some(format!("{}::{variant}", self.uses.from(ABOVE, &names.ty)))
    }

    fn structure(&mut self, id: ModelId, structure: &Struct, depth: usize) -> Option<String> {
        if depth == SHOWN_DEPTH || structure.fields.len() > MANY_MEMBERS {
            return None;
        }
        let plan = self.plan;
        let model = self.uses.from(ABOVE, &plan.names.model(id).ty);
        let arguments = structure::arguments(plan, id, structure);
        let values = arguments.iter().map(|(name, ty, docs)| {
            let value = Value { ty, name, docs: Some(docs) };
            self.argument(value, depth + 1)
        });
        let values: Vec<String> = values.collect::<Option<_>>()?;
        let is_wanted = depth == 0 && values.is_empty();
        let mut options = structure::options(plan, id, structure).into_iter().filter(|_| is_wanted);
        let option = options.find_map(|(name, ty, docs)| {
            let value = Value { ty: &ty, name: &name, docs: Some(docs) };
            let shown = if self.is_simple(&ty) { self.argument(value, depth)? } else { return None };
            Some(format!(".{name}({shown})"))
        });
        Some(format!("{model}::new({}){}", values.join(", "), option.unwrap_or_default()))
    }

    /// An expression for the first alternative that has a `From` into the union.
    fn alternative(&mut self, union: &Union, name: &str, depth: usize) -> Option<String> {
        if union.branches.len() > MANY_MEMBERS {
            return None;
        }
        let plan = self.plan;
        let convertible = union::convertible(plan, union);
        let branches = union.branches.iter().enumerate().filter(|(index, _)| convertible.contains(index));
        let mut branches = branches.filter(|(_, branch)| match plan.resolved(&branch.ty) {
            Type::String => true,
            Type::Model(id) => matches!(plan.api.model(*id).kind, ModelKind::Struct(_) | ModelKind::Enumeration(_)),
            _ => false,
        });
        branches.find_map(|(_, branch)| {
            let before = self.uses.clone();
            let value = self.argument(Value { ty: &branch.ty, name, docs: Some(&branch.docs) }, depth);
            if value.is_none() {
                self.uses = before;
            }
            value
        })
    }

    /// Whether it is known that a text has no format, neither at its place nor in its type.
    fn is_plain(&self, Value { ty, name, docs }: Value<'_>) -> bool {
        let has_format = |docs: &Docs| docs.bounds.iter().any(|(keyword, _)| keyword == "format");
        match ty {
            _ if docs.is_some_and(has_format) => false,
            Type::Model(id) => {
                let model = self.plan.api.model(*id);
                let ModelKind::Alias(target) = &model.kind else { return false };
                self.is_plain(Value { ty: target, name, docs: Some(&model.docs) })
            }
            Type::Nullable(present) => self.is_plain(Value { ty: present, name, docs }),
            _ => docs.is_some(),
        }
    }

    /// Whether the values of a type hold no other values.
    fn is_simple(&self, ty: &Type) -> bool {
        match self.plan.resolved(ty) {
            Type::String | Type::Bool | Type::Integer(_) | Type::Float => true,
            Type::Model(id) => matches!(self.plan.api.model(*id).kind, ModelKind::Enumeration(_)),
            _ => false,
        }
    }
}

/// The bytes of a file.
fn file(name: &str) -> String {
    format!("std::fs::read(\"{}.bin\")?", plain(name))
}

/// A name without the signs that tell it from a keyword.
fn plain(name: &str) -> &str {
    name.trim_end_matches('_')
}
