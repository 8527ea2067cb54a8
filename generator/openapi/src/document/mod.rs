//! An OpenAPI document as a whole: its raw trees, its version, and its typed nodes.
//!
//! Takes raw trees, gives typed nodes. Each node is read on its own, so a bad node causes one message and the rest can still be used.
//! Operations have the types of [`model`]. Other nodes have the types of `openapiv3`. Schemas are not read here. A typed node holds the
//! place of a schema instead, and the `schema` stage reads the schema there. References are resolved and common mistakes repaired on the
//! way; both are reported.

mod conform;
mod conformed;
mod corrections;
mod dangling;
mod extension;
mod files;
mod inline;
mod load;
pub mod model;
mod operations;
mod other_format;
mod parameter;
mod recursive;
mod reference;
mod references;
pub mod server_url;
mod shape;
mod subset;
mod subtypes;
mod texts;
mod typed;
mod unknown;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::choices::Choices;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, FileId, Mend, Place, Severity, codes};
use crate::overlay::Origins;
use crate::pointer::Pointer;
use crate::source::Sources;

pub use crate::node::Node;
pub use corrections::corrections;
pub use dangling::check_references;
pub(crate) use extension::odd_extension;
pub use extension::{TOKEN_SOURCE, says_secret};
pub use load::load;
pub use operations::{PathOperation, WebhookSchema, operations, webhook_schemas};
pub use parameter::{is_reserved_header, settled_style};
pub use reference::ReferenceFault;
pub use reference::{chain, cycle};
pub use references::each_object;
pub use subtypes::Subtypes;

use inline::Inlined;

/// The dialect in which a document's schemas are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0: schemas are OpenAPI's own subset of JSON Schema.
    V30,
    /// 3.1: schemas are JSON Schema 2020-12.
    V31,
    /// 3.2: an addition to 3.1.
    V32,
}

/// A document with the other files it refers to.
#[derive(Debug)]
pub struct Document {
    root: FileId,
    version: Version,
    trees: HashMap<FileId, Tree>,
    /// The paths of the other files, below the folder that may be read.
    paths: HashMap<FileId, String>,
    /// What was put in the place of references.
    inlined: Inlined,
    /// The files as they are written.
    sources: Sources,
    /// What is chosen about it.
    choices: Choices,
    /// The paths and methods of the chosen operations. `None` if all are chosen.
    chosen: Option<HashSet<(String, String)>>,
}

/// A schema with a name.
#[derive(Debug)]
struct Anchor {
    node: Node,
    /// Where the name counts: inside this schema with a `$id` (2020-12 Core, 8.2.2), or in the whole file.
    resource: Pointer,
}

/// One file of a document.
#[derive(Debug)]
struct Tree {
    value: Arc<Value>,
    origins: Origins,
    /// The schemas that have a name: a `$id`, an `$anchor` or a `$dynamicAnchor`.
    anchors: HashMap<String, Vec<Anchor>>,
    /// The `$dynamicAnchor` names that several schemas have.
    ambiguous: HashSet<String>,
    /// The other files, by the names that references in this file use. An error says why a file cannot be read.
    files: HashMap<String, Result<FileId, String>>,
}

impl Document {
    /// The version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// What is chosen about it.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// Whether only some of its operations are chosen.
    pub fn is_part(&self) -> bool {
        self.chosen.is_some()
    }

    /// The node of the whole document.
    pub fn root(&self) -> Node {
        Node { file: self.root, pointer: crate::pointer::Pointer::root() }
    }

    /// A member at the top of the document.
    pub fn top(&self, key: &str) -> Node {
        self.root().join(key)
    }

