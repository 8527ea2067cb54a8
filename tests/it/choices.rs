//! Types by choice: where a choice shows, and what is said of one that cannot be.

use std::collections::BTreeSet;

use generator::diagnostics::Severity;
use generator::source::SourceText;
use generator::{ApiSource, Generated, Layout, report};

use crate::documents::{Document, crate_of};

/// The crate of the document about events, with choices as TOML.
pub fn generated(name: &str, choices: &str) -> Generated {
    let document = Document::at("events", "choices/openapi.yaml", None);
    let choices = vec![SourceText { name: "generate.toml".to_owned(), bytes: choices.as_bytes().to_vec() }];
    crate_of(vec![ApiSource { choices, ..document.source() }], name, Layout::Whole)
}

/// The choice of a crate for dates.
pub fn dates(word: &str) -> String {
    format!("[formats]\ndate-time = \"{word}\"\ndate = \"{word}\"\n")
}

/// The files that differ from those without a choice.
fn changed(choices: &str) -> Vec<String> {
    let (usual, chosen) = (generated("events", ""), generated("events", choices));
    let said = report::render(&chosen.diagnostics, &chosen.sources, false);
    let (Some(usual), Some(chosen)) = (usual.files, chosen.files) else { panic!("{said}") };
    let paths: BTreeSet<&String> = usual.keys().chain(chosen.keys()).collect();
    paths.into_iter().filter(|path| usual.get(*path) != chosen.get(*path)).cloned().collect()
}

#[test]
fn the_usual_crate_changes_nothing() {
    assert_eq!(changed(&dates("chrono")), Vec::<String>::new());
}

/// The files that name the type of a date: the manifests, the runtime's implementations, the model and the operation that have a date.
#[test]
fn a_choice_shows_where_it_must() {
    let shown = [
        "Cargo.toml",
        "runtime/Cargo.toml",
        "runtime/src/formats.rs",
        "src/api/models/event.rs",
        "src/api/operations/list_events.rs",
        "src/runtime.rs",
    ];
    for word in ["jiff", "time", "text"] {
        assert_eq!(changed(&dates(word)), shown, "{word}");
    }
}

#[test]
fn a_type_of_the_users_stands_for_a_schema() {
    let choices = "[types]\nMoney = \"shop::Money\"\n\n[dependencies]\nshop = { path = \"../shop\" }\n";
    let generated = generated("events", choices);
    let files = generated.files.expect("it can be generated");
    assert!(!files.contains_key("src/api/models/money.rs"));
    assert!(
        files["src/api/models/event.rs"].contains("price: shop::Money = optional"),
        "{}",
        files["src/api/models/event.rs"]
    );
    assert!(files["Cargo.toml"].contains("\nshop = { \"path\" = \"../shop\" }\n"), "{}", files["Cargo.toml"]);
}

#[test]
fn more_is_derived_where_a_name_fits() {
    let files =
        generated("events", "[derives]\n\"Pl*\" = [\"schemars::JsonSchema\"]\n").files.expect("it can be generated");
    let derived: Vec<&String> = files
        .iter()
        .filter(|(_, text)| text.contains("#[derive(schemars::JsonSchema)]"))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(derived, ["src/api/models/place.rs"]);
}

