//! Random numbers for tests. They are the same in every run.

/// The numbers that follow from a seed.
pub(crate) struct Random(pub u64);

impl Random {
    /// The next number, less than `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
