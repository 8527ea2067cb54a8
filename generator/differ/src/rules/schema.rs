//! What a value is: its type, format, values, default, encoding.

super::rules! {
    SCHEMA_REPLACED "schema-replaced" B B "A place refers to another schema; the verdict is the worst of what differs between the two" ["$ref: '#/components/schemas/Order'", "$ref: '#/components/schemas/Invoice'"]
    SCHEMA_EXCHANGED "schema-exchanged" C C silent "A place refers to another schema that admits the same values; told where programs see it" ["$ref: '#/components/schemas/Order'", "$ref: '#/components/schemas/OrderCopy'"]
    TYPE_CHANGED "type-changed" B B "A value is of another type" ["type: string", "type: integer"]
    TYPE_WIDENED "type-generalized" C B "A value may be of more types" ["type: integer", "type: number"]
    TYPE_NARROWED "type-specialized" B C "A value may be of fewer types" ["type: number", "type: integer"]
    TYPES_WIDENED "list-of-types-widened" C B "A value may be of one more type" ["type: [string]", "type: [string, integer]"]
    TYPES_NARROWED "list-of-types-narrowed" B C "A value may no longer be of one of the types" ["type: [string, integer]", "type: [string]"]
    PART_TYPE_CHANGED "parameter-property-type-changed" W W "A part of a parameter or a form is of another type; whether its text differs cannot be told" ["type: number", "type: string"]
    FORMAT_CHANGED "format-changed" B B "A value is of another format" ["format: uuid", "format: uri"]
    FORMAT_ADDED "format-added" B C adds "A value must be of a format" ["type: string", "type: string, format: uuid"]
    FORMAT_REMOVED "format-removed" C B removes "A value need no longer be of a format" ["type: string, format: uuid", "type: string"]
    FORMAT_WIDENED "format-generalized" C B "A number may be of a greater range" ["format: int32", "format: int64"]
    FORMAT_NARROWED "format-specialized" B C "A number may be of a smaller range only" ["format: int64", "format: int32"]
    FORMAT_RENAMED "format-name-changed" C C "A format that does not change what travels was added, changed or removed" ["format: phone", "format: e164"]
    BECAME_NULLABLE "became-nullable" C B "A value may be null" ["type: string", "type: [string, 'null']"]
    BECAME_NOT_NULLABLE "became-not-nullable" B C "A value may no longer be null" ["type: [string, 'null']", "type: string"]
    BECAME_ENUM "became-enum" B C "A value must be one of a list" ["type: string", "type: string, enum: [a, b]"]
    ENUM_DROPPED "enum-dropped" C W "A value need no longer be one of a list" ["type: string, enum: [a, b]", "type: string"]
    ENUM_VALUE_ADDED "enum-value-added" C W known adds "There are more values to choose from: readers that know the old ones alone may fail" ["enum: [a]", "enum: [a, b]"]
    ENUM_VALUE_REMOVED "enum-value-removed" B C removes "There are fewer values to choose from" ["enum: [a, b]", "enum: [a]"]
    EXTENSIBLE_VALUE_ADDED "x-extensible-enum-value-added" C C known adds "A list of values that may grow has grown" ["x-extensible-enum: [a]", "x-extensible-enum: [a, b]"]
    EXTENSIBLE_VALUE_REMOVED "x-extensible-enum-value-removed" B C removes "A value is gone from a list of values that may grow" ["x-extensible-enum: [a, b]", "x-extensible-enum: [a]"]
    CONST_ADDED "const-added" B C adds "A value must be one constant" ["type: string", "const: a"]
    CONST_CHANGED "const-changed" B B "A value must be another constant" ["const: a", "const: b"]
    CONST_REMOVED "const-removed" C B removes "A value need no longer be one constant" ["const: a", "type: string"]
    DEFAULT_ADDED "default-value-added" C C value adds "A value has a default" ["type: integer", "type: integer, default: 1"]
    DEFAULT_CHANGED "default-value-changed" C C value "A value has another default" ["default: 1", "default: 2"]
    DEFAULT_REMOVED "default-value-removed" C C value removes "A value has no default any more" ["type: integer, default: 1", "type: integer"]
    ENCODING_CHANGED "content-encoding-changed" B B "The bytes in a text are encoded otherwise" ["contentEncoding: base64", "contentEncoding: base64url"]
    CONTENT_TYPE_CHANGED "content-media-type-changed" B B known "A text holds another media type" ["contentMediaType: text/plain", "contentMediaType: text/html"]
    CONTENT_SCHEMA_ADDED "content-schema-added" B C adds "What a text holds must fit a schema" ["(absent)", "contentSchema: {type: object}"]
    CONTENT_SCHEMA_REMOVED "content-schema-removed" C B removes "What a text holds need no longer fit a schema" ["contentSchema: {type: object}", "(absent)"]
    XML_CHANGED "xml-changed" B B "A value is written otherwise in XML" ["xml: {attribute: true}", "xml: {}"]
}

/// The kinds of changes of the type.
pub(crate) const TYPES: &[Rule] =
    &[TYPE_CHANGED, TYPE_WIDENED, TYPE_NARROWED, TYPES_WIDENED, TYPES_NARROWED, PART_TYPE_CHANGED];
