//! That `styles/api` is what the generator makes of `styles/openapi.yaml`, and `styles/report.txt` what it says of it.

use std::fs;

use generator::{Generated, Layout, report};

use crate::documents::{Document, crate_of, file_names, root};
use crate::snapshot::Snapshots;

const FOLDERS: [&str; 3] = ["", "models/", "operations/"];

#[test]
fn what_is_mounted_is_what_is_emitted() {
    let Generated { files, diagnostics, sources, .. } = generate();
    let files = files.expect("the document has no errors");
    let mut snapshots = Snapshots::default();
    let messages = diagnostics.iter().map(|message| report::line(message, &sources) + "\n");
    snapshots.check(&root().join("styles/report.txt"), &messages.collect::<String>());
    for folder in FOLDERS {
        let there = format!("styles/api/{folder}");
        fs::create_dir_all(root().join(&there)).expect("the folder can be made");
        let leftover =
            |name: &String| name.ends_with(".rs") && !files.contains_key(&format!("src/styles/{folder}{name}"));
        for name in file_names(&there).into_iter().filter(leftover) {
            snapshots.leftover(&root().join(&there).join(name));
        }
    }
    for (path, text) in &files {
        if let Some(path) = path.strip_prefix("src/styles/") {
            snapshots.check(&root().join("styles/api").join(path), text);
        }
    }
    snapshots.finish();
}

/// As a module of a crate by the name of the one it is mounted in.
fn generate() -> Generated {
    crate_of(vec![Document::at("styles", "styles/openapi.yaml", None).source()], "tests", Layout::Member)
}
