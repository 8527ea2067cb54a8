//! Unions: which branch is taken, what is said when none fits, what a hostile body costs.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json, to_value};

use crate::runtime::decode::{self, Failure, Mode};
use crate::runtime::union::Candidate;
use crate::runtime::{Tagged, serialize_tagged, untagged};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Cat {
    name: String,
    lives: Option<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Dog {
    name: String,
    barks: Option<bool>,
}

#[derive(Debug, PartialEq)]
enum Pet {
    Cat(Cat),
    Dog(Dog),
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untagged(
            deserializer,
            &[
                ("Cat", |candidate| candidate.read().map(Self::Cat)),
                ("Dog", |candidate| candidate.read().map(Self::Dog)),
            ],
        )
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Owner {
    id: String,
    pet: Pet,
}

#[derive(Debug, PartialEq)]
enum Holder {
    Owner(Owner),
    Nobody(BTreeMap<String, bool>),
}

impl<'de> Deserialize<'de> for Holder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untagged(
            deserializer,
            &[
                ("Owner", |candidate| candidate.read().map(Self::Owner)),
                ("Nobody", |candidate| candidate.read().map(Self::Nobody)),
            ],
        )
    }
}

fn cat() -> Pet {
    Pet::Cat(Cat { name: "a".to_owned(), lives: None })
}

fn dog() -> Pet {
    Pet::Dog(Dog { name: "a".to_owned(), barks: Some(true) })
}

#[test]
fn the_closest_reading_wins() {
    let cases = [
        (json!({"name": "a", "barks": true}), dog()),
        (json!({"name": "a"}), cat()),
        (json!({"name": "a", "barks": true, "more": 1}), cat()),
        (json!({"name": 1, "lives": "9"}), Pet::Cat(Cat { name: "1".to_owned(), lives: Some(9) })),
    ];
    for (wire, pet) in cases {
        assert_eq!(decode::from_value(&wire), Ok(pet));
    }
    assert_eq!(serde_json::from_value::<Pet>(json!({"name": "a", "barks": true})).unwrap(), dog());
}

#[test]
fn a_tolerance_elsewhere_does_not_choose_the_inner_branch() {
    let wire = json!({"id": 5, "pet": {"name": "a", "barks": true}, "more": 1});
    let owner = Owner { id: "5".to_owned(), pet: dog() };
    assert_eq!(decode::from_value(&wire), Ok(Holder::Owner(owner)));
}

#[test]
fn each_branch_says_why_not() {
    let failure = decode::from_value::<Vec<Holder>>(&json!([{"id": "a", "pet": {"name": true}}])).unwrap_err();
    assert_eq!(failure.path(), "body[0]");
    assert_eq!(
        failure.reason(),
        "fits no variant (Owner: pet: fits no variant (Cat: name: found a boolean, expected a string; Dog: name: \
         found a boolean, expected a string); Nobody: {0}: found a string, expected a boolean)"
    );
    let error = serde_json::from_value::<Pet>(json!({"name": ["canary"]})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "fits no variant (Cat: name: found an array, expected a string; Dog: name: found an array, expected a string)"
    );
}

#[derive(Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Sizes(BTreeMap<String, u8>),
    Unknown(Value),
}

impl<'de> Deserialize<'de> for Animal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let union = Tagged::read(deserializer, "type")?;
        match union.tag() {
            Some("cat") => union.value().map(Self::Cat),
            Some("3") => union.value_without_tag().map(Self::Sizes),
            _ => union.unknown().map(Self::Unknown),
        }
    }
}

impl Serialize for Animal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(cat) => serialize_tagged(cat, "type", "cat", serializer),
            Self::Sizes(sizes) => serialize_tagged(sizes, "type", "3", serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

#[test]
fn tags() {
    let wire = json!({"type": "cat", "name": "a", "lives": 9});
    let animal = Animal::Cat(Cat { name: "a".to_owned(), lives: Some(9) });
    assert_eq!(to_value(&animal).unwrap(), wire);
    for mode in [Mode::Exact, Mode::Strict, Mode::Lenient] {
        assert_eq!(decode::read::<Animal>(&wire, mode), Ok(Animal::Cat(Cat { name: "a".to_owned(), lives: Some(9) })));
    }
    assert_eq!(decode::from_value(&json!({"type": 3, "tail": 1})), Ok(Animal::Sizes([("tail".to_owned(), 1)].into())));
    let unknown = json!({"type": "cow"});
    assert_eq!(decode::from_value(&unknown), Ok(Animal::Unknown(unknown)));
    for untagged in [json!({"name": "a"}), json!([]), json!(null)] {
        let failure = decode::from_value::<Animal>(&untagged).unwrap_err();
        assert_eq!(failure.reason(), "the tag `type` is missing");
    }
    let failure = decode::from_value::<Vec<Animal>>(&json!([{"type": "cat", "name": true}])).unwrap_err();
    assert_eq!(failure.to_string(), "body[0].name: found a boolean, expected a string");
    let failure = decode::read::<Animal>(&json!({"type": "canary"}), Mode::Strict).unwrap_err();
    assert_eq!(failure.to_string(), "the tag `type` has an undeclared value");
    let error = serialize_tagged(&1, "type", "one", serde_json::value::Serializer).unwrap_err();
    assert_eq!(error.to_string(), "only an object can have the tag `type`");
}

#[derive(Debug, Deserialize)]
struct Link {
    #[serde(rename = "next")]
    _next: Option<Box<Chain>>,
}

/// A union whose branches cannot be told apart before the innermost value.
#[derive(Debug)]
enum Chain {
    One(#[allow(dead_code, reason = "only read")] Link),
    Other(#[allow(dead_code, reason = "only read")] Link),
}

thread_local! {
    /// How often a branch of a [`Chain`] was tried.
    static TRIED: Cell<usize> = const { Cell::new(0) };
}

fn tried(candidate: Candidate<'_>) -> Result<Link, Failure> {
    TRIED.set(TRIED.get() + 1);
    candidate.read()
}

impl<'de> Deserialize<'de> for Chain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untagged(
            deserializer,
            &[
                ("One", |candidate| tried(candidate).map(Self::One)),
                ("Other", |candidate| tried(candidate).map(Self::Other)),
            ],
        )
    }
}

fn chain(innermost: Value, length: usize) -> Value {
    (0..length).fold(innermost, |next, _| json!({ "next": next }))
}

/// Reads a chain; gives how often a branch was tried as well.
fn counted(value: &Value) -> (usize, Result<Chain, Failure>) {
    TRIED.set(0);
    let read = decode::from_value::<Chain>(value);
    (TRIED.get(), read)
}

/// A chain of twice the length is no more than about twice the work, where it could be the square of it or more.
#[test]
fn recursive_unions_end() {
    for (innermost, fits) in [(json!({}), true), (json!({"more": 1}), true), (json!(true), false)] {
        let [(short, _), (long, read)] = [50, 100].map(|length| counted(&chain(innermost.clone(), length)));
        assert_eq!(read.is_ok(), fits);
        assert!(long > 0 && long * 2 <= short * 5, "{innermost}: {short} tries, then {long}");
    }
}
