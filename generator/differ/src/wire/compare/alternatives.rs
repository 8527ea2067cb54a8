//! `oneOf` and `anyOf`: alternatives are a set. They are paired by their content, not by their positions.
//!
//! Another composition of the same values is not a change. Otherwise the verdict depends on whether all old values are new values,
//! and the reverse.

use std::rc::Rc;

use generator::schema::JsonType;

use super::all_of::called;
use super::misfit::Misfit;
use super::subset::{Members, Subset};
use super::types::overlap;
use super::{Compare, Words};
use crate::Rule;
use crate::change::Places;
use crate::rules::compose;
use crate::verdict::{Direction, Verdict};
use crate::wire::located::Located;
use crate::wire::schemas::graph::Context;
use crate::wire::schemas::located_schema::{Alternatives, LocatedSchema};
use crate::wire::schemas::shape::{DEEP, shape};

impl<'d> Compare<'_, 'd> {
    /// Compares the alternatives. Says whether nothing else is left to compare.
    pub(super) fn alternatives(&mut self) -> bool {
        if self.old.is_single() && self.new.is_several() {
            self.old = self.graph.old.unfolded(&self.old);
        }
        if self.new.is_single() && self.old.is_several() {
            self.new = self.graph.new.unfolded(&self.new);
        }
        let (old, new) = (self.old.clone(), self.new.clone());
        // A union becomes one alternative among others, or the reverse.
        if let Some(list) = new.alternatives.first().filter(|list| self.is_listed_in_new(list)) {
            return self.appeared(list);
        }
        if let Some(list) = old.alternatives.first().filter(|list| self.is_listed_in_old(list)) {
            return self.vanished(list);
        }
        let (mut before, mut after) = (old.alternatives.iter(), new.alternatives.iter());
        loop {
            let ends = match (before.next(), after.next()) {
                (None, None) => return false,
                (Some(before), Some(after)) => self.alternatives_of(before, after),
                (None, Some(after)) => self.appeared(after),
                (Some(before), None) => self.vanished(before),
            };
            if ends {
                return true;
            }
        }
    }

    fn is_listed_in_new(&mut self, list: &Alternatives<'d>) -> bool {
        let [only] = self.sets.0.as_slice() else { return false };
        let only = only.clone();
        only.text("$ref").is_some() && list.members.iter().any(|member| self.counterparts(&only, member))
    }

    fn is_listed_in_old(&mut self, list: &Alternatives<'d>) -> bool {
        let [only] = self.sets.1.as_slice() else { return false };
        let only = only.clone();
        only.text("$ref").is_some() && list.members.iter().any(|member| self.counterparts(member, &only))
    }

    /// Why some old value is not a new value. `None` if all old values are new values.
    pub(super) fn refused(&mut self, members: Members) -> Option<Misfit> {
        let (old, new) = (self.old.clone(), self.new.clone());
        let graph = &mut *self.graph;
        Subset::new(&mut graph.old, &mut graph.new, self.context, members).holds(&old, &new).err()
    }

    /// Why some new value is not an old value. `None` if all new values are old values.
    pub(super) fn unexpected(&mut self, members: Members) -> Option<Misfit> {
        let (old, new) = (self.old.clone(), self.new.clone());
        let graph = &mut *self.graph;
        Subset::new(&mut graph.new, &mut graph.old, self.context, members).holds(&new, &old).err()
    }

    /// Whether both mean the same.
    pub(super) fn is_same(&mut self) -> bool {
        self.refused(Members::Same).is_none() && self.unexpected(Members::Same).is_none()
    }

    /// Notes another composition of the same values. Nothing else is left to compare.
    fn recomposed(&mut self) -> bool {
        let words = Words::new("is composed otherwise, and admits the same values").more(self.branches());
        self.found(&compose::RECOMPOSED, self.sites.clone(), words);
        true
    }

    /// The places of all alternatives. They were added or removed with their lists.
    fn branches(&self) -> Vec<Places> {
        let members = |view: &LocatedSchema<'d>| {
            view.alternatives.iter().flat_map(|list| list.members.clone()).collect::<Vec<_>>()
        };
        branches([&members(&self.old), &[]], [&members(&self.new), &[]])
    }

    /// The verdict of a harmless change in this direction. `None` if it may do harm.
    fn harmless(&self, refused: Option<&Misfit>, unexpected: Option<&Misfit>) -> Option<Verdict> {
        let misfit = match self.context.direction {
            Direction::Request => refused,
            Direction::Response => unexpected,
        };
        misfit.is_none().then_some(Verdict::Compatible)
    }

    fn appeared(&mut self, after: &Alternatives<'d>) -> bool {
        if self.is_same() {
            return self.recomposed();
        }
        let same = self.same_in_new(after);
        let is_beside = same.is_none() && is_beside(&self.old, &self.new);
        if let Some(member) = &same {
            self.inner(self.sets.0.clone(), vec![member.clone()], self.context);
        }
        let (refused, unexpected) = (self.refused(Members::Kept), self.unexpected(Members::Shared));
        let verdict = self.harmless(refused.as_ref(), unexpected.as_ref());
        let (rule, what): (&'static Rule, String) =
            if is_beside || (same.is_none() && refused.is_some() && unexpected.is_none()) {
                let what = match verdict {
                    Some(_) => "is one of several alternatives too",
                    None => "must be one of several alternatives too: the server may refuse what was right",
                };
                (&compose::ALTERNATIVES_REQUIRED, what.to_owned())
            } else if same.is_some() || refused.is_none() {
                let what = match (verdict, self.context.direction) {
                    (None, Direction::Response) => "may now be something else, which clients do not expect",
                    (Some(_), Direction::Response) => "is one of several alternatives, all of which clients can read",
                    (_, Direction::Request) => "is one of several alternatives, which may be sent too",
                };
                (&compose::BECAME_ALTERNATIVE, what.to_owned())
            } else {
                (&compose::WRAPPED, format!("is now one of several alternatives: {}", self.why(refused, unexpected)))
            };
        let places = self.places_of(None, Some(after.part));
        self.found(
            rule,
            places,
            Words::new(what).values(None, Some(list(after))).verdict(verdict).more(self.branches()),
        );
        !is_beside
    }

    fn vanished(&mut self, before: &Alternatives<'d>) -> bool {
        if self.is_same() {
            return self.recomposed();
        }
        let same = self.same_in_old(before);
        let is_beside = same.is_none() && is_beside(&self.new, &self.old);
        if let Some(member) = &same {
            self.inner(vec![member.clone()], self.sets.1.clone(), self.context);
        }
        let (refused, unexpected) = (self.refused(Members::Kept), self.unexpected(Members::Shared));
        let verdict = self.harmless(refused.as_ref(), unexpected.as_ref());
        let (rule, what): (&'static Rule, String) = if is_beside
            || (same.is_none() && unexpected.is_some() && refused.is_none())
        {
            let what = match (verdict, self.context.direction) {
                (None, Direction::Response) => "may now be none of the alternatives that clients know",
                _ => "need not be one of several alternatives any more",
            };
            (&compose::ALTERNATIVES_DROPPED, what.to_owned())
        } else if same.is_some() || unexpected.is_none() {
            let what = match self.context.direction {
                Direction::Request => "must be the one alternative that is left",
                Direction::Response => "is always the one alternative that is left",
            };
            (&compose::REDUCED_TO_ALTERNATIVE, what.to_owned())
        } else {
            (&compose::UNWRAPPED, format!("is none of the alternatives that it was: {}", self.why(refused, unexpected)))
        };
        let places = self.places_of(Some(before.part), None);
        self.found(
            rule,
            places,
            Words::new(what).values(Some(list(before)), None).verdict(verdict).more(self.branches()),
        );
        !is_beside
    }

    /// What breaks in this direction.
    fn why(&self, refused: Option<Misfit>, unexpected: Option<Misfit>) -> String {
        let misfit = match self.context.direction {
            Direction::Request => refused,
            Direction::Response => unexpected,
        };
        misfit.map_or_else(
            || self.say("all that was sent fits", "clients can read all of it"),
            |it| it.told(self.context.direction),
        )
    }

    /// The alternative that equals the old schema as a whole: the same component, or else one of the same shape.
    fn same_in_new(&mut self, after: &Alternatives<'d>) -> Option<Located<'d>> {
        if let [only] = self.sets.0.clone().as_slice()
            && only.text("$ref").is_some()
            && let Some(member) = after.members.iter().find(|member| self.counterparts(only, member))
        {
            return Some(member.clone());
        }
        if is_beside(&self.old, &self.new) {
            return None;
        }
        let own = shape(&mut self.graph.old, &self.old, DEEP);
        let is_same = |member: &&Located<'d>| {
            let view = self.graph.new.view_of(vec![(*member).clone()]);
            shape(&mut self.graph.new, &view, DEEP) == own
        };
        after.members.iter().find(is_same).cloned()
    }

    fn same_in_old(&mut self, before: &Alternatives<'d>) -> Option<Located<'d>> {
        if let [only] = self.sets.1.clone().as_slice()
            && only.text("$ref").is_some()
            && let Some(member) = before.members.iter().find(|member| self.counterparts(member, only))
        {
            return Some(member.clone());
        }
        if is_beside(&self.new, &self.old) {
            return None;
        }
        let own = shape(&mut self.graph.new, &self.new, DEEP);
        let is_same = |member: &&Located<'d>| {
            let view = self.graph.old.view_of(vec![(*member).clone()]);
            shape(&mut self.graph.old, &view, DEEP) == own
        };
        before.members.iter().find(is_same).cloned()
    }

    /// Compares two lists. Says whether nothing else is left to compare.
    fn alternatives_of(&mut self, old: &Alternatives<'d>, new: &Alternatives<'d>) -> bool {
        let (before, after) = self.flattened(&old.members, &new.members);
        if before.len() != old.members.len() || after.len() != new.members.len() {
            let branches = branches([old.members.as_slice(), &before], [new.members.as_slice(), &after]);
            let words = Words::new("has its alternatives in other lists").more(branches);
            self.found(&compose::RECOMPOSED, self.sites.clone(), words);
        }
        let (old, new) = (&Alternatives { members: before, ..*old }, &Alternatives { members: after, ..*new });
        let pairs = self.paired(&old.members, &new.members);
        // An alternative that was only added or removed is reported as such, even if other alternatives look alike.
        if pairs.len() < old.members.len() && pairs.len() < new.members.len() && self.is_same() {
            return self.recomposed();
        }
        let places = self.places_of(Some(old.part), Some(new.part));
        if old.exclusive != new.exclusive {
            let (rule, what) = match new.exclusive {
                true => (&compose::ANY_OF_TO_ONE_OF, "must be of one alternative alone"),
                false => (&compose::ONE_OF_TO_ANY_OF, "may be of several alternatives at once"),
            };
            self.found(rule, places.clone(), Words::new(what));
        }
        let may_be_null = match self.context.direction {
            Direction::Request => self.graph.new.admits_null(&self.new),
            Direction::Response => self.graph.old.admits_null(&self.old),
        };
        for (before, after) in &pairs {
            if let (Some(before), Some(after)) = (old.members.get(*before), new.members.get(*after)) {
                let hidden = self.context.hidden || self.is_covered(before, after);
                let context = Context { hidden, may_be_null, ..self.context.inner() };
                self.inner(vec![before.clone()], vec![after.clone()], context);
            }
        }
        self.members(old, new, &pairs);
        let in_order = pairs.windows(2).all(|pair| matches!(pair, [(_, one), (_, other)] if one < other));
        if !in_order && self.new.keyword("discriminator").is_none() {
            let words = Words::new("tries its alternatives in another order").values(Some(list(old)), Some(list(new)));
            self.found(&compose::ALTERNATIVES_REORDERED, places, words);
        }
        false
    }

    /// Reports alternatives that were added or removed.
    fn members(&mut self, old: &Alternatives<'d>, new: &Alternatives<'d>, pairs: &[(usize, usize)]) {
        let (kept_old, kept_new): (Vec<usize>, Vec<usize>) = pairs.iter().copied().unzip();
        for (_, at) in new.members.iter().enumerate().filter(|(index, _)| !kept_new.contains(index)) {
            let rule: &'static Rule = if new.exclusive { &compose::ONE_OF_ADDED } else { &compose::ANY_OF_ADDED };
            // In `oneOf`, a value belongs to one alternative only.
            let is_known = !new.exclusive && self.context.direction == Direction::Response && self.is_known(at);
            let what = match is_known {
                true => "is another alternative, whose values clients can read as before".to_owned(),
                false => self.say(
                    "is another alternative, which may be sent",
                    "is another alternative, which clients do not expect",
                ),
            };
            let words = Words::new(what).values(None, called(at)).verdict(is_known.then_some(Verdict::Compatible));
            self.found(rule, (None, Some(at.node.clone())), words);
        }
        for (_, at) in old.members.iter().enumerate().filter(|(index, _)| !kept_old.contains(index)) {
            let rule: &'static Rule = if old.exclusive { &compose::ONE_OF_REMOVED } else { &compose::ANY_OF_REMOVED };
            // Objects and lists may mean something else in another alternative.
            let is_sent = self.context.direction == Direction::Request;
            let may_move = is_sent && self.is_scalar(at) && (!new.exclusive || self.has_one_type_alone(at, new));
            let is_kept = may_move && self.is_kept(at);
            let what = match is_kept {
                true => "is no longer an alternative, and another one admits its values".to_owned(),
                false => {
                    self.say("is no longer an alternative: the server may refuse it", "is no longer an alternative")
                }
            };
            let words = Words::new(what).values(called(at), None).verdict(is_kept.then_some(Verdict::Compatible));
            self.found(rule, (Some(at.node.clone()), None), words);
        }
    }

    fn is_scalar(&mut self, member: &Located<'d>) -> bool {
        let view = self.graph.old.view_of(vec![member.clone()]);
        let is_open = |ty: &JsonType| matches!(ty, JsonType::Object | JsonType::Array);
        view.types.as_ref().is_some_and(|types| !types.iter().any(is_open))
    }

    /// Whether exactly one new alternative has a type in common with an old one. Then no value fits two new alternatives.
    fn has_one_type_alone(&mut self, member: &Located<'d>, new: &Alternatives<'d>) -> bool {
        let member = self.graph.old.view_of(vec![member.clone()]);
        let mut views = new.members.iter().map(|at| self.graph.new.view_of(vec![at.clone()]));
        let mut common = views.by_ref().filter(|view| overlap(&member, view));
        common.next().is_some() && common.next().is_none()
    }

    /// Whether all values of an old alternative are values of the new schema.
    fn is_kept(&mut self, member: &Located<'d>) -> bool {
        let (member, new) = (self.graph.old.view_of(vec![member.clone()]), self.new.clone());
        let graph = &mut *self.graph;
        Subset::new(&mut graph.old, &mut graph.new, self.context, Members::Kept).holds(&member, &new).is_ok()
    }

    /// Whether two lists of values differ, but the other alternatives admit the same values anyway.
    fn is_covered(&mut self, before: &Located<'d>, after: &Located<'d>) -> bool {
        let views = (self.graph.old.view_of(vec![before.clone()]), self.graph.new.view_of(vec![after.clone()]));
        let are_lists = views.0.values.is_some() && views.1.values.is_some() && views.0.values != views.1.values;
        are_lists
            && match self.context.direction {
                Direction::Request => self.is_kept(before),
                Direction::Response => self.is_known(after),
            }
    }

    /// Whether all values of a new alternative are values of the old schema.
    fn is_known(&mut self, member: &Located<'d>) -> bool {
        let (member, old) = (self.graph.new.view_of(vec![member.clone()]), self.old.clone());
        let graph = &mut *self.graph;
        Subset::new(&mut graph.new, &mut graph.old, self.context, Members::More).holds(&member, &old).is_ok()
    }
}

/// The places of alternatives of old and of new.
fn branches(old: [&[Located<'_>]; 2], new: [&[Located<'_>]; 2]) -> Vec<Places> {
    let nodes = |lists: [&[Located<'_>]; 2]| lists.concat().into_iter().map(|at| at.node).collect::<Vec<_>>();
    let gone = nodes(old).into_iter().map(|node| (Some(node), None));
    gone.chain(nodes(new).into_iter().map(|node| (None, Some(node)))).collect()
}

/// Whether the alternatives are next to a shape that both sides have.
fn is_beside(without: &Rc<LocatedSchema<'_>>, with: &Rc<LocatedSchema<'_>>) -> bool {
    let is_lost = (with.types.is_none() && without.types.is_some())
        || (with.properties.is_empty() && !without.properties.is_empty());
    !is_lost || !without.has_shape()
}

fn list(alternatives: &Alternatives<'_>) -> String {
    let names = alternatives.members.iter().map(|member| called(member).unwrap_or_else(|| "(inline)".to_owned()));
    super::shorten(&names.collect::<Vec<_>>().join(", "))
}
