//! A parsed file to a [`Document`]: its version checked, its overlay applied, its other files loaded.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::extension::odd_extension;
use super::inline::Inlined;
use super::shape::{self, Kind};
use super::unknown::unknown_member;
use super::{Anchor, Document, Node, Tree, Version, files, other_format, recursive, subset, texts};
use crate::choices::Choices;
use crate::diagnostics::{Diagnostics, FileId, Mend, Severity, codes};
use crate::overlay::{self, Origins};
use crate::pointer::Pointer;
use crate::source::{Loader, Sources};
use crate::trail::Trail;

/// Makes a document of a parsed file: applies the overlay, loads the other files, keeps the chosen operations. `None` if it is not an
/// OpenAPI document of a known version, which is reported.
pub fn load(
    file: FileId,
    overlay: Option<FileId>,
    choices: Choices,
    loader: &dyn Loader,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Option<Document> {
    let tree = match overlay {
        Some(overlay) => {
            let applied = overlay::apply(file, overlay, sources, out);
            Tree::new(file, Arc::new(applied.root), applied.origins)
        }
        None => Tree::new(file, Arc::clone(&sources.file(file).root), Origins::document(file)),
    };
    let trees = HashMap::from([(file, tree)]);
    let mut document = Document {
        root: file,
        version: Version::V31,
        trees,
        paths: HashMap::new(),
        inlined: Inlined::default(),
        sources: sources.clone(),
        choices,
        chosen: None,
    };
    document.version = version(&document, out)?;
    files::load(&mut document, loader, sources, out);
    check_top(&document, out);
    document.sources = sources.clone();
    subset::select(&mut document, out);
    texts::mend(&mut document, out);
    Some(document)
}

fn version(document: &Document, out: &mut Diagnostics) -> Option<Version> {
    let root = document.value(&document.root())?;
    let fault = |code, message: String, node: &Node, help: &str| {
        document.diagnostic(Severity::Error, code, message, node).help(help)
    };
    if let Some(swagger) = root.get("swagger") {
        let node = document.top("swagger");
        let message = format!("this is a Swagger {} document, not OpenAPI 3", text_of(swagger));
        out.push(fault(
            codes::SWAGGER_2,
            message,
            &node,
            "convert it to OpenAPI 3.0 or 3.1 first, with swagger2openapi for example",
        ));
        return None;
    }
    let Some(value) = root.get("openapi") else {
        let (message, help) = match other_format::known(root) {
            Some((what, help)) => (format!("this is {what}, not an OpenAPI document"), help),
            None => {
                let help = "begin the document with `openapi: 3.1.1`";
                ("this is not an OpenAPI document: `openapi` is missing".to_owned(), help)
            }
        };
        out.push(fault(codes::NOT_OPENAPI, message, &document.root(), help));
        return None;
    };
    let node = document.top("openapi");
    let text = value.as_str().map_or_else(|| document.written(&node, value), str::to_owned);
    if !value.is_string() && !value.is_number() {
        let message = format!("`openapi` must be a string, found {}", super::kind_of(value));
        out.push(fault(codes::NOT_OPENAPI, message, &node, "write the version, as in `openapi: 3.1.1`"));
        return None;
    }
    let version = match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
        ["3", "0"] => Version::V30,
        ["3", "1"] => Version::V31,
        ["3", "2"] => Version::V32,
        _ => {
            let message = format!("openapi {text} is not supported (3.0.x, 3.1.x and 3.2.x are)");
            out.push(fault(codes::UNSUPPORTED_VERSION, message, &node, "convert the document to OpenAPI 3.0 or 3.1"));
            return None;
        }
    };
    if version == Version::V32 {
        let message = "OpenAPI 3.2 is read as 3.1, with what of its additions is known".to_owned();
        out.push(document.diagnostic(Severity::Warning, codes::VERSION_3_2, message, &node));
    }
    if !value.is_string() {
        let message = format!("`openapi` must be a string, found {}: read as {text}", super::kind_of(value));
        let diagnostic = document.diagnostic(Severity::Warning, codes::VERSION_NOT_TEXT, message, &node);
        out.push(document.mended(diagnostic.help("put it in quotes"), &node, Mend::Write(Value::from(text))));
    }
    Some(version)
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Reports members of the document and of its `components` that OpenAPI does not have.
fn check_top(document: &Document, out: &mut Diagnostics) {
    check_keys(document, &document.root(), "the document", shape::OPENAPI_MEMBERS, out);
    check_keys(document, &document.top("components"), "components", shape::COMPONENTS_MEMBERS, out);
    let objects = Kind::Map(&Kind::Unread);
    for (key, kind) in [("webhooks", &objects), ("tags", &Kind::List(&Kind::Unread)), ("externalDocs", &objects)] {
        document.conformed(&document.top(key), kind, out);
    }
    for section in shape::COMPONENTS_MEMBERS {
        // Schemas and security schemes are checked one by one when they are read, and examples are never read.
        let kind = match *section {
            "examples" | "schemas" | "securitySchemes" => &objects,
            _ => &Kind::Map(&Kind::Map(&Kind::Unread)),
        };
        document.conformed(&document.top("components").join(section), kind, out);
    }
    let node = document.top("jsonSchemaDialect");
    if let Some(dialect) = document.value(&node).and_then(Value::as_str).filter(|it| !is_known_dialect(it)) {
        let message = format!("the dialect `{dialect}` is not known: schemas are read as JSON Schema 2020-12");
        out.push(document.diagnostic(Severity::Warning, codes::UNKNOWN_DIALECT, message, &node));
    }
    let node = document.top("$self");
    if document.value(&node).is_some() {
        let message = "`$self` is not honoured: references are relative to the file".to_owned();
        out.push(document.diagnostic(Severity::Warning, codes::SELF, message, &node));
    }
}

/// OpenAPI's own dialects and the one that they extend.
fn is_known_dialect(uri: &str) -> bool {
    uri.starts_with("https://spec.openapis.org/oas/3.")
        || uri.trim_end_matches('#').ends_with("json-schema.org/draft/2020-12/schema")
}

fn check_keys(document: &Document, node: &Node, what: &str, known: &[&str], out: &mut Diagnostics) {
    let Some(Value::Object(members)) = document.value(node) else { return };
    out.extend(members.keys().filter_map(|key| odd_extension(document, node, key)));
    for key in members.keys().filter(|key| !key.starts_with("x-") && !known.contains(&key.as_str())) {
        out.push(unknown_member(document, node, what, key, known));
    }
}

impl Tree {
    pub(super) fn new(file: FileId, mut value: Arc<Value>, origins: Origins) -> Self {
        let mut anchors = Anchors::default();
        anchors.collect(&value, file, &Trail::ROOT, &Pointer::root());
        anchors.recursive.iter().rev().for_each(|anchor| recursive::resolve(Arc::make_mut(&mut value), anchor));
        Self { value, origins, anchors: anchors.named, ambiguous: anchors.ambiguous, files: HashMap::new() }
    }
}

/// Schemas to which references can refer by a name, and not only by their place.
#[derive(Default)]
struct Anchors {
    named: HashMap<String, Vec<Anchor>>,
    dynamic: HashSet<String>,
    /// The names that several schemas have as their `$dynamicAnchor`.
    ambiguous: HashSet<String>,
    /// The schemas with `$recursiveAnchor: true`, in document order.
    recursive: Vec<Pointer>,
}

impl Anchors {
    /// Collects the names in a value. `resource` is the schema with a `$id` that contains it.
    fn collect(&mut self, value: &Value, file: FileId, trail: &Trail<'_>, resource: &Pointer) {
        match value {
            Value::Object(members) => {
                let own = members.get("$id").filter(|id| id.is_string()).map(|_| trail.pointer());
                let resource = own.as_ref().unwrap_or(resource);
                for (key, member) in members {
                    match (key.as_str(), member) {
                        ("$anchor", Value::String(name)) => self.name(name, file, trail, resource.clone()),
                        ("$dynamicAnchor", Value::String(name)) => {
                            self.name(name, file, trail, resource.clone());
                            if !self.dynamic.insert(name.clone()) {
                                self.ambiguous.insert(name.clone());
                            }
                        }
                        // `$id` names a whole schema. Other schemas of the document refer to it by this name.
                        ("$id", Value::String(id)) => {
                            self.name(id.trim_end_matches('#'), file, trail, Pointer::root());
                        }
                        ("$recursiveAnchor", Value::Bool(true)) => self.recursive.push(trail.pointer()),
                        _ => {}
                    }
                }
                let nested = members.iter().filter(|(_, member)| member.is_object() || member.is_array());
                nested.for_each(|(key, member)| self.collect(member, file, &trail.member(key), resource));
            }
            Value::Array(elements) => {
                let nested = elements.iter().enumerate();
                let nested = nested.filter(|(_, element)| element.is_object() || element.is_array());
                nested.for_each(|(index, element)| self.collect(element, file, &trail.element(index), resource));
            }
            _ => {}
        }
    }

    fn name(&mut self, name: &str, file: FileId, trail: &Trail<'_>, resource: Pointer) {
        let node = Node { file, pointer: trail.pointer() };
        self.named.entry(name.to_owned()).or_default().push(Anchor { node, resource });
    }
}
