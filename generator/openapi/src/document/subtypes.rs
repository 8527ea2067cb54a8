//! The schemas that extend others: those whose `allOf` refers to them (OpenAPI 3.1.1, 4.8.25.4).

use std::collections::HashMap;

use indexmap::IndexSet;
use serde_json::Value;

use super::{Document, Node, references};
use crate::diagnostics::FileId;

/// For each schema, the schemas that are linked to it, in the order of the documents.
type Links = HashMap<Node, IndexSet<Node>>;

/// The named schemas of a document that extend others.
#[derive(Clone, Debug)]
pub struct Subtypes {
    below: Links,
    above: Links,
}

impl Subtypes {
    /// Finds them in all files of a document.
    pub fn of(document: &Document) -> Self {
        let (mut below, mut above) = (Links::new(), Links::new());
        for subtype in named(document) {
            for base in bases(document, &subtype) {
                above.entry(subtype.clone()).or_default().insert(base.clone());
                below.entry(base).or_default().insert(subtype.clone());
            }
        }
        Self { below, above }
    }

    /// The schemas that others extend. Their order is not defined.
    pub fn bases(&self) -> impl Iterator<Item = &Node> {
        self.below.keys()
    }

    /// The schemas whose own `allOf` refers to a schema.
    pub fn direct(&self, base: &Node) -> impl Iterator<Item = &Node> {
        self.below.get(base).into_iter().flatten()
    }

    /// Whether the own `allOf` of `subtype` refers to `base`.
    pub fn are_direct(&self, base: &Node, subtype: &Node) -> bool {
        self.below.get(base).is_some_and(|subtypes| subtypes.contains(subtype))
    }

    /// All direct and indirect subtypes of a schema.
    pub fn all(&self, base: &Node) -> IndexSet<Node> {
        linked(&self.below, base)
    }

    /// All schemas that a schema extends, directly or indirectly.
    pub fn above(&self, subtype: &Node) -> IndexSet<Node> {
        linked(&self.above, subtype)
    }
}

/// All schemas that links lead to from a schema, without the schema itself.
fn linked(links: &Links, from: &Node) -> IndexSet<Node> {
    let mut found = IndexSet::new();
    let mut pending: Vec<&Node> = links.get(from).into_iter().flatten().rev().collect();
    while let Some(node) = pending.pop() {
        if node != from && found.insert(node.clone()) {
            pending.extend(links.get(node).into_iter().flatten().rev());
        }
    }
    found
}

/// The schemas with a name: those of the components of each file, and those in other files that a reference names, because some
/// documents keep each schema in a file of its own.
fn named(document: &Document) -> IndexSet<Node> {
    let files = document.files();
    let mut found = IndexSet::new();
    for file in &files {
        let schemas = Node { file: *file, ..document.root() }.join("components").join("schemas");
        let names = document.value(&schemas).and_then(Value::as_object).into_iter().flatten();
        found.extend(names.filter_map(|(name, _)| document.follow(&schemas.join(name)).ok()));
    }
    if files.len() > 1 {
        for file in files {
            let elsewhere = targets(document, file).into_iter().filter(|target| target.file != document.root);
            found.extend(elsewhere);
        }
    }
    found
}

/// What the references of a file name.
fn targets(document: &Document, file: FileId) -> Vec<Node> {
    let mut found = Vec::new();
    if let Some(tree) = document.trees.get(&file) {
        references::each(&tree.value, &mut |trail, _| {
            found.extend(document.follow(&Node { file, pointer: trail.pointer() }));
        });
    }
    found
}

/// The schemas to which the `allOf` of a schema refers, and that of each of its inline parts.
fn bases(document: &Document, node: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    let mut pending = vec![node.join("allOf")];
    while let Some(list) = pending.pop() {
        let parts = document.value(&list).and_then(Value::as_array).into_iter().flatten();
        for (index, part) in parts.enumerate() {
            let at = list.join(index);
            if part.get("$ref").is_some() {
                found.extend(document.follow(&at));
            } else if part.get("allOf").is_some() {
                pending.push(at.join("allOf"));
            }
        }
    }
    found
}
