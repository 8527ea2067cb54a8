//! HTML: shown as text, except `<br>`, which is a line break.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::is_span;

/// Replaces every piece of HTML by its text.
pub fn show(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut out = Vec::with_capacity(events.len());
    let mut in_cell = false;
    let mut in_paragraph = false;
    for event in events {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                // After the text of a tight list item, the block can only be a line of that item.
                in_paragraph = !is_inline_end(out.last());
                out.push(if in_paragraph { Event::Start(Tag::Paragraph) } else { Event::SoftBreak });
            }
            Event::End(TagEnd::HtmlBlock) => {
                while matches!(out.last(), Some(Event::SoftBreak | Event::HardBreak)) {
                    out.pop();
                }
                out.extend(in_paragraph.then_some(Event::End(TagEnd::Paragraph)));
            }
            Event::Html(text) | Event::InlineHtml(text) => show_one(&text, in_cell, &mut out),
            other => {
                match other {
                    Event::Start(Tag::TableCell) => in_cell = true,
                    Event::End(TagEnd::TableCell) => in_cell = false,
                    _ => {}
                }
                out.push(other);
            }
        }
    }
    out
}

/// Adds a piece of HTML as text. It may have several lines, but in a cell of a table it must be one line.
fn show_one(html: &str, in_cell: bool, out: &mut Vec<Event<'static>>) {
    let (line_break, hard_break) = match in_cell {
        true => (Event::Text(" ".into()), Event::Text(" ".into())),
        false => (Event::SoftBreak, Event::HardBreak),
    };
    for (number, line) in html.split('\n').enumerate() {
        if number > 0 && !is_break(out.last()) {
            out.push(line_break.clone());
        }
        let line = line.trim();
        if is_br(line) {
            if is_inline_end(out.last()) && !is_break(out.last()) {
                out.push(hard_break.clone());
            }
        } else if !line.is_empty() {
            out.push(Event::Text(line.to_owned().into()));
        }
    }
}

fn is_br(tag: &str) -> bool {
    let name = tag.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| name.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br"))
}

fn is_break(event: Option<&Event>) -> bool {
    match event {
        Some(Event::Start(tag)) => !is_span(&tag.to_end()),
        Some(Event::SoftBreak | Event::HardBreak) | None => true,
        _ => false,
    }
}

fn is_inline_end(event: Option<&Event>) -> bool {
    match event {
        None | Some(Event::Rule) => false,
        Some(Event::Start(tag)) => is_span(&tag.to_end()),
        Some(Event::End(tag)) => is_span(tag),
        Some(_) => true,
    }
}
