//! Files of expected text: compared as a whole, or rewritten under `UPDATE_EXPECT=1`.

use std::path::Path;
use std::{env, fs};

use similar::TextDiff;

/// The differences that a test has found between files and what they should hold.
#[derive(Default)]
pub struct Snapshots {
    differences: Vec<String>,
}

impl Snapshots {
    /// Compares the text of a file with what it should be.
    pub fn check(&mut self, path: &Path, actual: &str) {
        let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        if expected == actual {
            return;
        }
        if updating() {
            fs::write(path, actual).expect("the snapshot can be written");
            return;
        }
        let diff = TextDiff::from_lines(expected.as_str(), actual);
        let diff = diff.unified_diff().header("expected", "actual").to_string();
        self.differences.push(format!("{}\n{diff}", path.display()));
    }

    /// Notes a file that belongs to no document.
    pub fn leftover(&mut self, path: &Path) {
        if updating() {
            fs::remove_file(path).expect("the snapshot can be removed");
        } else {
            self.differences.push(format!("{}: there is no document for it\n", path.display()));
        }
    }

    /// Fails with all differences, if there are any.
    pub fn finish(self) {
        let found = self.differences.len();
        assert!(found == 0, "{found} differ; rewrite with UPDATE_EXPECT=1\n\n{}", self.differences.join("\n"));
    }
}

fn updating() -> bool {
    env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1")
}
