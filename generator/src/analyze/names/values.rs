//! Takes an enumeration, gives the names of its values.

use std::collections::{HashMap, HashSet};

use super::{called, scalar_text};
use crate::analyze::ident::variant_name;
use crate::analyze::scope::{Scope, Wish, assign};
use crate::ir::{EnumValue, Enumeration};

/// Names the values. If several values would get one name, the value that is spelled like the name keeps it, or else the first one, because
/// new values come last. If the values differ by a sign (`GMT+1`, `GMT-1`), a value with a sign does not keep it, because the name would
/// hide the sign.
pub(super) fn value_names(enumeration: &Enumeration) -> Vec<String> {
    let texts: Vec<String> = enumeration.values.iter().map(|value| scalar_text(&value.wire)).collect();
    let plain = |(value, text): (&EnumValue, &String)| variant_name(value.explicit.as_deref().unwrap_or(text));
    let plain: Vec<String> = enumeration.values.iter().zip(&texts).map(plain).collect();
    let mut signs: HashMap<&str, HashSet<String>> = HashMap::new();
    for (plain, text) in plain.iter().zip(&texts) {
        signs.entry(plain).or_default().insert(signs_of(text));
    }
    let wishes = texts.iter().zip(&plain).enumerate().map(|(at, (text, plain))| {
        let Wish { rank: (differs, _), longer, .. } = called(text, plain.clone(), variant_name);
        let is_told_by_sign =
            signs.get(plain.as_str()).is_some_and(|signs| signs.len() > 1) && !signs_of(text).is_empty();
        Wish { rank: (differs, at), keeps: !differs || !is_told_by_sign, plain: plain.clone(), longer }
    });
    assign(&mut Scope::reserving(["Unknown"]), &wishes.collect::<Vec<_>>())
}

/// The signs of the numbers in a text.
fn signs_of(text: &str) -> String {
    let sign = |pair: &[u8]| match pair {
        [sign @ (b'+' | b'-'), digit] if digit.is_ascii_digit() => Some(char::from(*sign)),
        _ => None,
    };
    text.as_bytes().windows(2).filter_map(sign).collect()
}
