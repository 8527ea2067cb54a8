//! `oasmith explain` as a program: what it prints and its exit codes.

use std::process::Command;

/// Runs `explain`; gives the exit code and the two outputs.
fn explain(args: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_oasmith")).arg("explain").args(args).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), stdout, stderr)
}

#[test]
fn a_code_is_explained() {
    let expected = "\
dangling-reference (error)

A `$ref` names something that is not there.

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
