//! The part of a line that a message shows.
//!
//! Takes a line of any length and bytes in it, gives a short, safe text that contains these bytes, and their place in it. The cost depends
//! on the shown part, not on the line.

use std::ops::Range;

use super::escape::push;

/// A part of a line, and the marked bytes in it.
pub(super) struct Window {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

impl Window {
    /// The window of `width` bytes around `length` bytes at `at`. A third of the window is before the place. A mark that is longer than the
    /// window is cut. A line that fits into the window is shown whole.
    pub(super) fn new(line: &str, at: usize, length: usize, width: usize) -> Self {
        let before = width / 3;
        let all = line.len() <= width;
        let (from, to) = if all { (0, line.len()) } else { (at.saturating_sub(before), at + width - before) };
        let from = floor(line, from);
        let at = floor(line, at).max(from);
        let to = floor(line, to).max(at);
        let end = floor(line, at + length).clamp(at, to);
        let mut text = String::new();
        if from > 0 {
            text.push('…');
        }
        let mut append = |range: Range<usize>| {
            for character in line.get(range).unwrap_or_default().chars() {
                match character {
                    '\t' => text.push_str("    "),
                    other => push(&mut text, other),
                }
            }
            text.len()
        };
        let span = append(from..at)..append(at..end);
        append(end..to);
        if to < line.len() {
            text.push('…');
        }
        Self { text, span }
    }
}

fn floor(line: &str, mut at: usize) -> usize {
    at = at.min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}
