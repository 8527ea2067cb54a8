//! A document and its schemas to [`ir::Api`](crate::ir::Api).
//!
//! This is the only stage that knows both OpenAPI and the intermediate representation. What cannot be expressed is reported, and replaced
//! by the nearest safe thing.

mod chosen;
mod docs;
mod homes;
mod operation;
mod reached;
mod schema;
mod tokens;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::diagnostics::{Code, Diagnostics, Severity, codes};
use crate::document::{Document, Node, Subtypes};
use crate::ir::{Api, Model, ModelId, Naming, Thing, Type};
use crate::schema::{JsonType, Schemas};

use self::schema::intersection::Parts;

/// Lowers a whole document.
pub fn lower(document: &Document, out: &mut Diagnostics) -> Api {
    let subtypes = Subtypes::of(document);
    let listing = schema::inheritance::listing(document, &subtypes);
    let mut lower = Lower {
        document,
        out,
        schemas: Schemas::of(document).without_alternatives(listing),
        models: Vec::new(),
        known: HashMap::new(),
        open: HashMap::new(),
        known_parts: HashMap::new(),
        combined: HashMap::new(),
        open_parts: HashMap::new(),
        known_json_types: HashMap::new(),
        known_tags: HashMap::new(),
        known_inside: HashMap::new(),
        known_mappings: HashMap::new(),
        known_kinds: HashMap::new(),
        known_null: HashMap::new(),
        known_words: RefCell::default(),
        met_formats: RefCell::default(),
        interned: HashMap::new(),
        untyped: Vec::new(),
        depth: 0,
        later: Vec::new(),
        subtypes,
        homes: homes::Homes::of(document),
        listings: schema::own_tags::Listings::of(document),
        known_listings: HashMap::new(),
    };
    let info = document.info(lower.out);
    let servers = lower.servers();
    lower.own_types();
    lower.components();
    let schemes = lower.schemes();
    lower.check_templates();
    let operations = lower.operations(&schemes);
    let token_sources = lower.token_sources(&schemes, &operations);
    let webhooks = lower.webhooks();
    lower.endless();
    lower.endless_members();
    lower.named_twice();
    lower.unused_formats();
    crate::document::check_references(document, lower.out);
    let api = Api {
        title: info.title,
        description: info.description,
        version: info.version,
        servers,
        schemes,
        token_sources,
        operations,
        webhooks,
        models: lower.models,
        untyped: lower.untyped.len(),
        derives: document.choices().derives.clone(),
        dependencies: document.choices().dependencies.clone(),
    };
    if document.is_part() { reached::only_reached(api) } else { api }
}

/// The state of a lowering: what has been made so far.
struct Lower<'d> {
    document: &'d Document,
    out: &'d mut Diagnostics,
    schemas: Schemas<'d>,
    models: Vec<Model>,
    /// The type of every schema that has been lowered.
    known: HashMap<Node, Type>,
    /// The schemas that are being lowered, with the id that a reference from inside has asked for.
    open: HashMap<Node, Option<ModelId>>,
    /// The type of every combined schema that has been lowered. Combined schemas have no place of their own.
    known_parts: HashMap<Parts, Type>,
    /// The naming of combined schemas, which have no place of their own.
    combined: HashMap<Vec<Node>, Naming>,
    open_parts: HashMap<Parts, (Naming, Option<ModelId>)>,
    /// The types of JSON that alternatives admit. They are looked up again for each combination of alternatives.
    known_json_types: HashMap<Node, Vec<JsonType>>,
    /// The tags of unions, by the property that selects their alternatives. `None` if an alternative has no tag.
    known_tags: HashMap<(Node, String), Option<schema::tags::Tags>>,
    /// Whether the alternatives of a union have a property.
    known_inside: HashMap<(Node, String), bool>,
    /// The discriminators of bases, with what they map.
    known_mappings: HashMap<Node, Rc<schema::discriminator::Mapping>>,
    /// The alternatives of bases. `None` for other schemas.
    known_kinds: HashMap<Node, Option<Rc<schema::inheritance::Kinds>>>,
    /// Whether schemas that are being lowered admit `null`.
    known_null: HashMap<Node, bool>,
    /// The words for the alternatives of lists.
    known_words: RefCell<HashMap<Node, Rc<[String]>>>,
    /// The formats of schemas for which the user has chosen a type.
    met_formats: RefCell<HashSet<String>>,
    /// The models made from inline schemas, by what they describe.
    interned: HashMap<(Thing, u64), Vec<ModelId>>,
    /// The places where the document says more than "anything" and the output does not.
    untyped: Vec<Node>,
    /// How many schemas are being lowered at once, each because the one before needs it.
    depth: usize,
    /// The named schemas whose lowering waits until those are done.
    later: Vec<Node>,
    /// The schemas that extend others.
    subtypes: Subtypes,
    /// Names that come from elsewhere.
    homes: homes::Homes,
    /// The unions that list a schema.
    listings: schema::own_tags::Listings,
    /// The values by which these unions select their alternatives. `None` for unions whose alternatives no value tells apart.
    known_listings: HashMap<Node, Option<Rc<schema::own_tags::UnionTags>>>,
}

impl Lower<'_> {
    fn components(&mut self) {
        let node = self.document.top("components").join("schemas");
        let Some(serde_json::Value::Object(schemas)) = self.document.value(&node) else { return };
        for name in schemas.keys() {
            self.named_type(&node.join(name));
        }
    }

    fn warn(&mut self, code: Code, message: impl Into<String>, node: &Node) {
        self.out.push(self.document.diagnostic(Severity::Warning, code, message.into(), node));
    }

    fn error(&mut self, code: Code, message: impl Into<String>, node: &Node, help: &str) {
        self.out.push(self.document.diagnostic(Severity::Error, code, message.into(), node).help(help));
    }

    /// Any JSON, where the document says more than that.
    fn untyped(&mut self, why: &str, node: &Node) -> Type {
        self.warn(codes::UNTYPED, format!("{why}: emitted as untyped JSON"), node);
        self.untyped.push(node.clone());
        Type::Any
    }
}
