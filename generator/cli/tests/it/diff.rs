//! `oasmith diff`, in repositories made for it: which sides it compares, what it prints and its exit codes.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::commits::{self, commit, git};
use crate::program::{Answer, PETS, put, run};

/// As `PETS`, with its schema in another file.
const PARTS: &str = r#"openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        "200":
          description: All of them.
          content: {application/json: {schema: {$ref: 'parts/pet.yaml'}}}
"#;

const DIFF: &[&str] = &["--specs", "specs"];

/// Runs `diff` in a folder.
fn diff(folder: &Path, args: &[&str]) -> Answer {
    run(folder, "diff", args)
}

/// The exit code, and the first line of the output or of the errors.
fn answer(folder: &Path, args: &[&str]) -> (i32, String) {
    let (code, stdout, stderr) = diff(folder, args);
    let text = if stdout.is_empty() { stderr } else { stdout };
    (code.unwrap(), text.lines().next().unwrap_or_default().to_owned())
}

/// A repository with one document on `main`, which is checked out as the branch `update`.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit(folder.path(), "specs/cats/openapi.yaml", PETS);
    git(folder.path(), &["checkout", "--quiet", "-b", "update"]);
    folder
}

const NOTHING: &str = "Safe to merge: nothing changes for callers";

#[test]
fn the_working_tree_is_compared_with_where_it_left_main() {
    let folder = repository();
    let folder = folder.path();
    assert_eq!(answer(folder, DIFF), (0, NOTHING.to_owned()));

    put(folder, "specs/dogs/openapi.yaml", PETS);
    let (code, text, _) = diff(folder, DIFF);
    assert_eq!((code, text.lines().next()), (Some(0), Some("Safe to merge: nothing breaks")));
    let commit = git(folder, &["rev-parse", "--short=8", "main"]);
    assert_eq!(text.lines().nth(1), Some(&*format!("merge base with main ({commit}) -> working tree")));

    // Later changes on `main` do not belong to the branch.
    git(folder, &["stash", "--quiet", "--include-untracked"]);
    git(folder, &["checkout", "--quiet", "main"]);
    commits::commit(folder, "specs/mice/openapi.yaml", PETS);
    git(folder, &["checkout", "--quiet", "update"]);
    assert_eq!(answer(folder, DIFF), (0, NOTHING.to_owned()));
    assert_eq!(answer(folder, &[DIFF, &["--base", "main..."]].concat()), (0, NOTHING.to_owned()));
    assert_eq!(answer(folder, &[DIFF, &["--base", "main"]].concat()).0, 1);
}

#[test]
fn main_is_never_compared_with_itself() {
    let origin = repository();
    git(origin.path(), &["checkout", "--quiet", "main"]);
    let (code, message) = answer(origin.path(), DIFF);
    let refused = "error: this is `main` itself, with no commit that its upstream lacks and nothing edited";
    assert_eq!((code, message.starts_with(refused)), (2, true), "{message}");

    let clone = tempfile::tempdir().unwrap();
    git(clone.path(), &["clone", "--quiet", &format!("file://{}", origin.path().display()), "."]);
    let (code, message) = answer(clone.path(), DIFF);
    assert_eq!((code, message.starts_with(refused)), (2, true), "{message}");

    // What is edited is compared with the last commit; what is committed, with the upstream.
    put(clone.path(), "specs/dogs/openapi.yaml", PETS);
    let (code, text, _) = diff(clone.path(), DIFF);
    assert_eq!((code, text.lines().next()), (Some(0), Some("Safe to merge: nothing breaks")));
    assert!(text.lines().nth(1).unwrap().starts_with("last commit of main ("), "{text}");
    git(clone.path(), &["stash", "--quiet", "--include-untracked"]);
    commit(clone.path(), "specs/cats/openapi.yaml", &PETS.replace("/pets", "/animals"));
    let (code, text, _) = diff(clone.path(), DIFF);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.lines().nth(1).unwrap().starts_with("merge base with main@{upstream} ("), "{text}");
}

