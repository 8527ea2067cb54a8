//! A part of a document: the chosen operations, and the components that they need.
//!
//! Takes a document with all its files and the choices; removes the rest from its trees, before any other stage looks at them. What stays
//! keeps its place, and so its name.

mod candidates;
mod closure;
mod exchanges;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::{Document, Node, references};
use crate::choices::Selector;
use crate::diagnostics::{Diagnostic, Diagnostics, FileId, Severity, codes};
use crate::pointer::Pointer;
use crate::similar::nearest;
use candidates::{Found, candidates};

/// Removes what is not chosen.
pub(super) fn select(document: &mut Document, out: &mut Diagnostics) {
    let choices = document.choices.clone();
    if choices.only.is_empty() && choices.except.is_empty() {
        return;
    }
    let found = candidates(document);
    for selector in choices.only.iter().chain(&choices.except) {
        if !found.iter().any(|found| selector.selects(&found.candidate)) {
            out.push(selects_nothing(selector, &found));
        }
    }
    let selects = |selectors: &[Selector], found: &Found| selectors.iter().any(|it| it.selects(&found.candidate));
    let is_kept =
        |found: &Found| (choices.only.is_empty() || selects(&choices.only, found)) && !selects(&choices.except, found);
    let (mut kept, mut others): (Vec<Found>, Vec<Found>) = found.into_iter().partition(is_kept);
    loop {
        // An operation that gives tokens may need tokens as well.
        let (needed, known) = (exchanges::needed(document, &kept), kept.len());
        let is_needed = |found: &mut Found| {
            found.candidate.ids.iter().any(|id| needed.contains(id)) && !selects(&choices.except, found)
        };
        kept.extend(others.extract_if(.., is_needed));
        if kept.len() == known {
            break;
        }
    }
    let chosen = kept.iter().filter_map(|found| Some((found.candidate.path.clone()?, found.candidate.method.clone())));
    document.chosen = Some(chosen.collect());
    remove_operations(document, &kept, &others);
    closure::remove_unreached(document);
}

/// Removes operations. An operation stays if another path shares it, or if references lead into it. It is still not emitted: see `chosen`.
fn remove_operations(document: &mut Document, kept: &[Found], others: &[Found]) {
    let borrowed = borrowed(document);
    let is_borrowed = |found: &&Found| borrowed.contains(&found.node);
    let stays: HashSet<&Node> = kept.iter().chain(others.iter().filter(is_borrowed)).map(|found| &found.node).collect();
    let items: HashSet<&Node> = kept.iter().chain(others.iter().filter(is_borrowed)).map(|found| &found.item).collect();
    let nodes = others.iter().map(|found| &found.node).filter(|node| !stays.contains(node));
    let unused = others.iter().map(|found| &found.item).filter(|item| !items.contains(item));
    let gone: HashSet<Node> = nodes.chain(unused).cloned().collect();
    document.remove(&gone);
}

/// The operations into which references lead.
fn borrowed(document: &Document) -> HashSet<Node> {
    let root = document.root();
    let mut found = HashSet::new();
    let Some(value) = document.value(&root) else { return found };
    references::each(value, &mut |trail, reference| {
        let at = Node { file: root.file, pointer: trail.pointer() };
        let Ok(target) = document.target(&at, reference) else { return };
        if let ["paths", path, method, ..] = target.pointer.segments().as_slice() {
            found.insert(Node { file: target.file, pointer: Pointer::root().extend(["paths", *path, *method]) });
        }
    });
    found
}

fn selects_nothing(selector: &Selector, found: &[Found]) -> Diagnostic {
    let message = format!("`{}` selects no operation", selector.text);
    let diagnostic = Diagnostic::new(Severity::Error, codes::SELECTS_NOTHING, message, selector.place.clone());
    let names = found.iter().flat_map(|found| selector.names(&found.candidate));
    // The text itself is a name here if only a webhook has it. It then selects no operation.
    let names: Vec<String> = names.filter(|name| *name != selector.text).collect();
    diagnostic.help(match nearest(&selector.text, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an operation id, `/a/path/**`, `GET`, `GET /a/path`, `tag:NAME` or `webhook:NAME`".to_owned(),
    })
}

impl Document {
    /// Whether an operation is among those that are chosen.
    pub(super) fn is_chosen(&self, path: &str, method: &str) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.contains(&(path.to_owned(), method.to_owned())))
    }

    /// Removes members from the trees that contain them.
    fn remove(&mut self, nodes: &HashSet<Node>) {
        let mut by_holder: HashMap<(FileId, Pointer), HashSet<&str>> = HashMap::new();
        for node in nodes {
            let key = node.pointer.last().unwrap_or_default();
            by_holder.entry((node.file, node.pointer.parent())).or_default().insert(key);
        }
        for ((file, holder), keys) in by_holder {
            let holder = self.trees.get_mut(&file).and_then(|tree| holder.resolve_mut(Arc::make_mut(&mut tree.value)));
            if let Some(Value::Object(members)) = holder {
                members.retain(|key, _| !keys.contains(key.as_str()));
            }
        }
    }
}
