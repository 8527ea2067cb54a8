//! References where OpenAPI has none, such as `properties: {$ref: …}` and `get: {$ref: …}`. Each is replaced by what it names.
//!
//! Documents in several files have such references, because many tools follow a `$ref` anywhere. What is put there keeps its place in
//! messages. Its references are rewritten for the file into which it is put. [`MAX_INLINED`](crate::limits::MAX_INLINED) bounds how many nodes
//! are put there, [`MAX_NESTING`](crate::limits::MAX_NESTING) how deep they nest.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::conform::subject;
use super::files::Files;
use super::reference::ReferenceFault;
use super::{Node, Tree, references};
use crate::diagnostics::{FileId, Severity, codes};
use crate::limits::{MAX_INLINED, MAX_INLINED_EACH, MAX_NESTING, MAX_REFERENCES};
use crate::methods::METHODS;
use crate::overlay::extent;
use crate::pointer::Pointer;

/// Members whose value OpenAPI does not allow to be a reference. The [maps](references::MAPS) and the operations of a path item are such
/// members too.
const MEMBERS: &[&str] =
    &["allOf", "anyOf", "components", "enum", "info", "oneOf", "paths", "prefixItems", "required", "webhooks"];

/// The lists in which OpenAPI allows no references, neither for the list nor for its elements.
const LISTS: &[&str] = &["security", "servers", "tags"];

/// A reference that is to be replaced.
struct Found {
    at: Pointer,
    /// The sources of the values that contain it. If one of them were put here again, it would have no end.
    inside: Vec<Node>,
}

/// What has been put into a file.
struct Growth {
    written: usize,
    added: usize,
}

impl Growth {
    fn is_too_much(&self) -> bool {
        self.added > MAX_INLINED.max(self.written.saturating_mul(MAX_INLINED_EACH))
    }
}

/// What was put in the place of references.
#[derive(Debug, Default)]
pub(super) struct Inlined {
    places: HashSet<Node>,
    /// For each value that comes from another file, the place where it was put. References to it lead to that place, so that it becomes one
    /// type.
    from_files: HashMap<Node, Node>,
}

impl Inlined {
    fn add(&mut self, source: Node, place: Node) {
        if source.file != place.file {
            self.from_files.entry(source).or_insert_with(|| place.clone());
        }
        self.places.insert(place);
    }

    /// Whether a node, or a value that contains it, was put there in place of a reference.
    pub(super) fn contains(&self, node: &Node) -> bool {
        !self.places.is_empty() && node.upward().any(|around| self.places.contains(&around))
    }

    /// The place of a node, which may have been put into another file.
    pub(super) fn place(&self, node: Node) -> Node {
        if self.from_files.is_empty() {
            return node;
        }
        let found = node.upward().find_map(|around| Some((around.pointer.depth(), self.from_files.get(&around)?)));
        match found {
            Some((depth, place)) => {
                let below = node.pointer.segments().into_iter().skip(depth);
                Node { file: place.file, pointer: place.pointer.extend(below) }
            }
            None => node,
        }
    }
}

/// Replaces the references of a file.
pub(super) fn inline(files: &mut Files<'_>, file: FileId) {
    let Some(tree) = files.document.trees.get(&file) else { return };
    let mut pending = found(&tree.value, &Pointer::root(), false, &[]);
    if pending.is_empty() || (file != files.document.root && is_index(&tree.value)) {
        return;
    }
    let mut growth = Growth { written: extent(&tree.value).0, added: 0 };
    while let Some(next) = pending.pop() {
        pending.extend(replace(files, file, &next, &mut growth));
    }
    if let Some(tree) = files.document.trees.get_mut(&file) {
        // The anchors are those of what is there now.
        *tree = Tree::new(file, Arc::clone(&tree.value), tree.origins.clone());
    }
}

/// The references below a value that are to be replaced, the last one first. `named` says that the value is a map.
fn found(value: &Value, at: &Pointer, named: bool, inside: &[Node]) -> Vec<Found> {
    let mut all = Vec::new();
    references::each_object_in(value, named, &mut |trail, members| {
        all.extend(misplaced(members).map(|path| {
            let below = trail.pointer().extend(path);
            Found { at: at.extend(below.segments()), inside: inside.to_vec() }
        }));
    });
    all.reverse();
    all
}

/// The paths from an object to references where OpenAPI has none: its members, and the elements of its lists.
fn misplaced(members: &Map<String, Value>) -> impl Iterator<Item = Vec<String>> {
    members.iter().flat_map(|(key, member)| {
        let itself = refers(member) && has_no_references(key);
        let elements = member.as_array().filter(|_| LISTS.contains(&key.as_str())).into_iter().flatten().enumerate();
        let elements = elements.filter(|(_, element)| refers(element));
        let elements = elements.map(move |(index, _)| vec![key.clone(), index.to_string()]);
        itself.then(|| vec![key.clone()]).into_iter().chain(elements)
    })
}

fn is_map(node: &Node) -> bool {
    node.pointer.last().is_some_and(|key| references::MAPS.contains(&key))
}

fn has_no_references(key: &str) -> bool {
    references::MAPS.contains(&key) || MEMBERS.contains(&key) || LISTS.contains(&key) || METHODS.contains(&key)
}

fn refers(value: &Value) -> bool {
    value.get("$ref").is_some_and(Value::is_string)
}

/// Whether a file only lists references, by names that may be anything.
fn is_index(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.values().all(refers))
}

