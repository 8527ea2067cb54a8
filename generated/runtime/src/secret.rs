//! Text that must not be seen. Only `expose` and writing give it back.

use std::fmt;

use zeroize::Zeroizing;

use super::input::Input;
use super::output::Output;
use super::read::Read;
use super::write::Write;
use crate::serde;

/// A password, a token, a key. `Debug` never shows it, there is no `Display`, and its memory is overwritten on drop.
///
/// Writing a secret writes the text itself, so that it gets into a request.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

// There is no `From`, because `into` would take any text for a secret.
impl Secret {
    /// Makes a secret of a text.
    pub fn from(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text. What happens to it from here is the caller's responsibility.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Read for Secret {
    fn read(input: Input<'_>) -> Self {
        match input.text() {
            Some(text) => Self(text.into_owned().into()),
            None => input.mismatch("a string"),
        }
    }

    fn empty() -> Self {
        Self(String::new().into())
    }
}

impl Write for Secret {
    fn write(&self, to: Output<'_>) {
        to.text(self.expose());
    }
}

serde!(Secret);
