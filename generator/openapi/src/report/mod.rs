//! Diagnostics to text for people: messages with the place, the line and the way out.
//!
//! Takes what the stages reported and the sources it is about; gives text, in the order of the files and of the places in
//! them. Decides nothing about severity and prints nothing. Whatever a document holds, its text cannot act on the
//! terminal or the build service that shows it.

mod escape;
#[cfg(test)]
mod tests;
mod window;

use std::collections::HashMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Message, Renderer, Snippet};

pub use self::escape::{escape, escape_json};
use self::window::Window;
use crate::diagnostics::{Action, Code, Correction, Diagnostic, Diagnostics, Place, Severity, Spot, codes};
use crate::limits::MAX_MESSAGES;
use crate::source::{Location, Sources};

/// The room for a line number and a margin next to a [`Window`]. It is larger than needed, so that the renderer cuts nothing.
const MARGIN: usize = 80;

/// How messages are shown.
#[derive(Clone, Copy, Debug)]
pub struct Style<'c> {
    /// In colour.
    pub color: bool,
    /// The most bytes of a line.
    pub width: usize,
    /// With the actions of an overlay.
    pub corrections: &'c [Correction],
}

impl Default for Style<'_> {
    fn default() -> Self {
        Self { color: false, width: 120, corrections: &[] }
    }
}

/// Codes whose messages repeat where a document repeats the same fault. Equal messages with such a code are shown once, with their number.
const ONE_CAUSE: [Code; 4] =
    [codes::DANGLING_REFERENCE, codes::INLINED_REFERENCE, codes::UNREADABLE_REFERENCE, codes::UNKNOWN_SCHEME];

/// All messages, each with the line it is about.
///
/// ```text
/// error[dangling-reference]: `#/components/schemas/Pet` leads nowhere
///   --> specs/petstore/openapi.yaml:14:15  #/paths/~1pets/get/responses/200
///    |
/// 14 |               $ref: '#/components/schemas/Pet'
///    |               ^^^^
///    |
///    = help: the document has `Pets`
/// ```
pub fn render(diagnostics: &Diagnostics, sources: &Sources, color: bool) -> String {
    render_as(diagnostics, sources, &Style { color, ..Style::default() })
}

/// The same, in a style.
pub fn render_as(diagnostics: &Diagnostics, sources: &Sources, style: &Style<'_>) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() }.term_width(style.width + MARGIN);
    let messages = style.corrections.iter().flat_map(|correction| &correction.messages);
    let actions: HashMap<&Diagnostic, &[Action]> =
        messages.map(|(diagnostic, actions)| (diagnostic, actions.as_slice())).collect();
    let ordered = once_a_cause(ordered(diagnostics, sources));
    let more = ordered.len().saturating_sub(MAX_MESSAGES);
    let messages = ordered.into_iter().take(MAX_MESSAGES).map(|(diagnostic, location, others)| {
        let group = group(diagnostic, &location, others, sources, style.width);
        let lines = actions.get(diagnostic).into_iter().copied().flatten().flat_map(Action::lines);
        let rendered = renderer.render(&[lines.fold(group, |group, line| group.element(action_message(&line)))]);
        let margin = match diagnostic.place.spot {
            Spot::File => 0,
            _ => location.line.to_string().len(),
        };
        with_origin(&rendered, &origin_and_pointer(diagnostic, &location, sources), margin)
    });
    let more = (more > 0).then(|| format!("{more} more messages are not shown\n"));
    messages.chain(more).collect::<Vec<_>>().join("\n")
}

/// One message on one line: `path:line:column: severity: message`.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let location = sources.locate(&diagnostic.place);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    format!("{}: {severity}: {}", origin(diagnostic, &location, sources), escape(&diagnostic.message))
}

