//! The names of emitted things. They come from places, and additions elsewhere do not change them.

use generator::{Generated, report};
use serde_json::{Value, json};

use crate::documents::generate_text;

/// The types, aliases, methods and variants of a document's paths and schemas, each as it is declared, sorted.
fn declared(paths: &Value, schemas: &Value) -> Vec<String> {
    names_in(generate_text("names", document(paths, schemas)))
}

pub fn document(paths: &Value, schemas: &Value) -> String {
    let components = json!({"schemas": schemas});
    json!({"openapi": "3.1.0", "info": {"title": "Names", "version": "1"}, "paths": paths, "components": components})
        .to_string()
}

pub fn names_in(generated: Generated) -> Vec<String> {
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    let files = generated.files.unwrap_or_else(|| panic!("{messages}"));
    let own = files.iter().filter(|(path, _)| path.contains("/models/") || path.contains("/operations/"));
    let lines = own.flat_map(|(_, text)| text.lines().map(str::trim));
    let starts = ["pub struct ", "pub enum ", "pub type ", "pub fn "];
    let declared = lines.filter(|line| starts.iter().any(|start| line.starts_with(start)));
    let plain = declared.map(|line| line.split(['(', ':', '{', ';']).next().unwrap_or(line).trim().replace("pub ", ""));
    let mut names: Vec<String> = plain.collect();
    names.sort();
    names
}

/// What is said of a document, a line each.
fn said(paths: &Value, schemas: &Value) -> Vec<String> {
    let generated = generate_text("names", document(paths, schemas));
    generated.diagnostics.iter().map(|it| it.message.clone()).collect()
}

