//! Operations: what a request holds and what its replies hold.

use std::fmt;

use crate::ir::{Bound, Docs, Type};
use crate::node::Node;

/// An index into [`Api::operations`](super::Api::operations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// An index into [`Api::schemes`](super::Api::schemes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);

/// One method on one path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`, or the method and the path's words.
    pub id: String,
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template, as written.
    pub path: String,
    /// Its documentation.
    pub docs: Docs,
    /// Path parameters in the template's order, then the others in document order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The replies that a caller wants, by status.
    pub successes: Vec<Outcome>,
    /// The replies that are errors, by status.
    pub failures: Vec<Outcome>,
    /// The type of the events of a successful `text/event-stream`, if the operation can answer with one.
    pub events: Option<Type>,
    /// The headers of the replies, whatever the status.
    pub headers: Vec<Header>,
    /// The values of a successful reply that is a stream of values (`itemSchema`), if the operation can answer with one.
    pub items: Option<Items>,
    /// The alternatives for authentication. Each one lists the schemes that are used together. Empty if no credentials are sent.
    pub security: Vec<Requirement>,
    /// The scopes that it requires, by scheme.
    pub scopes: Vec<(SchemeId, Vec<String>)>,
    /// The server, if it is not that of the API.
    pub server: Option<Server>,
    /// Where it is.
    pub node: Node,
}

impl Operation {
    /// The types of what it sends and receives.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let sent = self.parameters.iter().map(|parameter| &parameter.ty).chain(self.body.iter().map(|body| &body.ty));
        let received = self.successes.iter().chain(&self.failures).map(|outcome| &outcome.ty);
        let headers = self.headers.iter().map(|header| &header.ty);
        let streamed = self.events.iter().chain(self.items.iter().map(|items| &items.ty));
        sent.chain(received).chain(headers).chain(streamed)
    }

    /// The same types, to be changed.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let sent = self.parameters.iter_mut().map(|it| &mut it.ty).chain(self.body.iter_mut().map(|it| &mut it.ty));
        let received = self.successes.iter_mut().chain(&mut self.failures).map(|outcome| &mut outcome.ty);
        let headers = self.headers.iter_mut().map(|header| &mut header.ty);
        let streamed = self.events.iter_mut().chain(self.items.iter_mut().map(|items| &mut items.ty));
        sent.chain(received).chain(headers).chain(streamed)
    }
}

/// A stream of JSON values.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    /// The media type.
    pub media_type: String,
    /// The type of the values.
    pub ty: Type,
}

/// The schemes of one alternative. Empty if anonymous access is allowed.
pub type Requirement = Vec<SchemeId>;

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// Where in the request it goes.
    pub location: Location,
    /// How its value is written.
    pub style: Style,
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub ty: Type,
    /// What that must hold to.
    pub bounds: Vec<Bound>,
}

/// Where in the request a parameter goes (`in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the variants are the values of `in`")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The value of `in`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value is written (`style`, `explode`, `allowReserved`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Style {
    /// `style`.
    pub kind: StyleKind,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// The values of `style`, `content` with the media type of JSON or of a form, and the whole query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the variants are the values of `style`")]
pub enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    Space,
    Pipe,
    DeepObject,
    Json,
    FormText,
    QueryString,
}

/// A header of replies. It does not matter whether it is required, because a reply without it is still read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// Its name, in the document's case.
    pub wire: String,
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// How its value is written: `simple`, or JSON.
    pub style: Style,
    /// What it holds.
    pub ty: Type,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The media type that is sent.
    pub media_type: String,
    /// How the value becomes bytes.
    pub kind: BodyKind,
    /// What is sent.
    pub ty: Type,
    /// What that must hold to.
    pub bounds: Vec<Bound>,
    /// Whether it must be given.
    pub required: bool,
    /// Its documentation.
    pub docs: Docs,
    /// How the members of a form are written, if it is not the default.
    pub encodings: Vec<Encoding>,
}

/// How a body's value becomes bytes, or bytes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKind {
    /// JSON, of any JSON media type.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data` of a structure's members.
    Multipart,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Binary,
    /// Nothing.
    Empty,
}

/// How a member of a form is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// The member.
    pub property: String,
    /// How it is written.
    pub style: Style,
    /// The media type of its part, in a multipart form.
    pub content_type: Option<String>,
}

/// What a reply of some statuses holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The statuses.
    pub statuses: Statuses,
    /// The media type that it is read as. `None` without a body.
    pub media_type: Option<String>,
    /// How the bytes become a value.
    pub kind: BodyKind,
    /// What it holds.
    pub ty: Type,
    /// Its documentation.
    pub docs: Docs,
}

/// A key of `responses`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statuses {
    /// One status.
    Code(u16),
    /// `1XX` to `5XX`, by the first digit.
    Range(u16),
    /// `default`: whatever else isn't declared.
    Default,
}

impl Statuses {
    /// Reads a key of `responses`.
    pub fn read(key: &str) -> Option<Self> {
        match key.strip_suffix("XX") {
            Some(digit) => digit.parse().ok().map(Self::Range),
            None if key == "default" => Some(Self::Default),
            None => key.parse().ok().map(Self::Code),
        }
    }

    /// Whether a reply of the status may have content (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
    pub fn admit_content(self) -> bool {
        !matches!(self, Self::Code(204 | 205 | 304))
    }

    /// Whether the answer is elsewhere.
    pub fn is_redirect(self) -> bool {
        match self {
            Self::Code(code) => (300..400).contains(&code),
            Self::Range(digit) => digit == 3,
            Self::Default => false,
        }
    }

    /// Whether the operation succeeded.
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(digit) => digit == 2,
            Self::Default => false,
        }
    }
}

impl fmt::Display for Statuses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A server.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// Its URL, with `{variables}`.
    pub url: String,
    /// The URL with every variable at its default.
    pub default_url: String,
    /// Its documentation.
    pub description: Option<String>,
    /// The variables, in document order.
    pub variables: Vec<ServerVariable>,
    /// Whether requests can go there: it is an absolute `https` URL, with every variable at its default.
    pub is_secure: bool,
    /// Whether its URL is relative to that of the document.
    pub is_relative: bool,
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// The value that is used if the caller chooses none.
    pub default: String,
    /// The values it may have, if they are listed.
    pub values: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// Its name in `components.securitySchemes`.
    pub wire: String,
    /// The name that the document asks for (`x-rust-name`).
    pub explicit: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// What is sent, and where.
    pub credential: Credential,
}

/// What a security scheme sends.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Credential {
    /// `apiKey` in a header of this name, as given.
    Header(String),
    /// `apiKey` in the query under this name.
    Query(String),
    /// `apiKey` in a cookie of this name.
    Cookie(String),
    /// `http` with `basic`: a user name and a password.
    Basic,
    /// `http` with `bearer`, `oauth2` and `openIdConnect`: an access token.
    Bearer,
}
