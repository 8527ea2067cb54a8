//! Documents with faults, and what is said about them.
//!
//! `diagnostics/NAME.yaml` is expected to be reported as in `diagnostics/NAME.txt`, whose last line tells whether anything was
//! generated.

use generator::report;

use crate::documents::{documents, file_names, root};
use crate::snapshot::Snapshots;

#[test]
fn faults_are_reported_as_expected() {
    let documents = documents("diagnostics");
    let mut snapshots = Snapshots::default();
    for document in &documents {
        let generated = document.generate();
        let messages = report::render(&generated.diagnostics, &generated.sources, false);
        let outcome = if generated.files.is_some() { "generated" } else { "not generated" };
        snapshots.check(&document.beside("txt"), &format!("{messages}\n{outcome}\n"));
    }
    let names: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    for file in file_names("diagnostics") {
        if file.strip_suffix(".txt").is_some_and(|name| !names.contains(&name)) {
            snapshots.leftover(&root().join("diagnostics").join(file));
        }
    }
    snapshots.finish();
}
