//! Document and overlay in; tree, places and messages out.

use serde_json::{Value, json};

use super::{Overlaid, apply};
use crate::diagnostics::{Diagnostics, FileId, Place, Spot};
use crate::pointer::Pointer;
use crate::report;
use crate::source::{SourceText, Sources};

const DOCUMENT: &str = r#"{
  "info": {"title": "Pets", "tags": ["a", "b", "c"]},
  "paths": {
    "/a": {"get": {"parameters": [{"name": "x"}, {"name": "y"}, {"name": "z"}]}},
    "/b": {"get": {"summary": "B"}}
  }
}"#;

fn overlaid(overlay: &str) -> (Sources, Overlaid, String) {
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let mut read = |name: &str, text: &str| {
        let text = SourceText { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        sources.parse(text, &mut out).expect("a readable file")
    };
    let (document, overlay) = (read("openapi.json", DOCUMENT), read("overlay.yaml", overlay));
    let result = apply(document, overlay, &sources, &mut out);
    let messages: Vec<String> = out.iter().map(|diagnostic| report::line(diagnostic, &sources)).collect();
    (sources, result, messages.join("\n"))
}

#[track_caller]
fn check(actions: &str, pointer: &str, expected: Value) {
    let (_, result, messages) = overlaid(&format!("overlay: 1.1.0\nactions:\n{actions}"));
    let pointer = Pointer::parse(pointer).expect("a pointer");
    assert_eq!((messages.as_str(), pointer.resolve(&result.root)), ("", Some(&expected)));
}

#[track_caller]
fn check_faults(overlay: &str, expected: &str) {
    assert_eq!(overlaid(overlay).2, expected);
}

#[test]
fn updates_and_removals() {
    check(
        "- {target: $.info, update: {title: Dogs, tags: [d], x-new: {}}}",
        "/info",
        json!({"title": "Dogs", "tags": ["a", "b", "c", "d"], "x-new": {}}),
    );
    check(
        "- {target: $.paths.*.get, update: {x-safe: true}}\n- {target: '$.paths[\"/a\"].get.parameters', remove: true}",
        "/paths",
        json!({"/a": {"get": {"x-safe": true}}, "/b": {"get": {"summary": "B", "x-safe": true}}}),
    );
    check("- {target: '$.info.tags[?@ != \"b\"]', remove: true}", "/info/tags", json!(["b"]));
    check("- {target: $.info.tags, update: [d, e]}", "/info/tags", json!(["a", "b", "c", "d", "e"]));
    check("- {target: $.info.tags, update: {d: e}}", "/info/tags", json!(["a", "b", "c", {"d": "e"}]));
    check("- {target: $.info.title, update: Dogs}", "/info/title", json!("Dogs"));
    check(
        "- {target: $.paths, update: {/c: {}}}\n- {target: '$.paths[\"/c\"]', copy: '$.paths[\"/b\"]'}",
        "/paths/~1c",
        json!({"get": {"summary": "B"}}),
    );
}

#[test]
fn overlay_1_0_appends_an_array_as_one_element() {
    let (_, result, messages) = overlaid("overlay: 1.0.0\nactions: [{target: $.info.tags, update: [d]}]");
    assert_eq!((messages.as_str(), &result.root["info"]["tags"]), ("", &json!(["a", "b", "c", ["d"]])));
}

#[test]
fn places_are_those_of_the_author() {
    let (sources, result, messages) = overlaid(
        "overlay: 1.1.0\nactions:\n\
         - target: $..parameters[?@.name == 'x']\n  remove: true\n\
         - target: $..parameters\n  update:\n  - name: w\n\
         - target: $..parameters[0]\n  update: {in: query}\n\
         - target: $..parameters[0]\n  remove: true\n\
         - target: $.paths\n  update: {/c: {put: {}}}\n\
         - target: $.paths['/c']\n  copy: $.paths['/a']\n",
    );
    assert_eq!(messages, "");
    assert_eq!(result.root["paths"]["/a"]["get"]["parameters"], json!([{"name": "z"}, {"name": "w"}]));
    let place = |pointer: &str| {
        let place = result.origins.place(&Pointer::parse(pointer).expect("a pointer"));
        let location = sources.locate(&place);
        format!("{}:{}:{}", sources.file(place.file).name, location.line, location.column)
    };
    assert_eq!(place("/info/title"), "openapi.json:2:21");
    assert_eq!(place("/paths/~1a/get/parameters/0/name"), "openapi.json:4:74");
    assert_eq!(place("/paths/~1a/get/parameters/1/name"), "overlay.yaml:7:11");
    assert_eq!(place("/paths/~1c"), "overlay.yaml:13:12");
    assert_eq!(place("/paths/~1c/put"), "overlay.yaml:13:17");
    assert_eq!(place("/paths/~1c/get/parameters/0/name"), "openapi.json:4:74");
    assert_eq!(place("/paths/~1c/get/parameters/1/name"), "overlay.yaml:7:11");
    let document = Place { file: FileId(0), spot: Spot::Value(Pointer::root()) };
    assert_eq!(super::Origins::document(FileId(0)).place(&Pointer::root()), document);
}

#[test]
fn faults_of_the_whole() {
    check_faults("actions: [{}]", "overlay.yaml:1:1: error: the overlay has no `overlay` version");
    check_faults("overlay: 2.0.0", "overlay.yaml:1:10: error: overlay 2.0.0 is not supported (1.0.x and 1.1.x are)");
    check_faults("overlay: 1.0.0\nextends: other.yaml", "overlay.yaml:1:1: error: the overlay has no `actions`");
    check_faults("overlay: 1.0.0\nactions: []", "overlay.yaml:2:1: error: the overlay has no `actions`");
    check_faults(
        "overlay: 1.0\nactions: 5\naction: 1\nx-a: 1",
        "overlay.yaml:3:1: warning: unknown member `action` is ignored\n\
         overlay.yaml:2:10: error: `actions` is a number, not an array",
    );
}

#[test]
fn faults_of_actions_are_all_named() {
    check_faults(
        "overlay: 1.0.0\nactions:\n\
         - 5\n\
         - update: {}\n\
         - {target: '$.info[', update: {}}\n\
         - {target: info, remove: true}\n\
         - {target: $.no.such, remove: true}\n\
         - {target: $.info}\n\
         - {target: $.info.tags, update: {}, remove: true, why: x, description: y}\n\
         - {target: $.info, remove: please}\n\
         - {target: $.info.title, update: Dogs}\n\
         - {target: $, update: {info: [], paths: {/a: 1}}}\n\
         - {target: $, remove: true}\n\
         - {target: $.info, copy: $.paths}\n",
        "overlay.yaml:3:3: error: the action is a number, not an object\n\
         overlay.yaml:4:3: error: the action has no `target`\n\
         overlay.yaml:5:12: error: this is no JSONPath: it cannot be read from character 7 on, `[`\n\
         overlay.yaml:6:12: error: this is no JSONPath: it cannot be read from character 1 on, `info`\n\
         overlay.yaml:8:3: warning: the action changes nothing: it has neither `update` nor `remove: true`\n\
         overlay.yaml:9:51: warning: unknown member `why` is ignored\n\
         overlay.yaml:10:28: error: `remove` is a string, not a boolean\n\
         overlay.yaml:14:26: error: overlay 1.0 has no `copy`\n\
         overlay.yaml:7:12: error: the target `$.no.such` matches nothing\n\
         overlay.yaml:11:12: error: #/info/title is a string, which cannot be updated\n\
         overlay.yaml:12:15: error: #/info is an object and cannot be merged with an array\n\
         overlay.yaml:12:15: error: #/paths/~1a is an object and cannot be merged with a number\n\
         overlay.yaml:13:12: error: the whole document cannot be removed",
    );
    check_faults(
        "overlay: 1.1.0\nactions:\n\
         - {target: $.info, copy: $.paths.*}\n\
         - {target: $.info, copy: $.no}\n\
         - {target: $.info.title, update: {}}\n",
        "overlay.yaml:3:26: error: `copy` selects 2 nodes, but takes exactly one\n\
         overlay.yaml:4:26: error: `copy` selects 0 nodes, but takes exactly one\n\
         overlay.yaml:5:12: error: #/info/title is a string, which cannot be updated",
    );
}

#[test]
fn deep_expressions_are_refused() {
    let target = format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000));
    let (_, _, messages) = overlaid(&format!("overlay: 1.0.0\nactions:\n- update: {{}}\n  target: '{target}'"));
    assert_eq!(messages, "overlay.yaml:4:11: error: this is no JSONPath: it has more than 64 brackets");
}
