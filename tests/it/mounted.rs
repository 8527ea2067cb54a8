//! That `NAME/api` is what the generator makes of `NAME/openapi.yaml`, and `NAME/report.txt` what it says of it, for the documents
//! that are mounted in the library of these tests.

use std::fs;

use generator::{Generated, Layout, report};

use crate::documents::{Document, crate_of, file_names, root};
use crate::snapshot::Snapshots;

const FOLDERS: [&str; 3] = ["", "models/", "operations/"];

#[test]
fn values_are_what_is_emitted() {
    what_is_mounted_is_what_is_emitted("values");
}

#[test]
fn styles_are_what_is_emitted() {
    what_is_mounted_is_what_is_emitted("styles");
}

#[test]
fn the_lighthouse_is_what_is_emitted() {
    what_is_mounted_is_what_is_emitted("lighthouse");
}

fn what_is_mounted_is_what_is_emitted(document: &str) {
    let Generated { files, diagnostics, sources, .. } = generate(document);
    let mut snapshots = Snapshots::default();
    let messages = diagnostics.iter().map(|message| report::line(message, &sources) + "\n").collect::<String>();
    let files = files.unwrap_or_else(|| panic!("the document has errors:\n{messages}"));
    snapshots.check(&root().join(format!("{document}/report.txt")), &messages);
    for folder in FOLDERS {
        let there = format!("{document}/api/{folder}");
        fs::create_dir_all(root().join(&there)).expect("the folder can be made");
        let leftover =
            |name: &String| name.ends_with(".rs") && !files.contains_key(&format!("src/{document}/{folder}{name}"));
        for name in file_names(&there).into_iter().filter(leftover) {
            snapshots.leftover(&root().join(&there).join(name));
        }
    }
    for (path, text) in &files {
        if let Some(path) = path.strip_prefix(&format!("src/{document}/")) {
            snapshots.check(&root().join(document).join("api").join(path), text);
        }
    }
    snapshots.finish();
}

/// As a module of a crate by the name of the one it is mounted in.
fn generate(document: &str) -> Generated {
    let overlay = format!("{document}/overlay.yaml");
    let overlay = root().join(&overlay).exists().then_some(overlay);
    let source = Document::at(document, &format!("{document}/openapi.yaml"), overlay.as_deref()).source();
    crate_of(vec![source], "tests", Layout::Member)
}
