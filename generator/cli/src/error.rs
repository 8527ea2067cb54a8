//! Why a command could not run.

use std::io;
use std::path::Path;

use generator::source::LoadError;

use crate::paths;

/// The result of a command, or why it could not run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command could not run. [`whole`](Self::whole) gives its message together with the messages of its sources.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or a folder cannot be read, written, made or deleted.
    #[error("cannot {verb} {path}")]
    File {
        /// The action: `read`, `write`.
        verb: &'static str,
        /// The path, as messages show it.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Standard output cannot be written.
    #[error("cannot write to standard output")]
    Stdout(#[source] io::Error),
    /// Something cannot be written as JSON.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
    /// The program `git` did not start.
    #[error("cannot run git")]
    NoGit(#[source] io::Error),
    /// `git` failed.
    #[error("git: {0}")]
    Git(String),
    /// A file of a revision cannot be read.
    #[error("cannot read {name}")]
    Revision {
        /// The revision and the path.
        name: String,
        /// Why.
        source: LoadError,
    },
    /// A file is not TOML, or has content that is not allowed.
    #[error("{path} {expectation}")]
    Toml {
        /// The path, as messages show it.
        path: String,
        /// What it should be, as `is not TOML`.
        expectation: &'static str,
        /// What is wrong.
        source: TomlError,
    },
    /// An argument, a folder or a revision cannot be used. The message says what to give instead.
    #[error("{0}")]
    Unusable(String),
}

/// What is wrong with a file of TOML.
#[derive(Debug, thiserror::Error)]
pub enum TomlError {
    /// It cannot be parsed.
    #[error(transparent)]
    Syntax(Box<toml::de::Error>),
    /// It does not hold what it should.
    #[error("{0}")]
    Content(String),
}

impl From<toml::de::Error> for TomlError {
    fn from(error: toml::de::Error) -> Self {
        Self::Syntax(Box::new(error))
    }
}

impl Error {
    /// Gives a function that turns an error of the system about this path into an [`Error::File`].
    pub(crate) fn file(verb: &'static str, path: &Path) -> impl Fn(io::Error) -> Self {
        move |source| Self::File { verb, path: paths::shown(path), source }
    }

    /// Makes an [`Error::Toml`] from a fault in a file of TOML.
    pub(crate) fn toml(path: &Path, expectation: &'static str, source: impl Into<TomlError>) -> Self {
        Self::Toml { path: paths::shown(path), expectation, source: source.into() }
    }

    /// The message with those of all sources.
    pub fn whole(&self) -> String {
        whole(self)
    }
}

/// The message of an error with those of all its sources.
pub(crate) fn whole(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
