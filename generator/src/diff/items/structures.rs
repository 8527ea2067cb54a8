//! Structures: fields, the constructor, setters and traits.

use std::collections::{HashMap, HashSet};

use super::{Items, Signed, nodes, text};
use crate::analyze::Plan;
use crate::diff::change::Verdict;
use crate::emit::Uses;
use crate::emit::structure::{Member, has_default, members, required, settable, written};
use crate::ir::{ModelId, Struct, Type};
use crate::node::Node;

impl Items<'_> {
    pub(super) fn structure(&mut self, (old_id, old): (ModelId, &Struct), (new_id, new): (ModelId, &Struct)) {
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
        let (had, has) = (has_default(old_plan, old_id, &both.old), has_default(new_plan, new_id, &both.new));
        self.traits((old_id, new_id), [("Default", had, has)]);
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
        let by_name: HashMap<String, &Member<'_>> = both.new.iter().map(|it| (it.name.to_string(), it)).collect();
        for member in &both.old {
            let now = by_name.get(&member.name.to_string()).copied();
            let other = || both.new.iter().find(|it| it.field.wire == member.field.wire);
            if now.is_some_and(|now| now.field.wire == member.field.wire && self.same_field(member, now)) {
                continue;
            }
            let path = format!("{}.{}", both.name, member.name);
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
        let wires: HashSet<&str> = both.old.iter().map(|it| it.field.wire.as_str()).collect();
        let names: HashSet<String> = both.old.iter().map(|it| it.name.to_string()).collect();
        let is_new =
            |it: &&Member<'_>| !names.contains(&it.name.to_string()) && !wires.contains(it.field.wire.as_str());
        for member in both.new.iter().filter(is_new) {
            let after = Signed::new(declaration(new_plan, member), self.new_property(both, &member.field.wire));
            self.push(format!("{}.{}", both.name, member.name), Signed::none(), after, Verdict::Compatible);
        }
        changed
    }

    fn same_field(&self, old: &Member<'_>, new: &Member<'_>) -> bool {
        let Some(before) = self.types.before(&old.ty) else { return false };
        let after = self.types.after(&new.ty);
        if (old.optional, old.boxed, &before) == (new.optional, new.boxed, &after) {
            return true;
        }
        let print = |member: &Member<'_>, ty: Type| {
            written(self.types.new, &Member { ty, ..member.clone() }, &mut Uses::default()).to_string()
        };
        print(old, before) == print(new, after)
    }

    /// What to write where the type of a field changes.
    fn other_type(&self, ty: &str, old: &Member<'_>, new: &Member<'_>) -> Option<String> {
        let place = format!("{}.{}", text::variable(ty), old.name);
        let (before, after) = (self.types.before(&old.ty)?, self.types.after(&new.ty));
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
                Some(value) => (names.additional.clone(), Some(Type::Map(Box::new(value.clone())))),
                None => (names.unknown.clone(), None),
            }
        };
        let written = |plan: &Plan<'_>, field: &(String, Option<Type>)| {
            let ty = field.1.as_ref().map_or_else(|| "Unknown".to_owned(), |ty| text::of_type(plan, ty));
            format!("pub {}: {ty}", field.0)
        };
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let (before, after) = (field(old_plan, both.ids.0, old), field(new_plan, both.ids.1, new));
        let same = match (&before, &after) {
            ((was, Some(before)), (is, Some(after))) => was == is && self.types.same(before, after),
            (before, after) => before == after,
        };
        if same {
            return;
        }
        let (old_node, new_node) = self.model_nodes(both.ids);
        let text = written(old_plan, &before);
        let now = (after.0 == before.0).then(|| written(new_plan, &after));
        let gone = Signed { text: now, node: Some(new_node.clone()) };
        self.push(format!("{}.{}", both.name, before.0), Signed::new(text, old_node), gone, Verdict::Breaking);
        if before.0 != after.0 {
            let come = Signed::new(written(new_plan, &after), new_node);
            self.push(format!("{}.{}", both.name, after.0), Signed::none(), come, Verdict::Compatible);
        }
    }

    /// `new` and the setters, of which a program loses some without a change of the fields.
    fn constructor(&mut self, both: &Both<'_>, changed: &[String]) {
        let (old_plan, new_plan) = (self.types.old, self.types.new);
        let (was, asked) = (required(old_plan, &both.old), required(new_plan, &both.new));
        let before = self::constructor(old_plan, &both.name, &was);
        match (old_plan.usage.is_sent(both.ids.0), new_plan.usage.is_sent(both.ids.1)) {
            (true, true) => {
                let after = self::constructor(new_plan, &new_plan.names.model(both.ids.1).ty, &asked);
                self.asked(both, (&was, before), (&asked, after), changed);
            }
            (true, false) => {
                let (old_node, new_node) = self.model_nodes(both.ids);
                let after = Signed::at(Some(new_node));
                self.push(format!("{}::new", both.name), Signed::new(before, old_node), after, Verdict::Breaking)
                    .hint("nothing that is sent holds the type any more");
            }
            (false, _) => {}
        }
        let kept = |it: &&Member<'_>| !changed.contains(&it.name.to_string());
        let now: HashSet<String> = settable(new_plan, &both.new).map(|it| it.name.to_string()).collect();
        let gone = |it: &&Member<'_>| !now.contains(&it.name.to_string());
        let setters: Vec<&Member<'_>> = settable(old_plan, &both.old).filter(kept).filter(gone).collect();
        for member in setters {
            let wire = &member.field.wire;
            let text = format!("pub fn {}(self, {}) -> Self", member.name, argument(old_plan, member));
            let before = Signed::new(text, self.old_property(both, wire));
            let after = Signed::at(Some(self.new_property(both, wire)));
            self.push(format!("{}::{}", both.name, member.name), before, after, Verdict::Breaking);
        }
    }

    /// What `new` asks for, where it is other members.
    fn asked(
        &mut self,
        both: &Both<'_>,
        (was, before): (&[&Member<'_>], String),
        (asked, after): (&[&Member<'_>], String),
        changed: &[String],
    ) {
        if was.iter().map(|it| (&it.name, &it.field.wire)).eq(asked.iter().map(|it| (&it.name, &it.field.wire))) {
            return;
        }
        let differs = |one: &&&Member<'_>, others: &[&Member<'_>]| {
            let same = |it: &&Member<'_>| it.name == one.name || it.field.wire == one.field.wire;
            !others.iter().any(same) && !changed.contains(&one.name.to_string())
        };
        let lost = was.iter().filter(|it| differs(it, asked)).map(|it| (it, false));
        let gained = asked.iter().filter(|it| differs(it, was)).map(|it| (it, true));
        for (member, added) in lost.chain(gained) {
            let wire = &member.field.wire;
            let before = Signed::new(before.clone(), self.old_property(both, wire));
            let after = Signed::new(after.clone(), self.new_property(both, wire));
            let hint = match added {
                true => format!("give `{}::new` the argument `{}`", both.name, member.name),
                false => format!("`{}` is no longer an argument of `{}::new`", member.name, both.name),
            };
            self.push(format!("{}::new", both.name), before, after, Verdict::Breaking).hint(hint);
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
    member.optional || matches!(member.ty, Type::Nullable(_))
}

fn declaration(plan: &Plan<'_>, member: &Member<'_>) -> String {
    format!("pub {}: {}", member.name, text::of(&written(plan, member, &mut Uses::default())))
}

fn argument(plan: &Plan<'_>, member: &Member<'_>) -> String {
    format!("{}: {}", member.name, super::operations::argument(plan, &member.ty))
}

fn constructor(plan: &Plan<'_>, name: &str, required: &[&Member<'_>]) -> String {
    let arguments: Vec<String> = required.iter().map(|member| argument(plan, member)).collect();
    format!("pub fn {name}::new({}) -> Self", arguments.join(", "))
}