/// Replaces a reference. Gives the references in the value that replaces it.
fn replace(files: &mut Files<'_>, file: FileId, found_here: &Found, growth: &mut Growth) -> Vec<Found> {
    let node = Node { file, pointer: found_here.at.clone() };
    let Some(reference) = files.document.value(&node.join("$ref")).and_then(Value::as_str) else { return Vec::new() };
    let reference = reference.to_owned();
    let source = source(files, file, &reference).and_then(|source| {
        let is_cycle = node.is_in(&source) || found_here.inside.contains(&source);
        if is_cycle { Err(ReferenceFault::Cycle(vec![node.clone()])) } else { Ok(source) }
    });
    let copy = match source {
        Ok(source) => copy(files, &node, &source, growth).map(|value| (source, value)),
        Err(fault) => {
            files.document.report_reference(&node, &fault, files.out);
            None
        }
    };
    let Some((source, value)) = copy else {
        put(files, &node, Value::Null);
        return Vec::new();
    };
    let message = format!("{} cannot be a reference: read as what it names", subject(&node));
    let diagnostic =
        files.document.diagnostic(Severity::Warning, codes::INLINED_REFERENCE, message, &node.join("$ref"));
    files.out.push(diagnostic.help("write here what it names"));
    let inside: Vec<Node> = found_here.inside.iter().chain([&source]).cloned().collect();
    let nested = found(&value, &node.pointer, is_map(&node), &inside);
    put(files, &node, value);
    if let Some(tree) = files.document.trees.get_mut(&file) {
        tree.origins.record_inlined(node.pointer.clone(), source.file, source.pointer.clone());
    }
    files.document.inlined.add(source, node);
    nested
}

/// The value that a reference leads to, as it is read from a file.
fn source(files: &mut Files<'_>, file: FileId, reference: &str) -> Result<Node, ReferenceFault> {
    let (mut file, mut reference) = (file, reference.to_owned());
    for _ in 0..MAX_REFERENCES {
        let node = target(files, file, &reference)?;
        let next = written(files, &node).and_then(|value| value.get("$ref")).and_then(Value::as_str);
        match next {
            Some(next) => reference = next.to_owned(),
            None => return Ok(node),
        }
        file = node.file;
    }
    Err(ReferenceFault::Long)
}

fn target(files: &mut Files<'_>, from: FileId, reference: &str) -> Result<Node, ReferenceFault> {
    let dangling = || ReferenceFault::Dangling(reference.to_owned());
    let (name, fragment) = references::parts(reference);
    let file = if name.is_empty() {
        from
    } else {
        let unreadable = |reason| ReferenceFault::File { reference: reference.to_owned(), reason };
        files.load(from, name).map_err(unreadable)?
    };
    let fragment = percent_decode_str(fragment).decode_utf8().map_err(|_| dangling())?;
    let pointer = Pointer::parse(&fragment).filter(|_| !reference.is_empty()).ok_or_else(dangling)?;
    let node = Node { file, pointer };
    if written(files, &node).is_some() { Ok(node) } else { Err(dangling()) }
}

/// A value as it is written in a file. For the document's own file, overlays are applied.
fn written<'f>(files: &'f Files<'_>, node: &Node) -> Option<&'f Value> {
    if node.file == files.document.root {
        return files.document.value(node);
    }
    node.pointer.resolve(&files.sources.file(node.file).root)
}

/// A copy of a value for another place. `None` if the copies are too large, which is reported once.
fn copy(files: &mut Files<'_>, to: &Node, source: &Node, growth: &mut Growth) -> Option<Value> {
    if growth.is_too_much() {
        return None;
    }
    let value = written(files, source)?;
    let (nodes, height) = extent(value);
    growth.added = growth.added.saturating_add(nodes);
    let message = if to.pointer.depth() + height > MAX_NESTING {
        format!("what this reference names would nest deeper than {MAX_NESTING} levels here")
    } else if growth.is_too_much() {
        format!("the references up to here put {} nodes into a file of {}", growth.added, growth.written)
    } else {
        let mut value = value.clone();
        if source.file != to.file {
            rebase(files, &mut value, source.file, to);
        }
        return Some(value);
    };
    let diagnostic = files.document.diagnostic(Severity::Error, codes::REFERENCE_GROWTH, message, &to.join("$ref"));
    files.out.push(diagnostic.help("refer only where OpenAPI has references, as in `$ref` instead of a schema"));
    None
}

/// Rewrites the references of a value that comes from another file.
fn rebase(files: &Files<'_>, value: &mut Value, from: FileId, to: &Node) {
    let mut texts: HashSet<Pointer> = HashSet::new();
    references::each_object_in(value, is_map(to), &mut |trail, members| {
        let own = references::texts(members).map(|(path, _)| trail.pointer().extend(path));
        let misplaced = misplaced(members).map(|path| trail.pointer().extend(path).join("$ref"));
        texts.extend(own.chain(misplaced));
    });
    for pointer in texts {
        if let Some(Value::String(text)) = pointer.resolve_mut(value) {
            *text = files.rebased(from, to.file, text);
        }
    }
}

/// Puts a value in the place of a reference. The other members of the object with the reference stay.
fn put(files: &mut Files<'_>, node: &Node, value: Value) {
    let Some(tree) = files.document.trees.get_mut(&node.file) else { return };
    let Some(place) = node.pointer.resolve_mut(Arc::make_mut(&mut tree.value)) else { return };
    let before = std::mem::replace(place, value);
    if let (Value::Object(before), Value::Object(members)) = (before, place) {
        for (key, member) in before.into_iter().filter(|(key, _)| key != "$ref") {
            members.insert(key, member);
        }
    }
}
