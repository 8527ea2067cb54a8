//! Unions: which branch is taken, what is kept of what no branch is for, what is written, what a hostile body costs.

use std::fmt::Debug;

use serde_json::{Value, json, to_value};

use runtime::{
    Discriminator, Input, Model, Object, ObjectWriter, Output, Read, Tag, Union, Unknown, Unlisted, Write, alias,
    from_slice, model, string_enum, to_vec, union,
};

use super::work::grows_with_the_size;

/// An object with some members, each with the way that it is read in.
macro_rules! object {
    ($name:ident: $($how:ident $member:ident: $type:ty),*) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name {
            $($member: $type,)*
            unknown: Unknown,
        }

        impl Model for $name {
            fn read(from: &mut Object<'_>) -> Self {
                Self { $($member: from.$how(stringify!($member)),)* unknown: from.unknown() }
            }

            fn write(&self, to: &mut ObjectWriter<'_>) {
                $(to.$how(stringify!($member), &self.$member);)*
                to.unknown(&self.unknown, &[]);
            }
        }

        model!($name);
    };
}

/// A union of types, in the document's order.
macro_rules! one_of {
    ($name:ident = $($branch:ident($type:ty) $index:literal)*; $count:literal) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name {
            $($branch($type),)*
            Unknown(Value),
        }

        impl Union for $name {
            const BRANCHES: usize = $count;

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

/// An enumeration of one value.
macro_rules! constant {
    ($name:ident = $text:literal) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name {
            Only,
            Unknown(Unlisted),
        }

        impl $name {
            const VALUES: &'static [Self] = &[Self::Only];

            fn as_str(&self) -> &str {
                match self {
                    Self::Only => $text,
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        string_enum!($name);
    };
}

/// Reads a value, looks for the branch by its name, and that nothing is lost when it is written.
fn check<T: Read + Write + Debug>(wire: Value, branch: &str) {
    let read: T = from_slice(wire.to_string().as_bytes()).unwrap();
    let shown = format!("{read:?}");
    assert!(shown.starts_with(&format!("{branch}(")), "{wire} is {shown}");
    let written: Value = serde_json::from_slice(&to_vec(&read).unwrap()).unwrap();
    assert_eq!(written, wire);
}

object!(Small: required id: i64);
object!(Large: required id: i64, optional extra: Option<String>);
one_of!(Sized = Small(Small) 0 Large(Large) 1; 2);

object!(A: required a: i64);
object!(B: required b: i64);
object!(AB: required a: i64, required b: i64);
one_of!(Nested = A(A) 0 AB(AB) 1; 2);
one_of!(Either = A(A) 0 B(B) 1; 2);

#[test]
fn a_member_that_a_server_adds_moves_nothing() {
    check::<Sized>(json!({"id": 1, "extra": "e", "new": 1}), "Large");
    check::<Sized>(json!({"id": 1, "new": 1}), "Small");
    check::<Nested>(json!({"a": 1, "b": 2, "new": 3}), "AB");
    check::<Nested>(json!({"a": 1, "new": 3}), "A");
}

#[test]
fn no_member_is_lost_where_several_branches_hold() {
    check::<Either>(json!({"a": 1, "b": 2}), "A");
}

#[test]
fn a_value_of_no_branch_is_kept() {
    for wire in [json!({}), json!({"c": [1, null]}), json!([]), json!(null), json!("a"), json!(1.5)] {
        check::<Either>(wire, "Unknown");
    }
}

constant!(CatKind = "cat");
constant!(DogKind = "dog");
object!(Cat: required kind: CatKind, optional lives: Option<u8>);
object!(Dog: required kind: DogKind, optional lives: Option<u8>);
one_of!(Pet = Cat(Cat) 0 Dog(Dog) 1; 2);

#[test]
fn constants_tell_branches_apart() {
    check::<Pet>(json!({"kind": "dog", "lives": 1}), "Dog");
    check::<Pet>(json!({"kind": "cow"}), "Unknown");
    // What is read tolerantly is still of the branch of its constant.
    let dog: Pet = from_slice(br#"{"kind":"dog","lives":"1"}"#).unwrap();
    assert!(matches!(dog, Pet::Dog(Dog { lives: Some(1), .. })));
}

one_of!(Scalar = Bool(bool) 0 Number(f64) 1 Integer(i64) 2 Text(String) 3; 4);
one_of!(Lists = Numbers(Vec<f64>) 0 Integers(Vec<i64>) 1; 2);

#[test]
fn scalars_are_written_as_they_came() {
    for (wire, branch) in [
        (json!(true), "Bool"),
        (json!(2024), "Integer"),
        (json!(9_007_199_254_740_993_i64), "Integer"),
        (json!(2024.0), "Number"),
        (json!("2024"), "Text"),
    ] {
        check::<Scalar>(wire, branch);
    }
    check::<Scalar>(json!(null), "Unknown");
    check::<Lists>(json!([1, 2]), "Integers");
    check::<Lists>(json!([1.5, 2.5]), "Numbers");
}

object!(Circle: required radius: f64);
object!(Square: required side: f64);
object!(Txt: required text: String);

/// A union by its tag, which the branches do not declare.
macro_rules! tagged {
    ($name:ident by $property:literal = $($branch:ident($type:ty) $tag:expr => $index:literal)*) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name {
            $($branch(Box<$type>),)*
            Unknown(Value),
        }

        impl Union for $name {
            const BRANCHES: usize = [$($index),*].len();
            const DISCRIMINATOR: Option<Discriminator> = Some(Discriminator::new($property, &[$(&[$tag]),*]));

            fn read_branch(branch: usize, from: Input<'_>) -> Self {
                match branch {
                    $($index => from.without($property).variant(Self::$branch),)*
                    _ => from.variant(Self::Unknown),
                }
            }

            fn write(&self, to: Output<'_>) {
                match self {
                    $(Self::$branch(value) => to.tagged($property, $tag, value),)*
                    Self::Unknown(value) => to.value(value),
                }
            }
        }

        union!($name);
    };
}

tagged!(Shape by "kind" = Circle(Circle) Tag::Text("circle") => 0 Square(Square) Tag::Text("square") => 1);
tagged!(Versioned by "version" = One(Circle) Tag::Integer(1) => 0 Two(Square) Tag::Integer(2) => 1);
tagged!(Flagged by "on" = On(Circle) Tag::Bool(true) => 0 Off(Square) Tag::Bool(false) => 1);

/// A union by the same tag, one of whose branches is a union itself: it is entered.
#[derive(Clone, Debug, PartialEq)]
enum Drawn {
    Shape(Shape),
    Txt(Txt),
    Unknown(Value),
}

impl Union for Drawn {
    const BRANCHES: usize = 2;
    const DISCRIMINATOR: Option<Discriminator> =
        Some(Discriminator::new("kind", &[&[Tag::Text("circle"), Tag::Text("square")], &[Tag::Text("txt")]]));

    fn read_branch(branch: usize, from: Input<'_>) -> Self {
        match branch {
            0 => from.variant(Self::Shape),
            1 => from.without("kind").variant(Self::Txt),
            _ => from.variant(Self::Unknown),
        }
    }

    fn write(&self, to: Output<'_>) {
        match self {
            Self::Shape(value) => to.value(value),
            Self::Txt(value) => to.tagged("kind", Tag::Text("txt"), value),
            Self::Unknown(value) => to.value(value),
        }
    }
}

union!(Drawn);

#[test]
fn tags() {
    check::<Shape>(json!({"kind": "square", "side": 2.0}), "Square");
    check::<Shape>(json!({"kind": "star", "side": 2.0}), "Unknown");
    check::<Drawn>(json!({"kind": "square", "side": 2.0}), "Shape");
    check::<Drawn>(json!({"kind": "txt", "text": "a"}), "Txt");
    let written = to_vec(&from_slice::<Shape>(br#"{"side":2.0,"x":1,"kind":"square"}"#).unwrap()).unwrap();
    assert_eq!(written, br#"{"kind":"square","side":2.0,"x":1}"#);
    let fault = from_slice::<Vec<Shape>>(br#"[{"kind":"circle","radius":true}]"#).unwrap_err();
    assert_eq!(fault.to_string(), "body[0].radius: found a boolean, expected a number");
}

#[test]
fn a_tag_is_compared_and_written_as_its_own_type() {
    check::<Versioned>(json!({"version": 2, "side": 2.0}), "Two");
    check::<Versioned>(json!({"version": "2", "side": 2.0}), "Unknown");
    check::<Flagged>(json!({"on": false, "side": 2.0}), "Off");
    let whole: Versioned = from_slice(br#"{"version":2.0,"side":2.0}"#).unwrap();
    assert_eq!(to_value(whole).unwrap(), json!({"version": 2, "side": 2.0}));
}

#[test]
fn without_a_tag_the_branches_are_told_apart_by_shape() {
    for wire in [json!([]), json!(null)] {
        check::<Shape>(wire, "Unknown");
    }
    let square: Shape = from_slice(br#"{"side":1}"#).unwrap();
    assert!(matches!(square, Shape::Square(_)));
}

#[test]
fn only_an_object_has_a_tag() {
    struct Wrong;
    impl Write for Wrong {
        fn write(&self, to: Output<'_>) {
            to.tagged("type", Tag::Text("one"), &1);
        }
    }
    assert_eq!(to_vec(&Wrong), None);
}

object!(Link: optional next: Option<Box<Chain>>);
object!(Loop: optional next: Option<Box<Chain>>);
one_of!(Chain = One(Box<Link>) 0 Other(Box<Loop>) 1; 2);

#[derive(Clone, Debug, PartialEq)]
struct Wrapped(Box<Deep>);
alias!(Wrapped = Box<Deep>);
one_of!(Deep = Pair((Wrapped, i64)) 0 Swapped((Wrapped, f64)) 1 Mapped(std::collections::BTreeMap<String, Wrapped>) 2 Leaf(bool) 3; 4);

/// Reads and writes values of growing sizes, and then a large value.
#[track_caller]
fn ends<T: Read + Write + Debug>(wire: impl Fn(usize) -> Value, large: usize, branch: &str) {
    grows_with_the_size(large / 16, |size| check::<T>(wire(size), branch));
    check::<T>(wire(large), branch);
}

/// Unions whose branches cannot be told apart before the innermost value.
#[test]
fn recursive_unions_end() {
    let chain =
        |innermost: Value| move |depth: usize| (0..depth).fold(innermost.clone(), |next, _| json!({ "next": next }));
    ends::<Chain>(chain(json!({})), 64, "One");
    ends::<Chain>(chain(json!({"more": 1})), 64, "One");
    ends::<Chain>(chain(json!(true)), 64, "One");
    let deep =
        |innermost: Value| move |depth: usize| (0..depth).fold(innermost.clone(), |inner, level| json!([inner, level]));
    ends::<Deep>(deep(json!(true)), 64, "Pair");
    ends::<Deep>(|depth| (0..depth).fold(json!(true), |inner, _| json!({ "a": inner })), 64, "Mapped");
    ends::<Deep>(deep(json!("x")), 64, "Pair");
}

#[test]
fn long_lists_of_unions_end() {
    let wire = |length: usize| (0..length).map(|index| json!({"next": {"next": {"more": index}}})).collect();
    ends::<Listed>(wire, 5_000, "Listed");
}

#[derive(Clone, Debug, PartialEq)]
struct Listed(Vec<Chain>);
alias!(Listed = Vec<Chain>);
