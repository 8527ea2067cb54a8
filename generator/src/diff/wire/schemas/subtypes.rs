//! The schemas of `components` that extend others by `allOf`.

use std::collections::{HashMap, HashSet};

use crate::diff::wire::located::Located;
use crate::diff::wire::schemas::sets::SchemaSets;
use crate::document::{Document, Node};

/// For each schema, the components whose `allOf` refers to it.
#[derive(Debug)]
pub(in crate::diff::wire) struct Subtypes(HashMap<Node, Vec<Node>>);

impl Subtypes {
    fn of(document: &Document) -> Self {
        let mut found: HashMap<Node, Vec<Node>> = HashMap::new();
        for (_, schema) in super::hidden::schemas(document) {
            for part in schema.get("allOf").iter().flat_map(Located::elements) {
                if let Some(target) = part.text("$ref").and_then(|text| document.target(&part.node, text).ok()) {
                    found.entry(target).or_default().push(schema.node.clone());
                }
            }
        }
        Self(found)
    }

    /// The subtypes of a schema, direct and indirect, in document order.
    fn all(&self, base: &Node) -> Vec<Node> {
        let (mut found, mut seen, mut pending) = (Vec::new(), HashSet::from([base]), vec![base]);
        while let Some(node) = pending.pop() {
            for subtype in self.0.get(node).into_iter().flatten() {
                if seen.insert(subtype) {
                    found.push(subtype.clone());
                    pending.push(subtype);
                }
            }
        }
        found
    }
}

impl SchemaSets<'_> {
    /// The subtypes of a base. A base is a component with a discriminator and without alternatives of its own. Other schemas have no
    /// subtypes.
    pub(in crate::diff::wire) fn subtypes(&mut self, base: &Located<'_>) -> Vec<Node> {
        let has = |key: &str| base.get(key).is_some();
        if !has("discriminator") || has("oneOf") || has("anyOf") {
            return Vec::new();
        }
        let document = self.document;
        self.subtypes.get_or_insert_with(|| Subtypes::of(document)).all(&base.node)
    }
}
