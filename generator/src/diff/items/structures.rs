//! Structures: fields, the constructor, setters and traits; and the types of all models.

use std::mem::discriminant;

use super::{Items, Signed, nodes, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::emit::Uses;
use crate::emit::structure::{Member, members, required, settable, written};
use crate::ir::{ModelId, ModelKind, Struct, Type};
use crate::node::Node;

impl Items<'_> {
    /// All types: those that are gone, those that are new, and what became of the others.
    pub(super) fn models(&mut self) {
        let (old, new) = (self.types.old, self.types.new);
        for (id, _) in old.api.models() {
            self.model(id);
        }
        for (name, id) in &old.names.aliases {
            self.alias(name, *id);
        }
        let known = super::pairs::names(old);
        let taken: std::collections::HashSet<ModelId> = self.types.renamed_to().collect();
        for (id, model) in new.api.models() {
            let name = &new.names.model(id).ty;
            if !known.contains_key(name.as_str()) && !taken.contains(&id) {
                let after = Signed::new(declared(new, id), model.node.clone());
                self.push(name, Signed::none(), after, Verdict::Compatible);
            }
        }
        for (name, id) in new.names.aliases.iter().filter(|(name, _)| !known.contains_key(name.as_str())) {
            let text = format!("pub type {name} = {}", new.names.model(*id).ty);
            self.push(name, Signed::none(), Signed::new(text, new.api.model(*id).node.clone()), Verdict::Compatible);
        }
    }

    fn model(&mut self, id: ModelId) {
        let (old, new) = (self.types.old, self.types.new);
        let (name, node) = (&old.names.model(id).ty, &old.api.model(id).node);
        let before = Signed::new(declared(old, id), node.clone());
        let Some(found) = self.types.pair(id) else {
            self.push(name, before, Signed::none(), Verdict::Breaking);
            return;
        };
        let after = Signed::new(declared(new, found), new.api.model(found).node.clone());
        if self.types.is_renamed(id) {
            let now = &new.names.model(found).ty;
            self.push(name, before.clone(), after.clone(), Verdict::Breaking).hint(format!("write `{now}`"));
        }
        let target = match self.types.after(&Type::Model(found)) {
            Type::Model(target) => Some(target),
            _ => None,
        };
        let same =
            |target: &ModelId| discriminant(&old.api.model(id).kind) == discriminant(&new.api.model(*target).kind);
        match (&old.api.model(id).kind, target.filter(same).map(|target| (target, &new.api.model(target).kind))) {
            (ModelKind::Alias(held), found_target) => {
                let wrapped = old.cycles.is_newtype(id);
                let held_now = match found_target {
                    Some((target, ModelKind::Alias(now))) if wrapped && new.cycles.is_newtype(target) => {
                        Some(now.clone())
                    }
                    _ if wrapped => None,
                    _ => Some(Type::Model(found)),
                };
                if !held_now.is_some_and(|now| self.types.same(held, &now)) {
                    self.push(name, before, after, Verdict::Breaking);
                }
            }
            (ModelKind::Struct(before), Some((target, ModelKind::Struct(after)))) => {
                self.structure((id, before), (target, after));
            }
            (ModelKind::Enumeration(before), Some((target, ModelKind::Enumeration(after)))) => {
                self.enumeration((id, before), (target, after));
            }
            (ModelKind::Union(before), Some((target, ModelKind::Union(after)))) => {
                self.union((id, before), (target, after));
            }
            _ => {
                self.push(name, before, after, Verdict::Breaking);
            }
        }
    }

    /// Another place's name for a model.
    fn alias(&mut self, name: &str, id: ModelId) {
        let (old, new) = (self.types.old, self.types.new);
        let text = format!("pub type {name} = {}", old.names.model(id).ty);
        let before = Signed::new(text, old.api.model(id).node.clone());
        let Some(found) = self.types.named(name) else {
            let hint = self.types.pair(id).map(|now| format!("write `{}`", new.names.model(now).ty));
            self.push(name, before, Signed::none(), Verdict::Breaking).hint = hint;
            return;
        };
        if !self.types.same(&Type::Model(id), &Type::Model(found)) {
            let after = Signed::new(declared(new, found), new.api.model(found).node.clone());
            self.push(name, before, after, Verdict::Breaking);
        }
    }

    fn structure(&mut self, (old_id, old): (ModelId, &Struct), (new_id, new): (ModelId, &Struct)) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let both = Both {
            name: old_plan.names.model(old_id).ty.clone(),
            ids: (old_id, new_id),
            old: members(old_plan, old_id, old),
            new: members(new_plan, new_id, new),
        };
        let changed = self.fields(&both);
        self.further(&both, old, new);
        self.constructor(&both, &changed);
        let traits = [
            ("serde::Serialize", old_plan.serializes(old_id), new_plan.serializes(new_id)),
            ("serde::Deserialize", old_plan.deserializes(old_id), new_plan.deserializes(new_id)),
        ];
        self.traits((old_id, new_id), traits);
    }

    /// Traits that a type had and has no longer.
    pub(super) fn traits<const N: usize>(&mut self, ids: (ModelId, ModelId), traits: [(&str, bool, bool); N]) {
        for (name, _, _) in traits.into_iter().filter(|(_, before, after)| *before && !after) {
            let ty = self.types.old.names.model(ids.0).ty.clone();
            let (before, after) = self.model_nodes(ids);
            let before = Signed::new(format!("impl {name} for {ty}"), before);
            self.push(ty, before, Signed::at(Some(after)), Verdict::Breaking);
        }
    }

    pub(super) fn model_nodes(&self, ids: (ModelId, ModelId)) -> (Node, Node) {
        (self.types.old.api.model(ids.0).node.clone(), self.types.new.api.model(ids.1).node.clone())
    }

    fn old_property(&self, both: &Both<'_>, wire: &str) -> Node {
        nodes::property(self.old, &self.types.old.api.model(both.ids.0).node, wire)
    }

    fn new_property(&self, both: &Both<'_>, wire: &str) -> Node {
        nodes::property(self.new, &self.types.new.api.model(both.ids.1).node, wire)
    }

    /// The fields; gives the names of those that a program cannot go on using as it did.
    fn fields(&mut self, both: &Both<'_>) -> Vec<String> {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let mut changed = Vec::new();
        for member in &both.old {
            let path = format!("{}.{}", both.name, member.name);
            let now = both.new.iter().find(|it| it.name == member.name);
            let other = || both.new.iter().find(|it| it.field.wire == member.field.wire);
            if now.is_some_and(|now| now.field.wire == member.field.wire && self.same_field(member, now)) {
                continue;
            }
            let before = Signed::new(declaration(old_plan, member), self.old_property(both, &member.field.wire));
            let Some(now) = now else {
                changed.push(member.name.to_string());
                let after = other().map_or_else(Signed::none, |now| {
                    Signed::new(declaration(new_plan, now), self.new_property(both, &now.field.wire))
                });
                let hint = other().map(|now| format!("write `{}.{}`", text::variable(&both.name), now.name));
                self.push(path, before, after, Verdict::Breaking).hint = hint;
                continue;
            };
            let after = Signed::new(declaration(new_plan, now), self.new_property(both, &now.field.wire));
            let (is, was) = (&now.field.wire, &member.field.wire);
            if self.same_field(member, now) {
                let keyed = |signed: Signed, key: &str| Signed {
                    text: signed.text.map(|text| format!("{text} // \"{key}\" in JSON")),
                    ..signed
                };
                let hint = format!("the same name means another member of the JSON object: `{is}` instead of `{was}`");
                self.push(path, keyed(before, was), keyed(after, is), Verdict::Behaviour).hint(hint);
            } else {
                changed.push(member.name.to_string());
                let hint = self.other_type(&both.name, member, now);
                self.push(path, before, after, Verdict::Breaking).hint = hint;
            }
        }
        let wires: Vec<&str> = both.old.iter().map(|it| it.field.wire.as_str()).collect();
        let is_new = |it: &&Member<'_>| {
            !both.old.iter().any(|old| old.name == it.name) && !wires.contains(&it.field.wire.as_str())
        };
        for member in both.new.iter().filter(is_new) {
            let after = Signed::new(declaration(new_plan, member), self.new_property(both, &member.field.wire));
            self.push(format!("{}.{}", both.name, member.name), Signed::none(), after, Verdict::Compatible);
        }
        changed
    }

    fn same_field(&self, old: &Member<'_>, new: &Member<'_>) -> bool {
        let Some(before) = self.types.before(&old.present) else { return false };
        let after = self.types.after(&new.present);
        if (old.optional, old.boxed, &before) == (new.optional, new.boxed, &after) {
            return true;
        }
        let print = |member: &Member<'_>, present: Type| {
            written(self.types.new, &Member { present, ..member.clone() }, &mut Uses::default()).to_string()
        };
        print(old, before) == print(new, after)
    }

    /// What to write where the type of a field changes.
    fn other_type(&self, ty: &str, old: &Member<'_>, new: &Member<'_>) -> Option<String> {
        let place = format!("{}.{}", text::variable(ty), old.name);
        let (before, after) = (self.types.before(&old.present)?, self.types.after(&new.present));
        let (was, is) = (is_option(old), is_option(new));
        if self.types.print(before.present()) != self.types.print(after.present()) {
            return None;
        }
        match (was, is) {
            (false, true) if matches!(after.present(), Type::String) => {
                Some(format!("`{place}` -> `{place}.as_deref().unwrap_or_default()`"))
            }
            (false, true) => Some(format!("`{place}` may be missing: `if let Some(value) = {place}`")),
            (true, false) => {
                Some(format!("`{place}` is always there: use it as it is, without taking it out of an `Option`"))
            }
            _ => None,
        }
    }

    /// The fields for members that have none of their own.
    fn further(&mut self, both: &Both<'_>, old: &Struct, new: &Struct) {
        let field = |plan: &Plan<'_>, id: ModelId, structure: &Struct| {
            let names = plan.names.model(id);
            match &structure.additional {
                Some(value) => Some((names.additional.clone(), Some(Type::Map(Box::new(value.clone()))))),
                None => plan.keeps_unknown(id, structure).then(|| (names.unknown.clone(), None)),
            }
        };
        let written = |plan: &Plan<'_>, field: &(String, Option<Type>)| {
            let ty = field.1.as_ref().map_or_else(|| "Unknown".to_owned(), |ty| text::of_type(plan, ty));
            format!("pub {}: {ty}", field.0)
        };
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let (before, after) = (field(old_plan, both.ids.0, old), field(new_plan, both.ids.1, new));
        let same = match (&before, &after) {
            (Some((was, Some(before))), Some((is, Some(after)))) => was == is && self.types.same(before, after),
            (before, after) => before == after,
        };
        if same {
            return;
        }
        let (old_node, new_node) = self.model_nodes(both.ids);
        if let Some(field) = &before {
            let text = written(old_plan, field);
            let now = after.as_ref().filter(|now| now.0 == field.0).map(|now| written(new_plan, now));
            let after = Signed { text: now, node: Some(new_node.clone()) };
            self.push(format!("{}.{}", both.name, field.0), Signed::new(text, old_node), after, Verdict::Breaking);
        }
        if let Some(field) = after.filter(|now| before.is_none_or(|before| before.0 != now.0)) {
            let after = Signed::new(written(new_plan, &field), new_node);
            self.push(format!("{}.{}", both.name, field.0), Signed::none(), after, Verdict::Compatible);
        }
    }

    /// `new` and the setters, of which a program loses some without a change of the fields.
    fn constructor(&mut self, both: &Both<'_>, changed: &[String]) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        if !old_plan.is_sent(both.ids.0) {
            return;
        }
        let (was, asked) = (required(old_plan, &both.old), required(new_plan, &both.new));
        let before = self::constructor(old_plan, &both.name, &was);
        if !new_plan.is_sent(both.ids.1) {
            let (old_node, new_node) = self.model_nodes(both.ids);
            let after = Signed::at(Some(new_node));
            self.push(format!("{}::new", both.name), Signed::new(before, old_node), after, Verdict::Breaking)
                .hint("nothing that is sent holds the type any more");
            return;
        }
        let after = self::constructor(new_plan, &new_plan.names.model(both.ids.1).ty, &asked);
        let differs = |one: &&&Member<'_>, others: &[&Member<'_>]| {
            let same = |it: &&Member<'_>| it.name == one.name || it.field.wire == one.field.wire;
            !others.iter().any(same) && !changed.contains(&one.name.to_string())
        };
        let lost = was.iter().filter(|it| differs(it, &asked)).map(|it| (it, false));
        let gained = asked.iter().filter(|it| differs(it, &was)).map(|it| (it, true));
        let arguments: Vec<_> = lost.chain(gained).collect();
        for (member, added) in arguments {
            let wire = &member.field.wire;
            let (old_node, new_node) = (self.old_property(both, wire), self.new_property(both, wire));
            let before = Signed::new(before.clone(), old_node);
            let after = Signed::new(after.clone(), new_node);
            let hint = match added {
                true => format!("give `{}::new` the argument `{}`", both.name, member.name),
                false => format!("`{}` is no longer an argument of `{}::new`", member.name, both.name),
            };
            self.push(format!("{}::new", both.name), before, after, Verdict::Breaking).hint(hint);
        }
        let kept = |it: &&Member<'_>| !changed.contains(&it.name.to_string());
        let gone = |it: &&Member<'_>| {
            !settable(&both.new).any(|now| now.name == it.name) && !asked.iter().any(|now| now.name == it.name)
        };
        let setters: Vec<&Member<'_>> = settable(&both.old).filter(kept).filter(gone).collect();
        for member in setters {
            let wire = &member.field.wire;
            let text = format!("pub fn {}(self, {}) -> Self", member.name, argument(old_plan, member));
            let before = Signed::new(text, self.old_property(both, wire));
            let after = Signed::at(Some(self.new_property(both, wire)));
            self.push(format!("{}::{}", both.name, member.name), before, after, Verdict::Breaking);
        }
    }
}

