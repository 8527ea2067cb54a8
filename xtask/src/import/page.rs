//! Cuts the OpenAPI documents out of a Markdown page.
//!
//! Takes a page, gives the documents in its ```` ```json ```` fences, each with the line at which its fence begins. Of a document, it only
//! looks at the `openapi` key.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;

use super::{Fault, Page, json};

/// An OpenAPI document of a page.
pub struct Document {
    /// `page:line` of the fence.
    pub place: String,
    /// The document, an object.
    pub root: Value,
}

/// Adds a page's documents, and what is wrong with the page.
pub fn cut(page: &Page, documents: &mut Vec<Document>, faults: &mut Vec<Fault>) {
    let known = (documents.len(), faults.len());
    for fence in fences(&page.text) {
        match json::parse(&fence.body) {
            Ok(root) if root.get("openapi").is_some() => {
                let (line, _) = line_and_column(&page.text, fence.start);
                documents.push(Document { place: format!("{}:{line}", page.name), root });
            }
            Ok(_) => {}
            Err(error) => faults.push(unreadable(page, &fence, &error)),
        }
    }
    if known == (documents.len(), faults.len()) {
        faults.push(Fault {
            message: "the page holds no OpenAPI document".to_owned(),
            places: vec![page.name.clone()],
            help: "a document is a JSON object with an `openapi` key in a ```json fence".to_owned(),
        });
    }
}

fn unreadable(page: &Page, fence: &Fence, error: &serde_json::Error) -> Fault {
    let (line, column) = line_and_column(&page.text, fence.offset_in_page(error.line(), error.column()));
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    Fault {
        message: format!("the fence is not JSON: {}", message.strip_suffix(&position).unwrap_or(&message)),
        places: vec![format!("{}:{line}:{column}", page.name)],
        help: "mend the fence, or give it another language than json if it holds no document".to_owned(),
    }
}

/// A fenced code block. Its body is put together from pieces of the page, because a fence in a list or a quotation has a prefix on each
/// line.
struct Fence {
    start: usize,
    body: String,
    /// The offset of each piece in the body and in the page.
    pieces: Vec<(usize, usize)>,
}

impl Fence {
    fn new(start: usize) -> Self {
        Self { start, body: String::new(), pieces: Vec::new() }
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.pieces.push((self.body.len(), range.start));
        self.body.push_str(text);
    }

    /// The offset in the page for a line and a column of the body. `serde_json` counts lines and bytes from one, and gives column zero for
    /// the end of the line before.
    fn offset_in_page(&self, line: usize, column: usize) -> usize {
        let before: usize = self.body.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let offset = (before + column).saturating_sub(1);
        let piece = self.pieces.iter().rev().find(|(in_body, _)| *in_body <= offset);
        piece.map_or(self.start, |(in_body, in_page)| in_page + offset - in_body)
    }
}

fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut open = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_json(&info) => {
                open = Some(Fence::new(range.start));
            }
            Event::Text(piece) => {
                if let Some(fence) = &mut open {
                    fence.push(&piece, &range);
                }
            }
            Event::End(TagEnd::CodeBlock) => fences.extend(open.take()),
            _ => {}
        }
    }
    fences
}

fn is_json(info: &str) -> bool {
    info.split_whitespace().next().is_some_and(|language| language.eq_ignore_ascii_case("json"))
}

/// The line and the column of an offset. Both count from one, the column in characters. The offset may be inside a character.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.char_indices().take_while(|(index, _)| *index < offset).map(|(_, character)| character);
    before.fold((1, 1), |(line, column), character| match character {
        '\n' => (line + 1, 1),
        _ => (line, column + 1),
    })
}
