//! Text from a document, made safe to show.
//!
//! Takes any text, gives one line in which every character is visible. Control characters, line breaks and characters that reorder or hide
//! text are written as `\u{1b}`, and so is the `[` of `##[`. A long text is cut, unless it is JSON. Nothing else changes.

use crate::limits::MAX_MESSAGE_TEXT;

/// The text in one visible line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_MESSAGE_TEXT));
    for (index, character) in text.chars().enumerate() {
        if index == MAX_MESSAGE_TEXT {
            out.push('…');
            break;
        }
        push(&mut out, character);
    }
    out
}

/// JSON in one visible line, with the same meaning.
pub fn escape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        // In JSON, such characters are only in strings.
        if acts(character) || (character == '[' && out.ends_with("##")) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| out += &format!("\\u{unit:04x}"));
        } else {
            out.push(character);
        }
    }
    out
}

/// Appends a character, escaped if it would act or be invisible.
pub(super) fn push(out: &mut String, character: char) {
    // `##[` begins a command to the runners of some build services, at any place of a line.
    if acts(character) || (character == '[' && out.ends_with("##")) {
        out.extend(character.escape_unicode());
    } else {
        out.push(character);
    }
}

fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
