//! Line breaks for paragraphs that were written as one long line.
//!
//! Takes tamed events, gives events in which a blank between two words has become a soft break where the line would
//! pass the width. Links, code, headings and tables are not broken, nor is any line joined to the next.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::is_span;

/// The width at which lines are wrapped. A longer word gets a line of its own.
pub const WIDTH: usize = 100;

/// A paragraph's parts: what must stay together, and the blanks between.
enum Piece<'a> {
    Event(Event<'a>),
    Blanks(CowStr<'a>),
}

/// The events with long lines broken.
pub fn events(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let pieces = split(events);
    let mut wrap = Wrap::default();
    let mut rest = pieces.into_iter().peekable();
    while rest.peek().is_some() {
        let mut word = Vec::new();
        let mut blanks = None;
        for piece in rest.by_ref() {
            match piece {
                Piece::Event(event) => word.push(event),
                Piece::Blanks(text) => {
                    blanks = Some(text);
                    break;
                }
            }
        }
        wrap.word(word, blanks);
    }
    wrap.out
}

/// Cuts the text that may be wrapped at its blanks.
fn split(events: Vec<Event<'_>>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut fixed = 0usize;
    for event in events {
        match event {
            Event::Start(ref tag) if is_fixed(&tag.to_end()) => fixed += 1,
            Event::End(ref tag) if is_fixed(tag) => fixed = fixed.saturating_sub(1),
            Event::Text(text) if fixed == 0 => {
                split_text(&text, &mut pieces);
                continue;
            }
            _ => {}
        }
        pieces.push(Piece::Event(event));
    }
    pieces
}

fn split_text(text: &str, pieces: &mut Vec<Piece<'_>>) {
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(' ').unwrap_or(rest.len());
        let (head, tail) = rest.split_at(word);
        if !head.is_empty() {
            pieces.push(Piece::Event(Event::Text(head.to_owned().into())));
        }
        let next = tail.trim_start_matches(' ');
        let blanks = &tail[..tail.len() - next.len()];
        if !blanks.is_empty() {
            pieces.push(Piece::Blanks(blanks.to_owned().into()));
        }
        rest = next;
    }
}

fn is_fixed(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image)
}

#[derive(Default)]
struct Wrap<'a> {
    out: Vec<Event<'a>>,
    /// The blanks after the last word, if they may become a break.
    blanks: Option<CowStr<'a>>,
    column: usize,
    indent: usize,
}

impl<'a> Wrap<'a> {
    fn word(&mut self, word: Vec<Event<'a>>, after: Option<CowStr<'a>>) {
        let width = word.iter().take_while(|event| !ends_line(event)).map(width).sum::<usize>();
        if let Some(blanks) = self.blanks.take() {
            self.separate(blanks, width, word.first());
        }
        for event in word {
            self.column += width_and_indent(&event, &mut self.indent);
            if ends_line(&event) {
                self.column = self.indent;
            }
            self.out.push(event);
        }
        // Blanks at the start of a line would have to be spelled as character references.
        self.blanks = after.filter(|_| self.out.last().is_some_and(|last| !ends_line(last)));
    }

    fn separate(&mut self, blanks: CowStr<'a>, width: usize, next: Option<&Event<'a>>) {
        let Some(next) = next.filter(|next| !ends_line(next)) else { return };
        if self.column + blanks.len() + width > WIDTH && !looks_like_marker(next) {
            self.out.push(Event::SoftBreak);
            self.column = self.indent;
        } else {
            self.column += blanks.len();
            self.out.push(Event::Text(blanks));
        }
    }
}

/// Whether a line ends or begins at the event.
fn ends_line(event: &Event) -> bool {
    match event {
        Event::Start(tag) => !is_span(&tag.to_end()),
        Event::End(tag) => !is_span(tag),
        Event::SoftBreak | Event::HardBreak | Event::Rule => true,
        _ => false,
    }
}

/// At the start of a line, such a word would have to be escaped.
fn looks_like_marker(event: &Event) -> bool {
    let Event::Text(text) = event else { return false };
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with(['-', '+', '=', '#', '>', '|', ':'])
        || (digits.len() < text.len() && digits.starts_with(['.', ')']))
}

/// The columns that an event takes, without those that escaping adds.
fn width(event: &Event) -> usize {
    match event {
        Event::Text(text) => text.chars().count(),
        Event::Code(text) => text.chars().count() + 2,
        Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
            dest_url.chars().count() + title.chars().count() + 4
        }
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strong | Tag::Strikethrough) | Event::End(TagEnd::Strong | TagEnd::Strikethrough) => 2,
        Event::FootnoteReference(name) => name.chars().count() + 3,
        _ => 0,
    }
}

fn width_and_indent(event: &Event, indent: &mut usize) -> usize {
    match event {
        Event::Start(Tag::Item | Tag::BlockQuote(_)) => *indent += 3,
        Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => *indent = indent.saturating_sub(3),
        _ => {}
    }
    width(event)
}
