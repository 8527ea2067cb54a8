//! A place in the document's own terms: `Order.note`, `GET /orders query limit`, `GET /orders 200 id`.

use generator::document::{Document, Node};
use generator::pointer::Pointer;
use serde_json::Value;

use crate::wire::compare::{called, named};
use crate::wire::located::Located;

/// A place in words.
pub(super) fn subject(document: &Document, node: &Node) -> String {
    let mut walk = Walk { document, node: Node { file: node.file, pointer: Pointer::root() }, text: String::new() };
    walk.top(&node.pointer.segments());
    match node.file == document.root().file {
        true => walk.text,
        false => format!("{} {}", document.path(node.file), walk.text).trim_end().to_owned(),
    }
}

struct Walk<'d> {
    document: &'d Document,
    /// The node that has been reached so far.
    node: Node,
    text: String,
}

impl Walk<'_> {
    fn enter(&mut self, segments: &[&str]) {
        self.node = Node { file: self.node.file, pointer: self.node.pointer.extend(segments) };
    }

    fn value(&self) -> Option<&Value> {
        self.document.value(&self.node)
    }

    fn top(&mut self, segments: &[&str]) {
        match segments {
            ["components", section, name, rest @ ..] => {
                self.enter(&["components", section, name]);
                match *section {
                    "schemas" => self.text.push_str(name),
                    "requestBodies" => self.text = format!("body {name}"),
                    "securitySchemes" => self.text = format!("security scheme {name}"),
                    section => self.text = format!("{} {name}", section.strip_suffix('s').unwrap_or(section)),
                }
                match *section {
                    "schemas" => self.schema(rest, ""),
                    "responses" => self.response(rest),
                    "pathItems" => self.item(rest),
                    _ => self.content(rest),
                }
            }
            [section @ ("paths" | "webhooks"), path, rest @ ..] => {
                self.enter(&[section, path]);
                self.text = if *section == "webhooks" { format!("webhook:{path}") } else { (*path).to_owned() };
                self.item(rest);
            }
            ["info", rest @ ..] => self.text = ["info"].iter().chain(rest).copied().collect::<Vec<_>>().join("."),
            ["servers", ..] => self.text.push_str("servers"),
            ["security", ..] => self.text.push_str("security"),
            [.., "properties" | "items" | "schema", _] | [_, _, ..] => {
                let start = segments.len().min(2);
                let (head, rest) = segments.split_at(start);
                self.enter(head);
                self.text = head.last().map(|name| (*name).to_owned()).unwrap_or_default();
                self.schema(rest, "");
            }
            _ => self.text = segments.join("/"),
        }
    }

    fn item(&mut self, segments: &[&str]) {
        match segments {
            ["parameters", rest @ ..] => self.parameter(rest),
            ["servers", ..] => self.text.push_str(" servers"),
            ["additionalOperations", method, rest @ ..] => {
                self.enter(&["additionalOperations", method]);
                self.operation(method, rest);
            }
            [method, rest @ ..] => {
                self.enter(&[method]);
                self.operation(&method.to_uppercase(), rest);
            }
            [] => {}
        }
    }

    fn operation(&mut self, method: &str, segments: &[&str]) {
        self.text = format!("{method} {}", self.text);
        match segments {
            ["parameters", rest @ ..] => self.parameter(rest),
            ["requestBody", rest @ ..] => {
                self.enter(&["requestBody"]);
                self.text.push_str(" body");
                self.content(rest);
            }
            ["responses", status, rest @ ..] => {
                self.enter(&["responses", status]);
                self.text = format!("{} {status}", self.text);
                self.response(rest);
            }
            ["callbacks", name, expression, rest @ ..] => {
                self.enter(&["callbacks", name, expression]);
                let outer = std::mem::replace(&mut self.text, format!("callback {name}"));
                self.item(rest);
                self.text = format!("{outer} {}", self.text);
            }
            ["callbacks", name] => self.text = format!("{} callback {name}", self.text),
            [section @ ("security" | "servers"), ..] => self.text = format!("{} {section}", self.text),
            _ => {}
        }
    }

    fn parameter(&mut self, segments: &[&str]) {
        let Some((index, rest)) = segments.split_first() else { return };
        self.enter(&["parameters", index]);
        let name = Located::new(self.document, self.node.clone())
            .and_then(|at| at.follow(self.document))
            .and_then(|at| Some(format!("{} {}", at.text("in")?, at.text("name")?)));
        self.text = format!("{} {}", self.text, name.unwrap_or_else(|| format!("parameter {index}")));
        self.content(rest);
    }

    fn response(&mut self, segments: &[&str]) {
        match segments {
            ["headers", name, rest @ ..] => {
                self.enter(&["headers", name]);
                self.text = format!("{} header {name}", self.text);
                self.content(rest);
            }
            rest => self.content(rest),
        }
    }

    /// Describes a place inside an object that has a schema, directly or in its `content`.
    fn content(&mut self, segments: &[&str]) {
        match segments {
            ["schema", rest @ ..] => {
                self.enter(&["schema"]);
                self.schema(rest, " ");
            }
            ["content", media_type, rest @ ..] => {
                self.enter(&["content"]);
                if self.value().and_then(Value::as_object).is_some_and(|content| content.len() > 1) || rest.is_empty() {
                    self.text = format!("{} {media_type}", self.text);
                }
                self.enter(&[media_type]);
                self.content(rest);
            }
            ["encoding", name, ..] => self.text = format!("{} {name}", self.text),
            _ => {}
        }
    }

    /// Describes a place inside a schema. `before` separates the words so far from the first property. If it is empty, a dot does.
    fn schema(&mut self, segments: &[&str], before: &str) {
        let dot = if before.is_empty() { "." } else { before };
        match segments {
            ["properties", name, rest @ ..] => self.step(&["properties", name], &format!("{dot}{name}"), rest),
            ["patternProperties", name, rest @ ..] => {
                self.step(&["patternProperties", name], &format!("{dot}/{name}/"), rest)
            }
            ["additionalProperties", rest @ ..] => self.step(&["additionalProperties"], &format!("{dot}*"), rest),
            ["items", rest @ ..] => self.step(&["items"], "[]", rest),
            ["prefixItems", index, rest @ ..] => self.step(&["prefixItems", index], &format!("[{index}]"), rest),
            ["allOf", index, rest @ ..] => {
                self.enter(&["allOf", index]);
                let at = Located::new(self.document, self.node.clone());
                if let Some(name) = at.as_ref().and_then(named).filter(|_| rest.is_empty()) {
                    self.text = format!("{} (allOf {name})", self.text);
                }
                self.schema(rest, before);
            }
            // A keyword that lists members adds no words.
            ["required", ..] => {}
            [key @ ("oneOf" | "anyOf"), index, rest @ ..] => {
                self.enter(&[key]);
                let name = self.alternative(index);
                self.enter(&[index]);
                self.text = format!("{} ({key} {name})", self.text);
                self.schema(rest, "");
            }
            [section @ ("$defs" | "definitions" | "dependentSchemas"), name, rest @ ..] => {
                self.step(&[section, name], &format!("{dot}{name}"), rest)
            }
            [key, rest @ ..] => self.step(&[key], &format!(" {key}"), rest),
            [] => {}
        }
    }

    /// The words for an alternative of the list that has been reached. If another one has the same words, its index is added.
    fn alternative(&self, index: &str) -> String {
        let at = |index: &str| Located::new(self.document, self.node.join(index));
        let Some(name) = at(index).as_ref().and_then(called) else { return index.to_owned() };
        let count = self.value().and_then(Value::as_array).map_or(0, Vec::len);
        let alike = (0..count).filter(|other| at(&other.to_string()).as_ref().and_then(called).as_ref() == Some(&name));
        if alike.take(2).count() > 1 { format!("{name} {index}") } else { name }
    }

    fn step(&mut self, segments: &[&str], text: &str, rest: &[&str]) {
        self.enter(segments);
        self.text.push_str(text);
        self.schema(rest, "");
    }
}
