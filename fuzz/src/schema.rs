//! Schemas of every form, right and wrong, as JSON.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use crate::text::{name, prose};

/// Deeper schemas are references or strings.
const DEPTH: usize = 4;

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "object", "array", "null", "strnig"];

const FORMATS: &[&str] =
    &["int32", "int64", "date-time", "date", "uuid", "password", "byte", "binary", "uri", "float", "odd"];

/// The schemas that references may name.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    pub(crate) names: &'k [String],
}

impl Known<'_> {
    /// A schema, or a reference to one.
    pub(crate) fn schema(self, u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
        if u.is_empty() || depth > DEPTH {
            return self.reference(u);
        }
        let mut schema = match u.int_in_range(0..=11)? {
            0 | 1 => return self.reference(u),
            2 => json!({ "type": u.choose(TYPES)?, "format": u.choose(FORMATS)? }),
            3..=5 => self.object(u, depth)?,
            6 => json!({ "type": "array", "items": self.schema(u, depth + 1)? }),
            7 => self.several(u, "allOf", depth)?,
            8 => self.several(u, "oneOf", depth)?,
            9 => self.several(u, "anyOf", depth)?,
            10 => json!({ "enum": values(u)? }),
            _ => json!({ "type": [u.choose(TYPES)?, u.choose(TYPES)?] }),
        };
        if let Value::Object(members) = &mut schema {
            self.annotate(u, members, depth)?;
        }
        Ok(schema)
    }

    /// A reference, which may lead anywhere.
    pub(crate) fn reference(self, u: &mut Unstructured<'_>) -> Result<Value> {
        if self.names.is_empty() || u.is_empty() {
            return Ok(json!({ "type": "string" }));
        }
        Ok(json!({ "$ref": reference("schemas", u.choose(self.names)?) }))
    }

    fn object(self, u: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
        let mut properties = Map::new();
        for _ in 0..u.int_in_range(0..=4)? {
            properties.insert(name(u)?, self.schema(u, depth + 1)?);
        }
        let mut required = Vec::new();
        for name in properties.keys() {
            if u.arbitrary()? {
                required.push(json!(name));
            }
        }
        let mut object = json!({ "type": "object", "properties": properties, "required": required });
        if u.ratio(1, 4)? {
            object["additionalProperties"] = if u.arbitrary()? { json!(false) } else { self.schema(u, depth + 1)? };
        }
        Ok(object)
    }

    fn several(self, u: &mut Unstructured<'_>, keyword: &str, depth: usize) -> Result<Value> {
        let mut schemas = Vec::new();
        for _ in 0..u.int_in_range(0..=4)? {
            schemas.push(self.schema(u, depth + 1)?);
        }
        let mut schema = json!({ keyword: schemas });
        if u.ratio(1, 3)? {
            let mut mapping = Map::new();
            for target in self.names {
                mapping.insert(name(u)?, json!(reference("schemas", target)));
            }
            schema["discriminator"] = json!({ "propertyName": name(u)?, "mapping": mapping });
        }
        Ok(schema)
    }

    /// Keywords that stand beside any others.
    fn annotate(self, u: &mut Unstructured<'_>, schema: &mut Map<String, Value>, depth: usize) -> Result<()> {
        for _ in 0..u.int_in_range(0..=2)? {
            let (keyword, value) = match u.int_in_range(0..=11)? {
                0 => ("title", json!(prose(u)?)),
                1..=3 => ("description", json!(prose(u)?)),
                4 => ("nullable", json!(true)),
                5 => ("default", json!(prose(u)?)),
                6 => ("const", json!(prose(u)?)),
                7 => ("x-rust-name", json!(name(u)?)),
                8 => ("x-secret", json!(true)),
                9 => ("pattern", json!(prose(u)?)),
                10 => ("x-enum-varnames", json!([prose(u)?, name(u)?])),
                _ => ("allOf", json!([self.schema(u, depth + 1)?])),
            };
            schema.insert(keyword.to_owned(), value);
        }
        if u.ratio(1, 8)? {
            schema.insert("deprecated".to_owned(), json!(true));
        }
        Ok(())
    }
}

fn values(u: &mut Unstructured<'_>) -> Result<Vec<Value>> {
    let mut values = Vec::new();
    for _ in 0..u.int_in_range(0..=5)? {
        values.push(match u.int_in_range(0..=7)? {
            0 => json!(u.arbitrary::<i64>()?),
            1 => json!(u.int_in_range(-2..=2)?),
            2 => json!(null),
            3 => json!(0.5),
            _ => json!(name(u)?),
        });
    }
    Ok(values)
}

/// A reference to a component.
pub(crate) fn reference(section: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    format!("#/components/{section}/{name}")
}
