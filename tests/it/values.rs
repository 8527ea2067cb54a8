//! What a value becomes on its way from JSON to Rust and back: `values/openapi.yaml` has a group of schemas for each test.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::runtime::{Nullable, Read, Write, from_slice, to_vec};
use tests::values::{
    Account, Animal, Car, Constants, Drawing, Edition, Entry, Figure, Flag, Kind, Letters, Level, Nulls, Priority,
    Rank, Scalar, Shape, Sides, Size, Square, Switch, Task, Texts, Tuples, Vehicle, Version,
};

/// Reads a payload, whose variants are the first words of what it prints, and holds that it is written as it was read: as a request,
/// and by serde in between.
fn check<T: Read + Write + Serialize + DeserializeOwned + Debug + PartialEq>(payload: &Value, variants: &[&str]) {
    let text = payload.to_string();
    let value: T = from_slice(text.as_bytes()).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let printed = format!("{value:?}");
    let mut rest = printed.as_str();
    for variant in variants {
        rest = rest.strip_prefix(&format!("{variant}(")).unwrap_or_else(|| panic!("{text} is {printed}"));
    }
    let written = to_vec(&value).map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap());
    assert_eq!(written.as_ref(), Some(payload), "{printed}");
    let kept = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&kept).unwrap(), *payload, "{printed}");
    assert_eq!(serde_json::from_str::<T>(&kept).unwrap(), value);
}

#[test]
fn a_member_that_a_server_adds_moves_no_value_to_another_branch() {
    check::<Size>(&json!({"id": 1}), &["Small"]);
    check::<Size>(&json!({"id": 1, "new": 1}), &["Small"]);
    check::<Size>(&json!({"id": 1, "extra": "e"}), &["Large"]);
    check::<Size>(&json!({"id": 1, "extra": "e", "new": 1}), &["Large"]);
    check::<Letters>(&json!({"a": 1, "new": 3}), &["OneLetter"]);
    check::<Letters>(&json!({"a": 1, "b": 2, "new": 3}), &["TwoLetters"]);
}

#[test]
fn a_constant_tells_branches_apart() {
    check::<Animal>(&json!({"kind": "cat", "lives": 9}), &["Cat"]);
    check::<Animal>(&json!({"kind": "dog", "lives": 9}), &["Dog"]);
    check::<Animal>(&json!({"kind": "cow", "lives": 9}), &["Unknown"]);
}

