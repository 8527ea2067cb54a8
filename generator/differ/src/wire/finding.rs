//! One difference between the two documents, with its verdict for clients that are already built.

use generator::document::Node;

use crate::change::Places;
use crate::rules::Rule;
use crate::verdict::Verdict;

/// A difference between two documents, and what it means.
#[derive(Clone, Debug)]
pub(in crate::wire) struct Finding {
    pub rule: &'static Rule,
    pub old: Option<Node>,
    pub new: Option<Node>,
    pub verdict: Verdict,
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub hint: Option<String>,
    /// The part that the finding is about, for a place that has several parts.
    pub about: Option<String>,
    /// The member that the finding is about, in the object that the place describes.
    pub member: Option<String>,
    /// The other places that the same edit changes.
    pub more: Vec<Places>,
    /// Whether the finding is in a part that is not sent in this direction.
    pub hidden: bool,
}

/// A finding with the verdict of a rule for what is sent.
pub(super) fn finding(rule: &'static Rule, old: Option<&Node>, new: Option<&Node>, what: impl Into<String>) -> Finding {
    Finding {
        rule,
        old: old.cloned(),
        new: new.cloned(),
        verdict: rule.request,
        what: what.into(),
        before: None,
        after: None,
        hint: None,
        about: None,
        member: None,
        more: Vec::new(),
        hidden: false,
    }
}

impl Finding {
    /// Adds the value before and the value after.
    pub fn values(self, before: Option<impl Into<String>>, after: Option<impl Into<String>>) -> Self {
        Self { before: before.map(Into::into), after: after.map(Into::into), ..self }
    }

    /// Gives it another verdict.
    pub fn verdict(self, verdict: Verdict) -> Self {
        Self { verdict, ..self }
    }

    /// Adds the part that the finding is about, for a place that has several parts.
    pub fn about(self, about: impl Into<String>) -> Self {
        Self { about: Some(about.into()), ..self }
    }

    /// Adds what the caller should do.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
