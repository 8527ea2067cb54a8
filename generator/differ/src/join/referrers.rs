//! Which places of a document refer to a schema: the path from a schema up to the operations.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use generator::document::Document;
use generator::limits::MAX_REFERRERS;
use generator::node::Node;
use serde_json::Value;

/// The places of a document's references, by the node that they name. They are computed only for an item that no nearer change explains.
pub(super) struct Referrers<'d> {
    document: &'d Document,
    by_target: OnceCell<HashMap<Node, Vec<Node>>>,
}

impl<'d> Referrers<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, by_target: OnceCell::new() }
    }

    /// The first answer of `found` for a place that refers to a schema, directly or through other schemas. The nearest place comes first.
    pub(super) fn nearest<T>(&self, schema: &Node, found: impl Fn(&Node) -> Option<T>) -> Option<T> {
        let by_target = self.by_target.get_or_init(|| self.all());
        let (mut level, mut seen) = (vec![named(schema)], HashSet::new());
        while !level.is_empty() && seen.len() < MAX_REFERRERS {
            let places: Vec<&Node> = level.iter().filter_map(|target| by_target.get(target)).flatten().collect();
            if let Some(answer) = places.iter().find_map(|place| found(place)) {
                return Some(answer);
            }
            level = places.into_iter().map(named).filter(|schema| seen.insert(schema.clone())).collect();
        }
        None
    }

    fn all(&self) -> HashMap<Node, Vec<Node>> {
        let mut places = HashMap::new();
        let root = self.document.root();
        if let Some(value) = self.document.value(&root) {
            self.collect(value, &root, &mut places);
        }
        places
    }

    fn collect(&self, value: &Value, node: &Node, places: &mut HashMap<Node, Vec<Node>>) {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str)
                    && let Ok(target) = self.document.target(node, target)
                {
                    places.entry(target).or_default().push(node.clone());
                }
                members.iter().for_each(|(key, member)| self.collect(member, &node.join(key), places));
            }
            Value::Array(elements) => {
                elements
                    .iter()
                    .enumerate()
                    .for_each(|(index, element)| self.collect(element, &node.join(index), places));
            }
            _ => {}
        }
    }
}

/// The part of `components` that contains a node. If there is none, the node itself.
fn named(node: &Node) -> Node {
    let mut named = node.clone();
    let is_component = |node: &Node| node.pointer.segments().first() == Some(&"components");
    while is_component(&named) && named.pointer.depth() > 3 {
        named.pointer = named.pointer.parent();
    }
    named
}
