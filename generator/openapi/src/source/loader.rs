//! The other files of a document: who reads them, and which of them may be read.
//!
//! Takes the references of a document (`../common.yaml`), gives paths inside the folder that may be read. Reads nothing itself: the caller
//! of the generator owns the file system.

use thiserror::Error;

/// Reads the other files of a document.
pub trait Loader {
    /// The bytes of a file.
    ///
    /// The path is relative to the folder that may be read, is written with `/`, and holds neither `.` nor `..` segments: [`resolve`] has
    /// made it.
    ///
    /// # Errors
    ///
    /// Why the file cannot be read.
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError>;

    /// The folder of the root document, as a path below the folder that may be read. Empty if they are the same.
    fn folder(&self) -> String {
        String::new()
    }
}

/// Why another file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// No such file.
    #[error("there is no such file")]
    NotFound,
    /// The path leads out of the folder that may be read.
    #[error("it lies outside the folder that may be read")]
    Outside,
    /// The path starts at the root of the file system or names a drive.
    #[error("the path is absolute")]
    Absolute,
    /// The reference is a URL.
    #[error("it is not on this machine, and nothing is downloaded")]
    Remote,
    /// The reference names no file at all, or has characters that a path must not have.
    #[error("it is not the path of a file")]
    Malformed,
    /// Anything else that the caller's file system says.
    #[error("{0}")]
    Other(String),
}

/// A loader for documents that consist of one file.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, LoadError> {
        Err(LoadError::NotFound)
    }
}

/// The path of the file that a reference (without its fragment) names, for a reference written in the file `from`.
///
/// # Errors
///
/// URLs, absolute paths, and paths that leave the folder that may be read, are refused.
pub fn resolve(from: &str, reference: &str) -> Result<String, LoadError> {
    let reference = percent_decoded(reference).ok_or(LoadError::Malformed)?;
    if reference.is_empty() || reference.contains(['\\', '\0']) {
        return Err(LoadError::Malformed);
    }
    let scheme = reference.split(['/', '?']).next().and_then(|first| first.split_once(':'));
    match scheme {
        Some((drive, _)) if drive.len() == 1 => return Err(LoadError::Absolute),
        Some(("file", _)) => return Err(LoadError::Absolute),
        Some(_) => return Err(LoadError::Remote),
        None if reference.starts_with("//") => return Err(LoadError::Remote),
        None if reference.starts_with('/') => return Err(LoadError::Absolute),
        None => {}
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    normalised(folder.split('/').chain(reference.split('/')))
}

fn normalised<'p>(segments: impl Iterator<Item = &'p str>) -> Result<String, LoadError> {
    let mut path = Vec::new();
    for segment in segments {
        match segment {
            "" | "." => {}
            ".." => drop(path.pop().ok_or(LoadError::Outside)?),
            name => path.push(name),
        }
    }
    if path.is_empty() { Err(LoadError::Malformed) } else { Ok(path.join("/")) }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend_from_slice(part.get(2..)?.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
