//! Names that come from elsewhere: those of parts in another file, and those of operations whose id repeats their path and method.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::schema::naming::function_words;
use crate::document::{Document, Node};

/// The sections of a document whose members may lie in other files.
const ITEMS: &[&str] = &["paths", "webhooks"];

/// Where names come from.
pub(super) struct Homes {
    /// From a target in another file to the path of the member of the document that refers to it.
    moved: HashMap<Node, Vec<String>>,
    /// From the member of the document to its target in another file. Only for named schemas.
    targets: HashMap<Node, Node>,
    /// The short names of operations whose id repeats their path and method, by path and method.
    functions: HashMap<(String, String), String>,
}

impl Homes {
    pub(super) fn of(document: &Document) -> Self {
        let functions = functions(document);
        let mut homes = Self { moved: HashMap::new(), targets: HashMap::new(), functions };
        for section in members(document, &document.top("components")) {
            members(document, &section).for_each(|member| homes.add(document, &member));
        }
        for section in ITEMS {
            members(document, &document.top(section)).for_each(|member| homes.add(document, &member));
        }
        homes
    }

    fn add(&mut self, document: &Document, member: &Node) {
        let reference = document.value(member).and_then(|value| value.get("$ref")).and_then(Value::as_str);
        let target = reference.and_then(|reference| document.target(member, reference).ok());
        let Some(target) = target.filter(|target| target.file != member.file) else { return };
        let segments = member.pointer.segments().into_iter().map(str::to_owned).collect();
        let is_alone = document.value(member).and_then(Value::as_object).is_some_and(|members| members.len() == 1);
        if self.moved.contains_key(&target) {
            return;
        }
        self.moved.insert(target.clone(), segments);
        if is_alone && matches!(member.pointer.segments().as_slice(), ["components", "schemas", _]) {
            self.targets.insert(member.clone(), target);
        }
    }

    /// The target of a named schema that is only a reference to another file. `None` if another member has given the target its name.
    pub(super) fn target(&self, node: &Node) -> Option<&Node> {
        self.targets.get(node)
    }

    /// Whether a target gets its name from a member of the document that refers to it.
    pub(super) fn has_moved(&self, node: &Node) -> bool {
        self.moved.contains_key(node)
    }

    /// The path of the member that refers to a node, or to a node that contains it. The number says how many segments of the node's pointer
    /// lead to the node that the member refers to.
    pub(super) fn home(&self, node: &Node) -> Option<(&[String], usize)> {
        node.upward().find_map(|around| Some((self.moved.get(&around)?.as_slice(), around.pointer.depth())))
    }

    /// The short name of an operation whose id repeats its path and method.
    pub(super) fn function(&self, path: &str, method: &str) -> Option<&str> {
        self.functions.get(&(path.to_owned(), method.to_lowercase())).map(String::as_str)
    }
}

fn members(document: &Document, node: &Node) -> impl Iterator<Item = Node> {
    let members = document.value(node).and_then(Value::as_object).into_iter().flatten();
    let names: Vec<String> = members.map(|(name, _)| name.clone()).collect();
    names.into_iter().map(|name| node.join(name))
}

/// Some frameworks make an operation's id from a function's name, the path and the method. Gives the names of the functions, by path and
/// method. If several operations have the same function, only the first gets its name.
fn functions(document: &Document) -> HashMap<(String, String), String> {
    let (mut found, mut seen) = (HashMap::new(), HashSet::new());
    for item in members(document, &document.top("paths")) {
        let Ok(node) = document.follow(&item) else { continue };
        for operation in members(document, &node) {
            let (path, method) =
                (item.pointer.last().unwrap_or_default(), operation.pointer.last().unwrap_or_default());
            let value = document.value(&operation);
            let id = value.filter(|it| it.get("x-rust-name").is_none()).and_then(|it| it.get("operationId"));
            let Some(id) = id.and_then(Value::as_str) else { continue };
            let function = function_words(id, path, method);
            if seen.insert(function.unwrap_or(id).to_owned())
                && let Some(function) = function
            {
                found.insert((path.to_owned(), method.to_owned()), function.to_owned());
            }
        }
    }
    found
}
