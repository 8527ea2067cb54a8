//! Numbers by their exact digits, for bounds. As floats, `0.3` would not be a multiple of `0.1`.
//!
//! Takes the text of a JSON number, compares and divides exactly where both sides fit into 128 bits, as floats otherwise.

use std::cmp::Ordering;

/// A whole number of units of a power of ten.
#[derive(Clone, Copy)]
struct Decimal {
    digits: i128,
    /// The number of digits after the point.
    scale: u32,
}

/// How one number compares with another. `None` if one of the texts is not a number.
pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    match aligned(left, right) {
        Some((left, right)) => Some(left.cmp(&right)),
        None => left.parse::<f64>().ok()?.partial_cmp(&right.parse().ok()?),
    }
}

/// Whether one number is a multiple of another. `None` if one of the texts is not a number.
pub(super) fn is_multiple(number: &str, of: &str) -> Option<bool> {
    match aligned(number, of) {
        Some((_, 0)) => None,
        Some((number, of)) => number.checked_rem(of).map(|rest| rest == 0),
        None => Some(number.parse::<f64>().ok()? % of.parse::<f64>().ok()?)
            .filter(|rest| !rest.is_nan())
            .map(|rest| rest == 0.0),
    }
}

/// Both numbers in the smaller of their units.
fn aligned(left: &str, right: &str) -> Option<(i128, i128)> {
    let (left, right) = (Decimal::parse(left)?, Decimal::parse(right)?);
    let scale = left.scale.max(right.scale);
    Some((left.units(scale)?, right.units(scale)?))
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let fraction = fraction.trim_end_matches('0');
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        match u32::try_from(scale) {
            Ok(scale) => Some(Self { digits, scale }),
            Err(_) => {
                let zeros = u32::try_from(scale.checked_neg()?).ok()?;
                Some(Self { digits: digits.checked_mul(10_i128.checked_pow(zeros)?)?, scale: 0 })
            }
        }
    }

    fn units(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }
}
