//! Pairs of names and values in a query or a list of cookies. They are encoded already.

/// Whether there is a pair with this name.
pub(super) fn has_pair(text: &str, separator: &str, name: &str) -> bool {
    text.split(separator).any(|pair| pair.split_once('=').is_some_and(|(known, _)| known == name))
}

/// Adds a pair after a separator.
pub(super) fn push_pair(text: &mut String, separator: &str, name: &str, value: &str) {
    push(text, separator, name);
    text.push('=');
    text.push_str(value);
}

/// Adds a part after a separator.
pub(super) fn push(text: &mut String, separator: &str, part: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
    text.push_str(part);
}
