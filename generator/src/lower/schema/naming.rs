//! The place of an inline schema, in words. Its name is made from them.
//!
//! The naming depends only on the place, and not on what refers to it or is around it. So it stays the same if something is added to the
//! document.

use serde_json::Value;

use super::Lower;
use super::alternatives::{branch_words, is_only};
use crate::diagnostics::FileId;
use crate::document::{Document, Node};
use crate::fnv::shortened;
use crate::ir::{Naming, Root, Thing};
use crate::limits::MAX_IDENTIFIER;
use crate::pointer::{Pointer, member};

static NOTHING: Value = Value::Null;

impl Lower<'_> {
    /// The naming of a schema. A schema in another file has the naming of the reference to it.
    pub(in crate::lower) fn naming(&self, node: &Node) -> Naming {
        let mut values = values(self.document, node);
        let mut segments = node.pointer.segments();
        let mut file = node.file;
        if let Some((home, depth)) = self.homes.home(node) {
            values = std::iter::repeat_n(&NOTHING, home.len()).chain(values.into_iter().skip(depth)).collect();
            segments = home.iter().map(String::as_str).chain(segments.into_iter().skip(depth)).collect();
            file = self.document.root().file;
        }
        let words = place(self.document.path(file), &segments, &values);
        let mut walk = Walk { segments, values: &values, lower: self, file, at: 0 };
        let (root, steps) = walk.root();
        let thing = thing(&words, &walk);
        let mut naming = Naming { explicit: None, root, steps, place: words.join("/"), thing, node: node.clone() };
        walk.schema(&mut naming);
        shorten(&mut naming);
        naming
    }

    /// The last name in a schema's reference.
    pub(in crate::lower) fn referred_name(&self, target: &Node) -> String {
        let home = self.homes.home(target).filter(|(_, depth)| *depth == target.pointer.depth());
        let name = home.and_then(|(home, _)| home.last()).map(String::as_str);
        name.or(target.pointer.last()).unwrap_or_else(|| file_words(self.document.path(target.file))).to_owned()
    }
}

/// Cuts long words, because every schema inside another one repeats the words of that schema.
fn shorten(naming: &mut Naming) {
    let (Root::Component(root) | Root::Operation(root) | Root::Other(root)) = &mut naming.root;
    let own = [root, &mut naming.place].into_iter().chain(&mut naming.explicit).chain(&mut naming.steps);
    let things: Vec<&mut String> = match &mut naming.thing {
        Thing::At(way) | Thing::Reply(way) => vec![way],
        Thing::Named(name, way) => vec![name, way],
    };
    own.chain(things).for_each(|words| *words = shortened(std::mem::take(words), MAX_IDENTIFIER, '_'));
}

/// The name of a file without its folder and its suffix. That of the document itself does not count.
fn file_words(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let words = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name);
    if words.is_empty() { "document" } else { words }
}

/// The function's name in an operation's id, if the path and the method follow it: `read_item` of `read_item_items__item_id__get`.
pub(in crate::lower) fn function_words<'i>(id: &'i str, path: &str, method: &str) -> Option<&'i str> {
    let path: String = path.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let function = id.strip_suffix(method)?.strip_suffix('_')?.strip_suffix(&*path)?;
    (!function.trim_matches('_').is_empty()).then_some(function)
}

/// What a schema describes: the innermost thing with an `x-rust-name`, and the path from there, or else its place. All replies of an
/// operation count as one place, and so do the media types of a body.
fn thing(words: &[String], walk: &Walk<'_>) -> Thing {
    let name = |value: &&Value| value.get("x-rust-name").and_then(Value::as_str).map(str::to_owned);
    let own = walk.values.iter().enumerate().skip(walk.at).rev();
    if let Some((at, name)) = own.into_iter().find_map(|(at, value)| Some((at, name(value)?))) {
        return Thing::Named(name, way(words.get(at + 1..).unwrap_or_default()));
    }
    let is_path = matches!(walk.segments.first(), Some(&("paths" | "webhooks")));
    let is_in_reply = |segment: &&str| is_path && *segment == "responses";
    let mut words = words.to_vec();
    for (at, segment) in walk.segments.iter().enumerate().take(walk.at) {
        if let Some(word) = words.get_mut(at + 2).filter(|_| *segment == "content" || is_in_reply(segment)) {
            *word = "any".to_owned();
        }
    }
    let is_reply = walk.segments.iter().take(walk.at).any(is_in_reply);
    if is_reply { Thing::Reply(words.join("/")) } else { Thing::At(words.join("/")) }
}