#[test]
fn a_removed_api_breaks_unless_it_is_accepted() {
    let folder = repository();
    let folder = folder.path();
    fs::remove_dir_all(folder.join("specs/cats")).unwrap();
    let broken = "Not safe to merge: 1 change breaks clients that are already built, 1 change breaks programs that move to the new crate";
    assert_eq!(answer(folder, DIFF), (1, broken.to_owned()));
    assert_eq!(answer(folder, &[DIFF, &["--fail-on", "none"]].concat()), (0, broken.to_owned()));
    let (code, markdown, _) = diff(folder, &[DIFF, &["--format", "markdown"]].concat());
    assert_eq!((code, markdown.lines().next()), (Some(1), Some(&*format!("## ❌ {broken}"))));

    let (_, text, _) = diff(folder, DIFF);
    let entry = text.lines().skip_while(|line| *line != "[[accepted]]").take_while(|line| !line.is_empty());
    let entry = entry.map(|line| format!("{line}\n")).collect::<String>().replace("reason = \"\"", "reason = \"sold\"");
    put(folder, "specs/accepted.toml", &entry);
    assert_eq!(answer(folder, DIFF), (0, "Safe to merge; 1 change breaks and is accepted".to_owned()));

    git(folder, &["checkout", "--quiet", "specs/cats"]);
    let (code, text, _) = diff(folder, DIFF);
    let stale = text.lines().find(|line| line.starts_with("warning: specs/accepted.toml:1: cats [api-removed "));
    assert_eq!((code, stale.is_some()), (Some(0), true), "{text}");
    put(folder, "specs/dogs/openapi.yaml", PETS);
    let (_, text, _) = diff(folder, &[DIFF, &["--api", "dogs"]].concat());
    assert_eq!(text.lines().find(|line| line.starts_with("warning")), None);
}

#[test]
fn a_document_has_the_files_of_its_folder_at_the_revision() {
    let folder = repository();
    let folder = folder.path();
    commit(folder, "specs/dogs/parts/pet.yaml", "type: object\n");
    commit(folder, "specs/dogs/openapi.yaml", PARTS);
    put(folder, "specs/dogs/parts/pet.yaml", "type: object\nproperties: {age: {type: integer}}\n");
    let (code, text, stderr) = diff(folder, &[DIFF, &["--base", "HEAD", "--api", "dogs"]].concat());
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{text}");

    commit(folder, "specs/dogs/openapi.yaml", &PARTS.replace("parts/pet.yaml", "../cats/openapi.yaml"));
    let (_, _, stderr) = diff(folder, &[DIFF, &["--base", "HEAD", "--api", "dogs"]].concat());
    assert!(stderr.contains("it lies outside the folder that may be read"), "{stderr}");
}

#[test]
fn two_files_are_compared_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(folder, "old.yaml", PETS);
    put(folder, "new.yaml", PETS);
    assert_eq!(answer(folder, &["old.yaml", "new.yaml"]), (0, NOTHING.to_owned()));

    let overlay = "overlay: 1.0.0\ninfo: {title: Names, version: 1.0.0}\nactions:\n  - {target: $.info, update: {version: '2'}}\n";
    put(folder, "overlay.yaml", overlay);
    let files = ["old.yaml", "new.yaml", "--overlay", "overlay.yaml", "--format", "json"];
    assert!(diff(folder, &files).1.contains("\"old_version\": \"2\""));
    put(
        folder,
        "empty.yaml",
        "overlay: 1.0.0\ninfo: {title: Names, version: 1.0.0}\nactions:\n  - {target: $.info, update: {}}\n",
    );
    let (_, json, _) = diff(folder, &[&files[..], &["--old-overlay", "empty.yaml"]].concat());
    assert!(json.contains("\"old_version\": \"1\"") && json.contains("\"new_version\": \"2\""), "{json}");
}

