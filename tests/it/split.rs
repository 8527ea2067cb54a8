//! Documents in several files: which files are loaded, and how what lies there is called.

use differ::compare;
use generator::{ApiSource, Generated, Layout, report};
use serde_json::{Value, json};

use crate::documents::crate_of;
use crate::names::{answer, document, names_in, object};

/// The other files of a split document.
struct Files(Vec<(&'static str, Value)>);

impl generator::source::Loader for Files {
    fn load(&self, path: &str) -> Result<Vec<u8>, generator::source::LoadError> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, value)| value.to_string().into_bytes()).ok_or(generator::source::LoadError::NotFound)
    }
}

#[test]
fn a_schema_in_a_file_of_its_own_has_the_name_of_its_component_or_file() {
    let list = |inner: &str| json!({"type": "array", "items": {"$ref": inner}});
    let files = Files(vec![
        (
            "schemas/Pet.yaml",
            json!({"type": "object", "properties": {
                "owner": {"$ref": "Person.yaml"},
                "kind": {"oneOf": [{"$ref": "Cat.yaml"}, {"$ref": "Dog.yaml"}]},
                "tag": {"type": "object", "properties": {"text": {"type": "string"}}},
            }}),
        ),
        ("schemas/Person.yaml", object(&["name"])),
        ("schemas/Cat.yaml", object(&["cat"])),
        ("schemas/Dog.yaml", object(&["dog"])),
        ("schemas/all.yaml", json!({"Fault": object(&["message"])})),
        (
            "paths/pets.yaml",
            json!({"get": {"operationId": "listPets", "responses": {
                "200": answer(&list("../schemas/Pet.yaml")),
                "400": answer(&json!({"$ref": "../schemas/all.yaml#/Fault"})),
                "500": answer(&object(&["trace"])),
            }}}),
        ),
    ]);
    let paths = json!({"/pets": {"$ref": "paths/pets.yaml"}});
    let text = document(&paths, &json!({"Animal": {"$ref": "schemas/Pet.yaml"}}));
    let document = generator::source::SourceText { name: "names.yaml".to_owned(), bytes: text.into_bytes() };
    let source = ApiSource { name: "names".to_owned(), document, overlay: None, choices: Vec::new(), loader: &files };
    let expected = [
        "enum AnimalKind",
        "enum ListPetsError",
        "fn list_pets",
        "struct Animal",
        "struct AnimalTag",
        "struct Cat",
        "struct Dog",
        "struct Fault",
        "struct ListPets",
        "struct ListPetsResponse500",
        "struct Person",
    ];
    assert_eq!(names_in(crate_of(vec![source], "example", Layout::Whole)), expected);
}

/// What is made of a document and its other files.
fn generated(paths: &Value, schemas: &Value, files: &Files) -> Generated {
    let bytes = document(paths, schemas).into_bytes();
    let document = generator::source::SourceText { name: "names.yaml".to_owned(), bytes };
    let source = ApiSource { name: "names".to_owned(), document, overlay: None, choices: Vec::new(), loader: files };
    crate_of(vec![source], "example", Layout::Whole)
}

#[test]
fn files_below_a_member_called_default_are_loaded() {
    let files = Files(vec![
        (
            "fault.yaml",
            json!({"description": "A fault.", "content": {"application/json": {"schema": object(&["message"])}}}),
        ),
        ("setting.yaml", object(&["value"])),
        ("value.yaml", object(&["text"])),
        ("extra.yaml", object(&["more"])),
    ]);
    let reference = |file: &str| json!({"$ref": file});
    let paths = json!({"/a": {"get": {"operationId": "getA", "responses": {
        "200": answer(&reference("#/components/schemas/default")),
        "default": reference("fault.yaml"),
    }}}});
    let members = json!({
        "default": reference("setting.yaml"),
        "value": reference("value.yaml"),
        "x-extra": reference("extra.yaml"),
    });
    let schemas = json!({"default": {"type": "object", "properties": members}});
    let generated = generated(&paths, &schemas, &files);
    assert_eq!(said(&generated), Vec::<String>::new());
    let expected = [
        "fn get_a",
        "struct DefaultModel",
        "struct Extra",
        "struct Fault",
        "struct GetA",
        "struct Setting",
        "struct ValueModel",
    ];
    assert_eq!(names_in(generated), expected);
}

