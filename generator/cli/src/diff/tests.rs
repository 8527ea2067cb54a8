//! The formats, on changes made by hand: what they look like, that they hold the same changes, and that no text of a document
//! acts in them.
//!
//! `tests/NAME.txt` and `tests/NAME.md` hold whole outputs; `UPDATE_EXPECT=1` rewrites them.

mod agreement;
mod examples;

use std::path::Path;
use std::sync::LazyLock;
use std::{env, fs};

use differ::{Change, Other, Verdict};
use generator::diagnostics::{Diagnostics, Place, Spot};
use generator::pointer::Pointer;
use generator::source::{SourceText, Sources};
use jsonschema::validator_for;
use serde_json::Value;

use super::accepted::{self, Accepted};
use super::report::{Api, Entry, FailOn, Report};
use super::{changelog, markdown, text};
use examples::{change, shop};

#[test]
fn a_report_reads_well() {
    let report = report(shop(), Vec::new());
    check("shop.txt", &text::render(&report, false));
    check("shop.md", &markdown::render(&report));
    check("shop.json", &json(&report));
}

#[test]
fn what_is_accepted_fails_no_run() {
    let breaking = |entry: &&Entry| entry.worst() == Verdict::Breaking;
    let entries: String = shop().iter().filter(breaking).map(|entry| accepted::written("shop", entry)).collect();
    assert!(accepted::parse(&entries).is_err(), "a reason has to be given");
    let mut accepted = accepted::parse(&entries.replace("reason = \"\"", "reason = \"agreed\"")).unwrap();
    let wrong = |change: fn(&mut Accepted)| {
        let mut entry = accepted[0].clone();
        change(&mut entry);
        entry
    };
    let stale = [
        wrong(|entry| entry.api = Some("library".to_owned())),
        wrong(|entry| entry.id = "property-removed".to_owned()),
        wrong(|entry| entry.subject = "Order.notes".to_owned()),
        wrong(|entry| entry.fingerprint = Some("00000000".to_owned())),
    ];
    accepted.extend(stale.clone());
    let report = report(shop(), accepted);
    let told: Vec<Accepted> = report.stale.iter().map(|stale| stale.entry.clone()).collect();
    assert_eq!((report.failed, &told[..]), (false, &stale[..]));
    check("accepted.txt", &text::render(&report, false));
    check("accepted.md", &markdown::render(&report));
}

#[test]
fn what_was_accepted_and_has_changed_is_to_be_judged_again() {
    let entry = |id: &str, subject: &str, fingerprint: &str| Accepted {
        api: Some("shop".to_owned()),
        id: id.to_owned(),
        subject: subject.to_owned(),
        fingerprint: Some(fingerprint.to_owned()),
        reason: "agreed".to_owned(),
        line: 7,
    };
    let accepted = vec![
        entry("response-property-became-optional", "Order.note", "00000000"),
        entry("operation-renamed", "GET /order", "a2df07a5"),
        entry("property-removed", "Status `void`", "206e7559"),
        entry("path-removed", "GET /gone", "11111111"),
    ];
    let report = Report { accept_file: Some("specs/accepted.toml".to_owned()), ..report(shop(), accepted) };
    let text = text::render(&report, false);
    let told: Vec<&str> = text.lines().filter(|line| line.starts_with("warning: ")).collect();
    check("stale.txt", &(told.join("\n") + "\n"));
    assert!(text.contains("write into specs/accepted.toml, with a reason"), "{text}");
}

/// An edit of many places is shown as one change. What was accepted at some of the places is not accepted at the others.
#[test]
fn each_place_of_an_edit_is_accepted_by_itself() {
    let places = ["GET /a", "GET /b", "GET /c", "GET /d"];
    let other = |subject: &str| Other { subject: subject.to_owned(), old: None, new: at(1, 9) };
    let edit = Change {
        wire: Verdict::Breaking,
        others: places[1..].iter().map(|subject| other(subject)).collect(),
        ..change(places[0])
    };
    let whole = entry(&edit);
    let single = entry(&Change { subject: places[2].to_owned(), others: Vec::new(), ..edit });
    let about = |subject: &str, fingerprint: Option<String>| Accepted {
        api: None,
        id: whole.rule.to_owned(),
        subject: subject.to_owned(),
        fingerprint,
        reason: "agreed".to_owned(),
        line: 1,
    };
    let told = |accepted: Vec<Accepted>| {
        let report = report(vec![whole.clone()], accepted);
        let told = report.changes().map(|(_, entry)| {
            let others = entry.others.iter().map(|other| other.subject.as_str());
            let places: Vec<&str> = std::iter::once(entry.subject.as_str()).chain(others).collect();
            (entry.accepted.is_some(), places.join(", "))
        });
        (told.collect::<Vec<_>>(), report.stale.len())
    };
    let is = |accepted: bool, places: &str| (accepted, places.to_owned());
    assert_eq!(told(vec![]), (vec![is(false, "GET /a, GET /b, GET /c, GET /d")], 0));
    let all = about(places[0], Some(whole.fingerprint.clone()));
    assert_eq!(told(vec![all]), (vec![is(true, "GET /a, GET /b, GET /c, GET /d")], 0));
    let some = vec![about(places[0], None), about(places[2], Some(single.fingerprint))];
    assert_eq!(told(some), (vec![is(true, "GET /a"), is(true, "GET /c"), is(false, "GET /b, GET /d")], 0));
    let each = places.map(|place| about(place, None)).to_vec();
    assert_eq!(told(each), (places.map(|place| is(true, place)).to_vec(), 0));
}

