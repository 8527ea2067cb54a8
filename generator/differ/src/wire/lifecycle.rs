//! Deprecation, promised ends and stability of an operation, a parameter or a schema.

use serde_json::Value;

use crate::rules::{Rule, life};

/// Deprecation, promised end and stability of one thing.
pub(super) struct Stage {
    deprecated: bool,
    sunset: Option<Value>,
    stability: Option<Value>,
}

/// What differs.
pub(super) struct Note {
    pub rule: &'static Rule,
    /// The member in which the difference is.
    pub key: &'static str,
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Stage {
    pub fn new(deprecated: Option<Value>, sunset: Option<Value>, stability: Option<Value>) -> Self {
        let deprecated = matches!(deprecated, Some(Value::Bool(true)));
        Self { deprecated, sunset, stability }
    }

    /// The stage that an object declares.
    pub fn of(value: &Value) -> Self {
        let member = |key: &str| value.get(key).cloned();
        Self::new(member("deprecated"), member("x-sunset"), member("x-stability-level"))
    }

    /// The rule for the removal of a thing with this stage. Takes three rules: not deprecated, deprecated, deprecated with a promised end.
    pub fn removal(&self, rules: [&'static Rule; 3]) -> &'static Rule {
        let [unannounced, announced, early] = rules;
        match (self.deprecated, &self.sunset) {
            (false, _) => unannounced,
            (true, None) => announced,
            (true, Some(_)) => early,
        }
    }

    /// The promised end, in words.
    pub fn sunset(&self) -> Option<String> {
        self.sunset.as_ref().map(text)
    }
}

/// Compares two stages by the rules for their kind of thing.
pub(super) fn compare(old: &Stage, new: &Stage, rules: &'static life::Family) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |rule: &'static Rule, what: &str, before: Option<&Value>, after: Option<&Value>| {
        let key = rules.key(rule);
        notes.push(Note { rule, key, what: what.to_owned(), before: before.map(text), after: after.map(text) });
    };
    let (before, after) = (old.sunset.as_ref(), new.sunset.as_ref());
    match (old.deprecated, new.deprecated) {
        (false, true) => match after {
            Some(value) if date(value).is_none() => {
                note(&rules.unreadable, "is deprecated until a date that cannot be read", None, after)
            }
            Some(_) => note(&rules.deprecated_until, "is deprecated and will go", None, after),
            None => note(&rules.deprecated, "is deprecated", None, None),
        },
        (true, false) => note(&rules.reactivated, "is no longer deprecated", before, after),
        (true, true) if before != after => promise(before, after, rules, &mut note),
        // A thing that is not deprecated is not about to be removed, whatever its date says.
        _ => {}
    }
    stability(old, new, rules, &mut note);
    notes
}

/// Compares the promised ends of a thing that remains deprecated.
fn promise(
    before: Option<&Value>,
    after: Option<&Value>,
    rules: &'static life::Family,
    note: &mut impl FnMut(&'static Rule, &str, Option<&Value>, Option<&Value>),
) {
    let Some(later) = after else { return note(&rules.deleted, "has no promised end any more", before, None) };
    let (rule, what) = match (before.map(date), date(later)) {
        (_, None) => (&rules.unreadable, "is deprecated until a date that cannot be read"),
        (Some(None), _) => {
            (&rules.unreadable, "was deprecated until a date that cannot be read: the new one may be earlier")
        }
        (None, _) => (&rules.deprecated_until, "will go, which was not said before"),
        (Some(Some(earlier)), Some(later)) if later < earlier => (&rules.earlier, "will go earlier than promised"),
        (Some(Some(_)), Some(_)) => (&rules.later, "will go later than promised"),
    };
    note(rule, what, before, after);
}

fn stability(
    old: &Stage,
    new: &Stage,
    rules: &'static life::Family,
    note: &mut impl FnMut(&'static Rule, &str, Option<&Value>, Option<&Value>),
) {
    let (before, after) = (old.stability.as_ref(), new.stability.as_ref());
    if before == after {
        return;
    }
    let level = |value: &Value| value.as_str().and_then(|name| LEVELS.iter().position(|level| *level == name));
    match (before.map(level), after.map(level)) {
        (_, Some(None)) => note(&rules.invalid, "has a stability level that is none", before, after),
        (Some(Some(from)), Some(Some(to))) if to < from => {
            note(&rules.decreased, "is less stable than it was said to be", before, after)
        }
        (Some(Some(_)), None) | (None | Some(None), _) => {}
        _ => note(&rules.increased, "is more stable", before, after),
    }
}

/// The levels of stability, the least first.
const LEVELS: &[&str] = &["draft", "alpha", "beta", "stable"];

/// The day that a sunset names, as year, month and day.
fn date(value: &Value) -> Option<(u32, u32, u32)> {
    let text = value.as_str()?;
    let mut parts = text.get(..10)?.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let after = text.get(10..)?;
    let plausible = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (after.is_empty() || after.starts_with(['T', 't', ' ']));
    plausible.then_some((year, month, day))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
