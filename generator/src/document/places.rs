//! Places carried through `openapiv3`, which knows none: its types hold numbers, and this table what they stand for.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::{Map, Value, json};

use super::Node;

/// The member that holds the number of an object's own place.
const PLACE: &str = "x-generator-place";

/// Where the objects and schemas of typed nodes are.
#[derive(Debug, Default)]
pub struct Places(Vec<Node>);

impl Places {
    /// Gives an object its place.
    pub(super) fn put(&mut self, object: &mut Map<String, Value>, node: &Node) {
        object.insert(PLACE.to_owned(), Value::from(self.0.len()));
        self.0.push(node.clone());
    }

    /// What stands for the schema at a place.
    pub(super) fn schema(&mut self, node: &Node) -> Value {
        self.0.push(node.clone());
        json!({ "$ref": (self.0.len() - 1).to_string() })
    }

    /// The place of an object with these extensions.
    pub fn of(&self, extensions: &IndexMap<String, Value>) -> Option<Node> {
        let number = extensions.get(PLACE)?.as_u64()?;
        self.0.get(usize::try_from(number).ok()?).cloned()
    }

    /// The place of a schema.
    pub fn of_schema(&self, schema: &ReferenceOr<openapiv3::Schema>) -> Option<Node> {
        match schema {
            ReferenceOr::Reference { reference } => self.0.get(reference.parse::<usize>().ok()?).cloned(),
            ReferenceOr::Item(_) => None,
        }
    }
}
