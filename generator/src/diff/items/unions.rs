//! Unions: their variants, what tells them apart, and the conversions into them.

use super::{Items, Signed, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::emit::union::is_boxed;
use crate::ir::{ModelId, Type, Union};

impl Items<'_> {
    pub(super) fn union(&mut self, (old_id, old): (ModelId, &Union), (new_id, new): (ModelId, &Union)) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let name = old_plan.names.model(old_id).ty.clone();
        let (old_node, new_node) = self.model_nodes((old_id, new_id));
        let before = variants(old_plan, old_id, old);
        let after = variants(new_plan, new_id, new);
        let mut kept = Vec::new();
        for variant in &before {
            let path = format!("{name}::{}", variant.name);
            let was = Signed::new(variant.text(old_plan), old_node.clone());
            match after.iter().find(|it| it.name == variant.name) {
                Some(now) if now.boxed == variant.boxed && self.types.same(variant.ty, now.ty) => {
                    kept.push((variant, now))
                }
                Some(now) => {
                    let now = Signed::new(now.text(new_plan), new_node.clone());
                    self.push(path, was, now, Verdict::Breaking);
                }
                None => {
                    let other = after.iter().find(|it| self.types.same(variant.ty, it.ty));
                    let hint = other.map(|now| format!("write `{name}::{}`", now.name));
                    let now = other.map_or_else(
                        || Signed::at(Some(new_node.clone())),
                        |now| Signed::new(now.text(new_plan), new_node.clone()),
                    );
                    self.push(path, was, now, Verdict::Breaking).hint = hint;
                }
            }
        }
        for variant in after.iter().filter(|it| !before.iter().any(|was| was.name == it.name)) {
            let now = Signed::new(variant.text(new_plan), new_node.clone());
            self.push(
                format!("{name}::{}", variant.name),
                Signed::at(Some(old_node.clone())),
                now,
                Verdict::Compatible,
            );
        }
        for (was, now) in kept {
            if converts(was, &before) && !converts(now, &after) {
                let ty = text::of_type(old_plan, was.ty);
                let was = Signed::new(format!("impl From<{ty}> for {name}"), old_node.clone());
                self.push(&name, was, Signed::at(Some(new_node.clone())), Verdict::Breaking);
            }
        }
        self.told_apart((old_id, old), (new_id, new));
    }

    /// What a value is read as without a change of any name.
    fn told_apart(&mut self, (old_id, old): (ModelId, &Union), (new_id, new): (ModelId, &Union)) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let name = old_plan.names.model(old_id).ty.clone();
        let (old_node, new_node) = self.model_nodes((old_id, new_id));
        let by = |tag: &str| format!("pub enum {name} // by \"{tag}\"");
        match (&old.tag, &new.tag) {
            (Some(tag), None) => {
                let hint = format!("the member `{tag}` alone no longer decides what a value is read as");
                let (was, is) = (Signed::new(by(tag), old_node), Signed::new(format!("pub enum {name}"), new_node));
                self.push(&name, was, is, Verdict::Behaviour).hint(hint);
            }
            (None, Some(tag)) => {
                let hint = format!("the member `{tag}` alone decides what a value is read as");
                let (was, is) = (Signed::new(format!("pub enum {name}"), old_node), Signed::new(by(tag), new_node));
                self.push(&name, was, is, Verdict::Behaviour).hint(hint);
            }
            (Some(was), Some(is)) if was != is => {
                let (was, is) = (Signed::new(by(was), old_node), Signed::new(by(is), new_node));
                self.push(&name, was, is, Verdict::Behaviour);
            }
            (before, _) => {
                let order = |plan: &Plan<'_>, id: ModelId, other: &Plan<'_>, other_id: ModelId| {
                    let known = &other.names.model(other_id).members;
                    plan.names.model(id).members.iter().filter(|it| known.contains(it)).cloned().collect::<Vec<_>>()
                };
                let was = order(old_plan, old_id, new_plan, new_id);
                let is = order(new_plan, new_id, old_plan, old_id);
                if before.is_none() && was != is {
                    let text = |names: &[String]| format!("pub enum {name} {{ {} }}", names.join(", "));
                    let (was, is) = (Signed::new(text(&was), old_node), Signed::new(text(&is), new_node));
                    let hint = "of alternatives that fit alike the first is read, and another one comes first";
                    self.push(&name, was, is, Verdict::Behaviour).hint(hint);
                }
            }
        }
    }
}

/// An alternative as emitted.
struct Variant<'a> {
    name: &'a str,
    ty: &'a Type,
    boxed: bool,
}

impl Variant<'_> {
    fn text(&self, plan: &Plan<'_>) -> String {
        let held = text::of_type(plan, self.ty);
        if self.boxed { format!("{}(Box<{held}>)", self.name) } else { format!("{}({held})", self.name) }
    }
}

fn variants<'a>(plan: &'a Plan<'_>, id: ModelId, union: &'a Union) -> Vec<Variant<'a>> {
    let pairs = union.branches.iter().zip(&plan.names.model(id).members);
    pairs.map(|(branch, name)| Variant { name, ty: &branch.ty, boxed: is_boxed(plan, &branch.ty) }).collect()
}

/// Whether a variant is made from what it holds by `into`.
fn converts(variant: &Variant<'_>, all: &[Variant<'_>]) -> bool {
    variant.boxed && all.iter().filter(|it| it.ty == variant.ty).count() == 1
}
