//! Names that must differ from each other: a scope hands each out once.

use std::collections::{BTreeMap, HashMap, HashSet};

/// The names taken in a scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Names that nothing may have.
    reserved: HashSet<String>,
    taken: HashSet<String>,
    /// The number to try next behind a name: all lower ones are taken.
    numbers: HashMap<String, usize>,
    /// Names that are wished for. A thing that wishes for another name does not get one of these.
    wished: HashSet<String>,
}

/// A thing that gets a name.
#[derive(Debug)]
pub(super) struct Wish<R> {
    /// Which comes first of those with the same plain name.
    pub rank: R,
    /// Whether the first of them keeps that name.
    pub keeps: bool,
    /// The plain name, then names that tell more, for where others have the same.
    pub names: Vec<String>,
}

impl Scope {
    /// A scope in which some names must not be given.
    pub(super) fn reserving<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { reserved: names.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// Keeps names for those that wish for them, though they come later.
    pub(super) fn expect<'n>(&mut self, wishes: impl IntoIterator<Item = &'n str>) {
        self.wished.extend(wishes.into_iter().map(str::to_owned));
    }

    /// Takes the name, or the first free one with a number behind it, in the place of a keyword's underscore: a camel case
    /// name has none before a digit (`Self2`).
    pub(super) fn take(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        if self.is_taken(name) {
            let stem = name.trim_end_matches('_');
            let mut number = self.numbers.get(stem).copied().unwrap_or(2);
            while !self.is_free(&format!("{stem}{number}")) {
                number += 1;
            }
            self.numbers.insert(stem.to_owned(), number + 1);
            free = format!("{stem}{number}");
        }
        self.taken.insert(free.clone());
        free
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name) || self.reserved.contains(name)
    }

    fn is_free(&self, name: &str) -> bool {
        !self.is_taken(name) && !self.wished.contains(name)
    }
}

/// Assigns names to the things of one scope. A thing whose wish is unique gets it. Of several with one wish, the first gets it if
/// it may keep it. The others get their first longer name that is unique, or a number at last.
pub(super) fn assign<R: Ord>(scope: &mut Scope, wishes: &[Wish<R>]) -> Vec<String> {
    let plain = |wish: &Wish<R>| wish.names.first().cloned().unwrap_or_default();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, wish) in wishes.iter().enumerate() {
        groups.entry(plain(wish)).or_default().push(index);
    }
    scope.expect(groups.keys().map(String::as_str));
    let mut names = vec![String::new(); wishes.len()];
    let mut numbered = Vec::new();
    for (plain, mut group) in groups {
        group.sort_by_key(|index| wishes.get(*index).map(|wish| &wish.rank));
        let told = telling(wishes, &group);
        let keeps = |index: &usize| wishes.get(*index).is_some_and(|wish| wish.keeps);
        if !scope.taken.contains(&plain) && (group.len() == 1 || group.first().is_some_and(keeps)) {
            numbered.push((group.remove(0), plain.clone()));
        }
        for index in group {
            let own = told.get(&index).into_iter().flatten().find(|name| scope.is_free(name));
            match (own, names.get_mut(index)) {
                (Some(own), Some(name)) => *name = scope.take(own),
                _ => numbered.push((index, plain.clone())),
            }
        }
    }
    for (index, plain) in numbered {
        if let Some(name) = names.get_mut(index) {
            *name = scope.take(&plain);
        }
    }
    names
}

/// For each thing, its first name that none of the others has.
fn telling<'w, R>(wishes: &'w [Wish<R>], group: &[usize]) -> HashMap<usize, Vec<&'w String>> {
    let more = |index: &usize| wishes.get(*index).map(|wish| wish.names.as_slice()).into_iter().flatten().skip(1);
    let mut holders: HashMap<&String, HashSet<usize>> = HashMap::new();
    for index in group {
        more(index).for_each(|name| holders.entry(name).or_default().extend([*index]));
    }
    let alone = |name: &&String| holders.get(*name).is_some_and(|holders| holders.len() == 1);
    group.iter().map(|index| (*index, more(index).filter(alone).collect())).collect()
}
