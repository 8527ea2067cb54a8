//! A document and its schemas to [`ir::Api`](crate::ir::Api).
//!
//! The only stage that sees both sides: OpenAPI's objects come in, types and operations without a trace of OpenAPI go out.
//! What cannot be expressed is reported and the nearest safe thing put in its place.

mod atoms;
mod body;
mod bounds;
mod constant;
mod discriminator;
mod encoding;
mod endless;
mod endless_members;
mod enumeration;
mod headers;
mod inheritance;
mod merged;
mod null;
mod operation;
mod parameters;
mod parts;
mod place;
mod secret;
mod security;
mod several;
mod several_unions;
mod streams;
mod structure;
mod tags;
mod template;
mod tuple;
mod types;
mod union;
mod unread;

use std::collections::HashMap;

use crate::diagnostics::{Diagnostics, Severity};
use crate::document::{Document, Node, Places};
use crate::ir::{Api, Docs, Model, ModelId, Server, Type};
use crate::schema::{JsonType, types_of_format};

use self::several::Parts;

/// Lowers a whole document.
pub fn lower(document: &Document, out: &mut Diagnostics) -> Api {
    let mut lower = Lower {
        document,
        out,
        models: Vec::new(),
        known: HashMap::new(),
        open: HashMap::new(),
        known_parts: HashMap::new(),
        open_parts: HashMap::new(),
        known_json_types: HashMap::new(),
        known_tags: HashMap::new(),
        known_null: HashMap::new(),
        interned: HashMap::new(),
        untyped: Vec::new(),
        depth: 0,
        later: Vec::new(),
        places: Places::default(),
        atoms_left: atoms::budget(document),
        heirs: inheritance::Heirs::of(document),
    };
    let info = document.info(lower.out);
    let servers = lower.servers();
    lower.components();
    let schemes = lower.schemes();
    lower.check_templates();
    let operations = lower.operations(&schemes);
    let webhooks = lower.webhooks();
    lower.endless();
    lower.endless_members();
    crate::document::check_references(document, lower.out);
    Api {
        title: info.title,
        description: info.description,
        version: info.version,
        servers,
        schemes,
        operations,
        webhooks,
        models: lower.models,
        untyped: lower.untyped.len(),
    }
}

/// The state of a lowering: what has been made so far.
struct Lower<'d> {
    document: &'d Document,
    out: &'d mut Diagnostics,
    models: Vec<Model>,
    /// The type of every schema that has been lowered.
    known: HashMap<Node, Type>,
    /// The schemas that are being lowered, with the id that a reference from inside has asked for.
    open: HashMap<Node, Option<ModelId>>,
    /// The same of what has no place of its own.
    known_parts: HashMap<Parts, Type>,
    open_parts: HashMap<Parts, Option<ModelId>>,
    /// The types of JSON that alternatives admit, which are asked for once for each alternative that they may go with.
    known_json_types: HashMap<Node, Vec<JsonType>>,
    /// The tags of unions, by the property that selects their alternatives; none where some has none.
    known_tags: HashMap<(Node, String), Option<tags::Tags>>,
    /// Whether schemas that are being lowered admit `null`.
    known_null: HashMap<Node, bool>,
    /// The models made from inline schemas, by the hash of what they are.
    interned: HashMap<u64, Vec<ModelId>>,
    /// The places where the document says more than "anything" and the output does not.
    untyped: Vec<Node>,
    /// How many schemas are being lowered, each for the one before.
    depth: usize,
    /// The named schemas whose lowering waits until those are done.
    later: Vec<Node>,
    /// Where the objects and schemas of the operations are.
    places: Places,
    /// So many more schemas may be merged.
    atoms_left: usize,
    /// The schemas that are made of others.
    heirs: inheritance::Heirs,
}

impl Lower<'_> {
    /// The servers, the one that clients go to by default first: it is reached by `https`.
    fn servers(&mut self) -> Vec<Server> {
        let servers = self.document.servers(self.out).into_iter().map(operation::server);
        let mut servers: Vec<Server> = servers.collect();
        match servers.iter().position(|server| server.default_url().starts_with("https://")) {
            Some(secure) => servers.get_mut(..=secure).unwrap_or_default().rotate_right(1),
            None if servers.is_empty() => {}
            None => {
                let message = "no server is an absolute `https` URL: `Client::new` takes the URL as an argument";
                self.warn("no-secure-server", message, &self.document.top("servers"));
            }
        }
        servers
    }

    fn components(&mut self) {
        let node = self.document.top("components").join("schemas");
        let Some(serde_json::Value::Object(schemas)) = self.document.value(&node) else { return };
        for name in schemas.keys() {
            self.named_type(&node.join(name));
        }
    }

    fn warn(&mut self, code: &'static str, message: impl Into<String>, node: &Node) {
        self.out.push(self.document.diagnostic(Severity::Warning, code, message.into(), node));
    }

    fn error(&mut self, code: &'static str, message: impl Into<String>, node: &Node, help: &str) {
        self.out.push(self.document.diagnostic(Severity::Error, code, message.into(), node).help(help));
    }

    /// Any JSON, where the document says more than that.
    fn untyped(&mut self, why: &str, node: &Node) -> Type {
        self.warn("untyped", format!("{why}: emitted as untyped JSON"), node);
        self.untyped.push(node.clone());
        Type::Any
    }
}

/// The documentation of a schema.
fn docs(schema: &crate::schema::Schema) -> Docs {
    Docs {
        summary: schema.title.clone().filter(|_| schema.description.is_none()),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        default: schema.default.as_ref().map(ToString::to_string),
        bounds: bounds(schema),
    }
}

/// The bounds of a schema, and the encoding of what its string holds.
fn bounds(schema: &crate::schema::Schema) -> Vec<(String, String)> {
    let content = [("contentEncoding", &schema.content_encoding), ("contentMediaType", &schema.content_media_type)];
    let content = content.into_iter().filter_map(|(keyword, value)| Some((keyword.to_owned(), value.clone()?)));
    // A format that makes no type is told as it is written.
    let format = schema.format.iter().filter(|format| types_of_format(format).is_none());
    let format = format.map(|format| ("format".to_owned(), format.clone()));
    let bounds = schema.bounds.iter().map(|(keyword, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (keyword.clone(), text)
    });
    bounds.chain(content).chain(format).collect()
}
