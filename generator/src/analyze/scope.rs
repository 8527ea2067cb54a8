//! Names that must differ from each other: a scope hands each out once.

use std::collections::{HashMap, HashSet};

/// The names taken in a scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
    /// The number to try next behind a name: all lower ones are taken.
    numbers: HashMap<String, usize>,
    /// What some thing wishes to be called: no number may make another thing's name of it.
    wished: HashSet<String>,
}

impl Scope {
    /// A scope in which some names must not be given.
    pub(super) fn reserving<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let taken = names.into_iter().map(str::to_owned).collect();
        Self { taken, ..Self::default() }
    }

    /// Keeps names for those that wish for them, though they come later.
    pub(super) fn expect<'n>(&mut self, wishes: impl IntoIterator<Item = &'n str>) {
        self.wished.extend(wishes.into_iter().map(str::to_owned));
    }

    /// Takes the name, or the first free one with a number behind it, in the place of a keyword's underscore: a camel case
    /// name has none before a digit (`Self2`).
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        if self.taken.contains(name) {
            let stem = name.trim_end_matches('_');
            let mut number = self.numbers.get(stem).copied().unwrap_or(2);
            let is_free = |name: &String| !self.taken.contains(name) && !self.wished.contains(name);
            while !is_free(&format!("{stem}{number}")) {
                number += 1;
            }
            self.numbers.insert(stem.to_owned(), number + 1);
            free = format!("{stem}{number}");
        }
        self.taken.insert(free.clone());
        free
    }
}

/// Names for several things of one scope. Things whose wish is the same get theirs in the order of what the document calls
/// them, not in document order, so that moving one does not rename another; a thing that is called exactly what it wishes
/// comes first. A thing that is alone in its wish gets it, whatever numbers others need.
pub(super) fn assign<'n>(scope: &mut Scope, things: impl IntoIterator<Item = (&'n str, String)>) -> Vec<String> {
    let things: Vec<(&str, String)> = things.into_iter().collect();
    scope.expect(things.iter().map(|(_, wish)| wish.as_str()));
    let mut order: Vec<(usize, &(&str, String))> = things.iter().enumerate().collect();
    // The underscore that keeps a keyword from being one does not make a thing any less called so.
    order.sort_by_key(|(_, (called, wish))| (wish, *called != wish.trim_end_matches('_'), *called));
    let mut names = vec![String::new(); things.len()];
    for (index, (_, wish)) in order {
        if let Some(name) = names.get_mut(index) {
            *name = scope.take(wish);
        }
    }
    names
}
