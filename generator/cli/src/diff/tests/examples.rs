//! Changes made by hand: those of a shop, and one to make others of.

use std::sync::Arc;

use differ::{Change, Difference, Direction, Edit, Effect, ItemChange, ItemKind, Reach, Rule, Verdict};

use super::super::report::Entry;
use super::{at, entry};

static OPTIONAL: Rule = rule("response-property-became-optional");
static RENAMED: Rule = rule("operation-renamed");
static VALUE: Rule = rule("response-property-enum-value-removed");
static DEFAULT: Rule = rule("request-parameter-default-value-changed");
static ADDED: Rule = rule("endpoint-added");

const fn rule(id: &'static str) -> Rule {
    Rule {
        id,
        sentence: "",
        example: ("", ""),
        request: Verdict::Breaking,
        response: Verdict::Breaking,
        effect: Effect::Types,
        edit: Edit::Changed,
    }
}

/// A change of a shop that breaks nobody.
pub fn change(subject: &str) -> Change {
    Change {
        rule: &ADDED,
        subject: subject.to_owned(),
        what: "is new".to_owned(),
        before: None,
        after: None,
        old: None,
        new: at(1, 9),
        others: Vec::new(),
        reach: Arc::default(),
        wire: Verdict::Compatible,
        rust: Verdict::Compatible,
        items: Vec::new(),
        hint: None,
    }
}

/// One change of each kind.
pub fn shop() -> Vec<Entry> {
    let received = |operation: &str, status: &str| Reach {
        operation: operation.to_owned(),
        direction: Some(Direction::Response),
        status: Some(status.to_owned()),
    };
    let sent =
        |operation: &str| Reach { operation: operation.to_owned(), direction: Some(Direction::Request), status: None };
    let text = |text: &str| Some(text.to_owned());
    let item = |path: &str, before: Option<&str>, after: Option<&str>, verdict, hint: Option<&str>| ItemChange {
        path: path.to_owned(),
        name: "note".to_owned(),
        kind: ItemKind::Field,
        difference: Difference::Retyped,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        verdict,
        hint: hint.map(str::to_owned),
        hint_for: None,
        old: None,
        new: None,
    };
    let changes = [
        Change {
            rule: &OPTIONAL,
            subject: "Order.note".to_owned(),
            what: "clients may now get an answer without it".to_owned(),
            before: text("required"),
            after: text("optional"),
            old: at(0, 212),
            new: at(1, 214),
            others: Vec::new(),
            reach: Arc::new([
                received("GET /orders", "200"),
                received("GET /orders/{id}", "200"),
                received("POST /orders", "201"),
                received("PUT /orders/{id}", "200"),
            ]),
            wire: Verdict::Breaking,
            rust: Verdict::Breaking,
            items: vec![item(
                "Order.note",
                Some("pub note: String"),
                Some("pub note: Option<String>"),
                Verdict::Breaking,
                Some("write `order.note.as_deref().unwrap_or_default()` for `order.note`"),
            )],
            hint: None,
        },
        Change {
            rule: &RENAMED,
            subject: "GET /orders".to_owned(),
            what: "has another name, and is the same otherwise".to_owned(),
            before: text("listOrders"),
            after: text("searchOrders"),
            old: at(0, 31),
            new: at(1, 31),
            reach: Arc::new([Reach { operation: "GET /orders".to_owned(), direction: None, status: None }]),
            rust: Verdict::Breaking,
            items: vec![item(
                "Client::search_orders",
                Some("pub fn list_orders(&self) -> Call<'_, ListOrders>"),
                Some("pub fn search_orders(&self) -> Call<'_, SearchOrders>"),
                Verdict::Breaking,
                Some("write `client.search_orders()`"),
            )],
            ..change("")
        },
        Change {
            rule: &VALUE,
            subject: "Status `void`".to_owned(),
            what: "is no longer a value".to_owned(),
            old: at(0, 260),
            new: None,
            reach: Arc::new([received("GET /orders", "200")]),
            rust: Verdict::Breaking,
            items: vec![item("Status::Void", Some("Void"), None, Verdict::Breaking, None)],
            ..change("")
        },
        Change {
            rule: &DEFAULT,
            subject: "GET /orders query limit".to_owned(),
            what: "the server assumes another value".to_owned(),
            before: text("20"),
            after: text("50"),
            old: at(0, 44),
            new: at(1, 44),
            reach: Arc::new([sent("GET /orders")]),
            wire: Verdict::Behaviour,
            rust: Verdict::Behaviour,
            hint: text("set it to what you rely on"),
            ..change("")
        },
        change("GET /invoices/{id}"),
        change("POST /invoices"),
    ];
    changes.iter().map(entry).collect()
}
