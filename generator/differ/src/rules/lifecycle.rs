//! Deprecation (`deprecated`), promised ends (`x-sunset`) and stability (`x-stability-level`).

use crate::rules::{B, C, Edit, Effect, Rule};
use crate::verdict::Verdict;

/// The rules of one kind of thing.
#[derive(Debug)]
pub(crate) struct Family {
    pub deprecated: Rule,
    pub deprecated_until: Rule,
    pub reactivated: Rule,
    pub unreadable: Rule,
    pub deleted: Rule,
    pub earlier: Rule,
    pub later: Rule,
    pub decreased: Rule,
    pub increased: Rule,
    pub invalid: Rule,
}

impl Family {
    /// The rules, in their order.
    pub(crate) const fn all(&self) -> [Rule; 10] {
        [
            self.deprecated,
            self.deprecated_until,
            self.reactivated,
            self.unreadable,
            self.deleted,
            self.earlier,
            self.later,
            self.decreased,
            self.increased,
            self.invalid,
        ]
    }

    /// The member in which a change is.
    pub(crate) fn key(&self, rule: &Rule) -> &'static str {
        if [self.deprecated, self.deprecated_until, self.reactivated].contains(rule) {
            "deprecated"
        } else if [self.decreased, self.increased, self.invalid].contains(rule) {
            "x-stability-level"
        } else {
            "x-sunset"
        }
    }
}

/// A rule about what was promised of something. Its verdict is the same in both directions.
const fn promise(
    id: &'static str,
    verdict: Verdict,
    sentence: &'static str,
    example: (&'static str, &'static str),
) -> Rule {
    Rule { id, sentence, example, request: verdict, response: verdict, effect: Effect::Promise, edit: Edit::Changed }
}

/// Declares the rules of one kind of thing. Their identifiers begin with `$prefix`, their sentences with `$thing`.
macro_rules! family {
    ($(#[$docs:meta])* $name:ident $prefix:literal $thing:literal) => {
        $(#[$docs])*
        pub(crate) const $name: Family = Family {
            deprecated: promise(
                concat!($prefix, "-deprecated"),
                C,
                concat!($thing, " was deprecated"),
                ("(absent)", "deprecated: true"),
            ),
            deprecated_until: promise(
                concat!($prefix, "-deprecated-with-sunset"),
                C,
                concat!($thing, " was deprecated and will go on a stated date"),
                ("(absent)", "deprecated: true, x-sunset: 2030-01-01"),
            ),
            reactivated: promise(
                concat!($prefix, "-reactivated"),
                C,
                concat!($thing, " is no longer deprecated"),
                ("deprecated: true", "(absent)"),
            ),
            unreadable: promise(
                concat!($prefix, "-sunset-parse"),
                B,
                concat!($thing, " is, or was, deprecated until a date that cannot be read"),
                ("(absent)", "deprecated: true, x-sunset: soon"),
            ),
            deleted: promise(
                concat!($prefix, "-sunset-deleted"),
                B,
                concat!($thing, " that is deprecated lost the date until which it was promised"),
                ("x-sunset: 2030-01-01", "(absent)"),
            ).removes(),
            earlier: promise(
                concat!($prefix, "-sunset-date-changed-too-small"),
                B,
                concat!($thing, " is promised until an earlier date"),
                ("x-sunset: 2030-01-01", "x-sunset: 2026-01-01"),
            ),
            later: promise(
                concat!($prefix, "-sunset-date-postponed"),
                C,
                concat!($thing, " is promised until a later date"),
                ("x-sunset: 2026-01-01", "x-sunset: 2030-01-01"),
            ),
            decreased: promise(
                concat!($prefix, "-stability-decreased"),
                B,
                concat!($thing, " is less stable than it was said to be"),
                ("x-stability-level: stable", "x-stability-level: beta"),
            ),
            increased: promise(
                concat!($prefix, "-stability-increased"),
                C,
                concat!($thing, " is more stable"),
                ("x-stability-level: beta", "x-stability-level: stable"),
            ),
            invalid: promise(
                concat!($prefix, "-invalid-stability-level"),
                B,
                concat!($thing, " has a stability level that is none of draft, alpha, beta and stable"),
                ("x-stability-level: beta", "x-stability-level: 1"),
            ),
        };
    };
}

family! {
    /// The rules of operations.
    ENDPOINT "endpoint" "An operation"
}

family! {
    /// The rules of parameters.
    PARAMETER "parameter" "A parameter"
}

family! {
    /// The rules of properties and other schemas.
    PROPERTY "property" "A property or another schema"
}
