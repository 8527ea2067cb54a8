//! JSON's numbers: their texts, and which of them `serde_json` keeps without loss.

use serde::de::Visitor;
use serde_json::Number;

use super::failure::Failure;

/// Below it, every integer has a float of its own.
const EXACT_LIMIT: f64 = 9_007_199_254_740_992.0;

/// Hands a number to a visitor, as an integer where it is one.
pub(super) fn visit<'de, V: Visitor<'de>>(number: &Number, visitor: V) -> Result<V::Value, Failure> {
    if let Some(integer) = number.as_i64() {
        visitor.visit_i64(integer)
    } else if let Some(integer) = number.as_u64() {
        visitor.visit_u64(integer)
    } else {
        visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

/// The number that a text is. JSON's grammar, because Rust's own also takes `inf` and `+1`, and an identifier such as
/// `007` is not a number.
pub(super) fn from_text(text: &str) -> Option<Number> {
    let is_bare = !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace);
    is_bare.then(|| serde_json::from_str(text).ok()).flatten()
}

/// Whether a float is an integer that no other integer could have been rounded to.
pub(super) fn is_exact_integer(float: f64) -> bool {
    float.fract() == 0.0 && float.abs() < EXACT_LIMIT
}

/// Whether the number can be written again without losing digits: an identifier of thirty digits cannot.
pub(super) fn keeps_its_text(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.abs() < EXACT_LIMIT)
}
