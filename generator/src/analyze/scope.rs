//! Names that must differ from each other. A scope gives each name only once.

use std::collections::{BTreeMap, HashMap, HashSet};

/// The names taken in a scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// Names that nothing may have.
    reserved: HashSet<String>,
    taken: HashSet<String>,
    /// The number to try next after a name. All lower numbers are taken.
    numbers: HashMap<String, usize>,
    /// The plain names of the things in the scope. A thing never gets the plain name of another one.
    wished: HashSet<String>,
}

/// A thing that gets a name.
pub(super) struct Wish<'w, R> {
    /// The order among things with the same plain name.
    pub rank: R,
    /// Whether the first of the things with this plain name keeps it.
    pub keeps: bool,
    /// The name.
    pub plain: String,
    /// Longer names, for a collision. They are made only then, because collisions are rare.
    pub longer: Box<dyn Fn() -> Vec<String> + 'w>,
}

impl Scope {
    /// A scope in which some names must not be given.
    pub(super) fn reserving<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { reserved: names.into_iter().map(str::to_owned).collect(), ..Self::default() }
    }

    /// Keeps names for the things that wish for them, even if those come later.
    pub(super) fn expect<'n>(&mut self, wishes: impl IntoIterator<Item = &'n str>) {
        self.wished.extend(wishes.into_iter().map(str::to_owned));
    }

    /// Takes the name. If it is taken, takes the first free name with a number after it. The number replaces the underscore of a keyword
    /// (`Self2`).
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

/// Assigns names to the things of one scope. A thing whose wish is unique gets it. Of several things with the same wish, the first gets it
/// if it may keep it. The others get their first longer name that is unique, or else a number.
pub(super) fn assign<R: Ord>(scope: &mut Scope, wishes: &[Wish<'_, R>]) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, wish) in wishes.iter().enumerate() {
        groups.entry(&wish.plain).or_default().push(index);
    }
    scope.expect(groups.keys().copied());
    let mut names = vec![String::new(); wishes.len()];
    let mut numbered = Vec::new();
    for (plain, mut group) in groups {
        group.sort_by_key(|index| wishes.get(*index).map(|wish| &wish.rank));
        let keeps = |index: &usize| wishes.get(*index).is_some_and(|wish| wish.keeps);
        let is_kept = !scope.taken.contains(plain) && (group.len() == 1 || group.first().is_some_and(keeps));
        let (kept, others) = group.split_at(usize::from(is_kept));
        numbered.extend(kept.iter().map(|index| (*index, plain)));
        let told = if others.is_empty() { HashMap::new() } else { telling(wishes, &group) };
        for index in others {
            let own = told.get(index).into_iter().flatten().find(|name| scope.is_free(name));
            match (own, names.get_mut(*index)) {
                (Some(own), Some(name)) => *name = scope.take(own),
                _ => numbered.push((*index, plain)),
            }
        }
    }
    for (index, plain) in numbered {
        if let Some(name) = names.get_mut(index) {
            *name = scope.take(plain);
        }
    }
    names
}

/// For each thing, those of its longer names that only this thing has.
fn telling<R>(wishes: &[Wish<'_, R>], group: &[usize]) -> HashMap<usize, Vec<String>> {
    let longer = |index: &usize| wishes.get(*index).map(|wish| (wish.longer)()).unwrap_or_default();
    let told: Vec<(usize, Vec<String>)> = group.iter().map(|index| (*index, longer(index))).collect();
    let mut holders: HashMap<String, HashSet<usize>> = HashMap::new();
    for (index, names) in &told {
        names.iter().for_each(|name| holders.entry(name.clone()).or_default().extend([*index]));
    }
    let is_alone = |name: &String| holders.get(name).is_some_and(|holders| holders.len() == 1);
    told.into_iter().map(|(index, names)| (index, names.into_iter().filter(is_alone).collect())).collect()
}
