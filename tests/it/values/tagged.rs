//! Which tag a value has: inside another union, beside a value that is not an object, next to a list, and of several types.

use serde_json::json;
use tests::values::{
    Blue, ChannelMail, Cold, Created, Event, Flag2, Flare, Hammer, OrgEvent, Red, Saw, Siren, Spot, Tagged,
    TaggedLists, TintOrName, ToolOrName, ToolUse, UserEvent,
};

use super::{is_kept, read, written};

#[test]
fn an_inner_union_by_another_member_keeps_the_outer_tag() {
    let created = Created::new("user");
    is_kept(r#"{"type":"user","action":"created"}"#, &Event::from(UserEvent::from(created)));
    is_kept(r#"{"type":"org"}"#, &Event::from(OrgEvent::new()));
}

#[test]
fn what_is_no_object_takes_no_tag_from_the_others() {
    is_kept(r#"{"use":"drive"}"#, &ToolOrName::from(Hammer::new(ToolUse::Drive)));
    is_kept(r#"{"use":"cut"}"#, &ToolOrName::from(Saw::new()));
    is_kept(r#""saw""#, &ToolOrName::String("saw".to_owned()));
    assert_eq!(written(&TintOrName::from(Cold::new().degrees(1))), r#"{"tint":"cold","degrees":1}"#);
    is_kept(r#""cold""#, &TintOrName::String("cold".to_owned()));
}

#[test]
fn a_tag_is_filled_in_where_the_type_holds_it() {
    is_kept(r#"{"address":"a","kind":"mail"}"#, &ChannelMail::new("a"));
    is_kept(r#"{"code":1}"#, &Flare::new());
    is_kept(r#"{"code":2}"#, &Flag2::new());
    is_kept(r#"{"code":3}"#, &Siren::new(3));
}

#[test]
fn elements_next_to_alternatives_are_those_of_each_list() {
    is_kept(r#"{"lists":["a"]}"#, &Tagged::new().lists(TaggedLists::StringList(vec!["a".to_owned()])));
    is_kept(r#"{"tool":{"use":"split"}}"#, &Tagged::new().tool(ToolOrName::Unknown(json!({"use": "split"}))));
}

#[test]
fn a_tag_that_is_null_is_kept() {
    is_kept(r#"{"tone":null,"b":1}"#, &Spot::from(Blue::new(1).tone_null()));
    is_kept(r#"{"tone":"Red","r":1}"#, &Spot::from(read::<Red>(r#"{"tone":"Red","r":1}"#)));
    assert_eq!(written(&Spot::from(read::<Blue>(r#"{"b":1}"#))), r#"{"b":1,"tone":"Blue"}"#);
}