/// A structure of both sides.
struct Both<'a> {
    /// The old name.
    name: String,
    ids: (ModelId, ModelId),
    old: Vec<Member<'a>>,
    new: Vec<Member<'a>>,
}

fn is_option(member: &Member<'_>) -> bool {
    member.optional || matches!(member.present, Type::Nullable(_))
}

fn declaration(plan: &Plan<'_>, member: &Member<'_>) -> String {
    format!("pub {}: {}", member.name, text::of(&written(plan, member, &mut Uses::default())))
}

fn argument(plan: &Plan<'_>, member: &Member<'_>) -> String {
    format!("{}: {}", member.name, super::operations::argument(plan, &member.present))
}

fn constructor(plan: &Plan<'_>, name: &str, required: &[&Member<'_>]) -> String {
    let arguments: Vec<String> = required.iter().map(|member| argument(plan, member)).collect();
    format!("pub fn {name}::new({}) -> Self", arguments.join(", "))
}

/// How a model begins.
fn declared(plan: &Plan<'_>, id: ModelId) -> String {
    let name = &plan.names.model(id).ty;
    match &plan.api.model(id).kind {
        ModelKind::Struct(_) => format!("pub struct {name}"),
        ModelKind::Enumeration(_) | ModelKind::Union(_) => format!("pub enum {name}"),
        ModelKind::Alias(target) if plan.cycles.is_newtype(id) => {
            format!("pub struct {name}(pub {})", text::of_type(plan, target))
        }
        ModelKind::Alias(target) => format!("pub type {name} = {}", text::of_type(plan, target)),
    }
}
