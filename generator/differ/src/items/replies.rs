//! The results of calls: the type of a success or an error, by status if there are several, and the headers.

use generator::emit::item::{Item, Written};

use super::{Comparison, Found, Pair, Told};
use crate::change::Difference;

impl<'a> Comparison<'a> {
    pub(super) fn reply(&mut self, pair: Pair<'a>) {
        match (is_several(pair.was), is_several(pair.now)) {
            (true, true) => self.inside(pair, &mut Told::new()),
            (false, false) if self.holds_same(pair.was, pair.now) => {}
            _ => {
                for (was, now) in self.differing(pair) {
                    let old = was.map_or_else(|| self.old.node(pair.was), |outcome| self.old.node(outcome));
                    let new = now.map_or_else(|| self.new.node(pair.now), |outcome| self.new.node(outcome));
                    let found = Found::breaking(Difference::Retyped, None);
                    self.push(pair.was, (Some(pair.was), old), (Some(pair.now), new), found);
                }
            }
        }
    }

    /// The statuses that exist in one crate only, or whose types differ. If there are none, one pair that stands for the whole reply.
    fn differing(&self, pair: Pair<'a>) -> Vec<(Option<&'a Item<'a>>, Option<&'a Item<'a>>)> {
        let (old, new) = (&pair.was.inside, &pair.now.inside);
        let of = |items: &'a [Item<'a>], outcome: &Item<'a>| items.iter().find(|it| it.meaning == outcome.meaning);
        let gone = old.iter().map(|was| (Some(was), of(new, was)));
        let gone = gone.filter(|(was, now)| was.zip(*now).is_none_or(|(was, now)| !self.holds_same(was, now)));
        let added = new.iter().filter(|now| of(old, now).is_none()).map(|now| (None, Some(now)));
        let found: Vec<_> = gone.chain(added).collect();
        if found.is_empty() { vec![(None, None)] } else { found }
    }

    /// Compares the header structures of replies. An alias must lead to the same structure as before.
    pub(super) fn headers(&mut self, pair: Pair<'a>) {
        let owner = |item: &'a Item<'a>| match item.held() {
            Some(Written::Own(owner)) => owner.as_str(),
            _ => &item.path,
        };
        let (was, is) = (owner(pair.was), owner(pair.now));
        let shared = self.types.headers(was).map(owner);
        if was != pair.was.path && shared != Some(is) && pair.was.path == pair.now.path {
            self.changed(pair, Found::breaking(Difference::Retyped, None));
        }
    }
}

/// Whether a reply is an enum of several types.
fn is_several(reply: &Item<'_>) -> bool {
    matches!(reply.held(), Some(Written::Own(_)))
}
