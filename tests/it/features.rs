//! That `FEATURES.md` is complete and true: takes its tables, compares them with what the generator knows and with the tests
//! they name. What a row says in words is for its reader.

use std::collections::BTreeSet;
use std::fs;

use generator::formats::FORMATS;

use crate::documents::root;

/// A row of one of the tables.
struct Row {
    section: String,
    cells: Vec<String>,
}

impl Row {
    fn names(&self) -> Vec<&str> {
        quoted(&self.cells[0])
    }

    /// The codes of messages: those that stand for the whole row, and those in parentheses.
    fn codes(&self) -> Vec<&str> {
        let aside =
            self.cells[2].match_indices("(`").filter_map(|(at, _)| quoted(&self.cells[2][at..]).first().copied());
        quoted(&self.cells[1]).into_iter().chain(aside).collect()
    }

    fn tests(&self) -> Vec<&str> {
        quoted(&self.cells[3])
    }

    fn shown(&self) -> String {
        format!("{}: {}", self.section, self.cells[0])
    }
}

#[test]
fn every_member_and_keyword_is_there() {
    let rows = rows();
    let known = |section: &str, name: &str| {
        rows.iter().any(|row| row.section.eq_ignore_ascii_case(section) && row.names().contains(&name))
    };
    let missing: Vec<_> = members().into_iter().filter(|(section, name)| !known(section, name)).collect();
    assert_eq!(missing, []);
}

#[test]
fn every_row_says_what_becomes_of_it() {
    let becomes = |row: &Row| {
        let coded = row.codes().len() >= quoted(&row.cells[1]).len() && quoted(&row.cells[1]).len() == 1;
        match row.cells[1].split(" `").next().unwrap_or_default() {
            "honoured" | "documented" | "not emitted" => quoted(&row.cells[1]).is_empty(),
            "reported" | "refused" => coded,
            _ => false,
        }
    };
    let wrong: Vec<String> =
        rows().iter().filter(|row| !becomes(row) || row.tests().is_empty()).map(Row::shown).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_tests_that_are_named_are_there() {
    let missing = rows().into_iter().flat_map(|row| {
        row.tests()
            .into_iter()
            .filter(|test| !exists(test))
            .map(|test| format!("{}: {test}", row.shown()))
            .collect::<Vec<_>>()
    });
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<String>::new());
}

/// Each code is in what one of the row's cases reports.
#[test]
fn the_codes_that_are_named_are_reported() {
    let silent = rows().into_iter().flat_map(|row| {
        let reports: String = row.tests().into_iter().filter_map(report).collect();
        let silent = row.codes().into_iter().filter(|code| !reports.contains(&format!("[{code}]")));
        silent.map(|code| format!("{}: {code}", row.shown())).collect::<Vec<_>>()
    });
    assert_eq!(silent.collect::<Vec<_>>(), Vec::<String>::new());
}

fn rows() -> Vec<Row> {
    let mut section = String::new();
    let mut rows = Vec::new();
    for line in read("../FEATURES.md").lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_owned();
        } else if let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) {
            // The legend before the first section, and the heads of tables.
            if section.is_empty() || cells.starts_with("| ") || cells.starts_with("---") {
                continue;
            }
            let cells: Vec<String> = cells.split(" | ").map(|cell| cell.trim().to_owned()).collect();
            assert_eq!(cells.len(), 4, "{line}");
            rows.push(Row { section: section.clone(), cells });
        }
    }
    rows
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What the generator's tables have, with the section that it belongs to.
fn members() -> BTreeSet<(String, String)> {
    let mut members = BTreeSet::new();
    let shapes = read("../generator/openapi/src/document/shape.rs");
    for shape in shapes.split("name: \"").skip(1) {
        let (name, rest) = shape.split_once('"').expect("the name ends");
        let own = rest.split("required:").next().expect("there is a first");
        let names = own.split("(\"").skip(1).filter_map(|member| member.split('"').next());
        members.extend(names.map(|member| (format!("{name} object"), member.to_owned())));
    }
    let keywords = read("../generator/openapi/src/schema/keywords.rs");
    let lists = [
        ("path item object", &shapes, "PATH_ITEM_MEMBERS"),
        ("path item object", &read("../generator/openapi/src/methods.rs"), "METHODS"),
        ("openapi object", &shapes, "OPENAPI_MEMBERS"),
        ("components object", &shapes, "COMPONENTS_MEMBERS"),
        ("schema object", &keywords, "READ"),
        ("schema object", &keywords, "BOUNDS"),
        ("schema object", &keywords, "SILENT"),
        ("schema object", &keywords, "UNHONOURED"),
        ("extensions", &read("../generator/openapi/src/document/extension.rs"), "EXTENSIONS"),
    ];
    let formats = FORMATS.iter().filter(|format| format.makes_a_type()).flat_map(|format| format.names);
    members.extend(formats.map(|name| ("formats".to_owned(), (*name).to_owned())));
    for (section, text, list) in lists {
        let (_, rest) = text.split_once(&format!("{list}: &[&str] =")).expect("the list is there");
        let (list, _) = rest.split_once("];").expect("the list ends");
        members.extend(list.split('"').skip(1).step_by(2).map(|name| (section.to_owned(), name.to_owned())));
    }
    members
}

fn exists(test: &str) -> bool {
    let Some((module, function)) = test.rsplit_once("::") else { return root().join(test).is_file() };
    let path = root().join("it").join(module.replace("::", "/")).with_extension("rs");
    fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("fn {function}(")))
}

/// What is reported of a case.
fn report(test: &str) -> Option<String> {
    let case = test.strip_prefix("diagnostics/")?.split('.').next()?;
    fs::read_to_string(root().join(format!("diagnostics/{case}.txt"))).ok()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("it can be read").replace("\r\n", "\n")
}
