//! Path templates: their parameters, and which templates are the same path.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::Lower;
use crate::diagnostics::{Mend, Severity, codes};
use crate::document::server_url::is_dot_segment;
use crate::document::{Document, Node, PathOperation};
use crate::path_template::without_names;

impl Lower<'_> {
    /// Reports paths that differ only in the names of their parameters, because OpenAPI counts them as one (3.1.1, 4.8.8.2). Reports
    /// fragments, which some documents use to tell operations of one path apart, and braces without their partner.
    pub(in crate::lower) fn check_templates(&mut self) {
        let node = self.document.top("paths");
        let Some(Value::Object(paths)) = self.document.value(&node) else { return };
        let mut seen: HashMap<String, &str> = HashMap::new();
        for path in paths.keys() {
            let mut report = |code, message: String, help: &str| {
                let diagnostic = self.document.diagnostic(Severity::Warning, code, message, &node.join(path));
                self.out.push(diagnostic.about_key().help(help));
            };
            if let Some((_, fragment)) = path.split_once('#') {
                let message =
                    format!("the fragment `#{fragment}` of the path is not sent: it is not part of a request");
                report(codes::PATH_FRAGMENT, message, "remove it, unless the rest is another path of the document");
            }
            let without_query = sent(path).split('?').next().unwrap_or_default();
            if without_query.split('/').any(is_dot_segment) {
                let message = format!("the path `{path}` has a dot segment: calls of its operations are refused");
                report(codes::DOT_SEGMENT, message, "write the path to which it leads");
            }
            if !is_closed(path) {
                let message = format!("the path `{path}` has a bracket without its partner: it is sent as text");
                report(codes::PATH_BRACKET, message, "write each parameter as `{name}`");
                continue;
            }
            let first = *seen.entry(without_names(path)).or_insert(path);
            if first != path {
                let message =
                    format!("`{path}` and `{first}` are one path: they differ in the names of parameters alone");
                let diagnostic =
                    self.document.diagnostic(Severity::Warning, codes::IDENTICAL_PATHS, message, &node.join(path));
                self.out.push(diagnostic.help(format!("move its operations below `{first}`")));
            }
        }
    }

    /// Reports parameters of a path that are not declared. If no operation of the path declares a parameter, it is reported once, for the
    /// whole path. Otherwise it is reported for each operation that does not declare it.
    pub(in crate::lower) fn undeclared_parameters(&mut self, names: &[&str], from: &PathOperation) {
        if names.is_empty() {
            return;
        }
        let (document, item) = (self.document, path_item(&from.node));
        // A declaration that cannot be read has been reported already.
        let unreadable = |place: Option<&str>| !matches!(place, Some("query" | "header" | "cookie"));
        let reported: HashSet<&str> =
            [&item, &from.node].into_iter().flat_map(|holder| listed(document, holder, unreadable)).collect();
        let keys = document.value(&item).and_then(Value::as_object).into_iter().flatten();
        let operations: Vec<Node> = keys.map(|(key, _)| item.join(key)).collect();
        let of_others: HashSet<&str> = operations
            .iter()
            .flat_map(|operation| listed(document, operation, |place| place == Some("path")))
            .collect();
        for name in names.iter().filter(|name| !reported.contains(*name)) {
            let at = if of_others.contains(name) { &from.node } else { &item };
            if name.is_empty() {
                let message = format!("the path `{}` has braces without a name: read as a string parameter", from.path);
                let diagnostic = document.diagnostic(Severity::Warning, codes::UNDECLARED_PARAMETER, message, at);
                let help = "write a name between the braces, and declare it in `parameters`";
                self.out.push(diagnostic.about_key().help(help));
                continue;
            }
            let message = format!("the path parameter `{name}` is not declared: read as a string");
            let diagnostic = document.diagnostic(Severity::Warning, codes::UNDECLARED_PARAMETER, message, at);
            let help = format!("add `{{name: {name}, in: path, required: true, …}}` to `parameters` here");
            let declared = json!([{"name": name, "in": "path", "required": true, "schema": {"type": "string"}}]);
            let put = Mend::Put("parameters".to_owned(), declared);
            self.out.push(document.mended(diagnostic.help(help), at, put));
        }
    }
}

/// The names of the parameters that an operation or a path item lists. Takes only the parameters whose `in` fits.
fn listed<'d>(document: &'d Document, holder: &Node, fits: impl Fn(Option<&str>) -> bool) -> Vec<&'d str> {
    let list = holder.join("parameters");
    let entries = document.value(&list).and_then(Value::as_array).map_or(0, Vec::len);
    let parameters = (0..entries).filter_map(|index| {
        let target = document.follow(&list.join(index)).ok()?;
        let parameter = document.value(&target)?;
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        text("name").filter(|_| fits(text("in")))
    });
    parameters.collect()
}

/// A path as it is sent, without a fragment (RFC 3986, 3.5).
pub(in crate::lower) fn sent(path: &str) -> &str {
    path.split_once('#').map_or(path, |(sent, _)| sent)
}

/// The path item that holds an operation.
fn path_item(operation: &Node) -> Node {
    let parent = operation.pointer.parent();
    let pointer = if parent.last() == Some("additionalOperations") { parent.parent() } else { parent };
    Node { file: operation.file, pointer }
}

/// Whether each `{` of a path has its `}`.
fn is_closed(path: &str) -> bool {
    let brackets: Vec<char> = path.chars().filter(|c| matches!(c, '{' | '}')).collect();
    brackets.chunks(2).all(|pair| pair == ['{', '}'])
}
