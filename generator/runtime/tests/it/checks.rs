//! Bounds: what each says of each type, how places are named, and that no message shows a value.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use runtime::Bound::*;
use runtime::{Bound, Bounded, Check, Checker, Pattern, Secret, Text};

/// Anything with bounds, as a model that is nothing else.
struct Bare<'a, T>(T, &'a [Bound<'a>]);

impl<T: Bounded> Check for Bare<'_, T> {
    fn visit(&self, checker: &mut Checker) {
        checker.part(&self.0, self.1);
    }
}

/// What a value breaks, one a line.
fn check<T: Bounded>(value: T, bounds: &[Bound<'_>], expected: &[&str]) {
    let found = match Bare(value, bounds).check() {
        Ok(()) => Vec::new(),
        Err(violations) => {
            violations.iter().map(|it| format!("{} {} {}", it.path(), it.keyword(), it.limit())).collect::<Vec<_>>()
        }
    };
    assert_eq!(found, expected);
}

#[test]
fn numbers() {
    check(1_i64, &[Minimum("1"), Maximum("1"), MinLength(9)], &[]);
    check(1_i64, &[ExclusiveMinimum("1"), ExclusiveMaximum("1")], &[" exclusiveMinimum 1", " exclusiveMaximum 1"]);
    check(u64::MAX, &[Maximum("18446744073709551615"), Minimum("0.5")], &[]);
    check(u64::MAX, &[Maximum("18446744073709551614")], &[" maximum 18446744073709551614"]);
    check(0.1, &[Minimum("0.1"), Maximum("0.1")], &[]);
    check(-0.5, &[Minimum("0")], &[" minimum 0"]);
    check(1e300, &[Maximum("1e299"), Minimum("1e3")], &[" maximum 1e299"]);
    check(f64::NAN, &[Minimum("0"), MultipleOf("1")], &[]);
}

#[test]
fn multiples() {
    check(19.99, &[MultipleOf("0.01")], &[]);
    check(0.3, &[MultipleOf("0.1")], &[]);
    check(4.35, &[MultipleOf("0.05")], &[]);
    check(0.075, &[MultipleOf("0.01")], &[" multipleOf 0.01"]);
    check(1e-7, &[MultipleOf("1e-8"), MultipleOf("0.0000001")], &[]);
    check(9_i64, &[MultipleOf("3.0"), MultipleOf("2")], &[" multipleOf 2"]);
    check(1e300, &[MultipleOf("2"), MultipleOf("0")], &[]);
}

/// A length counts code points (2020-12, validation 6.3.1).
#[test]
fn text() {
    check("grün😀".to_owned(), &[MinLength(5), MaxLength(5), Minimum("9")], &[]);
    check("grün😀".to_owned(), &[MinLength(6)], &[" minLength 6"]);
    check(Secret::from("key"), &[MaxLength(2)], &[" maxLength 2"]);
    check(Text::<std::net::Ipv4Addr>::from_text("::1"), &[MinLength(7)], &[" minLength 7"]);
    check(Some(Some("a".to_owned())), &[MinLength(2)], &[" minLength 2"]);
    check(None::<String>, &[MinLength(2)], &[]);
}

/// ECMA-262, which a pattern need not match from end to end.
#[test]
fn patterns() {
    check("a1b".to_owned(), &[Pattern(&Pattern::new(r"\d"))], &[]);
    check("ab".to_owned(), &[Pattern(&Pattern::new(r"\d"))], &[r" pattern \d"]);
    check("пример".to_owned(), &[Pattern(&Pattern::new(r"^\p{L}+$"))], &[]);
    check("a-b".to_owned(), &[Pattern(&Pattern::new(r"^[\w\-\_]+$"))], &[]);
    check("Password1".to_owned(), &[Pattern(&Pattern::new(r"^(?=.*\d)(?=.*[A-Z]).{8,}$"))], &[]);
    check("a".to_owned(), &[Pattern(&Pattern::new("("))], &[]);
    check("aa".to_owned(), &[MaxLength(1), Pattern(&Pattern::new("^b$"))], &[" maxLength 1"]);
}

#[test]
fn lists_and_maps() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    check(names(&["a", "b", "a"]), &[MaxItems(2), UniqueItems], &[" maxItems 2", " uniqueItems true"]);
    check(names(&["a", "bb"]), &[MinItems(2), UniqueItems, Each(&[MaxLength(1)])], &["/1 maxLength 1"]);
    check(
        vec![names(&["", "a"])],
        &[Each(&[MinItems(3), Each(&[MinLength(1)])])],
        &["/0 minItems 3", "/0/0 minLength 1"],
    );
    let labels = BTreeMap::from([("secret key".to_owned(), 1), ("secret too".to_owned(), 7)]);
    check(labels, &[MinProperties(3), Each(&[Maximum("6")])], &[" minProperties 3", "/{1} maximum 6"]);
    check((1_i64, "text".to_owned()), &[At(1, &[MaxLength(3)])], &["/1 maxLength 3"]);
}

/// A bound says nothing of a value of another kind.
#[test]
fn untyped_values() {
    let bounds = [MaxLength(1), Maximum("1"), MaxItems(1), MaxProperties(1)];
    check(json!("ab"), &bounds, &[" maxLength 1"]);
    check(json!(1.5), &bounds, &[" maximum 1"]);
    check(json!([1, 2]), &bounds, &[" maxItems 1"]);
    check(json!({ "a": 1, "b": 2 }), &bounds, &[" maxProperties 1"]);
    check(Value::Null, &bounds, &[]);
}

#[test]
fn messages_name_the_place_and_never_the_value() {
    struct Order(Vec<String>);
    impl Check for Order {
        fn visit(&self, checker: &mut Checker) {
            checker.member("a/b~c", &self.0, &[MinItems(2), Each(&[MaxLength(3)])]);
        }
    }
    let broken = Order(vec!["hunter2".to_owned()]).check().unwrap_err();
    assert_eq!(broken.to_string(), "/a~1b~0c breaks minItems 2; /a~1b~0c/0 breaks maxLength 3");
    assert!(!format!("{broken:?}").contains("hunter2"));
    let bare = Bare(String::new(), &[MinLength(1)]).check().unwrap_err();
    assert_eq!(bare.to_string(), "the value breaks minLength 1");
}
