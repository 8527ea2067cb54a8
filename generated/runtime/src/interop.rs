//! `Serialize` and `Deserialize` of what the runtime reads and writes, for any format that describes itself.
//!
//! A value is written as a `serde_json::Value`, which is serialized. What a deserializer gives is written as JSON text, and read as
//! tolerantly as a reply. Nothing is left out: a member that only the server sets is written, so that a reply can be kept and sent on.

use std::fmt;

#[doc(hidden)]
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use serde_core::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_core::ser::Error as _;
use serde_json::Value;

use super::fault::Fault;
use super::input::from_slice;
use super::output::to_value;
use super::read::Read;
use super::scan::is_number;
use super::sink::Way;
use super::write::Write;

/// Serializes a value.
///
/// # Errors
/// The serializer fails, or something has no form in JSON: a float that is not a number, bytes that are not text.
pub fn serialize<T: Write + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let value = to_value(value, Way::Any).ok_or_else(|| S::Error::custom("the value cannot be written as JSON"))?;
    Written(&value).serialize(serializer)
}

/// A value that is serialized. `null` is an absent value, which a format without `null`, such as TOML, leaves out.
struct Written<'v>(&'v Value);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_none(),
            Value::Array(elements) => serializer.collect_seq(elements.iter().map(Written)),
            Value::Object(members) => serializer.collect_map(members.iter().map(|(name, it)| (name, Written(it)))),
            other => other.serialize(serializer),
        }
    }
}

/// Deserializes a value.
///
/// # Errors
/// The deserializer fails, or what it gives is not what the type needs.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut text = Vec::new();
    Transcript(&mut text).deserialize(deserializer)?;
    from_slice(&text).map_err(D::Error::custom)
}

/// Reads a body as a type that the runtime does not know. The message of serde may quote the body, so it is left out.
pub(super) fn from_body<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Fault::new(format!("is not what the type needs, at line {line}, column {column}"), 0)
    })
}

/// Writes down what a deserializer gives.
struct Transcript<'t>(&'t mut Vec<u8>);

impl Transcript<'_> {
    fn put<E: serde_core::de::Error>(self, value: impl Serialize) -> Result<(), E> {
        serde_json::to_writer(self.0, &value).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Transcript<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! put {
    ($($method:ident: $type:ty)*) => {
        $(
            fn $method<E: serde_core::de::Error>(self, value: $type) -> Result<(), E> {
                self.put(value)
            }
        )*
    };
}

impl<'de> Visitor<'de> for Transcript<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON has")
    }

    put!(visit_bool: bool visit_i64: i64 visit_i128: i128 visit_u64: u64 visit_u128: u128 visit_str: &str);

    fn visit_f64<E: serde_core::de::Error>(self, float: f64) -> Result<(), E> {
        if float.is_finite() { self.put(float) } else { Err(E::custom("JSON has no such number")) }
    }

    fn visit_unit<E: serde_core::de::Error>(self) -> Result<(), E> {
        self.put(())
    }

    fn visit_none<E: serde_core::de::Error>(self) -> Result<(), E> {
        self.put(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bytes<E: serde_core::de::Error>(self, bytes: &[u8]) -> Result<(), E> {
        let text = std::str::from_utf8(bytes).map_err(|_| E::custom("the bytes are not UTF-8"))?;
        self.put(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let mut separator = b'[';
        self.0.push(separator);
        while elements.next_element_seed(Element { text: self.0, separator })?.is_some() {
            separator = b',';
        }
        self.0.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut separator = b'{';
        self.0.push(separator);
        while let Some(name) = members.next_key::<Name>()? {
            // TOML gives a date as a map of this one member.
            if name.0 == TOML_DATE && separator == b'{' {
                self.0.pop();
                return members.next_value_seed(Transcript(self.0));
            }
            if name.0 == EXACT_NUMBER && separator == b'{' {
                self.0.pop();
                return number(self.0, &members.next_value::<String>()?);
            }
            if separator == b',' {
                self.0.push(separator);
            }
            separator = b',';
            Transcript(self.0).put(name.0)?;
            self.0.push(b':');
            members.next_value_seed(Transcript(self.0))?;
        }
        self.0.push(b'}');
        Ok(())
    }
}

/// The name that the crate `toml` gives to a date's only member.
const TOML_DATE: &str = "$__toml_private_datetime";

/// The name that `serde_json` gives to a number's only member, where its feature `arbitrary_precision` is on.
const EXACT_NUMBER: &str = "$serde_json::private::Number";

fn number<E: serde_core::de::Error>(text: &mut Vec<u8>, number: &str) -> Result<(), E> {
    if !is_number(number) {
        return Err(E::custom("JSON has no such number"));
    }
    text.extend_from_slice(number.as_bytes());
    Ok(())
}

/// An element of an array, with what stands before it.
struct Element<'t> {
    text: &'t mut Vec<u8>,
    separator: u8,
}

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.separator == b',' {
            self.text.push(b',');
        }
        Transcript(self.text).deserialize(deserializer)
    }
}

