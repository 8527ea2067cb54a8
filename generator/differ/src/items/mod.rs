//! The public items of two emitted crates to those that differ, and what each difference means for a program that uses the item.
//!
//! `emit` gives both tables. Items are paired by their names, as a compiler looks them up. An item whose name is gone is paired with a new
//! item that stands for the same thing. This module does not know how an item is made: it uses only kind, signature and meaning.

mod functions;
mod places;
mod renames;
mod replies;
mod text;
mod types;

use std::collections::{HashMap, HashSet};

use generator::analyze::Plan;
use generator::document::Document;
use generator::emit::item::{Item, Meaning};
use generator::emit::{ItemKind, items};
use generator::node::Node;

use crate::change::{Difference, ItemChange};
use crate::lowered::LoweredDocument;
use crate::verdict::{Direction, Verdict};
use types::Types;

/// Compares the emitted items; the order is that of the old document, then that of the new one.
pub fn compare(old: &LoweredDocument, new: &LoweredDocument) -> Vec<ItemChange> {
    let plans = (old.named.plan(), new.named.plan());
    let (old, new) = (Crate::new(&old.document, &plans.0), Crate::new(&new.document, &plans.1));
    let (types, requests) = (Types::new(&old, &new), new.client.inside.iter().map(|item| &item.meaning).collect());
    let mut comparison = Comparison { old: &old, new: &new, types, requests, found: Vec::new() };
    comparison.inside(Pair { was: &old.client, now: &new.client }, &mut Told::new());
    comparison.all_types();
    comparison.found
}

/// What is emitted of a document.
struct Crate<'a> {
    document: &'a Document,
    plan: &'a Plan<'a>,
    client: Item<'a>,
    types: Vec<Item<'a>>,
}

/// The state of a comparison.
struct Comparison<'a> {
    old: &'a Crate<'a>,
    new: &'a Crate<'a>,
    types: Types<'a>,
    /// What the new client's functions stand for.
    requests: HashSet<&'a Meaning<'a>>,
    found: Vec<ItemChange>,
}

/// An item of both crates.
#[derive(Clone, Copy)]
struct Pair<'a> {
    was: &'a Item<'a>,
    now: &'a Item<'a>,
}

/// The meanings of items whose difference has been reported. Other differences with the same meaning are not reported again.
type Told<'a> = HashSet<&'a Meaning<'a>>;

/// An item of one crate, if the crate has it, and the node from which it is or would be made.
type Side<'a> = (Option<&'a Item<'a>>, Option<Node>);

/// A finding about an item, without the signatures.
struct Found {
    difference: Difference,
    verdict: Verdict,
    hint: Option<String>,
}

/// Who needs the hint about an item.
fn hint_for(kind: ItemKind, difference: Difference) -> Option<Direction> {
    match (kind, difference) {
        (ItemKind::Field, Difference::Retyped) | (ItemKind::Variant, Difference::Removed) => Some(Direction::Response),
        (ItemKind::Constructor | ItemKind::Setter, _) => Some(Direction::Request),
        _ => None,
    }
}

impl<'a> Crate<'a> {
    fn new(document: &'a Document, plan: &'a Plan<'a>) -> Self {
        let (client, types) = items(plan);
        Self { document, plan, client, types }
    }
}

impl<'a> Comparison<'a> {
    /// Compares the items inside two items, except arguments.
    fn inside(&mut self, parents: Pair<'a>, told: &mut Told<'a>) {
        let key = |item: &'a Item<'a>| (item.kind, item.name.as_ref());
        let (old, new) = (&parents.was.inside, &parents.now.inside);
        let known: HashSet<_> = old.iter().map(key).collect();
        let by_name: HashMap<_, &Item<'a>> = new.iter().map(|item| (key(item), item)).collect();
        let mut fresh: HashMap<(ItemKind, &Meaning<'a>), Vec<&Item<'a>>> = HashMap::new();
        for item in new.iter().filter(|item| !known.contains(&key(item))) {
            fresh.entry((item.kind, &item.meaning)).or_default().push(item);
        }
        let mut renamed = HashSet::new();
        for was in old.iter().filter(|item| item.kind != ItemKind::Argument) {
            if let Some(now) = by_name.get(&key(was)) {
                // A difference of a field is not repeated for its setters.
                if was.kind != ItemKind::Setter || !told.contains(&was.meaning) {
                    self.pair(Pair { was, now }, parents.was, told);
                }
            } else if !told.contains(&was.meaning) {
                let candidates = fresh.entry((was.kind, &was.meaning)).or_default();
                let stands_for_it = |now: &&Item<'a>| {
                    was.meaning != Meaning::Nothing || (was.kind == ItemKind::Variant && self.holds_same(was, now))
                };
                match candidates.iter().position(stands_for_it).map(|index| candidates.remove(index)) {
                    Some(now) => {
                        renamed.insert(key(now));
                        self.renamed(Pair { was, now }, parents, told);
                    }
                    None => self.removed(was, parents, told),
                }
            }
        }
        let is_new = |item: &&'a Item<'a>| !known.contains(&key(item)) && !renamed.contains(&key(item));
        for now in new.iter().filter(|item| is_told_when_added(item.kind)).filter(is_new) {
            if now.kind != ItemKind::CallSetter || !told.contains(&now.meaning) {
                self.added(now, parents);
            }
        }
    }

