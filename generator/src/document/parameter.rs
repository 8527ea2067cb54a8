//! What a parameter object must be beyond its members' kinds (OpenAPI 3.1.1, 4.8.12): `in` and `style` that go together, and
//! either a schema or one media type. Headers of replies are read likewise (4.8.21).

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::conformed::{Conformed, Object};
use super::{Document, Node, Version};
use crate::diagnostics::{Code, Diagnostics, Mend, Severity, codes};
use crate::similar::nearest;

/// The values of `in`, each with the styles it may have, the default first (4.8.12.2).
const LOCATIONS: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", COOKIE]),
];

/// The style and `explode` of a parameter, with the defaults of its location (4.8.12.2).
pub(crate) fn settled_style<'s>(location: &str, style: Option<&'s str>, explode: Option<bool>) -> (&'s str, bool) {
    let styles = LOCATIONS.iter().find(|(known, _)| *known == location).map(|(_, styles)| *styles);
    let style = style.or_else(|| styles?.first().copied()).unwrap_or("form");
    // `deepObject` has only an exploded form, so this is also its default.
    (style, explode.unwrap_or(matches!(style, "form" | "deepObject")))
}

/// Whether other parts of a request set the header: `Accept`, `Content-Type` and `Authorization` (4.8.12.1), and the headers that say where
/// the body ends (RFC 9112, 6).
pub(crate) fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization", "content-length", "transfer-encoding", "connection"]
        .contains(&name.to_ascii_lowercase().as_str())
}

/// Removes and reports a style that parameters of this location cannot have. `what` is what has the style.
pub(super) fn check_style(
    document: &Document,
    read: &mut Object<'_>,
    location: &str,
    what: &str,
    out: &mut Diagnostics,
) {
    let styles = LOCATIONS.iter().find(|(known, _)| *known == location).map_or(&[][..], |(_, styles)| *styles);
    let Some(style) = read.text("style").filter(|style| !styles.contains(style)) else { return };
    let default = styles.first().copied().unwrap_or_default();
    let message = format!("{what} cannot have the style `{style}`: read as `{default}`");
    let at = read.node.join("style");
    let diagnostic = document.diagnostic(Severity::Warning, codes::STYLE_LOCATION, message, &at);
    out.push(diagnostic.help(one_of(styles)));
    read.take("style");
}

/// What to write instead of a style that is not in the list.
fn one_of(styles: &[&str]) -> String {
    match styles {
        [only] => format!("write `{only}`"),
        _ => format!("write one of {}", styles.join(", ")),
    }
}

/// The location of a parameter without `in`: the path if the path names it, else the query.
pub(super) fn location(parameter: &Map<String, Value>, node: &Node) -> &'static str {
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
    match node.pointer.segments().as_slice() {
        ["paths", path, ..] if path.contains(&format!("{{{name}}}")) => "path",
        _ => "query",
    }
}

/// The style `cookie` of 3.2. It is `form` here, because `form` in a cookie encodes only what no cookie can hold.
const COOKIE: &str = "cookie";

/// Repairs a parameter so that it can be read. `None` if it says too little to be sent.
pub(super) fn check(document: &Document, read: &mut Object<'_>, out: &mut Diagnostics) -> Option<()> {
    let node = &read.node.clone();
    let mut report = |severity, code, message: String, at: &Node, help: String| {
        out.push(document.diagnostic(severity, code, message, at).help(help));
    };
    let name = read.text("name").unwrap_or_default().to_owned();
    if name.is_empty() {
        let message = "a parameter's `name` must not be empty".to_owned();
        report(Severity::Error, codes::EMPTY_NAME, message, &node.join("name"), "name the parameter".to_owned());
        return None;
    }
    let location = read.text("in").unwrap_or_default().to_owned();
    if location == "querystring" {
        return query_string(read, &mut report);
    }
    if !LOCATIONS.iter().any(|(known, _)| *known == location) {
        let message = format!("`{location}` is no place for a parameter");
        let help = match (location.as_str(), nearest(&location, LOCATIONS.iter().map(|(known, _)| *known))) {
            ("body" | "formData", _) => "use `requestBody` in OpenAPI 3".to_owned(),
            (_, Some(near)) => format!("did you mean `{near}`?"),
            (_, None) => "write one of path, query, header, cookie".to_owned(),
        };
        report(Severity::Error, codes::UNKNOWN_LOCATION, message, &node.join("in"), help);
        return None;
    }
    if read.text("style") == Some(COOKIE) && location == "cookie" {
        read.take("style");
    }
    check_style(document, read, &location, &format!("a {location} parameter"), out);
    let mut report = |severity, code, message: String, at: &Node, help: String| {
        out.push(document.diagnostic(severity, code, message, at).help(help));
    };
    if location == "path" && read.flag("required") != Some(true) {
        let message = format!("the path parameter `{name}` must be `required: true`: read as that");
        report(Severity::Warning, codes::REPAIRED, message, node, "add `required: true`".to_owned());
        read.put("required", Conformed::Flag(true));
    }
    vain(document.version(), read, &location, &mut report);
    let (style, explode) = settled_style(&location, read.text("style"), read.flag("explode"));
    let style = Conformed::Text(Cow::Owned(style.to_owned()));
    read.put("style", style);
    read.put("explode", Conformed::Flag(explode));
    format(read, &name, &mut report);
    Some(())
}

