//! The kinds of changes, as data: `cargo xtask diff --rules` lists them.
//!
//! An identifier names the change, not the way in which the value travels: one edit of a schema that is both sent and received
//! is one change of one kind. So each rule has two verdicts. Where other tools' identifiers name the same change, theirs is taken,
//! without the `request-` and `response-` that they begin with.

pub(in crate::diff) mod bounds;
pub(in crate::diff) mod composition;
pub(in crate::diff) mod document;
pub(in crate::diff) mod lifecycle;
pub(in crate::diff) mod message;
pub(in crate::diff) mod object;
pub(in crate::diff) mod operation;
pub(in crate::diff) mod schema;

use crate::diff::change::{Direction, Verdict};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// A stable identifier in kebab case, never renamed: it stands in files of accepted changes.
    pub id: &'static str,
    /// What it is, one sentence.
    pub sentence: &'static str,
    /// A change of this kind, before and after.
    pub example: (&'static str, &'static str),
    /// What it means on the wire for what is sent; for what has no direction too.
    pub request: Verdict,
    /// What it means on the wire for what is received.
    pub response: Verdict,
}

impl Rule {
    /// What it means on the wire for what travels that way.
    pub fn verdict(&self, direction: Direction) -> Verdict {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
        }
    }
}

const C: Verdict = Verdict::Compatible;
const W: Verdict = Verdict::Behaviour;
const B: Verdict = Verdict::Breaking;

/// Declares rules of one area, each as a constant, and `ALL` of them.
macro_rules! rules {
    ($($name:ident $id:literal $request:ident $response:ident $sentence:literal [$before:literal, $after:literal])*) => {
        use crate::diff::rules::*;

        $(
            #[doc = $sentence]
            pub const $name: Rule = Rule {
                id: $id,
                sentence: $sentence,
                example: ($before, $after),
                request: $request,
                response: $response,
            };
        )*

        /// The rules of this area, in their order.
        pub(super) const ALL: &[Rule] = &[$($name),*];
    };
}
use rules;

pub(in crate::diff) use self::{
    bounds as bound, composition as compose, document as doc, lifecycle as life, message as msg, object as obj,
    operation as op, schema as value,
};

const AREAS: &[&[Rule]] = &[
    document::ALL,
    operation::ALL,
    lifecycle::ALL,
    message::ALL,
    schema::ALL,
    bounds::ALL,
    object::ALL,
    composition::ALL,
];

const COUNT: usize = {
    let (mut count, mut area) = (0, 0);
    while area < AREAS.len() {
        count += AREAS[area].len();
        area += 1;
    }
    count
};

static CONCATENATED: [Rule; COUNT] = {
    let mut all = [document::ALL[0]; COUNT];
    let (mut at, mut area) = (0, 0);
    while area < AREAS.len() {
        let mut index = 0;
        while index < AREAS[area].len() {
            all[at] = AREAS[area][index];
            at += 1;
            index += 1;
        }
        area += 1;
    }
    all
};

/// All kinds.
pub static RULES: &[Rule] = &CONCATENATED;
