//! Media types: the table of the runtime, and what only the generator asks of a media type.

use std::collections::BTreeSet;

#[path = "../embedded/media_type.rs"]
mod shared;

pub use shared::{Kind, MediaType, is_json};

impl Kind {
    /// Whether a body is text that a string can hold.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Json | Self::JsonStream | Self::EventStream | Self::Xml | Self::Text)
    }
}

impl MediaType {
    /// Its name in `Content-Type` and `Accept`, with its parameters. `charset`, `boundary` and `q` are left out, because the runtime or
    /// the caller sets them.
    pub fn named(&self) -> String {
        std::iter::once(self.essence()).chain(self.sent_parameters()).collect::<Vec<_>>().join(";")
    }

    /// The parameters of its name, whatever their order.
    pub fn named_parameters(&self) -> BTreeSet<&str> {
        self.sent_parameters().collect()
    }

    /// Whether its name has parameters.
    pub fn has_parameters(&self) -> bool {
        self.sent_parameters().next().is_some()
    }

    fn sent_parameters(&self) -> impl Iterator<Item = &str> {
        self.parameters.split(';').map(str::trim).filter(|parameter| is_parameter(parameter))
    }

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

fn is_parameter(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let is_own = ["charset", "boundary", "q"].iter().any(|own| name.eq_ignore_ascii_case(own));
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let is_value =
        quoted.map_or_else(|| is_token(value), |text| text.bytes().all(|it| matches!(it, b' '..=b'~') && it != b'"'));
    !is_own && is_token(name) && is_value
}

/// Whether a text is a name in HTTP (RFC 9110, 5.6.2).
pub fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
