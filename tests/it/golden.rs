//! Small documents, a feature each, and the whole text that they become.
//!
//! `golden/NAME.yaml` is expected to become `golden/NAME.rs`: the files of the API one after the other. Those that are the
//! same as for the document `empty`, which has no operation and no schema, are left out. That the texts compile is the matter
//! of `compile`.

use generator::{Generated, report};
use indexmap::IndexMap;

use crate::documents::{documents, file_names, root};
use crate::snapshot::Snapshots;

#[test]
fn documents_become_the_expected_text() {
    let documents = documents("golden");
    let empty = documents.iter().find(|document| document.name == "empty").expect("the empty document is there");
    let empty = own_files(empty.generate());
    let mut snapshots = Snapshots::default();
    for document in &documents {
        let mut files = own_files(document.generate());
        if document.name != "empty" {
            files.retain(|path, text| empty.get(path) != Some(text));
        }
        snapshots.check(&document.beside("rs"), &joined(&files));
    }
    let names: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    for file in file_names("golden") {
        if file.strip_suffix(".rs").is_some_and(|name| !names.contains(&name)) {
            snapshots.leftover(&root().join("golden").join(file));
        }
    }
    snapshots.finish();
}

/// The two spellings of one thing in OpenAPI 3.0 and 3.1 make one text.
#[test]
fn versions_agree() {
    let named = |name: &str| documents("golden").into_iter().find(|document| document.name == name);
    let text = |name: &str| joined(&own_files(named(name).expect("the document is there").generate()));
    assert_eq!(text("nullable_3_0"), text("nullable_3_1"));
}

/// The files of the API's module. What belongs to every crate is left out.
fn own_files(generated: Generated) -> IndexMap<String, String> {
    let Some(mut files) = generated.files else {
        panic!("{}", report::render(&generated.diagnostics, &generated.sources, false));
    };
    files.retain(|path, _| path.starts_with("src/api/"));
    files
}

fn joined(files: &IndexMap<String, String>) -> String {
    files.iter().map(|(path, text)| format!("// {path}\n{text}\n")).collect::<String>().trim_end().to_owned() + "\n"
}
