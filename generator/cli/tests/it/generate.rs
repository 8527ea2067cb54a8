//! `oasmith gen`: what it writes, what it says and its exit codes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::program::{Answer, PETS, put, run};

const OVERLAY: &str = "overlay: 1.0.0
info: {title: Names, version: 1.0.0}
actions:
  - target: $.paths['/pets'].get
    update: {operationId: find_pets}
";

/// Runs `gen` in a folder.
fn generate(folder: &Path, args: &[&str]) -> Answer {
    run(folder, "gen", args)
}

/// A folder with the documents of two APIs in `specs`.
fn two_apis() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "specs/cats/openapi.yaml", PETS);
    put(folder.path(), "specs/dogs/openapi.yml", PETS);
    put(folder.path(), "specs/dogs/overlay.yaml", OVERLAY);
    put(folder.path(), "specs/README.md", "# Documents\n");
    folder
}

const ALL: &[&str] = &["--specs", "specs", "--out", "out"];
const CHECK: &[&str] = &["--specs", "specs", "--out", "out", "--check"];
const ONE: &[&str] = &["specs/cats/openapi.yaml", "--out", "out"];

/// Every file below a folder, with its bytes and the time of its last change.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, (fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap()));
            }
        }
    }
    found
}

fn texts(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|(name, (bytes, _))| (name, bytes)).collect()
}

/// The lines about files, without the summary after them.
fn about_files(stdout: &str) -> Vec<&str> {
    let words = ["changed ", "added ", "removed ", "left alone "];
    stdout.lines().filter(|line| words.iter().any(|word| line.starts_with(word))).collect()
}

#[test]
fn writes_a_module_for_each_folder_and_then_nothing() {
    let folder = two_apis();

    let (code, first, stderr) = generate(folder.path(), ALL);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let made = files(&folder.path().join("out"));
    let count = made.len();
    let expected = format!(
        "added {count} files in out\ncats: 1 operation, 1 type\ndogs: 1 operation, 1 type\nout: {count} of {count} files written, 0 \
         removed\n"
    );
    assert_eq!(first, expected);
    let list: String = made.keys().filter(|name| *name != ".generated-files").map(|name| format!("{name}\n")).collect();
    assert_eq!(made[".generated-files"].0, list.as_bytes());
    assert!(made.contains_key("src/cats/client.rs") && made.contains_key("src/dogs/client.rs"));
    assert!(made.values().all(|(bytes, _)| !bytes.contains(&b'\r')));

    let (code, second, _) = generate(folder.path(), ALL);
    assert_eq!((code, about_files(&second)), (Some(0), vec![]));
    let last = format!("out: 0 of {} files written, 0 removed", made.len());
    assert_eq!(second.lines().last(), Some(last.as_str()));
    assert_eq!(files(&folder.path().join("out")), made);
    assert_eq!(generate(folder.path(), CHECK), (Some(0), "out is up to date\n".to_owned(), String::new()));
}