/// Examples and data are not emitted, so that what they refer to need not be there.
#[test]
fn files_of_examples_and_data_are_not_loaded() {
    let absent = json!({"$ref": "absent.yaml"});
    let mut schema = object(&["a"]);
    schema["default"] = absent.clone();
    schema["example"] = absent.clone();
    schema["examples"] = json!([absent]);
    let mut reply = answer(&schema);
    reply["content"]["application/json"]["examples"] =
        json!({"one": absent, "two": {"value": absent}, "three": {"dataValue": absent}});
    let paths = json!({"/a": {"get": {"operationId": "getA", "responses": {"200": reply}}}});
    let generated = generated(&paths, &json!({}), &Files(Vec::new()));
    assert!(!generated.diagnostics.has_errors());
    assert_eq!(names_in(generated), ["fn get_a", "struct GetA", "struct GetAResponse"]);
}

/// A base and its subtypes, each in a file of its own. The mapping spells the files otherwise than the references.
#[test]
fn a_base_in_another_file_is_one_of_its_subtypes() {
    let base = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"fish": "./Fish.yaml"}}});
    let subtype = |member: &str| json!({"allOf": [{"$ref": "Pet.yaml"}, object(&[member])]});
    let files = Files(vec![("Pet.yaml", base), ("Cat.yaml", subtype("lives")), ("Fish.yaml", subtype("fins"))]);
    let pet = json!({"$ref": "#/components/schemas/Pet"});
    let paths = json!({"/pets": {"get": {"operationId": "getPet", "responses": {"200": answer(&pet)}}}});
    let schemas = json!({"Pet": {"$ref": "Pet.yaml"}, "Cat": {"$ref": "Cat.yaml"}});
    let generated = generated(&paths, &schemas, &files);
    let emitted = generated.files.iter().flatten().find(|(name, _)| name.ends_with("models/pet.rs"));
    let text = emitted.map(|(_, text)| text.as_str()).unwrap_or_default();
    let tags: Vec<&str> = text.lines().filter(|line| line.contains("runtime::Tag")).map(str::trim).collect();
    let expected = [
        r#"Cat(Cat): boxed from = [runtime::Tag::Text("Cat")] sets,"#,
        r#"Fish(Fish): boxed from = [runtime::Tag::Text("fish")] sets,"#,
        r#"Pet(PetBase): boxed from = [runtime::Tag::Text("Pet")],"#,
    ];
    assert_eq!(tags, expected);
}

/// The messages about a document, each on a line.
fn said(generated: &Generated) -> Vec<String> {
    generated.diagnostics.iter().map(|it| report::line(it, &generated.sources)).collect()
}

/// Many tools follow a `$ref` anywhere, so that documents keep maps, lists and operations in other files.
#[test]
fn a_document_is_the_same_whether_its_parts_are_in_other_files() {
    let pet = json!({"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"},
        "mother": {"$ref": "#/components/schemas/Pet"},
    }});
    let parameter = json!({"name": "q", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}});
    let answer_with = |pet: &str| json!({"200": answer(&json!({"$ref": pet}))});
    let whole = generated(
        &json!({"/a": {"get": {"operationId": "getA", "parameters": [parameter], "responses": answer_with("#/components/schemas/Pet")}}}),
        &json!({"Pet": pet}),
        &Files(Vec::new()),
    );
    let files = Files(vec![
        (
            "parts/operations.yaml",
            json!({"getA": {
                "operationId": "getA",
                "parameters": {"$ref": "lists.yaml#/parameters"},
                "responses": {"$ref": "#/answers"},
            }, "answers": answer_with("schemas/all.yaml#/Pet")}),
        ),
        (
            "parts/lists.yaml",
            json!({"parameters": [{"name": "q", "in": "query", "schema": {"type": "string", "enum": {"$ref": "#/values"}}}], "values": ["a", "b"]}),
        ),
        ("parts/schemas/all.yaml", json!({"Pet": {"$ref": "Pet.yaml"}})),
        (
            "parts/schemas/Pet.yaml",
            json!({"type": "object", "required": {"$ref": "more.yaml#/required"}, "properties": {"$ref": "more.yaml#/members"}}),
        ),
        (
            "parts/schemas/more.yaml",
            json!({"required": ["name"], "members": {"name": {"type": "string"}, "mother": {"$ref": "all.yaml#/Pet"}}}),
        ),
    ]);
    let parts = generated(
        &json!({"/a": {"get": {"$ref": "parts/operations.yaml#/getA"}}}),
        &json!({"$ref": "parts/schemas/all.yaml"}),
        &files,
    );
    assert!(parts.files.is_some());
    assert_eq!(parts.files, whole.files);
    let expected = [
        "names.yaml:1:88: warning: `get` cannot be a reference: read as what it names",
        "parts/operations.yaml:1:52: warning: `parameters` cannot be a reference: read as what it names",
        "parts/lists.yaml:1:82: warning: `enum` cannot be a reference: read as what it names",
        "parts/operations.yaml:1:98: warning: `responses` cannot be a reference: read as what it names",
        "names.yaml:1:153: warning: `schemas` cannot be a reference: read as what it names",
        "parts/schemas/Pet.yaml:1:37: warning: `required` cannot be a reference: read as what it names",
        "parts/schemas/Pet.yaml:1:81: warning: `properties` cannot be a reference: read as what it names",
    ];
    assert_eq!(said(&parts), expected);
}

