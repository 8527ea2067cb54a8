//! What a change means, and which way what it is about travels.

/// What a change means to somebody. The order is that of harm.
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

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From the client.
    Request,
    /// To the client.
    Response,
}
