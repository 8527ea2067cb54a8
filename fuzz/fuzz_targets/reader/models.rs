//! Models as they are emitted, with every kind of member. The names are short, so that chance finds them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde_json::{Map, Value};

use runtime::{Base64, File, Secret, Tag, Text, Trailing, Unknown, alias, integer_enum, object, string_enum, union};

use crate::counted::Counted;

object! {
    /// Every kind of value.
    pub struct Plain: Default {
        a: i8 = optional "a",
        b: u64 = optional "b",
        c: i64 = optional "c",
        d: f64 = optional "d",
        e: bool = optional "e",
        f: String = optional into "f",
        g: Counted<String> = optional_nullable "g" null g_null,
        h: Vec<Counted<f64>> = optional "h",
        i: BTreeMap<String, Option<i64>> = optional "i",
        j: (i64, Trailing<Option<String>>, Trailing<bool>) = optional "j",
        k: Colour = optional "k",
        l: Level = optional "l",
        m: Value = optional "m",
        n: Map<String, Value> = optional "n",
        o: Secret = optional into "o",
        p: Text<Ipv4Addr> = optional into "p",
        q: Text<Base64> = optional into "q",
        r: File = optional into "r",
        s: Box<Counted<Plain>> = optional "s",
        t: Open = optional "t",
        u: Name = optional "u",
        v: Fixed = optional "v",
        ..unknown: Unknown
    }
}

object! {
    /// What holds others.
    pub struct Every: Default {
        a: Box<Counted<Every>> = optional "a",
        b: Vec<Node> = optional "b",
        c: Shape = optional into "c",
        d: Scalar = optional into "d",
        e: Plain = optional_nullable "e" null e_null,
        f: BTreeMap<String, Node> = optional "f",
        g: (Node, Trailing<Node>) = optional "g",
        ..unknown: Unknown
    }
}

object! {
    /// Further members have a type.
    pub struct Open {
        id: Counted<i64> = required "id",
        ..additional: BTreeMap<String, Counted<String>>
    }
}

object! {
    /// Constants.
    pub struct Fixed {
        one: i64 = required "a" constant "1",
        list: Value = optional "b" constant "[1,null]",
        ..unknown: Unknown
    }
}

/// Another type by a name of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Name(Option<Counted<String>>);

alias!(Name = Option<Counted<String>>);

string_enum! {
    /// Strings.
    pub enum Colour {
        Red = "r",
        Blue = "b",
    }
}

integer_enum! {
    /// Integers.
    pub enum Level {
        One = 1,
    }
}

object! {
    /// A branch of a node.
    pub struct Left {
        a: Box<Counted<Node>> = optional "a",
        b: Node2 = optional "b",
        ..unknown: Unknown
    }
}

object! {
    /// A branch of a node.
    pub struct Right {
        a: Box<Counted<Node>> = optional "a",
        b: i64 = required "b",
        ..unknown: Unknown
    }
}

object! {
    /// A branch of a node.
    pub struct Leaf {
        l: Level = required "l",
        ..unknown: Unknown
    }
}

/// A node by another name.
#[derive(Clone, Debug, PartialEq)]
pub struct Node2(Box<Counted<Node>>);

alias!(Node2 = Box<Counted<Node>>);

union! {
    /// Told apart by their members.
    pub enum Node {
        Left(Left): boxed from,
        Right(Right): boxed from,
        Leaf(Leaf): boxed from,
        Pair((Node2, Trailing<Node2>)),
        Fixed(Fixed): boxed from,
    }
}

union! {
    /// Told apart by their types.
    pub enum Scalar {
        Bool(Counted<bool>),
        Number(f64),
        Integer(i64),
        Address(Text<Ipv4Addr>),
        Text(String),
        List(Vec<Scalar>),
    }
}

union! {
    /// By a tag of every type.
    pub enum Shape by "t" {
        Left(Left): boxed from = [Tag::Text("l")] hides,
        Right(Right): boxed from = [Tag::Integer(1)] hides,
        Open(Open): boxed from = [Tag::Bool(true)] hides,
    }
}
