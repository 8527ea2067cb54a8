//! Schemas in; what they mean, and what there is to say of them, out.

use super::{EffectiveSchema, Schemas};
use crate::diagnostics::Diagnostics;
use crate::document::{self, Node};
use crate::report;
use crate::source::{NoFiles, SourceText, Sources};

/// What the schema `Whole` means, asked for twice.
fn effective(version: &str, schemas: &str) -> String {
    let text = format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
    let file = sources.parse(SourceText { name: "openapi.yaml".to_owned(), bytes: text.into_bytes() }, &mut out);
    let file = file.expect("a readable document");
    let document =
        document::load(file, None, Default::default(), &NoFiles, &mut sources, &mut out).expect("a document");
    let whole = document.top("components").join("schemas").join("Whole");
    let (mut schemas, mut said) = (Schemas::of(&document), Diagnostics::default());
    schemas.effective(std::slice::from_ref(&whole), &mut said);
    let dump = schemas.effective(&[whole], &mut said).map_or("nothing\n".to_owned(), |it| dump(&it));
    said.iter().fold(dump, |text, it| text + &report::line(it, &sources) + "\n")
}

fn dump(schema: &EffectiveSchema<'_>) -> String {
    let places = |nodes: &[Node]| nodes.iter().map(short).collect::<Vec<_>>().join(" ");
    let parts: Vec<Node> = schema.parts.iter().map(|part| part.schema.node.clone()).collect();
    let types: Vec<&str> = schema.inferred_types().into_iter().map(|ty| ty.name()).collect();
    let types = match (types.as_slice(), schema.never) {
        (_, true) => "none".to_owned(),
        ([], false) => "any".to_owned(),
        (types, false) => types.join(" "),
    };
    let null = if schema.nullable { " or null" } else { "" };
    let mut text = format!("parts: {}\ntypes: {types}{null}\n", places(&parts));
    if let Some(values) = schema.listed() {
        text += &format!("values: {}\n", serde_json::Value::from(values));
    }
    for (name, nodes) in &schema.properties {
        let required = if schema.required.contains(name) { "required " } else { "" };
        text += &format!("{required}{name}: {}\n", places(nodes));
    }
    for union in &schema.unions {
        text += &format!("alternatives: {}\n", places(&union.branches));
    }
    text
}

fn short(node: &Node) -> String {
    node.pointer.to_string().trim_start_matches("#/components/schemas/").to_owned()
}

#[track_caller]
fn check(version: &str, schemas: &str, expected: &str) {
    assert_eq!(effective(version, schemas), expected);
}

#[test]
fn what_is_referred_to_comes_first() {
    check(
        "3.0.3",
        "    Base: {type: object, required: [id], properties: {id: {type: integer}}}
    Whole:
      nullable: true
      allOf: [{$ref: '#/components/schemas/Base'}, {properties: {id: {minimum: 1}, name: {type: string}}}]\n",
        "parts: Base Whole/allOf/0 Whole/allOf/1 Whole
types: object or null
required id: Base/properties/id Whole/allOf/1/properties/id
name: Whole/allOf/1/properties/name\n",
    );
}

#[test]
fn types_and_values_are_those_of_all() {
    check(
        "3.1.0",
        "    Whole:
      type: [number, string, 'null']
      allOf: [{type: [integer, 'null'], enum: [1, 2, null]}, {enum: [2, 3, null]}]\n",
        "parts: Whole/allOf/0 Whole/allOf/1 Whole\ntypes: integer or null\nvalues: [2,null]\n",
    );
}

#[test]
fn a_missing_type_is_inferred() {
    check("3.1.0", "    Whole: {enum: [a, b]}\n", "parts: Whole\ntypes: string\nvalues: [\"a\",\"b\"]\n");
    check("3.1.0", "    Whole: {additionalProperties: true}\n", "parts: Whole\ntypes: object\n");
    check("3.1.0", "    Whole: {prefixItems: [{}]}\n", "parts: Whole\ntypes: array\n");
    check("3.1.0", "    Whole: {required: [a]}\n", "parts: Whole\ntypes: any\n");
}

#[test]
fn alternatives_stay_apart() {
    check(
        "3.1.0",
        "    Whole: {anyOf: [{type: string}, {type: 'null'}], allOf: [{oneOf: [{type: string}]}]}\n",
        "parts: Whole/allOf/0 Whole
types: any
alternatives: Whole/allOf/0/oneOf/0
alternatives: Whole/anyOf/0 Whole/anyOf/1\n",
    );
}

#[test]
fn a_contradiction_is_said_once() {
    check(
        "3.1.0",
        "    Whole: {allOf: [{type: string}, {type: object}]}\n",
        "parts: Whole/allOf/0 Whole/allOf/1 Whole
types: none
openapi.yaml:6:37: warning: the schemas that hold here have no type in common: emitted as untyped JSON\n",
    );
}

#[test]
fn what_does_not_end_is_nothing() {
    check(
        "3.1.0",
        "    Whole: {allOf: [{$ref: '#/components/schemas/Other'}]}
    Other: {allOf: [{$ref: '#/components/schemas/Whole'}]}\n",
        "nothing
openapi.yaml:7:5: error: this schema contains itself: `#/components/schemas/Other` -> `#/components/schemas/Other/allOf/0` \
-> `#/components/schemas/Whole` -> `#/components/schemas/Whole/allOf/0` -> `#/components/schemas/Other`\n",
    );
}
