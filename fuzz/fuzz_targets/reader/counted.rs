//! A value that counts how often anybody looks at it.

use std::sync::atomic::{AtomicUsize, Ordering};

use runtime::{Input, Output, Read, Write};

static LOOKS: AtomicUsize = AtomicUsize::new(0);

/// What some work gives, and how many looks it took.
pub fn count<T>(work: impl FnOnce() -> T) -> (T, usize) {
    LOOKS.store(0, Ordering::Relaxed);
    let done = work();
    (done, LOOKS.load(Ordering::Relaxed))
}

#[derive(Clone, Debug, PartialEq)]
pub struct Counted<T>(pub T);

impl<T: Read> Read for Counted<T> {
    const ADMITS_NULL: bool = T::ADMITS_NULL;
    const MAY_BE_MISSING: bool = T::MAY_BE_MISSING;

    fn read(input: Input<'_>) -> Self {
        LOOKS.fetch_add(1, Ordering::Relaxed);
        Self(T::read(input))
    }

    fn empty() -> Self {
        Self(T::empty())
    }

    fn check(input: Input<'_>) {
        LOOKS.fetch_add(1, Ordering::Relaxed);
        T::check(input);
    }
}

impl<T: Write> Write for Counted<T> {
    fn write(&self, to: Output<'_>) {
        self.0.write(to);
    }

    fn is_missing(&self) -> bool {
        self.0.is_missing()
    }
}
