//! Crates written over what is there already.

use super::*;

/// Writes the files of a folder, then a crate into it; gives what changed and everything that is there afterwards.
fn write(folder: &Path, present: &[(&str, &str)], emitted: &[(&str, &str)]) -> anyhow::Result<(Changes, Vec<String>)> {
    for (path, text) in present {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let emitted = emitted.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let files = CrateFiles::new(&emitted);
    let output = Output::own(folder.to_owned())?;
    let changes = output.compare(&files)?;
    output.write(&files, &changes)?;
    let contents = Contents::of(folder)?;
    Ok((changes, contents.files.into_iter().chain(contents.links).collect()))
}

fn strings(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn only_what_an_earlier_run_listed_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let present = [
        (LIST, "../outside.rs\nsrc/a.rs\nsrc/old/b.rs\nsrc/old/deep/c.rs\nsrc/shared/d.rs\n"),
        ("src/a.rs", "a"),
        ("src/old/b.rs", "b"),
        ("src/old/deep/c.rs", "c"),
        ("src/shared/d.rs", "d"),
        ("src/shared/mine.rs", "mine"),
        ("target/debug/x", "x"),
    ];

    let (changes, after) = write(folder.path(), &present, &[("src/a.rs", "a\n"), ("src/new.rs", "new")]).unwrap();

    let expected = Changes {
        changed: strings(&[LIST, "src/a.rs"]),
        added: strings(&["src/new.rs"]),
        removed: strings(&["src/old/b.rs", "src/old/deep/c.rs", "src/shared/d.rs"]),
        foreign: strings(&["src/shared/mine.rs"]),
    };
    assert_eq!(changes, expected);
    assert_eq!(after, [LIST, "src/a.rs", "src/new.rs", "src/shared/mine.rs"]);
    assert!(!folder.path().join("src/old").exists());
    assert!(folder.path().join("target/debug/x").exists());
    assert_eq!(fs::read_to_string(folder.path().join(LIST)).unwrap(), "src/a.rs\nsrc/new.rs\n");
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[], &[("src/a", "a"), ("src/b/c", "c")]).unwrap();

    let (_, after) = write(folder.path(), &[], &[("src/a/d", "d"), ("src/b", "b")]).unwrap();

    assert_eq!(after, [LIST, "src/a/d", "src/b"]);
}

#[test]
fn emitted_paths_stay_in_the_folder() {
    for path in ["../a.rs", "/a.rs", "src/../../a.rs", "src//a.rs", "./a.rs", "c:/a.rs", "src\\a.rs", ""] {
        let folder = tempfile::tempdir().unwrap();
        let error = write(folder.path(), &[], &[("src/fine.rs", ""), (path, "")]).unwrap_err();
        assert_eq!(error.to_string(), format!("the emitted path {path:?} leads out of the folder"));
        assert_eq!(Contents::of(folder.path()).unwrap().files.len(), 0, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let link = folder.path().join("src");
    std::os::unix::fs::symlink(outside.path(), &link).unwrap();

    let error = write(folder.path(), &[(LIST, "src\n")], &[("Cargo.toml", ""), ("src/lib.rs", "")]).unwrap_err();

    assert_eq!(error.to_string(), format!("{} is a link, through which nothing is written; delete it", link.display()));
    assert!(!folder.path().join("Cargo.toml").exists());
    assert_eq!(Contents::of(outside.path()).unwrap().files.len(), 0);
}
