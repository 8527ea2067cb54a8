//! A deserializer over a JSON value, in one of the modes of [`Mode`].
//!
//! What a type asks for decides what is tolerated: the hints of `Deserializer` are taken at their word, and a value of
//! another kind fails here, by kind, before a visitor could quote it.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, Unexpected, VariantAccess, Visitor,
};
use serde_json::{Number, Value};

use super::access::{Elements, Members};
use super::failure::Failure;
use super::mode::{MAX_DEPTH, Mode, spend};
use super::number;

/// Reads one value.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de, 'a> {
    value: &'de Value,
    mode: Mode,
    levels_left: u8,
    tag: Option<&'a str>,
}

impl<'de, 'a> Reader<'de, 'a> {
    pub(super) fn new(value: &'de Value, mode: Mode) -> Self {
        Self { value, mode, levels_left: MAX_DEPTH, tag: None }
    }

    /// Lets the value have the member that tells a union's branches apart, also if the branch does not declare it.
    pub(super) fn with_tag(self, tag: &'a str) -> Self {
        Self { tag: Some(tag), ..self }
    }

    /// A reader of a value inside this one.
    pub(super) fn child(&self, value: &'de Value) -> Result<Self, Failure> {
        let levels_left = self.levels_left.checked_sub(1).ok_or_else(|| Failure::new("is nested too deeply"))?;
        if spend() {
            Ok(Self { value, mode: self.mode, levels_left, tag: None })
        } else {
            Err(Failure::new("fits too many combinations of variants to try them all"))
        }
    }

    fn is_lenient(&self) -> bool {
        self.mode == Mode::Lenient
    }

    fn mismatch(&self, expected: &str) -> Failure {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        Failure::mismatch(found, expected)
    }

    /// A number, or a string that is one.
    fn number(&self, expected: &str) -> Result<Number, Failure> {
        match self.value {
            Value::Number(number) => Ok(number.clone()),
            Value::String(text) if self.is_lenient() => number::from_text(text).ok_or_else(|| self.mismatch(expected)),
            _ => Err(self.mismatch(expected)),
        }
    }

    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let found = self.number("an integer")?;
        match found.as_f64().filter(|_| found.is_f64()) {
            None => number::visit(&found, visitor),
            Some(float) if self.is_lenient() && number::is_exact_integer(float) => visitor.visit_i64(float as i64),
            Some(_) => Err(self.mismatch("an integer")),
        }
    }

    /// Integers beyond 64 bits come as strings only: `serde_json` has made floats of the others.
    fn wide_integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value.as_str().filter(|_| self.is_lenient()) {
            Some(text) if text.starts_with('-') => match text.parse() {
                Ok(integer) => visitor.visit_i128(integer),
                Err(_) => self.integer(visitor),
            },
            Some(text) => match text.parse() {
                Ok(integer) => visitor.visit_u128(integer),
                Err(_) => self.integer(visitor),
            },
            None => self.integer(visitor),
        }
    }

    fn float<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        number::visit(&self.number("a number")?, visitor)
    }

    fn string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(number) if self.is_lenient() && number::keeps_its_text(number) => {
                visitor.visit_string(number.to_string())
            }
            _ => Err(self.mismatch("a string")),
        }
    }

    fn array<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let Value::Array(items) = self.value else { return Err(self.mismatch("an array")) };
        let mut elements = Elements::new(self, items);
        let read = visitor.visit_seq(&mut elements)?;
        if elements.is_done() || self.is_lenient() {
            Ok(read)
        } else {
            Err(Failure::new("found more elements than are declared"))
        }
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Object(members) => visitor.visit_map(Members::new(self, Some(members))),
            Value::Array(items) if items.is_empty() && self.is_lenient() => visitor.visit_map(Members::new(self, None)),
            _ => Err(self.mismatch("an object")),
        }
    }

    fn check_members(&self, fields: &[&str]) -> Result<(), Failure> {
        let declared = |name: &String| fields.contains(&name.as_str()) || self.tag == Some(name);
        match self.value {
            Value::Object(members) if self.mode == Mode::Exact && !members.keys().all(declared) => {
                Err(Failure::unknown_field("", &[]))
            }
            _ => Ok(()),
        }
    }
}

macro_rules! read_as {
    ($read:ident: $($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
                self.$read(visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Failure;

    read_as!(integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64);
    read_as!(integer: deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    read_as!(wide_integer: deserialize_i128 deserialize_u128);
    read_as!(float: deserialize_f32 deserialize_f64);
    read_as!(string: deserialize_char deserialize_str deserialize_string deserialize_identifier);
    read_as!(array: deserialize_seq);
    read_as!(object: deserialize_map);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(boolean) => visitor.visit_bool(*boolean),
            Value::Number(number) => number::visit(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(_) => self.array(visitor),
            Value::Object(_) => self.object(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Bool(boolean) => visitor.visit_bool(*boolean),
            _ => Err(self.mismatch("a boolean")),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.value {
            Value::Array(_) => self.array(visitor),
            _ => self.string(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        if self.value.is_null() { visitor.visit_unit() } else { Err(self.mismatch("null")) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &str, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Failure> {
        self.array(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.array(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.check_members(fields)?;
        self.object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self.value {
            Value::String(name) => visitor.visit_enum(name.as_str().into_deserializer()),
            Value::Object(members) if members.len() == 1 => match members.iter().next() {
                Some((name, content)) => visitor.visit_enum(Variant { name, content: self.child(content)? }),
                None => Err(self.mismatch("a variant")),
            },
            _ => Err(self.mismatch("a variant")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }
}

/// An externally tagged variant that has content.
struct Variant<'de, 'a> {
    name: &'de str,
    content: Reader<'de, 'a>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'de, 'a> {
    type Error = Failure;
    type Variant = Reader<'de, 'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), Failure> {
        Ok((seed.deserialize(BorrowedStrDeserializer::new(self.name))?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Reader<'de, '_> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        if self.value.is_null() {
            Ok(())
        } else {
            Err(Failure::invalid_type(Unexpected::NewtypeVariant, &"no content"))
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Failure> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Failure> {
        self.array(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_struct("", fields, visitor)
    }
}
