//! Whether a compatible edit of a document changes a name.
//!
//! Takes a document as a tree, makes a random edit, and says which parts of the earlier output are missing. The tests include this file as
//! well, so it uses nothing else of `xtask`.

mod edit;
mod place;
mod random;

use std::collections::BTreeSet;

use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options, generate};
use serde_json::Value;

use edit::EDITS;
use random::Random;

/// A document with what is emitted of it.
pub struct Trial {
    name: String,
    tree: Value,
    before: BTreeSet<String>,
}

impl Trial {
    /// A document. `None` if the generator refuses it.
    pub fn new(name: &str, tree: Value) -> Option<Self> {
        let before = emitted(&tree)?;
        Some(Self { name: name.to_owned(), tree, before })
    }

    /// The fault that the random edit with this seed causes. `None` if it causes none.
    pub fn fault(&self, seed: u64) -> Option<String> {
        let mut random = Random::new(seed);
        let (label, edit) = EDITS.get(random.below(EDITS.len()))?;
        let mut tree = self.tree.clone();
        edit(&mut tree, &mut random);
        let edited = format!("seed {seed}: {label} in {}", self.name);
        let Some(after) = emitted(&tree) else { return Some(format!("{edited}: refused")) };
        let gone: Vec<&String> = self.before.difference(&after).collect();
        (!gone.is_empty()).then(|| format!("{edited}: {gone:?}"))
    }
}

/// What is emitted of a document, in pieces that do not depend on their place or their neighbours. `None` if the generator refuses the
/// document.
fn emitted(tree: &Value) -> Option<BTreeSet<String>> {
    let document = SourceText { name: "edited.json".to_owned(), bytes: tree.to_string().into_bytes() };
    let source =
        ApiSource { name: "edited".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
    let options = Options::new("example", Layout::Whole);
    let files = generate(vec![source], &options).files?;
    let own = files.iter().filter(|(path, _)| path.contains("/models/") || path.contains("/operations/"));
    Some(own.filter(|(path, _)| !path.ends_with("mod.rs")).flat_map(|(path, text)| pieces(path, text)).collect())
}

fn pieces(path: &str, text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join(" ");
    let statements =
        code.split(';').filter(|it| !["use ", "pub use "].iter().any(|start| it.trim().starts_with(start)));
    let pieces = statements.flat_map(|statement| statement.split(['{', '}', ',']));
    let pieces = pieces.map(|piece| {
        // An edit may change whether a reply's member is required, and how an operation without options is written. Neither is a name.
        let left_out = ["required", "optional", "Default", "#[non_exhaustive]", "let", "mut", "request", "="];
        let piece = piece.replace("optional_nullable", "nullable");
        let words = piece.split_whitespace().filter(|word| !left_out.contains(word)).collect::<String>();
        format!("{path}: {}", words.replace(')', "").trim_start_matches("Ok("))
    });
    pieces.collect()
}
