//! A structure, made from the table of its members: the fields, how each is read and written, and the methods that set it.
//!
//! A row has what the document says. Everything that is equal for all structures is here.

/// Declares a structure whose members are read from and written to JSON; `: Default` lets callers build an empty one.
///
/// A row is `field: Type = kind "name",`. The kind is
///
/// - `required`: the member is there;
/// - `optional`: it may be missing, so that the field is an `Option`;
/// - `read_only`: it may be missing, and only the server sets it, so that no request holds it;
/// - `returned`: only the server sets it, and always, so that a value without it does not fit a branch of a union strictly;
/// - `nullable`, `optional_nullable`, `read_only_nullable`, `returned_nullable`: the same kinds of members that may be null. Their fields
///   have one more `Option`.
///
/// After the kind, `into` lets a setter take any value that converts into the type. After the name, `null method` names the method that
/// sets the member to null, `constant "text"` gives the only value of the member, as JSON, `listed "[…]"` gives the
/// values that the document lists where the type has further ones, and `tag "text"` gives the value by which a
/// discriminator selects the structure. The last row is the field for the members that have no row.
#[macro_export]
macro_rules! object {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident $(: $default:ident)? {
            $(
                $(#[$docs:meta])*
                $field:ident: $ty:ty = $kind:ident $($into:ident)? $wire:literal
                $(null $null:ident)? $(constant $constant:literal)? $(listed $listed:literal)? $(tag $tag:literal)?,
            )*
            ..$rest:ident: $others:ty
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$docs])*
                pub $field: $crate::held!($kind $ty),
            )*
            /// Members that the document does not name.
            pub $rest: $others,
        }

        impl $name {
            $($crate::setters! {
                $field $kind $($into)? ($ty) $(null $null)? $(constant $constant)?
            })*
        }

        impl $crate::Model for $name {
            fn read(from: &mut $crate::Object<'_>) -> Self {
                Self {
                    $($field: from $(.only($constant))? $(.among($listed))? $(.tagged($tag))? .$kind($wire),)*
                    $rest: from.$rest(),
                }
            }

            fn write(&self, to: &mut $crate::ObjectWriter<'_>) {
                $(to.$kind($wire, &self.$field);)*
                to.$rest(&self.$rest, &[$($wire),*]);
            }
        }

        $crate::model!($name $(: $default)?);
    };
}

/// The type of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! held {
    (required $ty:ty) => { $ty };
    (optional $ty:ty) => { ::std::option::Option<$ty> };
    (read_only $ty:ty) => { ::std::option::Option<$ty> };
    (returned $ty:ty) => { ::std::option::Option<$ty> };
    (nullable $ty:ty) => { ::std::option::Option<$ty> };
    ($kind:ident $ty:ty) => { ::std::option::Option<::std::option::Option<$ty>> };
}

/// The methods that set a field.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ($field:ident required $($into:ident)? ($ty:ty) constant $constant:literal) => {};
    ($field:ident nullable $($into:ident)? ($ty:ty) null $null:ident constant $constant:literal) => {};
    ($field:ident $kind:ident into ($ty:ty) $(null $null:ident)? $(constant $constant:literal)?) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            self.$field = $crate::present!($kind $field.into());
            self
        }

        $crate::null! { $field $kind $($null)? }
    };
    ($field:ident $kind:ident ($ty:ty) $(null $null:ident)? $(constant $constant:literal)?) => {
        #[doc = concat!("Sets `", stringify!($field), "`.")]
        #[must_use]
        pub fn $field(mut self, $field: $ty) -> Self {
            self.$field = $crate::present!($kind $field);
            self
        }

        $crate::null! { $field $kind $($null)? }
    };
}

/// A value as a field of this kind holds it: in one `Some` for each `Option` of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! present {
    (required $value:expr) => {
        $value
    };
    (optional $value:expr) => {
        ::std::option::Option::Some($value)
    };
    (read_only $value:expr) => {
        ::std::option::Option::Some($value)
    };
    (returned $value:expr) => {
        ::std::option::Option::Some($value)
    };
    (nullable $value:expr) => {
        ::std::option::Option::Some($value)
    };
    ($kind:ident $value:expr) => {
        ::std::option::Option::Some(::std::option::Option::Some($value))
    };
}

/// The method that sets a field to null.
#[doc(hidden)]
#[macro_export]
macro_rules! null {
    ($field:ident $kind:ident) => {};
    ($field:ident nullable $null:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "` to null.")]
        #[must_use]
        pub fn $null(mut self) -> Self {
            self.$field = ::std::option::Option::None;
            self
        }
    };
    ($field:ident $kind:ident $null:ident) => {
        #[doc = concat!("Sets `", stringify!($field), "` to null.")]
        #[must_use]
        pub fn $null(mut self) -> Self {
            self.$field = ::std::option::Option::Some(::std::option::Option::None);
            self
        }
    };
}
