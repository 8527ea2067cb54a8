//! What a value has that a schema only permits.

use tests::values::{AnyModel, Given, Half, OneModel, Patch};

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
}
