//! What can be written as JSON, or as a part of a request that is made from a `serde_json::Value`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::output::Output;
use super::tuple::for_each_tuple;

/// A type that is written.
pub trait Write {
    /// Writes the value.
    fn write(&self, to: Output<'_>);

    /// Whether there is no value, so that it is left out at the end of a list.
    fn is_missing(&self) -> bool {
        false
    }
}

impl<T: Write + ?Sized> Write for &T {
    fn write(&self, to: Output<'_>) {
        (**self).write(to);
    }

    fn is_missing(&self) -> bool {
        (**self).is_missing()
    }
}

impl<T: Write + ?Sized> Write for Box<T> {
    fn write(&self, to: Output<'_>) {
        (**self).write(to);
    }

    fn is_missing(&self) -> bool {
        (**self).is_missing()
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self, to: Output<'_>) {
        match self {
            Some(value) => value.write(to),
            None => to.null(),
        }
    }
}

impl Write for bool {
    #[inline]
    fn write(&self, to: Output<'_>) {
        to.bool(*self);
    }
}

macro_rules! integers {
    ($($integer:ty => $method:ident)*) => {
        $(
            impl Write for $integer {
                #[inline]
                fn write(&self, to: Output<'_>) {
                    to.$method((*self).into());
                }
            }
        )*
    };
}

integers!(i8 => signed i16 => signed i32 => signed i64 => signed u8 => unsigned u16 => unsigned u32 => unsigned u64 => unsigned);

impl Write for f64 {
    #[inline]
    fn write(&self, to: Output<'_>) {
        to.float(*self);
    }
}

impl Write for str {
    #[inline]
    fn write(&self, to: Output<'_>) {
        to.text(self);
    }
}

impl Write for String {
    #[inline]
    fn write(&self, to: Output<'_>) {
        to.text(self);
    }
}

impl<T: Write> Write for [T] {
    fn write(&self, to: Output<'_>) {
        to.array(|array| self.iter().for_each(|element| array.element(element)));
    }
}

impl<T: Write, const N: usize> Write for [T; N] {
    fn write(&self, to: Output<'_>) {
        self.as_slice().write(to);
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self, to: Output<'_>) {
        self.as_slice().write(to);
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self, to: Output<'_>) {
        to.object(|object| object.additional(self, &[]));
    }
}

impl Write for Map<String, Value> {
    fn write(&self, to: Output<'_>) {
        to.object(|object| object.additional(self, &[]));
    }
}

impl Write for Value {
    fn write(&self, to: Output<'_>) {
        match self {
            Self::Null => to.null(),
            Self::Bool(flag) => to.bool(*flag),
            Self::Number(number) => to.number(number),
            Self::String(text) => to.text(text),
            Self::Array(elements) => elements.write(to),
            Self::Object(members) => members.write(to),
        }
    }
}

macro_rules! tuples {
    ($($($element:ident $index:literal)*;)*) => {
        $(
            #[allow(non_snake_case, reason = "an element is called as its type is")]
            impl<$($element: Write),*> Write for ($($element,)*) {
                fn write(&self, to: Output<'_>) {
                    let ($($element,)*) = self;
                    let elements: &[&dyn Write] = &[$($element),*];
                    let end = elements.iter().rposition(|element| !element.is_missing()).map_or(0, |last| last + 1);
                    to.array(|array| elements.iter().take(end).for_each(|element| array.element(*element)));
                }
            }
        )*
    };
}

for_each_tuple!(tuples);
