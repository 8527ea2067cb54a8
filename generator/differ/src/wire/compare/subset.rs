//! Whether all values of one schema are values of another, however the two are composed; if not, why not.
//!
//! The answer is yes only if it is certain. A doubt counts as a misfit.

use std::rc::Rc;

use generator::limits::{MAX_SUBSET_DEPTH, MAX_SUBSET_STEPS, MAX_SUBSET_VALUES};
use generator::schema::{JsonType, types_of};
use indexmap::IndexMap;

use serde_json::Value;

use super::bounds::{BOUNDS, Bound, is_within, tightest};
use super::misfit::Misfit;
use super::objects::Rest;
use super::texts;
use super::types::known_format;
use super::values::is_same;
use crate::verdict::Direction;
use crate::wire::schemas::graph::Context;
use crate::wire::schemas::located_schema::LocatedSchema;
use crate::wire::schemas::sets::SchemaSets;

/// How strictly to treat members that only one of two objects declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Members {
    /// Both must declare the same members.
    Same,
    /// The narrow schema may declare more.
    More,
    /// The wide schema must declare all members that the narrow one declares.
    Kept,
    /// If the wide schema declares members, the two must have at least one member in common.
    Shared,
}

/// Checks whether all values of one schema are values of another. Remembers its answers.
pub(super) struct Subset<'g, 'd> {
    narrow: &'g mut SchemaSets<'d>,
    wide: &'g mut SchemaSets<'d>,
    direction: Direction,
    /// Whether the values are written as text.
    text: bool,
    members: Members,
    /// The answers, by the addresses of two schemas. While an answer is sought, it is assumed to be yes, so that cycles end.
    known: IndexMap<(usize, usize), Result<(), Misfit>>,
    /// The schemas that [`known`](Self::known) is about.
    kept: Vec<Rc<LocatedSchema<'d>>>,
    depth: usize,
    left: usize,
}

