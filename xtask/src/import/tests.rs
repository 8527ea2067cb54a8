//! Pages in, the whole document or all faults out.

use super::{Page, document};

/// Imports pages named `a.md`, `b.md` and so on. Documents are compared by their text, in which key order counts.
fn check(pages: &[&str], expected: &str) {
    let names = ["a.md", "b.md", "c.md"].map(str::to_owned);
    let pages: Vec<_> =
        names.into_iter().zip(pages).map(|(name, text)| Page { name, text: text.to_string() }).collect();
    let shown = match document(&pages) {
        Ok(text) => serde_json::from_str::<serde_json::Value>(&text).expect("a document is JSON").to_string(),
        Err(faults) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    };
    assert_eq!(shown, expected);
}

/// A page with a document whose members, `openapi` aside, are given.
fn page(members: &str) -> String {
    format!("# Pets\n\n```json\n{{\"openapi\":\"3.1.0\",{members}}}\n```\n")
}

fn check_members(documents: &[&str], expected: &str) {
    let pages: Vec<_> = documents.iter().map(|members| page(members)).collect();
    let pages: Vec<_> = pages.iter().map(String::as_str).collect();
    check(&pages, &format!(r#"{{"openapi":"3.1.0",{expected}}}"#));
}

fn check_conflict(documents: &[&str], expected: &str) {
    let pages: Vec<_> = documents.iter().map(|members| page(members)).collect();
    let pages: Vec<_> = pages.iter().map(String::as_str).collect();
    check(&pages, expected);
}

#[test]
fn the_text_is_indented_by_two_and_ends_with_a_newline() {
    let page = Page { name: "a.md".to_owned(), text: page(r#""tags":[],"info":{"b":1,"a":2}"#) };
    let expected =
        "{\n  \"openapi\": \"3.1.0\",\n  \"tags\": [],\n  \"info\": {\n    \"b\": 1,\n    \"a\": 2\n  }\n}\n";
    assert_eq!(document(&[page]), Ok(expected.to_owned()));
}

#[test]
fn a_document_may_stand_in_any_kind_of_fence() {
    check(
        &["> - ~~~~ JSON title=\"pets\"\r\n>   {\"openapi\":\r\n>   \"3.1.0\"}\r\n>   ~~~~\r\n"],
        r#"{"openapi":"3.1.0"}"#,
    );
}

#[test]
fn other_fences_are_passed_over() {
    let other = "```json\n[\"openapi\"]\n```\n\n```yaml\nopenapi: 3.1.0\n```\n\n    {\"openapi\":\"indented\"}\n\n";
    check(&[&format!("{other}{}", page(r#""x":1"#))], r#"{"openapi":"3.1.0","x":1}"#);
}

#[test]
fn paths_and_components_are_united_in_page_order() {
    check_members(
        &[
            r#""paths":{"/b":{"get":{}}},"components":{"schemas":{"Z":{"a":1,"b":2}}}"#,
            r#""components":{"securitySchemes":{"key":{}},"schemas":{"Z":{"b":2,"a":1},"A":{}}},"paths":{"/a":{"get":{}},"/b":{"post":{}}}"#,
        ],
        r#""paths":{"/b":{"get":{},"post":{}},"/a":{"get":{}}},"components":{"schemas":{"Z":{"a":1,"b":2},"A":{}},"securitySchemes":{"key":{}}}"#,
    );
}

#[test]
fn tags_are_united_by_name() {
    check_members(
        &[r#""tags":[{"name":"b"}]"#, r#""tags":[{"name":"a"},{"name":"b"}]"#, r#""paths":{}"#],
        r#""tags":[{"name":"b"},{"name":"a"}],"paths":{}"#,
    );
}

#[test]
fn equal_security_and_servers_stay_at_the_top() {
    let document = r#""servers":[{"url":"/v1"}],"security":[{"key":[]}],"paths":{"/a":{"get":{}}}"#;
    check_members(&[document, document], document);
}

#[test]
fn differing_security_moves_to_the_operations() {
    check_members(
        &[
            r#""security":[],"paths":{"/a":{"parameters":[],"get":{}}}"#,
            r#""security":[{"key":[]}],"paths":{"/b":{"get":{"x":1},"put":{"security":[]}}}"#,
            r#""paths":{"/c":{"get":{}}}"#,
        ],
        r#""paths":{"/a":{"parameters":[],"get":{"security":[]}},"/b":{"get":{"x":1,"security":[{"key":[]}]},"put":{"security":[]}},"/c":{"get":{}}}"#,
    );
}

#[test]
fn differing_security_reaches_webhooks_callbacks_and_components() {
    check_members(
        &[
            r#""security":[{"key":[]}],"webhooks":{"w":{"post":{}}},"components":{"pathItems":{"p":{"get":{}}},"callbacks":{"c":{"{$url}":{"post":{}}}}}"#,
            r#""paths":{"/a":{"get":{}}}"#,
        ],
        r#""webhooks":{"w":{"post":{"security":[{"key":[]}]}}},"components":{"pathItems":{"p":{"get":{"security":[{"key":[]}]}}},"callbacks":{"c":{"{$url}":{"post":{"security":[{"key":[]}]}}}}},"paths":{"/a":{"get":{}}}"#,
    );
    check_members(
        &[r#""paths":{"/a":{"get":{"callbacks":{"c":{"{$url}":{"post":{}}}}}}},"security":[{}]"#, r#""paths":{}"#],
        r#""paths":{"/a":{"get":{"callbacks":{"c":{"{$url}":{"post":{"security":[{}]}}}},"security":[{}]}}}"#,
    );
}

#[test]
fn differing_servers_move_to_the_path_items() {
    check_members(
        &[
            r#""servers":[{"url":"/v1"}],"paths":{"/a":{"get":{}},"/b":{"servers":[{"url":"/b"}]},"/c":{"$ref":"other"}}"#,
            r#""servers":[{"url":"/v2"}],"paths":{"/d":{"get":{}}}"#,
            r#""paths":{"/e":{"get":{}}}"#,
        ],
        r#""paths":{"/a":{"get":{},"servers":[{"url":"/v1"}]},"/b":{"servers":[{"url":"/b"}]},"/c":{"$ref":"other"},"/d":{"get":{},"servers":[{"url":"/v2"}]},"/e":{"get":{}}}"#,
    );
}

#[test]
fn every_contradiction_is_named_with_both_places() {
    check_conflict(
        &[
            r#""info":{"version":"1"},"tags":[{"name":"a","x":1}],"paths":{"/a":{"get":{"x":1}}}"#,
            r#""info":{"version":"2"},"paths":{},"components":{"schemas":{"Pet":{"required":["a","b"]}}}"#,
            r#""info":{"version":"1"},"tags":[{"name":"a"}],"paths":{"/a":{"get":{"x":1,"y":2}}},"components":{"schemas":{"Pet":{"required":["a","c"]}}}"#,
        ],
        r#"error: two documents disagree on #/info
  --> a.md:3
  --> b.md:3
  help: they first differ at #/info/version
error: two documents disagree on the tag "a"
  --> a.md:3
  --> c.md:3
  help: say the same of the tag in both documents
error: two documents disagree on #/paths/~1a/get
  --> a.md:3
  --> c.md:3
  help: they first differ at #/paths/~1a/get/y
error: two documents disagree on #/components/schemas/Pet
  --> b.md:3
  --> c.md:3
  help: they first differ at #/components/schemas/Pet/required/1"#,
    );
}

#[test]
fn what_holds_for_a_whole_document_or_path_item_is_in_all_or_none() {
    check_conflict(
        &[
            r#""jsonSchemaDialect":"x","paths":{"/a":{"get":{}}}"#,
            r#""x-group":1,"paths":{"/a":{"post":{},"parameters":[]}}"#,
        ],
        "error: only one of two documents has #/jsonSchemaDialect
  --> a.md:3
  --> b.md:3
  help: it holds for everything beside it, and b.md:3 does not have it
error: only one of two documents has #/x-group
  --> b.md:3
  --> a.md:3
  help: it holds for everything beside it, and a.md:3 does not have it
error: only one of two documents has #/paths/~1a/parameters
  --> b.md:3
  --> a.md:3
  help: it holds for everything beside it, and a.md:3 does not have it",
    );
}

#[test]
fn a_fence_that_is_not_json_is_named_with_its_column() {
    check(
        &[
            "```json\n{\n  \"é\": nul\n}\n```\n\n> ```json\n> {\"a\": 1,\n>  \"a\": 2}\n> ```\n",
            &page(r#""paths":{}"#),
            "# None\n",
        ],
        "error: the fence is not JSON: expected ident
  --> a.md:3:11
  help: mend the fence, or give it another language than json if it holds no document
error: the fence is not JSON: the key `a` stands twice in one object
  --> a.md:9:6
  help: mend the fence, or give it another language than json if it holds no document
error: the page holds no OpenAPI document
  --> c.md
  help: a document is a JSON object with an `openapi` key in a ```json fence",
    );
}

/// Members that are not what OpenAPI says are the generator's to report; a single document stays as it is.
#[test]
fn wrong_kinds_of_members_are_kept_or_conflict() {
    check_members(&[r#""paths":[1],"tags":"a","components":null"#], r#""paths":[1],"tags":"a","components":null"#);
    check_conflict(
        &[r#""paths":{},"security":[{}]"#, r#""paths":[]"#],
        "error: two documents disagree on #/paths
  --> a.md:3
  --> b.md:3
  help: they first differ at #/paths",
    );
}
