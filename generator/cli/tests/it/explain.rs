//! `oasmith explain`: what it prints and its exit codes.

use std::path::Path;

use crate::program::{Answer, run};

/// Runs `explain`.
fn explain(args: &[&str]) -> Answer {
    run(Path::new("."), "explain", args)
}

#[test]
fn a_code_is_explained() {
    let expected = "\
dangling-reference (error)

A `$ref` names something that is not there, or several schemas with the same `$anchor` or `$id`.

For example:

    components:
      schemas:
        Pets: {type: array, items: {$ref: '#/components/schemas/Pest'}}
        Pet: {type: string}

Correct the reference, or add what it names.
";
    assert_eq!(explain(&["dangling-reference"]), (Some(0), expected.to_owned(), String::new()));
}

#[test]
fn an_overlay_is_shown_too() {
    let expected = "\
overlay-growth (error)

The actions put too much into the document. The target of each selects what an earlier one has added.

For example:

    x-a: {b: {}}

With this overlay, the last line 20 times:

    overlay: 1.1.0
    info: {title: Corrections, version: '1'}
    actions:
      - {target: '$..b', update: {b{n}: {b: {}, c: {b: {}}}}}

Let the target select fewer nodes.
";
    assert_eq!(explain(&["overlay-growth"]), (Some(0), expected.to_owned(), String::new()));
}

#[test]
fn without_a_code_there_is_a_line_for_each() {
    let (code, text, _) = explain(&[]);
    let all = generator::diagnostics::codes::ALL.iter().map(|code| code.name());
    let listed = text.lines().map(|line| line.split_whitespace().next().unwrap_or_default());
    assert_eq!((code, listed.collect::<Vec<_>>()), (Some(0), all.collect()));
}

#[test]
fn an_unknown_code_may_be_misspelt() {
    let misspelt = "error: there is no code `dangling-refrence`; did you mean `dangling-reference`?\n";
    assert_eq!(explain(&["dangling-refrence"]), (Some(2), String::new(), misspelt.to_owned()));
    let unknown = "error: there is no code `nothing like it`; `explain` without a code lists all of them\n";
    assert_eq!(explain(&["nothing like it"]), (Some(2), String::new(), unknown.to_owned()));
}
