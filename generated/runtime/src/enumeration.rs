//! What the enumerations of the document's `enum` and `const` have in common. They are open, because a server may add values.

use std::fmt;

use super::choice::Score;
use super::input::Input;
use super::read::Read;

/// A value that an enumeration does not list. Only reading and the enumeration's `From` make it, so it is never a listed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unlisted<T = String>(T);

impl Unlisted<String> {
    /// The value as it stands in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Unlisted<i64> {
    /// The value as it stands in JSON.
    #[must_use]
    pub fn value(&self) -> i64 {
        self.0
    }
}

impl<T: fmt::Display> fmt::Display for Unlisted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An enumeration whose values in JSON are `T`s: `str`, `i64`.
pub trait Enumeration<T: ToOwned + ?Sized>: Clone + Read + 'static {
    /// The values that the document lists.
    const LISTED: &'static [Self];

    /// Whether the document admits any other value as well.
    const OPEN: bool = false;

    /// Whether the value is this one in JSON.
    fn is(&self, value: &T) -> bool;

    /// A value that is not listed.
    fn unlisted(value: Unlisted<T::Owned>) -> Self;
}

/// The enumeration's value for one of JSON.
pub fn of<T: ToOwned + ?Sized, E: Enumeration<T>>(value: &T) -> E {
    let listed = E::LISTED.iter().find(|listed| listed.is(value));
    listed.cloned().unwrap_or_else(|| E::unlisted(Unlisted(value.to_owned())))
}

/// Reads a value of strings.
pub fn text<E: Enumeration<str>>(input: Input<'_>) -> E {
    match input.text() {
        Some(text) => listed(input, &*text),
        None => input.mismatch("a string"),
    }
}

/// Reads a value of integers.
pub fn integer<E: Enumeration<i64>>(input: Input<'_>) -> E {
    listed(input, &i64::read(input))
}

/// The enumeration with a value that has been read. While a union looks for its branch, a constant must have the listed value.
fn listed<T: ToOwned + ?Sized, E: Enumeration<T>>(input: Input<'_>, value: &T) -> E {
    if !input.is_probe() || E::LISTED.iter().any(|listed| listed.is(value)) {
        return of(value);
    }
    if !E::OPEN && (input.is_strict() || E::LISTED.len() == 1) {
        return input.refuse(|found| format!("found {found} that is not listed"));
    }
    input.score(|score| Score { unlisted: score.unlisted + 1, ..score });
    E::empty()
}

/// Makes the value of a missing member: the listed value if there is only one, otherwise an unlisted value.
pub fn empty<T: ToOwned<Owned: Default> + ?Sized, E: Enumeration<T>>() -> E {
    match E::LISTED {
        [only] if !E::OPEN => only.clone(),
        _ => E::unlisted(Unlisted(T::Owned::default())),
    }
}

/// Declares an enumeration of strings, with a row `Variant = "value",` for each; `: open` says that any other string is a value as well.
#[macro_export]
macro_rules! string_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident $(: $open:ident)? {
            $($(#[$docs:meta])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])* $variant,)*
            /// A value that the document does not list.
            Unknown($crate::Unlisted),
        }

        impl $name {
            /// The values that the document lists.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it stands in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        $crate::string_enum!($name $($open)?);
    };
    ($name:ident $($open:ident)?) => {
        $crate::enumeration!($name, ::std::string::String, str, text, as_str, false);

        impl $crate::enumeration::Enumeration<str> for $name {
            const LISTED: &'static [Self] = Self::VALUES;
            const OPEN: bool = !::std::stringify!($($open)?).is_empty();

            fn is(&self, value: &str) -> bool {
                self.as_str() == value
            }

            fn unlisted(value: $crate::Unlisted) -> Self {
                Self::Unknown(value)
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::enumeration::of(text)
            }
        }
    };
}

/// Declares an enumeration of integers, with a row `Variant = 1,` for each.
#[macro_export]
macro_rules! integer_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])* $variant:ident = $value:literal,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$docs])* $variant,)*
            /// A value that the document does not list.
            Unknown($crate::Unlisted<i64>),
        }

        impl $name {
            /// The values that the document lists.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it stands in JSON.
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.value(),
                }
            }
        }

        $crate::integer_enum!($name);
    };
    ($name:ident) => {
        $crate::enumeration!($name, i64, i64, integer, value, true);

        impl $crate::enumeration::Enumeration<i64> for $name {
            const LISTED: &'static [Self] = Self::VALUES;

            fn is(&self, value: &i64) -> bool {
                self.value() == *value
            }

            fn unlisted(value: $crate::Unlisted<i64>) -> Self {
                Self::Unknown(value)
            }
        }
    };
}

/// What both kinds of enumerations have in common. Takes the type of the values, owned and borrowed, the function that reads a value,
/// the method that gives the value, and whether `""` stands for a missing value.
#[doc(hidden)]
#[macro_export]
macro_rules! enumeration {
    ($name:ident, $value:ty, $borrowed:ty, $read:ident, $get:ident, $blank:literal) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.$get(), f)
            }
        }

        impl ::std::convert::From<$value> for $name {
            fn from(value: $value) -> Self {
                $crate::enumeration::of::<$borrowed, _>(&value)
            }
        }

        impl $crate::Read for $name {
            const BLANK_IS_MISSING: bool = $blank;

            fn read(input: $crate::Input<'_>) -> Self {
                $crate::enumeration::$read(input)
            }

            fn empty() -> Self {
                $crate::enumeration::empty::<$borrowed, _>()
            }
        }

        impl $crate::Write for $name {
            fn write(&self, to: $crate::Output<'_>) {
                to.value(&self.$get());
            }
        }

        $crate::serde!($name);
    };
}
