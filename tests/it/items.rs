//! What a change of a document means for programs: the items that differ, and whether the verdict is true.
//!
//! `items/NAME.old.yaml` and `items/NAME.new.yaml` are a pair; `items/NAME.txt` says what is expected of it. That a verdict is
//! true, a compiler says: a program that uses every item of the old API must compile against the new one unless something is
//! breaking.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use generator::diff::{Change, Verdict, compare};
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, report};
use serde_json::Value;

use crate::compatible::program;
use crate::compile;
use crate::documents::{crate_of, file_names, root};
use crate::snapshot::Snapshots;

const CRATE: &str = "items";

#[test]
fn items_differ_as_expected() {
    let mut snapshots = Snapshots::default();
    for name in names() {
        snapshots.check(&root().join(format!("items/{name}.txt")), &told(&changes(&name)));
    }
    snapshots.finish();
}

/// Every program is a crate of its own, so that the errors of one do not hide those of another.
#[test]
fn verdicts_are_true() {
    let names = names();
    let apis = names.iter().flat_map(|name| ["old", "new"].map(|side| source(&format!("{name}_{side}"), name, side)));
    let generated = crate_of(apis.collect(), CRATE, Layout::Member);
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    let mut files = generated.files.unwrap_or_else(|| panic!("{messages}"));
    for name in &names {
        let program = program::program(&files, CRATE, &format!("{name}_old"));
        let against_new = program.replace(&format!("{CRATE}::{name}_old::"), &format!("{CRATE}::{name}_new::"));
        for (side, text) in [("old", program), ("new", against_new)] {
            let text = format!("#![allow(warnings)]\n{text}\nfn main() {{}}\n");
            files.insert(format!("src/bin/{name}_{side}.rs"), text);
        }
    }
    let failures = failures(&compile::written(CRATE, &files));
    for name in &names {
        let breaks = changes(name).iter().any(|change| change.rust == Verdict::Breaking);
        assert_eq!(failures.get(&format!("{name}_old")), None, "{name}: the program");
        let failure = failures.get(&format!("{name}_new"));
        assert_eq!(failure.is_some(), breaks, "{name}: {}", failure.map_or("it compiles", String::as_str));
    }
}

/// What the compiler says of each program.
fn failures(folder: &Path) -> BTreeMap<String, String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--lib", "--bins", "--keep-going", "--quiet", "--offline", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    let mut failures: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if line["message"]["level"] == "error" {
            let (name, said) = (&line["target"]["name"], &line["message"]["rendered"]);
            *failures.entry(name.as_str().unwrap_or_default().to_owned()).or_default() +=
                said.as_str().unwrap_or_default();
        }
    }
    assert_eq!(failures.get(CRATE), None, "the emitted crate");
    assert!(output.status.success() || !failures.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    failures
}

fn changes(name: &str) -> Vec<Change> {
    let compared = compare(source("api", name, "old"), source("api", name, "new"));
    compared.changes.expect("both documents can be read")
}

/// The changes with their items.
fn told(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let Change { subject, wire, rust, rule, before, after, hint, .. } = change;
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
        let _ = writeln!(text, "{subject}: wire {wire:?}, rust {rust:?} [{}]", rule.id);
        let _ = writeln!(text, "    {} -> {}", side(before), side(after));
        let _ = hint.iter().try_for_each(|hint| writeln!(text, "    {hint}"));
        for item in &change.items {
            let _ = writeln!(text, "    {} {:?}", item.path, item.verdict);
            let _ = writeln!(text, "        {}\n     -> {}", side(&item.before), side(&item.after));
            if let Some(hint) = &item.hint {
                let _ = writeln!(text, "        {hint}");
            }
        }
    }
    text
}

fn source(module: &str, name: &str, side: &str) -> ApiSource<'static> {
    let path: PathBuf = root().join(format!("items/{name}.{side}.yaml"));
    let bytes = std::fs::read(&path).expect("the document can be read");
    let document = SourceText { name: format!("{name}.{side}.yaml"), bytes };
    ApiSource { name: module.to_owned(), document, overlay: None, loader: &NoFiles }
}

fn names() -> Vec<String> {
    file_names("items").iter().filter_map(|file| file.strip_suffix(".old.yaml")).map(str::to_owned).collect()
}
