//! Why a value of one schema is not a value of another, in words.

use crate::verdict::Direction;

/// The part of a value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It is null.
    Null,
    /// It has this type.
    Type(&'static str),
    /// It is a value that is not listed.
    Values,
    /// It is of another format.
    Format,
    /// It breaks this keyword.
    Keyword(&'static str),
    /// It lacks this member.
    Missing(String),
    /// It has a member that is not declared, or one side does not declare the member.
    Undeclared(String),
    /// It has none of the declared members. This is the first of them.
    Absent(String),
    /// One of its members.
    Member(String, Box<Self>),
    /// One of its elements.
    Element(Box<Self>),
    /// The reason is not known.
    Unknown,
}

impl Misfit {
    /// The consequence. The server may refuse what is sent. Clients do not expect what is received.
    pub(super) fn told(&self, direction: Direction) -> String {
        let say = |sent: &str, received: &str| match direction {
            Direction::Request => sent.to_owned(),
            Direction::Response => received.to_owned(),
        };
        match self {
            Self::Null => say("null may be refused", "it may be null"),
            Self::Type(ty) => say(&format!("`{ty}` may be refused"), &format!("it may be `{ty}`")),
            Self::Values => say("values that are not listed may be refused", "it may be a value that was not listed"),
            Self::Format => say("another format may be refused", "it may be of another format"),
            Self::Keyword(key) => say(&format!("`{key}` must hold"), &format!("`{key}` need not hold any more")),
            Self::Missing(name) => say(&format!("`{name}` must be sent"), &format!("`{name}` may be missing")),
            Self::Undeclared(name) => {
                say(&format!("the member `{name}` may be refused"), &format!("the member `{name}` is not expected"))
            }
            Self::Absent(name) => say(&format!("`{name}` is not understood"), &format!("`{name}` is never there")),
            Self::Member(name, inner) => format!("`{name}`: {}", inner.told(direction)),
            Self::Element(inner) => format!("an element: {}", inner.told(direction)),
            Self::Unknown => say("what was sent may be refused", "it may be something else"),
        }
    }
}