    /// An item that has kept its name.
    fn pair(&mut self, pair: Pair<'a>, parent: &Item<'a>, told: &mut Told<'a>) {
        let Pair { was, now } = pair;
        match was.kind {
            ItemKind::Reply => return self.reply(pair),
            ItemKind::Headers => self.headers(pair),
            _ if !self.holds_same(was, now) => {
                told.extend([&was.meaning, &now.meaning]);
                let hint = self.other_type(pair, parent);
                self.changed(pair, Found::breaking(Difference::Retyped, hint));
                return self.setters(pair);
            }
            _ => {}
        }
        let mut own = Told::new();
        let told = if was.kind == ItemKind::Method { &mut own } else { told };
        let breaks = self.arguments(pair, told);
        // If no new method sends the old request, the operation has moved, and this method with it.
        let goes_on = was.kind == ItemKind::Method && !self.requests.contains(&was.meaning);
        if was.meaning != now.meaning && !breaks && !goes_on {
            told.extend([&was.meaning, &now.meaning]);
            let hint = Some(text::other_meaning(pair));
            self.changed(pair, Found { difference: Difference::Remeant, verdict: Verdict::Behaviour, hint });
        }
        self.inside(pair, told);
        if was.kind == ItemKind::Union && was.meaning == Meaning::Nothing && now.meaning == Meaning::Nothing {
            self.order(pair);
        }
    }

    /// Compares an item whose name is gone with the new item that stands for the same thing.
    fn renamed(&mut self, pair: Pair<'a>, parents: Pair<'a>, told: &mut Told<'a>) {
        let hint = text::other_name(pair.now, parents.was);
        self.changed(pair, Found::breaking(Difference::Renamed, hint));
        if pair.was.kind == ItemKind::Method {
            let mut own = Told::new();
            self.arguments(pair, &mut own);
            self.inside(pair, &mut own);
        } else {
            told.insert(&pair.was.meaning);
        }
    }

    fn removed(&mut self, was: &'a Item<'a>, parents: Pair<'a>, told: &mut Told<'a>) {
        let after = (None, self.new.beside(was, parents.now));
        let hint = text::without(was, parents.was);
        self.push(was, (Some(was), self.old.node(was)), after, Found::breaking(Difference::Removed, hint));
        told.extend((was.meaning != Meaning::Nothing).then_some(&was.meaning));
    }

    fn added(&mut self, now: &'a Item<'a>, parents: Pair<'a>) {
        let before = (None, self.old.beside(now, parents.was));
        self.push(now, before, (Some(now), self.new.node(now)), Found::added());
    }

    fn changed(&mut self, pair: Pair<'a>, found: Found) {
        let Pair { was, now } = pair;
        self.push(was, (Some(was), self.old.node(was)), (Some(now), self.new.node(now)), found);
    }

    /// Adds a finding about an item, with its signature and its node on both sides.
    fn push(&mut self, item: &Item<'_>, before: Side<'_>, after: Side<'_>, found: Found) {
        let Found { difference, verdict, hint } = found;
        let signature = |krate: &Crate<'_>, item: Option<&Item<'_>>| {
            let text = text::signature(krate.plan, item?);
            Some(if difference == Difference::Remeant { format!("{text} // {}", item?.meaning) } else { text })
        };
        self.found.push(ItemChange {
            path: item.path.clone(),
            name: item.name.to_string(),
            kind: item.kind,
            difference,
            before: signature(self.old, before.0),
            after: signature(self.new, after.0),
            verdict,
            hint,
            hint_for: hint_for(item.kind, difference),
            old: before.1,
            new: after.1,
        });
    }

    /// Whether two items hold the same, as a compiler sees it.
    fn holds_same(&self, was: &Item<'_>, now: &Item<'_>) -> bool {
        match (was.held(), now.held()) {
            (Some(was), Some(now)) => self.types.same(was, now),
            _ => true,
        }
    }

    /// Compares the order of the alternatives of a union without a discriminator.
    fn order(&mut self, pair: Pair<'a>) {
        let names = |item: &'a Item<'a>| item.inside.iter().map(|variant| variant.name.as_ref());
        let common = |item: &'a Item<'a>, other: &'a Item<'a>| {
            let known: HashSet<&str> = names(other).collect();
            names(item).filter(|name| known.contains(name)).collect::<Vec<_>>()
        };
        let (was, is) = (common(pair.was, pair.now), common(pair.now, pair.was));
        if was != is {
            let hint = "of alternatives that fit alike the first is read, and another one comes first".to_owned();
            let found = Found { difference: Difference::Reordered, verdict: Verdict::Behaviour, hint: Some(hint) };
            self.changed(pair, found);
            let variants = |item: &mut Option<String>, names: &[&str]| {
                item.iter_mut().for_each(|text| text.push_str(&format!(" {{ {} }}", names.join(", "))));
            };
            if let Some(change) = self.found.last_mut() {
                variants(&mut change.before, &was);
                variants(&mut change.after, &is);
            }
        }
    }
}

impl Found {
    fn breaking(difference: Difference, hint: Option<String>) -> Self {
        Self { difference, verdict: Verdict::Breaking, hint }
    }

    fn added() -> Self {
        Self { difference: Difference::Added, verdict: Verdict::Compatible, hint: None }
    }
}

/// Whether a new item of this kind is reported on its own. A setter, for example, is reported with its field.
fn is_told_when_added(kind: ItemKind) -> bool {
    !matches!(kind, ItemKind::Argument | ItemKind::Constructor | ItemKind::Setter | ItemKind::Trait)
}
