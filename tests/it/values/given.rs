//! What a value has that a schema only permits.

use tests::runtime::from_slice;
use tests::values::{
    AnyModel, Given, GivenMany, GivenMarksItem, GivenNumbers, GivenSaid, GivenSizes, GivenWords, GivenWordsArrayItem,
    Half, OneModel, Patch, Told,
};

use super::{is_kept, read, written};

/// The types of the members are those that reading gives; a text is kept as it is.
#[track_caller]
fn keeps(text: &str) {
    is_kept(text, &read::<Given>(text));
}

/// A constant is written where it was given. `new` gives it where it tells the alternatives apart.
#[test]
fn an_optional_constant_is_not_added() {
    keeps(r#"{"patch":{"name":"x"}}"#);
    keeps(r#"{"patch":{}}"#);
    keeps(r#"{"patch":{"status":"archived"}}"#);
    assert_eq!(written(&Given::new().patch(Patch::new().name("x"))), r#"{"patch":{"name":"x"}}"#);
}

#[test]
fn a_number_with_a_fraction_is_a_listed_value() {
    keeps(r#"{"priced":{"name":"x","rate":0.5}}"#);
    keeps(r#"{"priced":{"name":"x"}}"#);
    assert_eq!(written(&Given::new().priced(Half::new("x").rate(0.5))), r#"{"priced":{"name":"x","rate":0.5}}"#);
    keeps(r#"{"fraction":1}"#);
}

#[test]
fn a_text_beside_those_that_are_listed_is_of_the_branch() {
    let of_model = |text| Given::new().model(read::<AnyModel>(text));
    for text in [r#"{"model":"other","n":5,"z":1}"#, r#"{"model":"p","n":5,"z":1}"#] {
        is_kept(&format!(r#"{{"model":{text}}}"#), &of_model(text));
    }
    is_kept(r#"{"either":{"model":"other","a":"x"}}"#, &Given::new().either(OneModel::new("x", "other".into())));
}

#[test]
fn null_is_a_value_of_any_json() {
    keeps(r#"{"open":null}"#);
    keeps(r#"{"more":{"k":null}}"#);
    keeps(r#"{"list":null}"#);
    keeps("{}");
}

#[test]
fn an_integer_may_need_all_64_bits() {
    is_kept(r#"{"size":18446744073709551615}"#, &Given::new().size(u64::MAX));
    for (text, size) in [("18446744073709551615.0", u64::MAX), ("1e19", 10_u64.pow(19)), ("120e-1", 12), ("-0.0", 0)] {
        assert_eq!(read::<Given>(&format!(r#"{{"size":{text}}}"#)), Given::new().size(size), "{text}");
    }
    for (text, great) in
        [("9007199254740993e0", 9_007_199_254_740_993), ("-100000000000000001.0", -100_000_000_000_000_001)]
    {
        assert_eq!(read::<Given>(&format!(r#"{{"great":{text}}}"#)), Given::new().great(great), "{text}");
    }
    for text in ["0.99999999999999999999", "1.0000000000000000001", "5e-325", "1e19", "1e999999999999999999999"] {
        assert!(from_slice::<Given>(format!(r#"{{"great":{text}}}"#).as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn null_is_a_value_beside_those_that_are_listed() {
    is_kept(r#"{"said":null}"#, &Given::new().said_null());
    is_kept(r#"{"said":"yes"}"#, &Given::new().said(GivenSaid::Yes));
    let marks = vec![None, Some(GivenMarksItem::A), Some("b".into())];
    is_kept(r#"{"marks":[null,"a","b"]}"#, &Given::new().marks(marks));
}

/// A value that is new to a union inside stays in the branch that fits the rest.
#[test]
fn a_value_that_is_new_stays_in_its_branch() {
    let told = |text| GivenMany::from(read::<Told>(text));
    keeps(r#"{"many":{"kind":"one","one":1}}"#);
    is_kept(r#"{"many":{"kind":"new"}}"#, &Given::new().many(told(r#"{"kind":"new"}"#)));
    for list in [r#"[{"kind":"new"}]"#, r#"[{"kind":"one"},{"kind":"new"}]"#, "[]"] {
        let many = GivenMany::ToldList(read(list));
        is_kept(&format!(r#"{{"many":{list}}}"#), &Given::new().many(many));
    }
    let words = vec![GivenWordsArrayItem::X, "z".into()];
    is_kept(r#"{"words":["x","z"]}"#, &Given::new().words(GivenWords::StringList(words)));
    assert_eq!(read::<Given>(r#"{"numbers":["1"]}"#).numbers, Some(GivenNumbers::IntegerList(vec![1])));
    assert!(matches!(read::<Given>(r#"{"sizes":{"z":"1"}}"#).sizes, Some(GivenSizes::Object(_))));
}
