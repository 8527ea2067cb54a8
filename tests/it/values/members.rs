//! Constants, members of one direction, and members that are there twice.

use serde_json::json;
use tests::values::{Account, Constants, ConstantsText, Everything, Letters, Small, Texts, TwoLetters};

use super::{is_kept, is_written, read, written};

const CONSTANTS: &str =
    r#"{"text":"a","integer":5,"float":1.5,"flag":true,"list":[1,"two"],"object":{"a":1},"nothing":null,"typed":null}"#;

#[test]
fn constants_of_every_type_are_filled_in() {
    is_kept(CONSTANTS, &Constants::new());
    is_kept(CONSTANTS, &Constants::default());
    is_kept(&format!(r#"{{"constants":{CONSTANTS}}}"#), &Everything::new().constants(Constants::new()));
}

#[test]
fn another_value_than_the_constant_is_kept() {
    let text = CONSTANTS.replace(r#""text":"a""#, r#""text":"z""#).replace("[1,\"two\"]", "[2]");
    let constants: Constants = read(&text);
    assert_eq!((&constants.text, &constants.list), (&ConstantsText::from("z"), &json!([2])));
    is_kept(&text, &constants);
}

#[test]
fn what_only_the_server_sets_is_in_no_request() {
    let account = Account::new("n", "p").id("7");
    assert_eq!(written(&account), r#"{"name":"n","password":"p"}"#);
    let kept = r#"{"id":"7","name":"n","password":"p"}"#;
    assert_eq!(serde_json::to_string(&account).unwrap(), kept);
    assert_eq!(serde_json::from_str::<Account>(kept).unwrap(), account);
    assert_eq!(written(&Everything::new().account(account)), r#"{"account":{"name":"n","password":"p"}}"#);
}

#[test]
fn what_is_only_sent_is_not_demanded_of_a_reply() {
    let account: Account = read(r#"{"id":"7","name":"n"}"#);
    assert_eq!(account, Account::default().id("7").name("n"));
    assert_eq!(account.password, None);
    assert_eq!(serde_json::to_string(&account).unwrap(), r#"{"id":"7","name":"n"}"#);
    assert_eq!(read::<Account>(r#"{"name":"n"}"#).id, None);
}

#[test]
fn of_a_member_that_is_there_twice_the_last_counts() {
    is_written(r#"{"id":1,"id":2}"#, &Small::new(2), r#"{"id":2}"#);
    is_written(r#"{"a":1,"b":1,"a":3,"\u0062":2}"#, &Letters::from(TwoLetters::new(3, 2)), r#"{"a":3,"b":2}"#);
    is_written(r#"{"digits":"a","digits":"b"}"#, &Texts::new().digits("b"), r#"{"digits":"b"}"#);
    let small: Small = read(r#"{"x":1,"id":1,"x":2}"#);
    assert_eq!(small.unknown.iter().collect::<Vec<_>>(), [(&"x".to_owned(), &json!(2))]);
    is_written(r#"{"x":1,"id":1,"x":2}"#, &small, r#"{"id":1,"x":2}"#);
}
