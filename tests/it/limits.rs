//! `SECURITY.md` has every limit of the generator, with its number.

use std::collections::BTreeMap;
use std::fs;

#[test]
fn security_tells_every_limit() {
    let constants = constants(&text("generator/openapi/src/limits.rs"));
    assert!(!constants.is_empty());
    assert_eq!(told(&text("SECURITY.md")), constants);
}

#[test]
fn limits_have_one_home() {
    let constant = |line: &str| {
        let line = line.trim_start().trim_start_matches("pub(super) ").trim_start_matches("pub ");
        ["const MAX_", "const MOST_", "const DEEPEST"].iter().any(|start| line.starts_with(start))
    };
    let folders =
        ["openapi/src", "src", "differ/src"].map(|folder| crate::documents::root().join("../generator").join(folder));
    let mut folders = Vec::from(folders);
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("limits.rs") && fs::read_to_string(&path).is_ok_and(|it| it.lines().any(constant))
            {
                found.push(path);
            }
        }
    }
    assert_eq!(found, Vec::<std::path::PathBuf>::new());
}

/// The constants of the module and their values.
fn constants(source: &str) -> BTreeMap<String, usize> {
    let constants = source.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(": usize = "));
    constants.map(|(name, value)| (name.to_owned(), evaluated(value.trim_end_matches(';')))).collect()
}

fn evaluated(value: &str) -> usize {
    let number = |digits: &str| digits.trim().replace('_', "").parse::<usize>().expect("a number");
    value.split_once("<<").map_or_else(|| number(value), |(number_of, shift)| number(number_of) << number(shift))
}

/// The constants that the tables name, each with the number of its row that stands at its position.
fn told(text: &str) -> BTreeMap<String, usize> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("`MAX_"));
    rows.flat_map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let names = cells.last().expect("the row has cells").split(", ").map(|name| name.trim_matches('`').to_owned());
        names.zip(numbers(cells.get(1).expect("the row has a number"))).collect::<Vec<_>>()
    })
    .collect()
}

fn numbers(cell: &str) -> Vec<usize> {
    let unit = if cell.contains("KiB") { 1024 } else { 1 };
    let words = cell.split_whitespace().map(|word| word.replace(',', ""));
    words.filter_map(|word| word.parse::<usize>().ok()).map(|number| number * unit).collect()
}

fn text(path: &str) -> String {
    fs::read_to_string(crate::documents::root().join("..").join(path)).expect("it can be read")
}