#[test]
fn check_names_what_differs_and_a_run_mends_only_that() {
    let folder = two_apis();
    let out = folder.path().join("out");
    generate(folder.path(), ALL);
    let made = files(&out);
    put(&out, "src/cats/client.rs", "edited");
    put(&out, "src/lib.rs", "edited");
    fs::remove_file(out.join("README.md")).unwrap();
    let list = fs::read_to_string(out.join(".generated-files")).unwrap();
    put(&out, ".generated-files", &(list + "src/gone/old.rs\n"));
    put(&out, "src/gone/old.rs", "old");
    put(&out, "src/mine.rs", "mine");
    put(&out, "target/debug/x", "cargo's");
    put(&out, "Cargo.lock", "cargo's");
    let before = files(&out);

    let (code, stdout, stderr) = generate(folder.path(), CHECK);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    let expected = "error: out is not up to date
  changed out/.generated-files
  changed out/src/cats/client.rs
  changed out/src/lib.rs
  missing out/README.md
  leftover out/src/gone/old.rs
  not generated out/src/mine.rs
  help: run the same command without `--check`
  help: move what is not generated out of `src` and `runtime`; `oasmith gen` deletes only what it has written
";
    assert_eq!(stderr, expected);
    assert_eq!(files(&out), before);

    // Far enough back that a file that is written again has another time on every file system.
    for name in made.keys().filter(|name| out.join(name).exists()) {
        let file = fs::File::options().append(true).open(out.join(name)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    }
    let before = files(&out);
    let (code, stdout, _) = generate(folder.path(), ALL);
    let lines = [
        "changed out/.generated-files",
        "changed out/src/cats/client.rs",
        "changed out/src/lib.rs",
        "added out/README.md",
        "removed out/src/gone/old.rs",
        "left alone out/src/mine.rs",
    ];
    assert_eq!((code, about_files(&stdout)), (Some(0), lines.to_vec()));
    let after = files(&out);
    let untouched = |name: &&String| before.get(*name).is_some_and(|file| file.1 == after[*name].1);
    let touched: Vec<_> = after.keys().filter(|name| !untouched(name)).collect();
    assert_eq!(touched, [".generated-files", "README.md", "src/cats/client.rs", "src/lib.rs"]);
    assert!(made.iter().all(|(name, (bytes, _))| after[name].0 == *bytes));
    assert_eq!(after["src/mine.rs"].0, b"mine");
    assert!(!out.join("src/gone").exists());
}

#[test]
fn deleted_modules_come_back_byte_for_byte() {
    let folder = two_apis();
    let out = folder.path().join("out");
    generate(folder.path(), ALL);
    let made = texts(&out);
    for folder in ["src/cats", "src/dogs", "runtime"] {
        fs::remove_dir_all(out.join(folder)).unwrap();
    }

    assert_eq!(generate(folder.path(), ALL).0, Some(0));
    assert_eq!(texts(&out), made);
}

#[test]
fn an_api_that_is_gone_takes_its_module_along() {
    let folder = two_apis();
    generate(folder.path(), ALL);
    fs::remove_dir_all(folder.path().join("specs/dogs")).unwrap();

    assert_eq!(generate(folder.path(), ALL).0, Some(0));
    assert!(!folder.path().join("out/src/dogs").exists());
    assert_eq!(generate(folder.path(), CHECK).0, Some(0));
}

#[test]
fn an_error_in_one_document_leaves_everything_as_it_is() {
    let folder = two_apis();
    generate(folder.path(), ALL);
    let made = files(&folder.path().join("out"));
    put(folder.path(), "specs/cats/openapi.yaml", &PETS.replace("list_pets", "all_pets"));
    put(folder.path(), "specs/dogs/openapi.yml", "openapi: [");

    for args in [ALL, CHECK] {
        let (code, stdout, stderr) = generate(folder.path(), args);
        assert_eq!((code, stdout.as_str()), (Some(1), ""));
        assert!(stderr.contains("--> specs/dogs/openapi.yml:1:"), "{stderr}");
        assert_eq!(stderr.lines().last(), Some("1 error, 0 warnings; nothing was written"));
    }
    assert_eq!(files(&folder.path().join("out")), made);
}

#[test]
fn folders_that_are_no_apis_are_named_together() {
    let folder = two_apis();
    put(folder.path(), "specs/empty/README.md", "# Nothing yet\n");
    put(folder.path(), "specs/My-Api/openapi.yaml", PETS);
    put(folder.path(), "specs/runtime/openapi.yaml", PETS);
    put(folder.path(), "specs/cats/openapi.json", "{}");
    put(folder.path(), "specs/.hidden/x", "");

    let (code, stdout, stderr) = generate(folder.path(), ALL);

    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    let expected =
        "error: the folder cannot be a module: its name must be a Rust name in snake case, for example `my_api`
  --> specs/My-Api
  help: rename the folder

error: only one of these files can count
  --> specs/cats/openapi.json
  --> specs/cats/openapi.yaml
  help: keep the one that is right and delete the others

error: the folder has no `openapi.json`, `openapi.yaml` or `openapi.yml`
  --> specs/empty
  help: put the document there, or delete the folder

error: the folder cannot be a module: its name is taken: Cargo or the emitted code has something of that name
  --> specs/runtime
  help: rename the folder

4 errors, 0 warnings; nothing was written
";
    assert_eq!(stderr, expected);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_single_document_becomes_a_crate_of_its_own() {
    let folder = two_apis();

    let (code, _, stderr) = generate(folder.path(), ONE);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let made = texts(&folder.path().join("out"));
    let manifest = String::from_utf8(made["Cargo.toml"].clone()).unwrap();
    assert!(manifest.lines().any(|line| line == "name = \"cats\""), "{manifest}");
    assert!(!manifest.contains("[workspace]"), "{manifest}");

    let document = folder.path().join("specs/cats/openapi.yaml");
    let again = generate(folder.path(), &[document.to_str().unwrap(), "--out", "elsewhere/again"]);
    assert_eq!(again.0, Some(0));
    assert_eq!(texts(&folder.path().join("elsewhere/again")), made);
    let machine = folder.path().to_str().unwrap();
    let names_machine = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains(machine);
    assert_eq!(made.iter().filter(|(_, bytes)| names_machine(bytes)).count(), 0);

    let check = [ONE, &["--check"]].concat();
    assert_eq!(generate(folder.path(), &check).0, Some(0));
    let other = [ONE, &["--check", "--name", "felines", "--replace"]].concat();
    let (code, _, stderr) = generate(folder.path(), &other);
    assert_eq!((code, stderr.contains("  changed out/Cargo.toml\n")), (Some(1), true));
}

#[test]
fn an_overlay_and_other_files_are_read() {
    let folder = two_apis();
    let split = PETS.replace("'#/components/schemas/Pet'", "parts/pet.yaml").replace("    Pet:", "    Other:");
    put(folder.path(), "doc/pets.yaml", &split);
    put(folder.path(), "doc/parts/pet.yaml", "type: object\nproperties: {name: {type: string}}\n");
    put(folder.path(), "overlay.yaml", OVERLAY);

    let args = ["doc/pets.yaml", "--overlay", "overlay.yaml", "--out", "out"];
    let (code, _, stderr) = generate(folder.path(), &args);

    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    let made = texts(&folder.path().join("out"));
    assert!(made.contains_key("src/api/operations/find_pets.rs"), "{:?}", made.keys());
}

#[test]
fn a_file_outside_the_folder_is_an_error_of_the_document() {
    let folder = two_apis();
    put(folder.path(), "doc/pets.yaml", &PETS.replace("#/components/schemas/Pet", "../secret.yaml"));
    put(folder.path(), "secret.yaml", "type: object\n");

    let (code, _, stderr) = generate(folder.path(), &["doc/pets.yaml", "--out", "out"]);

    assert_eq!(code, Some(1));
    assert!(stderr.contains("outside the folder"), "{stderr}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn what_is_not_an_earlier_output_is_refused_and_untouched() {
    let folder = two_apis();
    put(folder.path(), "mine/src/lib.rs", "mine");
    put(folder.path(), "file", "mine");
    fs::create_dir(folder.path().join("empty")).unwrap();
    let before = files(folder.path());

    for out in ["mine", "file", "file/below", "specs/cats", "specs", "."] {
        let (code, stdout, stderr) = generate(folder.path(), &["specs/cats/openapi.yaml", "--out", out]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{out}: {stderr}");
    }
    assert_eq!(files(folder.path()), before);
    assert_eq!(generate(folder.path(), &["specs/cats/openapi.yaml", "--out", "empty"]).0, Some(0));
}

#[test]
fn a_document_in_the_output_is_refused() {
    let folder = two_apis();
    generate(folder.path(), ONE);
    put(&folder.path().join("out"), "openapi.yaml", PETS);

    let (code, _, stderr) = generate(folder.path(), &["out/openapi.yaml", "--out", "out"]);

    let expected = "error: out/openapi.yaml lies in the folder for the output\n";
    assert_eq!((code, stderr.as_str()), (Some(2), expected));
}

#[test]
fn what_cannot_run_is_two() {
    let folder = two_apis();
    let one = ["specs/cats/openapi.yaml"];
    let to = ["--out", "out"];
    let cases: &[&[&str]] = &[
        &one,
        &to,
        &["absent.yaml", "--out", "out"],
        &["specs", "--out", "out"],
        &["--specs", "absent", "--out", "out"],
        &["--name", "pets"],
        &[&one[..], &to, &["--name", "std"]].concat(),
        &[&one[..], &to, &["--name", "My-Pets"]].concat(),
        &["https://pets.test/openapi.json", "--out", "out"],
        &["-", "--out", "out"],
        &[&one[..], &to, &["--overlay", "absent.yaml"]].concat(),
        &[&one[..], &to, &["--specs", "specs"]].concat(),
    ];
    for args in cases {
        let (code, stdout, _) = generate(folder.path(), args);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{args:?}");
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_failing_write_names_the_file() {
    let folder = two_apis();
    generate(folder.path(), ALL);
    let blocked = folder.path().join("out/src/lib.rs");
    fs::remove_file(&blocked).unwrap();
    fs::create_dir(&blocked).unwrap();

    let (code, _, stderr) = generate(folder.path(), ALL);

    assert_eq!((code, stderr.starts_with("error: cannot write out/src/lib.rs: ")), (Some(2), true), "{stderr}");
}

#[test]
fn keep_going_writes_in_spite_of_errors() {
    let folder = two_apis();
    put(folder.path(), "specs/cats/openapi.yaml", &PETS.replace("schemas/Pet", "schemas/Dog"));

    assert_eq!(generate(folder.path(), ONE).0, Some(1));
    assert!(!folder.path().join("out").exists());

    let (code, _, stderr) = generate(folder.path(), &[ONE, &["--keep-going"]].concat());
    assert_eq!((code, stderr.lines().last()), (Some(0), Some("1 error, 0 warnings")));
    let check = [ONE, &["--keep-going", "--check"]].concat();
    assert_eq!(generate(folder.path(), &check).0, Some(0));
}
