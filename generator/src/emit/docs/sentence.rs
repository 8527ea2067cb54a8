//! The first sentence of a description.

use pulldown_cmark::utils::TextMergeStream;
use pulldown_cmark::{Event, Tag, TagEnd};

use super::is_span;

/// The events of the first sentence outside code, as a paragraph without breaks that ends in a full stop; none if there is no text.
pub fn first(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut code = false;
    let prose = events.into_iter().filter(|event| {
        code = match event {
            Event::Start(Tag::CodeBlock(_)) => true,
            Event::End(TagEnd::CodeBlock) => false,
            _ => code,
        };
        !code
    });
    let words = prose.skip_while(|event| !is_inline(event)).take_while(is_inline);
    // A sentence may end where a line ends, so lines are joined first.
    let words = TextMergeStream::new(words.map(|event| match event {
        Event::SoftBreak | Event::HardBreak => Event::Text(" ".into()),
        other => other,
    }));
    let mut sentence = vec![Event::Start(Tag::Paragraph)];
    let mut open = Vec::new();
    for event in words {
        let event = match event {
            Event::Text(text) if sentence.len() == 1 => Event::Text(text.trim_start().to_owned().into()),
            other => other,
        };
        match &event {
            Event::Start(tag) => open.push(tag.to_end()),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                if let Some(end) = end_of_sentence(text) {
                    sentence.push(Event::Text(text.get(..end).unwrap_or_default().to_owned().into()));
                    break;
                }
            }
            _ => {}
        }
        sentence.push(event);
    }
    sentence.extend(open.into_iter().rev().map(Event::End));
    close(sentence)
}

/// The first sentence of paragraphs of plain words.
pub fn of_plain(lines: &[String]) -> String {
    let paragraph: Vec<&str> = lines.iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let sentence = end_of_sentence(&paragraph).and_then(|end| paragraph.get(..end)).unwrap_or(&paragraph);
    let sentence = trimmed(sentence);
    let end = if is_ended(sentence) { "" } else { "." };
    format!("{sentence}{end}")
}

fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => is_span(&tag.to_end()),
        Event::End(tag) => is_span(tag),
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}

/// The byte after the sign that ends the first sentence. `None` if no other sentence follows.
fn end_of_sentence(text: &str) -> Option<usize> {
    let mut ends = text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1);
    ends.find(|&end| {
        let (before, after) = text.split_at(end);
        let next = after.trim_start().chars().next();
        let abbreviated =
            ["e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "No."].iter().any(|it| before.ends_with(it));
        // A word in backquotes does not show whether a sentence begins with it.
        let is_next = next.is_some_and(|c| !c.is_lowercase() && c != '`');
        after.starts_with(' ') && !abbreviated && is_next
    })
}

fn close(mut sentence: Vec<Event<'static>>) -> Vec<Event<'static>> {
    if !sentence.iter().any(|event| matches!(event, Event::Text(_) | Event::Code(_))) {
        return Vec::new();
    }
    let last = sentence.iter_mut().rev().find(|event| !matches!(event, Event::End(_)));
    let ended = match last {
        Some(Event::Text(text)) => {
            *text = trimmed(text).to_owned().into();
            is_ended(text)
        }
        _ => false,
    };
    if !ended {
        sentence.push(Event::Text(".".into()));
    }
    sentence.push(Event::End(TagEnd::Paragraph));
    sentence
}

/// A sentence without a colon, semicolon or comma at its end.
fn trimmed(sentence: &str) -> &str {
    sentence.trim_end().trim_end_matches([':', ';', ','])
}

fn is_ended(sentence: &str) -> bool {
    sentence.ends_with(['.', '!', '?', '…', '。'])
}
