//! "Did you mean": the known name that is nearest to a misspelt one.

use strsim::levenshtein;

/// If more unknown names than this are found together, their meaning is not guessed, because each is compared with every known name.
pub const SUGGESTED: usize = 64;

/// The candidate nearest to `name`, if it is near enough to be what was meant.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = name.chars().count();
    let (name, limit) = (name.to_lowercase(), length / 3 + 1);
    candidates
        .into_iter()
        // If the lengths differ by more than the limit, the names do too.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a name differs from a known name by at most one letter.
pub(crate) fn is_slip(name: &str, known: &str) -> bool {
    // If the lengths differ by more than a letter, the names do too.
    name.chars().count().abs_diff(known.chars().count()) <= 1 && levenshtein(name, known) <= 1
}