/// The path inside a schema. `allOf` does not count, because its schemas are parts of the schema.
fn way(words: &[String]) -> String {
    let mut own = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "allOf" => _ = words.next(),
            word => own.push(word),
        }
    }
    own.join("/")
}

/// A place in words that do not depend on the order of lists. Parameters and alternatives are identified by their content. The first word
/// is the file.
fn place(file: &str, segments: &[&str], values: &[&Value]) -> Vec<String> {
    let value = |end: usize| values.get(end).copied();
    let mut words = vec![file.to_owned()];
    let mut list = "";
    for (at, segment) in segments.iter().copied().enumerate() {
        let known = match list {
            "parameters" => value(at + 1).and_then(parameter_words),
            "oneOf" | "anyOf" => {
                value(at + 1).map(|schema| format!("{} {}", branch_words(schema), required(schema).join(" ")))
            }
            _ => None,
        };
        words.push(known.unwrap_or_else(|| segment.to_owned()));
        list = segment;
    }
    words
}

fn parameter_words(parameter: &Value) -> Option<String> {
    let text = |key| parameter.get(key).and_then(Value::as_str);
    Some(format!("{} {}", text("in")?, text("name")?))
}

/// The words for an operation: its name in the document, or its method and path.
pub(in crate::lower) fn operation_words(operation: Option<&Value>, method: &str, path: &str) -> String {
    let text = |key| operation.and_then(|operation| operation.get(key)).and_then(Value::as_str);
    match text("x-rust-name").or_else(|| text("operationId")).filter(|id| !id.trim().is_empty()) {
        Some(id) => id.to_owned(),
        None => path_words(method, path),
    }
}

/// `GET /pets/{petId}` to `get pets by petId`.
pub(in crate::lower) fn path_words(method: &str, path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let words = segments.map(|segment| {
        let parts = segment.replace('{', " by ").replace('}', " ");
        parts.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let words: Vec<String> = std::iter::once(method.to_lowercase()).chain(words).collect();
    words.join(" ")
}

/// The values on the path to a node: the document, the value of the first segment, and so on.
fn values<'d>(document: &'d Document, node: &Node) -> Vec<&'d Value> {
    let Some(root) = document.value(&Node { file: node.file, pointer: Pointer::root() }) else { return Vec::new() };
    let below = node.pointer.segments().into_iter().scan(root, |value, segment| {
        *value = member(value, segment)?;
        Some(*value)
    });
    std::iter::once(root).chain(below).collect()
}

/// The members that lead from a response or a parameter to its schema.
const BODIES: &[&str] = &["content", "headers", "schema", "itemSchema"];

/// The keywords that lead from a schema to one inside it.
const KEYWORDS: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "$defs",
    "definitions",
    "dependentSchemas",
];

struct Walk<'d> {
    segments: Vec<&'d str>,
    values: &'d [&'d Value],
    lower: &'d Lower<'d>,
    file: FileId,
    /// The number of segments that have been read.
    at: usize,
}

