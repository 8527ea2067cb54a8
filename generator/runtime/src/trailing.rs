//! The end of a list whose elements have their own types (`prefixItems`).

use super::input::Input;
use super::output::Output;
use super::read::Read;
use super::write::Write;

/// An element that may be missing at the end of a list. An element that is present may still be null, if its type says so.
///
/// The element is boxed, so that a list may hold a list of its own type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trailing<T>(pub Option<Box<T>>);

impl<T> Trailing<T> {
    /// The element, if it is there.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.0.as_deref()
    }
}

impl<T> From<T> for Trailing<T> {
    fn from(element: T) -> Self {
        Self(Some(Box::new(element)))
    }
}

impl<T: Read> Read for Trailing<T> {
    const ADMITS_NULL: bool = T::ADMITS_NULL;

    const MAY_BE_MISSING: bool = true;

    fn read(input: Input<'_>) -> Self {
        input.variant(|element: T| Self::from(element))
    }

    fn empty() -> Self {
        Self(None)
    }
}

impl<T: Write> Write for Trailing<T> {
    fn write(&self, to: Output<'_>) {
        self.0.write(to);
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}
