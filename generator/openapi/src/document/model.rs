//! The operations of a document: what their objects say, with references followed, defaults settled and every object's place.

use indexmap::IndexMap;

use super::Node;

/// An operation (4.8.10).
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Operation {
    pub operation_id: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
    pub external_docs: Option<openapiv3::ExternalDocumentation>,
    pub parameters: Vec<Parameter>,
    pub request_body: Option<RequestBody>,
    /// By status, range or `default`.
    pub responses: IndexMap<String, Response>,
    pub security: Option<Vec<openapiv3::SecurityRequirement>>,
    pub servers: Vec<openapiv3::Server>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
}

/// A parameter (4.8.12), or a header of a reply (4.8.21). The name and the `in` of a header follow from its place.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Parameter {
    /// Where it is.
    pub node: Node,
    pub name: String,
    /// `in`.
    pub location: Location,
    pub style: Style,
    pub explode: bool,
    pub allow_reserved: bool,
    pub required: bool,
    pub deprecated: bool,
    pub description: Option<String>,
    /// The place of the schema. `None` if `content` has the schema.
    pub schema: Option<Node>,
    pub content: IndexMap<String, MediaType>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the values of `in`")]
pub enum Location {
    Path,
    Query,
    QueryString,
    Header,
    Cookie,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the values of `style`")]
pub enum Style {
    #[default]
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// A request body (4.8.13).
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct RequestBody {
    /// Where it is.
    pub node: Node,
    pub description: Option<String>,
    pub content: IndexMap<String, MediaType>,
    pub required: bool,
}

/// A reply (4.8.17).
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Response {
    /// Where it is.
    pub node: Node,
    pub description: String,
    pub headers: IndexMap<String, Parameter>,
    pub content: IndexMap<String, MediaType>,
}

/// A media type (4.8.14).
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct MediaType {
    /// Where it is.
    pub node: Node,
    /// The place of the schema.
    pub schema: Option<Node>,
    /// The place of the schema of each value in a stream.
    pub item_schema: Option<Node>,
    pub encoding: IndexMap<String, Encoding>,
}

/// How a member of a form is written (4.8.15).
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Encoding {
    pub content_type: Option<String>,
    pub style: Option<Style>,
    pub explode: bool,
    pub allow_reserved: bool,
    /// Whether the document has `style`, `explode` or `allowReserved`.
    pub styled: bool,
}