/// The messages by file and place. If there are more than a run shows, they are sorted by severity first. Messages about one place keep the
/// order in which they were found.
fn ordered<'d>(diagnostics: &'d Diagnostics, sources: &Sources) -> Vec<(&'d Diagnostic, Location)> {
    let mut located: Vec<_> =
        diagnostics.iter().map(|diagnostic| (diagnostic, sources.locate(&diagnostic.place))).collect();
    located.sort_by_key(|(diagnostic, location)| {
        let Place { file, spot } = &diagnostic.place;
        (*file, *spot != Spot::File, location.span.start)
    });
    if located.len() > MAX_MESSAGES {
        located.sort_by_key(|(diagnostic, _)| diagnostic.severity);
    }
    located
}

/// Keeps one of the messages with the same cause, with the number of the others.
fn once_a_cause(located: Vec<(&Diagnostic, Location)>) -> Vec<(&Diagnostic, Location, usize)> {
    let mut seen: HashMap<(Code, &str), usize> = HashMap::new();
    let mut kept: Vec<(&Diagnostic, Location, usize)> = Vec::new();
    for (diagnostic, location) in located {
        let cause = (diagnostic.code, diagnostic.message.as_str());
        match seen.get(&cause).and_then(|index| kept.get_mut(*index)) {
            Some((_, _, others)) => *others += 1,
            None => {
                if ONE_CAUSE.contains(&diagnostic.code) {
                    seen.insert(cause, kept.len());
                }
                kept.push((diagnostic, location, 0));
            }
        }
    }
    kept
}

fn group<'d>(
    diagnostic: &'d Diagnostic,
    location: &Location,
    others: usize,
    sources: &Sources,
    width: usize,
) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let elsewhere = match others {
        0 => String::new(),
        1 => ", here and in another place".to_owned(),
        others => format!(", here and in {others} other places"),
    };
    let title = level.primary_title(escape(&diagnostic.message) + &elsewhere).id(diagnostic.code.name());
    let group = title.elements(snippet(diagnostic, location, sources, width));
    match &diagnostic.help {
        Some(help) => group.element(help_message(help)),
        None => group,
    }
}

/// Puts the place below the title. The renderer would name the column in the shown part of the line, not in the line.
fn with_origin(rendered: &str, origin: &str, margin: usize) -> String {
    let (title, rest) = rendered.split_once('\n').unwrap_or((rendered, ""));
    let rest = rest.trim_end_matches('\n');
    let end = if rest.is_empty() { "" } else { "\n" };
    format!("{title}\n{:margin$}--> {origin}\n{rest}{end}", "")
}

fn origin_and_pointer(diagnostic: &Diagnostic, location: &Location, sources: &Sources) -> String {
    let origin = origin(diagnostic, location, sources);
    match diagnostic.place.spot.pointer() {
        Some(pointer) => format!("{origin}  {}", escape(&pointer.to_string())),
        None => origin,
    }
}

fn help_message(help: &str) -> Message<'static> {
    Level::HELP.message(escape(help))
}

fn action_message(line: &str) -> Message<'static> {
    Level::HELP.with_name("overlay").message(escape_json(line))
}

fn origin(diagnostic: &Diagnostic, location: &Location, sources: &Sources) -> String {
    let name = escape(&sources.file(diagnostic.place.file).name);
    // A line that begins with `::` is a command to GitHub's runners.
    let name = if name.starts_with(':') { format!("./{name}") } else { name };
    match diagnostic.place.spot {
        Spot::File => name,
        _ => format!("{name}:{}:{}", location.line, location.column),
    }
}

fn snippet<'s>(
    diagnostic: &Diagnostic,
    location: &Location,
    sources: &Sources,
    width: usize,
) -> Option<Snippet<'s, Annotation<'s>>> {
    if diagnostic.place.spot == Spot::File {
        return None;
    }
    let (start, line) = sources.line(diagnostic.place.file, location.line);
    let Window { text, span } = Window::new(line, location.span.start - start, location.span.len(), width);
    let annotation = AnnotationKind::Primary.span(span);
    Some(Snippet::source(text).line_start(location.line).annotation(annotation))
}
