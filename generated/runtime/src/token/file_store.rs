//! Refresh tokens in a file, for several processes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fs4::FileExt;
use serde_json::{Map, Value, json};

use super::store::{RefreshToken, StoreError, TokenStore, Use};
use crate::secret::Secret;

/// Keeps refresh tokens in a file that only its owner can read. Several processes may use it at once. Each user needs a file of its own, as
/// [`TokenStore`] says.
///
/// The file is replaced as a whole, so that nobody reads half of it. While the store is read or changed, a lock file next to it, with
/// `.lock` at the end of its name, is locked. The lock is advisory, so it only stops processes that use this type.
#[derive(Clone, Debug)]
pub struct FileStore {
    path: PathBuf,
}

impl FileStore {
    /// A store in this file. The file need not be there yet; its folder must be.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn beside(&self, end: &str) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(end);
        name.into()
    }

    /// Runs `work` while this process holds the lock. Dropping the handle of the lock file releases it.
    fn locked<T>(&self, work: impl FnOnce() -> io::Result<T>) -> Result<T, StoreError> {
        let locked = || {
            let lock = private().create(true).truncate(false).open(self.beside(".lock"))?;
            FileExt::lock(&lock)?;
            work()
        };
        let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", self.path.display()));
        locked().map_err(|error| Arc::new(named(error)) as StoreError)
    }

    fn read(&self) -> io::Result<Map<String, Value>> {
        match fs::read(&self.path) {
            Ok(bytes) if bytes.is_empty() => Ok(Map::new()),
            // The message of serde might quote a token.
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| io::ErrorKind::InvalidData.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Map::new()),
            Err(error) => Err(error),
        }
    }

    fn write(&self, tokens: &Map<String, Value>) -> io::Result<()> {
        let new = self.beside(".new");
        remove(&new)?;
        let mut file = private().create_new(true).open(&new)?;
        file.write_all(Value::Object(tokens.clone()).to_string().as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &self.path)
    }
}

impl TokenStore for FileStore {
    fn load(&self, key: &str) -> Result<Option<RefreshToken>, StoreError> {
        Ok(self.locked(|| self.read())?.get(key).and_then(parsed))
    }

    fn swap(&self, key: &str, expected: Option<&RefreshToken>, new: Option<RefreshToken>) -> Result<bool, StoreError> {
        self.locked(|| {
            let mut tokens = self.read()?;
            if tokens.get(key).and_then(parsed).as_ref() != expected {
                return Ok(false);
            }
            match new {
                Some(new) => tokens.insert(key.to_owned(), json!([word(new.used), new.secret.expose()])),
                None => tokens.shift_remove(key),
            };
            self.write(&tokens).map(|()| true)
        })
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.locked(|| remove(&self.path))
    }
}

/// Opens files for writing that only their owner can read.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn word(used: Use) -> &'static str {
    match used {
        Use::Not => "not",
        Use::Now => "now",
        Use::Perhaps => "perhaps",
    }
}

fn parsed(value: &Value) -> Option<RefreshToken> {
    let used = match value.get(0)?.as_str()? {
        "not" => Use::Not,
        "now" => Use::Now,
        _ => Use::Perhaps,
    };
    Some(RefreshToken { secret: Secret::from(value.get(1)?.as_str()?), used })
}
