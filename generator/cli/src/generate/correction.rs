//! Overlays that correct the faults of documents, ready to be saved.

use generator::Generated;
use generator::diagnostics::Action;
use generator::report::escape_json;

use serde_json::Value;

use super::api::Api;

/// For each document with a message that an overlay can correct: a new overlay, or the actions to add to the overlay it has.
pub fn overlays(apis: &[Api], generated: &Generated) -> String {
    let mut text = String::new();
    for correction in &generated.corrections {
        let document = &generated.sources.file(correction.file).name;
        let why = |action: &Action| {
            let messages = correction.messages.iter();
            let told = messages.filter(|(_, actions)| actions.contains(action)).map(|(told, _)| told.message.as_str());
            Value::from(told.collect::<Vec<_>>().join("; ")).to_string()
        };
        let lines = correction.actions().into_iter().flat_map(|action| action.described(&why(action)));
        let lines: Vec<String> = lines.collect();
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

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: Corrections, version: 1.0.0}\nactions:\n";
