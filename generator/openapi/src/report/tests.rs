//! Messages in, text out.

use super::{line, render};
use crate::diagnostics::{Diagnostic, Diagnostics, FileId, Place, Severity, Spot, codes};
use crate::pointer::Pointer;
use crate::source::{SourceText, Sources};

fn read(name: &str, text: &str) -> (Sources, FileId) {
    let mut sources = Sources::default();
    let text = SourceText { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let file = sources.parse(text, &mut Diagnostics::default()).expect("a readable document");
    (sources, file)
}

fn at(file: FileId, pointer: &str) -> Place {
    Place { file, spot: Spot::Value(Pointer::parse(pointer).expect("a pointer")) }
}

#[test]
fn messages_come_by_place_with_their_line() {
    let (sources, file) = read("specs/x.yaml", "openapi: 3.0.3\npaths:\n  /pets:\n    get: {}\n");
    let mut out = Diagnostics::default();
    let get = at(file, "/paths/~1pets/get");
    out.push(
        Diagnostic::new(Severity::Warning, codes::MISSING_MEMBER, "the operation has no responses", get)
            .help("add one"),
    );
    out.push(Diagnostic::new(Severity::Error, codes::UNSUPPORTED_VERSION, "too old", at(file, "/openapi")));
    out.push(Diagnostic::new(Severity::Note, codes::NO_PATHS, "a word", Place { file, spot: Spot::File }).help("none"));
    let expected = "\
note[no-paths]: a word
--> specs/x.yaml
 |
 = help: none

error[unsupported-version]: too old
 --> specs/x.yaml:1:10  #/openapi
  |
1 | openapi: 3.0.3
  |          ^^^^^

warning[missing-member]: the operation has no responses
 --> specs/x.yaml:4:5  #/paths/~1pets/get
  |
4 |     get: {}
  |     ^^^
  |
  = help: add one
";
    assert_eq!(render(&out, &sources, false), expected);
}

#[test]
fn nothing_in_a_document_acts_on_the_terminal() {
    let text = "{\"a\u{202e}b\u{7f}\u{9b}\": 1, \"::error::\\n::x\": 2}";
    let (sources, file) = read("::error::x", text);
    let mut out = Diagnostics::default();
    let place = at(file, "/a\u{202e}b\u{7f}\u{9b}");
    let message = "`\u{1b}[2J\n::error::x` ##[error]x";
    out.push(
        Diagnostic::new(Severity::Error, codes::NO_EFFECT, message, place.clone())
            .about_key()
            .help("\r::set-output name=x::y"),
    );
    let expected = "\
error[no-effect]: `\\u{1b}[2J\\u{a}::error::x` ##\\u{5b}error]x
 --> ./::error::x:1:2  #/a\\u{202e}b\\u{7f}\\u{9b}
  |
1 | {\"a\\u{202e}b\\u{7f}\\u{9b}\": 1, \"::error::\\n::x\": 2}
  |  ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: \\u{d}::set-output name=x::y
";
    assert_eq!(render(&out, &sources, false), expected);
    let diagnostic = Diagnostic::new(Severity::Error, codes::NO_EFFECT, message, place).about_key();
    assert_eq!(line(&diagnostic, &sources), "./::error::x:1:2: error: `\\u{1b}[2J\\u{a}::error::x` ##\\u{5b}error]x");
}

#[test]
fn long_lines_are_cut_to_the_place() {
    let members: Vec<String> = (0..100_000).map(|index| format!("\"näme{index}\":{{\"type\":\"string\"}}")).collect();
    let (sources, file) = read("x.json", &format!("{{{}}}", members.join(",")));
    let mut out = Diagnostics::default();
    out.push(Diagnostic::new(Severity::Error, codes::NO_EFFECT, "odd", at(file, "/näme70000/type")).about_key());
    let expected = "\
error[no-effect]: odd
 --> x.json:1:2088905  #/näme70000/type
  |
1 | …e69999\":{\"type\":\"string\"},\"näme70000\":{\"type\":\"string\"},\"näme70001\":{\"type\":\"string\"},\"näme70002\":{\"type\":\"string\"},\"…
  |                                         ^^^^^^
";
    assert_eq!(render(&out, &sources, false), expected);
}
