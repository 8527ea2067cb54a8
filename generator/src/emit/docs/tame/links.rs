//! Links: links to the web and within the page stay. All others become the text as it was written.
//!
//! rustdoc takes any other link for a path in the crate, and refuses a path that it does not find.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::super::{DIALECT, chars};

/// Escapes the definitions of links that are not kept, such as `[default]: 5`. Otherwise these texts would not be shown at all.
pub fn keep_definitions(text: &str) -> Cow<'_, str> {
    let parser = Parser::new_ext(text, DIALECT);
    let definitions = parser.reference_definitions().iter();
    let mut starts: Vec<_> =
        definitions.filter(|(_, definition)| !is_kept(&definition.dest)).map(|(_, it)| it.span.start).collect();
    if starts.is_empty() {
        return Cow::Borrowed(text);
    }
    starts.sort_unstable();
    let mut escaped = String::with_capacity(text.len() + starts.len());
    let mut from = 0;
    for start in starts {
        escaped.push_str(text.get(from..start).unwrap_or_default());
        escaped.push('\\');
        from = start;
    }
    escaped.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(escaped)
}

/// Makes every kept link an inline link, so that its definition cannot get lost. Turns the other links into text.
pub fn tame(events: Vec<Event<'static>>) -> Vec<Event<'static>> {
    let mut open = Vec::new();
    let mut out = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let (start, end) = link(link_type, &dest_url, &title);
                open.push(end);
                out.push(start);
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let (start, end) = image(&dest_url, &title);
                open.push(end);
                out.push(start);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => out.extend(open.pop()),
            other => out.push(other),
        }
    }
    out
}

fn link(link_type: LinkType, dest: &str, title: &str) -> (Event<'static>, Event<'static>) {
    let bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
    if is_kept(dest) || link_type == LinkType::Email {
        let link_type = if bare { link_type } else { LinkType::Inline };
        let tag = Tag::Link { link_type, dest_url: own(dest), title: own(&chars::clean_line(title)), id: "".into() };
        (Event::Start(tag), Event::End(TagEnd::Link))
    } else if bare {
        (Event::Text("<".into()), Event::Text(">".into()))
    } else {
        (Event::Text("[".into()), Event::Text(spelled(dest, title)))
    }
}

fn image(dest: &str, title: &str) -> (Event<'static>, Event<'static>) {
    if !is_kept(dest) {
        return (Event::Text("![".into()), Event::Text(spelled(dest, title)));
    }
    let tag = Tag::Image {
        link_type: LinkType::Inline,
        dest_url: own(dest),
        title: own(&chars::clean_line(title)),
        id: "".into(),
    };
    (Event::Start(tag), Event::End(TagEnd::Image))
}

fn spelled(dest: &str, title: &str) -> CowStr<'static> {
    let title = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
    format!("]({dest}{title})").into()
}

/// Whether a destination leads out of the crate, or into this page. Other schemes can run scripts.
fn is_kept(dest: &str) -> bool {
    let scheme = |scheme: &str| dest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let known = scheme("https://") || scheme("http://") || dest.starts_with('#');
    (known || scheme("mailto:") && dest.contains('.'))
        && chars::clean(dest) == dest
        && !dest.contains(char::is_whitespace)
}

fn own(text: &str) -> CowStr<'static> {
    text.to_owned().into()
}
