//! Characters that must not reach a source file, or that say one thing to the reader and another to the compiler.
//!
//! Takes any text; gives a text of only visible characters, blanks and line feeds. Of Markdown, it knows only the tab stops.

use std::borrow::Cow;

/// The text with unified line endings and expanded tabs. Invisible characters are dropped or written out (`\u{202e}`).
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let start = out.len();
        match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\n' | '\r' => out.push('\n'),
            '\t' => out.push_str(&"    "[column % 4..]),
            _ => push(&mut out, c),
        }
        column = if out.ends_with('\n') { 0 } else { column + out[start..].chars().count() };
    }
    Cow::Owned(out)
}

/// The same for words within a line. Every kind of blank becomes a plain one, because clippy would count others as indentation.
pub fn clean_line(text: &str) -> String {
    clean(text).replace(char::is_whitespace, " ")
}

fn push(out: &mut String, c: char) {
    match c {
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
        c if c.is_control() || is_deceptive(c) => out.extend(c.escape_unicode()),
        c => out.push(c),
    }
}

/// Whether a character invisibly reorders its neighbours, annotates them or imitates ASCII. Joiners (U+200C, U+200D) do not count, because
/// scripts and emoji need them.
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