#[test]
fn a_document_of_one_line_has_columns() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let document = |maximum: &str| {
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{"204":{{"description":"D"}}}},"parameters":[{{"name":"a","in":"query","schema":{{"type":"integer","maximum":{maximum}}}}},{{"name":"b","in":"query","schema":{{"type":"integer","maximum":{maximum}}}}}]}}}}}}}}"#
        )
    };
    put(folder, "old.json", &document("9"));
    put(folder, "new.json", &document("8"));
    let (_, text, _) = diff(folder, &["old.json", "new.json"]);
    let places: Vec<&str> = text.lines().filter_map(|line| line.split_once("] old.json:").map(|(_, at)| at)).collect();
    assert_eq!(places, ["1:156 -> new.json:1:156", "1:222 -> new.json:1:222"]);
}

#[test]
fn what_cannot_be_compared_is_never_taken_for_breaking() {
    let folder = repository();
    let folder = folder.path();
    let cases: &[(&[&str], &str)] = &[
        (&["--base", "absent"], "error: there is no revision `absent`; `git fetch origin` brings what the remote has"),
        (
            &["--base=--output=x"],
            "error: there is no revision `--output=x`; `git fetch origin` brings what the remote has",
        ),
        (&["--api", "dogs"], "error: there is no API `dogs` in specs, neither before nor now"),
        (&["--accept", "absent.toml"], "error: cannot read absent.toml: No such file or directory (os error 2)"),
    ];
    for (args, expected) in cases {
        assert_eq!(answer(folder, &[DIFF, args].concat()), (2, (*expected).to_owned()));
    }
    let files = answer(folder, &["absent.yaml", "specs/cats/openapi.yaml"]);
    assert_eq!(files, (2, "error: cannot read absent.yaml: No such file or directory (os error 2)".to_owned()));
    assert_eq!(answer(folder, &[DIFF, &["--fail-on", "warnings"]].concat()).0, 2);

    put(folder, "specs/accepted.toml", "[[accepted]]\nid = \"path-removed\"\n");
    assert_eq!(
        answer(folder, DIFF),
        (
            2,
            "error: specs/accepted.toml is not a list of accepted changes: TOML parse error at line 1, column 1"
                .to_owned()
        )
    );
}

#[test]
fn a_document_that_cannot_be_read_ends_the_run() {
    let folder = repository();
    let folder = folder.path();
    commit(folder, "specs/cats/openapi.yaml", "{");
    put(folder, "specs/cats/openapi.yaml", PETS);
    let (code, stdout, stderr) = diff(folder, &[DIFF, &["--base", "HEAD"]].concat());
    assert_eq!((code, stdout.as_str()), (Some(2), ""), "{stderr}");
    let short = git(folder, &["rev-parse", "--short=8", "HEAD"]);
    assert!(stderr.starts_with(&format!("{short}:specs/cats/openapi.yaml:1:2: error: ")), "{stderr}");
    assert_eq!(diff(folder, DIFF).0, Some(0));

    put(folder, "specs/cats/openapi.yaml", "swagger: '2.0'\n");
    assert_eq!(diff(folder, DIFF).0, Some(2));
    put(folder, "specs/cats/openapi.yaml", PETS);
    put(folder, "specs/cats/openapi.json", "{}");
    assert_eq!(answer(folder, DIFF), (2, "error: only one of these files can count".to_owned()));
    fs::remove_file(folder.join("specs/cats/openapi.yaml")).unwrap();
    commit(folder, "specs/cats/openapi.yml", PETS);
    fs::remove_file(folder.join("specs/cats/openapi.json")).unwrap();
    let both = format!(
        "error: at HEAD ({}), cats: only one of the files openapi.json and openapi.yml can count",
        git(folder, &["rev-parse", "--short=8", "HEAD"])
    );
    assert_eq!(answer(folder, &[DIFF, &["--base", "HEAD"]].concat()), (2, both));
}

