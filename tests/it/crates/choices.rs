//! Types by choice, compiled and used: dates of every crate, and a type of the user's in place of a schema.

use std::path::Path;
use std::process::Command;

use super::{COMPILED, Files, files};
use crate::choices::{dates, generated};

/// The crate whose schema `Money` is the user's type, and the user's crate.
pub const OWN: &str = "own-types";
pub const MONEY: &str = "own-money";

/// The crate with a choice for dates, and a program that reads, writes and makes them.
pub fn crate_of(name: &str, word: &str) -> Files {
    let mut files = files(generated(name, &dates(word)));
    let value = if word == "text" { "" } else { ".value()?" };
    let crate_name = name.replace('-', "_");
    let program = format!(
        "//! Dates, there and back.

use {crate_name}::Event;

const TEXT: &str = r#\"{{\"at\":\"2026-11-26T19:30:00Z\",\"day\":\"2026-11-26\"}}\"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let event: Event = serde_json::from_str(TEXT)?;
    assert_eq!(serde_json::to_string(&event)?, TEXT);
    let (at, day) = (event.at{value}, event.day.ok_or(\"no day\")?{value});
    let made = Event::new(at.clone()).day(day.clone());
    let again: Event = serde_json::from_str(&serde_json::to_string(&made)?)?;
    assert_eq!((again.at{value}, again.day.ok_or(\"no day\")?{value}), (at, day));
    Ok(())
}}
"
    );
    // Values of most crates are copied: `clone` is for texts.
    let program = if word == "text" { program } else { program.replace(".clone()", "") };
    files.insert("src/bin/round_trip.rs".to_owned(), program);
    files
}

pub fn own_types() -> Files {
    let choices = "[types]\nMoney = \"own_money::Money\"\n\n[dependencies]\nown-money = { path = \"../own-money\" }\n";
    files(generated(OWN, choices))
}

pub fn own_money() -> Files {
    let manifest = "[package]\nname = \"own-money\"\nedition = \"2024\"\n\n[dependencies]\nown-types-runtime = { path = \"../own-types/runtime\" }\n";
    let code = "//! Money as a number of cents.

use own_types_runtime::{Input, Output, Read, Write};

/// Cents.
#[derive(Clone, Debug, PartialEq)]
pub struct Money(pub String);

impl Read for Money {
    fn read(input: Input<'_>) -> Self {
        Self(String::read(input))
    }

    fn empty() -> Self {
        Self(String::new())
    }
}

impl Write for Money {
    fn write(&self, to: Output<'_>) {
        self.0.write(to);
    }
}
";
    [("Cargo.toml", manifest), ("src/lib.rs", code)].map(|(path, text)| (path.to_owned(), text.to_owned())).into()
}

#[test]
fn dates_of_every_crate_go_there_and_back() {
    for name in ["dates-chrono", "dates-jiff", "dates-time", "dates-text"] {
        COMPILED.check(name, "round_trip");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
        let mut command = Command::new(env!("CARGO"));
        command.args([
            "run",
            "--quiet",
            "--offline",
            "--no-default-features",
            "--bin",
            "round_trip",
            "--package",
            name,
        ]);
        command.env("CARGO_TARGET_DIR", folder.ancestors().nth(2).expect("it lies in the target folder"));
        let output = command.current_dir(folder).output().expect("cargo can be run");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_type_of_the_users_compiles() {
    COMPILED.check(OWN, "own_types");
}
