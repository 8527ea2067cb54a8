//! The set of operations that a change reaches. It consists of bits, because thousands of changes may reach thousands of operations.

/// Index of an operation and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ReachId(pub usize);

/// A set of them. Equal sets have equal words, because the last word is never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct ReachSet(Vec<u64>);

impl ReachSet {
    pub fn insert(&mut self, id: ReachId) {
        let (word, bit) = (id.0 / 64, id.0 % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = ReachId> {
        let bits = |word: u64| (0..64).filter(move |bit| word & (1 << bit) != 0);
        self.0.iter().enumerate().flat_map(move |(at, word)| bits(*word).map(move |bit| ReachId(at * 64 + bit)))
    }
}
