//! How the parts of a form are written: `encoding`.
//!
//! If a part is added or removed, its encoding is too. An encoding that only spells out the default is not a change.

use generator::document::settled_style;
use generator::media_type::{Kind, MediaType, is_json};
use generator::schema::JsonType;
use indexmap::IndexMap;

use crate::rules::msg;
use crate::verdict::{Direction, Verdict};
use crate::wire::finding::finding;
use crate::wire::located::Located;
use crate::wire::schemas::sets::SchemaSets;
use crate::wire::{Scope, Walk};

/// How a part is written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Encoding {
    /// The media types, in their normal spelling.
    media_types: Vec<String>,
    style: String,
    explode: bool,
    reserved: bool,
}

/// The properties of a form's schema, each with its schemas.
type Parts<'d> = IndexMap<&'d str, Vec<Located<'d>>>;

impl<'d> Walk<'d> {
    /// Compares the encodings of the parts that both forms have.
    pub(in crate::wire) fn encodings(&mut self, scope: &Scope, media_type: &str, old: &Located<'d>, new: &Located<'d>) {
        let has_types = MediaType::of(media_type).kind() == Kind::Multipart;
        if !has_types && old.get("encoding").is_none() && new.get("encoding").is_none() {
            return;
        }
        let (before, after) = (parts(&mut self.graph.old, old), parts(&mut self.graph.new, new));
        for (name, part) in &after {
            let Some(known) = before.get(name) else { continue };
            let stated = |at: &Located<'d>| at.get("encoding").and_then(|encoding| encoding.get(name));
            let (from, to) = (stated(old), stated(new));
            if from.is_none() && to.is_none() && !(has_types && self.is_respelt(known, part)) {
                continue;
            }
            let was = encoding(&mut self.graph.old, known, from.as_ref());
            let is = encoding(&mut self.graph.new, part, to.as_ref());
            if was != is {
                // If there is no encoding, the part itself is the place.
                let nodes =
                    (from.as_ref().or(known.first()).unwrap_or(old), to.as_ref().or(part.first()).unwrap_or(new));
                self.encoding(scope, name, [&was, &is], nodes);
            }
        }
    }

    /// Whether two parts hold bytes in the same form. The comparison of their schemas finds no change then, although the default media
    /// types of the parts may differ.
    fn is_respelt(&mut self, old: &[Located<'d>], new: &[Located<'d>]) -> bool {
        let (old, new) = (self.graph.old.view_of(old.to_vec()), self.graph.new.view_of(new.to_vec()));
        old.is_as_binary_as(&new) && old.text("contentMediaType") == new.text("contentMediaType")
    }

    fn encoding(&mut self, scope: &Scope, name: &str, [was, is]: [&Encoding; 2], nodes: (&Located<'d>, &Located<'d>)) {
        let rule = &msg::PART_ENCODING_CHANGED;
        let only_types = Encoding { media_types: is.media_types.clone(), ..was.clone() } == *is;
        let is_kept = only_types && admits(was, is, scope.direction());
        let verdict = if is_kept { Verdict::Compatible } else { rule.verdict(scope.direction()) };
        let what = if is_kept { "may be written as before, or otherwise" } else { "is written otherwise" };
        let found = finding(rule, Some(&nodes.0.node), Some(&nodes.1.node), what).verdict(verdict);
        let found = found.values(Some(was.told(is)), Some(is.told(was)));
        self.note(scope, found.about(name));
    }
}

impl Encoding {
    /// How it differs from another encoding.
    fn told(&self, other: &Self) -> String {
        let facts = [
            (self.media_types != other.media_types).then(|| format!("contentType: {}", self.media_types.join(", "))),
            (self.style != other.style).then(|| format!("style: {}", self.style)),
            (self.explode != other.explode).then(|| format!("explode: {}", self.explode)),
            (self.reserved != other.reserved).then(|| format!("allowReserved: {}", self.reserved)),
        ];
        facts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Whether the server still accepts what was sent, or clients can still read what is received.
fn admits(was: &Encoding, is: &Encoding, direction: Direction) -> bool {
    let (narrow, wide) = match direction {
        Direction::Request => (was, is),
        Direction::Response => (is, was),
    };
    let is_within = |one: &String, other: &String| MediaType::of(one).is_within(&MediaType::of(other));
    narrow.media_types.iter().all(|one| wide.media_types.iter().any(|other| one == other || is_within(one, other)))
}

fn parts<'d>(sets: &mut SchemaSets<'d>, media_type: &Located<'d>) -> Parts<'d> {
    media_type.get("schema").map(|schema| sets.view_of(vec![schema]).properties.clone()).unwrap_or_default()
}

fn encoding<'d>(sets: &mut SchemaSets<'d>, part: &[Located<'d>], stated: Option<&Located<'d>>) -> Encoding {
    let text = |key: &str| stated.and_then(|at| at.text(key));
    let flag = |key: &str| stated.and_then(|at| at.flag(key));
    let mut media_types: Vec<String> = match text("contentType") {
        Some(listed) => listed.split(',').map(part_type).collect(),
        None => vec![usual(sets, part, 0)],
    };
    media_types.sort_unstable();
    let types = sets.view_of(part.to_vec()).types.clone().unwrap_or_else(|| JsonType::ALL.to_vec());
    let is_scalar = !types.contains(&JsonType::Array) && !types.contains(&JsonType::Object);
    // All styles write a scalar alike.
    let (style, explode) = match is_scalar {
        true => ("form", true),
        false => settled_style("query", text("style"), flag("explode")),
    };
    Encoding { media_types, style: style.to_owned(), explode, reserved: flag("allowReserved").unwrap_or(false) }
}

/// The media type of a part without an encoding (OpenAPI 3.1.1, 4.8.15.1): the `contentMediaType` of its schema, or the default of its
/// type.
fn usual<'d>(sets: &mut SchemaSets<'d>, part: &[Located<'d>], depth: usize) -> String {
    let view = sets.view_of(part.to_vec());
    let stated = view.text("contentMediaType").filter(|media_type| !is_json(media_type));
    let is_binary = view.text("format") == Some("binary") || view.text("contentEncoding").is_some();
    let usual = match view.types.as_deref() {
        Some([JsonType::Object]) => "application/json",
        Some([JsonType::Array]) if depth < 4 => return usual(sets, &view.schemas("items"), depth + 1),
        Some([JsonType::String]) if !is_binary => "text/plain",
        Some([JsonType::Integer | JsonType::Number | JsonType::Boolean]) => "text/plain",
        _ => "application/octet-stream",
    };
    let takes = matches!(view.types.as_deref(), None | Some([JsonType::String]));
    stated.filter(|_| takes).map_or_else(|| usual.to_owned(), part_type)
}

/// The media type of a part, with the parameters that are sent.
fn part_type(text: &str) -> String {
    MediaType::of(text.trim()).named().to_lowercase()
}