fn json_of(schema: &Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

pub fn answer(schema: &Value) -> Value {
    json!({"description": "An answer.", "content": json_of(schema)})
}

pub fn object(members: &[&str]) -> Value {
    let properties: serde_json::Map<String, Value> =
        members.iter().map(|name| ((*name).to_owned(), json!({"type": "string"}))).collect();
    json!({"type": "object", "required": members, "properties": properties})
}

fn nothing() -> Value {
    json!({"204": {"description": "Done."}})
}

#[test]
fn an_inline_schema_belongs_to_its_place() {
    let same = object(&["name"]);
    let paths = json!({
        "/a": {"get": {"operationId": "getA", "responses": {"200": answer(&same)}}},
        "/b": {"put": {
            "operationId": "putB",
            "requestBody": {"required": true, "content": json_of(&same)},
            "responses": nothing(),
        }},
    });
    let schemas = json!({
        "One": {"type": "object", "properties": {"state": {"type": "string", "enum": ["on", "off"]}}},
        "Two": {"type": "object", "properties": {"state": {"type": "string", "enum": ["on", "off"]}}},
    });
    let expected = [
        "enum OneState",
        "enum TwoState",
        "fn get_a",
        "fn new",
        "fn put_b",
        "struct GetA",
        "struct GetAResponse",
        "struct One",
        "struct PutB",
        "struct PutBBody",
        "struct Two",
    ];
    assert_eq!(declared(&paths, &schemas), expected);
}

#[test]
fn equal_replies_of_an_operation_are_one_type() {
    let fault = object(&["message"]);
    let paths = json!({"/a": {"get": {"operationId": "getA", "responses": {
        "200": answer(&object(&["name"])),
        "400": answer(&fault),
        "500": answer(&fault),
    }}}});
    let names = declared(&paths, &json!({}));
    let types: Vec<&String> = names.iter().filter(|name| name.contains("Response")).collect();
    assert_eq!(types, ["struct GetAResponse", "struct GetAResponse400", "type GetAResponse500 = GetAResponse400"]);
}

#[test]
fn equal_schemas_of_one_rust_name_are_one_type() {
    let mut named = object(&["name"]);
    named["x-rust-name"] = json!("Named");
    let mut described = named.clone();
    described["description"] = json!("Other words.");
    let paths = json!({
        "/a": {"get": {"operationId": "getA", "responses": {"200": answer(&named)}}},
        "/b": {"get": {"operationId": "getB", "responses": {"200": answer(&described)}}},
    });
    let expected = ["fn get_a", "fn get_b", "struct GetA", "struct GetB", "struct Named"];
    assert_eq!(declared(&paths, &json!({})), expected);
    let with_component = declared(&paths, &json!({"Thing": named}));
    let expected = ["fn get_a", "fn get_b", "struct GetA", "struct GetB", "struct Named", "type Thing = Named"];
    assert_eq!(with_component, expected);
}

#[test]
fn alternatives_are_told_apart_by_what_the_others_have_not() {
    let base = json!({"$ref": "#/components/schemas/Base"});
    let titled = |title: &str| json!({"type": "object", "title": title, "additionalProperties": {"type": "string"}});
    let one_of = json!([
        object(&["a", "b"]),
        object(&["a", "c"]),
        {"allOf": [base, object(&["d"])]},
        {"allOf": [object(&["e"]), {"type": "object"}]},
    ]);
    let schemas = |one_of: &Value| {
        json!({
            "Base": {"type": "object", "properties": {"base": {"type": "string"}}},
            "Choice": {"type": "object", "properties": {"it": {"oneOf": one_of}}},
        })
    };
    let expected = [
        "enum ChoiceIt",
        "struct Base",
        "struct Choice",
        "struct ChoiceItB",
        "struct ChoiceItBase",
        "struct ChoiceItC",
        "struct ChoiceItE",
    ];
    assert_eq!(declared(&json!({}), &schemas(&one_of)), expected);
    let mut more = one_of.as_array().expect("a list").clone();
    more.insert(2, object(&["newcomer"]));
    more.reverse();
    let kept = declared(&json!({}), &schemas(&json!(more)));
    assert!(expected.iter().all(|name| kept.contains(&(*name).to_owned())), "{kept:?}");
    let maps = declared(&json!({}), &schemas(&json!([titled("First"), titled("Second"), object(&["z"])])));
    assert_eq!(maps, ["enum ChoiceIt", "struct Base", "struct Choice", "struct ChoiceItZ"]);
}

#[test]
fn the_only_alternative_beside_null_has_no_word_of_its_own() {
    let part = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let pet = json!({"anyOf": [{"anyOf": [part("Cat"), part("Dog")]}, {"type": "null"}]});
    let schemas = json!({
        "Cat": object(&["cat"]),
        "Dog": object(&["dog"]),
        "Item": {"type": "object", "properties": {"pet": pet}},
    });
    let expected = ["enum ItemPet", "struct Cat", "struct Dog", "struct Item"];
    assert_eq!(declared(&json!({}), &schemas), expected);
}

/// The variants of an enumeration of some values, and what is said of them.
fn variants(values: &[&str]) -> (Vec<String>, Vec<String>) {
    let schemas = json!({"Order": {"type": "string", "enum": values}});
    let generated = generate_text("names", document(&json!({}), &schemas));
    let files = generated.files.as_ref().expect("the document has no errors");
    let text = files.get("src/api/models/order.rs").expect("the model has a file");
    let rows = text.lines().filter_map(|line| line.trim().split_once(" = \"").map(|(name, _)| name.to_owned()));
    (rows.collect(), said(&json!({}), &schemas))
}

#[test]
fn values_that_become_one_name_tell_more_of_themselves() {
    let (names, said) = variants(&["asc", "ASC", "Asc", "Etc/GMT-1", "Etc/GMT+1", "Etc/GMT-13"]);
    assert_eq!(names, ["AscLower", "AscUpper", "Asc", "EtcGmtMinus1", "EtcGmtPlus1", "EtcGmt13"]);
    let expected = [
        "`asc` and `Asc` are one name in Rust, `Asc`: emitted as `AscLower`",
        "`ASC` and `Asc` are one name in Rust, `Asc`: emitted as `AscUpper`",
        "`Etc/GMT-1` and `Etc/GMT+1` are one name in Rust, `EtcGmt1`: emitted as `EtcGmtMinus1`",
        "`Etc/GMT+1` and `Etc/GMT-1` are one name in Rust, `EtcGmt1`: emitted as `EtcGmtPlus1`",
    ];
    assert_eq!(
        said.iter().filter(|it| it.contains("one name")).collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}

#[test]
fn a_value_that_is_added_takes_no_name() {
    assert_eq!(variants(&["asc", "desc"]).0, ["Asc", "Desc"]);
    assert_eq!(variants(&["asc", "desc", "ASC"]).0, ["Asc", "Desc", "AscUpper"]);
    assert_eq!(variants(&["ASC", "desc"]).0, ["Asc", "Desc"]);
    assert_eq!(variants(&["ASC", "desc", "asc"]).0, ["Asc", "Desc", "AscLower"]);
    assert_eq!(variants(&["a-b", "a_b"]).0.first().map(String::as_str), Some("AB"));
}

#[test]
fn alternatives_that_little_tells_apart_have_names_of_their_own() {
    let holding = |member: &Value| json!({"type": "object", "properties": {"a": member}});
    let kinds = ["string", "integer"].map(|kind| holding(&json!({"type": kind})));
    let [one, two, three] = ["b", "c", "d"].map(|name| holding(&object(&[name])));
    let union = |alternatives: &[&Value]| {
        let schemas = json!({"Choice": {"anyOf": alternatives}});
        let files = generate_text("names", document(&json!({}), &schemas)).files.expect("no errors");
        let model = files.get("src/api/models/choice.rs").expect("the model has a file");
        let branches = model.lines().filter_map(|line| line.trim().split_once('(').map(|(name, _)| name.to_owned()));
        let mut names: Vec<String> = branches.filter(|name| name.chars().all(char::is_alphanumeric)).collect();
        names.sort();
        names
    };
    let before = union(&[&one, &two, &kinds[0], &kinds[1]]);
    let after = union(&[&kinds[0], &one, &three, &two, &kinds[1]]);
    assert!(before.iter().all(|name| after.contains(name)), "{before:?} {after:?}");
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
    assert!(after.iter().all(|name| !name.ends_with('2')), "{after:?}");
}

#[test]
fn parameters_of_one_name_tell_where_they_go() {
    let parameter = |place: &str| json!({"name": "id", "in": place, "schema": {"type": "string"}});
    let parameters = ["cookie", "header", "query"].map(parameter);
    let paths = json!({"/a": {"get": {"operationId": "getA", "parameters": parameters, "responses": nothing()}}});
    let expected = ["fn get_a", "fn id", "fn id_cookie", "fn id_header", "struct GetA"];
    assert_eq!(declared(&paths, &json!({})), expected);
    let expected = [
        "`id in cookie` and `id in query` are one name in Rust, `id`: emitted as `id_cookie`",
        "`id in header` and `id in query` are one name in Rust, `id`: emitted as `id_header`",
    ];
    let said = said(&paths, &json!({}));
    assert_eq!(
        said.iter().filter(|it| it.contains("one name")).collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}

#[test]
fn the_first_of_operations_with_one_name_keeps_it() {
    let operation = |id: &str| json!({"operationId": id, "responses": nothing()});
    let paths = json!({
        "/a": {"get": operation("listPets")},
        "/b/{id}": {"get": operation("listPets")},
        "/c": {"post": operation("list-pets")},
    });
    let methods: Vec<String> =
        declared(&paths, &json!({})).into_iter().filter(|name| name.starts_with("fn ")).collect();
    assert_eq!(methods, ["fn list_pets", "fn list_pets_get_b_id", "fn list_pets_post_c"]);
}

#[test]
fn an_id_that_repeats_its_path_and_method_is_the_functions_name() {
    let operation = |id: &str, schema: &Value| json!({"operationId": id, "responses": {"200": answer(schema)}});
    let paths = json!({
        "/items/{item_id}": {"get": operation("read_item_items__item_id__get", &object(&["a"]))},
        "/items": {"post": operation("create_item_items_post", &object(&["b"]))},
        "/other": {"post": operation("create_item_other_post", &object(&["c"]))},
        "/{key}": {"get": operation("with_key__key__get", &object(&["d"]))},
    });
    let names = declared(&paths, &json!({}));
    let types: Vec<&String> = names.iter().filter(|name| name.contains("Response") || name.starts_with("fn")).collect();
    let expected = [
        "fn call_with_key",
        "fn create_item",
        "fn create_item_other_post",
        "fn read_item",
        "struct CreateItemOtherPostResponse",
        "struct CreateItemResponse",
        "struct ReadItemResponse",
        "struct WithKeyResponse",
    ];
    assert_eq!(types, expected);
    let note = "the operation id `read_item_items__item_id__get` repeats its path and method: emitted as `read_item`, and 2 \
                more likewise";
    assert!(said(&paths, &json!({})).contains(&note.to_owned()));
}

#[test]
fn what_no_operation_reaches_is_received() {
    let schemas = json!({
        "Alone": object(&["a"]),
        "Base": object(&["base"]),
        "Made": {"allOf": [{"$ref": "#/components/schemas/Base"}, object(&["own"])]},
    });
    let body = json!({"required": true, "content": json_of(&json!({"$ref": "#/components/schemas/Made"}))});
    let paths = json!({"/a": {"put": {"operationId": "putA", "requestBody": body, "responses": nothing()}}});
    // Only what is sent has a `new`, which a required member more would break.
    let news = declared(&paths, &schemas).into_iter().filter(|name| name == "fn new").count();
    assert_eq!(news, 1);
}

/// A mock and a trace tell operations apart by their ids.
#[test]
fn operations_of_one_id_have_ids_of_their_own() {
    let operation = json!({"operationId": "fetch", "responses": {"204": {"description": "Done."}}});
    let paths = json!({"/a": {"get": operation}, "/b": {"get": operation}});
    let files = generate_text("names", document(&paths, &json!({}))).files.expect("it can be generated");
    let lines = files.values().flat_map(|text| text.lines().map(str::trim));
    let ids: Vec<&str> = lines.filter(|line| line.starts_with("const ID: &'static str = ")).collect();
    assert_eq!(ids, [r#"const ID: &'static str = "fetch";"#, r#"const ID: &'static str = "fetch GET /b";"#]);
}
