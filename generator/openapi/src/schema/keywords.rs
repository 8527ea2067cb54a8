//! The keywords of JSON Schema 2020-12 and OpenAPI, by how the generator treats them.

/// Keywords that [`read`](super::read) understands.
pub(super) const READ: &[&str] = &[
    "$ref",
    "$dynamicRef",
    "type",
    "nullable",
    "format",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "discriminator",
    "title",
    "description",
    "deprecated",
    "readOnly",
    "writeOnly",
    "contentEncoding",
    "contentMediaType",
    "default",
];

/// Keywords that constrain a value by more than its type. Next to a `$ref`, 3.0 ignores them.
pub(super) const LOST_BESIDE_REFERENCE: &[&str] =
    &["enum", "properties", "required", "additionalProperties", "items", "allOf", "oneOf", "anyOf", "discriminator"];

/// Keywords that are honoured next to a `$ref` also in 3.0, because documents that write them there mean them.
pub(super) const KEPT_BESIDE_REFERENCE: &[&str] = &["nullable", "readOnly", "writeOnly"];

/// Bounds: documentation of the type, and checks on what is sent.
pub(super) const BOUNDS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Keywords that say nothing about the value's type: documentation, identifiers, keywords for other tools.
pub(super) const SILENT: &[&str] = &[
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$schema",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$defs",
    "definitions",
    "$comment",
    "$vocabulary",
];

/// Documentation. It may also be next to a reference.
pub const WORDS: &[&str] = &["$comment", "description", "example", "examples", "externalDocs", "summary", "title"];

/// Keywords that constrain the value in a way that has no Rust type. They are reported.
pub(super) const UNHONOURED: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "additionalItems",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// All keywords, for "did you mean".
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    [READ, BOUNDS, SILENT, UNHONOURED].into_iter().flatten().copied()
}
