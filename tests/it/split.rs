//! Documents in several files: which files are loaded, and how what lies there is called.

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
    let said: Vec<String> = generated.diagnostics.iter().map(|it| report::line(it, &generated.sources)).collect();
    assert_eq!(said, Vec::<String>::new());
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
