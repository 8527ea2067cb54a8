//! Breaks and lists that have no plain spelling: breaks with nothing on one side, items without content.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::is_span;

/// Drops breaks at the ends of their block, repeated ones, and items and lists that hold nothing.
pub fn tidy(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::SoftBreak | Event::HardBreak if !out.last().is_some_and(may_break_after) => {}
            Event::Text(text) if out.last().is_some_and(|last| !may_break_after(last)) => {
                push_text(text.trim_start_matches(' '), &text, &mut out);
            }
            Event::End(tag) if !is_span(&tag) => {
                drop_breaks(&mut out);
                match out.last() {
                    Some(Event::Start(start))
                        if start.to_end() == tag
                            && matches!(
                                tag,
                                TagEnd::Item | TagEnd::List(_) | TagEnd::Paragraph | TagEnd::BlockQuote(_)
                            ) =>
                    {
                        out.pop();
                    }
                    _ => out.push(Event::End(tag)),
                }
            }
            other => out.push(other),
        }
    }
    out
}

fn push_text(trimmed: &str, text: &str, out: &mut Vec<Event<'static>>) {
    let in_code = matches!(out.last(), Some(Event::Start(Tag::CodeBlock(_))));
    let text = if in_code { text } else { trimmed };
    if !text.is_empty() {
        out.push(Event::Text(text.to_owned().into()));
    }
}

fn drop_breaks(out: &mut Vec<Event<'static>>) {
    while matches!(out.last(), Some(Event::SoftBreak | Event::HardBreak)) {
        out.pop();
    }
}

/// Whether the event has put something on the line.
fn may_break_after(event: &Event) -> bool {
    match event {
        Event::SoftBreak | Event::HardBreak | Event::Rule => false,
        Event::Start(tag) => is_span(&tag.to_end()),
        Event::End(tag) => is_span(tag),
        _ => true,
    }
}