/// Keywords that are compared by their text: if the wide schema has one, the narrow one must have the same.
const AS_THEY_STAND: &[&str] = &[
    "pattern",
    "multipleOf",
    "contains",
    "prefixItems",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "unevaluatedProperties",
    "unevaluatedItems",
    "not",
    "if",
    "then",
    "else",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

type Answer = Result<(), Misfit>;

impl<'g, 'd> Subset<'g, 'd> {
    pub(super) fn new(
        narrow: &'g mut SchemaSets<'d>,
        wide: &'g mut SchemaSets<'d>,
        Context { direction, text, .. }: Context,
        members: Members,
    ) -> Self {
        let (known, kept) = (IndexMap::new(), Vec::new());
        Self { narrow, wide, direction, text, members, known, kept, depth: 0, left: MAX_SUBSET_STEPS }
    }

    /// Whether the values of the narrow schema are values of the wide one.
    pub(super) fn holds(&mut self, narrow: &Rc<LocatedSchema<'d>>, wide: &Rc<LocatedSchema<'d>>) -> Answer {
        let key = (Rc::as_ptr(narrow).addr(), Rc::as_ptr(wide).addr());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        self.left = self.left.checked_sub(1).ok_or(Misfit::Unknown)?;
        if self.depth >= MAX_SUBSET_DEPTH {
            return Err(Misfit::Unknown);
        }
        self.kept.extend([narrow.clone(), wide.clone()]);
        // The schemas may lead back to themselves, so the answer is assumed.
        let before = self.known.len();
        self.known.insert(key, Ok(()));
        self.depth += 1;
        let answer = self.alternatives(narrow, wide);
        self.depth -= 1;
        if answer.is_err() {
            // Positive answers that were found meanwhile may depend on the assumption.
            let found = self.known.split_off(before);
            self.known.extend(found.into_iter().filter(|(_, answer)| answer.is_err()));
        }
        self.known.insert(key, answer.clone());
        answer
    }

    /// Each of several alternatives must fit.
    fn alternatives(&mut self, narrow: &Rc<LocatedSchema<'d>>, wide: &Rc<LocatedSchema<'d>>) -> Answer {
        let Some(list) = narrow.alternatives.first().cloned() else { return self.parted(narrow, wide) };
        let beside = Rc::new(narrow.without_alternatives());
        if beside.has_shape() && self.holds(&beside, wide).is_ok() {
            return Ok(());
        }
        for member in list.members {
            let branch = self.narrow.with_branch(narrow, member);
            self.holds(&branch, wide)?;
        }
        null(narrow, wide)
    }

    /// If the wide schema has alternatives, the values of each type must fit one of them. Listed values are compared one by one.
    fn parted(&mut self, narrow: &Rc<LocatedSchema<'d>>, wide: &Rc<LocatedSchema<'d>>) -> Answer {
        if wide.alternatives.is_empty() {
            self.plain(narrow, wide)?;
            return null(narrow, wide);
        }
        let types = narrow.types.clone().unwrap_or_else(|| JsonType::ALL.to_vec());
        for ty in types {
            for part in self.parts(narrow, ty) {
                self.one_of(&part, wide, ty)?;
            }
        }
        null(narrow, wide)
    }

    /// The values of a type, one by one if they are listed.
    fn parts(&self, narrow: &LocatedSchema<'d>, ty: JsonType) -> Vec<Rc<LocatedSchema<'d>>> {
        let of_type = LocatedSchema { types: Some(vec![ty]), nullable: Some(false), ..narrow.clone() };
        match narrow.values.as_deref() {
            Some(values) if values.len() <= MAX_SUBSET_VALUES => {
                let one = |value: &&'d Value| Rc::new(LocatedSchema { values: Some(vec![*value]), ..of_type.clone() });
                values.iter().map(one).collect()
            }
            _ => vec![Rc::new(of_type)],
        }
    }

    /// Whether values fit one of the alternatives. If not, the reason is that of the first alternative of their type.
    fn one_of(&mut self, narrow: &Rc<LocatedSchema<'d>>, wide: &LocatedSchema<'d>, ty: JsonType) -> Answer {
        let mut why = Misfit::Type(ty.name());
        for member in wide.alternatives.first().into_iter().flat_map(|list| &list.members) {
            let branch = self.wide.with_branch(wide, member.clone());
            match self.holds(narrow, &branch) {
                Ok(()) => return Ok(()),
                Err(Misfit::Type(_)) => {}
                Err(misfit) if matches!(why, Misfit::Type(_)) => why = misfit,
                Err(_) => {}
            }
        }
        Err(why)
    }

    /// Compares without alternatives and null.
    fn plain(&mut self, narrow: &LocatedSchema<'d>, wide: &LocatedSchema<'d>) -> Answer {
        // Listed values say more than the type: `1` is an integer, also where the type is number.
        let listed = narrow.values.as_ref().map(|values| types_of(values.iter().copied()));
        let types = listed.as_deref().or(narrow.types.as_deref()).unwrap_or(JsonType::ALL);
        if let Some(admitted) = &wide.types {
            let fits = |ty: &JsonType| {
                admitted.contains(ty) || (*ty == JsonType::Integer && admitted.contains(&JsonType::Number))
            };
            if let Some(ty) = types.iter().find(|ty| !fits(ty)) {
                return match types {
                    _ if !self.text => Err(Misfit::Type(ty.name())),
                    [_] => texts::fit(narrow, *ty, wide).then_some(()).ok_or(Misfit::Type(ty.name())),
                    _ => {
                        let parts: Vec<_> = types.iter().flat_map(|ty| self.parts(narrow, *ty)).collect();
                        parts.iter().try_for_each(|part| self.plain(part, wide))
                    }
                };
            }
        }
        if let Some(listed) = &wide.values {
            let fits = narrow
                .values
                .as_ref()
                .is_some_and(|own| own.iter().all(|value| listed.iter().any(|it| is_same(it, value))));
            fits.then_some(()).ok_or(Misfit::Values)?;
        }
        format(narrow, wide)?;
        BOUNDS.iter().filter(|bound| bound.is_of(types)).try_for_each(|bound| within(narrow, wide, bound))?;
        let are_bytes = narrow.is_as_binary_as(wide);
        let differs = |key: &&&str| {
            let said = wide.said(key).filter(|value| !(are_bytes && says_bytes(key, value)));
            said.is_some_and(|value| narrow.said(key) != Some(value) || wide.says_several(key))
        };
        AS_THEY_STAND.iter().find(differs).map_or(Ok(()), |key| Err(Misfit::Keyword(key)))?;
        if wide.flag("uniqueItems") && !narrow.flag("uniqueItems") {
            return Err(Misfit::Keyword("uniqueItems"));
        }
        if types.contains(&JsonType::Object) {
            self.object(narrow, wide)?;
        }
        if types.contains(&JsonType::Array) {
            self.elements(narrow, wide)?;
        }
        Ok(())
    }

    fn object(&mut self, narrow: &LocatedSchema<'d>, wide: &LocatedSchema<'d>) -> Answer {
        for name in wide.required.keys().filter(|name| !narrow.required.contains_key(*name)) {
            if !self.is_hidden(narrow, wide, name) {
                return Err(Misfit::Missing((*name).to_owned()));
            }
        }
        if self.members == Members::Shared
            && let Some(first) = wide.properties.keys().next()
            && !wide.properties.keys().any(|name| narrow.properties.contains_key(name))
        {
            return Err(Misfit::Absent((*first).to_owned()));
        }
        for (name, after) in &wide.properties {
            match narrow.properties.get(name) {
                Some(before) if !self.is_hidden(narrow, wide, name) => {
                    let (before, after) = (self.narrow.view_of(before.clone()), self.wide.view_of(after.clone()));
                    self.holds(&before, &after).map_err(|inner| Misfit::Member((*name).to_owned(), Box::new(inner)))?;
                }
                None if matches!(self.members, Members::Same | Members::More) => {
                    return Err(Misfit::Undeclared((*name).to_owned()));
                }
                _ => {}
            }
        }
        self.others(narrow, wide)
    }

    /// The members that the wide schema does not name.
    fn others(&mut self, narrow: &LocatedSchema<'d>, wide: &LocatedSchema<'d>) -> Answer {
        let (rest, is_closed) = Rest::of(wide).parts();
        for (name, own) in narrow.properties.iter().filter(|(name, _)| !wide.properties.contains_key(*name)) {
            if is_closed || self.members == Members::Same || (self.members == Members::Kept && rest.is_none()) {
                return Err(Misfit::Undeclared((*name).to_owned()));
            }
            if let Some(rest) = &rest {
                let (own, rest) = (self.narrow.view_of(own.clone()), self.wide.view_of(rest.clone()));
                self.holds(&own, &rest).map_err(|inner| Misfit::Member((*name).to_owned(), Box::new(inner)))?;
            }
        }
        let (own, own_closed) = Rest::of(narrow).parts();
        match (own, rest) {
            (Some(own), Some(rest)) => {
                let (own, rest) = (self.narrow.view_of(own), self.wide.view_of(rest));
                self.holds(&own, &rest).map_err(|inner| Misfit::Member("*".to_owned(), Box::new(inner)))
            }
            (None, Some(_)) if !own_closed && (narrow.properties.is_empty() || self.members == Members::Same) => {
                Err(Misfit::Keyword("additionalProperties"))
            }
            _ if is_closed && !own_closed && (narrow.properties.is_empty() || self.members == Members::Same) => {
                Err(Misfit::Keyword("additionalProperties"))
            }
            _ => Ok(()),
        }
    }

    /// Whether a member does not travel in this direction.
    fn is_hidden(&mut self, narrow: &LocatedSchema<'d>, wide: &LocatedSchema<'d>, name: &str) -> bool {
        let key = match self.direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let own = narrow.properties.get(name).map(|set| self.narrow.view_of(set.clone()));
        let other = wide.properties.get(name).map(|set| self.wide.view_of(set.clone()));
        [own, other].into_iter().flatten().any(|view| view.flag(key))
    }

    fn elements(&mut self, narrow: &LocatedSchema<'d>, wide: &LocatedSchema<'d>) -> Answer {
        let wanted = wide.schemas("items");
        if wanted.is_empty() {
            return Ok(());
        }
        let own = narrow.schemas("items");
        if own.is_empty() {
            return Err(Misfit::Keyword("items"));
        }
        let (own, wanted) = (self.narrow.view_of(own), self.wide.view_of(wanted));
        self.holds(&own, &wanted).map_err(|inner| Misfit::Element(Box::new(inner)))
    }
}

fn null(narrow: &LocatedSchema<'_>, wide: &LocatedSchema<'_>) -> Answer {
    let fits = narrow.nullable == Some(false) || wide.nullable != Some(false);
    fits.then_some(()).ok_or(Misfit::Null)
}

fn format(narrow: &LocatedSchema<'_>, wide: &LocatedSchema<'_>) -> Answer {
    let Some(wanted) = wide.text("format").and_then(known_format) else { return Ok(()) };
    if wide.says_several("format") {
        return Err(Misfit::Format);
    }
    let own = narrow.text("format").and_then(known_format);
    let fits = own.is_some_and(|own| own == wanted || wanted.is_wider(own)) || narrow.is_as_binary_as(wide);
    fits.then_some(()).ok_or(Misfit::Format)
}

/// Whether a keyword only says that a string holds bytes.
fn says_bytes(key: &str, value: &Value) -> bool {
    key == "contentEncoding" || (key == "contentMediaType" && value == "application/octet-stream")
}

fn within(narrow: &LocatedSchema<'_>, wide: &LocatedSchema<'_>, bound: &Bound) -> Answer {
    let (own, wanted) = (tightest(narrow, bound), tightest(wide, bound));
    let Some((_, wanted)) = wanted else { return Ok(()) };
    let fits = own.is_some_and(|(_, own)| is_within(own, wanted, bound));
    fits.then_some(()).ok_or(Misfit::Keyword(bound.key))
}
