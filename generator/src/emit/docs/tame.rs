//! Reduces a description to what prose needs, so that it cannot do anything else to the reader of the documentation.
//!
//! Takes clean text, gives the events of its Markdown in which all code is `text`, links lead to the web or within the
//! page, HTML is shown instead of obeyed and every address is a link. Breaks no lines and writes no Markdown.

mod addresses;
mod edges;
mod html;
mod links;

use pulldown_cmark::utils::TextMergeStream;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{DIALECT, chars};
use crate::limits::{MAX_MARKDOWN_NESTING, MAX_TABLE_CELLS};

/// The harmless events of a text. `None` if they nest too deep, or if a table has too many cells.
pub fn events(text: &str) -> Option<Vec<Event<'static>>> {
    if has_large_table(text) {
        return None;
    }
    let text = links::keep_definitions(text);
    let events: Vec<_> = Parser::new_ext(&text, DIALECT).map(Event::into_static).collect();
    if depth(&events) > MAX_MARKDOWN_NESTING {
        return None;
    }
    let events = html::show(links::tame(events));
    let events = clean_text(TextMergeStream::new(events.into_iter()));
    Some(edges::tidy(single_line_headings(addresses::link(events))))
}

/// Whether a text may be a table with so many cells that parsers need a long time. A row that is too short is filled with empty cells.
fn has_large_table(text: &str) -> bool {
    let widest = text.lines().map(|line| line.matches('|').count()).max().unwrap_or_default();
    widest.saturating_mul(text.lines().count()) > MAX_TABLE_CELLS
}

fn depth(events: &[Event]) -> usize {
    let mut depth = 0usize;
    let depths = events.iter().map(|event| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    depths.max().unwrap_or(0)
}

/// Makes every code block a fenced one that is not Rust. Cleans the text outside code again, because character references can bring back
/// what was removed from the source.
fn clean_text(events: impl Iterator<Item = Event<'static>>) -> Vec<Event<'static>> {
    let mut in_code = false;
    let each = events.map(|event| match event {
        Event::Start(Tag::CodeBlock(_)) => {
            in_code = true;
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into())))
        }
        Event::End(TagEnd::CodeBlock) => {
            in_code = false;
            event
        }
        Event::Text(text) if in_code => Event::Text(whole_lines(&text).into()),
        Event::Text(text) => Event::Text(chars::clean_line(&text).into()),
        other => other,
    });
    each.filter(|event| !matches!(event, Event::Text(text) if text.is_empty())).collect()
}

/// Code without blanks at its lines' ends. The last line ends in `\n` too, because the closing fence is written only after a line end.
fn whole_lines(code: &str) -> String {
    code.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// A heading of several lines can only be underlined, and then only at two of the six levels.
fn single_line_headings(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut in_heading = false;
    let each = events.into_iter().map(|event| {
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::SoftBreak | Event::HardBreak if in_heading => return Event::Text(" ".into()),
            _ => {}
        }
        event
    });
    each.collect()
}
