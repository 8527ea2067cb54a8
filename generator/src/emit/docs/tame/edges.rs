//! What Markdown cannot spell: breaks and blanks at an end of their block, and items and lists without content.

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
            Event::SoftBreak | Event::HardBreak => {
                trim_text(&mut out);
                out.push(event);
            }
            Event::End(tag) if is_span(&tag) => {
                // In Markdown, a span cannot end in a blank.
                let gap = take_gap(&mut out);
                out.push(Event::End(tag));
                out.extend(gap);
            }
            Event::End(tag) => end_block(tag, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn end_block(tag: TagEnd, out: &mut Vec<Event<'static>>) {
    drop_breaks(out);
    if matches!(tag, TagEnd::List(_)) {
        tighten(out);
    }
    let may_go = matches!(tag, TagEnd::Item | TagEnd::List(_) | TagEnd::Paragraph | TagEnd::BlockQuote(_));
    match out.last() {
        Some(Event::Start(start)) if may_go && start.to_end() == tag => drop(out.pop()),
        _ => out.push(Event::End(tag)),
    }
}

fn take_gap(out: &mut Vec<Event<'static>>) -> Option<Event<'static>> {
    match out.last() {
        Some(Event::SoftBreak | Event::HardBreak) => out.pop(),
        Some(Event::Text(text)) if text.ends_with(' ') => {
            trim_text(out);
            Some(Event::Text(" ".into()))
        }
        _ => None,
    }
}

fn push_text(trimmed: &str, text: &str, out: &mut Vec<Event<'static>>) {
    let in_code = matches!(out.last(), Some(Event::Start(Tag::CodeBlock(_))));
    let text = if in_code { text } else { trimmed };
    if !text.is_empty() {
        out.push(Event::Text(text.to_owned().into()));
    }
}

/// If the list that ends here holds only one paragraph, unwraps that paragraph, because Markdown cannot tell it from a tight item.
fn tighten(out: &mut Vec<Event<'static>>) {
    let [.., Event::End(TagEnd::Paragraph), Event::End(TagEnd::Item)] = out.as_slice() else { return };
    let body = out.len() - 2;
    let start = out.iter().take(body).rposition(|event| matches!(event, Event::Start(tag) if !is_span(&tag.to_end())));
    let Some(start) = start else { return };
    let before = start.checked_sub(2).and_then(|list| out.get(list..=start));
    if let Some([Event::Start(Tag::List(_)), Event::Start(Tag::Item), Event::Start(Tag::Paragraph)]) = before {
        out.remove(body);
        out.remove(start);
    }
}

/// Drops the blanks at the end of a line.
fn trim_text(out: &mut Vec<Event<'static>>) {
    let Some(Event::Text(text)) = out.last_mut() else { return };
    *text = text.trim_end_matches(' ').to_owned().into();
    if text.is_empty() {
        out.pop();
    }
}

fn drop_breaks(out: &mut Vec<Event<'static>>) {
    trim_text(out);
    while matches!(out.last(), Some(Event::SoftBreak | Event::HardBreak)) {
        out.pop();
        trim_text(out);
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
