//! Messages about numbers that 64 bits cannot hold.
//!
//! Fractions, and integers beyond 64 bits, are kept as floating point. An integer that changes by this is reported, and so is a number that
//! does not fit.

use serde_json::Number;

use super::tree::Builder;
use crate::diagnostics::codes;

impl Builder<'_> {
    /// Warns of an integer that lost digits.
    pub(super) fn check_rounding(&mut self, literal: &str, number: &Number, offset: usize) {
        let digits = literal.trim_start_matches(['+', '-']);
        if !number.is_f64() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let kept = format!("{:.0}", number.as_f64().unwrap_or_default().abs());
        if kept != digits.trim_start_matches('0') {
            let message = format!("this number does not fit 64 bits: read as {number}");
            self.warning(codes::NUMBER_ROUNDED, message, offset);
        }
    }

    /// Refuses a number that would be infinite. The rest of the document is read as if the number were not there.
    pub(super) fn number_out_of_range(&mut self, offset: usize) {
        let message = "this number is out of range".to_owned();
        self.fault(codes::NUMBER_OUT_OF_RANGE, message, offset, Some("numbers reach up to about 1.8e308"));
    }

    /// Refuses YAML's `.nan` and `.inf`.
    pub(super) fn number_not_finite(&mut self, text: &str, offset: usize) {
        let message = format!("`{text}` is not a number that JSON knows");
        self.error(codes::NUMBER_NOT_FINITE, message, offset, Some("put it in quotes if text is meant"));
    }
}
