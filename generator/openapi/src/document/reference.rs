//! References: the text of a `$ref` to the node it names (OpenAPI 3.1.1, 4.6 and 4.8.23).

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::extension::{SECRET, is_extension};
use super::{Document, Node, references, shape};
use crate::diagnostics::{Diagnostic, Diagnostics, FileId, Severity, codes};
use crate::limits::MAX_REFERENCES;
use crate::pointer::{Pointer, member};

/// Why a reference has no target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceFault {
    /// The value of `$ref` is not a string.
    #[error("the reference `$ref` must be text")]
    NotText,
    /// It points to nothing.
    #[error("`{0}` points to nothing")]
    Dangling(String),
    /// It names an `$anchor` or a `$id` that several schemas have.
    #[error("`{0}` names several schemas")]
    Several(String),
    /// It leads over other references back to itself.
    #[error("this reference leads back to itself: {}", chain(.0))]
    Cycle(Vec<Node>),
    /// It leads over too many others.
    #[error("this reference leads over more than {MAX_REFERENCES} others")]
    Long,
    /// It names a file that could not be read.
    #[error("`{reference}` cannot be read: {reason}")]
    File {
        /// The reference.
        reference: String,
        /// Why.
        reason: String,
    },
}

impl Document {
    /// The schema that a discriminator in the schema at `holder` names: by its name, or by a reference (OpenAPI 3.1.1, 4.8.25).
    pub fn mapped(&self, holder: &Node, named: &str) -> Option<Node> {
        let component = self.top("components").join("schemas").join(named);
        let known = self.value(&component).is_some().then_some(component);
        known.or_else(|| self.target(holder, named).ok())
    }

    /// The node that the text of a reference at `from` names, not following further references.
    pub fn target(&self, from: &Node, reference: &str) -> Result<Node, ReferenceFault> {
        let (file, fragment) = references::parts(reference);
        let dangling = || ReferenceFault::Dangling(reference.to_owned());
        if reference.is_empty() {
            return Err(dangling());
        }
        let root = |file: FileId| Node { file, pointer: Pointer::root() };
        // What the fragment is relative to: the schema with a `$id`, or the root of a file.
        let identified = if file.contains(':') { self.anchor(&root(from.file), file)? } else { None };
        let base = match identified {
            Some(schema) => schema,
            None if file.is_empty() => root(from.file),
            None => root(
                self.file_of(from.file, file)
                    .map_err(|reason| ReferenceFault::File { reference: reference.to_owned(), reason })?,
            ),
        };
        let fragment = percent_decode_str(fragment).decode_utf8().map_err(|_| dangling())?;
        let node = match Pointer::parse(&fragment) {
            Some(pointer) if base.pointer.depth() == 0 => Node { pointer, ..base },
            Some(pointer) => Node { pointer: base.pointer.extend(pointer.segments()), ..base },
            None => {
                let from = if file.is_empty() { from } else { &base };
                self.anchor(from, &fragment)?.ok_or_else(dangling)?
            }
        };
        let node = self.inlined.place(node);
        self.value(&node).is_some().then_some(node).ok_or_else(dangling)
    }

    /// What OpenAPI has at a node of the document's own file, if it is something else than a schema.
    pub fn other_than_schema(&self, node: &Node) -> Option<&'static str> {
        if node.file != self.root {
            return None;
        }
        match node.pointer.segments().as_slice() {
            [] => Some("document"),
            ["paths"] => Some("paths"),
            ["components"] | ["components", _] => Some("components"),
            segments => shape::at(segments).filter(|found| *found != "schema"),
        }
    }

    /// Whether the target of the reference at `node` is of the kind that is wanted there, as far as its place tells. Reports another kind.
    pub(super) fn names_a(
        &self,
        kind: &str,
        wanted: impl Fn() -> String,
        target: &Node,
        node: &Node,
        out: &mut Diagnostics,
    ) -> bool {
        let other = shape::at(&target.pointer.segments()).filter(|found| *found != kind);
        if let Some(found) = other {
            let wanted = wanted();
            let message =
                format!("this reference must name {wanted}, but `{}` is of the kind `{found}`", target.pointer);
            let diagnostic = self.diagnostic(Severity::Error, codes::REFERENCE_KIND, message, &node.join("$ref"));
            out.push(diagnostic.help(format!("refer to {wanted}, or write it here")));
        }
        other.is_none()
    }

    /// The node to which the chain of `$ref`s at `node` leads, or `node` itself if it has no `$ref`.
    pub fn follow(&self, node: &Node) -> Result<Node, ReferenceFault> {
        let mut at = node.clone();
        let mut seen = vec![at.clone()];
        while let Some(reference) = self.value(&at).and_then(|value| member(value, "$ref")) {
            let text = reference.as_str().ok_or(ReferenceFault::NotText)?;
            at = self.target(&at, text)?;
            if let Some(start) = seen.iter().position(|earlier| *earlier == at) {
                return Err(ReferenceFault::Cycle(cycle(seen.split_off(start))));
            }
            if seen.len() > MAX_REFERENCES {
                return Err(ReferenceFault::Long);
            }
            seen.push(at.clone());
        }
        Ok(at)
    }

    /// The last reference of the chain from `node`: it has no target, so it is at fault.
    pub(super) fn broken(&self, node: &Node) -> Node {
        let mut at = node.clone();
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = self.value(&at).and_then(|value| member(value, "$ref")) else { return node.clone() };
            match reference.as_str().and_then(|text| self.target(&at, text).ok()) {
                Some(next) => at = next,
                None => return at,
            }
        }
        node.clone()
    }

    /// The names next to the missing target of a reference, for a "did you mean".
    pub(super) fn neighbours(&self, from: &Node, reference: &str) -> impl Iterator<Item = &str> {
        let (holder, _) = reference.rsplit_once('/').unwrap_or_default();
        let holder = self.target(from, holder).ok().and_then(|holder| self.value(&holder));
        holder.and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str())
    }
}

/// Warnings about members next to a `$ref` that have no effect (4.8.23).
pub(super) fn beside_reference(document: &Document, value: &Value, node: &Node, known: &[&str]) -> Vec<Diagnostic> {
    let members = value.as_object().filter(|members| members.contains_key("$ref"));
    let keys = members.into_iter().flatten().map(|(key, _)| key.as_str());
    let vain =
        keys.filter(|key| *key != "$ref" && !known.contains(key) && (!key.starts_with("x-") || is_extension(key)));
    vain.map(|key| {
        let message = format!("`{key}` beside `$ref` is ignored");
        let severity = if key == SECRET { Severity::Error } else { Severity::Warning };
        let diagnostic = document.diagnostic(severity, codes::BESIDE_REFERENCE, message, &node.join(key));
        diagnostic.about_key().help("write it in what the reference names")
    })
    .collect()
}

/// The same cycle, beginning with its least node. So its text does not depend on the node at which the cycle is entered.
pub fn cycle(mut nodes: Vec<Node>) -> Vec<Node> {
    if let Some((first, _)) = nodes.iter().enumerate().min_by_key(|(_, node)| *node) {
        nodes.rotate_left(first);
    }
    nodes
}

/// A cycle in words, from its first node back to it.
pub fn chain(nodes: &[Node]) -> String {
    let names: Vec<String> = nodes.iter().chain(nodes.first()).map(|node| format!("`{}`", node.pointer)).collect();
    names.join(" -> ")
}
