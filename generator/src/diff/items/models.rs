//! Types: those that are gone, those that are new, those that are of another kind; what is in them is elsewhere.

use std::collections::HashSet;
use std::mem::discriminant;

use super::{Items, Signed, pairs, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::ir::{ModelId, ModelKind, Type};
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
        let known = pairs::names(old);
        let taken: HashSet<ModelId> = self.types.renamed_to().collect();
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
