//! What must happen to a document: the first lines of the text file next to it.
//!
//! Takes the text, gives the demand. The prose after these lines is for people.

use std::str::FromStr;
use std::time::Duration;

use generator::pointer::Pointer;

/// What must happen to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    pub expect: Expect,
    pub place: Place,
    /// How long it may take.
    pub time: Duration,
    /// How much memory it may address, in megabytes.
    pub megabytes: u64,
}

/// How the run must end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// With a crate.
    Ok,
    /// With a message that names the place, and no crate.
    Error,
    /// Either way.
    Either,
}

/// What a message about the document must name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File,
    Line(usize),
    Pointer(Pointer),
}

/// This limit only stops runs that do not end. Other runs stay below it on any machine, even without optimisation. Another test checks how
/// the work grows.
const TIME: Duration = Duration::from_secs(60);
const MEGABYTES: u64 = 512;

impl FromStr for Demand {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut demand = Self { expect: Expect::Either, place: Place::File, time: TIME, megabytes: MEGABYTES };
        let (mut expected, mut placed) = (false, false);
        for (key, value) in text.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": ")) {
            match key {
                "expect" => (demand.expect, expected) = (expect(value)?, true),
                "place" => (demand.place, placed) = (place(value)?, true),
                "limit" => demand.limit(value)?,
                _ => {}
            }
        }
        match (expected, placed) {
            (true, true) => Ok(demand),
            _ => Err("it must begin with the lines `expect:` and `place:`".to_owned()),
        }
    }
}

impl Demand {
    /// Reads a part of a limit: `2 s` or `100 MB`.
    fn limit(&mut self, text: &str) -> Result<(), String> {
        for part in text.split(',').map(str::trim) {
            let Some((number, unit)) = part.split_once(' ') else { continue };
            let unreadable = |_| format!("the limit `{part}` cannot be read");
            match unit {
                "s" => self.time = Duration::from_secs(number.parse().map_err(unreadable)?),
                "MB" => self.megabytes = number.parse().map_err(unreadable)?,
                _ => {}
            }
        }
        Ok(())
    }
}

fn expect(text: &str) -> Result<Expect, String> {
    match text {
        "ok" => Ok(Expect::Ok),
        "error" => Ok(Expect::Error),
        "either" => Ok(Expect::Either),
        other => Err(format!("`{other}` is none of `ok`, `error` and `either`")),
    }
}

fn place(text: &str) -> Result<Place, String> {
    if text == "file" {
        return Ok(Place::File);
    }
    if let Some(line) = text.strip_prefix("line ") {
        return line.parse().map(Place::Line).map_err(|_| format!("`{line}` is not a line"));
    }
    Pointer::parse(text).map(Place::Pointer).ok_or_else(|| format!("`{text}` is not a place"))
}
