//! Elements that `allOf` gained or lost.
//!
//! It does not matter how a schema is divided into parts, so the merged views are compared. But if a whole part is added or removed and the
//! others stay, this is one change, whatever the part contains. The exception is a part that is removed from a reply: clients miss what it
//! promised.

use std::rc::Rc;

use generator::document::Document;
use generator::schema::WORDS;

use super::subset::{Members, Subset};
use super::{Compare, Words};
use crate::Rule;
use crate::rules::compose;
use crate::verdict::Direction;
use crate::wire::located::Located;
use crate::wire::schemas::graph::same_place;
use crate::wire::schemas::located_schema::LocatedSchema;

impl<'d> Compare<'_, 'd> {
    /// Reports whole parts that were added or removed, and takes them out of the views.
    pub(super) fn all_of(&mut self) {
        let (old, new) = (self.old.clone(), self.new.clone());
        // Of several schemas that hold together, one may have become an `allOf` of what it was.
        if (old.members.is_empty() && new.members.is_empty()) || !old.is_whole || !new.is_whole {
            return;
        }
        let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
        let members = |document: &'d Document, view: &LocatedSchema<'d>| -> Vec<Located<'d>> {
            view.members.iter().filter_map(|node| Located::new(document, node.clone())).collect()
        };
        let (before, after) = (members(old_document, &old), members(new_document, &new));
        let (lost, gained) = self.unpaired(&before, &after);
        if lost.is_empty() && !gained.is_empty() && self.is_apart(&new, &gained, &old) {
            if gained.iter().filter_map(|index| after.get(*index)).all(|at| self.is_implied(at)) {
                return;
            }
            let rest = self.graph.new.without(&new, &gained);
            // What the schema itself said has moved into the part. In a part, `additionalProperties` sees only the part's own properties, so it
            // does not mean the same.
            let limits_members = gained.iter().filter_map(|index| after.get(*index)).any(|at| {
                let part = self.graph.new.view_of(vec![at.clone()]);
                part.keyword("additionalProperties").is_some()
            });
            if !limits_members && self.is_same() && self.misses(&rest, &old) {
                return;
            }
            self.new = rest;
            for at in gained.iter().filter_map(|index| after.get(*index)) {
                let (rule, what): (&'static Rule, String) = match is_words(at) {
                    true => {
                        (&compose::ALL_OF_WORDS_ADDED, "has another part that says nothing of the value".to_owned())
                    }
                    false => {
                        (&compose::ALL_OF_ADDED, self.say("must fit another schema too", "fits another schema too"))
                    }
                };
                self.found(rule, (None, Some(at.node.clone())), Words::new(what).values(None, named(at)));
            }
        } else if gained.is_empty() && !lost.is_empty() && self.is_apart(&old, &lost, &new) {
            // In a reply, clients miss what the part promised, so the part stays in the view, and its content is compared.
            if self.context.direction == Direction::Request {
                self.old = self.graph.old.without(&old, &lost);
            }
            for at in lost.iter().filter_map(|index| before.get(*index)) {
                let (rule, what): (&'static Rule, String) = match is_words(at) {
                    true => {
                        (&compose::ALL_OF_WORDS_REMOVED, "has lost a part that said nothing of the value".to_owned())
                    }
                    false => {
                        let sent = "need not fit one of its schemas any more; what only that speaks of may be refused or ignored";
                        (&compose::ALL_OF_REMOVED, self.say(sent, "need not fit one of its schemas any more"))
                    }
                };
                self.found(rule, (Some(at.node.clone()), None), Words::new(what).values(named(at), None));
            }
        }
    }

    /// Whether a part demands only what held before. A part without a demand does not count, because it has a rule of its own. Nor does a
    /// component that was not a part before: later versions of it may demand more.
    fn is_implied(&mut self, part: &Located<'d>) -> bool {
        let document = self.graph.new.document;
        let is_repeated = |target| {
            let mut others = self.new.members.iter().filter(|other| **other != part.node);
            others.any(|other| document.follow(other).is_ok_and(|other| other == target))
        };
        let is_new = part.text("$ref").is_some() && !document.follow(&part.node).is_ok_and(is_repeated);
        if is_new || is_words(part) {
            return false;
        }
        let part = self.graph.new.view_of(vec![part.clone()]);
        let (old, new) = (&mut self.graph.old, &mut self.graph.new);
        Subset::new(old, new, self.context, Members::More).holds(&self.old, &part).is_ok()
    }

    /// Whether a new schema admits more than the old one.
    fn misses(&mut self, new: &Rc<LocatedSchema<'d>>, old: &Rc<LocatedSchema<'d>>) -> bool {
        let graph = &mut *self.graph;
        Subset::new(&mut graph.new, &mut graph.old, self.context, Members::Same).holds(new, old).is_err()
    }

    /// The elements of each list without a counterpart in the other.
    fn unpaired(&mut self, old: &[Located<'d>], new: &[Located<'d>]) -> (Vec<usize>, Vec<usize>) {
        let mut gained: Vec<usize> = (0..new.len()).collect();
        let mut lost = Vec::new();
        for (index, before) in old.iter().enumerate() {
            let found = gained
                .iter()
                .position(|candidate| new.get(*candidate).is_some_and(|after| self.counterparts(before, after)));
            match found {
                Some(position) => {
                    gained.remove(position);
                }
                None => lost.push(index),
            }
        }
        // If elements are left over on both sides, they count as edited. Only what the longer side has in addition was added or removed.
        let edited = lost.len().min(gained.len());
        (lost.split_off(edited), gained.split_off(edited))
    }

    /// Whether two schemas correspond: they are the same component, or have the same text.
    pub(super) fn counterparts(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        match (old.text("$ref"), new.text("$ref")) {
            (Some(before), Some(after)) => {
                let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
                let targets = (old_document.target(&old.node, before), new_document.target(&new.node, after));
                matches!(targets, (Ok(old), Ok(new)) if same_place(old_document, &old, new_document, &new))
            }
            (None, None) => old.value == new.value,
            _ => false,
        }
    }

    /// Whether the other side has no property of these parts, so that nothing has only been moved, and the schema has other parts too.
    fn is_apart(&self, whole: &LocatedSchema<'d>, parts: &[usize], other: &LocatedSchema<'d>) -> bool {
        let own = |member: Option<usize>| member.is_some_and(|member| parts.contains(&member));
        let spoken = whole.parts.iter().filter(|part| own(part.member));
        let mut properties =
            spoken.flat_map(|part| part.at.value.get("properties").and_then(|it| it.as_object()).into_iter().flatten());
        properties.all(|(name, _)| !other.properties.contains_key(name.as_str()))
            && (!other.members.is_empty() || whole.parts.iter().any(|part| !own(part.member) && is_telling(&part.at)))
    }
}

/// Whether a schema says nothing about the value.
fn is_words(at: &Located<'_>) -> bool {
    let is_silent = |key: &str| WORDS.contains(&key) || key == "deprecated" || key.starts_with("x-");
    at.object().is_some_and(|members| members.keys().all(|key| is_silent(key)))
}

/// Whether a schema object says something about the value itself, and does not only refer to other schemas.
fn is_telling(at: &Located<'_>) -> bool {
    at.object().is_some_and(|members| members.contains_key("type") || members.contains_key("properties"))
}

/// What an alternative is called: its name, or else its type.
pub(in crate::wire) fn called(at: &Located<'_>) -> Option<String> {
    named(at).or_else(|| at.text("type").map(str::to_owned))
}

/// The name of a component, or the title of what has no name.
pub(in crate::wire) fn named(at: &Located<'_>) -> Option<String> {
    let name = at.text("$ref").map(|text| text.rsplit('/').next().unwrap_or(text));
    name.or_else(|| at.text("title")).map(str::to_owned)
}
