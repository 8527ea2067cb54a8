//! Reads a value as a string, a number or a boolean. A tolerant reader takes one for another.

use std::borrow::Cow;

use super::choice::Score;
use super::input::Input;
use super::scan;
use super::tape::Kind;

impl<'a> Input<'a> {
    /// The value as a string. A number or a boolean is read as its JSON text.
    #[inline]
    pub(super) fn text(&self) -> Option<Cow<'a, str>> {
        let node = self.node();
        match node.kind {
            Kind::Plain | Kind::Escaped => Some(self.tape().string(&node)),
            _ => self.tolerated_text(),
        }
    }

    #[cold]
    fn tolerated_text(&self) -> Option<Cow<'a, str>> {
        let node = self.node();
        self.note_conversion();
        match node.kind {
            _ if self.is_strict() => None,
            Kind::Number => Some(Cow::Borrowed(self.tape().raw(&node))),
            Kind::True => Some(Cow::Borrowed("true")),
            Kind::False => Some(Cow::Borrowed("false")),
            _ => None,
        }
    }

    /// The value as a boolean. `1`, `0`, `"true"` and `"false"` are read as booleans too.
    #[inline]
    pub(super) fn boolean(&self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => self.tolerated_boolean(),
        }
    }

    #[cold]
    fn tolerated_boolean(&self) -> Option<bool> {
        let node = self.node();
        self.note_conversion();
        match (node.kind, self.tape().raw(&node)) {
            _ if self.is_strict() => None,
            (Kind::Number, "1") | (Kind::Plain, "true") => Some(true),
            (Kind::Number, "0") | (Kind::Plain, "false") => Some(false),
            _ => None,
        }
    }

    /// The text of the value, if the value is a number, or a string that spells one.
    #[inline]
    pub(super) fn number(&self) -> Option<&'a str> {
        let node = self.node();
        match node.kind {
            Kind::Number => Some(self.tape().raw(&node)),
            Kind::Plain if !self.is_strict() => self.tolerated_number(),
            _ => None,
        }
    }

    #[cold]
    fn tolerated_number(&self) -> Option<&'a str> {
        self.note_conversion();
        Some(self.tape().raw(&self.node())).filter(|text| scan::is_number(text))
    }

    /// Notes for a union that the value is of another kind than the type.
    fn note_conversion(&self) {
        if self.is_probe() {
            self.score(|score| Score { converted: score.converted + 1, ..score });
        }
    }
}
