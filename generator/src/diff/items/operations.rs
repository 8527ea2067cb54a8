//! The client's methods: their arguments, and what is chained to them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use proc_macro2::Ident;

use super::{Items, Signed, nodes, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::document::Document;
use crate::emit::operation::{Part, Scope};
use crate::emit::ty::is_converted;
use crate::ir::{Location, ModelKind, Operation, OperationId, Parameter, Type};
use crate::node::Node;

/// An operation of both sides.
pub(super) struct Both<'a> {
    /// The name of the old method.
    pub method: &'a str,
    /// The old operation.
    pub old: &'a Operation,
    /// The new one.
    pub new: &'a Operation,
    /// Their ids.
    pub ids: (OperationId, OperationId),
}

impl<'a> Items<'a> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.types.old, self.types.new);
        let methods: HashMap<&str, OperationId> =
            new.api.operations().map(|(id, _)| (new.names.operation(id).method.as_str(), id)).collect();
        let renamed = renamed(old, new, &methods);
        for (id, operation) in old.api.operations() {
            let method = new_names(old, id);
            let found = methods.get(method).copied().or_else(|| renamed.get(&id).copied());
            let before = Signed::new(signature(old, id, operation), operation.node.clone());
            let Some(found) = found else {
                self.push(format!("Client::{method}"), before, Signed::none(), Verdict::Breaking);
                continue;
            };
            let both = Both { method, old: operation, new: &new.api.operations[found.0], ids: (id, found) };
            let after = || Signed::new(signature(new, found, both.new), both.new.node.clone());
            if renamed.contains_key(&id) {
                let hint = format!("`client.{}(…)`", new_names(new, found));
                self.push(format!("Client::{method}"), before, after(), Verdict::Breaking).hint(hint);
            } else if request_line(operation) != request_line(both.new)
                && new.api.operations.iter().any(|it| request_line(it) == request_line(operation))
            {
                let hint = format!("the same name calls `{} {}`", both.new.method, both.new.path);
                self.push(format!("Client::{method}"), before, after(), Verdict::Behaviour).hint(hint);
            }
            self.arguments(&both);
            self.chained(&both);
            self.replies(&both);
            self.headers(&both);
        }
        let taken: Vec<OperationId> = renamed.values().copied().collect();
        let known: HashSet<&str> = old.api.operations().map(|(id, _)| new_names(old, id)).collect();
        for (id, operation) in new.api.operations() {
            let method = new_names(new, id);
            if !known.contains(method) && !taken.contains(&id) {
                let after = Signed::new(signature(new, id, operation), operation.node.clone());
                self.push(format!("Client::{method}"), Signed::none(), after, Verdict::Compatible);
            }
        }
    }

    fn arguments(&mut self, both: &Both<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        let (old_scope, new_scope) = (Scope::new(old, both.ids.0, both.old), Scope::new(new, both.ids.1, both.new));
        let (was, is) = (old_scope.parts(), new_scope.parts());
        let required = |part: &&Part<'_>| part.required;
        let (was_asked, is_asked): (Vec<_>, Vec<_>) =
            (was.iter().filter(required).collect(), is.iter().filter(required).collect());
        let compiles = was_asked.len() == is_asked.len()
            && was_asked.iter().zip(&is_asked).all(|(before, after)| self.accepts(before, after));
        let same = |(before, after): (&&Part<'_>, &&Part<'_>)| identity(before) == identity(after);
        let in_place =
            |(before, after): (&&Part<'_>, &&Part<'_>)| same((before, after)) || is_path(before) && is_path(after);
        if compiles && was_asked.iter().zip(&is_asked).all(same) {
            return;
        }
        let path = format!("Client::{}", both.method);
        let (before, after) = (signature(old, both.ids.0, both.old), signature(new, both.ids.1, both.new));
        let verdict = match compiles {
            false => Verdict::Breaking,
            // A path parameter that is only called something else stands where it stood.
            true if in_order(&was_asked, &is_asked) && was_asked.iter().zip(&is_asked).all(in_place) => return,
            true => Verdict::Behaviour,
        };
        let mut parts: Vec<(Option<Node>, Option<Node>, String)> = Vec::new();
        for part in &was_asked {
            let now = is_asked.iter().find(|it| identity(it) == identity(part));
            if now.is_some_and(|now| self.accepts(part, now)) {
                continue;
            }
            let chained = is.iter().any(|it| !it.required && identity(it) == identity(part));
            let hint = match (now, chained) {
                (Some(_), _) => format!("the type of the argument `{}` is another", part.name),
                (None, true) => format!("`.{0}({0})` after the call instead of an argument", part.name),
                (None, false) => format!("leave out the argument `{}`", part.name),
            };
            parts.push((place(self.old, both.old, part), now_place(self.new, both.new, part), hint));
        }
        for part in is_asked.iter().filter(|it| !was_asked.iter().any(|before| identity(before) == identity(it))) {
            let hint = format!("give it the argument `{}`", part.name);
            parts.push((now_place(self.old, both.old, part), place(self.new, both.new, part), hint));
        }
        if parts.is_empty() {
            let hint = "the arguments are in another order".to_owned();
            parts.push((Some(both.old.node.clone()), Some(both.new.node.clone()), hint));
        }
        for (old_node, new_node, hint) in parts {
            let before = Signed { text: Some(before.clone()), node: old_node };
            let after = Signed { text: Some(after.clone()), node: new_node };
            self.push(&path, before, after, verdict).hint(hint);
        }
    }

    /// Optional parameters and an optional body.
    fn chained(&mut self, both: &Both<'_>) {
        let (old, new) = (self.types.old, self.types.new);
        let (old_scope, new_scope) = (Scope::new(old, both.ids.0, both.old), Scope::new(new, both.ids.1, both.new));
        let (was, is) = (old_scope.parts(), new_scope.parts());
        let setters: HashMap<&Ident, &Part<'_>> =
            is.iter().filter(|it| !it.required).map(|it| (&it.name, it)).collect();
        for part in was.iter().filter(|part| !part.required) {
            let path = format!("Client::{}().{}", both.method, part.name);
            let now = setters.get(&part.name).copied();
            if now.is_some_and(|now| self.accepts(part, now) && identity(now) == identity(part)) {
                continue;
            }
            let before = Signed { text: Some(setter(old, part)), node: place(self.old, both.old, part) };
            let other = is.iter().find(|it| identity(it) == identity(part));
            match (now, other) {
                (Some(now), _) => {
                    let after = Signed { text: Some(setter(new, now)), node: place(self.new, both.new, now) };
                    let compiles = self.accepts(part, now);
                    let verdict = if compiles { Verdict::Behaviour } else { Verdict::Breaking };
                    let item = self.push(path, before, after, verdict);
                    item.hint = compiles.then(|| format!("the same name means {}", identity(now)));
                }
                // The change of the arguments says it.
                (None, Some(other)) if other.required => {}
                (None, other) => {
                    let text = other.map(|other| setter(new, other));
                    let hint = other.map(|other| format!("write `.{}(…)`", other.name));
                    let after = Signed { text, node: now_place(self.new, both.new, part) };
                    self.push(path, before, after, Verdict::Breaking).hint = hint;
                }
            }
        }
        let names: HashSet<&Ident> = was.iter().map(|part| &part.name).collect();
        let known: HashSet<Identity<'_>> = was.iter().map(identity).collect();
        let is_new = |it: &&Part<'_>| !it.required && !names.contains(&it.name) && !known.contains(&identity(it));
        for part in is.iter().filter(is_new) {
            let after = Signed { text: Some(setter(new, part)), node: place(self.new, both.new, part) };
            self.push(format!("Client::{}().{}", both.method, part.name), Signed::none(), after, Verdict::Compatible);
        }
    }

    /// Whether what was given for a part can be given for another one.
    fn accepts(&self, before: &Part<'_>, after: &Part<'_>) -> bool {
        if before.bytes || after.bytes {
            return before.bytes == after.bytes;
        }
        let converted = is_converted(self.types.old, before.ty);
        if self.types.same(before.ty, after.ty) {
            return !converted || is_converted(self.types.new, after.ty);
        }
        // An alternative becomes the union by itself.
        let Type::Model(id) = self.types.after(after.ty) else { return false };
        let ModelKind::Union(union) = &self.types.new.api.model(id).kind else { return false };
        let same = union.branches.iter().filter(|branch| self.types.same(before.ty, &branch.ty));
        let boxed = union.branches.iter().any(|branch| {
            self.types.same(before.ty, &branch.ty) && crate::emit::union::is_boxed(self.types.new, &branch.ty)
        });
        !converted && boxed && same.count() == 1
    }
}

