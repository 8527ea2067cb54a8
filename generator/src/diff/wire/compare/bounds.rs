//! Bounds of numbers, texts, lists and objects.

use serde_json::Value;

use super::{Compare, Words, brief};
use crate::diff::rules::{Rule, bound};
use crate::diff::wire::schemas::located_schema::LocatedSchema;
use crate::schema::JsonType;

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
}

/// Whether every value within one bound is within another bound of its kind.
pub(super) fn is_within(own: &Value, wanted: &Value, bound: &Bound) -> bool {
    own.as_f64()
        .zip(wanted.as_f64())
        .is_some_and(|(own, wanted)| if bound.upper { own <= wanted } else { own >= wanted })
}

impl Compare<'_, '_> {
    pub(super) fn bounds(&mut self) {
        for bound in BOUNDS {
            self.bound(bound);
        }
        self.pattern();
        self.multiple();
        let (old, new) = (self.old.flag("uniqueItems"), self.new.flag("uniqueItems"));
        if old != new {
            let places = self.places("uniqueItems");
            let (rule, what) = match new {
                true => (&bound::UNIQUE_ADDED, "must not have an element twice"),
                false => (&bound::UNIQUE_REMOVED, "may have an element twice"),
            };
            self.found(rule, places, Words::new(what));
        }
    }

    fn bound(&mut self, bound: &Bound) {
        let (old, new) = (tightest(&self.old, bound), tightest(&self.new, bound));
        let amount = |value: Option<(usize, &Value)>| value.and_then(|(_, value)| value.as_f64());
        let (rule, is_tighter) = match (amount(old), amount(new)) {
            (None, None) => return,
            (None, Some(_)) => (bound.set, true),
            (Some(_), None) => (bound.unset, false),
            (Some(old), Some(new)) if new > old => (bound.increased, !bound.upper),
            (Some(old), Some(new)) if new < old => (bound.decreased, bound.upper),
            _ => return,
        };
        let what = match (is_tighter, bound.upper) {
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
        let places = self.places_of(old.map(|(part, _)| part), new.map(|(part, _)| part));
        let read = |value: Option<(usize, &Value)>| value.map(|(_, value)| format!("{}: {}", bound.key, brief(value)));
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
        let places = self.places("pattern");
        self.found(rule, places, Words::new(what).values(old.map(str::to_owned), new.map(str::to_owned)));
    }

    fn multiple(&mut self) {
        let (old, new) = (self.old.keyword("multipleOf"), self.new.keyword("multipleOf"));
        let amount = |value: Option<(usize, &Value)>| value.and_then(|(_, value)| value.as_f64());
        let (rule, what) = match (amount(old), amount(new)) {
            (None, None) => return,
            (None, Some(_)) => (&bound::MULTIPLE_SET, "must be a multiple"),
            (Some(_), None) => (&bound::MULTIPLE_UNSET, "need not be a multiple any more"),
            (Some(old), Some(new)) if old == new => return,
            (Some(old), Some(new)) if (old / new).fract() == 0.0 => {
                (&bound::MULTIPLE_WIDENED, "may be a multiple of less")
            }
            _ => (&bound::MULTIPLE_CHANGED, "must be a multiple of something else"),
        };
        let places = self.places("multipleOf");
        self.found(rule, places, Words::new(what).values(old.map(|(_, v)| brief(v)), new.map(|(_, v)| brief(v))));
    }
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
    // If the least length or the least number of elements is zero, it does not bound anything.
    let counts = !matches!(bound.key, "maximum" | "minimum" | "exclusiveMaximum" | "exclusiveMinimum");
    tightest.filter(|(_, value)| bound.upper || !counts || value.as_f64() != Some(0.0))
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
