//! Bytes whose text is base64 (RFC 4648). They are the values of a [`Text`](super::Text) of `format: byte` or `contentEncoding: base64`.
//!
//! Written as the RFC has it, with padding; read with or without it, and with the line breaks that MIME puts in.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::text::Text;

/// Why a text does not stand for bytes. The text itself is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base64Error;

impl fmt::Display for Base64Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not base64")
    }
}

impl std::error::Error for Base64Error {}

fn engine(alphabet: &Alphabet) -> GeneralPurpose {
    GeneralPurpose::new(alphabet, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent))
}

macro_rules! bytes {
    ($(#[$docs:meta])* $name:ident, $alphabet:expr) => {
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub Vec<u8>);

        impl FromStr for $name {
            type Err = Base64Error;

            fn from_str(text: &str) -> Result<Self, Base64Error> {
                let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
                engine(&$alphabet).decode(text).map(Self).map_err(|_| Base64Error)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&engine(&$alphabet).encode(&self.0))
            }
        }

        impl From<Vec<u8>> for Text<$name> {
            fn from(bytes: Vec<u8>) -> Self {
                $name(bytes).into()
            }
        }

        impl From<&[u8]> for Text<$name> {
            fn from(bytes: &[u8]) -> Self {
                bytes.to_vec().into()
            }
        }

        impl<const N: usize> From<&[u8; N]> for Text<$name> {
            fn from(bytes: &[u8; N]) -> Self {
                bytes.to_vec().into()
            }
        }
    };
}

bytes! {
    /// Bytes, in the standard alphabet (4).
    Base64, STANDARD
}

bytes! {
    /// Bytes, in the alphabet of URLs and file names (5).
    Base64Url, URL_SAFE
}
