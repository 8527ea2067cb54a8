//! Paragraphs that hold only plain words and names in backquotes, as most descriptions do. Only long lines are changed: they are wrapped.
//!
//! Gives the same lines as the path through events, in a tenth of the time.

use super::wrap::WIDTH;

/// The lines of a text, with an empty line between paragraphs. `None` if a word may be Markdown, or the text has no words.
pub fn lines(text: &str) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_matches('\n').split('\n') {
        if line.is_empty() {
            if lines.last().is_some_and(|last| !last.is_empty()) {
                lines.push(String::new());
            }
            continue;
        }
        let mut out = String::with_capacity(line.len());
        let mut column = 0;
        for word in line.split(' ') {
            if !is_plain(word) && !is_code(word) {
                return None;
            }
            if column > 0 && column + 1 + word.len() > WIDTH {
                lines.push(std::mem::take(&mut out));
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
        lines.push(out);
    }
    (!lines.is_empty()).then_some(lines)
}

/// A span of code.
pub fn code(text: &str) -> Option<String> {
    let is_plain =
        !text.is_empty() && text.bytes().all(|byte| byte == b' ' || (byte.is_ascii_graphic() && byte != b'`'));
    is_plain.then(|| format!("`{text}`"))
}

/// Whether a word means nothing in Markdown, wherever it is: it is not a list marker, an address or an entity.
fn is_plain(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = digits.len() < word.len() && digits.starts_with(['.', ')']);
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b".,;:'\"()?/%-".contains(&byte);
    let starts_word = word.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '(' | '"' | '\''));
    starts_word && !is_number && word.bytes().all(is_known) && !word.contains("//")
}

/// Whether a word is a name in backquotes, with or without punctuation around it.
fn is_code(word: &str) -> bool {
    let inner = word.trim_start_matches(['(', '"', '\'']).strip_prefix('`');
    let Some((name, punctuation)) = inner.and_then(|inner| inner.split_once('`')) else { return false };
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-/:".contains(&byte);
    !name.is_empty() && name.bytes().all(is_known) && punctuation.chars().all(|c| ".,;:'\")?".contains(c))
}
