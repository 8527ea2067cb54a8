//! Numbers that look random, the same for a seed on every machine.

/// A generator of numbers (xorshift).
pub struct Random(u64);

impl Random {
    /// The random numbers that follow from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count.max(1)).expect("it fits")).expect("it fits")
    }

    /// One of some items.
    pub fn pick<T>(&mut self, items: Vec<T>) -> Option<T> {
        let index = self.below(items.len());
        items.into_iter().nth(index)
    }
}
