//! Members that are required without being declared.

use serde_json::json;
use tests::values::{Counted, Keyed, Keys, Marked, MarkedBase, Named, Noted, Special, Told, ToldOne, ToldTwo};

use super::{is_kept, read, written};

#[test]
fn one_of_any_kind_is_given_and_kept() {
    is_kept(r#"{"note":"n","extra":[1]}"#, &Noted::new(json!([1]), "n"));
    assert_eq!(read::<Noted>(r#"{"note":"n"}"#).extra, json!(null));
    is_kept(r#"{"id":7}"#, &Keys::new(json!(7)));
}

#[test]
fn one_is_of_the_kind_of_further_members() {
    let mut counted = Counted::new(3).name("n");
    counted.additional.insert("more".to_owned(), 4);
    is_kept(r#"{"name":"n","total":3,"more":4}"#, &counted);
}

#[test]
fn one_that_another_part_declares_is_of_its_kind() {
    is_kept(r#"{"name":"n"}"#, &Named::new("n"));
}

#[test]
fn one_that_an_alternative_requires_can_be_given() {
    is_kept(r#"{"email":"e"}"#, &Keyed::new().email(json!("e")));
    is_kept(r#"{"key":"k"}"#, &Keyed::new().key("k"));
}

#[test]
fn one_that_tells_is_filled_in() {
    is_kept(r#"{"one":1,"kind":"one"}"#, &ToldOne::new().one(1));
    is_kept(r#"{"kind":"one","one":1}"#, &Told::from(ToldOne::new().one(1)));
    is_kept(r#"{"kind":"two","two":2}"#, &Told::from(ToldTwo::new(2)));
    is_kept(r#"{"mark":"special","id":1,"deep":true}"#, &Marked::from(Special::new().id(1).deep(true)));
    assert_eq!(written(&Marked::from(MarkedBase::new().id(1))), r#"{"id":1,"mark":"Marked"}"#);
    is_kept(r#"{"two":2}"#, &Told::Unknown(json!({"two": 2})));
}
