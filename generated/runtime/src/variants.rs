//! A union, made from the table of its branches, as [`object`](super::table) makes structures.

/// Declares a union. A row is `Variant(Type),`, with these words after it if they apply:
///
/// - `: boxed`: the value is boxed; `: boxed from`: it is boxed, and `into` makes a union of it;
/// - `: from`: the value is not boxed, and `into` makes a union of it; `: text`: `into` makes a union of a `&str` as well;
/// - `= [tags]`: the values of the discriminator that select the branch. The discriminator itself is after the name of the union, as `by
///   "property"`;
/// - `sets`: the first of the tags is written, whatever the value has;
/// - `hides`: the first of the tags is written, and the branch is read as if the value had no tag;
/// - `keeps`: the value keeps the tag that was read; a value without one gets the first of the tags.
#[macro_export]
macro_rules! union {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident by $property:literal $($fallback:ident $branch:literal)? {
            $(
                $(#[$docs:meta])*
                $variant:ident($ty:ty) $(: $held:ident $($from:ident)?)? = [$($tag:expr),*] $($tagging:ident)?,
            )*
        }
    ) => {
        $crate::variants! {
            $(#[$attribute])*
            pub enum $name {
                $($(#[$docs])* $variant($ty) $(: $held $($from)?)?,)*
            }
        }

        impl $crate::Union for $name {
            const BRANCHES: usize = [$(stringify!($variant)),*].len();

            const DISCRIMINATOR: ::std::option::Option<$crate::Discriminator> = ::std::option::Option::Some(
                $crate::Discriminator::new($property, &[$(&[$($tag),*]),*]) $(.$fallback($branch))?,
            );

            fn read_branch(branch: usize, from: $crate::Input<'_>) -> Self {
                let branches: &[fn($crate::Input<'_>) -> Self] = &[$(
                    |from: $crate::Input<'_>| {
                        $crate::seen!(from $property $($tagging)?).variant(Self::$variant)
                    },
                )*];
                $crate::union::read(branches, Self::Unknown, branch, from)
            }

            fn write(&self, to: $crate::Output<'_>) {
                match self {
                    $(Self::$variant(value) => {
                        $crate::written!(to value $property [$($tag),*] $($tagging)?);
                    })*
                    Self::Unknown(value) => to.value(value),
                }
            }
        }

        $crate::union!($name: $($ty),*);
    };
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $(
                $(#[$docs:meta])*
                $variant:ident($ty:ty) $(: $held:ident $($from:ident)?)?,
            )*
        }
    ) => {
        $crate::variants! {
            $(#[$attribute])*
            pub enum $name {
                $($(#[$docs])* $variant($ty) $(: $held $($from)?)?,)*
            }
        }

        impl $crate::Union for $name {
            const BRANCHES: usize = [$(stringify!($variant)),*].len();

            fn read_branch(branch: usize, from: $crate::Input<'_>) -> Self {
                let branches: &[fn($crate::Input<'_>) -> Self] = &[$(|from: $crate::Input<'_>| from.variant(Self::$variant),)*];
                $crate::union::read(branches, Self::Unknown, branch, from)
            }

            fn write(&self, to: $crate::Output<'_>) {
                match self {
                    $(Self::$variant(value) => to.value(value),)*
                    Self::Unknown(value) => to.value(value),
                }
            }
        }

        $crate::union!($name: $($ty),*);
    };
    ($name:ident $(: $($ty:ty),*)?) => {
        impl $crate::Read for $name {
            // A union of one branch stands for any other value as well.
            const ADMITS_NULL: bool = <Self as $crate::Union>::BRANCHES == 1 $($(|| <$ty as $crate::Read>::ADMITS_NULL)*)?;

            fn read(input: $crate::Input<'_>) -> Self {
                $crate::union::union(input)
            }

            fn empty() -> Self {
                Self::Unknown($crate::Read::empty())
            }

            fn check(input: $crate::Input<'_>) {
                $crate::union::check_union::<Self>(input);
            }
        }

        impl $crate::Write for $name {
            fn write(&self, to: $crate::Output<'_>) {
                $crate::Union::write(self, to);
            }
        }

        $crate::serde!($name);
    };
}

/// The enum of a union, and its conversions by `into`.
#[doc(hidden)]
#[macro_export]
macro_rules! variants {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident {
            $($(#[$docs:meta])* $variant:ident($ty:ty) $(: $held:ident $($from:ident)?)?,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[$docs])*
                $variant($crate::branch!($($held)? $ty)),
            )*
            /// A value that fits none of the alternatives that the document lists.
            Unknown($crate::Json),
        }

        $($crate::conversion! { $name $variant($ty) $($held $($from)?)? })*
    };
}

/// The type of what a variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! branch {
    (boxed $ty:ty) => { ::std::boxed::Box<$ty> };
    (from $ty:ty) => { $ty };
    (text $ty:ty) => { $ty };
    ($ty:ty) => { $ty };
}

/// The conversion of a branch into the union.
#[doc(hidden)]
#[macro_export]
macro_rules! conversion {
    ($name:ident $variant:ident($ty:ty) $(boxed)?) => {};
    ($name:ident $variant:ident($ty:ty) boxed from) => {
        impl ::std::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(::std::boxed::Box::new(value))
            }
        }
    };
    ($name:ident $variant:ident($ty:ty) from) => {
        impl ::std::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        }
    };
    ($name:ident $variant:ident($ty:ty) text) => {
        $crate::conversion! { $name $variant($ty) from }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::$variant(::std::convert::From::from(value))
            }
        }
    };
}

/// What a branch sees of a value with a tag. A map would take the tag for one of its members.
#[doc(hidden)]
#[macro_export]
macro_rules! seen {
    ($from:ident $property:literal hides) => {
        $from.without($property)
    };
    ($from:ident $property:literal $($tagging:ident)?) => {
        $from
    };
}

/// How a branch is written. If several tags select the branch, or none does, the value keeps its own tag.
#[doc(hidden)]
#[macro_export]
macro_rules! written {
    ($to:ident $value:ident $property:literal [$($tag:expr),*]) => {
        $to.value($value)
    };
    ($to:ident $value:ident $property:literal [$tag:expr $(, $other:expr)*] keeps) => {
        $to.tagged_once($property, $tag, $value)
    };
    ($to:ident $value:ident $property:literal [] $tagging:ident) => {
        $to.value($value)
    };
    ($to:ident $value:ident $property:literal [$tag:expr $(, $other:expr)*] $tagging:ident) => {
        $to.tagged($property, $tag, $value)
    };
}
