//! What a parameter object must be beyond its members' kinds (OpenAPI 3.1.1, 4.8.12): `in` and `style` that go together, and
//! either a schema or one media type. Headers of replies are read likewise (4.8.21).

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::conformed::{Conformed, Object};
use super::{Document, Node, Version};
use crate::diagnostics::{Code, Diagnostics, Mend, Severity, codes};
use crate::media_type::{Kind, MediaType};
use crate::similar::nearest;

/// The values of `in`, each with the styles it may have, the default first (4.8.12.2).
const LOCATIONS: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", COOKIE]),
];

/// The style and `explode` of a parameter, with the defaults of its location (4.8.12.2).
pub fn settled_style<'s>(location: &str, style: Option<&'s str>, explode: Option<bool>) -> (&'s str, bool) {
    let styles = LOCATIONS.iter().find(|(known, _)| *known == location).map(|(_, styles)| *styles);
    let style = style.or_else(|| styles?.first().copied()).unwrap_or("form");
    // `deepObject` has only an exploded form, whatever `explode` says.
    (style, style == "deepObject" || explode.unwrap_or(style == "form"))
}

/// Whether other parts of a request set the header: `Accept`, `Content-Type` and `Authorization` (4.8.12.1), and the headers that say where
/// the body ends (RFC 9112, 6).
pub fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization", "content-length", "transfer-encoding", "connection"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// The style `cookie` of 3.2. It is `form` here, because `form` in a cookie encodes only what no cookie can hold.
const COOKIE: &str = "cookie";

/// The place of a parameter without `in`: the path if the path names it, else the query.
pub(super) fn guessed_location(parameter: &Map<String, Value>, node: &Node) -> &'static str {
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
    match node.pointer.segments().as_slice() {
        ["paths", path, ..] if path.contains(&format!("{{{name}}}")) => "path",
        _ => "query",
    }
}

/// Repairs an object so that it can be read, and reports what it repairs.
pub(super) struct Repair<'r, 'd> {
    pub document: &'d Document,
    pub read: &'r mut Object<'d>,
    pub out: &'r mut Diagnostics,
}

impl Repair<'_, '_> {
    /// Repairs a parameter. `None` if it says too little to be sent.
    pub(super) fn parameter(&mut self) -> Option<()> {
        let name = self.read.text("name").unwrap_or_default().to_owned();
        if name.is_empty() {
            self.error(codes::EMPTY_NAME, "a parameter's `name` must not be empty", &["name"], "name the parameter");
            return None;
        }
        let location = self.read.text("in").unwrap_or_default().to_owned();
        if location == "querystring" {
            return self.query_string(&name);
        }
        if !LOCATIONS.iter().any(|(known, _)| *known == location) {
            let help = match (location.as_str(), nearest(&location, LOCATIONS.iter().map(|(known, _)| *known))) {
                ("body" | "formData", _) => "use `requestBody` in OpenAPI 3".to_owned(),
                (_, Some(near)) => format!("did you mean `{near}`?"),
                (_, None) => "write one of path, query, header, cookie".to_owned(),
            };
            let message = format!("`{location}` is not a place for a parameter");
            self.error(codes::UNKNOWN_LOCATION, message, &["in"], help);
            return None;
        }
        if self.read.text("style") == Some(COOKIE) && location == "cookie" {
            self.read.take("style");
        }
        self.style(&location, &format!("a {location} parameter"));
        if location == "path" && self.read.flag("required") != Some(true) {
            let message = format!("the path parameter `{name}` must be `required: true`: read as that");
            self.warn(codes::REPAIRED, message, &[], "add `required: true`");
            self.read.put("required", Conformed::Flag(true));
        }
        self.check_effects(&location);
        let (style, explode) = settled_style(&location, self.read.text("style"), self.read.flag("explode"));
        let style = Conformed::Text(Cow::Owned(style.to_owned()));
        self.read.put("style", style);
        self.read.put("explode", Conformed::Flag(explode));
        let what = format!("the parameter `{name}`");
        if !self.has_one_form(&what) {
            let message = format!("{what} has neither `schema` nor `content`: read as a string");
            self.warn(codes::NO_SCHEMA, message, &[], "add `schema: {type: string}`");
            self.add_schema();
        }
        Some(())
    }

    /// Repairs a header of a reply.
    pub(super) fn header(&mut self) {
        self.style("header", "a header parameter");
        if !self.has_one_form("this header") {
            let message = "this header has neither `schema` nor `content`: read as a string".to_owned();
            let diagnostic = self.document.diagnostic(Severity::Warning, codes::REPAIRED, message, &self.read.node);
            let mend = Mend::Put("schema".to_owned(), json!({"type": "string"}));
            let diagnostic = diagnostic.help("add `schema: {type: string}`");
            self.out.push(self.document.mended(diagnostic, &self.read.node, mend));
            self.add_schema();
        }
    }

    /// Removes and reports a style that parameters of this place cannot have. `what` is what has the style.
    pub(super) fn style(&mut self, location: &str, what: &str) {
        let styles = LOCATIONS.iter().find(|(known, _)| *known == location).map_or(&[][..], |(_, styles)| *styles);
        let Some(style) = self.read.text("style").filter(|style| !styles.contains(style)) else { return };
        let default = styles.first().copied().unwrap_or_default();
        let message = format!("{what} cannot have the style `{style}`: read as `{default}`");
        self.warn(codes::STYLE_LOCATION, message, &["style"], one_of(styles));
        self.read.take("style");
    }

