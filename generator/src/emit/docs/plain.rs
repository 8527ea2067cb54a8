//! A paragraph without Markdown, like most descriptions. Its long lines are wrapped, and nothing else is changed.
//!
//! Gives the same lines as the path through events, in a tenth of the time.

use super::wrap::WIDTH;

/// The lines of a text of plain words; `None` if some of it may mean something in Markdown.
pub fn lines(text: &str) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for line in text.trim_end_matches('\n').split('\n') {
        let mut out = String::with_capacity(line.len());
        let mut column = 0;
        for word in line.split(' ') {
            if !is_plain(word) {
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
    Some(lines)
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
