//! Values that are not objects: their kinds and their texts.

use serde_json::json;
use tests::runtime::{Text, Trailing, from_slice};
use tests::values::{Everything, Filter, Kind, Price, Priority, Scalar, ShortList, Texts, Tuples, TuplesLoose};

use super::{is_kept, is_written, read, written};

#[test]
fn one_of_several_kinds_keeps_its_own() {
    is_kept("2024", &Scalar::Integer(2024));
    is_kept("2024.5", &Scalar::Number(2024.5));
    is_kept("2024.0", &Scalar::Number(2024.0));
    is_kept("9007199254740993", &Scalar::Integer(9_007_199_254_740_993));
    is_kept("18446744073709551615", &Scalar::Unknown(json!(u64::MAX)));
    is_kept("true", &Scalar::Boolean(true));
    is_kept(r#""2024""#, &Scalar::String("2024".to_owned()));
    is_kept(r#""true""#, &Scalar::String("true".to_owned()));
    is_kept("[2024]", &Scalar::Unknown(json!([2024])));
    is_kept(r#"{"scalar":2024}"#, &Everything::new().scalar(Scalar::Integer(2024)));
}

#[test]
fn a_union_of_scalars_is_made_of_each() {
    is_kept(r#"{"amount":9.5}"#, &Price::new(9.5));
    is_kept(r#"{"amount":"9.50"}"#, &Price::new("9.50"));
    is_kept(r#"{"amount":"9.50"}"#, &Price::new("9.50".to_owned()));
    is_kept(r#"{"amount":1.0,"limit":9}"#, &Price::new(1.0).limit(9));
    is_kept(r#"{"amount":1.0,"limit":true}"#, &Price::new(1.0).limit(true));
    is_kept(r#"{"amount":1.0,"limit":"none"}"#, &Price::new(1.0).limit("none"));
    is_kept(r#"{"amount":1.0,"limit":null}"#, &Price::new(1.0).limit_null());
    is_kept("2024", &Scalar::from(2024));
}

#[test]
fn an_enumeration_is_open() {
    is_kept(r#""bird""#, &Kind::Bird);
    is_kept(r#""horse""#, &Kind::from("horse"));
    assert_eq!((Kind::from("bird"), Kind::from("fish".to_owned())), (Kind::Bird, Kind::Fish));
    let Kind::Unknown(horse) = Kind::from("horse") else { panic!("it is not listed") };
    assert_eq!(horse.as_str(), "horse");
    assert_ne!(Kind::from("Bird"), Kind::Bird);

    is_kept("2", &Priority::N2);
    is_kept("7", &Priority::from(7));
    assert_eq!(Priority::from(1), Priority::N1);
    assert_eq!(Priority::from(7).value(), 7);
}

#[test]
fn lists_whose_elements_have_types_of_their_own() {
    let mixed = Tuples::new().mixed(vec![json!("x"), json!(2), json!(3)]);
    is_kept(r#"{"mixed":["x",2,3]}"#, &mixed);
    is_kept(r#"{"mixed":[]}"#, &Tuples::new().mixed(Vec::new()));
    is_kept(r#"{"same":["a","b"]}"#, &Tuples::new().same(vec!["a".to_owned(), "b".to_owned()]));

    let closed = |text: Trailing<String>, integer| Tuples::new().closed((text, integer));
    is_kept(r#"{"closed":["x",2]}"#, &closed("x".to_owned().into(), 2.into()));
    is_kept(r#"{"closed":["x"]}"#, &closed("x".to_owned().into(), Trailing(None)));
    is_kept(r#"{"closed":[]}"#, &closed(Trailing(None), Trailing(None)));

    is_kept(r#"{"exact":[0.5,1.5]}"#, &Tuples::new().exact((0.5, 1.5)));
    let fault = from_slice::<Tuples>(br#"{"exact":[0.5]}"#).unwrap_err();
    assert_eq!((fault.path(), fault.reason()), ("body.exact".to_owned(), "found 1 elements, expected more"));
    let fault = from_slice::<Tuples>(br#"{"exact":[0.5,1.5,2.5]}"#).unwrap_err();
    assert_eq!((fault.path(), fault.reason()), ("body.exact".to_owned(), "found more elements than are declared"));
}

#[test]
fn a_list_of_fixed_length_may_hold_its_own_kind() {
    let number = |number| Box::new(Filter::Integer(number));
    let inner = Filter::Tuple(("or".to_owned(), number(2), number(3)));
    is_kept(r#"["and",1,["or",2,3]]"#, &Filter::Tuple(("and".to_owned(), number(1), Box::new(inner))));
}

#[test]
fn a_list_that_ends_early_is_one_to_serde_as_well() {
    is_kept("[]", &ShortList((Trailing(None), Trailing(None))));
    is_kept(r#"["x"]"#, &ShortList(("x".to_owned().into(), Trailing(None))));
    is_kept(r#"["x",1]"#, &ShortList(("x".to_owned().into(), 1.into())));
}

#[test]
fn what_has_items_without_a_type_may_be_no_list() {
    let list = TuplesLoose::StringList(vec!["a".to_owned()]);
    is_kept(r#"{"loose":["a"]}"#, &Tuples::new().loose(list));
    is_kept(r#"{"loose":{"id":1}}"#, &Tuples::new().loose(TuplesLoose::Unknown(json!({"id": 1}))));
}

#[test]
fn a_number_in_a_string_that_is_odd_fails_nothing() {
    let odd = Texts::new().number(Text::from_text("12 apples"));
    is_kept(r#"{"number":"12 apples"}"#, &odd);
    assert!(odd.number.unwrap().value().is_err());
    is_kept(r#"{"number":"007"}"#, &Texts::new().number(Text::from_text("007")));
    is_kept(r#"{"number":"9223372036854775807"}"#, &Texts::new().number(i64::MAX));
    is_written(r#"{"number":12}"#, &Texts::new().number(12), r#"{"number":"12"}"#);
}

/// `serde_json` has a float for such a number before the model sees it; the client has the text.
#[test]
fn an_integer_for_a_string_keeps_all_digits() {
    let texts: Texts = read(r#"{"digits":123456789012345678901234567890}"#);
    assert_eq!(texts, Texts::new().digits("123456789012345678901234567890"));
    assert_eq!(written(&texts), r#"{"digits":"123456789012345678901234567890"}"#);
    is_kept(r#"{"digits":"123456789012345678901234567890"}"#, &texts);
}