#[test]
fn a_union_by_the_same_tag_is_entered() {
    let square = json!({"kind": "square", "side": 2});
    check::<Drawing>(&square, &["Shape", "Square"]);
    check::<Shape>(&square, &["Square"]);
    check::<Drawing>(&json!({"kind": "caption", "text": "t"}), &["Caption"]);
    check::<Drawing>(&json!({"kind": "star"}), &["Unknown"]);
    check::<Entry>(&json!({"kind": "rhombus", "width": 2}), &["Figure", "Rhombus"]);
    check::<Figure>(&json!({"kind": "oval", "width": 2}), &["Oval"]);
    check::<Entry>(&json!({"kind": "remark", "text": "t"}), &["Remark"]);
    let drawing = Drawing::from(Shape::from(Square::default().side(2)));
    assert_eq!(to_vec(&drawing).unwrap(), br#"{"kind":"square","side":2}"#);
}

#[test]
fn heirs_of_heirs_are_told_apart() {
    check::<Vehicle>(&json!({"type": "ship", "masts": 3}), &["Ship"]);
    check::<Vehicle>(&json!({"type": "car", "body": "van", "load": 7}), &["Car", "Van"]);
    check::<Car>(&json!({"type": "car", "body": "van", "load": 7}), &["Van"]);
    check::<Rank>(&json!({"rank": "general", "unit": "u", "stars": 4}), &["General"]);
    check::<Rank>(&json!({"rank": "officer", "unit": "u"}), &["Officer"]);
}

#[test]
fn tags_are_of_their_own_type() {
    check::<Version>(&json!({"version": 1, "one": "x"}), &["First"]);
    check::<Version>(&json!({"version": 2, "two": "x"}), &["Second"]);
    check::<Version>(&json!({"version": 3}), &["Unknown"]);
    check::<Version>(&json!({"version": "2"}), &["Unknown"]);
    check::<Edition>(&json!({"edition": 0, "text": "x"}), &["Draft"]);
    check::<Edition>(&json!({"edition": 1, "text": "x"}), &["Final"]);
    check::<Switch>(&json!({"on": true, "brightness": 5}), &["SwitchedOn"]);
    check::<Switch>(&json!({"on": false, "since": "x"}), &["SwitchedOff"]);
    check::<Level>(&json!({"level": 1, "low": "x"}), &["Low"]);
    check::<Level>(&json!({"level": 2, "high": "x"}), &["High"]);
    check::<Flag>(&json!({"raised": true, "height": 2}), &["Raised"]);
    check::<Flag>(&json!({"raised": false, "folded": true}), &["Lowered"]);
}

#[test]
fn no_member_is_lost_where_several_branches_hold() {
    check::<Sides>(&json!({"left": 1, "right": 2}), &["Left"]);
    check::<Sides>(&json!({"right": 2}), &["Right"]);
}

#[test]
fn null_absence_and_values_are_told_apart() {
    for payload in [
        json!({"must": null}),
        json!({"must": 1, "job": null, "anything": null, "mood": null, "nothing": null, "note": null}),
        json!({"must": 1, "job": {"id": 1}, "anything": {"a": [null]}, "mood": "calm", "note": "n", "plain": "p"}),
    ] {
        check::<Nulls>(&payload, &[]);
    }
    let nulls = Nulls::default().must(1).job(Task::default().id(2)).note_null();
    assert_eq!(to_vec(&nulls).unwrap(), br#"{"must":1,"job":{"id":2},"note":null}"#);
    assert_eq!((nulls.note.value(), nulls.note.is_null()), (None, true));
    assert_eq!(nulls.job.value().map(|job| job.id), Some(2));
    let nulls = nulls.note("n").job_null().must_null();
    assert_eq!((nulls.note.value().map(String::as_str), nulls.job.value()), (Some("n"), None));
    assert_eq!(to_vec(&nulls).unwrap(), br#"{"must":null,"job":null,"note":"n"}"#);
}

#[test]
fn constants_of_every_type_are_filled_in() {
    let all = json!({
        "text": "a", "integer": 5, "float": 1.5, "flag": true, "list": [1, "two"], "object": {"a": 1}, "nothing": null,
        "typed": null
    });
    for constants in [Constants::new(), Constants::default()] {
        assert_eq!(serde_json::to_value(&constants).unwrap(), all);
    }
    check::<Constants>(&all, &[]);
}

#[test]
fn lists_of_several_types_may_be_shorter() {
    for payload in [
        json!({"mixed": ["x", 2, 3], "closed": ["x", 2], "exact": [1.5, 2.5], "same": ["a", "b", "c"]}),
        json!({"mixed": ["x"], "closed": ["x"], "same": []}),
        json!({"mixed": [], "closed": []}),
    ] {
        check::<Tuples>(&payload, &[]);
    }
    let fault = from_slice::<Tuples>(br#"{"exact":[1.5]}"#).unwrap_err();
    assert_eq!(fault.to_string(), "body.exact: found 1 elements, expected more");
}

#[test]
fn a_scalar_keeps_its_kind_and_its_digits() {
    for (text, variant) in [
        ("2024", "Integer"),
        ("9007199254740993", "Integer"),
        ("2024.5", "Number"),
        ("true", "Boolean"),
        ("\"2024\"", "String"),
    ] {
        let scalar: Scalar = from_slice(text.as_bytes()).unwrap();
        assert!(format!("{scalar:?}").starts_with(&format!("{variant}(")), "{text} is {scalar:?}");
        assert_eq!(String::from_utf8(to_vec(&scalar).unwrap()).unwrap(), text);
    }
}

#[test]
fn an_unknown_value_never_stands_for_a_listed_one() {
    assert_eq!((Kind::from("bird"), Kind::from("fish".to_owned())), (Kind::Bird, Kind::Fish));
    let unknown: Kind = from_slice(br#""cow""#).unwrap();
    assert_eq!((unknown.as_str(), unknown == Kind::from("cow")), ("cow", true));
    assert_eq!(to_vec(&unknown).unwrap(), br#""cow""#);
    assert_eq!((Priority::from(2).value(), Priority::from(7).value()), (2, 7));
    assert_eq!(Priority::from(1), Priority::VALUES[0].clone());
}

#[test]
fn what_travels_one_way_is_optional() {
    let reply: Account = from_slice(br#"{"id":"i","name":"n"}"#).unwrap();
    assert_eq!((reply.id.as_deref(), reply.password.as_deref()), (Some("i"), None));
    assert_eq!(to_vec(&reply).unwrap(), br#"{"name":"n"}"#);
    // Nothing is left out for anybody but the server.
    assert_eq!(serde_json::to_string(&reply).unwrap(), r#"{"id":"i","name":"n"}"#);
    let request = Account::new("n", "p");
    assert_eq!(to_vec(&request).unwrap(), br#"{"name":"n","password":"p"}"#);
}

#[test]
fn odd_texts_fail_no_reply() {
    let texts: Texts = from_slice(br#"{"number":"many","digits":123456789012345678901234567890}"#).unwrap();
    let number = texts.number.as_ref().unwrap();
    assert_eq!((number.as_str(), number.value().is_err()), ("many", true));
    assert_eq!(texts.digits.as_deref(), Some("123456789012345678901234567890"));
    let texts: Texts = from_slice(br#"{"number":7,"digits":"a","digits":"b"}"#).unwrap();
    assert_eq!((texts.number.unwrap().value(), texts.digits.as_deref()), (Ok(7), Some("b")));
}
