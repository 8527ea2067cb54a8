//! What tells a change from others: a short hash that is the same on every machine and for as long as the change is.

use hmac_sha256::Hash;

/// Enough to tell the changes of one subject apart, and short enough to be read.
const BYTES: usize = 4;

/// The hash of what makes a change what it is. Lines and operations are left out: they move with other changes.
pub fn fingerprint(rule: &str, subject: &str, before: Option<&str>, after: Option<&str>, others: &[&str]) -> String {
    let mut hash = Hash::new();
    let others = others.iter().map(|other| Some(*other));
    for part in [Some(rule), Some(subject), before, after].into_iter().chain(others) {
        // With its length, so that no text can be mistaken for the end of one and the beginning of the next.
        let (length, part) = part.map_or((u64::MAX, ""), |part| (part.len() as u64, part));
        hash.update(length.to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_what_it_is() {
        assert_eq!(fingerprint("property-removed", "Order.note", Some("string"), None, &[]), "07bcdbad");
        let others = [
            fingerprint("property-removed", "Order.note", Some("string"), Some(""), &[]),
            fingerprint("property-removed", "Order.notes", Some("tring"), None, &[]),
            fingerprint("property-removed", "Order.note", Some("string"), None, &["Order.notes"]),
            fingerprint("property-added", "Order.note", Some("string"), None, &[]),
        ];
        assert!(
            others
                .iter()
                .all(|other| *other != fingerprint("property-removed", "Order.note", Some("string"), None, &[]))
        );
    }
}
