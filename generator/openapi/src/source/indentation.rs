//! Keys in a wrong column, with too few or too many blanks before them.
//!
//! Takes the line at which the event parser gives up, and finds the lines above to which it may belong. Looks only at the text, because the
//! parser has no tree of a text that it does not understand.

use std::cmp::Ordering;

/// A key or an entry of a list that begins a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start<'t> {
    /// The key, or `-`.
    pub(super) name: &'t str,
    /// Its place in the text.
    pub(super) offset: usize,
    /// The blanks before it.
    column: usize,
}

/// The key or entry that begins the line of an offset, and the keys or entries above to which it may belong. `None` if its column is right,
/// or if there is no such key or entry.
pub(super) fn slip(text: &str, offset: usize) -> Option<(Start<'_>, Vec<Start<'_>>)> {
    let begin = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let fault = starts(text, begin)?;
    let fault = fault.into_iter().next()?;
    // A `:` later in the line is another fault.
    if text.get(fault.offset..offset).is_some_and(|before| before.contains(": ")) {
        return None;
    }
    let is_entry = fault.name == "-";
    let (mut deeper, mut shallower): (Option<Start<'_>>, Option<Start<'_>>) = (None, None);
    let (mut end, mut is_inside) = (begin, true);
    while is_inside && end > 0 {
        end = text.get(..end - 1)?.rfind('\n').map_or(0, |at| at + 1);
        for start in starts(text, end).unwrap_or_default() {
            let is_alike = (start.name == "-") == is_entry;
            match start.column.cmp(&fault.column) {
                Ordering::Equal if is_alike => return None,
                Ordering::Greater if is_alike && deeper.as_ref().is_none_or(|it| start.column < it.column) => {
                    deeper = Some(start);
                }
                // A list may begin in the column of its key.
                Ordering::Equal if is_entry => is_inside = false,
                Ordering::Less => {
                    is_inside = false;
                    shallower = Some(start).filter(|_| is_alike).or(shallower);
                }
                _ => {}
            }
        }
    }
    let distance = |start: &Start<'_>| start.column.abs_diff(fault.column);
    let candidates = [shallower, deeper].into_iter().flatten();
    let nearest = candidates.clone().map(|it| distance(&it)).min()?;
    Some((fault.clone(), candidates.filter(|it| distance(it) == nearest).collect()))
}

/// The starts in a line: an entry of a list, a key, or both.
fn starts(text: &str, begin: usize) -> Option<Vec<Start<'_>>> {
    let line = text.get(begin..)?.lines().next()?;
    let mut found = Vec::new();
    let mut rest = line.trim_start_matches(' ');
    while let Some(after) = rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' ')) {
        let column = line.len() - rest.len();
        found.push(Start { name: "-", offset: begin + column, column });
        rest = after.trim_start_matches(' ');
    }
    let column = line.len() - rest.len();
    if let Some(name) = key(rest) {
        found.push(Start { name, offset: begin + column, column });
    }
    (!found.is_empty()).then_some(found)
}

/// The key that begins a text, without its quotes.
fn key(text: &str) -> Option<&str> {
    if text.starts_with(['#', '{', '[']) {
        return None;
    }
    let ends = text.match_indices(':').map(|(at, _)| at);
    let end = ends.into_iter().find(|at| text.get(at + 1..).is_some_and(|it| it.is_empty() || it.starts_with(' ')))?;
    text.get(..end).map(|name| name.trim_matches(['"', '\'', ' '])).filter(|name| !name.is_empty())
}
