//! Bounds of numbers, texts, lists and objects.

use generator::formats::Format;
use generator::schema::JsonType;
use serde_json::Value;

use super::types::known_format;
use super::{Compare, Words, brief};
use crate::rules::{Rule, bound};
use crate::verdict::{Direction, Verdict};
use crate::wire::schemas::located_schema::LocatedSchema;

/// A bound, with the rules for when it is set, raised, lowered and removed.
pub(super) struct Bound {
    pub key: &'static str,
    /// The types that it bounds.
    of: &'static [JsonType],
    /// Whether it is an upper bound. Otherwise it is a lower one.
    upper: bool,
    set: &'static Rule,
    increased: &'static Rule,
    decreased: &'static Rule,
    unset: &'static Rule,
}

macro_rules! bounds {
    ($($key:literal $of:ident $upper:literal $set:ident $increased:ident $decreased:ident $unset:ident)*) => {
        &[$(Bound {
            key: $key,
            of: $of,
            upper: $upper,
            set: &bound::$set,
            increased: &bound::$increased,
            decreased: &bound::$decreased,
            unset: &bound::$unset,
        }),*]
    };
}

const NUMBERS: &[JsonType] = &[JsonType::Integer, JsonType::Number];
const TEXTS: &[JsonType] = &[JsonType::String];
const LISTS: &[JsonType] = &[JsonType::Array];
const OBJECTS: &[JsonType] = &[JsonType::Object];

pub(super) const BOUNDS: &[Bound] = bounds! {
    "maximum" NUMBERS true MAX_SET MAX_INCREASED MAX_DECREASED MAX_UNSET
    "minimum" NUMBERS false MIN_SET MIN_INCREASED MIN_DECREASED MIN_UNSET
    "exclusiveMaximum" NUMBERS true EXCLUSIVE_MAX_SET EXCLUSIVE_MAX_INCREASED EXCLUSIVE_MAX_DECREASED EXCLUSIVE_MAX_UNSET
    "exclusiveMinimum" NUMBERS false EXCLUSIVE_MIN_SET EXCLUSIVE_MIN_INCREASED EXCLUSIVE_MIN_DECREASED EXCLUSIVE_MIN_UNSET
    "maxLength" TEXTS true MAX_LENGTH_SET MAX_LENGTH_INCREASED MAX_LENGTH_DECREASED MAX_LENGTH_UNSET
    "minLength" TEXTS false MIN_LENGTH_SET MIN_LENGTH_INCREASED MIN_LENGTH_DECREASED MIN_LENGTH_UNSET
    "maxItems" LISTS true MAX_ITEMS_SET MAX_ITEMS_INCREASED MAX_ITEMS_DECREASED MAX_ITEMS_UNSET
    "minItems" LISTS false MIN_ITEMS_SET MIN_ITEMS_INCREASED MIN_ITEMS_DECREASED MIN_ITEMS_UNSET
    "maxProperties" OBJECTS true MAX_PROPERTIES_SET MAX_PROPERTIES_INCREASED MAX_PROPERTIES_DECREASED MAX_PROPERTIES_UNSET
    "minProperties" OBJECTS false MIN_PROPERTIES_SET MIN_PROPERTIES_INCREASED MIN_PROPERTIES_DECREASED MIN_PROPERTIES_UNSET
    "maxContains" LISTS true MAX_CONTAINS_SET MAX_CONTAINS_INCREASED MAX_CONTAINS_DECREASED MAX_CONTAINS_UNSET
    "minContains" LISTS false MIN_CONTAINS_SET MIN_CONTAINS_INCREASED MIN_CONTAINS_DECREASED MIN_CONTAINS_UNSET
};

impl Bound {
    /// Whether it may refuse values of some types.
    pub(super) fn is_of(&self, types: &[JsonType]) -> bool {
        types.iter().any(|ty| self.of.contains(ty))
    }

    fn tightened(&self) -> &'static Rule {
        if self.upper { self.decreased } else { self.increased }
    }

    fn loosened(&self) -> &'static Rule {
        if self.upper { self.increased } else { self.decreased }
    }
}

/// The bound that counts for a schema.
struct Edge {
    bound: &'static Bound,
    /// The part that has it.
    part: usize,
    at: f64,
    /// Whether values at the bound itself are refused.
    is_exclusive: bool,
    /// `minimum: 1`.
    told: String,
}

