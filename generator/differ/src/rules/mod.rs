//! The kinds of changes, as data: `cargo xtask diff --rules` lists them.
//!
//! An identifier names the change, not the way in which the value travels: one edit of a schema that is both sent and received
//! is one change of one kind. So each rule has two verdicts. Where other tools' identifiers name the same change, theirs is taken,
//! without the `request-` and `response-` that they begin with.

pub(crate) mod bounds;
pub(crate) mod composition;
pub(crate) mod document;
pub(crate) mod lifecycle;
pub(crate) mod message;
pub(crate) mod object;
pub(crate) mod operation;
pub(crate) mod schema;

use crate::verdict::{Direction, Verdict};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// A stable identifier in kebab case. It is never renamed, because files of accepted changes contain it.
    pub id: &'static str,
    /// What it is, one sentence.
    pub sentence: &'static str,
    /// A change of this kind, before and after.
    pub example: (&'static str, &'static str),
    /// What it means on the wire if the value is sent, or if the change has no direction.
    pub request: Verdict,
    /// What it means on the wire if the value is received.
    pub response: Verdict,
    /// What it means for programs, besides what the items tell.
    pub effect: Effect,
    /// Whether it says that something came or went.
    pub edit: Edit,
}

/// What a kind of change means for programs that are compiled anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Types differ, so the items show it. If no item differs, a change that breaks built clients makes programs act differently.
    Types,
    /// Names in the document differ, and so do the Rust names that are made from them.
    Names,
    /// No type shows it, but programs act differently, because other values are sent or received.
    Values,
    /// It breaks only clients that are already built. Newly emitted code follows the new document.
    Known,
    /// No type shows it, and programs act as before.
    Promise,
    /// Only the items show a consequence, so it is told only with items.
    Silent,
}

/// Whether a kind of change says that something came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Something came.
    Added,
    /// Something went.
    Removed,
    /// Something is another.
    Changed,
}

/// The words that a row may have after its verdicts.
impl Rule {
    const fn name(self) -> Self {
        Self { effect: Effect::Names, ..self }
    }

    const fn value(self) -> Self {
        Self { effect: Effect::Values, ..self }
    }

    const fn known(self) -> Self {
        Self { effect: Effect::Known, ..self }
    }

    const fn silent(self) -> Self {
        Self { effect: Effect::Silent, ..self }
    }

    const fn adds(self) -> Self {
        Self { edit: Edit::Added, ..self }
    }

    const fn removes(self) -> Self {
        Self { edit: Edit::Removed, ..self }
    }

    /// Whether the types of items may differ because of it.
    pub(crate) fn is_typed(&self) -> bool {
        !matches!(self.effect, Effect::Values | Effect::Promise)
    }

    /// What it means on the wire for a value that travels in this direction.
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
    ($($name:ident $id:literal $request:ident $response:ident $($fact:ident)* $sentence:literal [$before:literal, $after:literal])*) => {
        use crate::rules::*;

        $(
            #[doc = $sentence]
            pub const $name: Rule = Rule {
                id: $id,
                sentence: $sentence,
                example: ($before, $after),
                request: $request,
                response: $response,
                effect: Effect::Types,
                edit: Edit::Changed,
            }$(.$fact())*;
        )*

        /// The rules of this area, in their order.
        pub(crate) const ALL: &[Rule] = &[$($name),*];
    };
}
use rules;

pub(crate) use self::{
    bounds as bound, composition as compose, document as doc, lifecycle as life, message as msg, object as obj,
    operation as op, schema as value,
};

const AREAS: &[&[Rule]] = &[
    document::ALL,
    operation::ALL,
    &lifecycle::ENDPOINT.all(),
    &lifecycle::PARAMETER.all(),
    &lifecycle::PROPERTY.all(),
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