#[test]
fn the_changelog_is_in_terms_of_the_crate() {
    let report = report(shop(), Vec::new());
    check("changelog.md", &changelog::render(&report));
}

#[test]
fn the_first_line_is_the_answer() {
    use Verdict::{Behaviour, Breaking, Compatible};
    let answers = [
        vec![],
        vec![(Compatible, Compatible)],
        vec![(Compatible, Behaviour)],
        vec![(Behaviour, Compatible), (Compatible, Behaviour)],
        vec![(Compatible, Breaking)],
        vec![(Breaking, Compatible)],
        vec![(Breaking, Breaking), (Compatible, Breaking), (Behaviour, Behaviour)],
    ];
    let lines = answers.into_iter().map(|verdicts| {
        let entry = |(wire, rust)| entry(&Change { wire, rust, ..change("status") });
        let report = report(verdicts.into_iter().map(entry).collect(), Vec::new());
        let (text, markdown) = (text::render(&report, false), markdown::render(&report));
        let answer = text.lines().next().unwrap();
        assert_eq!(markdown.lines().next().unwrap().split_once(' ').unwrap().1.split_once(' ').unwrap().1, answer);
        format!("{answer}\n")
    });
    check("answers.txt", &lines.collect::<String>());
}

#[test]
fn colours_change_nothing_else() {
    let report = report(shop(), Vec::new());
    let coloured = text::render(&report, true);
    let plain: String = coloured
        .split("\x1b[")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
        .collect();
    assert_eq!(plain, text::render(&report, false));
    assert_ne!(plain, coloured);
}

#[test]
fn a_report_fails_on_what_was_asked_for() {
    let entry = |wire, rust| entry(&Change { wire, rust, ..change("status") });
    let fails = |wire, rust| {
        [FailOn::Wire, FailOn::Rust, FailOn::None]
            .map(|fail_on| report_failing(vec![entry(wire, rust)], fail_on).failed)
    };
    assert_eq!(fails(Verdict::Breaking, Verdict::Compatible), [true, true, false]);
    assert_eq!(fails(Verdict::Compatible, Verdict::Breaking), [false, true, false]);
    assert_eq!(fails(Verdict::Behaviour, Verdict::Behaviour), [false, false, false]);
}

fn report(changes: Vec<Entry>, accepted: Vec<Accepted>) -> Report {
    built(changes, accepted, FailOn::Wire)
}

fn report_failing(changes: Vec<Entry>, fail_on: FailOn) -> Report {
    built(changes, Vec::new(), fail_on)
}

fn built(changes: Vec<Entry>, accepted: Vec<Accepted>, fail_on: FailOn) -> Report {
    let api = Api {
        name: "shop".to_owned(),
        file: "specs/shop/openapi.yaml".to_owned(),
        old_version: Some("1.4.0".to_owned()),
        new_version: Some("1.5.0".to_owned()),
        operations: 41,
        documentation: 3,
        changes,
    };
    Report::new("oasmith", ["main (a1b2c3d4)".to_owned(), "working tree".to_owned()], fail_on, vec![api], accepted)
}

/// A change as the formats take it. Its places are lines of two documents that have a member for every line.
fn entry(change: &Change) -> Entry {
    static SOURCES: LazyLock<Sources> = LazyLock::new(|| {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
        for name in ["a1b2c3d4:specs/shop/openapi.yaml", "specs/shop/openapi.yaml"] {
            let bytes = (1..400).map(|line| format!("l{line}: 1\n")).collect::<String>().into_bytes();
            sources.parse(SourceText { name: name.to_owned(), bytes }, &mut out).unwrap();
        }
        sources
    });
    Entry::new(change, &SOURCES)
}

/// The place of a line of those documents.
fn at(file: u32, line: usize) -> Option<Place> {
    let pointer = Pointer::root().join(format!("l{line}"));
    Some(Place { file: generator::diagnostics::FileId(file), spot: Spot::Value(pointer) })
}

/// The JSON, which the schema holds for.
fn json(report: &Report) -> String {
    let schema: Value = serde_json::from_str(include_str!("report.schema.json")).unwrap();
    let value = serde_json::to_value(report).unwrap();
    let errors: Vec<String> =
        validator_for(&schema).unwrap().iter_errors(&value).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    serde_json::to_string_pretty(report).unwrap() + "\n"
}

fn check(file: &str, actual: &str) {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    let path = Path::new(&manifest).join("src/diff/tests").join(file);
    if env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(expected == actual, "{} differs; rewrite with UPDATE_EXPECT=1\n\n{actual}", path.display());
}
