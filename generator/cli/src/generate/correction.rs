//! Overlays that correct the faults of documents, ready to be saved.

use std::collections::HashMap;

use generator::Generated;
use generator::diagnostics::{Action, Correction};
use generator::report::escape_json;
use serde_json::Value;

use super::api::Api;

/// For each document with a message that an overlay can correct: a new overlay, or the actions to add to the overlay it has.
pub fn overlays(apis: &[Api], generated: &Generated) -> String {
    let mut text = String::new();
    for correction in &generated.corrections {
        let document = &generated.sources.file(correction.file).name;
        let reasons = reasons(correction);
        let described = |action: &Action| {
            let reason = reasons.get(action).map(|messages| messages.join("; ")).unwrap_or_default();
            action.described(&Value::from(reason).to_string())
        };
        let lines: Vec<String> = correction.actions().into_iter().flat_map(described).collect();
        if lines.is_empty() {
            continue;
        }
        let overlay = apis.iter().find(|api| api.file() == document).and_then(Api::overlay);
        text += &match overlay {
            Some(overlay) => format!("# Add these actions to {overlay}.\n"),
            None => format!("# Corrections of {document}.\n{HEAD}"),
        };
        lines.iter().for_each(|line| text += &format!("  {}\n", escape_json(line)));
    }
    if text.is_empty() { "# There is nothing that an overlay can correct.\n".to_owned() } else { text }
}

/// For each action, the messages that it corrects.
fn reasons(correction: &Correction) -> HashMap<&Action, Vec<&str>> {
    let mut reasons: HashMap<&Action, Vec<&str>> = HashMap::new();
    for (diagnostic, actions) in &correction.messages {
        for action in actions {
            reasons.entry(action).or_default().push(&diagnostic.message);
        }
    }
    reasons
}

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: Corrections, version: 1.0.0}\nactions:\n";