/// A file that only lists others has names of its own choice. A schema may be called as a member of OpenAPI.
#[test]
fn the_names_of_a_list_of_files_are_names() {
    let files = Files(vec![
        ("all.yaml", json!({"tags": {"$ref": "Tags.yaml"}, "Pet": {"$ref": "Pet.yaml"}})),
        ("Tags.yaml", object(&["text"])),
        ("Pet.yaml", json!({"type": "object", "properties": {"tags": {"$ref": "all.yaml#/tags"}}})),
    ]);
    let paths = json!({"/a": {"get": {"operationId": "getA", "responses": {"200": answer(&json!({"$ref": "all.yaml#/Pet"}))}}}});
    let generated = generated(&paths, &json!({}), &files);
    assert_eq!(said(&generated), Vec::<String>::new());
    assert_eq!(names_in(generated), ["fn get_a", "struct GetA", "struct Pet", "struct Tags"]);
}

#[test]
fn a_reference_to_what_is_around_it_is_an_error() {
    let around = json!({"Pet": {"type": "object", "properties": {"a": {"properties": {"$ref": "#/components/schemas/Pet/properties"}}}}});
    let generated = generated(&json!({}), &around, &Files(Vec::new()));
    let expected = [
        "names.yaml:1:158: error: this reference leads back to itself: `#/components/schemas/Pet/properties/a/properties` -> `#/components/schemas/Pet/properties/a/properties`",
    ];
    assert_eq!(said(&generated), expected);
}

/// A base whose alternatives extend it, all in one file that is not the document.
#[test]
fn subtypes_may_be_in_the_file_of_their_base() {
    let base = json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind"}});
    let subtype = |member: &str| json!({"allOf": [{"$ref": "#/components/schemas/Pet"}, object(&[member])]});
    let schemas = json!({"Pet": base, "Cat": subtype("lives"), "Dog": subtype("bark")});
    let get = |pet: &str| json!({"/pets": {"get": {"operationId": "getPet", "responses": {"200": answer(&json!({"$ref": pet}))}}}});
    let whole = generated(&get("#/components/schemas/Pet"), &schemas, &Files(Vec::new()));
    let files = Files(vec![("pets.yaml", json!({"components": {"schemas": schemas}}))]);
    let parts = generated(&get("pets.yaml#/components/schemas/Pet"), &json!({}), &files);
    assert_eq!(said(&parts), Vec::<String>::new());
    assert_eq!(parts.files, whole.files);
}

/// References in different folders may spell different files in the same way. There are more than ten files, so that their numbers differ
/// in length.
#[test]
fn names_depend_on_the_paths_of_files_alone() {
    let folders = [
        ("a/reply.yaml", "a/models/options.yaml"),
        ("b/reply.yaml", "b/models/options.yaml"),
        ("c/reply.yaml", "c/models/options.yaml"),
        ("d/reply.yaml", "d/models/options.yaml"),
        ("e/reply.yaml", "e/models/options.yaml"),
        ("f/reply.yaml", "f/models/options.yaml"),
    ];
    let files = folders.into_iter().flat_map(|(reply, options)| {
        let schema = json!({"type": "object", "properties": {"options": {"$ref": "models/options.yaml"}}});
        [(reply, answer(&schema)), (options, object(&[options]))]
    });
    let path = |(reply, _): (&str, &str)| {
        let responses = json!({"200": {"$ref": reply}});
        (format!("/{reply}"), json!({"get": {"operationId": format!("get {reply}"), "responses": responses}}))
    };
    let paths = Value::Object(folders.into_iter().map(path).collect());
    let files = Files(files.collect());
    let source = |name: &str| {
        let bytes = document(&paths, &json!({})).into_bytes();
        let document = generator::source::SourceText { name: name.to_owned(), bytes };
        ApiSource { name: "names".to_owned(), document, overlay: None, choices: Vec::new(), loader: &files }
    };
    let once = crate_of(vec![source("names.yaml")], "example", Layout::Whole).files;
    assert!(once.is_some());
    for _ in 0..10 {
        assert_eq!(crate_of(vec![source("other.yaml")], "example", Layout::Whole).files, once);
    }
    let changes = compare(source("names.yaml"), source("other.yaml")).changes;
    let changes: Option<Vec<String>> = changes.map(|all| all.into_iter().map(|it| format!("{it:?}")).collect());
    assert_eq!(changes, Some(Vec::new()));
}
