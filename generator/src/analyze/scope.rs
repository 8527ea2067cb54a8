//! Names that must differ from each other: a scope hands each out once.

use std::collections::HashSet;

/// The names taken in a scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names must not be given.
    pub(super) fn reserving<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { taken: names.into_iter().map(str::to_owned).collect() }
    }

    /// Whether the name is free.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }

    /// Takes the name, or the first free one with a number behind it, in the place of a keyword's underscore: a camel case
    /// name has none before a digit (`Self2`).
    pub(super) fn take(&mut self, name: &str) -> String {
        let free = if self.is_free(name) {
            name.to_owned()
        } else {
            let stem = name.trim_end_matches('_');
            let numbered = (2..).map(|number| format!("{stem}{number}"));
            numbered.into_iter().find(|name| self.is_free(name)).unwrap_or_else(|| name.to_owned())
        };
        self.taken.insert(free.clone());
        free
    }
}

/// Names for several things of one scope. Things whose wish is the same get theirs in the order of what the document calls
/// them, not in document order, so that moving one does not rename another; a thing that is called exactly what it wishes
/// comes first.
pub(super) fn assign<'n>(scope: &mut Scope, things: impl IntoIterator<Item = (&'n str, String)>) -> Vec<String> {
    let things: Vec<(&str, String)> = things.into_iter().collect();
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by(|left, right| match (things.get(*left), things.get(*right)) {
        (Some((left, wish)), Some((right, other))) => (wish, *left != wish, left).cmp(&(other, *right != other, right)),
        _ => std::cmp::Ordering::Equal,
    });
    let mut names = vec![String::new(); things.len()];
    for index in order {
        if let (Some((_, wish)), Some(name)) = (things.get(index), names.get_mut(index)) {
            *name = scope.take(wish);
        }
    }
    names
}
