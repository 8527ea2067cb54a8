//! What a change means, and the direction in which its value travels.

/// What a change means. Ordered by harm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing that worked stops working.
    #[default]
    Compatible,
    /// It goes on, and may do something else.
    Behaviour,
    /// It can stop working, or stop compiling.
    Breaking,
}

/// The direction in which a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From the client.
    Request,
    /// To the client.
    Response,
}
