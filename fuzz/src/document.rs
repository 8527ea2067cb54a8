//! Documents that are OpenAPI by their structure, and hostile in every place where a text may stand.
//!
//! Takes the fuzzer's bytes, gives a document with paths, parameters of all styles, bodies, responses, security and schemas that
//! refer to each other. Most of them generate; those that do not are wrong as documents are in practice.

use std::fmt;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::schema::{Known, reference};
use crate::text::{name, prose, template_name};

/// A document.
#[derive(Clone)]
pub struct Document(Value);

impl Document {
    /// What it says.
    pub(crate) fn value_mut(&mut self) -> &mut Value {
        &mut self.0
    }

    /// Its text.
    pub fn json(&self) -> Vec<u8> {
        self.0.to_string().into_bytes()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

const STYLES: &[&str] = &["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "odd"];

const STATUSES: &[&str] = &["200", "201", "204", "2XX", "400", "404", "4XX", "500", "default", "99"];

const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/problem+json",
    "text/plain",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/event-stream",
    "application/xml",
    "*/*",
    "",
];

impl<'a> Arbitrary<'a> for Document {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut names = Vec::new();
        for _ in 0..u.int_in_range(0..=5)? {
            names.push(name(u)?);
        }
        let writer = Writer { known: Known { names: &names } };
        let mut schemas = Map::new();
        for name in &names {
            schemas.insert(name.clone(), writer.known.schema(u, 0)?);
        }
        let security = writer.security_schemes(u)?;
        let version = u.choose(&["3.1.1", "3.1.0", "3.0.3", "3.2.0"])?;
        let mut document = json!({
            "openapi": version,
            "info": { "title": prose(u)?, "version": prose(u)?, "description": prose(u)? },
        });
        document["paths"] = writer.paths(u)?;
        document["components"] = json!({ "schemas": schemas, "securitySchemes": security });
        if u.arbitrary()? {
            document["servers"] =
                json!([{ "url": format!("https://example.com/{}", prose(u)?), "description": prose(u)? }]);
        }
        Ok(Self(document))
    }
}

struct Writer<'k> {
    known: Known<'k>,
}

impl Writer<'_> {
    fn paths(&self, u: &mut Unstructured<'_>) -> Result<Value> {
        let mut paths = Map::new();
        for _ in 0..u.int_in_range(0..=3)? {
            let mut template = format!("/{}", template_name(u)?);
            let mut parameters = Vec::new();
            for _ in 0..u.int_in_range(0..=2)? {
                let name = template_name(u)?;
                template.push_str(&format!("/{{{name}}}"));
                parameters.push(self.parameter(u, name, "path")?);
            }
            let mut item = Map::new();
            item.insert("parameters".to_owned(), json!(parameters));
            for _ in 0..u.int_in_range(1..=2)? {
                item.insert((*u.choose(METHODS)?).to_owned(), self.operation(u)?);
            }
            paths.insert(template, Value::Object(item));
        }
        Ok(Value::Object(paths))
    }

    fn operation(&self, u: &mut Unstructured<'_>) -> Result<Value> {
        let mut parameters = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            let (name, place) = (name(u)?, *u.choose(&["query", "header", "cookie", "query", "odd"])?);
            parameters.push(self.parameter(u, name, place)?);
        }
        let mut responses = Map::new();
        for _ in 0..u.int_in_range(0..=3)? {
            let response = json!({ "description": prose(u)?, "content": self.content(u)? });
            responses.insert((*u.choose(STATUSES)?).to_owned(), response);
        }
        let mut operation = json!({ "parameters": parameters, "responses": responses });
        if u.ratio(2, 3)? {
            operation["operationId"] = json!(name(u)?);
        }
        if u.arbitrary()? {
            operation["summary"] = json!(prose(u)?);
            operation["description"] = json!(prose(u)?);
            operation["tags"] = json!([name(u)?]);
        }
        if u.ratio(1, 3)? {
            operation["requestBody"] = json!({ "content": self.content(u)?, "required": u.arbitrary::<bool>()? });
        }
        if u.ratio(1, 3)? {
            operation["security"] = json!([{ "first": [] }, { "second": [], "third": [] }]);
        }
        Ok(operation)
    }

    fn parameter(&self, u: &mut Unstructured<'_>, name: String, place: &str) -> Result<Value> {
        let mut parameter = json!({ "name": name, "in": place, "required": place == "path" || u.arbitrary()? });
        if u.ratio(1, 8)? {
            parameter["content"] = self.content(u)?;
        } else {
            parameter["schema"] = self.known.schema(u, 2)?;
        }
        if u.ratio(1, 3)? {
            parameter["style"] = json!(u.choose(STYLES)?);
        }
        if u.ratio(1, 3)? {
            parameter["explode"] = json!(u.arbitrary::<bool>()?);
        }
        if u.ratio(1, 3)? {
            parameter["description"] = json!(prose(u)?);
        }
        Ok(parameter)
    }

    fn content(&self, u: &mut Unstructured<'_>) -> Result<Value> {
        let mut content = Map::new();
        for _ in 0..u.int_in_range(0..=2)? {
            let media_type = if u.ratio(1, 10)? { prose(u)? } else { (*u.choose(MEDIA_TYPES)?).to_owned() };
            content.insert(media_type, json!({ "schema": self.known.schema(u, 1)? }));
        }
        Ok(Value::Object(content))
    }

    fn security_schemes(&self, u: &mut Unstructured<'_>) -> Result<Value> {
        let mut schemes = Map::new();
        for id in ["first", "second", "third"] {
            let scheme = match u.int_in_range(0..=5)? {
                0 => json!({ "type": "http", "scheme": "bearer", "description": prose(u)? }),
                1 => json!({ "type": "http", "scheme": "basic" }),
                2 => json!({ "type": "apiKey", "in": u.choose(&["query", "header", "cookie"])?, "name": name(u)? }),
                3 => json!({ "type": "oauth2", "flows": {} }),
                4 => json!({ "$ref": reference("securitySchemes", "first") }),
                _ => continue,
            };
            schemes.insert(id.to_owned(), scheme);
        }
        Ok(Value::Object(schemes))
    }
}
