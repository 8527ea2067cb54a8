//! Text that others wrote, made safe for Markdown.
//!
//! Takes text of a document, gives one line of Markdown that only shows the text. It contains no link, no HTML, and no mention of a person
//! or an issue. It does not end a list or a fold. Code spans achieve all of this, because GitHub does not interpret them.

use generator::report::escape;

/// Longer texts are cut, because a document may hold megabytes in one value.
const MAX_CHARS: usize = 400;

/// Longer sentences are cut.
const MAX_PROSE: usize = 600;

/// The characters that may be in a sentence as they are, besides letters and digits.
const PLAIN: &str = "-.,;:!?()'\"/+=%→…–’ ";

/// A code span.
pub fn code(text: &str) -> String {
    span(&cut(&escape(text), MAX_CHARS))
}

/// A sentence. Text in backticks becomes a code span, and so does every word that GitHub would interpret.
pub fn prose(text: &str) -> String {
    let text = cut(&escape(text), MAX_PROSE);
    let parts: Vec<&str> = text.split('`').collect();
    // With an odd number of backticks, it is not clear which of them are pairs.
    if parts.len().is_multiple_of(2) {
        return words(&text);
    }
    let mut shown = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let part = if index % 2 == 0 { words(part) } else { span(part) };
        // Two spans that touch would become one.
        let touch = shown.ends_with('`') && part.starts_with('`');
        shown = shown + if touch { " " } else { "" } + &part;
    }
    shown
}

fn words(text: &str) -> String {
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    if word == "->" {
        return "→".to_owned();
    }
    let core = word.trim_start_matches('(').trim_end_matches([',', '.', ';', ':', '!', '?']);
    // The brackets of a call are part of what is quoted.
    let core = if core.contains('(') { core } else { core.trim_end_matches(')') };
    if core.is_empty() || is_inert(core) {
        return word.to_owned();
    }
    let (before, after) = word.split_once(core).unwrap_or_default();
    format!("{before}{}{after}", span(core))
}

/// Whether GitHub shows a word as it is, because the word is neither a link nor a mention nor Markdown.
fn is_inert(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_commit = word.len() >= 7 && word.chars().all(|c| c.is_ascii_hexdigit());
    word.chars().all(|c| c.is_alphanumeric() || PLAIN.contains(c))
        && !word.contains([':'])
        && !word.contains("//")
        && !lower.contains("www.")
        && !lower.starts_with("gh-")
        && !is_commit
}

/// A code span around text that is one line.
fn span(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // The spaces separate backticks of the text from the fence. Markdown removes one space on each side again.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