/// Repairs a header of a reply so that it can be read.
pub(super) fn check_header(document: &Document, read: &mut Object<'_>, out: &mut Diagnostics) {
    check_style(document, read, "header", "a header parameter", out);
    if !read.has("schema") && !read.has("content") {
        let message = "this header has neither `schema` nor `content`: read as a string".to_owned();
        let diagnostic = document.diagnostic(Severity::Warning, codes::REPAIRED, message, &read.node);
        let mend = Mend::Put("schema".to_owned(), json!({"type": "string"}));
        out.push(document.mended(diagnostic.help("add `schema: {type: string}`"), &read.node, mend));
        read.push("schema", Conformed::Schema(read.node.join("schema")));
    }
}

/// A parameter that is the whole query (3.2, 4.12.1). It becomes a query parameter whose members are written like those of a form.
fn query_string(read: &mut Object<'_>, report: &mut impl FnMut(Severity, Code, String, &Node, String)) -> Option<()> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let mut form = read.take_map("content").find_map(|(name, media_type)| media_type.object().filter(|_| name == FORM));
    let Some(schema) = form.as_mut().and_then(|form| form.take_schema("schema")) else {
        let message = format!("a query string is emitted as `{FORM}` alone");
        let help = format!("give it a `content` of `{FORM}` with a schema, or describe parameters of their own");
        report(Severity::Error, codes::QUERY_STRING, message, &read.node, help);
        return None;
    };
    if form.is_some_and(|form| form.has("encoding")) {
        let message =
            "the encodings of a query string are not honoured: lists are repeated, objects are JSON".to_owned();
        let at = read.node.join("content").join(FORM).join("encoding");
        report(Severity::Warning, codes::ENCODING, message, &at, "describe parameters of their own".to_owned());
    }
    read.put("schema", Conformed::Schema(schema));
    Some(())
}

/// Reports what has no effect: flags that are only for the query, `allowEmptyValue`, and `explode` of a style that has no exploded form
/// (4.8.12.4).
fn vain(
    version: Version,
    read: &Object<'_>,
    location: &str,
    report: &mut impl FnMut(Severity, Code, String, &Node, String),
) {
    let (set, node) = (|key: &str| read.flag(key) == Some(true), &read.node);
    for key in ["allowReserved", "allowEmptyValue"].into_iter().filter(|key| set(key) && location != "query") {
        // From 3.2 on, `allowReserved` applies to everything that is percent-encoded. In a cookie, reserved characters are never encoded.
        let message = match (key, version, location) {
            ("allowReserved", Version::V32, "cookie") => continue,
            ("allowReserved", Version::V32, "path") => {
                "`allowReserved` is not honoured in a path: reserved characters are percent-encoded".to_owned()
            }
            ("allowReserved", Version::V32, _) => {
                "`allowReserved` has no effect on a header, which is never percent-encoded: it is ignored".to_owned()
            }
            _ => format!("`{key}` is for query parameters alone: it is ignored"),
        };
        report(Severity::Warning, codes::NO_EFFECT, message, &node.join(key), format!("remove `{key}`"));
    }
    if set("allowEmptyValue") && location == "query" {
        let message = "`allowEmptyValue` is not honoured: a value that is no text cannot be sent empty".to_owned();
        let help = "add the empty string to what the schema admits".to_owned();
        report(Severity::Warning, codes::ALLOW_EMPTY_VALUE, message, &node.join("allowEmptyValue"), help);
    }
    let style = read.text("style").unwrap_or_default();
    if matches!(style, "spaceDelimited" | "pipeDelimited") && set("explode") {
        let message = format!("the style `{style}` has no exploded form: written as the style `form`, exploded");
        report(Severity::Warning, codes::STYLE_EXPLODE, message, &node.join("explode"), "remove `explode`".to_owned());
    }
}

/// Checks that there is either `schema` or `content`. If both are there, removes `content`.
fn format(read: &mut Object<'_>, name: &str, report: &mut impl FnMut(Severity, Code, String, &Node, String)) {
    if read.keys_of("content").next().is_none() {
        read.take("content");
    }
    let at = read.node.join("content");
    match (read.has("schema"), read.has("content")) {
        (true, true) => {
            let message = format!("the parameter `{name}` has both `schema` and `content`: `content` is ignored");
            report(Severity::Error, codes::SCHEMA_AND_CONTENT, message, &at, "keep one of them".to_owned());
            read.take("content");
        }
        (false, false) => {
            let message = format!("the parameter `{name}` has neither `schema` nor `content`: read as a string");
            report(Severity::Warning, codes::NO_SCHEMA, message, &read.node, "add `schema: {type: string}`".to_owned());
        }
        (false, true) => {
            let mut media_types = read.keys_of("content");
            if let (Some(first), Some(_)) = (media_types.next(), media_types.next()) {
                let message =
                    format!("the `content` of the parameter `{name}` has several media types: read as `{first}`");
                let help = "keep one of them (4.8.12.2.2)".to_owned();
                report(Severity::Warning, codes::IMPLAUSIBLE, message, &at, help);
            }
        }
        _ => {}
    }
}
