//! Discriminators: tags of every type, and several of one branch.

use serde_json::json;
use tests::values::{
    Bracken, ChosenTool, Draft, Edition, FetchedParcel, Final, First, Flag, Hammer, Herb, High, Letter, Level,
    LongLetter, Low, Lowered, Moss, Parcel, PostedParcel, PostedParcelBox, PostedParcelRoll, Raised, Salmonid, Saw,
    Second, ShortLetter, ShortLetterLines, Stone, Swimmer, Switch, SwitchedOff, SwitchedOn, Tallied, Tallies, ToldTool,
    Tool, ToolBase, ToolUse, Version,
};

use super::{is_kept, read, written};

#[test]
fn integers_of_a_mapping() {
    is_kept(r#"{"version":1,"one":"a"}"#, &Version::from(First::new().one("a")));
    is_kept(r#"{"version":2,"two":"b"}"#, &Version::from(Second::new().two("b")));
    assert_eq!(written(&Version::from(Second::new().version(0))), r#"{"version":2}"#);
    is_kept(r#"{"version":3}"#, &Version::Unknown(json!({"version": 3})));
    is_kept(r#"{"version":"2"}"#, &Version::Unknown(json!({"version": "2"})));
}

#[test]
fn integers_of_constants() {
    is_kept(r#"{"edition":0,"text":"t"}"#, &Edition::from(Draft::new().text("t")));
    is_kept(r#"{"edition":1,"text":"t"}"#, &Edition::from(Final::new().text("t")));
    is_kept(r#"{"edition":2}"#, &Edition::Unknown(json!({"edition": 2})));
}

#[test]
fn booleans_of_constants() {
    is_kept(r#"{"on":true,"brightness":5}"#, &Switch::from(SwitchedOn::new().brightness(5)));
    is_kept(r#"{"on":false,"since":"s"}"#, &Switch::from(SwitchedOff::new().since("s")));
    is_kept(r#"{"on":"true"}"#, &Switch::Unknown(json!({"on": "true"})));
}

#[test]
fn integers_of_heirs() {
    is_kept(r#"{"level":1,"low":"l"}"#, &Level::from(Low::new().low("l")));
    is_kept(r#"{"level":2,"high":"h"}"#, &Level::from(High::new().high("h")));
    is_kept(r#"{"level":3}"#, &Level::Unknown(json!({"level": 3})));
}

#[test]
fn enumerated_tags_of_heirs() {
    is_kept(r#"{"use":"cut","teeth":9}"#, &Tool::from(Saw::new().teeth(9)));
    is_kept(r#"{"use":"split"}"#, &ToolBase::new(ToolUse::Split));
    // A schema with two tags does not choose one of them.
    is_kept(r#"{"use":"pull","weight":2}"#, &Tool::from(Hammer::new(ToolUse::Pull).weight(2)));
}

#[test]
fn a_list_of_heirs_has_the_tags_of_their_base() {
    is_kept(r#"{"use":"drive"}"#, &ChosenTool::from(Hammer::new(ToolUse::Drive)));
    is_kept(r#"{"use":"cut"}"#, &ChosenTool::from(Saw::new()));
    is_kept(r#"{"use":"drive"}"#, &ToldTool::from(Hammer::new(ToolUse::Drive)));
    is_kept(r#"{"use":"cut"}"#, &ToldTool::from(Saw::new()));
    is_kept(r#"{"use":"split"}"#, &ToldTool::Unknown(json!({"use": "split"})));
}

#[test]
fn booleans_of_heirs() {
    is_kept(r#"{"raised":true,"height":2}"#, &Flag::from(Raised::new().height(2)));
    is_kept(r#"{"raised":false,"folded":true}"#, &Flag::from(Lowered::new().folded(true)));
    assert_eq!(written(&Flag::from(Lowered::new().raised(true))), r#"{"raised":false}"#);
    is_kept(r#"{"raised":"no"}"#, &Flag::Unknown(json!({"raised": "no"})));
}

#[test]
fn of_several_tags_a_value_keeps_its_own() {
    is_kept(r#"{"fins":1,"kind":"trout"}"#, &read::<Swimmer>(r#"{"kind":"trout","fins":1}"#));
    is_kept(r#"{"fins":1,"kind":"salmon"}"#, &read::<Swimmer>(r#"{"fins":1,"kind":"salmon"}"#));
    assert_eq!(written(&Swimmer::from(Salmonid::new().fins(1))), r#"{"fins":1,"kind":"salmon"}"#);
    is_kept(r#"{"kind":"stone","weight":1}"#, &Swimmer::from(Stone::new().weight(1)));
}

#[test]
fn an_empty_value_has_the_tag_that_selects_it() {
    assert_eq!(written(&Saw::default()), r#"{"use":"cut"}"#);
    assert_eq!(written(&Hammer::default()), r#"{"use":""}"#);
}

#[test]
fn what_selects_a_union_selects_each_of_its_alternatives() {
    let boxed = PostedParcel::from(PostedParcelBox::new(3));
    is_kept(r#"{"carrier":"post","box":3}"#, &Parcel::from(boxed));
    let roll = PostedParcel::from(PostedParcelRoll::new(9));
    is_kept(r#"{"carrier":"post","length":9}"#, &Parcel::from(roll));
    is_kept(r#"{"carrier":"shop","shop":"s"}"#, &Parcel::from(FetchedParcel::new().shop("s")));
    let lines = ShortLetter::from(ShortLetterLines::new(2));
    is_kept(r#"{"size":"ShortLetter","lines":2}"#, &Letter::from(lines));
    is_kept(r#"{"size":"LongLetter"}"#, &Letter::from(LongLetter::new()));
}

#[test]
fn names_select_where_alternatives_share_an_enumeration() {
    is_kept(r#"{"type":"Bracken","size":1}"#, &Herb::from(Bracken::new().size(1)));
    is_kept(r#"{"type":"Moss","size":1}"#, &Herb::from(Moss::new().size(1)));
}

#[test]
fn a_map_keeps_which_tag_selected_it() {
    let one = || Tallies::from([("n".to_owned(), 1)]);
    is_kept(r#"{"t":"up","n":1}"#, &Tallied::Tallies(one()));
    is_kept(r#"{"t":"down","n":1}"#, &Tallied::TalliesDown(one()));
}
