//! Functions: which arguments they take, and in which order.

use std::collections::HashMap;

use generator::emit::ItemKind;
use generator::emit::item::{Item, Meaning, Written};
use generator::ir::{Location, Type};

use super::types::own_model;
use super::{Comparison, Found, Pair, Told};
use crate::change::Difference;
use crate::verdict::Verdict;

/// What identifies an argument: what it stands for on the wire, or its name if it stands for nothing.
type Identity<'a> = (&'a Meaning<'a>, Option<&'a str>);

impl<'a> Comparison<'a> {
    /// Compares the arguments of a function. Gives whether a call stops compiling.
    pub(super) fn arguments(&mut self, pair: Pair<'a>, told: &mut Told<'a>) -> bool {
        let before: Vec<&Item<'a>> = pair.was.arguments().collect();
        let after: Vec<&Item<'a>> = pair.now.arguments().collect();
        let pairs = || before.iter().copied().zip(after.iter().copied());
        let compiles = before.len() == after.len() && pairs().all(|(was, now)| self.accepts(was, now));
        let (old, new) = (by_identity(&before), by_identity(&after));
        let in_order = |(index, was): (usize, &&Item<'a>)| new.get(&identity(was)).is_none_or(|now| *now == index);
        // A path parameter that has only another name keeps its position.
        let in_place =
            |(was, now): (&Item<'a>, &Item<'a>)| identity(was) == identity(now) || (is_in_path(was) && is_in_path(now));
        if compiles && before.iter().enumerate().all(in_order) && pairs().all(in_place) {
            return false;
        }
        let verdict = if compiles { Verdict::Behaviour } else { Verdict::Breaking };
        let mut differing = Vec::new();
        for was in &before {
            let now = new.get(&identity(was)).and_then(|index| after.get(*index)).copied();
            match now {
                Some(now) if self.accepts(was, now) => {}
                Some(_) => differing.push((Difference::Retyped, *was, other_type(was))),
                None => differing.push((Difference::ArgumentRemoved, *was, left_out(pair, was))),
            }
        }
        for now in after.iter().filter(|now| !old.contains_key(&identity(now))) {
            let hint = format!("give `{}` the argument `{}`", pair.was.path, now.name);
            differing.push((Difference::ArgumentAdded, *now, hint));
        }
        let known = differing.len();
        // A constructor is reported in addition to its fields, because its hint shows how a value is made.
        let is_constructor = pair.was.kind == ItemKind::Constructor;
        if is_constructor {
            let call = self.call(pair.now, &differing);
            differing.iter_mut().for_each(|(.., hint)| hint.clone_from(&call));
        } else {
            let is_told =
                |argument: &Item<'_>| argument.meaning != Meaning::Nothing && told.contains(&argument.meaning);
            differing.retain(|(_, argument, _)| !is_told(argument));
        }
        if known == 0 {
            let hint = Some("the arguments are in another order".to_owned());
            self.changed(pair, Found { difference: Difference::Reordered, verdict, hint });
        }
        let is_setter = matches!(pair.was.kind, ItemKind::CallSetter | ItemKind::Setter);
        let first = self.found.len();
        for (difference, argument, hint) in differing {
            told.extend((argument.meaning != Meaning::Nothing).then_some(&argument.meaning));
            let (old, new) = (self.old.part(pair.was, argument), self.new.part(pair.now, argument));
            let known = self.found.iter_mut().skip(first).find(|change| (&change.old, &change.new) == (&old, &new));
            match known.and_then(|change| change.hint.as_mut()) {
                Some(known) if is_constructor => *known = hint,
                Some(known) => *known = format!("{known}; {hint}"),
                None => {
                    // A setter has only this argument, so it needs no hint about it.
                    let hint = (!is_setter).then_some(hint);
                    let found = Found { difference, verdict, hint };
                    self.push(pair.was, (Some(pair.was), old), (Some(pair.now), new), found);
                }
            }
        }
        !compiles
    }

    /// The call that makes a structure, with a setter for each argument that was removed.
    fn call(&self, function: &Item<'a>, differing: &[(Difference, &Item<'a>, String)]) -> String {
        let names: Vec<&str> = function.arguments().map(|argument| argument.name.as_ref()).collect();
        let structure = own_model(function).and_then(|id| self.types.item(id));
        let fields = || structure.into_iter().flat_map(|item| &item.inside).filter(|it| it.kind == ItemKind::Field);
        let gone = differing.iter().filter(|(difference, ..)| *difference == Difference::ArgumentRemoved);
        let fields = gone.filter_map(|(_, argument, _)| fields().find(|field| field.meaning == argument.meaning));
        let setters: String = fields.map(|field| format!(".{0}({0})", field.name)).collect();
        format!("write `{}({}){setters}`", function.path, names.join(", "))
    }

    /// The setters that came or went with the type of a field.
    pub(super) fn setters(&mut self, pair: Pair<'a>) {
        let setters = |item: &'a Item<'a>| item.inside.iter().filter(|it| it.kind == ItemKind::Setter);
        let lacks = |item: &'a Item<'a>, setter: &Item<'_>| !setters(item).any(|it| it.name == setter.name);
        for was in setters(pair.was).filter(|was| lacks(pair.now, was)) {
            let found = Found::breaking(Difference::Removed, None);
            self.push(was, (Some(was), self.old.node(was)), (None, self.new.node(pair.now)), found);
        }
        for now in setters(pair.now).filter(|now| lacks(pair.was, now)) {
            self.push(now, (None, self.old.node(pair.was)), (Some(now), self.new.node(now)), Found::added());
        }
    }

    /// Whether a value for the old argument can be given for the new one.
    fn accepts(&self, before: &Item<'a>, after: &Item<'a>) -> bool {
        match (before.held(), after.held()) {
            (Some(Written::Into(before)), Some(Written::Into(after))) => self.types.same(before, after),
            (Some(before), Some(Written::Into(after))) => self.types.same(before, after) || self.becomes(before, after),
            (Some(before), Some(after)) => self.types.same(before, after),
            _ => false,
        }
    }

    /// Whether the new type is a union with the old type as an alternative. Callers then need no change, because `into` makes the union.
    fn becomes(&self, before: &Written, after: &Written) -> bool {
        let Some(Written::Type(Type::Model(id))) = self.types.after(after) else { return false };
        let variants = self.types.item(id).into_iter().flat_map(|union| &union.inside);
        let mut conversions = variants.flat_map(|variant| &variant.inside).filter(|it| it.kind == ItemKind::Trait);
        conversions.any(|from| from.held().is_some_and(|held| self.types.same(before, held)))
    }
}

fn identity<'a>(argument: &'a Item<'a>) -> Identity<'a> {
    (&argument.meaning, (argument.meaning == Meaning::Nothing).then_some(&argument.name))
}

fn by_identity<'a>(arguments: &[&'a Item<'a>]) -> HashMap<Identity<'a>, usize> {
    arguments.iter().enumerate().map(|(index, argument)| (identity(argument), index)).collect()
}

fn is_in_path(argument: &Item<'_>) -> bool {
    matches!(argument.meaning, Meaning::Parameter(Location::Path, _))
}

fn other_type(argument: &Item<'_>) -> String {
    format!("the type of the argument `{}` is another", argument.name)
}

/// What to write without an argument.
fn left_out(pair: Pair<'_>, argument: &Item<'_>) -> String {
    let name = &argument.name;
    let is_chained = |item: &Item<'_>| item.kind == ItemKind::CallSetter && item.meaning == argument.meaning;
    match pair.now.inside.iter().any(is_chained) {
        true => format!("`.{name}({name})` after the call instead of an argument"),
        false => format!("leave out the argument `{name}`"),
    }
}