/// The name of a member. In JSON, it is a string; in other formats, it may be any scalar.
struct Name(String);

impl<'de> serde_core::Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: serde_core::de::Error>(self, name: &str) -> Result<Name, E> {
        Ok(Name(name.to_owned()))
    }

    fn visit_bool<E: serde_core::de::Error>(self, name: bool) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_i64<E: serde_core::de::Error>(self, name: i64) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_u64<E: serde_core::de::Error>(self, name: u64) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_f64<E: serde_core::de::Error>(self, name: f64) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_unit<E: serde_core::de::Error>(self) -> Result<Name, E> {
        Ok(Name("null".to_owned()))
    }
}

/// Implements serde's traits for types that the runtime reads and writes.
#[doc(hidden)]
#[macro_export]
macro_rules! serde {
    ($name:ident $(<$parameter:ident $(: $bound:path)?>)?) => {
        impl $(<$parameter $(: $bound)?>)? $crate::interop::Serialize for $name $(<$parameter>)? {
            fn serialize<S: $crate::interop::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::interop::serialize(self, serializer)
            }
        }

        impl<'de $(, $parameter $(: $bound)?)?> $crate::interop::Deserialize<'de> for $name $(<$parameter>)? {
            fn deserialize<D: $crate::interop::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::interop::deserialize(deserializer)
            }
        }
    };
}

/// Lets a [`Model`](super::Model) be read and written wherever a value can be; `: Default` lets callers build an empty one.
#[macro_export]
macro_rules! model {
    ($name:ident: Default) => {
        $crate::model!($name);

        impl ::std::default::Default for $name {
            fn default() -> Self {
                $crate::read::empty()
            }
        }
    };
    ($name:ident) => {
        impl $crate::Read for $name {
            fn read(input: $crate::Input<'_>) -> Self {
                $crate::read::model(input)
            }

            fn empty() -> Self {
                $crate::read::empty()
            }
        }

        impl $crate::Write for $name {
            fn write(&self, to: $crate::Output<'_>) {
                to.object(|object| $crate::Model::write(self, object));
            }
        }

        $crate::serde!($name);
    };
}

/// Declares that a newtype is read and written like the type that it holds.
#[macro_export]
macro_rules! alias {
    ($name:ident = $held:ty) => {
        impl $crate::Read for $name {
            const ADMITS_NULL: bool = <$held as $crate::Read>::ADMITS_NULL;
            const MAY_BE_MISSING: bool = <$held as $crate::Read>::MAY_BE_MISSING;

            fn read(input: $crate::Input<'_>) -> Self {
                Self($crate::Read::read(input))
            }

            fn empty() -> Self {
                Self($crate::Read::empty())
            }

            fn check(input: $crate::Input<'_>) {
                <$held as $crate::Read>::check(input);
            }
        }

        impl $crate::Write for $name {
            fn write(&self, to: $crate::Output<'_>) {
                to.value(&self.0);
            }

            fn is_missing(&self) -> bool {
                $crate::Write::is_missing(&self.0)
            }
        }

        $crate::serde!($name);
    };
}
