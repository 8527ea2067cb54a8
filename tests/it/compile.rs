//! That what is emitted compiles, without a warning of the compiler or of clippy.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use generator::{Generated, Layout, report};
use indexmap::IndexMap;

use crate::documents::{Document, crate_of, documents};

/// One crate for all: the runtime is checked once, and cargo runs once.
#[test]
fn golden_texts_and_petstores_compile() {
    let petstores = [("petstore_3_0", "petstore/petstore.yaml"), ("petstore_3_1", "petstore/petstore.json")];
    let petstores = petstores.map(|(name, path)| Document::at(name, path, None));
    let apis = documents("golden").iter().chain(&petstores).map(Document::source).collect();
    check("goldens", crate_of(apis, "goldens", Layout::Member));
}

/// Writes a crate into the target folder and has clippy look at it.
pub fn check(name: &str, generated: Generated) {
    let Some(files) = generated.files else {
        panic!("{}", report::render(&generated.diagnostics, &generated.sources, false));
    };
    run(&["clippy", "--all-features"], &written(name, &files));
}

/// Writes a crate into the target folder.
pub fn written(name: &str, files: &IndexMap<String, String>) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // A file that is no longer emitted must not be there.
    let _ = fs::remove_dir_all(folder.join("src"));
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("it is a file's path")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
    fs::write(folder.join("Cargo.toml"), strict(manifest)).expect("the manifest can be written");
    // With the versions that the workspace is tested with, nothing has to be downloaded.
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file can be copied");
    folder
}

/// A manifest that makes warnings errors, of a crate that stands alone wherever it lies. In the environment the same would have
/// all dependencies built anew.
fn strict(manifest: &str) -> String {
    let manifest = manifest.replace("\n[workspace]\n", "");
    format!("{manifest}\n[workspace]\n\n[lints]\nrust.warnings = \"deny\"\nclippy.all = \"deny\"\n")
}

/// Runs cargo on a crate, and expects it to find nothing.
pub fn run(command: &[&str], folder: &Path) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The workspace's own target folder, so that the dependencies are built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
    let output = Command::new(cargo)
        .args(command)
        .args(["--quiet", "--offline", "--color=never"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo can be run");
    assert!(output.status.success(), "{}:\n{}", folder.display(), String::from_utf8_lossy(&output.stderr));
}

fn workspace() -> PathBuf {
    crate::documents::root().join("..")
}
