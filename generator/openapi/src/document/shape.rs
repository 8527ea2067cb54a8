//! OpenAPI's own object model as data: which members an object has, of which kind, and which it must have.
//!
//! [`conform`](super::conform) walks a document along these tables. Section numbers are those of OpenAPI 3.1.1.

use serde_json::{Map as Members, Value};

use crate::methods::METHODS;
use crate::similar::nearest;

/// The kind of value that a member has.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A string.
    Text,
    /// A string that is documentation. Without it, nothing else is lost.
    Words,
    /// `true` or `false`.
    Flag,
    /// Any value. Nothing reads it: examples, links, and the like.
    Unread,
    /// Encodings that are reported as not honoured.
    Encodings,
    /// A schema, which the `schema` stage reads.
    Schema,
    /// An object of a known shape.
    Object(&'static Shape),
    /// An object of a known shape, or a reference to one.
    Referable(&'static Shape),
    /// A list.
    List(&'static Kind),
    /// An object whose member names are free.
    Map(&'static Kind),
    /// A map whose keys are statuses (4.8.16).
    Responses,
}

/// An object of OpenAPI.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its name in the specification, in lower case.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [(&'static str, Kind)],
    /// The members it must have.
    pub required: &'static [&'static str],
}

impl Shape {
    /// Its name with an article.
    pub(super) fn named(&self) -> String {
        let article = if self.name.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {} object", self.name)
    }

    /// The member that an unknown key must have meant: the one with the most similar name, if it is required and missing.
    pub(super) fn misspelt(&self, key: &str, members: &Members<String, Value>) -> Option<&'static str> {
        if key.starts_with("x-") || self.members.iter().any(|(known, _)| *known == key) {
            return None;
        }
        let near = nearest(key, self.members.iter().map(|(known, _)| *known))?;
        let without_schema =
            self.name == "parameter" && !["schema", "content"].iter().any(|it| members.contains_key(*it));
        let needed = self.required.contains(&near) || (without_schema && ["schema", "content"].contains(&near));
        (needed && !members.contains_key(near)).then_some(near)
    }
}

use Kind::{Encodings, Flag, List, Map, Object, Referable, Responses, Schema, Text, Unread, Words};

/// What a missing `title` is read as.
pub(super) const UNTITLED: &str = "Untitled";

/// What a missing `version` is read as.
pub(super) const NO_VERSION: &str = "0";

/// 4.8.2.
pub(super) static INFO: Shape = Shape {
    name: "info",
    members: &[
        ("title", Words),
        ("summary", Words),
        ("description", Words),
        ("termsOfService", Unread),
        ("contact", Unread),
        ("license", Unread),
        ("version", Text),
    ],
    required: &["title", "version"],
};

/// 4.8.5.
pub(super) static SERVER: Shape = Shape {
    name: "server",
    members: &[("url", Text), ("name", Text), ("description", Words), ("variables", Map(&Object(&SERVER_VARIABLE)))],
    required: &["url"],
};

/// 4.8.6.
static SERVER_VARIABLE: Shape = Shape {
    name: "server variable",
    members: &[("enum", List(&Text)), ("default", Text), ("description", Words)],
    required: &["default"],
};

/// 4.8.10.
pub(super) static OPERATION: Shape = Shape {
    name: "operation",
    members: &[
        ("tags", List(&Text)),
        ("summary", Words),
        ("description", Words),
        ("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        ("operationId", Text),
        ("parameters", PARAMETERS),
        ("requestBody", Referable(&REQUEST_BODY)),
        ("responses", Responses),
        ("callbacks", Unread),
        ("deprecated", Flag),
        ("security", SECURITY),
        ("servers", SERVERS),
    ],
    required: &["responses"],
};

/// 4.8.30: a map of scheme names to scopes.
pub(super) static SECURITY_REQUIREMENT: Kind = Map(&List(&Text));

/// The members `parameters`, `servers` and `security` of operations, path items and the document.
pub(super) const PARAMETERS: Kind = List(&Referable(&PARAMETER));
pub(super) const SERVERS: Kind = List(&Object(&SERVER));
pub(super) const SECURITY: Kind = List(&SECURITY_REQUIREMENT);

/// 4.8.11.
static EXTERNAL_DOCUMENTATION: Shape =
    Shape { name: "external documentation", members: &[("description", Words), ("url", Text)], required: &["url"] };

/// 4.8.12.
pub(super) static PARAMETER: Shape = Shape {
    name: "parameter",
    members: &[
        ("name", Text),
        ("in", Text),
        ("description", Words),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Schema),
        ("example", Unread),
        ("examples", Unread),
        ("content", Map(&Referable(&MEDIA_TYPE))),
    ],
    required: &["name", "in"],
};

/// 4.8.13.
static REQUEST_BODY: Shape = Shape {
    name: "request body",
    members: &[("description", Words), ("content", Map(&Referable(&MEDIA_TYPE))), ("required", Flag)],
    required: &["content"],
};

/// 4.8.14.
static MEDIA_TYPE: Shape = Shape {
    name: "media type",
    members: &[
        ("schema", Schema),
        ("itemSchema", Schema),
        ("example", Unread),
        ("examples", Unread),
        ("encoding", Map(&Object(&ENCODING))),
        ("prefixEncoding", Encodings),
        ("itemEncoding", Encodings),
    ],
    required: &[],
};

