//! What each code means, as `DIAGNOSTICS.md` says it: a section for each, with its severities, its meaning, an example and the way out.

use crate::similar::nearest;

/// The whole text.
const TEXT: &str = include_str!("../../DIAGNOSTICS.md");

/// What a section begins with.
const SECTION: &str = "\n### ";

/// A section of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation<'t> {
    /// The code.
    pub code: &'t str,
    /// `Error`, `Warning` or `Note`; `Error or warning` where it depends on the place.
    pub severity: &'t str,
    /// What it means, in Markdown.
    pub meaning: &'t str,
    /// The code blocks of the section, each with its language: the document, and the overlay or the choices if there are any.
    pub examples: [Option<(&'t str, &'t str)>; 2],
    /// What to do, in Markdown.
    pub way_out: &'t str,
}

/// All sections, in order.
pub fn explanations() -> impl Iterator<Item = Explanation<'static>> {
    TEXT.split(SECTION).skip(1).filter_map(explanation)
}

/// The section of a code. If the code is unknown, the error is a known code that may be meant.
pub fn explain(code: &str) -> Result<Explanation<'static>, Option<&'static str>> {
    let found = explanations().find(|section| section.code == code);
    found.ok_or_else(|| nearest(code, super::codes::ALL.iter().map(|known| known.name())))
}

fn explanation(section: &str) -> Option<Explanation<'_>> {
    let (code, rest) = section.split_once("\n\n**")?;
    let (severity, rest) = rest.split_once(".** ")?;
    let (rest, way_out) = rest.split_once("\n\n**Way out.** ")?;
    let mut parts = rest.split("\n\n```");
    let meaning = parts.next()?;
    let mut example = || parts.next()?.strip_suffix("```")?.split_once('\n');
    let way_out = way_out.split("\n\n").next()?.trim_end();
    Some(Explanation { code, severity, meaning, examples: [example(), example()], way_out })
}
