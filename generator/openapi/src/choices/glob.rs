//! Patterns with `*` for any characters. Every other character stands for itself, also the braces of a path template.

/// Whether a text fits a pattern. With a separator, `*` stops before it, but `**` does not.
pub(super) fn fits(pattern: &str, text: &str, separator: Option<char>) -> bool {
    let mut parts = pattern.split('*').peekable();
    let first = parts.next().unwrap_or_default();
    let Some(rest) = text.strip_prefix(first) else { return false };
    // Where the part after a star may begin: all such places are kept, so that the work is linear in both for each star.
    let mut starts = vec![rest];
    while let Some(part) = parts.next() {
        let (part, crosses) = match (part, parts.peek()) {
            ("", Some(next)) => {
                let next = *next;
                parts.next();
                (next, true)
            }
            (part, _) => (part, false),
        };
        starts = after(&starts, part, separator.filter(|_| !crosses), parts.peek().is_none());
    }
    starts.iter().any(|rest| rest.is_empty())
}

/// Matches a star and the `part` of the pattern after it. `starts` are the rests of the text that the star may match from. Gives each rest
/// of the text that may follow the part.
fn after<'t>(starts: &[&'t str], part: &str, separator: Option<char>, is_last: bool) -> Vec<&'t str> {
    let Some(longest) = starts.iter().copied().max_by_key(|rest| rest.len()) else { return Vec::new() };
    let mut found = Vec::new();
    let mut open = 0;
    for (index, character) in longest.char_indices().map(|(index, it)| (index, Some(it))).chain([(longest.len(), None)])
    {
        let Some(here) = longest.get(index..) else { continue };
        open += usize::from(starts.iter().any(|rest| rest.len() == here.len()));
        if let Some(rest) = here.strip_prefix(part).filter(|rest| open > 0 && (!is_last || rest.is_empty())) {
            found.push(rest);
        }
        if separator.is_some() && character == separator {
            open = 0;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_characters() {
        for (pattern, text) in
            [("*", ""), ("*", "a/b"), ("list_*", "list_pets"), ("*_pets", "list_pets"), ("a*b*c", "abbc")]
        {
            assert!(fits(pattern, text, None), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("list", "list_pets"), ("a*b", "abc"), ("a*a", "a"), ("*b*", "aa")] {
            assert!(!fits(pattern, text, None), "{pattern} {text}");
        }
    }

    #[test]
    fn one_star_stays_in_a_segment() {
        let fits = |pattern, text| fits(pattern, text, Some('/'));
        for (pattern, text) in [
            ("/pets", "/pets"),
            ("/pets/*", "/pets/{id}"),
            ("/pets/**", "/pets/{id}/toys"),
            ("/pets**", "/pets"),
            ("/**/toys", "/pets/{id}/toys"),
            ("/*/{id}/*", "/pets/{id}/toys"),
            ("/{id}*", "/{id}s"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("/pets/*", "/pets/{id}/toys"),
            ("/*", "/pets/1"),
            ("/pets/**", "/pets"),
            ("/*/toys", "/a/b/toys"),
            ("/{id}", "/1"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
