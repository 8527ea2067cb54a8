//! `oneOf` and `anyOf`: alternatives are a set. They are paired by what they are, not by where they stand.

use super::all_of::named;
use super::{Compare, Words};
use crate::diff::Rule;
use crate::diff::rules::compose;
use crate::diff::wire::located::Located;
use crate::diff::wire::schemas::located_schema::{Alternatives, LocatedSchema};
use crate::diff::wire::schemas::shape::{DEEP, shape};

impl<'d> Compare<'_, 'd> {
    /// Compares the alternatives; whether nothing else is left to compare.
    pub(super) fn alternatives(&mut self) -> bool {
        if self.old.alternatives.is_empty() && !self.old.single_branches.is_empty() && !self.new.alternatives.is_empty()
        {
            self.old = self.graph.old.unfolded(&self.old);
        }
        if self.new.alternatives.is_empty() && !self.new.single_branches.is_empty() && !self.old.alternatives.is_empty()
        {
            self.new = self.graph.new.unfolded(&self.new);
        }
        let (old, new) = (self.old.clone(), self.new.clone());
        let (mut before, mut after) = (old.alternatives.iter(), new.alternatives.iter());
        loop {
            match (before.next(), after.next()) {
                (None, None) => return false,
                (Some(before), Some(after)) => self.alternatives_of(before, after),
                (None, Some(after)) => {
                    if self.appeared(after) {
                        return true;
                    }
                }
                (Some(before), None) => {
                    if self.vanished(before) {
                        return true;
                    }
                }
            }
        }
    }

    fn appeared(&mut self, after: &Alternatives<'d>) -> bool {
        let words = |what: String| Words::new(what).values(None, Some(list(after)));
        if is_beside(&self.old, &self.new) {
            let what = self.say(
                "must be one of several alternatives too: the server may refuse what was right",
                "is one of several alternatives too",
            );
            let places = self.sites.clone();
            self.found(&compose::ALTERNATIVES_REQUIRED, places, words(what));
            return false;
        }
        let own = shape(&mut self.graph.old, &self.old, DEEP);
        let same = after.members.iter().find(|member| {
            let view = self.graph.new.view_of(vec![(*member).clone()]);
            shape(&mut self.graph.new, &view, DEEP) == own
        });
        if let Some(member) = same {
            self.inner(self.sets.0.clone(), vec![member.clone()], self.context);
        }
        let (rule, what): (&'static Rule, String) = match same.is_some() {
            true => (
                &compose::BECAME_ALTERNATIVE,
                self.say(
                    "is one of several alternatives, which may be sent too",
                    "may now be something else, which clients do not expect",
                ),
            ),
            false => (
                &compose::WRAPPED,
                self.say(
                    "is now one of several alternatives: what was sent may be refused",
                    "is now one of several alternatives: what was always there may be missing",
                ),
            ),
        };
        let places = self.sites.clone();
        self.found(rule, places, words(what));
        true
    }

    fn vanished(&mut self, before: &Alternatives<'d>) -> bool {
        let words = |what: String| Words::new(what).values(Some(list(before)), None);
        let places = self.sites.clone();
        if is_beside(&self.new, &self.old) {
            let what = self.say(
                "need not be one of several alternatives any more",
                "may now be none of the alternatives that clients know",
            );
            self.found(&compose::ALTERNATIVES_DROPPED, places, words(what));
            return false;
        }
        let own = shape(&mut self.graph.new, &self.new, DEEP);
        let same = before.members.iter().find(|member| {
            let view = self.graph.old.view_of(vec![(*member).clone()]);
            shape(&mut self.graph.old, &view, DEEP) == own
        });
        if let Some(member) = same {
            self.inner(vec![member.clone()], self.sets.1.clone(), self.context);
        }
        let (rule, what): (&'static Rule, String) = match same.is_some() {
            true => (
                &compose::REDUCED_TO_ALTERNATIVE,
                self.say("must be the one alternative that is left", "is always the one alternative that is left"),
            ),
            false => (&compose::UNWRAPPED, "is none of the alternatives that it was".to_owned()),
        };
        self.found(rule, places, words(what));
        true
    }

    fn alternatives_of(&mut self, old: &Alternatives<'d>, new: &Alternatives<'d>) {
        let places = self.places(if new.exclusive { "oneOf" } else { "anyOf" });
        if old.exclusive != new.exclusive {
            let (rule, what) = match new.exclusive {
                true => (&compose::ANY_OF_TO_ONE_OF, "must be of one alternative alone"),
                false => (&compose::ONE_OF_TO_ANY_OF, "may be of several alternatives at once"),
            };
            self.found(rule, places.clone(), Words::new(what));
        }
        let pairs = self.paired(&old.members, &new.members);
        for (before, after) in &pairs {
            let sets = (old.members.get(*before), new.members.get(*after));
            if let (Some(before), Some(after)) = sets {
                self.inner(vec![before.clone()], vec![after.clone()], self.context.inner());
            }
        }
        self.members(old, new, &pairs);
        let in_order = pairs.windows(2).all(|pair| matches!(pair, [(_, one), (_, other)] if one < other));
        if !in_order && self.new.keyword("discriminator").is_none() {
            let words = Words::new("tries its alternatives in another order").values(Some(list(old)), Some(list(new)));
            self.found(&compose::ALTERNATIVES_REORDERED, places, words);
        }
    }

    /// Alternatives that came or went.
    fn members(&mut self, old: &Alternatives<'d>, new: &Alternatives<'d>, pairs: &[(usize, usize)]) {
        let (kept_old, kept_new): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        for (_, at) in new.members.iter().enumerate().filter(|(index, _)| !kept_new.contains(index)) {
            let rule: &'static Rule = if new.exclusive { &compose::ONE_OF_ADDED } else { &compose::ANY_OF_ADDED };
            let what = self.say(
                "is another alternative, which may be sent",
                "is another alternative, which clients do not expect",
            );
            self.found(rule, (None, Some(at.node.clone())), Words::new(what).values(None, named(at)));
        }
        for (_, at) in old.members.iter().enumerate().filter(|(index, _)| !kept_old.contains(index)) {
            let rule: &'static Rule = if old.exclusive { &compose::ONE_OF_REMOVED } else { &compose::ANY_OF_REMOVED };
            let what = self.say("is no alternative any more: the server may refuse it", "is no alternative any more");
            self.found(rule, (Some(at.node.clone()), None), Words::new(what).values(named(at), None));
        }
    }

    /// Which alternatives stand for each other, in the old order.
    fn paired(&mut self, old: &[Located<'d>], new: &[Located<'d>]) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
        let likeness: [fn(&mut Self, &Located<'d>, &Located<'d>) -> bool; 4] =
            [Self::counterparts, Self::renamed_component, Self::same_shape, Self::alike];
        for alike in likeness {
            for ((before_index, before), before_taken) in old.iter().enumerate().zip(&mut old_taken) {
                let mut left =
                    new.iter().enumerate().zip(&mut new_taken).filter(|(_, taken)| !**taken && !*before_taken);
                if let Some(((after_index, _), taken)) = left.find(|((_, after), _)| alike(self, before, after)) {
                    (*taken, *before_taken) = (true, true);
                    pairs.push((before_index, after_index));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    }

    fn renamed_component(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let (Some(before), Some(after)) = (old.text("$ref"), new.text("$ref")) else { return false };
        let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
        let targets = (old_document.target(&old.node, before), new_document.target(&new.node, after));
        matches!(targets, (Ok(old), Ok(new)) if self.graph.renamed.get(&old) == Some(&new))
    }

    fn same_shape(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        // Components that are both still there are two things, however alike they look.
        if old.text("$ref").is_some() && new.text("$ref").is_some() && !self.may_be_renamed(old, new) {
            return false;
        }
        let (before, after) = (self.graph.old.view_of(vec![old.clone()]), self.graph.new.view_of(vec![new.clone()]));
        shape(&mut self.graph.old, &before, DEEP) == shape(&mut self.graph.new, &after, DEEP)
    }

    fn may_be_renamed(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        let (Some(before), Some(after)) = (old.text("$ref"), new.text("$ref")) else { return false };
        let (old_document, new_document) = (self.graph.old.document, self.graph.new.document);
        old_document.target(&new.node, after).is_err() && new_document.target(&old.node, before).is_err()
    }

    /// Inline schemas of one type, one title, or most of whose properties have the same names.
    fn alike(&mut self, old: &Located<'d>, new: &Located<'d>) -> bool {
        if old.text("$ref").is_some() && new.text("$ref").is_some() {
            return false;
        }
        if let (Some(before), Some(after)) = (old.text("title"), new.text("title")) {
            return before == after;
        }
        let (before, after) = (self.graph.old.view_of(vec![old.clone()]), self.graph.new.view_of(vec![new.clone()]));
        if before.types != after.types {
            return false;
        }
        let shared = before.properties.keys().filter(|name| after.properties.contains_key(*name)).count();
        let most = before.properties.len().max(after.properties.len());
        2 * shared >= most
    }
}

/// Whether alternatives stand beside a shape that both sides have.
fn is_beside(without: &LocatedSchema<'_>, with: &LocatedSchema<'_>) -> bool {
    let is_lost = (with.types.is_none() && without.types.is_some())
        || (with.properties.is_empty() && !without.properties.is_empty());
    !is_lost || !without.has_shape()
}

fn list(alternatives: &Alternatives<'_>) -> String {
    let names = alternatives.members.iter().map(|member| {
        named(member).or_else(|| member.text("type").map(str::to_owned)).unwrap_or_else(|| "(inline)".to_owned())
    });
    super::shorten(&names.collect::<Vec<_>>().join(", "))
}
