//! Members that may be missing, null or a value, each with its own meaning (a merge patch, for one).

/// The value of a member that may be missing as well as null: `None` is missing, `Some(None)` is null.
pub trait Nullable<T> {
    /// The value. `None` if the member is missing or null.
    fn value(&self) -> Option<&T>;

    /// Whether the member is present and null.
    fn is_null(&self) -> bool;
}

impl<T> Nullable<T> for Option<Option<T>> {
    fn value(&self) -> Option<&T> {
        self.as_ref().and_then(Option::as_ref)
    }

    fn is_null(&self) -> bool {
        matches!(self, Some(None))
    }
}
