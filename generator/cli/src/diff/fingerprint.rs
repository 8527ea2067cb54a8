//! A short hash that tells a change from others. It is the same on every machine, as long as the change is the same.

use hmac_sha256::Hash;

/// Enough to tell the changes of one subject apart, and short enough to be read.
const BYTES: usize = 4;

/// The hash of what identifies a change. Lines and operations are left out, because other changes move them.
pub fn fingerprint(rule: &str, subject: &str, before: Option<&str>, after: Option<&str>, others: &[&str]) -> String {
    let mut hash = Hash::new();
    let others = others.iter().map(|other| Some(*other));
    for part in [Some(rule), Some(subject), before, after].into_iter().chain(others) {
        // Each part comes with its length, so that the end of one part and the beginning of the next cannot be mistaken for one text.
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