impl Edge {
    fn of(view: &LocatedSchema<'_>, bound: &'static Bound) -> Option<Self> {
        let (part, value) = tightest(view, bound)?;
        let told = format!("{}: {}", bound.key, brief(value));
        Some(Self { bound, part, at: value.as_f64()?, is_exclusive: bound.key.starts_with("exclusive"), told })
    }

    /// The same bound as an inclusive one, for integers.
    fn of_integers(self) -> Self {
        let (upper, open) = (self.bound.upper, self.is_exclusive);
        let at = match (upper, open) {
            (true, false) => self.at.floor(),
            (false, false) => self.at.ceil(),
            (true, true) => self.at.ceil() - 1.0,
            (false, true) => self.at.floor() + 1.0,
        };
        Self { at, is_exclusive: false, ..self }
    }

    /// Whether a value keeps the bound. A bound says nothing about a value of another type.
    fn admits(&self, value: &Value) -> bool {
        let size = match value {
            Value::Number(number) if self.bound.of == NUMBERS => number.as_f64(),
            Value::String(text) if self.bound.of == TEXTS => Some(text.chars().count() as f64),
            Value::Array(elements) if self.bound.key.ends_with("Items") => Some(elements.len() as f64),
            Value::Object(members) if self.bound.of == OBJECTS => Some(members.len() as f64),
            _ => None,
        };
        size.is_none_or(|size| match (self.bound.upper, self.is_exclusive) {
            (true, false) => size <= self.at,
            (true, true) => size < self.at,
            (false, false) => size >= self.at,
            (false, true) => size > self.at,
        })
    }

    /// Whether it says what `contains` says without it.
    fn is_one_element(&self) -> bool {
        self.bound.key == "minContains" && self.at == 1.0
    }

    /// Whether it admits more than no bound does. `minContains: 0` admits lists without the element that `contains` asks for.
    fn is_waived(&self) -> bool {
        self.bound.key == "minContains" && self.at < 1.0
    }

    fn is_tighter(&self, other: &Self) -> bool {
        let farther = if self.bound.upper { self.at < other.at } else { self.at > other.at };
        farther || (self.at == other.at && self.is_exclusive && !other.is_exclusive)
    }
}

/// Whether every value within one bound is within another bound of its kind.
pub(super) fn is_within(own: &Value, wanted: &Value, bound: &Bound) -> bool {
    own.as_f64()
        .zip(wanted.as_f64())
        .is_some_and(|(own, wanted)| if bound.upper { own <= wanted } else { own >= wanted })
}

impl Compare<'_, '_> {
    pub(super) fn bounds(&mut self) {
        self.limits(true);
        self.limits(false);
        BOUNDS.iter().filter(|bound| bound.of != NUMBERS).for_each(|bound| self.bound(bound));
        self.pattern();
        self.multiple();
        let (old, new) = (is_unique(&self.old), is_unique(&self.new));
        if old != new {
            let places = self.places("uniqueItems");
            let (rule, what) = match new {
                true => (&bound::UNIQUE_ADDED, "must not have an element twice"),
                false => (&bound::UNIQUE_REMOVED, "may have an element twice"),
            };
            self.found(rule, places, Words::new(what));
        }
    }

    fn bound(&mut self, bound: &'static Bound) {
        let edge = |view: &LocatedSchema<'_>| Edge::of(view, bound);
        let (old, new) = (edge(&self.old), edge(&self.new));
        self.edges(old, new, bound.upper);
    }

    /// Whether the reader's type holds all integers of the sender. `None` if no bounds are stated, because the formats alone then decide.
    pub(super) fn fits(&self) -> Option<bool> {
        let (sent, read) = self.sent_and_read();
        let (narrow, wide) = (integers(sent)?, integers(read)?);
        let is_bounded =
            [&self.old, &self.new].into_iter().any(|view| edge(view, true).or(edge(view, false)).is_some());
        is_bounded.then_some(wide.0 <= narrow.0 && narrow.1 <= wide.1)
    }