    /// A parameter that is the whole query (3.2, 4.12.1). It becomes a query parameter whose members are written like those of a form.
    fn query_string(&mut self, name: &str) -> Option<()> {
        if self.read.take("schema").is_some() {
            let message = format!("the query string `{name}` is described by its `content`: `schema` is ignored");
            self.error(codes::SCHEMA_AND_CONTENT, message, &["schema"], "remove it");
        }
        self.has_one_form(&format!("the parameter `{name}`"));
        let is_form = |name: &str| MediaType::of(name).kind() == Kind::Form;
        let form = self.read.take_map("content").find(|(name, _)| is_form(name));
        let form = form.and_then(|(name, form)| Some((name, form.object()?)));
        let schema = form.as_ref().and_then(|(_, form)| form.schema("schema"));
        let (Some((media_type, form)), Some(schema)) = (&form, schema) else {
            let message = format!("a query string is emitted as `{FORM}` alone");
            let help = format!("give it a `content` of `{FORM}` with a schema, or describe parameters of their own");
            self.error(codes::QUERY_STRING, message, &[], help);
            return None;
        };
        if form.has("encoding") {
            let message = "the encodings of a query string are not honoured: lists are repeated, objects are JSON";
            let at = ["content", media_type, "encoding"];
            self.warn(codes::ENCODING, message, &at, "describe parameters of their own");
        }
        self.read.put("schema", Conformed::Schema(schema.clone()));
        Some(())
    }

    /// Reports what has no effect: flags that are only for the query, `allowEmptyValue`, and `explode` of a style that has no exploded form
    /// (4.8.12.4).
    fn check_effects(&mut self, location: &str) {
        let set = |read: &Object<'_>, key: &str| read.flag(key) == Some(true);
        for key in ["allowReserved", "allowEmptyValue"] {
            if !set(self.read, key) || location == "query" {
                continue;
            }
            // From 3.2 on, `allowReserved` applies to everything that is percent-encoded. In a cookie, reserved characters are never encoded.
            let message = match (key, self.document.version(), location) {
                ("allowReserved", Version::V32, "cookie") => continue,
                ("allowReserved", Version::V32, "path") => {
                    "`allowReserved` is not honoured in a path: reserved characters are percent-encoded".to_owned()
                }
                ("allowReserved", Version::V32, _) => {
                    "`allowReserved` has no effect on a header, which is never percent-encoded: it is ignored"
                        .to_owned()
                }
                _ => format!("`{key}` is for query parameters alone: it is ignored"),
            };
            self.warn(codes::NO_EFFECT, message, &[key], format!("remove `{key}`"));
        }
        if set(self.read, "allowEmptyValue") && location == "query" {
            let message = "`allowEmptyValue` is not honoured: a value other than a text cannot be sent empty";
            let help = "add the empty string to what the schema admits";
            self.warn(codes::ALLOW_EMPTY_VALUE, message, &["allowEmptyValue"], help);
        }
        let style = self.read.text("style").unwrap_or_default();
        if matches!(style, "spaceDelimited" | "pipeDelimited") && set(self.read, "explode") {
            let message = format!("the style `{style}` has no exploded form: written as the style `form`, exploded");
            self.warn(codes::STYLE_EXPLODE, message, &["explode"], "remove `explode`");
        }
    }

    /// Whether there is either `schema` or `content`. If both are there, removes `content`.
    fn has_one_form(&mut self, what: &str) -> bool {
        if self.read.keys_of("content").next().is_none() {
            self.read.take("content");
        }
        match (self.read.has("schema"), self.read.has("content")) {
            (true, true) => {
                let message = format!("{what} has both `schema` and `content`: `content` is ignored");
                self.error(codes::SCHEMA_AND_CONTENT, message, &["content"], "keep one of them");
                self.read.take("content");
            }
            (false, true) => {
                let media_types: Vec<&str> = self.read.keys_of("content").collect();
                if let [first, _, ..] = media_types.as_slice() {
                    let message = format!("the `content` of {what} has several media types: read as `{first}`");
                    self.warn(codes::IMPLAUSIBLE, message, &["content"], "keep one of them (4.8.12.2.2)");
                }
            }
            (true, false) => {}
            (false, false) => return false,
        }
        true
    }

    /// Adds the place where the schema is missing.
    fn add_schema(&mut self) {
        let place = self.read.node.join("schema");
        self.read.push("schema", Conformed::Schema(place));
    }

    fn warn(&mut self, code: Code, message: impl Into<String>, below: &[&str], help: impl Into<String>) {
        self.report(Severity::Warning, code, message.into(), below, help.into());
    }

    fn error(&mut self, code: Code, message: impl Into<String>, below: &[&str], help: impl Into<String>) {
        self.report(Severity::Error, code, message.into(), below, help.into());
    }

    fn report(&mut self, severity: Severity, code: Code, message: String, below: &[&str], help: String) {
        let at = below.iter().fold(self.read.node.clone(), |node, segment| node.join(segment));
        self.out.push(self.document.diagnostic(severity, code, message, &at).help(help));
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// What to write instead of a style that is not in the list.
fn one_of(styles: &[&str]) -> String {
    match styles {
        [only] => format!("write `{only}`"),
        _ => format!("write one of {}", styles.join(", ")),
    }
}
