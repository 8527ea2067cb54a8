//! Unions without a discriminator.

use serde_json::json;
use tests::runtime::{Text, from_slice};
use tests::values::{
    AddressOrInteger, Animal, Answer, ByListed, ByObject, Cat, Cold, Cost, Dog, Everything, ExactPrice, HighRate,
    Large, Left, Letters, Lines, ListedOne, ListedTwo, ListedTwoIs, LowRate, Mixed, MixedOne, MixedTwo, No, Numbered,
    ObjectOne, ObjectTwo, OneLetter, Rate, Record, Retry, RetryOff, RetryOffROff, RetryOn, Right, Sides, Size, Small,
    Stored, TextOrInteger, Tinted, TwoLetters, Unstored, Warm, WarmTint, WholePrice, Wrapped, WrappedJson,
    WrappedLetter, Yes,
};

use super::{is_kept, is_written, read, written};

#[test]
fn an_undeclared_member_moves_nothing_to_another_branch() {
    is_kept(r#"{"id":1}"#, &Size::from(Small::new(1)));
    is_kept(r#"{"id":1,"extra":"e"}"#, &Size::from(Large::new(1).extra("e")));
    for text in [r#"{"id":1,"extra":"e","new":1}"#, r#"{"new":{"id":2},"id":1,"extra":"e"}"#] {
        let large: Large = read(text);
        assert_eq!((large.id, large.extra.as_deref(), large.unknown.len()), (1, Some("e"), 1));
        assert_eq!(read::<Size>(text), Size::from(large));
    }
    is_kept(r#"{"id":1,"new":1}"#, &Size::from(read::<Small>(r#"{"id":1,"new":1}"#)));
    is_kept(r#"{"id":1,"extra":"e","new":1}"#, &Size::from(read::<Large>(r#"{"id":1,"extra":"e","new":1}"#)));
}

#[test]
fn an_undeclared_member_of_a_map_or_of_untyped_json_moves_nothing_either() {
    for text in [r#"{"a":1}"#, r#"{"a":1,"new":5}"#] {
        is_kept(text, &Numbered::from(read::<OneLetter>(text)));
    }
    for text in [r#"{"o":{"a":1}}"#, r#"{"o":{"a":1,"new":{"b":2}}}"#] {
        is_kept(text, &Wrapped::from(read::<WrappedLetter>(text)));
    }
    for text in [r#"{"o":{}}"#, r#"{"o":{"new":{"b":2}},"r":3}"#] {
        is_kept(text, &Wrapped::from(read::<WrappedJson>(text)));
    }
}

#[test]
fn how_a_number_is_written_tells_no_objects_apart() {
    for (text, again) in [(r#"{"p":1}"#, r#"{"p":1.0}"#), (r#"{"p":1.5}"#, r#"{"p":1.5}"#)] {
        is_written(text, &Cost::from(read::<ExactPrice>(text)), again);
    }
    let rounded = r#"{"p":9007199254740993}"#;
    is_kept(rounded, &Cost::from(read::<WholePrice>(rounded)));
}

#[test]
fn values_of_several_types_tell_branches_apart() {
    is_kept(r#"{"k":1}"#, &Mixed::from(MixedOne::new(1)));
    is_kept(r#"{"k":"b"}"#, &Mixed::from(MixedTwo::new("b")));
}

#[test]
fn what_a_branch_requires_counts() {
    is_kept(r#"{"a":1}"#, &Letters::from(OneLetter::new(1)));
    is_kept(r#"{"a":1,"b":2}"#, &Letters::from(TwoLetters::new(1, 2)));
    is_kept(r#"{"a":1,"new":3}"#, &Letters::from(read::<OneLetter>(r#"{"a":1,"new":3}"#)));
    is_kept(r#"{"a":1,"b":2,"new":3}"#, &Letters::from(read::<TwoLetters>(r#"{"a":1,"b":2,"new":3}"#)));
    // Numbers in strings are read where nothing fits as it is.
    let numbers: Letters = read(r#"{"a":"1","b":"2","new":3}"#);
    assert_eq!(numbers, Letters::from(read::<TwoLetters>(r#"{"a":1,"b":2,"new":3}"#)));
}

#[test]
fn what_the_server_always_sets_counts() {
    let stored: Stored = read(r#"{"id":1,"seen":null,"name":"n"}"#);
    assert_eq!((stored.id, &stored.seen, stored.name.as_str()), (Some(1), &Some(None), "n"));
    assert_eq!(read::<Record>(r#"{"id":1,"seen":null,"name":"n"}"#), Record::from(stored));
    is_kept(r#"{"name":"n"}"#, &Record::from(Unstored::new("n")));
    for partly in [r#"{"name":"n","id":1}"#, r#"{"name":"n","seen":null}"#] {
        is_kept(partly, &Record::from(read::<Unstored>(partly)));
    }
    // Where no branch fits strictly, what the server sets may be missing.
    let stored: Record = read(r#"{"id":1,"name":2}"#);
    assert_eq!(stored, Record::from(read::<Stored>(r#"{"id":1,"name":"2"}"#)));
}

#[test]
fn values_that_make_no_type_count() {
    is_kept(r#"{"ok":true,"x":"x"}"#, &Answer::from(Yes::new(Some(true)).x("x")));
    is_kept(r#"{"ok":null}"#, &Answer::from(Yes::new(None)));
    is_kept(r#"{"ok":false,"x":"x"}"#, &Answer::from(read::<No>(r#"{"ok":false,"x":"x"}"#)));
    is_kept(r#"{"ok":false}"#, &Answer::from(No::new()));
    is_kept(r#"{"r":false}"#, &Retry::from(RetryOff::new(false)));
    is_kept(r#"{"r":true}"#, &Retry::from(RetryOn::new(true)));
    is_kept(r#"{"r":"off"}"#, &Retry::from(RetryOff::new(RetryOffROff::Off)));
    for (text, value) in [("1", 1.0), ("1.5", 1.5)] {
        is_written(&format!(r#"{{"r":{text}}}"#), &Rate::from(LowRate::new(value)), &format!(r#"{{"r":{value:?}}}"#));
    }
    is_kept(r#"{"r":2.5}"#, &Rate::from(HighRate::new(2.5)));
    // A server may add a value to a list.
    is_kept(r#"{"r":9.5}"#, &Rate::from(LowRate::new(9.5)));
}

#[test]
fn null_is_no_list() {
    is_kept("null", &Lines::Unknown(json!(null)));
    is_kept("[]", &Lines::StringList(Vec::new()));
    is_kept(r#"{"lines":null}"#, &Everything::new().lines_null());
}

#[test]
fn a_constant_of_no_branch_is_unknown() {
    is_kept(r#"{"kind":"cat","lives":7}"#, &Animal::from(Cat::new().lives(7)));
    is_kept(r#"{"kind":"dog","tricks":2}"#, &Animal::from(Dog::new().tricks(2)));
    is_kept(r#"{"kind":"cow"}"#, &Animal::Unknown(json!({"kind": "cow"})));
    is_kept(r#"{"kind":"cow","lives":1}"#, &Animal::Unknown(json!({"kind": "cow", "lives": 1})));
    is_kept(r#"{"lives":1}"#, &Animal::Unknown(json!({"lives": 1})));
    is_kept("[1]", &Animal::Unknown(json!([1])));
}

#[test]
fn where_several_branches_hold_no_member_is_lost() {
    is_kept(r#"{"left":1}"#, &Sides::from(Left::new(1)));
    is_kept(r#"{"right":2}"#, &Sides::from(Right::new(2)));
    let both = r#"{"left":1,"right":2}"#;
    let left: Left = read(both);
    assert_eq!((left.left, left.unknown.get("right")), (1, Some(&json!(2))));
    is_kept(both, &Sides::from(left));
}

#[test]
fn a_constant_may_be_an_object_or_a_list() {
    is_kept(r#"{"k":{"a":1},"v":"x"}"#, &ByObject::from(ObjectOne::new().v("x")));
    is_kept(r#"{"k":[{"a":2}],"v":"x"}"#, &ByObject::from(ObjectTwo::new().v("x")));
    is_kept(r#"{"k":[],"v":"x"}"#, &ByObject::Unknown(json!({"k": [], "v": "x"})));
    // What has to be there is neither null nor filled in.
    is_kept(r#"{"v":"x"}"#, &ByObject::Unknown(json!({"v": "x"})));
    let fault = from_slice::<ObjectOne>(br#"{"v":"x"}"#).unwrap_err();
    assert_eq!((fault.path(), fault.reason()), ("body.k".to_owned(), "is missing"));
}

#[test]
fn a_listed_value_is_better_than_one_that_is_not() {
    is_kept(r#"{"is":"c","x":"x"}"#, &ByListed::from(ListedTwo::new(ListedTwoIs::C).x("x")));
    for text in [r#"{"is":"c","x":null}"#, r#"{"is":"c","x":5}"#] {
        assert_eq!(read::<ByListed>(text), ByListed::from(read::<ListedTwo>(text)), "{text}");
    }
    is_kept(r#"{"is":"e"}"#, &ByListed::from(ListedOne::new("e".into())));
}

#[test]
fn an_integer_may_be_written_as_a_float() {
    is_kept("1", &TextOrInteger::Integer(1));
    is_written("1.0", &TextOrInteger::Integer(1), "1");
    is_kept(r#""1.5""#, &TextOrInteger::String("1.5".to_owned()));
}

#[test]
fn a_string_stays_a_string_and_a_number_a_number() {
    is_kept(r#""5""#, &AddressOrInteger::Ipv4(Text::from_text("5")));
    is_kept("5", &AddressOrInteger::Integer(5));
    is_kept("18446744073709551615", &TextOrInteger::Unknown(json!(u64::MAX)));
}

#[test]
fn an_optional_constant_that_tells_is_written() {
    assert_eq!(written(&Tinted::from(Cold::new().degrees(1))), r#"{"tint":"cold","degrees":1}"#);
    is_kept(r#"{"tint":"warm","degrees":1}"#, &Tinted::from(Warm::new().tint(WarmTint::Warm).degrees(1)));
    is_kept(r#"{"tint":"dull"}"#, &Tinted::Unknown(json!({"tint": "dull"})));
}
