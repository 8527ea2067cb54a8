//! Contradictions inside a schema: a default of another type, a number out of the range of its format, bounds that no value can keep.
//!
//! Takes a schema that was read, gives messages. These are warnings, and nothing is changed, because a default is only documentation, and a
//! wrong bound only excludes more than was meant.

use serde_json::{Number, Value};

use super::{JsonType, Schema};
use crate::document::kind_of;
use crate::formats::{self, Rust};

/// What is wrong, each with the keyword that it is about.
pub(super) fn faults(schema: &Schema<'_>) -> Vec<(String, String)> {
    let default = schema.default.and_then(|value| default_fault(schema, value));
    let default = default.map(|fault| ("default".to_owned(), fault));
    let listed = schema.enumeration.into_iter().flatten().enumerate();
    let listed = listed.filter_map(|(index, value)| Some((format!("enum/{index}"), out_of_format(schema, value)?)));
    let bounds =
        schema.bounds.iter().filter_map(|(keyword, value)| Some(((*keyword).to_owned(), bound_fault(keyword, value)?)));
    default.into_iter().chain(listed).chain(bounds).chain(crossed(schema)).collect()
}

fn default_fault(schema: &Schema<'_>, value: &Value) -> Option<String> {
    if value.is_null() || schema.types.is_empty() {
        return None;
    }
    if !schema.types.iter().any(|ty| is_of(*ty, value)) {
        let types: Vec<&str> = schema.types.iter().map(|ty| ty.name()).collect();
        return Some(format!("the default is {}, but the type is {}", kind_of(value), types.join(" or ")));
    }
    out_of_format(schema, value)
}

fn is_of(ty: JsonType, value: &Value) -> bool {
    match ty {
        JsonType::String => value.is_string(),
        JsonType::Number => value.is_number(),
        JsonType::Integer => value.as_number().is_some_and(is_integer),
        JsonType::Boolean => value.is_boolean(),
        JsonType::Array => value.is_array(),
        JsonType::Object => value.is_object(),
    }
}

fn is_integer(number: &Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

/// The fault of a number that is out of the range of its schema's format.
fn out_of_format(schema: &Schema<'_>, value: &Value) -> Option<String> {
    let format = formats::named(schema.format?)?;
    let Rust::Integer { least, most, .. } = format.rust else { return None };
    let integer = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    let within = match integer {
        Some(integer) => (least..=most).contains(&integer),
        // A number that is not a 64-bit integer is a float. It must be in the range of the format.
        None => value.as_f64().is_none_or(|float| float >= least as f64 && float < most as f64),
    };
    (!within).then(|| format!("`{value}` is out of the range of `{}` ({least} to {most})", format.name()))
}

fn bound_fault(keyword: &str, value: &Value) -> Option<String> {
    let number = value.as_f64();
    match keyword {
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            let whole = number.is_some_and(|number| number >= 0.0 && number.fract() == 0.0);
            (!whole).then(|| format!("`{keyword}` must be a whole number from 0 on, found `{value}`"))
        }
        "multipleOf" => {
            let positive = number.is_some_and(|number| number > 0.0);
            (!positive).then(|| format!("`multipleOf` must be a number above 0, found `{value}`"))
        }
        _ => None,
    }
}

/// Pairs of bounds that no value keeps.
fn crossed(schema: &Schema<'_>) -> Vec<(String, String)> {
    let bound = |keyword: &str| {
        let (_, value) = schema.bounds.iter().find(|(known, _)| *known == keyword)?;
        value.as_f64()
    };
    let pairs = [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ];
    let crossed = pairs.into_iter().filter(|(least, most)| bound(least) > bound(most) && bound(most).is_some());
    crossed
        .map(|(least, most)| (least.to_owned(), format!("`{least}` is above `{most}`: no value keeps both")))
        .collect()
}