    /// Compares the least numbers, or the greatest. An inclusive and an exclusive bound mean the same for integers if they are one apart.
    fn limits(&mut self, upper: bool) {
        let (old, new) = (edge(&self.old, upper), edge(&self.new, upper));
        // The format may say what the bound says.
        let implied = |view: &LocatedSchema<'_>, edge: &Edge| {
            let (least, most) = view.text("format").and_then(known_format)?.range()?;
            Some(if upper { edge.at >= most as f64 } else { edge.at <= least as f64 })
        };
        let is_implied = |view: &LocatedSchema<'_>, edge: &Edge| implied(view, edge).unwrap_or(false);
        match (&old, &new) {
            (Some(edge), None) if is_implied(&self.new, edge) => {}
            (None, Some(edge)) if is_implied(&self.old, edge) => {}
            _ => self.edges(old, new, upper),
        }
    }

    fn edges(&mut self, old: Option<Edge>, new: Option<Edge>, upper: bool) {
        // If all listed values keep a bound, it adds nothing. Another rule reports a value that only one side lists.
        let is_told = |without: &LocatedSchema<'_>, edge: &Option<Edge>, other: &LocatedSchema<'_>| {
            let is_common = |value: &&&Value| other.values.as_ref().is_none_or(|others| others.contains(*value));
            let listed = without.values.as_ref().zip(edge.as_ref());
            listed.is_some_and(|(values, edge)| values.iter().filter(is_common).all(|it| edge.admits(it)))
        };
        if old.is_none() && is_told(&self.old, &new, &self.new) || new.is_none() && is_told(&self.new, &old, &self.old)
        {
            return;
        }
        let (rule, is_tighter) = match (&old, &new) {
            (None, None) => return,
            (None, Some(edge)) | (Some(edge), None) if edge.is_one_element() => return,
            (None, Some(new)) if new.is_waived() => (new.bound.loosened(), false),
            (Some(old), None) if old.is_waived() => (old.bound.tightened(), true),
            (None, Some(new)) => (new.bound.set, true),
            (Some(old), None) => (old.bound.unset, false),
            (Some(old), Some(new)) if new.is_tighter(old) => (new.bound.tightened(), true),
            (Some(old), Some(new)) if old.is_tighter(new) => (new.bound.loosened(), false),
            _ => return,
        };
        let what = match (is_tighter, upper) {
            (true, true) => self.say(
                "must not be as great as before: the server may refuse what was right",
                "is never as great as before",
            ),
            (true, false) => self.say(
                "must not be as small as before: the server may refuse what was right",
                "is never as small as before",
            ),
            (false, true) => self.say("may be greater", "may now be greater than was promised"),
            (false, false) => self.say("may be smaller", "may now be smaller than was promised"),
        };
        let places = self.places_of(old.as_ref().map(|edge| edge.part), new.as_ref().map(|edge| edge.part));
        let read = |edge: Option<Edge>| edge.map(|edge| edge.told);
        self.found(rule, places, Words::new(what).values(read(old), read(new)));
    }

    fn pattern(&mut self) {
        let (old, new) = (self.old.text("pattern"), self.new.text("pattern"));
        let everything = |pattern: &str| matches!(pattern, "" | ".*" | "^.*$" | "^.*" | ".*$" | "^" | "$");
        let (rule, what) = match (old, new) {
            (old, new) if old == new => return,
            (Some(_), Some(new)) if everything(new) => (&bound::PATTERN_GENERALIZED, "may be any text"),
            (_, Some(new)) if everything(new) => return,
            (None, _) => (&bound::PATTERN_ADDED, "must match a pattern"),
            (Some(_), None) => (&bound::PATTERN_REMOVED, "need not match a pattern any more"),
            (Some(old), Some(_)) if everything(old) => (&bound::PATTERN_ADDED, "must match a pattern"),
            (Some(_), Some(_)) => (&bound::PATTERN_CHANGED, "must match another pattern"),
        };
        let (what, verdict) = match self.are_listed() {
            true => ("the pattern changes nothing for the listed values", Some(Verdict::Compatible)),
            false => (what, None),
        };
        let places = self.places("pattern");
        let words = Words::new(what).values(old.map(str::to_owned), new.map(str::to_owned));
        self.found(rule, places, words.verdict(verdict));
    }

    fn multiple(&mut self) {
        let (old, new) = (self.old.keyword("multipleOf"), self.new.keyword("multipleOf"));
        // Every integer is a multiple of 1.
        let is_implied = |view: &LocatedSchema<'_>, amount: f64| amount == 1.0 && is_integer(view);
        let amount = |value: Option<(usize, &Value)>, view: &LocatedSchema<'_>| {
            value.and_then(|(_, value)| value.as_f64()).filter(|amount| !is_implied(view, *amount))
        };
        let is_received = self.context.direction == Direction::Response;
        let (rule, what, verdict) = match (amount(old, &self.old), amount(new, &self.new)) {
            (None, None) => return,
            (None, Some(_)) => (&bound::MULTIPLE_SET, "must be a multiple", None),
            (Some(_), None) => (&bound::MULTIPLE_UNSET, "need not be a multiple any more", None),
            (Some(old), Some(new)) if old == new => return,
            (Some(old), Some(new)) if (old / new).fract() == 0.0 => {
                (&bound::MULTIPLE_WIDENED, "may be a multiple of less", None)
            }
            (Some(old), Some(new)) if (new / old).fract() == 0.0 && is_received => {
                (&bound::MULTIPLE_CHANGED, "is always a multiple of more", Some(Verdict::Compatible))
            }
            _ => (&bound::MULTIPLE_CHANGED, "must be a multiple of something else", None),
        };
        let places = self.places("multipleOf");
        let words = Words::new(what).values(old.map(|(_, v)| brief(v)), new.map(|(_, v)| brief(v)));
        self.found(rule, places, words.verdict(verdict));
    }
}

