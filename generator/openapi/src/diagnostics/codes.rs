//! The codes of all messages, a constant for each. Other codes cannot be made, so this list is complete.
//!
//! `DIAGNOSTICS.md` says what each code means, in the same order. [`explain`](super::explain) reads that file.

use std::fmt;

/// A stable identifier of the kind of message, in kebab case (`dangling-reference`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

impl Code {
    /// As it is written.
    pub fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($constant:ident = $name:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub const $constant: Code = Code($name);
        )+

        /// All of them.
        pub const ALL: &[Code] = &[$($constant),+];
    };
}

codes! {
    ALIAS_CYCLE = "alias-cycle";
    ALIAS_EXPANSION = "alias-expansion";
    DUPLICATE_KEY = "duplicate-key";
    EMPTY_DOCUMENT = "empty-document";
    INVALID_JSON = "invalid-json";
    INVALID_KEY = "invalid-key";
    INVALID_MERGE = "invalid-merge";
    INVALID_TOML = "invalid-toml";
    INVALID_YAML = "invalid-yaml";
    LONE_SURROGATE = "lone-surrogate";
    NESTING_TOO_DEEP = "nesting-too-deep";
    NOT_A_DOCUMENT = "not-a-document";
    NOT_AN_OBJECT = "not-an-object";
    NOT_TEXT = "not-text";
    NOT_UTF8 = "not-utf8";
    NUMBER_NOT_FINITE = "number-not-finite";
    NUMBER_OUT_OF_RANGE = "number-out-of-range";
    NUMBER_ROUNDED = "number-rounded";
    SEVERAL_DOCUMENTS = "several-documents";
    UNCLOSED_BRACKET = "unclosed-bracket";
    UNKNOWN_TAG = "unknown-tag";
    UTF_16 = "utf-16";
    OVERLAY_ACTIONS = "overlay-actions";
    OVERLAY_CHANGE = "overlay-change";
    OVERLAY_COPY = "overlay-copy";
    OVERLAY_FORM = "overlay-form";
    OVERLAY_GROWTH = "overlay-growth";
    OVERLAY_MISMATCH = "overlay-mismatch";
    OVERLAY_NO_MATCH = "overlay-no-match";
    OVERLAY_NO_EFFECT = "overlay-no-effect";
    OVERLAY_PRIMITIVE_TARGET = "overlay-primitive-target";
    OVERLAY_REMOVE_ROOT = "overlay-remove-root";
    OVERLAY_TARGET = "overlay-target";
    OVERLAY_TARGET_COST = "overlay-target-cost";
    OVERLAY_UNKNOWN_MEMBER = "overlay-unknown-member";
    OVERLAY_VERSION = "overlay-version";
    CHOICE_VALUE = "choice-value";
    SELECTS_NOTHING = "selects-nothing";
    UNKNOWN_CHOICE = "unknown-choice";
    UNUSED_CHOICE = "unused-choice";
    NOT_OPENAPI = "not-openapi";
    SWAGGER_2 = "swagger-2";
    UNSUPPORTED_VERSION = "unsupported-version";
    VERSION_3_2 = "version-3-2";
    VERSION_NOT_TEXT = "version-not-text";
    UNKNOWN_DIALECT = "unknown-dialect";
    SELF = "self";
    UNKNOWN_MEMBER = "unknown-member";
    UNKNOWN_EXTENSION = "unknown-extension";
    MISPLACED_SECRET = "misplaced-secret";
    SECRET_FLAG = "secret-flag";
    MISSPELT_MEMBER = "misspelt-member";
    MISSING_MEMBER = "missing-member";
    WRONG_KIND = "wrong-kind";
    REPAIRED = "repaired";
    NO_PATHS = "no-paths";
    UNKNOWN_METHOD = "unknown-method";
    REPEATED_METHOD = "repeated-method";
    INVALID_METHOD = "invalid-method";
    INVALID_STATUS = "invalid-status";
    EMPTY_NAME = "empty-name";
    UNKNOWN_LOCATION = "unknown-location";
    STYLE_LOCATION = "style-location";
    STYLE_EXPLODE = "style-explode";
    QUERY_STRING = "query-string";
    QUERY_STRING_BESIDE = "query-string-beside";
    SCHEMA_AND_CONTENT = "schema-and-content";
    NO_SCHEMA = "no-schema";
    NO_EFFECT = "no-effect";
    ALLOW_EMPTY_VALUE = "allow-empty-value";
    ENCODING = "encoding";
    BESIDE_REFERENCE = "beside-reference";
    REFERENCE_NOT_TEXT = "reference-not-text";
    DANGLING_REFERENCE = "dangling-reference";
    UNREADABLE_REFERENCE = "unreadable-reference";
    REFERENCE_KIND = "reference-kind";
    REFERENCE_CYCLE = "reference-cycle";
    REFERENCE_INTO_CYCLE = "reference-into-cycle";
    REFERENCE_CHAIN = "reference-chain";
    INLINED_REFERENCE = "inlined-reference";
    REFERENCE_GROWTH = "reference-growth";
    BOOLEAN_SCHEMA = "boolean-schema";
    TYPE_LIST = "type-list";
    NULL_TYPE = "null-type";
    UNKNOWN_TYPE = "unknown-type";
    UNFITTING_FORMAT = "unfitting-format";
    IMPLAUSIBLE = "implausible";
    EMPTY_ENUM = "empty-enum";
    DUPLICATE_ENUM_VALUE = "duplicate-enum-value";
    VALUE_NAMES = "value-names";
    EMPTY_LIST = "empty-list";
    DISCRIMINATOR_TARGET = "discriminator-target";
    UNHONOURED_KEYWORD = "unhonoured-keyword";
    UNKNOWN_KEYWORD = "unknown-keyword";
    ALL_OF_CYCLE = "all-of-cycle";
    ALL_OF_LIMIT = "all-of-limit";
    ALL_OF_CONFLICT = "all-of-conflict";
    SCHEMAS_TOO_DEEP = "schemas-too-deep";
    TOO_MANY_INTERSECTIONS = "too-many-intersections";
    OWN_ALTERNATIVE = "own-alternative";
    ENDLESS_MEMBER = "endless-member";
    UNKNOWN_REQUIRED = "unknown-required";
    REQUIRED_ALTERNATIVES = "required-alternatives";
    SEVERAL_UNIONS = "several-unions";
    UNTYPED = "untyped";
    SECRET_TYPE = "secret-type";
    SECRET_NAME = "secret-name";
    FORMAT_BESIDE = "format-beside";
    MIXED_ENUM = "mixed-enum";
    ENUM_VALUE_TYPE = "enum-value-type";
    LARGE_ENUM = "large-enum";
    DISCRIMINATOR = "discriminator";
    DISCRIMINATOR_MAPPING = "discriminator-mapping";
    SHARED_TAG = "shared-tag";
    UNCHECKED_BOUND = "unchecked-bound";
    DUPLICATE_OPERATION_ID = "duplicate-operation-id";
    IDENTICAL_PATHS = "identical-paths";
    PATH_FRAGMENT = "path-fragment";
    PATH_BRACKET = "path-bracket";
    DOT_SEGMENT = "dot-segment";
    UNDECLARED_PARAMETER = "undeclared-parameter";
    UNUSED_PATH_PARAMETER = "unused-path-parameter";
    DUPLICATE_PARAMETER = "duplicate-parameter";
    REPEATED_PARAMETER = "repeated-parameter";
    RESERVED_HEADER = "reserved-header";
    INVALID_HEADER_NAME = "invalid-header-name";
    INVALID_COOKIE_NAME = "invalid-cookie-name";
    CREDENTIAL_PARAMETER = "credential-parameter";
    CLASHING_SCHEMES = "clashing-schemes";
    INVALID_MEDIA_TYPE = "invalid-media-type";
    ODD_MEDIA_TYPE = "odd-media-type";
    MEDIA_TYPE = "media-type";
    MEDIA_RANGE = "media-range";
    NO_CONTENT = "no-content";
    UNDECLARED_CONTENT = "undeclared-content";
    XML = "xml";
    TYPED_TEXT = "typed-text";
    MULTIPART = "multipart";
    FORM = "form";
    RECEIVED_FORM = "received-form";
    UNTYPED_PART = "untyped-part";
    RESPONSE_HEADERS = "response-headers";
    ODD_HEADER_NAME = "odd-header-name";
    CALLBACKS = "callbacks";
    LINKS = "links";
    WEBHOOKS = "webhooks";
    NO_SECURE_SERVER = "no-secure-server";
    UNUSABLE_SERVER = "unusable-server";
    UNKNOWN_SCHEME = "unknown-scheme";
    UNKNOWN_SCHEME_TYPE = "unknown-scheme-type";
    MISSING_SCHEME = "missing-scheme";
    UNKNOWN_HTTP_SCHEME = "unknown-http-scheme";
    MUTUAL_TLS = "mutual-tls";
    MISPLACED_TOKEN_SOURCE = "misplaced-token-source";
    TOKEN_SOURCE_FORM = "token-source-form";
    TOKEN_SOURCE_OPERATION = "token-source-operation";
    TOKEN_SOURCE_POINTER = "token-source-pointer";
    TOKEN_SOURCE_REQUEST = "token-source-request";
    TOKEN_SOURCE_SCHEME = "token-source-scheme";
    TOKEN_SOURCE_TYPE = "token-source-type";
    TOKEN_URL = "token-url";
    COLLAPSED_NAME = "collapsed-name";
    DUPLICATE_RUST_NAME = "duplicate-rust-name";
    SHORTENED_OPERATION_ID = "shortened-operation-id";
}
