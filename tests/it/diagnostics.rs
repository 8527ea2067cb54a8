//! Documents with faults, and what is said about them.
//!
//! `diagnostics/NAME.yaml` is expected to be reported as in `diagnostics/NAME.txt`, whose last line tells whether anything was
//! generated. Every kind of error that the generator knows is in one of these texts, and each of them says where, what, and
//! what would be right.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use generator::diagnostics::Severity;
use generator::diagnostics::explain::{Explanation, explanations};
use generator::{Generated, report};

use crate::documents::{documents, file_names, generate_text, root};
use crate::explanations::severities;
use crate::snapshot::Snapshots;

#[test]
fn faults_are_reported_as_expected() {
    let documents = documents("diagnostics");
    let mut snapshots = Snapshots::default();
    for document in &documents {
        snapshots.check(&document.beside("txt"), &text(&document.generate()));
    }
    for (name, document) in large() {
        let path = root().join("diagnostics").join(format!("{name}.txt"));
        snapshots.check(&path, &text(&generate_text(name, document)));
    }
    let large = large();
    let names = documents.iter().map(|document| document.name.as_str()).chain(large.iter().map(|(name, _)| *name));
    let names: Vec<&str> = names.collect();
    for file in file_names("diagnostics") {
        if file.strip_suffix(".txt").is_some_and(|name| !names.contains(&name)) {
            snapshots.leftover(&root().join("diagnostics").join(file));
        }
    }
    snapshots.finish();
}

/// Schemas that refer to each other in a long chain are not a fault.
#[test]
fn long_chains_generate() {
    assert!(generate_text("chain", chain(1000)).files.is_some());
}

#[test]
fn every_error_has_a_text() {
    let is_error = |section: &Explanation<'_>| severities(section).contains(&Severity::Error);
    let known: BTreeSet<&str> = explanations().filter(is_error).map(|section| section.code).collect();
    let errors = errors();
    let told = errors.iter().map(|error| error.code.as_str());
    assert_eq!(told.collect::<BTreeSet<_>>(), known);
}

/// The place as file, line, column and JSON Pointer; a way out; no words of a parser's own.
#[test]
fn errors_are_complete() {
    let incomplete = errors().into_iter().filter(|error| {
        let [_, file_line, ..] = error.lines.as_slice() else { return true };
        let place = file_line.split_once("--> ").map_or("", |(_, place)| place);
        let numbers = place.split(['#', ' ']).next().unwrap_or_default().rsplit(':').take(2);
        let located = numbers.clone().count() == 2 && numbers.clone().all(|number| number.parse::<usize>().is_ok());
        let helped = error.lines.iter().any(|line| line.trim_start().starts_with("= help: "));
        !located || !place.contains("  #") || !helped || error.message.contains("did not match any variant")
    });
    let incomplete: Vec<String> = incomplete.map(|error| error.lines.join("\n")).collect();
    assert!(incomplete.is_empty(), "{}", incomplete.join("\n\n"));
}

/// No message, the names in it apart, is that of two kinds of error.
#[test]
fn messages_are_of_one_kind() {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for error in errors() {
        let words: Vec<&str> = error.message.split('`').step_by(2).collect();
        kinds.entry(words.join("``")).or_default().insert(error.code);
    }
    kinds.retain(|_, codes| codes.len() > 1);
    assert!(kinds.is_empty(), "{kinds:?}");
}

/// An error in one of the texts.
struct Error {
    code: String,
    message: String,
    lines: Vec<String>,
}

fn errors() -> Vec<Error> {
    let names = file_names("diagnostics").into_iter().filter(|name| name.ends_with(".txt"));
    let texts = names.map(|name| fs::read_to_string(root().join("diagnostics").join(name)).expect("it can be read"));
    let blocks = texts.flat_map(|text| text.split("\n\n").map(str::to_owned).collect::<Vec<_>>());
    let errors = blocks.filter_map(|block| {
        let (code, rest) = block.strip_prefix("error[")?.split_once("]: ")?;
        let message = rest.lines().next().unwrap_or_default().to_owned();
        Some(Error { code: code.to_owned(), message, lines: block.lines().map(str::to_owned).collect() })
    });
    errors.collect()
}

fn text(generated: &Generated) -> String {
    let messages = report::render(&generated.diagnostics, &generated.sources, false);
    let outcome = if generated.files.is_some() { "generated" } else { "not generated" };
    format!("{messages}\n{outcome}\n")
}

/// Documents that are too long to lie in a file.
fn large() -> [(&'static str, String); 5] {
    let parts = (0..5000).map(|index| format!("        - {{maxLength: {index}}}\n")).collect::<String>();
    let all_of = format!("{HEAD}    Whole:\n      type: string\n      allOf:\n{parts}");
    let copies = copies(20);
    [
        ("large_all_of", all_of),
        ("large_chain", chain(5000)),
        ("large_copies", copies),
        ("large_nest", nest(1100)),
        ("large_sets", sets(12)),
    ]
}

/// So many maps, each of which has the next one twice.
fn copies(count: usize) -> String {
    let twice = |index| {
        let properties = format!("{{properties: {{$ref: '#/components/schemas/S{}/properties'}}}}", index + 1);
        format!("    S{index}: {{properties: {{a: {properties}, b: {properties}}}}}\n")
    };
    HEAD.to_owned()
        + &(0..count).map(twice).collect::<String>()
        + &format!("    S{count}: {{properties: {{a: {{type: string}}}}}}\n")
}

/// So many schemas, each of which refers to the next.
fn chain(length: usize) -> String {
    let link = |index| {
        let next = index + 1;
        format!("    S{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/S{next}'}}}}}}\n")
    };
    HEAD.to_owned() + &(0..length).map(link).collect::<String>() + &format!("    S{length}: {{type: string}}\n")
}

/// So many schemas without names, each of which refers to the next.
fn nest(length: usize) -> String {
    let at = |index| format!("$ref: '#/components/responses/R{index}/content/text~1json/schema'");
    let link = |index| {
        let schema = format!("{{type: object, properties: {{next: {{{}}}}}}}", at(index + 1));
        format!("    R{index}: {{description: '', content: {{text/json: {{schema: {schema}}}}}}}\n")
    };
    let links: String = (0..length).map(link).collect();
    let last = format!("    R{length}: {{description: '', content: {{text/json: {{schema: {{type: string}}}}}}}}\n");
    format!("{HEAD}    First: {{type: object, properties: {{next: {{{}}}}}}}\n  responses:\n{links}{last}", at(0))
}

/// So many schemas of which any set is what some property of a property holds: twice as many sets with each schema.
fn sets(length: usize) -> String {
    let at = |index| format!("{{$ref: '#/components/schemas/S{index}'}}");
    let link = |index| {
        let next = at(index + 1);
        format!("    S{index}: {{type: object, properties: {{a: {next}, b: {next}}}}}\n")
    };
    let links: String = (1..length).map(link).collect();
    let both = format!("{{allOf: [{}, {}]}}", at(0), at(1));
    let first = format!("    S0: {{type: object, properties: {{a: {both}, b: {}}}}}\n", at(0));
    format!("{HEAD}{first}{links}    S{length}: {{type: object}}\n")
}

const HEAD: &str = "openapi: 3.1.1\ninfo: {title: Large, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n";
