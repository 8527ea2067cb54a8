//! The texts for the values of an `enum`: names and descriptions.
//!
//! A map has the values as keys, so that it stays right if values are added or reordered. A list goes by the positions of the values, and
//! must be as long as the `enum`.

use serde_json::{Map, Value};

use super::Reader;
use crate::diagnostics::codes;
use crate::pointer::get;

impl Reader<'_, '_> {
    /// A text for each value, empty where there is none.
    pub(super) fn value_texts(&mut self, members: &Map<String, Value>, keys: &[&str], values: &[Value]) -> Vec<String> {
        let Some((key, texts)) = keys.iter().find_map(|key| Some((*key, get(members, key)?))) else {
            return Vec::new();
        };
        match texts {
            Value::Object(texts) => self.by_value(key, texts, values),
            Value::Array(texts) => self.by_place(key, texts, values.len()),
            _ => self.no_texts(key, "must be a map or a list with a string for each value of `enum`"),
        }
    }

    fn by_value(&mut self, key: &str, texts: &Map<String, Value>, values: &[Value]) -> Vec<String> {
        let values: Vec<String> =
            values.iter().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned)).collect();
        for value in texts.keys().filter(|value| !values.contains(value)) {
            let message = format!("`{value}` is none of the values of `enum`");
            self.warn(codes::VALUE_NAMES, message, &self.node.join(key).join(value));
        }
        values.iter().map(|value| texts.get(value).and_then(Value::as_str).unwrap_or_default().to_owned()).collect()
    }

    fn by_place(&mut self, key: &str, texts: &[Value], count: usize) -> Vec<String> {
        let texts: Vec<String> = texts.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect();
        match texts.len() == count {
            true => texts,
            false => self.no_texts(key, &format!("must have a string for each of the {count} values of `enum`")),
        }
    }

    fn no_texts(&mut self, key: &str, why: &str) -> Vec<String> {
        self.warn(codes::VALUE_NAMES, format!("`{key}` {why}: it is ignored"), &self.node.join(key));
        Vec::new()
    }
}
