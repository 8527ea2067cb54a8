//! What stands next to a list of alternatives, to a reference, or in another part of an `allOf`.

use std::net::Ipv4Addr;

use serde_json::json;
use tests::values::{Bank, Beside, NullFirst, NullLast, Payment, PaymentCard};

use super::is_kept;

#[test]
fn what_is_required_next_to_alternatives_is_required_in_each() {
    is_kept(r#"{"number":"4","amount":1}"#, &Payment::from(PaymentCard::new(1, "4")));
    is_kept(r#"{"iban":"i","amount":1}"#, &Payment::from(Bank::new(1, "i")));
    is_kept(r#"{"number":"4"}"#, &Payment::Unknown(json!({"number": "4"})));
}

#[test]
fn a_type_next_to_alternatives_is_the_type_of_each() {
    is_kept(r#"{"reference":"x1"}"#, &Beside::new().reference("x1"));
    is_kept(r#"{"pair":[1,2]}"#, &Beside::new().pair(vec![1, 2]));
}

#[test]
fn a_type_next_to_a_reference_counts() {
    is_kept(r#"{"count":1,"size":2}"#, &Beside::new().count(1).size(2));
    is_kept(r#"{"address":"127.0.0.1"}"#, &Beside::new().address(Ipv4Addr::LOCALHOST));
}

#[test]
fn null_is_admitted_if_all_parts_admit_it_in_any_order() {
    is_kept(r#"{"x":"a"}"#, &NullFirst::new("a"));
    is_kept(r#"{"x":"a"}"#, &NullLast::new("a"));
}

#[test]
fn a_name_next_to_a_reference_is_that_of_the_field() {
    is_kept(r#"{"first":{"x":"a"}}"#, &Beside::new().the_first(NullFirst::new("a")));
}