impl<'d> Walk<'d> {
    fn next(&mut self) -> Option<&'d str> {
        let segment = self.segments.get(self.at)?;
        self.at += 1;
        Some(segment)
    }

    /// The value after the segments that have been read.
    fn value(&self) -> Option<&Value> {
        self.values.get(self.at).copied()
    }

    /// Reads the root to which the schema belongs, up to the first segment of the schema itself.
    fn root(&mut self) -> (Root, Vec<String>) {
        match (self.next().unwrap_or_default(), self.next().unwrap_or_default()) {
            ("components", "schemas") => (Root::Component(self.next().unwrap_or_default().to_owned()), Vec::new()),
            ("components", section) => {
                let suffix = match section {
                    "responses" => Some("response"),
                    "requestBodies" => Some("body"),
                    _ => None,
                };
                let name = self.next().unwrap_or_default().to_owned();
                let mut steps: Vec<String> = suffix.map(str::to_owned).into_iter().collect();
                self.part(&mut steps);
                (Root::Other(name), steps)
            }
            (section @ ("paths" | "webhooks"), path) => self.path_item(section, path),
            ("$defs" | "definitions", name) => (Root::Component(name.to_owned()), Vec::new()),
            _ => self.elsewhere(),
        }
    }

    /// The root of a schema in another file: the last name before the schema, or the name of the file.
    fn elsewhere(&mut self) -> (Root, Vec<String>) {
        self.at = 0;
        let mut name = file_words(self.lower.document.path(self.file));
        while let Some(segment) = self.segments.get(self.at).copied() {
            if BODIES.contains(&segment) {
                let mut steps = Vec::new();
                self.part(&mut steps);
                return (Root::Other(name.to_owned()), steps);
            }
            if KEYWORDS.contains(&segment) {
                break;
            }
            name = segment;
            self.at += 1;
        }
        (Root::Other(name.to_owned()), Vec::new())
    }

    fn path_item(&mut self, section: &str, path: &str) -> (Root, Vec<String>) {
        let member = self.next().unwrap_or_default();
        let mut steps = Vec::new();
        if member == "parameters" {
            self.at -= 1;
            self.part(&mut steps);
            return (Root::Other(path_words("", path)), steps);
        }
        let words = match section {
            "webhooks" => path.to_owned(),
            _ => match self.lower.homes.function(path, member) {
                Some(function) => function.to_owned(),
                None => operation_words(self.value(), member, path),
            },
        };
        self.part(&mut steps);
        (Root::Operation(words), steps)
    }

    /// The part of an operation: its body, a response, a parameter, down to the schema.
    fn part(&mut self, steps: &mut Vec<String>) {
        while let Some(segment) = self.next() {
            match segment {
                "requestBody" => steps.push("body".to_owned()),
                "responses" => {
                    let status = self.next().unwrap_or_default();
                    steps.push(if status == "200" { "response".to_owned() } else { format!("response {status}") });
                }
                "parameters" => {
                    self.next();
                    let name = self.value().and_then(|parameter| parameter.get("name")).and_then(Value::as_str);
                    steps.push(name.unwrap_or("parameter").to_owned());
                }
                "headers" => {
                    steps.push(self.next().unwrap_or_default().to_owned());
                }
                "content" => {
                    self.next();
                }
                "schema" => return,
                "itemSchema" => {
                    steps.push("item".to_owned());
                    return;
                }
                _ => {}
            }
        }
    }

    /// Reads the path inside the schema. At an `x-rust-name` on the path, the words start again.
    fn schema(&mut self, naming: &mut Naming) {
        self.explicit(naming);
        while let Some(segment) = self.next() {
            match segment {
                "properties" | "$defs" | "definitions" | "dependentSchemas" => {
                    let name = self.next().unwrap_or_default().to_owned();
                    naming.steps.push(name);
                }
                "items" => {
                    naming.steps.push("item".to_owned());
                    // A list of items is a tuple's.
                    if self.value().is_some_and(Value::is_array) {
                        self.next();
                    }
                }
                "prefixItems" => {
                    let index = self.next().unwrap_or_default();
                    naming.steps.push(format!("item {index}"));
                }
                "additionalProperties" => naming.steps.push("value".to_owned()),
                "patternProperties" => {
                    self.next();
                    naming.steps.push("value".to_owned());
                }
                "allOf" => {
                    self.next();
                }
                "oneOf" | "anyOf" => {
                    let is_only = self.value().is_some_and(is_only);
                    self.next();
                    if !is_only {
                        naming.steps.push(self.label(&naming.node));
                    }
                }
                other => naming.steps.push(other.to_owned()),
            }
            self.explicit(naming);
        }
    }

    /// The words of the alternative at what has been read so far.
    fn label(&self, node: &Node) -> String {
        let left = self.segments.len() - self.at;
        node.upward().nth(left).and_then(|at| self.lower.alternative_words(&at)).unwrap_or_default()
    }

    fn explicit(&self, naming: &mut Naming) {
        let name = self.value().and_then(|schema| schema.get("x-rust-name")).and_then(Value::as_str);
        if let Some(name) = name {
            naming.explicit = Some(name.to_owned());
            naming.steps.clear();
        } else if let Some(name) = naming.explicit.take_if(|_| !naming.steps.is_empty()) {
            naming.root = Root::Component(name);
        }
    }
}

/// The last name in a reference: of a part in a file, or of the file itself.
pub(in crate::lower) fn reference_words(reference: &str) -> &str {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    fragment.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or_else(|| file_words(file))
}

/// The members that a schema requires, sorted.
pub(in crate::lower) fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    let mut names: Vec<&str> = names.filter_map(Value::as_str).collect();
    names.sort_unstable();
    names
}

/// The only string that a schema admits.
pub(in crate::lower) fn constant_text(schema: &Value) -> Option<&str> {
    if let Some(Value::String(text)) = schema.get("const") {
        return Some(text);
    }
    match schema.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        Some([Value::String(text)]) => Some(text),
        _ => None,
    }
}
