//! The kinds of changes that concern whole documents, and the list of all kinds.
//!
//! Takes the generator's rules, adds what only a folder of documents can show, and gives the list as text, Markdown or JSON.

use std::fmt::Write;
use std::sync::Arc;

use differ::{Change, Edit, Effect, ITEM_RULES, RULES, Rule, Verdict};
use serde_json::json;

use super::Format;
use super::markdown::quoted::{code, prose};
use super::report::word;

/// A document was added.
pub static API_ADDED: Rule = Rule {
    id: "api-added",
    sentence: "A whole API was added",
    example: ("no folder `specs/shop`", "`specs/shop/openapi.json`"),
    request: Verdict::Compatible,
    response: Verdict::Compatible,
    effect: Effect::Types,
    edit: Edit::Added,
};

/// A document was removed.
pub static API_REMOVED: Rule = Rule {
    id: "api-removed",
    sentence: "A whole API was removed: nothing says any more that its operations are there, and its module is gone",
    example: ("`specs/shop/openapi.json`", "no folder `specs/shop`"),
    request: Verdict::Breaking,
    response: Verdict::Breaking,
    effect: Effect::Types,
    edit: Edit::Removed,
};

/// An API that is on one side only, as a change.
pub fn whole(name: &str, is_added: bool) -> Change {
    let (rule, what, hint) = match is_added {
        true => (&API_ADDED, "the whole API is new", None),
        false => {
            (&API_REMOVED, "the whole API is gone", Some("stay on the crate that has it, or do without its module"))
        }
    };
    Change {
        rule,
        subject: name.to_owned(),
        what: what.to_owned(),
        before: None,
        after: None,
        old: None,
        new: None,
        others: Vec::new(),
        reach: Arc::default(),
        wire: rule.request,
        rust: rule.request,
        items: Vec::new(),
        hint: hint.map(str::to_owned),
    }
}

/// All rules, in a format.
pub fn listed(format: Format) -> String {
    let rules = || RULES.iter().chain(ITEM_RULES.iter().copied()).chain([&API_ADDED, &API_REMOVED]);
    match format {
        Format::Text | Format::Changelog => rules().map(text).collect(),
        Format::Markdown => {
            let head =
                "| rule | sent | received | what it is | before | after |\n| --- | --- | --- | --- | --- | --- |\n";
            head.to_owned() + &rules().map(row).collect::<String>()
        }
        Format::Json => {
            let list = rules().map(|rule| {
                json!({
                    "id": rule.id,
                    "sentence": rule.sentence,
                    "before": rule.example.0,
                    "after": rule.example.1,
                    "request": word(rule.request),
                    "response": word(rule.response),
                })
            });
            format!("{:#}\n", list.collect::<serde_json::Value>())
        }
    }
}

fn text(rule: &Rule) -> String {
    let verdicts = match (word(rule.request), word(rule.response)) {
        (request, response) if request == response => request.to_owned(),
        (request, response) => format!("{request} where sent, {response} where received"),
    };
    let mut text = format!("{} ({verdicts})\n  {}\n", rule.id, rule.sentence);
    let _ = writeln!(text, "  {}  ->  {}\n", flat(rule.example.0), flat(rule.example.1));
    text
}

fn row(rule: &Rule) -> String {
    // A `|` ends a cell, even inside code.
    let cell = |text: String| text.replace('|', "\\|");
    let [before, after] = [rule.example.0, rule.example.1].map(|example| cell(code(&flat(example))));
    let (request, response) = (word(rule.request), word(rule.response));
    format!("| `{}` | {request} | {response} | {} | {before} | {after} |\n", rule.id, cell(prose(rule.sentence)))
}

/// A text in one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