#[test]
fn a_choice_that_fits_nothing_is_reported() {
    let choices = "[formats]\nmony = \"shop::Cents\"\n[derives]\nPlaec = [\"schemars::JsonSchema\"]\n";
    let generated = generated("events", choices);
    let expected = "\
warning[unused-choice]: no string has the format `mony`: `shop::Cents` is not used
 --> generate.toml:2:8  #/formats/mony
  |
2 | mony = \"shop::Cents\"
  |        ^^^^^^^^^^^^^
  |
  = help: write the format as the document does, or remove the line

warning[unused-choice]: no type is called `Plaec`: nothing is derived
 --> generate.toml:4:1  #/derives/Plaec
  |
4 | Plaec = [\"schemars::JsonSchema\"]
  | ^^^^^
  |
  = help: did you mean `Place`?
";
    assert_eq!(report::render(&generated.diagnostics, &generated.sources, false), expected);
    assert!(generated.files.is_some());
}

#[test]
fn a_choice_that_cannot_be_says_what_can() {
    let choices = "[formats]\ndate-tme = \"jiff\"\ndate = \"joda\"\n[types]\nMony = \"shop::Money\"\nPlace = \"a b\"\n";
    let generated = generated("events", choices);
    let expected = "\
error[unknown-choice]: there is no format `date-tme` of a type that can be chosen
 --> generate.toml:2:1  #/formats/date-tme
  |
2 | date-tme = \"jiff\"
  | ^^^^^^^^
  |
  = help: did you mean `date-time`?

error[choice-value]: `formats.date` must be one of `chrono`, `jiff`, `time`, `text`, or the path of a type, found \"joda\"
 --> generate.toml:3:8  #/formats/date
  |
3 | date = \"joda\"
  |        ^^^^^^
  |
  = help: write one of `chrono`, `jiff`, `time`, `text`, or the path of a type

error[unknown-choice]: there is no schema `Mony` in whose place `shop::Money` could be
 --> generate.toml:5:8  #/types/Mony
  |
5 | Mony = \"shop::Money\"
  |        ^^^^^^^^^^^^^
  |
  = help: did you mean `Money`?

error[choice-value]: `types.Place` must be the path of something in Rust, as in `shop_types::Money`, found \"a b\"
 --> generate.toml:6:9  #/types/Place
  |
6 | Place = \"a b\"
  |         ^^^^^
  |
  = help: write the path of something in Rust, as in `shop_types::Money`
";
    assert_eq!(report::render(&generated.diagnostics, &generated.sources, false), expected);
}

/// The errors of a crate of two APIs, each with its choices.
fn said_of_two(one: &str, other: &str) -> Vec<String> {
    let document = Document::at("events", "choices/openapi.yaml", None);
    let api = |name: &str, choices: &str| {
        let name = name.to_owned();
        let bytes = choices.as_bytes().to_vec();
        let choices = vec![SourceText { name: format!("{name}/generate.toml"), bytes }];
        ApiSource { name, choices, ..document.source() }
    };
    let generated = crate_of(vec![api("one", one), api("other", other)], "two", Layout::Member);
    let errors = generated.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{}: {}", generated.sources.file(it.place.file).name, it.message)).collect()
}

/// The manifest has each crate once.
#[test]
fn two_apis_need_a_crate_in_one_way() {
    let dependency = |value: &str| format!("[dependencies]\nshop = {value}\n");
    let [one, two] = ["\"1\"", "\"2\""].map(dependency);
    assert_eq!(said_of_two(&one, &one), Vec::<String>::new());
    assert_eq!(said_of_two(&one, &two), ["other/generate.toml: `shop` is \"2\" here, but \"1\" for `one`"]);
}

#[test]
fn a_dependency_is_what_cargo_takes() {
    let is_refused = |line: &str| !said_of_two(&format!("[dependencies]\n{line}\n"), "").is_empty();
    let taken = [
        "shop = \"1.2\"",
        "_shop = { path = \"../shop\", version = \"1\" }",
        "shop-1 = { git = \"https://h/s\", rev = \"a\", features = [\"x\"], default-features = false }",
        "shop = { workspace = true }",
    ];
    let refused = [
        "\"\" = \"1\"",
        "-a = \"1\"",
        "1a = \"1\"",
        "shop = { path = 5 }",
        "shop = {}",
        "shop = { version = \"1\", features = \"x\" }",
        "shop = { version = \"1\", optional = true }",
        "shop = { git = \"https://h/s\", path = \"../s\" }",
        "shop = { git = \"https://h/s\", branch = \"a\", rev = \"b\" }",
        "shop = { version = \"1\", rev = \"b\" }",
    ];
    assert_eq!(taken.map(is_refused), [false; 4], "{taken:?}");
    assert_eq!(refused.map(is_refused), [true; 10], "{refused:?}");
}