/// Operations whose methods are gone, and those on the same method and path under new names.
fn renamed(old: &Plan<'_>, new: &Plan<'_>, methods: &HashMap<&str, OperationId>) -> HashMap<OperationId, OperationId> {
    let known: HashSet<&str> = old.api.operations().map(|(id, _)| new_names(old, id)).collect();
    let mut fresh: HashMap<_, Vec<OperationId>> = HashMap::new();
    for (id, operation) in new.api.operations().filter(|(id, _)| !known.contains(new_names(new, *id))) {
        fresh.entry(request_line(operation)).or_default().push(id);
    }
    let mut pairs = HashMap::new();
    for (id, operation) in old.api.operations().filter(|(id, _)| !methods.contains_key(new_names(old, *id))) {
        let Some(candidates) = fresh.get_mut(&request_line(operation)) else { continue };
        let kind = |operation: &Operation| operation.body.as_ref().map(|body| body.kind);
        let same = candidates.iter().position(|it| kind(&new.api.operations[it.0]) == kind(operation));
        if let Some(index) = same.or((candidates.len() == 1).then_some(0)) {
            pairs.insert(id, candidates.remove(index));
        }
    }
    pairs
}

fn new_names<'a>(plan: &'a Plan<'_>, id: OperationId) -> &'a str {
    &plan.names.operation(id).method
}

