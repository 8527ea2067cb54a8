//! Models as they are emitted, with every kind of member. The names are short, so that chance finds them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde_json::{Map, Value};

use crate::counted::Counted;
use crate::runtime::{
    Base64, Discriminator, File, Input, Model, Object, ObjectWriter, Output, Secret, Tag, Text, Trailing, Union,
    Unknown, Unlisted, alias, integer_enum, model, string_enum, union,
};

macro_rules! object {
    ($name:ident: $($how:ident $member:ident: $type:ty),*) => {
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $(pub $member: $type,)*
            pub unknown: Unknown,
        }

        impl Model for $name {
            fn read(from: &mut Object<'_>) -> Self {
                Self { $($member: from.$how(stringify!($member)),)* unknown: from.unknown() }
            }

            fn write(&self, to: &mut ObjectWriter<'_>) {
                $(to.$how(stringify!($member), &self.$member);)*
                to.unknown(&self.unknown);
            }
        }

        model!($name: Default);
    };
}

macro_rules! branches {
    ($name:ident = $($branch:ident($type:ty) $index:literal)*) => {
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $($branch($type),)*
            Unknown(Value),
        }

        impl Union for $name {
            const BRANCHES: usize = [$($index),*].len();

            fn read_branch(branch: usize, from: Input<'_>) -> Self {
                match branch {
                    $($index => from.variant(Self::$branch),)*
                    _ => from.variant(Self::Unknown),
                }
            }

            fn write(&self, to: Output<'_>) {
                match self {
                    $(Self::$branch(value) => to.value(value),)*
                    Self::Unknown(value) => to.value(value),
                }
            }
        }

        union!($name);
    };
}

object!(Plain:
    optional a: Option<i8>, optional b: Option<u64>, optional c: Option<i64>, optional d: Option<f64>, optional e: Option<bool>, optional f: Option<String>,
    optional g: Option<Option<Counted<String>>>, optional h: Option<Vec<Counted<f64>>>, optional i: Option<BTreeMap<String, Option<i64>>>,
    optional j: Option<Counted<(i64, Trailing<Option<String>>, Trailing<bool>)>>, optional k: Option<Colour>, optional l: Option<Level>,
    optional m: Option<Value>, optional n: Option<Map<String, Value>>, optional o: Option<Secret>, optional p: Option<Text<Ipv4Addr>>,
    optional q: Option<Text<Base64>>, optional r: Option<File>, optional s: Option<Box<Counted<Plain>>>, optional t: Option<Open>, optional u: Option<Name>,
    optional v: Option<Fixed>);

object!(Every:
    optional a: Option<Box<Counted<Every>>>, optional b: Option<Vec<Node>>, optional c: Option<Shape>, optional d: Option<Scalar>, optional e: Option<Option<Plain>>,
    optional f: Option<BTreeMap<String, Node>>, optional g: Option<(Node, Trailing<Node>)>);

#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    id: Counted<i64>,
    rest: BTreeMap<String, Counted<String>>,
}

impl Model for Open {
    fn read(from: &mut Object<'_>) -> Self {
        Self { id: from.required("id"), rest: from.additional() }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("id", &self.id);
        to.additional(&self.rest);
    }
}

model!(Open);

#[derive(Clone, Debug, PartialEq)]
pub struct Fixed {
    one: i64,
    list: Option<Value>,
}

impl Model for Fixed {
    fn read(from: &mut Object<'_>) -> Self {
        Self { one: from.only("1").required("a"), list: from.only("[1,null]").optional("b") }
    }

    fn write(&self, to: &mut ObjectWriter<'_>) {
        to.required("a", &self.one);
        to.optional("b", &self.list);
    }
}

model!(Fixed);

#[derive(Clone, Debug, PartialEq)]
pub struct Name(Option<Counted<String>>);

alias!(Name = Option<Counted<String>>);

#[derive(Clone, Debug, PartialEq)]
pub enum Colour {
    Red,
    Blue,
    Unknown(Unlisted),
}

impl Colour {
    const VALUES: &'static [Self] = &[Self::Red, Self::Blue];

    fn as_str(&self) -> &str {
        match self {
            Self::Red => "r",
            Self::Blue => "b",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

string_enum!(Colour);

#[derive(Clone, Debug, PartialEq)]
pub enum Level {
    One,
    Unknown(Unlisted<i64>),
}

impl Level {
    const VALUES: &'static [Self] = &[Self::One];

    fn value(&self) -> i64 {
        match self {
            Self::One => 1,
            Self::Unknown(value) => value.value(),
        }
    }
}

integer_enum!(Level);

object!(Left: optional a: Option<Box<Counted<Node>>>, optional b: Option<Node2>);
object!(Right: optional a: Option<Box<Counted<Node>>>, required b: i64);
object!(Leaf: required l: Level);

#[derive(Clone, Debug, PartialEq)]
pub struct Node2(Box<Counted<Node>>);

alias!(Node2 = Box<Counted<Node>>);

branches!(Node = Left(Left) 0 Right(Right) 1 Leaf(Leaf) 2 Pair((Node2, Trailing<Node2>)) 3 Fixed(Fixed) 4);
branches!(Scalar = Bool(Counted<bool>) 0 Number(f64) 1 Integer(i64) 2 Address(Text<Ipv4Addr>) 3 Text(String) 4 List(Vec<Scalar>) 5);

/// By a tag of every type.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Left(Box<Left>),
    Right(Box<Right>),
    Open(Box<Open>),
    Unknown(Value),
}

impl Union for Shape {
    const BRANCHES: usize = 3;
    const DISCRIMINATOR: Option<Discriminator> =
        Some(Discriminator::new("t", &[&[Tag::Text("l")], &[Tag::Integer(1)], &[Tag::Bool(true)]]));

    fn read_branch(branch: usize, from: Input<'_>) -> Self {
        match branch {
            0 => from.without("t").variant(Self::Left),
            1 => from.without("t").variant(Self::Right),
            2 => from.without("t").variant(Self::Open),
            _ => from.variant(Self::Unknown),
        }
    }

    fn write(&self, to: Output<'_>) {
        match self {
            Self::Left(value) => to.tagged("t", Tag::Text("l"), value),
            Self::Right(value) => to.tagged("t", Tag::Integer(1), value),
            Self::Open(value) => to.tagged("t", Tag::Bool(true), value),
            Self::Unknown(value) => to.value(value),
        }
    }
}

union!(Shape);
