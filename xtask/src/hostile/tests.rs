//! What is found in texts that hold what they must not.

use std::collections::BTreeMap;
use std::time::Duration;

use generator::pointer::Pointer;

use super::demand::{Demand, Expect, Place};
use super::inspect::{self, Known};

#[test]
fn demands() {
    let place = Place::Pointer(Pointer::root().join("a"));
    let (time, megabytes) = (Duration::from_secs(1), 100);
    let expected = Demand { expect: Expect::Error, place, time, megabytes };
    let text = "expect: error\nplace: #/a\nlimit: 1 s, no abort, 100 MB\nbased on: a\n\nexpect: ok";
    assert_eq!(text.parse(), Ok(expected));
    let short = "expect: either\nplace: line 3\n".parse::<Demand>();
    assert_eq!(short.map(|it| (it.place, it.megabytes)), Ok((Place::Line(3), 512)));
    assert!("expect: maybe\nplace: file".parse::<Demand>().is_err());
    assert!("expect: ok".parse::<Demand>().is_err());
}

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let (mut faults, files) = (Vec::new(), BTreeMap::from([(path.to_owned(), text.as_bytes().to_vec())]));
    inspect::output(files, "pets", &Known::new(), &mut faults);
    assert_eq!(faults, expected);
}

#[test]
fn what_a_crate_must_not_hold() {
    check("src/a.rs", "/// injected_canary\nconst A: &str = \"injected_canary\";\n", &[]);
    check("src/a.rs", "fn a() { b!(injected_canary) }\n", &["src/a.rs has the identifier `injected_canary`"]);
    check("src/a.rs", "fn a( {}\n", &["src/a.rs is no Rust"]);
    check("src/a.rs", "/// \u{202e}\nstruct A;\n", &["src/a.rs holds \\u{202e}"]);
    check("src/../a.rs", "struct A;\n", &["writes `src/../a.rs`"]);
    check("Cargo.toml", "[package]\nname = \"pets\"\nbytes = \"1\"\n", &[]);
    check("Cargo.toml", "name = \"pets\"\nevil = \"1\"\n", &["Cargo.toml says `evil = \"1\"`"]);
}

#[test]
fn doc_tests() {
    check("src/a.rs", "/// a\n///\n/// ```text\n/// f()\n/// ```\nstruct A;\n", &[]);
    check("src/a.rs", "/// ```rust,no_run\n/// f()\n/// ```\nstruct A;\n", &["src/a.rs has a doc test: f()"]);
    check(
        "src/a.rs",
        "struct A {\n    /// a\n    ///\n    ///     f()\n    a: u8,\n}\n",
        &["src/a.rs has a doc test: f()"],
    );
    let own = "//! ```no_run\n//! use pets::Client;\n//!\n//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {\n\
               //! let a = 1;\n//! # let _ = a;\n//! # Ok(())\n//! # }\n//! ```\n";
    check("src/lib.rs", own, &[]);
    let other = own.replace("\n//!\n", "\n//! f();\n");
    let code = other.lines().filter(|line| !line.contains("```")).map(|line| line.replace("//! ", "") + "\n");
    let code = code.collect::<String>();
    check("src/lib.rs", &other, &[&format!("src/lib.rs has a doc test: {}", code.trim_end())]);
}