/// The method and the path, whatever its parameters are called.
fn request_line(operation: &Operation) -> (String, String) {
    let mut path = String::new();
    for (index, part) in operation.path.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, rest)) if index > 0 => path = path + "{}" + rest,
            _ => path += part,
        }
    }
    (operation.method.clone(), path)
}

/// What a part is on the wire.
/// What makes a part the same one, whatever it is called in Rust.
#[derive(PartialEq, Eq, Hash)]
enum Identity<'a> {
    Body,
    Parameter(Location, Cow<'a, str>),
}

impl fmt::Display for Identity<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body => f.write_str("the body"),
            Self::Parameter(location, name) => write!(f, "{} `{name}`", format!("{location:?}").to_lowercase()),
        }
    }
}

fn identity<'a>(part: &Part<'a>) -> Identity<'a> {
    match part.parameter {
        Some(Parameter { location: Location::Header, wire, .. }) => {
            Identity::Parameter(Location::Header, wire.to_lowercase().into())
        }
        Some(Parameter { location, wire, .. }) => Identity::Parameter(*location, wire.into()),
        None => Identity::Body,
    }
}

fn is_path(part: &Part<'_>) -> bool {
    part.parameter.is_some_and(|parameter| parameter.location == Location::Path)
}

/// Whether no argument that stays has another place.
fn in_order(was: &[&Part<'_>], is: &[&Part<'_>]) -> bool {
    let position = |part: &Part<'_>| is.iter().position(|it| identity(it) == identity(part));
    was.iter().enumerate().all(|(index, part)| position(part).is_none_or(|now| now == index))
}

fn place(document: &Document, operation: &Operation, part: &Part<'_>) -> Option<Node> {
    now_place(document, operation, part).or_else(|| Some(operation.node.clone()))
}

/// Where a part is in a document that may not have it.
fn now_place(document: &Document, operation: &Operation, part: &Part<'_>) -> Option<Node> {
    match part.parameter {
        Some(parameter) => nodes::parameter(document, &operation.node, parameter.location, &parameter.wire),
        None => nodes::body(document, &operation.node),
    }
}

/// How an argument of a type is written.
pub(super) fn argument(plan: &Plan<'_>, ty: &Type) -> String {
    let written = text::of_type(plan, ty);
    if is_converted(plan, ty) { format!("impl Into<{written}>") } else { written }
}

fn part_argument(plan: &Plan<'_>, part: &Part<'_>) -> String {
    let ty = if part.bytes { "impl Into<Bytes>".to_owned() } else { argument(plan, part.ty) };
    format!("{}: {ty}", part.name)
}

fn setter(plan: &Plan<'_>, part: &Part<'_>) -> String {
    format!("pub fn {}(self, {}) -> Self", part.name, part_argument(plan, part))
}

fn signature(plan: &Plan<'_>, id: OperationId, operation: &Operation) -> String {
    let names = plan.names.operation(id);
    let scope = Scope::new(plan, id, operation);
    let parts = scope.parts();
    let arguments = parts.iter().filter(|part| part.required).map(|part| part_argument(plan, part));
    let arguments: Vec<String> = std::iter::once("&self".to_owned()).chain(arguments).collect();
    format!("pub fn {}({}) -> Call<{}>", names.method, arguments.join(", "), names.ty)
}