fn is_integer(view: &LocatedSchema<'_>) -> bool {
    view.types.as_deref() == Some(&[JsonType::Integer])
}

/// The tightest upper bound of a number, or the tightest lower one. For integers, it is made inclusive.
fn edge(view: &LocatedSchema<'_>, upper: bool) -> Option<Edge> {
    let integers = is_integer(view);
    let both = BOUNDS.iter().filter(|bound| bound.of == NUMBERS && bound.upper == upper);
    let both = both.filter_map(|bound| Edge::of(view, bound));
    let both = both.map(|edge| if integers { edge.of_integers() } else { edge });
    both.reduce(|one, other| if other.is_tighter(&one) { other } else { one })
}

/// The least and the greatest of the integers that a view admits. `None` if it admits other values.
fn integers(view: &LocatedSchema<'_>) -> Option<(f64, f64)> {
    if !is_integer(view) {
        return None;
    }
    let format = view.text("format").and_then(known_format).and_then(Format::range);
    let (least, most) = format.map_or((f64::NEG_INFINITY, f64::INFINITY), |(least, most)| (least as f64, most as f64));
    let at = |upper: bool, otherwise: f64| edge(view, upper).map_or(otherwise, |edge| edge.at);
    Some((at(false, least).max(least), at(true, most).min(most)))
}

/// The bound that counts: the tightest of all parts.
pub(super) fn tightest<'d>(view: &LocatedSchema<'d>, bound: &Bound) -> Option<(usize, &'d Value)> {
    let mut tightest: Option<(usize, &Value)> = None;
    for (index, part) in view.parts.iter().enumerate() {
        let Some(value) = own(part.at.value, bound.key) else { continue };
        let tighter = match (tightest.and_then(|(_, known)| known.as_f64()), value.as_f64()) {
            (Some(known), Some(found)) => (found < known) == bound.upper && found != known,
            (None, found) => found.is_some(),
            (Some(_), None) => false,
        };
        if tighter {
            tightest = Some((index, value));
        }
    }
    // A lower bound that every value reaches anyway does not bound anything.
    tightest.filter(|(_, value)| {
        let at = value.as_f64().unwrap_or_default();
        match bound.key {
            "minLength" | "minItems" => at > 0.0,
            "minProperties" => at > view.required.len() as f64,
            _ => true,
        }
    })
}

/// Whether lists with equal elements are refused. A list of one element has no equal elements.
fn is_unique(view: &LocatedSchema<'_>) -> bool {
    let most = BOUNDS.iter().find(|bound| bound.key == "maxItems").and_then(|bound| Edge::of(view, bound));
    view.flag("uniqueItems") && most.is_none_or(|most| most.at > 1.0)
}

/// A schema object's own bound. In OpenAPI 3.0, `exclusiveMinimum` is a flag next to `minimum`, and makes `minimum` exclusive.
fn own<'d>(schema: &'d Value, key: &str) -> Option<&'d Value> {
    let flag = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    match key {
        "maximum" if flag("exclusiveMaximum") => None,
        "minimum" if flag("exclusiveMinimum") => None,
        "exclusiveMaximum" if flag(key) => schema.get("maximum"),
        "exclusiveMinimum" if flag(key) => schema.get("minimum"),
        _ => schema.get(key).filter(|value| value.is_number()),
    }
}
