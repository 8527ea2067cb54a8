//! Null, absent, and a value.

use serde_json::json;
use tests::runtime::{Json, Nullable};
use tests::values::{Everything, Mood, Nulls, Task};

use super::{is_kept, is_written, read};

#[test]
fn each_is_told_from_the_others() {
    let absent = Nulls::new(None);
    is_kept(r#"{"must":null}"#, &absent);
    is_kept(r#"{"must":1}"#, &Nulls::new(Some(1)));
    is_kept(r#"{"must":1}"#, &absent.clone().must(1));
    is_kept(r#"{"must":null}"#, &absent.clone().must(1).must_null());

    is_kept(r#"{"must":null,"job":null}"#, &absent.clone().job_null());
    is_kept(r#"{"must":null,"job":{"id":1}}"#, &absent.clone().job(Task::new(1)));
    is_kept(r#"{"must":null,"anything":null}"#, &absent.clone().anything(Json::Null));
    is_kept(r#"{"must":null,"anything":[{"a":null}]}"#, &absent.clone().anything(json!([{"a": null}])));
    is_kept(r#"{"must":null,"mood":null}"#, &absent.clone().mood_null());
    is_kept(r#"{"must":null,"mood":"calm"}"#, &absent.clone().mood(Mood::Calm));
    is_kept(r#"{"must":null,"nothing":null}"#, &absent.clone().nothing(Json::Null));
    is_kept(r#"{"must":null,"note":null}"#, &absent.clone().note_null());
    is_kept(r#"{"must":null,"note":""}"#, &absent.clone().note(""));

    let all = r#"{"must":null,"job":null,"anything":null,"mood":null,"nothing":null,"note":null}"#;
    let nulls = absent.job_null().anything(Json::Null).mood_null().nothing(Json::Null).note_null();
    is_kept(all, &nulls);
    is_kept(&format!(r#"{{"nulls":{all}}}"#), &Everything::new().nulls(nulls));
}

#[test]
fn a_format_without_null_leaves_it_out() {
    let nulls = Nulls::new(None).note("n");
    assert_eq!(toml::to_string(&nulls).unwrap(), "note = \"n\"\n");
    assert_eq!(toml::from_str::<Nulls>("note = \"n\"").unwrap(), nulls);
}

#[test]
fn one_call_gives_the_value() {
    let states = ["{\"must\":1}", "{\"must\":1,\"note\":null}", "{\"must\":1,\"note\":\"n\"}"].map(read::<Nulls>);
    assert_eq!(states.each_ref().map(|state| state.note.value().map(String::as_str)), [None, None, Some("n")]);
    assert_eq!(states.each_ref().map(|state| state.note.is_null()), [false, true, false]);
    let nulls = Nulls::default().job(Task::new(2));
    assert_eq!((nulls.job.value().map(|job| job.id), nulls.job.is_null()), (Some(2), false));
}

/// Null is not a string: it stands for a member that is not there.
#[test]
fn where_null_is_not_declared_it_is_absent() {
    is_written(r#"{"must":1,"plain":null}"#, &Nulls::new(Some(1)), r#"{"must":1}"#);
    is_written(r#"{}"#, &Nulls::new(None), r#"{"must":null}"#);
}
