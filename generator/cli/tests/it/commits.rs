//! Repositories made for a test.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs Git without the user's configuration. Gives its output.
pub fn git(folder: &Path, args: &[&str]) -> String {
    let nobody = ["-c", "user.name=Nobody", "-c", "user.email=nobody@pets.test", "-c", "commit.gpgsign=false"];
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = command.current_dir(folder).args(nobody).args(args).output().unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Writes a file.
pub fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Commits everything, after writing a file.
pub fn commit(folder: &Path, path: &str, text: &str) {
    put(folder, path, text);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "-m", path]);
}
