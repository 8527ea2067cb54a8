//! Small pairs of documents, a kind of change each, and all that is found of the wire between them.
//!
//! `diff/NAME.txt` holds cases: `# kind: what it shows`, the old text, `----`, the new text, `====`, and what is expected to be
//! found. The kind says what the texts are: a `schema` (compared once where it is sent and once where it is received), the
//! `parameters` of an operation, an `operation`, or a whole `document`. Every rule is found in one of the cases.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use differ::{Change, RULES, Rule, Verdict};
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, report};

use crate::documents::{file_names, root};
use crate::snapshot::Snapshots;

#[test]
fn pairs_differ_as_expected() {
    let mut snapshots = Snapshots::default();
    for name in file_names("diff").into_iter().filter(|name| name.ends_with(".txt")) {
        let path = root().join("diff").join(&name);
        let text = fs::read_to_string(&path).expect("the cases can be read");
        let told: Vec<String> = cases(&text).iter().map(|case| format!("{}{}", case.text(), case.found())).collect();
        snapshots.check(&path, &told.join("\n"));
    }
    snapshots.finish();
}

#[test]
fn every_rule_is_found_in_a_case() {
    let mut found = BTreeSet::new();
    for name in file_names("diff").into_iter().filter(|name| name.ends_with(".txt")) {
        let text = fs::read_to_string(root().join("diff").join(name)).expect("the cases can be read");
        let changes = cases(&text).iter().flat_map(Case::compared).collect::<Vec<_>>();
        found.extend(changes.iter().map(|(_, change)| change.rule.id));
    }
    let never: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !found.contains(id)).collect();
    assert!(never.is_empty(), "in no case: {}", never.join(" "));
}

#[test]
fn rules_are_told_apart() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len(), "two rules have one identifier");
    let sentences: BTreeSet<&str> = RULES.iter().map(|rule| rule.sentence).collect();
    assert_eq!(sentences.len(), RULES.len(), "two rules have one sentence");
    for Rule { id, sentence, example, .. } in RULES {
        let kebab = id.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
        assert!(kebab, "{id} is not in kebab case");
        assert!(sentence.starts_with(char::is_uppercase) && !sentence.ends_with('.'), "{id}: {sentence}");
        assert!(!example.0.is_empty() && !example.1.is_empty(), "{id} has no example");
    }
}

/// A pair of texts.
struct Case<'t> {
    kind: &'t str,
    title: &'t str,
    old: &'t str,
    new: &'t str,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let texts = text.split("\n# ").map(|case| case.strip_prefix("# ").unwrap_or(case));
    let read = |text| -> Option<Case<'_>> {
        let (head, rest): (&str, &str) = str::split_once(text, '\n')?;
        let (kind, title) = head.split_once(": ")?;
        let (old, rest) = rest.split_once("----\n")?;
        let (new, _) = rest.split_once("====\n")?;
        Some(Case { kind, title, old, new })
    };
    texts.map(|text| read(text).unwrap_or_else(|| panic!("no case: {text}"))).collect()
}

impl Case<'_> {
    fn text(&self) -> String {
        format!("# {}: {}\n{}----\n{}====\n", self.kind, self.title, self.old, self.new)
    }

    /// What is found, with the way where there are two.
    fn compared(&self) -> Vec<(&'static str, Change)> {
        let between = |way: &'static str, document: &dyn Fn(&str) -> String| {
            let found = compare(&document(self.old), &document(self.new));
            found.into_iter().map(|change| (way, change)).collect::<Vec<_>>()
        };
        match self.kind {
            "schema" => [between("sent", &sent), between("received", &received)].concat(),
            "parameters" => between("", &parameters),
            "operation" => between("", &operation),
            "document" => between("", &whole),
            kind => panic!("{kind} is not a kind of case"),
        }
    }

    fn found(&self) -> String {
        let mut text = String::new();
        let mut known = "";
        for (way, change) in self.compared() {
            if way != known {
                known = way;
                writeln!(text, "{way}:").expect("a String takes all");
            }
            line(&mut text, &change);
        }
        text
    }
}

/// A change in a line.
fn line(text: &mut String, change: &Change) {
    let verdict = match change.wire {
        Verdict::Breaking => 'B',
        Verdict::Behaviour => 'b',
        Verdict::Compatible => '-',
    };
    let values = match (&change.before, &change.after) {
        (None, None) => String::new(),
        (before, after) => format!(" | {} -> {}", before.as_deref().unwrap_or("()"), after.as_deref().unwrap_or("()")),
    };
    let mut reach: Vec<String> = Vec::new();
    for reached in change.reach.iter() {
        let status = reached.status.as_ref().map(|status| format!(" {status}"));
        reach.push(format!("{}{}", reached.operation, status.unwrap_or_default()));
    }
    let hint = change.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let (rule, subject, what) = (change.rule.id, &change.subject, &change.what);
    writeln!(text, "{verdict} {rule} | {subject} | {what}{values} | {}{hint}", reach.join(", "))
        .expect("a String takes all");
}

fn compare(old: &str, new: &str) -> Vec<Change> {
    let source = |name: &str, text: &str| ApiSource {
        name: "api".to_owned(),
        document: SourceText { name: name.to_owned(), bytes: text.as_bytes().to_vec() },
        overlay: None,
        choices: Vec::new(),
        loader: &NoFiles,
    };
    let found = differ::compare(source("old.yaml", old), source("new.yaml", new));
    let Some(changes) = found.changes else {
        panic!("{}\n{old}", report::render(&found.diagnostics, &found.sources, false));
    };
    // What the emitted crate alone shows has rules of its own.
    changes.into_iter().filter(|change| RULES.iter().any(|rule| rule.id == change.rule.id)).collect()
}

/// A document with its head.
fn whole(text: &str) -> String {
    let info = if text.contains("info:") { "" } else { "info: {title: Things, version: '1'}\n" };
    format!("openapi: 3.1.1\n{info}{text}")
}

fn sent(schema: &str) -> String {
    let operation = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}";
    with_schema(operation, "{'204': {description: Done}}", schema)
}

fn received(schema: &str) -> String {
    let responses =
        "{'200': {description: Done, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}";
    with_schema("operationId: make", responses, schema)
}

fn with_schema(member: &str, responses: &str, schema: &str) -> String {
    let schema = indented(schema, 6);
    whole(&format!(
        "paths:\n  /things:\n    post:\n      {member}\n      responses: {responses}\ncomponents:\n  schemas:\n    Thing:\n{schema}"
    ))
}

fn parameters(list: &str) -> String {
    let list = indented(list, 8);
    whole(&format!(
        "paths:\n  /things:\n    get:\n      operationId: find\n      responses: {{'204': {{description: Done}}}}\n      parameters:\n{list}"
    ))
}

fn operation(members: &str) -> String {
    let responses = if members.lines().any(|line| line.starts_with("responses:")) {
        ""
    } else {
        "      responses: {'204': {description: Done}}\n"
    };
    whole(&format!("paths:\n  /things:\n    post:\n{responses}{}", indented(members, 6)))
}

fn indented(text: &str, depth: usize) -> String {
    text.lines().map(|line| format!("{:depth$}{line}\n", "")).collect()
}
