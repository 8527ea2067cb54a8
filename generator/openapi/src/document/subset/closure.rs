//! The components that the rest of a document needs: by references, by the mapping of a discriminator, by schemas that extend a base, by
//! security requirements.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::super::{Document, Node, Subtypes, references};
use crate::pointer::Pointer;

/// Removes the components that nothing leads to.
pub(super) fn remove_unreached(document: &mut Document) {
    let mut closure = Closure { subtypes: Subtypes::of(document), reached: HashSet::new(), pending: Vec::new() };
    let members = document.value(&document.root()).and_then(Value::as_object);
    let tops = members.into_iter().flatten().map(|(key, _)| key.as_str()).filter(|key| *key != "components");
    let tops: Vec<Node> = tops.map(|key| document.top(key)).collect();
    closure.pending.extend(tops);
    while let Some(node) = closure.pending.pop() {
        closure.look_at(document, &node);
    }
    let unreached: HashSet<Node> =
        components(document).into_iter().filter(|node| !closure.reached.contains(node)).collect();
    document.remove(&unreached);
}

/// All components of all kinds.
fn components(document: &Document) -> Vec<Node> {
    let at = document.top("components");
    let sections = members(document, &at).filter(|(section, _)| !section.starts_with("x-"));
    let sections = sections.map(|(section, _)| at.join(section));
    let named = |section: Node| members(document, &section).map(move |(name, _)| section.join(name));
    sections.flat_map(named).collect()
}

fn members<'d>(document: &'d Document, node: &Node) -> impl Iterator<Item = (&'d str, &'d Value)> + use<'d> {
    let members = document.value(node).and_then(Value::as_object).into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}

struct Closure {
    subtypes: Subtypes,
    reached: HashSet<Node>,
    pending: Vec<Node>,
}

impl Closure {
    fn look_at(&mut self, document: &Document, node: &Node) {
        let Some(value) = document.value(node) else { return };
        if matches!(node.pointer.segments().as_slice(), ["security"]) {
            self.security(document, value);
        }
        references::each_object(value, &mut |trail, members| {
            let at = Node { file: node.file, pointer: node.pointer.extend(trail.pointer().segments()) };
            self.object(document, &at, members);
        });
    }

    fn object(&mut self, document: &Document, at: &Node, members: &Map<String, Value>) {
        for key in ["$ref", "$dynamicRef"] {
            if let Some(Value::String(reference)) = members.get(key)
                && let Ok(target) = document.target(at, reference)
            {
                self.reach(document, target);
            }
        }
        if let Some(discriminator) = members.get("discriminator").filter(|it| it.is_object()) {
            let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
            let default = discriminator.get("defaultMapping").into_iter();
            let named = mapping.map(|(_, name)| name).chain(default).filter_map(Value::as_str);
            named.filter_map(|name| document.mapped(at, name)).for_each(|schema| self.reach(document, schema));
            // A part of an `allOf` may have the discriminator of the whole schema.
            let owner = component(document, at);
            let bases: Vec<Node> = [Some(at.clone()), owner].into_iter().flatten().collect();
            let subtypes: Vec<Node> = bases.iter().flat_map(|base| self.subtypes.direct(base)).cloned().collect();
            subtypes.into_iter().for_each(|subtype| self.reach(document, subtype));
        }
        if let Some(requirements) = members.get("security") {
            self.security(document, requirements);
        }
    }

    fn security(&mut self, document: &Document, requirements: &Value) {
        let requirements = requirements.as_array().into_iter().flatten().filter_map(Value::as_object).flatten();
        let schemes = document.top("components").join("securitySchemes");
        requirements.for_each(|(name, _)| self.reach(document, schemes.join(name)));
    }

    /// Adds a target: the whole component that contains it. In another file, only the target itself.
    fn reach(&mut self, document: &Document, target: Node) {
        let whole = component(document, &target).unwrap_or(target);
        if self.reached.insert(whole.clone()) {
            self.pending.push(whole);
        }
    }
}

/// The component that a node is, or that contains it.
fn component(document: &Document, node: &Node) -> Option<Node> {
    match node.pointer.segments().as_slice() {
        [components, section, name, ..] if node.file == document.root().file && *components == "components" => {
            Some(Node { file: node.file, pointer: Pointer::root().extend([*components, *section, *name]) })
        }
        _ => None,
    }
}
