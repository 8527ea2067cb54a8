//! `cargo xtask import` as a program: what it writes, what it says and its exit codes.

use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = "```json\n{\"openapi\": \"3.1.0\", \"paths\": {}}\n```\n";
const DOCUMENT: &str = "{\n  \"openapi\": \"3.1.0\",\n  \"paths\": {}\n}\n";

/// Runs an import in a folder; gives the exit code and the two outputs.
fn import(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.current_dir(folder).args(["import", "--specs", "specs"]).args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), stdout, stderr)
}

#[test]
fn writes_once_and_then_finds_nothing_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), PAGE).unwrap();

    let first = import(folder.path(), &["pets", "page.md"]);
    let second = import(folder.path(), &["pets", "page.md"]);

    assert_eq!(first, (Some(0), "wrote specs/pets/openapi.json\n".to_owned(), String::new()));
    assert_eq!(second, (Some(0), "specs/pets/openapi.json is up to date\n".to_owned(), String::new()));
    assert_eq!(fs::read_to_string(folder.path().join("specs/pets/openapi.json")).unwrap(), DOCUMENT);
}

#[test]
fn a_fault_leaves_everything_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), "# Nothing\n").unwrap();

    let (code, stdout, stderr) = import(folder.path(), &["pets", "page.md"]);

    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert_eq!(
        stderr,
        "error: the page holds no OpenAPI document\n  --> page.md\n  help: a document is a JSON object with an `openapi` \
         key in a ```json fence\n1 to mend; nothing was written\n"
    );
    assert!(!folder.path().join("specs").exists());
}

#[test]
fn what_cannot_run_is_two() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.md"), PAGE).unwrap();

    for args in [&["pets", "absent.md"][..], &["pets"], &["../pets", "page.md"], &["Pets", "page.md"], &["", "page.md"]]
    {
        let (code, stdout, _) = import(folder.path(), args);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{args:?}");
    }
    assert!(!folder.path().join("specs").exists());
}

/// The documents in `specs/` are exactly what an import of their own text writes, so that the next one gives a diff of
/// what the vendor changed and nothing else.
#[test]
fn documents_in_specs_are_in_the_form_that_import_writes() {
    let specs = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).with_file_name("specs");
    for api in fs::read_dir(specs).unwrap() {
        let Ok(document) = fs::read_to_string(api.unwrap().path().join("openapi.json")) else { continue };
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("page.md"), format!("```json\n{document}```\n")).unwrap();

        import(folder.path(), &["api", "page.md"]);

        assert_eq!(fs::read_to_string(folder.path().join("specs/api/openapi.json")).unwrap(), document);
    }
}
