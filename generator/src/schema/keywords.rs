//! The keywords of JSON Schema 2020-12 and OpenAPI, by what becomes of them.

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

/// Keywords that say nothing of the value's type: words for a reader, identifiers, what other tools use.
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

/// Words for a reader, which may also stand beside a reference.
pub const WORDS: &[&str] = &["$comment", "description", "example", "examples", "externalDocs", "summary", "title"];

/// Keywords that constrain the value in a way that no Rust type is made of: reported.
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
