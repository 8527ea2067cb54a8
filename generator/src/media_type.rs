//! Media types: the table of the runtime, and what only the generator asks of a media type.

#[path = "../embedded/src/media_type.rs"]
mod shared;

pub use shared::{Kind, MediaType, is_json};

impl Kind {
    /// Whether a body is text that a string can hold.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Json | Self::JsonStream | Self::EventStream | Self::Xml | Self::Text)
    }
}

impl MediaType {
    /// Whether it is a special case of another, as `application/problem+json` is of `application/json`, or falls under a range. Always
    /// false for media types with parameters.
    pub fn specializes(&self, general: &Self) -> bool {
        if self == general || !self.parameters.is_empty() || !general.parameters.is_empty() {
            return false;
        }
        let suffix = self.essence().rsplit_once('+').map(|(_, suffix)| suffix);
        let by_suffix = || {
            let (own, other) = (self.essence().split_once('/'), general.essence().split_once('/'));
            own.zip(other).is_some_and(|((own, _), (other, name))| own == other && suffix == Some(name))
        };
        (general.essence().ends_with('*') && self.is_within(general)) || by_suffix()
    }
}
