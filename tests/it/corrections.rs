//! That the actions which are printed for messages do what they are for: an overlay of them alone makes the message go away.

use generator::diagnostics::Action;
use generator::source::SourceText;
use generator::{ApiSource, Generated, Layout};

use crate::documents::{Document, crate_of, documents};

/// The document with an overlay of some actions.
fn corrected(document: &Document, actions: &[&Action]) -> Generated {
    let lines: Vec<String> = actions.iter().flat_map(|action| action.lines()).collect();
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: x, version: '1'}}\nactions:\n{}\n", lines.join("\n"));
    let overlay = SourceText { name: "overlay.yaml".to_owned(), bytes: overlay.into_bytes() };
    let source = ApiSource { overlay: Some(overlay), ..document.source() };
    crate_of(vec![source], "example", Layout::Whole)
}

/// What is said, without places: an action may move them.
fn said(generated: &Generated) -> Vec<String> {
    generated.diagnostics.iter().map(|it| format!("{}: {}", it.code.name(), it.message)).collect()
}

fn count(said: &[String], message: &str) -> usize {
    said.iter().filter(|it| *it == message).count()
}

#[test]
fn every_action_makes_its_message_go_away() {
    let mut wrong = Vec::new();
    for document in documents("diagnostics").iter().filter(|it| it.source().overlay.is_none()) {
        let generated = document.generate();
        let before = said(&generated);
        for (diagnostic, actions) in generated.corrections.iter().flat_map(|it| &it.messages) {
            let message = format!("{}: {}", diagnostic.code.name(), diagnostic.message);
            let after = said(&corrected(document, &actions.iter().collect::<Vec<_>>()));
            let fault = after.iter().find(|it| it.starts_with("overlay-"));
            if fault.is_some() || count(&after, &message) >= count(&before, &message) {
                wrong.push(format!(
                    "{}: {message}: {:?}: {fault:?}",
                    document.name,
                    actions.iter().map(Action::lines).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn all_actions_go_together() {
    for document in documents("diagnostics").iter().filter(|it| it.source().overlay.is_none()) {
        let generated = document.generate();
        let Some(correction) = generated.corrections.first().filter(|it| !it.messages.is_empty()) else { continue };
        let (before, after) = (said(&generated), said(&corrected(document, &correction.actions())));
        let faults: Vec<&String> = after.iter().filter(|it| it.starts_with("overlay-")).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", document.name);
        let messages = correction.messages.iter();
        let messages = messages.map(|(it, _)| format!("{}: {}", it.code.name(), it.message));
        let left: Vec<String> = messages.filter(|it| count(&after, it) >= count(&before, it)).collect();
        assert!(left.is_empty(), "{}: {left:?}", document.name);
    }
}
