//! Compatible edits of a document move no name. Makes random edits, and checks that everything that was emitted before is still
//! there with the same names and types.
//!
//! `EDITS=5000 cargo test -p tests --test it -- edits` makes more of them, `EDITS_FROM=17` begins with another seed. A failure names
//! the seed. `cargo xtask edits DIR` does so with the documents of a folder.

#[path = "../../xtask/src/edits/trial/mod.rs"]
mod trial;

use crate::compatible;
use crate::documents::documents;
use trial::Trial;

#[test]
fn compatible_edits_move_no_name() {
    let number = |key: &str| std::env::var(key).ok().and_then(|text| text.parse::<u64>().ok());
    let golden = documents("golden").into_iter().filter(|it| it.name != "empty");
    let trees = golden.map(|document| (document.name.clone(), document.tree())).chain(compatible::trees());
    let trials = trees.map(|(name, tree)| Trial::new(&name, tree).unwrap_or_else(|| panic!("{name} is refused")));
    let trials: Vec<Trial> = trials.collect();
    let first = number("EDITS_FROM").unwrap_or(1);
    let seeds = first..first + number("EDITS").unwrap_or(200);
    let count = u64::try_from(trials.len()).expect("it fits");
    let lost = seeds.filter_map(|seed| trials.get(usize::try_from(seed % count).ok()?)?.fault(seed));
    let lost: Vec<String> = lost.collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
