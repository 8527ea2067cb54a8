//! Compares two schemas, one keyword after the other.

mod all_of;
mod alternatives;
mod bounds;
mod conditions;
mod discriminators;
mod lists;
mod misfit;
mod objects;
mod pairing;
mod subset;
mod texts;
mod types;
mod values;

pub(super) use all_of::{called, named};

use std::rc::Rc;

use generator::node::Node;
use generator::schema::JsonType;
use serde_json::Value;

use crate::change::Places;
use crate::rules::{Rule, compose, life};
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::Finding;
use crate::wire::lifecycle;
use crate::wire::located::Located;
use crate::wire::schemas::graph::{Context, Graph, PairId, same_place};
use crate::wire::schemas::located_schema::LocatedSchema;

/// Compares all pairs that wait.
pub(super) fn explore(graph: &mut Graph<'_>) {
    while let Some(id) = graph.next() {
        let Some(pair) = graph.get(id) else { continue };
        let (old, new, context) = (pair.old, pair.new, pair.context);
        let sets = (graph.old.set(old), graph.new.set(new));
        let site = |set: &[Located<'_>]| set.first().map(|at| at.node.clone());
        let sites = (site(&sets.0), site(&sets.1));
        let (old, new) = (graph.old.view(old), graph.new.view(new));
        let mut compare = Compare { graph, context, old, new, sets, sites, findings: Vec::new(), inner: Vec::new() };
        compare.all();
        let Compare { findings, inner, .. } = compare;
        graph.settle(id, findings, inner);
    }
}

/// The comparison of a pair.
struct Compare<'g, 'd> {
    graph: &'g mut Graph<'d>,
    context: Context,
    old: Rc<LocatedSchema<'d>>,
    new: Rc<LocatedSchema<'d>>,
    /// The sets of schemas that are compared.
    sets: (Vec<Located<'d>>, Vec<Located<'d>>),
    /// Where the two schemas are.
    sites: (Option<Node>, Option<Node>),
    findings: Vec<Finding>,
    inner: Vec<PairId>,
}

/// The text of a finding, and what belongs to it.
#[derive(Default)]
struct Words {
    what: String,
    before: Option<String>,
    after: Option<String>,
    hint: Option<String>,
    /// The verdict, where it is not that of the rule.
    verdict: Option<Verdict>,
    /// The part that the finding is about, for a place that has several parts.
    about: Option<String>,
    /// The member of the object that the finding is about.
    member: Option<String>,
    /// The other places of the edit.
    more: Vec<Places>,
}

impl Words {
    fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    fn values(self, before: Option<String>, after: Option<String>) -> Self {
        Self { before, after, ..self }
    }

    fn more(self, more: Vec<Places>) -> Self {
        Self { more, ..self }
    }

    fn member(self, member: &str) -> Self {
        Self { member: Some(member.to_owned()), ..self }
    }

    fn about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }

    fn verdict(self, verdict: Option<Verdict>) -> Self {
        Self { verdict, ..self }
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl<'d> Compare<'_, 'd> {
    fn all(&mut self) {
        self.lifecycle();
        self.all_of();
        if self.alternatives() {
            return;
        }
        if !self.types() {
            return;
        }
        self.nullable();
        self.values();
        self.defaults();
        self.contents();
        self.bounds();
        if self.both_admit(JsonType::Object) {
            self.objects();
        }
        if self.both_admit(JsonType::Array) {
            self.lists();
        }
        self.conditions();
        self.subtypes();
    }

    /// If a base is sent or received, so are its subtypes.
    fn subtypes(&mut self) {
        let ([old], [new]) = (self.sets.0.as_slice(), self.sets.1.as_slice()) else { return };
        let (mut before, after) = (self.graph.old.subtypes(old), self.graph.new.subtypes(new));
        let (had_none, has_none) = (before.is_empty(), after.is_empty());
        let name = |node: &Node| node.pointer.last().map(str::to_owned);
        for new in after {
            let Some(old) = before.iter().position(|old| self.graph.correspond(old, &new)) else {
                let what =
                    self.say("may be of another subtype", "may now be of another subtype, which clients do not know");
                let words = Words::new(what).values(None, name(&new)).about(name(&new).unwrap_or_default());
                if !had_none {
                    self.found(&compose::SUBTYPE_ADDED, self.sites.clone(), words);
                }
                continue;
            };
            let old = before.remove(old);
            let places =
                (Located::new(self.graph.old.document, old.clone()), Located::new(self.graph.new.document, new));
            if let (Some(old), Some(new)) = places {
                self.inner(vec![old], vec![new], self.context);
            }
        }
        for old in before.iter().filter(|_| !has_none) {
            let what =
                self.say("must not be of a subtype any more: the server may refuse it", "is no longer of a subtype");
            let words = Words::new(what).values(name(old), None).about(name(old).unwrap_or_default());
            self.found(&compose::SUBTYPE_REMOVED, self.sites.clone(), words);
        }
    }

    /// The schema by which a value is sent, and the one by which it is read. Built clients know the old one.
    fn sent_and_read(&self) -> (&LocatedSchema<'d>, &LocatedSchema<'d>) {
        match self.context.direction {
            Direction::Request => (&self.old, &self.new),
            Direction::Response => (&self.new, &self.old),
        }
    }

    /// Whether both sides admit values of a type. If the types are equal, their keywords are compared even if they do not fit the type.
    fn both_admit(&self, ty: JsonType) -> bool {
        let admits = |view: &LocatedSchema<'_>| view.types.as_ref().is_none_or(|types| types.contains(&ty));
        self.old.types == self.new.types || (admits(&self.old) && admits(&self.new))
    }

    fn lifecycle(&mut self) {
        let side = |view: &LocatedSchema<'_>| {
            let of = |key: &str| view.keyword(key).map(|(_, value)| value.clone());
            lifecycle::Stage::new(of("deprecated"), of("x-sunset"), of("x-stability-level"))
        };
        let noted = lifecycle::compare(&side(&self.old), &side(&self.new), &life::PROPERTY);
        for note in noted {
            let words = Words::new(note.what).values(note.before, note.after);
            let places = self.places(note.key);
            self.found(note.rule, places, words);
        }
    }

    /// Notes a difference.
    fn found(&mut self, rule: &'static Rule, places: Places, words: Words) {
        let Words { what, before, after, hint, verdict, about, member, more } = words;
        let hidden = self.context.hidden;
        let verdict = verdict.filter(|_| !hidden).unwrap_or_else(|| match hidden {
            true => Verdict::Compatible,
            false => rule.verdict(self.context.direction),
        });
        let what = if hidden { fact(&what).to_owned() } else { what };
        let (old, new) = places;
        self.findings.push(Finding { rule, old, new, verdict, what, before, after, hint, hidden, about, member, more });
    }

    /// Requests the comparison of two schemas inside these two.
    fn inner(&mut self, old: Vec<Located<'d>>, new: Vec<Located<'d>>, context: Context) {
        let inner = self.graph.pair(old, new, context);
        self.inner.push(inner);
    }

    /// The sentence that fits the direction.
    fn say(&self, sent: &str, received: &str) -> String {
        match self.context.direction {
            Direction::Request => sent.to_owned(),
            Direction::Response => received.to_owned(),
        }
    }

    /// The places of a keyword on both sides. If a side lacks it, the place of the part that would have it.
    fn places(&mut self, key: &str) -> Places {
        let (old, new) = (self.old.keyword(key), self.new.keyword(key));
        // If the keyword has the same value on both sides, the edit is elsewhere.
        if old.zip(new).is_some_and(|((_, old), (_, new))| old == new) {
            return self.sites.clone();
        }
        self.places_of(old.map(|(part, _)| part), new.map(|(part, _)| part))
    }

    /// Where two parts are, one of which may be unknown.
    fn places_of(&mut self, old: Option<usize>, new: Option<usize>) -> Places {
        let (old_view, new_view) = (self.old.clone(), self.new.clone());
        let old_node = old.and_then(|part| old_view.parts.get(part)).map(|part| &part.at.node);
        let new_node = new.and_then(|part| new_view.parts.get(part)).map(|part| &part.at.node);
        let documents = (self.graph.old.document, self.graph.new.document);
        let in_old = |node: &Node| {
            let mut nodes = old_view.parts.iter().map(|part| &part.at.node);
            nodes.find(|old| same_place(documents.0, old, documents.1, node)).cloned()
        };
        let in_new = |node: &Node| {
            let mut nodes = new_view.parts.iter().map(|part| &part.at.node);
            nodes.find(|new| same_place(documents.0, node, documents.1, new)).cloned()
        };
        let both = match (old_node, new_node) {
            (Some(old), Some(new)) if same_place(documents.0, old, documents.1, new) => {
                Some((old.clone(), new.clone()))
            }
            (Some(old), None) => in_new(old).map(|new| (old.clone(), new)),
            (None, Some(new)) => in_old(new).map(|old| (old, new.clone())),
            _ => None,
        };
        match both {
            Some((old, new)) => (Some(old), Some(new)),
            None => self.sites.clone(),
        }
    }
}

/// The fact in a sentence, without its consequence for callers. A value that does not travel has no consequence.
fn fact(what: &str) -> &str {
    let is_outside = |text: &str| text.matches('`').count().is_multiple_of(2);
    let cut = [": ", ", which clients "].into_iter().filter_map(|start| what.rsplit_once(start));
    cut.map(|(fact, _)| fact).find(|fact| is_outside(fact)).unwrap_or(what)
}

/// A value in a few words.
fn brief(value: &Value) -> String {
    shorten(&value.to_string())
}

/// A list of values in a few words.
fn brief_all(values: &[&Value]) -> String {
    let texts: Vec<String> = values.iter().map(|value| value.to_string()).collect();
    shorten(&texts.join(", "))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
