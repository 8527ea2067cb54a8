//! The operations of a document: what their objects say, with references followed, defaults settled and every object's place.
//!
//! The stage adds each object's place to its members, and writes a schema as its place. A member of the document cannot be mistaken for
//! this, because members that OpenAPI does not have are left out.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::Node;
use crate::diagnostics::FileId;
use crate::pointer::Pointer;

/// The member that holds an object's place.
pub(super) const NODE: &str = "node";

/// The objects whose place is kept, by their names in the specification.
pub(super) const PLACED: &[&str] = &["parameter", "header", "request body", "response", "media type"];

/// An operation (4.8.10).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Operation {
    pub operation_id: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    #[serde(default)]
    pub deprecated: bool,
    pub external_docs: Option<openapiv3::ExternalDocumentation>,
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    pub request_body: Option<RequestBody>,
    /// By status, range or `default`.
    pub responses: IndexMap<String, Response>,
    pub security: Option<Vec<openapiv3::SecurityRequirement>>,
    #[serde(default)]
    pub servers: Vec<openapiv3::Server>,
    /// `x-rust-name`.
    #[serde(rename = "x-rust-name", default, deserialize_with = "text")]
    pub rust_name: Option<String>,
}

/// A parameter (4.8.12), or a header of a reply (4.8.21). The name and the `in` of a header follow from its place.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Parameter {
    /// Where it is.
    #[serde(deserialize_with = "node")]
    pub node: Node,
    #[serde(default)]
    pub name: String,
    /// `in`.
    #[serde(rename = "in", default)]
    pub location: Location,
    #[serde(default)]
    pub style: Style,
    #[serde(default)]
    pub explode: bool,
    #[serde(default)]
    pub allow_reserved: bool,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub deprecated: bool,
    pub description: Option<String>,
    /// The place of the schema. `None` if `content` has the schema.
    #[serde(default, deserialize_with = "some_node")]
    pub schema: Option<Node>,
    #[serde(default)]
    pub content: IndexMap<String, MediaType>,
    /// `x-rust-name`.
    #[serde(rename = "x-rust-name", default, deserialize_with = "text")]
    pub rust_name: Option<String>,
    /// `x-secret`.
    #[serde(rename = "x-secret", default, deserialize_with = "flag")]
    pub secret: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variants are the values of `in`")]
pub enum Location {
    Path,
    Query,
    QueryString,
    #[default]
    Header,
    Cookie,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
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
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct RequestBody {
    /// Where it is.
    #[serde(deserialize_with = "node")]
    pub node: Node,
    pub description: Option<String>,
    pub content: IndexMap<String, MediaType>,
    #[serde(default)]
    pub required: bool,
}

/// A reply (4.8.17).
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Response {
    /// Where it is.
    #[serde(deserialize_with = "node")]
    pub node: Node,
    pub description: String,
    #[serde(default)]
    pub headers: IndexMap<String, Parameter>,
    #[serde(default)]
    pub content: IndexMap<String, MediaType>,
}

/// A media type (4.8.14).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct MediaType {
    /// Where it is.
    #[serde(deserialize_with = "node")]
    pub node: Node,
    /// The place of the schema.
    #[serde(default, deserialize_with = "some_node")]
    pub schema: Option<Node>,
    /// The place of the schema of each value in a stream.
    #[serde(default, deserialize_with = "some_node")]
    pub item_schema: Option<Node>,
    #[serde(default)]
    pub encoding: IndexMap<String, Encoding>,
}

/// How a member of a form is written (4.8.15).
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields are OpenAPI's, but for those that are documented")]
pub struct Encoding {
    pub content_type: Option<String>,
    pub style: Option<openapiv3::QueryStyle>,
    pub explode: bool,
    #[serde(default)]
    pub allow_reserved: bool,
    /// Whether the document has `style`, `explode` or `allowReserved`.
    pub styled: bool,
}

/// A place as the types of this module read it.
pub(super) fn written(node: &Node) -> Value {
    json!([node.file.0, node.pointer.segments()])
}

fn node<'de, D: Deserializer<'de>>(from: D) -> Result<Node, D::Error> {
    let (file, segments) = <(u32, Vec<String>)>::deserialize(from)?;
    Ok(Node { file: FileId(file), pointer: Pointer::root().extend(segments) })
}

fn some_node<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Node>, D::Error> {
    node(from).map(Some)
}

/// The text of an extension, whose value may be anything.
fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Value::deserialize(from)?.as_str().map(str::to_owned))
}

fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)? == Value::Bool(true))
}