/// 4.8.15.
static ENCODING: Shape = Shape {
    name: "encoding",
    members: &[
        ("contentType", Text),
        // Not read, because a header may lead back to the encoding. They are reported where the encoding is used.
        ("headers", Unread),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("encoding", Encodings),
        ("prefixEncoding", Encodings),
        ("itemEncoding", Encodings),
    ],
    required: &[],
};

/// 4.8.17. The description is required, but nothing is lost without it.
pub(super) static RESPONSE: Shape = Shape {
    name: "response",
    members: &[
        ("summary", Words),
        ("description", Words),
        ("headers", Map(&Referable(&HEADER))),
        ("content", Map(&Referable(&MEDIA_TYPE))),
        ("links", Unread),
    ],
    required: &[],
};

/// 4.8.21.
static HEADER: Shape = Shape {
    name: "header",
    members: &[
        ("description", Words),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("schema", Schema),
        ("example", Unread),
        ("examples", Unread),
        ("content", Map(&Referable(&MEDIA_TYPE))),
    ],
    required: &[],
};

/// 4.8.27.
pub(super) static SECURITY_SCHEME: Shape = Shape {
    name: "security scheme",
    members: &[
        ("type", Text),
        ("description", Words),
        ("name", Text),
        ("in", Text),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Object(&FLOWS)),
        ("openIdConnectUrl", Text),
        ("oauth2MetadataUrl", Text),
        ("deprecated", Flag),
    ],
    required: &["type"],
};

/// 4.8.28.
static FLOWS: Shape = Shape {
    name: "OAuth flows",
    members: &[
        ("implicit", Object(&FLOW)),
        ("password", Object(&FLOW)),
        ("clientCredentials", Object(&FLOW)),
        ("authorizationCode", Object(&FLOW)),
        ("deviceAuthorization", Object(&FLOW)),
    ],
    required: &[],
};

/// 4.8.29.
static FLOW: Shape = Shape {
    name: "OAuth flow",
    members: &[
        ("authorizationUrl", Text),
        ("deviceAuthorizationUrl", Text),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", Map(&Words)),
    ],
    required: &[],
};

/// 4.8.9, without the operations, which are read one by one.
pub(super) const PATH_ITEM_MEMBERS: &[&str] =
    &["$ref", "summary", "description", "servers", "parameters", "additionalOperations"];

/// 4.8.1.
pub(super) const OPENAPI_MEMBERS: &[&str] = &[
    "openapi",
    "$self",
    "info",
    "jsonSchemaDialect",
    "servers",
    "paths",
    "webhooks",
    "components",
    "security",
    "tags",
    "externalDocs",
];

/// 4.8.7.
pub(super) const COMPONENTS_MEMBERS: &[&str] = &[
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
];

/// What OpenAPI has at a place of the document: the name of an object, or `schema`. `None` for places inside schemas, where names are free,
/// and for places that OpenAPI does not have.
pub(super) fn at(segments: &[&str]) -> Option<&'static str> {
    match segments {
        ["info", rest @ ..] => below(&Object(&INFO), rest),
        ["servers", rest @ ..] => below(&SERVERS, rest),
        ["paths" | "webhooks", _, rest @ ..] => path_item(rest),
        ["components", "schemas", _, rest @ ..] => below(&Schema, rest),
        ["components", "responses", _, rest @ ..] => below(&Object(&RESPONSE), rest),
        ["components", "parameters", _, rest @ ..] => below(&Object(&PARAMETER), rest),
        ["components", "requestBodies", _, rest @ ..] => below(&Object(&REQUEST_BODY), rest),
        ["components", "headers", _, rest @ ..] => below(&Object(&HEADER), rest),
        ["components", "securitySchemes", _, rest @ ..] => below(&Object(&SECURITY_SCHEME), rest),
        ["components", "mediaTypes", _, rest @ ..] => below(&Object(&MEDIA_TYPE), rest),
        ["components", "pathItems", _, rest @ ..] => path_item(rest),
        ["components", "examples", _] => Some("example"),
        ["components", "links", _] => Some("link"),
        ["components", "callbacks", _] => Some("callback"),
        _ => None,
    }
}

fn path_item(segments: &[&str]) -> Option<&'static str> {
    match segments {
        [] => Some("path item"),
        ["parameters", rest @ ..] => below(&PARAMETERS, rest),
        ["servers", rest @ ..] => below(&SERVERS, rest),
        [method, rest @ ..] if METHODS.contains(method) => below(&Object(&OPERATION), rest),
        _ => None,
    }
}

fn below(kind: &Kind, segments: &[&str]) -> Option<&'static str> {
    match (kind, segments) {
        (Object(shape) | Referable(shape), []) => Some(shape.name),
        (Object(shape) | Referable(shape), [key, rest @ ..]) => {
            let (_, kind) = shape.members.iter().find(|(known, _)| known == key)?;
            below(kind, rest)
        }
        (Schema, []) => Some("schema"),
        (List(inner) | Map(inner), [_, rest @ ..]) => below(inner, rest),
        (Responses, [_, rest @ ..]) => below(&Referable(&RESPONSE), rest),
        _ => None,
    }
}
