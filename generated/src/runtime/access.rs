//! The elements of an array and the members of an object, as a [`Reader`] hands them to a visitor.
//!
//! Both add their step to the path of a failure. A key that a type reads as the name of a field is declared, and
//! shown; any other key is data, and its member is shown by position.

use std::cell::Cell;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, map};

use super::failure::{Failure, Step};
use super::reader::Reader;

/// The elements of an array.
pub(super) struct Elements<'de, 'a> {
    parent: Reader<'de, 'a>,
    items: std::iter::Enumerate<std::slice::Iter<'de, Value>>,
}

impl<'de, 'a> Elements<'de, 'a> {
    pub(super) fn new(parent: Reader<'de, 'a>, items: &'de [Value]) -> Self {
        Self { parent, items: items.iter().enumerate() }
    }

    /// Whether all elements have been read.
    pub(super) fn is_done(&self) -> bool {
        self.items.len() == 0
    }
}

impl<'de> SeqAccess<'de> for &mut Elements<'de, '_> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let Some((index, item)) = self.items.next() else { return Ok(None) };
        let read = self.parent.child(item).and_then(|reader| seed.deserialize(reader));
        read.map(Some).map_err(|failure| failure.inside(Step::Element(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The members of an object.
pub(super) struct Members<'de, 'a> {
    parent: Reader<'de, 'a>,
    members: Option<std::iter::Enumerate<map::Iter<'de>>>,
    value: Option<(Step<'de>, &'de Value)>,
}

impl<'de, 'a> Members<'de, 'a> {
    /// The members of an object, or of none.
    pub(super) fn new(parent: Reader<'de, 'a>, members: Option<&'de Map<String, Value>>) -> Self {
        Self { parent, members: members.map(|members| members.iter().enumerate()), value: None }
    }
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Failure> {
        let Some((position, (name, value))) = self.members.as_mut().and_then(Iterator::next) else { return Ok(None) };
        let is_field = Cell::new(false);
        let key = seed
            .deserialize(Key { name, is_field: &is_field })
            .map_err(|failure| failure.inside(Step::Member(position)))?;
        let step = if is_field.get() { Step::Field(name) } else { Step::Member(position) };
        self.value = Some((step, value));
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let Some((step, value)) = self.value.take() else {
            return Err(Failure::new("a value was asked for before its key"));
        };
        let read = self.parent.child(value).and_then(|reader| seed.deserialize(reader));
        read.map_err(|failure| failure.inside(step))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.as_ref().map_or(0, ExactSizeIterator::len))
    }
}

/// The name of a member. JSON has only strings there, so a map's numeric keys are read from their text in every mode.
#[derive(Clone, Copy)]
struct Key<'de, 'a> {
    name: &'de str,
    is_field: &'a Cell<bool>,
}

macro_rules! parse_key {
    ($($method:ident => $visit:ident),*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
                match self.name.parse() {
                    Ok(key) => visitor.$visit(key),
                    Err(_) => visitor.visit_borrowed_str(self.name),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Key<'de, '_> {
    type Error = Failure;

    parse_key!(
        deserialize_bool => visit_bool,
        deserialize_i8 => visit_i8,
        deserialize_i16 => visit_i16,
        deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64,
        deserialize_i128 => visit_i128,
        deserialize_u8 => visit_u8,
        deserialize_u16 => visit_u16,
        deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64,
        deserialize_u128 => visit_u128
    );

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_borrowed_str(self.name)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.is_field.set(true);
        visitor.visit_borrowed_str(self.name)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &str, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.name))
    }

    forward_to_deserialize_any! {
        f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct ignored_any
    }
}