    /// The files: the document's own, then the others in the order in which they were loaded.
    pub fn files(&self) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.trees.keys().copied().collect();
        files.sort_unstable_by_key(|file| (*file != self.root, *file));
        files
    }

    /// The path of another file, below the folder that may be read. The document's own path is empty, so that a document may be moved.
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(&file).map_or("", String::as_str)
    }

    /// The number of schemas with a name in the document. Some limits grow with it.
    pub fn named_schemas(&self) -> usize {
        let schemas = self.value(&self.top("components").join("schemas"));
        schemas.and_then(Value::as_object).map_or(0, |schemas| schemas.len())
    }

    /// The value at a node.
    pub fn value(&self, node: &Node) -> Option<&Value> {
        node.pointer.resolve(&self.trees.get(&node.file)?.value)
    }

    /// Where the author of a node's value wrote it.
    pub fn place(&self, node: &Node) -> Place {
        match self.trees.get(&node.file) {
            Some(tree) => tree.origins.place(&node.pointer),
            None => Place { file: node.file, spot: crate::diagnostics::Spot::Value(node.pointer.clone()) },
        }
    }

    /// A number or a boolean as the text that its author wrote.
    fn written(&self, node: &Node, value: &Value) -> String {
        self.sources.written(&self.place(node)).map_or_else(|| value.to_string(), str::to_owned)
    }

    /// A node of the document's own file as a JSONPath, by which an overlay names it.
    pub fn json_path(&self, node: &Node) -> Option<String> {
        let tree = self.trees.get(&node.file).filter(|_| node.file == self.root)?;
        Some(node.pointer.to_json_path(&tree.value))
    }

    /// A message about a node.
    pub fn diagnostic(&self, severity: Severity, code: Code, message: String, node: &Node) -> Diagnostic {
        let diagnostic = Diagnostic::new(severity, code, message, self.place(node));
        match corrections::usual(code) {
            Some(mend) => self.mended(diagnostic, node, mend),
            None => diagnostic,
        }
    }

    /// A message with what an overlay can do about it at a node.
    pub fn mended(&self, mut diagnostic: Diagnostic, node: &Node, mend: Mend) -> Diagnostic {
        // An overlay changes the document before anything is put in the place of references.
        let is_own = node.file == self.root && diagnostic.place.file == self.root && !self.inlined.contains(node);
        diagnostic.mend = is_own.then(|| (node.pointer.clone(), mend));
        diagnostic
    }

    /// Reports that a reference at `node` names nothing, with the nearest name if there is one.
    pub fn report_reference(&self, node: &Node, fault: &ReferenceFault, out: &mut Diagnostics) {
        let code = match fault {
            ReferenceFault::NotText => codes::REFERENCE_NOT_TEXT,
            ReferenceFault::Dangling(_) | ReferenceFault::Several(_) => codes::DANGLING_REFERENCE,
            ReferenceFault::Cycle(_) => codes::REFERENCE_CYCLE,
            ReferenceFault::Long => codes::REFERENCE_CHAIN,
            ReferenceFault::File { .. } => codes::UNREADABLE_REFERENCE,
        };
        let at = match fault {
            ReferenceFault::Cycle(nodes) => nodes.first().unwrap_or(node).join("$ref"),
            _ if self.value(node).is_some_and(|value| value.get("$ref").is_none()) => node.join("$dynamicRef"),
            ReferenceFault::Long => node.join("$ref"),
            _ => self.broken(node).join("$ref"),
        };
        let mut diagnostic = self.diagnostic(Severity::Error, code, fault.to_string(), &at);
        if let ReferenceFault::Dangling(text) = fault {
            let neighbours = self.neighbours(node, text);
            let name = text.rsplit('/').next().unwrap_or_default();
            diagnostic = match out.suggestion(name, neighbours) {
                Some(near) => {
                    let meant = text.strip_suffix(name).map(|before| format!("{before}{near}"));
                    let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                    self.mended(diagnostic, &at, Mend::Write(Value::String(meant.unwrap_or_default())))
                }
                None => self.or_removed(diagnostic, "define what it names, or remove the reference", &at),
            };
        }
        if let ReferenceFault::Several(_) = fault {
            diagnostic = diagnostic.help("give each schema an `$anchor` of its own");
        }
        if let ReferenceFault::NotText = fault {
            diagnostic = diagnostic.help("write a reference, as in `'#/components/schemas/Pet'`");
        }
        if let ReferenceFault::File { reference, reason } = fault {
            let help = match reference.contains("://") {
                true => "save what it names beside the document, and refer to that file",
                false if reason.contains("outside") => {
                    "name the folder that holds all files, with `--root DIR`, or move the file into the document's"
                }
                false => "put the file where the reference says",
            };
            diagnostic = self.or_removed(diagnostic, help, &at);
        }
        if let ReferenceFault::Cycle(_) = fault {
            diagnostic = diagnostic.help("replace one of the references by what it should name");
        }
        if let ReferenceFault::Long = fault {
            diagnostic = diagnostic.help("refer to what the last one names");
        }
        out.push(diagnostic);
    }

    /// Adds help for a reference without a known target. An overlay can remove the reference from a schema. Elsewhere nothing would be
    /// left.
    fn or_removed(&self, diagnostic: Diagnostic, help: &str, at: &Node) -> Diagnostic {
        let holder = Node { file: at.file, pointer: at.pointer.parent() };
        if self.other_than_schema(&holder).is_some() {
            return diagnostic.help(help);
        }
        let help = format!("{help}; a schema without its reference is any JSON");
        self.mended(diagnostic.help(help), at, Mend::Remove)
    }

    /// Like `report_reference`, for a reference without which a part of the document is lost. If the reference only leads into a cycle,
    /// this is reported at its own place too.
    pub(crate) fn report_lost(&self, node: &Node, fault: &ReferenceFault, out: &mut Diagnostics) {
        self.report_reference(node, fault, out);
        if let ReferenceFault::Cycle(nodes) = fault
            && !nodes.contains(node)
        {
            let message = format!("this reference leads into a cycle: {}", chain(nodes));
            let diagnostic = self.diagnostic(Severity::Error, codes::REFERENCE_INTO_CYCLE, message, &node.join("$ref"));
            out.push(diagnostic.help("mend the cycle first"));
        }
    }

    /// Whether a `$dynamicRef` can lead to several schemas, because they all have its `$dynamicAnchor` (2020-12 Core, 8.2.3.2).
    pub(crate) fn is_ambiguous(&self, from: &Node, reference: &str) -> bool {
        let name = reference.strip_prefix('#').unwrap_or_default();
        self.trees.get(&from.file).is_some_and(|tree| tree.ambiguous.contains(name))
    }

    /// Finds the schema of a name, as seen from a node. If only one schema of the file has the name, it counts everywhere.
    fn anchor(&self, from: &Node, name: &str) -> Result<Option<Node>, ReferenceFault> {
        let named = self.trees.get(&from.file).and_then(|tree| tree.anchors.get(name));
        let named = named.map(Vec::as_slice).unwrap_or_default();
        if let [only] = named {
            return Ok(Some(only.node.clone()));
        }
        let resource = if named.is_empty() { Pointer::root() } else { self.resource(from) };
        let mut here = named.iter().filter(|anchor| anchor.resource == resource);
        match (here.next(), here.next()) {
            (Some(_), Some(_)) => Err(ReferenceFault::Several(name.to_owned())),
            (anchor, _) => Ok(anchor.map(|anchor| anchor.node.clone())),
        }
    }

    /// The nearest schema around a node that has a `$id`.
    fn resource(&self, node: &Node) -> Pointer {
        let has_id = |node: &Node| self.value(node).and_then(|value| value.get("$id")).is_some_and(Value::is_string);
        node.upward().find(has_id).map_or_else(Pointer::root, |node| node.pointer)
    }

    fn file_of(&self, from: FileId, name: &str) -> Result<FileId, String> {
        let known = self.trees.get(&from).and_then(|tree| tree.files.get(name));
        known.cloned().unwrap_or_else(|| Err("the file was not loaded".to_owned()))
    }
}

/// What kind of JSON value it is, for messages.
pub fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
