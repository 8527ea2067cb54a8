//! `generator/openapi/DIAGNOSTICS.md`: a section for each code, and an example in each that gives it.

use std::collections::BTreeSet;

use generator::diagnostics::Severity;
use generator::diagnostics::codes::ALL;
use generator::diagnostics::explain::{Explanation, explain, explanations};
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Generated, Layout, Options};

use crate::documents::root;

/// The members that an example leaves out.
const HEAD: [(&str, &str); 3] =
    [("openapi:", "openapi: 3.1.1\n"), ("info:", "info: {title: Example, version: '1'}\n"), ("paths:", "paths: {}\n")];

#[test]
fn every_code_has_a_section() {
    let text = std::fs::read_to_string(root().join("../generator/openapi/DIAGNOSTICS.md")).expect("it can be read");
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let codes: Vec<&str> = ALL.iter().map(|code| code.name()).collect();
    assert_eq!(headings, codes);
    assert_eq!(explanations().map(|section| section.code).collect::<Vec<_>>(), codes);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
}

#[test]
fn every_example_gives_its_code() {
    let wrong = explanations().filter_map(|section| {
        let found = given(&section);
        let expected: BTreeSet<Severity> = severities(&section).into_iter().collect();
        (found != expected).then(|| format!("{}: {found:?}, not {expected:?}", section.code))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_code_that_is_not_known_may_be_misspelt() {
    assert_eq!(explain("dangling-refrence"), Err(Some("dangling-reference")));
    assert_eq!(explain("anything else"), Err(None));
    assert_eq!(explain("swagger-2").map(|section| section.severity), Ok("Error"));
}

/// What a section says of its code.
pub fn severities(section: &Explanation<'_>) -> Vec<Severity> {
    match section.severity {
        "Error" => vec![Severity::Error],
        "Warning" => vec![Severity::Warning],
        "Note" => vec![Severity::Note],
        "Error or warning" => vec![Severity::Error, Severity::Warning],
        other => panic!("{}: `{other}` is not a severity", section.code),
    }
}

/// The severities with which a section's example gives its code.
fn given(section: &Explanation<'_>) -> BTreeSet<Severity> {
    let [document, overlay] = section.examples;
    let (kind, text) = document.unwrap_or_default();
    let beside = |wanted: &str, name: &str| {
        let (kind, text) = overlay.filter(|(kind, _)| (*kind == "toml") == (wanted == "toml"))?;
        Some(file(name, repeated(kind, text).into_bytes()))
    };
    let (overlay, choices) = (beside("yaml", "overlay.yaml"), beside("toml", "generate.toml"));
    let name = if kind == "json" { "openapi.json" } else { "openapi.yaml" };
    let generated = generated(file(name, bytes(kind, text)), overlay, choices);
    let own = generated.diagnostics.iter().filter(|message| message.code.name() == section.code);
    own.map(|message| message.severity).collect()
}

fn generated(document: SourceText, overlay: Option<SourceText>, choices: Option<SourceText>) -> Generated {
    let choices = choices.into_iter().collect();
    let source = ApiSource { name: "api".to_owned(), document, overlay, choices, loader: &NoFiles };
    let options = Options { keep_going: true, ..Options::new("api", Layout::Whole) };
    generator::generate(vec![source], &options)
}

fn file(name: &str, bytes: Vec<u8>) -> SourceText {
    SourceText { name: name.to_owned(), bytes }
}

fn bytes(kind: &str, text: &str) -> Vec<u8> {
    match kind {
        "hex" => {
            text.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two digits")).collect::<Vec<u8>>()
        }
        "text" | "json" => text.as_bytes().to_vec(),
        _ => {
            let text = repeated(kind, text);
            let absent = HEAD.iter().filter(|(key, _)| !text.lines().any(|line| line.starts_with(key)));
            (absent.map(|(_, line)| *line).collect::<String>() + &text).into_bytes()
        }
    }
}

/// The text with its last line as often as the fence says.
fn repeated(kind: &str, text: &str) -> String {
    let Some(times) = kind.rsplit(' ').next().and_then(|times| times.parse::<usize>().ok()) else {
        return text.to_owned();
    };
    let (before, last) = text.trim_end().rsplit_once('\n').expect("several lines");
    let lines = (0..times)
        .map(|number| last.replace("{n}", &number.to_string()).replace("{m}", &(number + 1).to_string()) + "\n");
    format!("{before}\n{}", lines.collect::<String>())
}
