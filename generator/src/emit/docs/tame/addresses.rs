//! Addresses in the text without markup. rustdoc wants them as links.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// Links every bare address outside links and code. An address with a `{parameter}` leads nowhere and becomes code.
pub fn link(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut out = Vec::with_capacity(events.len());
    let mut outside = 0usize;
    for event in events {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => outside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => outside = outside.saturating_sub(1),
            Event::Text(text) if outside == 0 => {
                link_text(&text, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(event);
    }
    out
}

fn link_text(text: &str, out: &mut Vec<Event<'static>>) {
    let mut rest = text;
    while let Some(start) = find(rest) {
        let (before, from) = rest.split_at(start);
        let (address, after) = from.split_at(length(from));
        push_text(before, out);
        if address.contains(['{', '}']) {
            out.push(Event::Code(address.to_owned().into()));
        } else {
            push_link(address, out);
        }
        rest = after;
    }
    push_text(rest, out);
}

fn find(text: &str) -> Option<usize> {
    text.match_indices("http").map(|(at, _)| at).find(|&at| {
        let rest = text.get(at..).unwrap_or_default();
        rest.strip_prefix("https://").or(rest.strip_prefix("http://")).is_some_and(|host| length(host) > 0)
    })
}

/// The length of the address at the start of a text, without the punctuation of the sentence around it.
fn length(text: &str) -> usize {
    let end = text.find(|c: char| !c.is_ascii_graphic() || "<>\"`\\|^[]*".contains(c)).unwrap_or(text.len());
    let address = text.get(..end).unwrap_or_default();
    let mut unopened = address.matches(')').count().saturating_sub(address.matches('(').count());
    let kept = address.trim_end_matches(|c: char| match c {
        ')' if unopened > 0 => {
            unopened -= 1;
            true
        }
        c => ".,;:!?'_~".contains(c),
    });
    kept.len()
}

fn push_link(address: &str, out: &mut Vec<Event<'static>>) {
    let dest_url: CowStr = address.to_owned().into();
    let tag = Tag::Link { link_type: LinkType::Autolink, dest_url: dest_url.clone(), title: "".into(), id: "".into() };
    out.extend([Event::Start(tag), Event::Text(dest_url), Event::End(TagEnd::Link)]);
}

fn push_text(text: &str, out: &mut Vec<Event<'static>>) {
    if !text.is_empty() {
        out.push(Event::Text(text.to_owned().into()));
    }
}