#[test]
fn a_missing_history_is_told_from_a_wrong_name() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/cats/openapi.yaml", PETS);
    let (code, message) = answer(folder.path(), DIFF);
    assert!(code == 2 && message.starts_with("error: specs is in no Git repository that can be read"), "{message}");

    git(folder.path(), &["init", "--quiet", "--initial-branch=trunk"]);
    commit(folder.path(), "specs/cats/openapi.yaml", PETS);
    let (code, message) = answer(folder.path(), DIFF);
    assert_eq!(
        (code, message.starts_with("error: there is neither a branch `main` nor `origin/main`")),
        (2, true),
        "{message}"
    );

    let origin = repository();
    commit(origin.path(), "specs/README.md", "");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth=1", &url, "."]);
    let (code, message) = answer(clone.path(), DIFF);
    assert_eq!((code, message.contains("the clone is shallow: run `git fetch --unshallow`")), (2, true), "{message}");
    git(clone.path(), &["fetch", "--quiet", "--unshallow", "origin", "+refs/heads/*:refs/remotes/origin/*"]);
    assert_eq!(answer(clone.path(), DIFF), (0, NOTHING.to_owned()));

    git(clone.path(), &["checkout", "--quiet", "--orphan", "other"]);
    commit(clone.path(), "specs/README.md", "");
    let (code, message) = answer(clone.path(), DIFF);
    assert_eq!(
        (code, message.starts_with("error: the current commit has no ancestor in common with `origin/main`")),
        (2, true),
        "{message}"
    );
}

#[test]
fn rules_are_listed_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for (format, rule) in
        [("text", "\napi-removed (breaking)\n"), ("markdown", "\n| `api-removed` |"), ("json", "\"api-removed\"")]
    {
        let (code, text, _) = diff(folder.path(), &["--rules", "--format", format]);
        assert_eq!((code, text.matches(rule).count()), (Some(0), 1), "{text}");
    }
}

/// A change of what the server accepts is not called a change of documentation, although no item differs.
#[test]
fn credentials_that_may_be_left_out_are_a_patch() {
    let folder = tempfile::tempdir().unwrap();
    let secured = |security: &str| {
        let schemes = "  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}";
        format!("{PETS}{schemes}\nsecurity: {security}\n")
    };
    put(folder.path(), "old.yaml", &secured("[{key: []}]"));
    put(folder.path(), "new.yaml", &secured("[{key: []}, {}]"));
    let (code, text, stderr) = diff(folder.path(), &["old.yaml", "new.yaml"]);
    let expected = "Safe to merge: nothing breaks
old.yaml -> new.yaml

new.yaml  breaking 0 (wire 0)  behaviour 0  compatible 1
WIRE RUST WHERE     WHAT
-    -    security  may be called without credentials: key -> key, or none; GET /pets  [api-global-security-removed 3bba06df] old.yaml:16 -> new.yaml:16

Next version of the crate: a patch version (no item differs)
exit code 0: nothing breaks that is not accepted
";
    assert_eq!((code, stderr.as_str(), text.as_str()), (Some(0), "", expected));
}

/// Nobody knows what a file changes that is not there. A comparison without it would call the change safe.
#[test]
fn a_missing_file_of_the_new_document_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let pet = "type: object\nproperties: {name: {type: string}}\n";
    put(folder.path(), "old/openapi.yaml", PARTS);
    put(folder.path(), "new/openapi.yaml", PARTS);
    put(folder.path(), "old/parts/pet.yaml", pet);
    let compared = |from: &str, to: &str| answer(folder.path(), &[from, to]);
    let missing = "error: new/openapi.yaml:11:55: error: `parts/pet.yaml` cannot be read: there is no such file";
    assert_eq!(compared("old/openapi.yaml", "new/openapi.yaml"), (2, missing.to_owned()));
    // The change that adds the file is compared.
    let (code, first) = compared("new/openapi.yaml", "old/openapi.yaml");
    assert_eq!((code, first.starts_with("Safe to merge")), (0, true), "{first}");
    put(folder.path(), "new/parts/pet.yaml", pet);
    assert_eq!(compared("old/openapi.yaml", "new/openapi.yaml"), (0, NOTHING.to_owned()));
}
