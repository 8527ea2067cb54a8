//! A [conformed](super::conform) node to the types of [`model`](super::model) and of `openapiv3`.

use indexmap::IndexMap;
use openapiv3::{ExternalDocumentation, Info, SecurityRequirement, Server, ServerVariable};

use super::conformed::{Conformed, Object};
use super::model::{Encoding, Location, MediaType, Operation, Parameter, RequestBody, Response, Style};
use super::parameter::settled_style;
use super::shape::{Kind, Shape};
use super::{Document, Node};
use crate::diagnostics::Diagnostics;

/// A type whose value is made of a conformed object.
pub(super) trait Typed {
    fn of(object: Object<'_>) -> Self;
}

impl Document {
    /// A node as a type. `None` if it is missing, or cannot be repaired, which is reported.
    pub(super) fn typed<T: Typed>(&self, node: &Node, shape: &'static Shape, out: &mut Diagnostics) -> Option<T> {
        self.conformed(node, &Kind::Object(shape), out).and_then(Conformed::object).map(T::of)
    }

    /// The elements of a list, each as a type. Faults are reported.
    pub(super) fn list_of<T: Typed>(&self, node: &Node, kind: &Kind, out: &mut Diagnostics) -> Vec<T> {
        self.conformed(node, kind, out).map_or_else(Vec::new, Conformed::list_of)
    }
}

impl Conformed<'_> {
    /// The objects of a list, each as the type.
    pub(super) fn list_of<T: Typed>(self) -> Vec<T> {
        self.objects().map(T::of).collect()
    }

    /// The security requirements of a list.
    pub(super) fn requirements(self) -> Vec<SecurityRequirement> {
        self.objects().map(|scopes| scopes.members().map(|(name, scopes)| (name, scopes.texts())).collect()).collect()
    }
}

impl Object<'_> {
    fn one<T: Typed>(&mut self, key: &str) -> Option<T> {
        self.take(key).and_then(Conformed::object).map(T::of)
    }

    fn list<T: Typed>(&mut self, key: &str) -> Vec<T> {
        self.take(key).map_or_else(Vec::new, Conformed::list_of)
    }

    fn map<T: Typed>(&mut self, key: &str) -> IndexMap<String, T> {
        let members = self.take_map(key);
        members.filter_map(|(name, member)| Some((name, T::of(member.object()?)))).collect()
    }

    fn says(&self, key: &str) -> bool {
        self.flag(key) == Some(true)
    }
}

impl Typed for Operation {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            operation_id: object.take_text("operationId"),
            summary: object.take_text("summary"),
            description: object.take_text("description"),
            deprecated: object.says("deprecated"),
            external_docs: object.one("externalDocs"),
            parameters: object.list("parameters"),
            request_body: object.one("requestBody"),
            responses: object.map("responses"),
            security: object.take("security").map(Conformed::requirements),
            servers: object.list("servers"),
            rust_name: object.take_text("x-rust-name"),
        }
    }
}

impl Typed for Parameter {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            name: object.take_text("name").unwrap_or_default(),
            location: object.text("in").map_or(Location::Header, location),
            style: object.text("style").and_then(style).unwrap_or_default(),
            explode: object.says("explode"),
            allow_reserved: object.says("allowReserved"),
            required: object.says("required"),
            deprecated: object.says("deprecated"),
            description: object.take_text("description"),
            schema: object.schema("schema").cloned(),
            content: object.map("content"),
            rust_name: object.take_text("x-rust-name"),
            node: object.node,
        }
    }
}

impl Typed for RequestBody {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            description: object.take_text("description"),
            content: object.map("content"),
            required: object.says("required"),
            node: object.node,
        }
    }
}

impl Typed for Response {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            description: object.take_text("description").unwrap_or_default(),
            headers: object.map("headers"),
            content: object.map("content"),
            node: object.node,
        }
    }
}

impl Typed for MediaType {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            schema: object.schema("schema").cloned(),
            item_schema: object.schema("itemSchema").cloned(),
            encoding: object.map("encoding"),
            node: object.node,
        }
    }
}

impl Typed for Encoding {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            content_type: object.take_text("contentType"),
            styled: ["style", "explode", "allowReserved"].into_iter().any(|key| object.has(key)),
            style: object.text("style").and_then(style),
            explode: settled_style("query", object.text("style"), object.flag("explode")).1,
            allow_reserved: object.says("allowReserved"),
        }
    }
}

impl Typed for Info {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            title: object.take_text("title").unwrap_or_default(),
            description: object.take_text("description"),
            version: object.take_text("version").unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl Typed for ExternalDocumentation {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            description: object.take_text("description"),
            url: object.take_text("url").unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl Typed for Server {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            url: object.take_text("url").unwrap_or_default(),
            description: object.take_text("description"),
            variables: Some(object.map("variables")),
            ..Self::default()
        }
    }
}

impl Typed for ServerVariable {
    fn of(mut object: Object<'_>) -> Self {
        Self {
            enumeration: object.take("enum").map_or_else(Vec::new, Conformed::texts),
            default: object.take_text("default").unwrap_or_default(),
            description: object.take_text("description"),
            ..Self::default()
        }
    }
}

fn location(name: &str) -> Location {
    match name {
        "path" => Location::Path,
        "query" => Location::Query,
        "querystring" => Location::QueryString,
        "cookie" => Location::Cookie,
        _ => Location::Header,
    }
}

fn style(name: &str) -> Option<Style> {
    Some(match name {
        "simple" => Style::Simple,
        "label" => Style::Label,
        "matrix" => Style::Matrix,
        "form" => Style::Form,
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "deepObject" => Style::DeepObject,
        _ => return None,
    })
}
