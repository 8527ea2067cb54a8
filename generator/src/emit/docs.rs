//! From descriptions in CommonMark, which strangers wrote, to the lines of doc comments.
//!
//! Takes the text of a `description` or a `summary`; gives lines that rustdoc shows as their author meant them. The lines can do nothing
//! else: they are not run as tests, do not link into the crate, and hold neither raw HTML nor invisible characters. Words are kept; only
//! their spelling as Markdown changes. Writes no attributes.

mod chars;
mod plain;
mod quotes;
mod sentence;
mod tame;
mod wrap;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use pulldown_cmark::utils::TextMergeStream;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark_with_options;

use crate::limits::MAX_DOCUMENTATION;

/// The extensions of CommonMark that rustdoc understands, without two of them. Smart punctuation would replace characters. Footnotes have
/// indented text below them, and readers without footnotes take that text for code.
const DIALECT: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TASKLISTS);

/// The lines of a doc comment for a description, without the blank that separates them from `///`.
///
/// A text that has no faithful Markdown spelling (blocks nested more than 24 deep, for one) is shown as it is, in a code block.
pub fn rustdoc(markdown: &str) -> Vec<String> {
    if markdown.is_empty() {
        return Vec::new();
    }
    if let Some(lines) = plain_lines(markdown, wrap::WIDTH) {
        return lines;
    }
    let text = shortened(markdown);
    let text = chars::clean(&text);
    let lines = prose(&text).unwrap_or_else(|| verbatim(&text));
    tidy(lines)
}

/// A text as a code span. No character of the text can end the span.
pub fn code(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    let clean = clean.trim();
    plain::code(clean).unwrap_or_else(|| rustdoc(&format!("`{clean}`")).concat())
}

/// The first sentence of a text, on one line that ends in a full stop. Empty if the text has no words.
pub fn summary(markdown: &str) -> String {
    // No line is wrapped, because the result is a single line.
    if let Some(lines) = plain_lines(markdown, usize::MAX) {
        return sentence::of_plain(&lines);
    }
    let text = shortened(markdown);
    let text = chars::clean(&text);
    let events = tame::events(&text).map(sentence::first).unwrap_or_default();
    if events.is_empty() {
        return String::new();
    }
    spell(&events).map(|lines| lines.join(" ")).unwrap_or_default()
}

fn plain_lines(markdown: &str, width: usize) -> Option<Vec<String>> {
    if markdown.len() <= MAX_DOCUMENTATION { plain::lines(markdown, width) } else { None }
}

/// A text, cut to the limit.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_DOCUMENTATION {
        return Cow::Borrowed(text);
    }
    let end = (0..=MAX_DOCUMENTATION).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let start = text.get(..end).unwrap_or_default();
    Cow::Owned(format!("{start}\n\n(The text goes on beyond {} KiB.)\n", MAX_DOCUMENTATION >> 10))
}

fn prose(text: &str) -> Option<Vec<String>> {
    spell(&wrap::events(tame::events(text)?))
}

/// Events as Markdown; `None` if the Markdown would not read back as the same events.
fn spell(events: &[Event]) -> Option<Vec<String>> {
    let options = pulldown_cmark_to_cmark::Options {
        code_block_token_count: 3,
        increment_ordered_list_bullets: true,
        list_token: '-',
        ..pulldown_cmark_to_cmark::Options::default()
    };
    let mut markdown = String::new();
    cmark_with_options(events.iter(), &mut markdown, DIALECT, options).ok()?;
    let lines: Vec<String> = quotes::tidy(markdown.lines().map(without_trailing_blanks).collect());
    let reread = lines.join("\n");
    same(events, Parser::new_ext(&reread, DIALECT)).then_some(lines)
}

/// Whether two streams of events show the same. Whether a list is loose or tight does not count.
fn same<'a>(events: &[Event<'a>], reread: impl Iterator<Item = Event<'a>>) -> bool {
    let expected = events.iter().filter(|event| !is_paragraph(event)).cloned();
    TextMergeStream::new(expected).eq(TextMergeStream::new(reread.filter(|event| !is_paragraph(event))))
}

fn is_paragraph(event: &Event) -> bool {
    matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph))
}

/// Whether a tag marks words within a line, as opposed to a block of lines.
fn is_span(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// A line without the blanks at its end. Two of them are a hard break, which becomes a visible backslash. Lines of code have no such blanks
/// at this point.
fn without_trailing_blanks(line: &str) -> String {
    let trimmed = line.trim_end_matches(' ');
    let has_words = trimmed.contains(|c| c != ' ' && c != '>');
    let mark = if has_words && line.ends_with("  ") { "\\" } else { "" };
    format!("{trimmed}{mark}")
}

fn verbatim(text: &str) -> Vec<String> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let body = text.lines().map(|line| line.trim_end().to_owned());
    std::iter::once(format!("{fence}text")).chain(body).chain([fence.clone()]).collect()
}

/// Drops blank lines at both ends.
fn tidy(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..blank);
    lines
}
