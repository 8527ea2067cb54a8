//! Names of the document that become one in Rust, so that all but one of them get a number.
//!
//! Takes an API, gives a line for each such name. Chooses no name: that is the matter of `names`.

use std::collections::HashMap;

use super::ident::{snake_name, type_name};
use crate::ir::{Api, ModelKind, Root};
use crate::node::Node;

/// A name that becomes the same as another one beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collapsed {
    /// Where it is.
    pub node: Node,
    /// The name.
    pub name: String,
    /// The one that it becomes the same as, which comes before it.
    pub other: String,
    /// What both become.
    pub rust: String,
}

/// The members of structures and the component schemas whose names become one.
pub fn collapsed(api: &Api) -> Vec<Collapsed> {
    let mut found = Vec::new();
    let components = api.models().filter_map(|(_, model)| match (&model.naming.explicit, &model.naming.root) {
        (None, Root::Component(name)) if model.naming.steps.is_empty() => {
            Some((name.as_str(), type_name(name), model.node.clone()))
        }
        _ => None,
    });
    collect(components, &mut found);
    for (_, model) in api.models() {
        if let ModelKind::Struct(structure) = &model.kind {
            let fields = structure.fields.iter().filter(|field| field.explicit.is_none());
            let place = |name: &str| model.node.join("properties").join(name);
            collect(fields.map(|field| (field.wire.as_str(), snake_name(&field.wire), place(&field.wire))), &mut found);
        }
    }
    found
}

fn collect<'n>(names: impl Iterator<Item = (&'n str, String, Node)>, found: &mut Vec<Collapsed>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, rust, node) in names {
        match seen.get(&rust) {
            Some(other) if *other != name => {
                found.push(Collapsed { node, name: name.to_owned(), other: (*other).to_owned(), rust });
            }
            Some(_) => {}
            None => drop(seen.insert(rust, name)),
        }
    }
}
