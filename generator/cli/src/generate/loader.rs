//! The other files of a document. They come only from its folder, or from a wider folder that the user names.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use generator::source::{LoadError, Loader};

/// A folder whose files may be read. Links that lead out of it are not followed.
pub struct Folder {
    /// The path without links, so that it can be compared with the paths of files inside.
    root: PathBuf,
    /// The path of the document below the root.
    document: PathBuf,
}

impl Folder {
    /// The folder of a document.
    pub fn of(document: &Path) -> Result<Self> {
        let folder = match document.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        Ok(Self { root: real(folder)?, document: PathBuf::new() })
    }

    /// A folder that contains the folder of a document.
    pub fn around(document: &Path, root: &Path) -> Result<Self> {
        let (own, root) = (Self::of(document)?.root, real(root)?);
        match own.strip_prefix(&root) {
            Ok(below) => Ok(Self { document: below.to_owned(), root }),
            Err(_) => Err(Error::Unusable(format!("{} does not lie in {}", document.display(), root.display()))),
        }
    }
}

fn real(folder: &Path) -> Result<PathBuf> {
    folder.canonicalize().map_err(Error::file("read", folder))
}

impl Loader for Folder {
    fn folder(&self) -> String {
        let names = self.document.iter().map(|name| name.to_string_lossy().into_owned());
        names.collect::<Vec<_>>().join("/")
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        let path = self.root.join(path.split('/').collect::<PathBuf>()).canonicalize().map_err(reason)?;
        if !path.starts_with(&self.root) {
            return Err(LoadError::Outside);
        }
        // Reading a pipe would wait for ever.
        if !path.is_file() {
            return Err(LoadError::Other("it is not a file".to_owned()));
        }
        fs::read(&path).map_err(reason)
    }
}

/// The system's reason, without a path.
fn reason(error: std::io::Error) -> LoadError {
    match error.kind() {
        ErrorKind::NotFound => LoadError::NotFound,
        _ => LoadError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_files_of_its_folder() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("api");
        fs::create_dir_all(folder.join("parts")).unwrap();
        fs::write(folder.join("parts/pet.yaml"), "type: object").unwrap();
        fs::write(parent.path().join("secret.yaml"), "type: object").unwrap();
        let loader = Folder::of(&folder.join("openapi.yaml")).unwrap();

        assert_eq!(loader.load("parts/pet.yaml"), Ok(b"type: object".to_vec()));
        assert_eq!(loader.load("parts/absent.yaml"), Err(LoadError::NotFound));
        assert_eq!(loader.load("parts"), Err(LoadError::Other("it is not a file".to_owned())));
        assert_eq!(loader.load("../secret.yaml"), Err(LoadError::Outside));
    }

    #[test]
    fn a_wider_root_says_where_the_document_is() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("api/v1");
        fs::create_dir_all(&folder).unwrap();
        fs::write(parent.path().join("common.yaml"), "type: object").unwrap();
        let loader = Folder::around(&folder.join("openapi.yaml"), parent.path()).unwrap();

        assert_eq!(loader.folder(), "api/v1");
        assert_eq!(loader.load("common.yaml"), Ok(b"type: object".to_vec()));
        assert!(Folder::around(&parent.path().join("common.yaml"), &folder).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("api");
        fs::create_dir(&folder).unwrap();
        fs::write(parent.path().join("secret.yaml"), "type: object").unwrap();
        std::os::unix::fs::symlink("../secret.yaml", folder.join("pet.yaml")).unwrap();
        let loader = Folder::of(&folder.join("openapi.yaml")).unwrap();

        assert_eq!(loader.load("pet.yaml"), Err(LoadError::Outside));
    }
}
