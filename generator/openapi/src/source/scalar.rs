//! What a YAML scalar means: text, number, boolean or null.
//!
//! Takes a scalar as the event parser gives it; `serde_yaml` decides what a plain scalar means (YAML 1.2: `no` and `on` are text, `0o17` is
//! 15, `1_000` and dates are text). It sees only scalars that may be something else than text.

use serde_json::{Number, Value};

/// Why a scalar has no place in a JSON tree.
pub(super) enum ScalarFault {
    /// `.nan` or `.inf`.
    NotFinite,
    /// A number beyond what 64 bits of floating point hold.
    OutOfRange,
}

/// The value of a plain scalar.
pub(super) fn plain(text: &str) -> Result<Value, ScalarFault> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if !(looks_like_word(text) || looks_like_number(text)) {
        return Ok(Value::String(text.to_owned()));
    }
    match serde_yaml::from_str(text) {
        Ok(serde_yaml::Value::Null) => Ok(Value::Null),
        Ok(serde_yaml::Value::Bool(value)) => Ok(Value::Bool(value)),
        Ok(serde_yaml::Value::Number(number)) => finite(&number),
        // `serde_yaml` refuses integers beyond 64 bits, or reads them as text. Here they are read as floating point, as in JSON.
        Ok(_) | Err(_) => large_or_text(text),
    }
}

fn looks_like_word(text: &str) -> bool {
    matches!(text.len(), 1 | 4 | 5) && text.starts_with(['~', 't', 'T', 'f', 'F', 'n', 'N'])
}

fn looks_like_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    digits.starts_with(|first: char| first.is_ascii_digit())
        || (digits.len() < unsigned.len() && digits.starts_with(['i', 'I', 'n', 'N']))
}

fn finite(number: &serde_yaml::Number) -> Result<Value, ScalarFault> {
    let integer = number.as_u64().map(Number::from).or_else(|| number.as_i64().map(Number::from));
    let number = integer.or_else(|| number.as_f64().and_then(Number::from_f64));
    number.map(Value::Number).ok_or(ScalarFault::NotFinite)
}

fn large_or_text(text: &str) -> Result<Value, ScalarFault> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Text with a leading zero stays text: `007`, or a telephone number. So does text with an exponent out of range, which is a hash
    // (`34e5408`).
    let decimal = !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text.parse::<f64>() {
        Ok(number) if decimal => Number::from_f64(number).map(Value::Number).ok_or(ScalarFault::OutOfRange),
        _ => Ok(Value::String(text.to_owned())),
    }
}
