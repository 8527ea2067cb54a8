//! `cargo bench`: what reading and writing models costs, beside structs that are written by hand for serde's derives.
//!
//! Fails if one of them takes more than [`LIMIT`] times as long, or asks for memory more often than serde and once more.

mod measure;
#[path = "models/ours.rs"]
mod ours;
#[path = "models/texts.rs"]
mod texts;
#[path = "models/theirs.rs"]
mod theirs;

use std::process::ExitCode;

use measure::{Cost, compare};
use runtime::{Read, Write, from_slice, to_vec};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many times as long as serde anything may take.
const LIMIT: f64 = 1.1;

fn main() -> ExitCode {
    println!(
        "{:25} {:>8}  {:>7}  {:>7}  {:>5}  {:>11}  {:>11}",
        "", "bytes", "ms", "serde", "ratio", "allocations", "serde"
    );
    let good = [
        both::<ours::Orders, _>("nested objects", &texts::orders()),
        both::<Vec<ours::Event>, _>("union, tagged", &texts::events()),
        both::<Vec<ours::Entry>, _>("union, by shape", &texts::entries()),
    ];
    if good.iter().all(|good| *good) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads and writes a reply, as our type and as theirs.
fn both<O: Read + Write, T: Serialize + DeserializeOwned>(name: &str, value: &T) -> bool {
    let text = serde_json::to_vec(value).expect("the value has a form in JSON");
    let ours: O = from_slice(&text).expect("the reply is what the type needs");
    assert!(to_vec(&ours).as_ref() == Some(&text), "{name}: what is written is not what was read");
    let reading = compare(|| from_slice::<O>(&text), || serde_json::from_slice::<T>(&text));
    let writing = compare(|| to_vec(&ours), || serde_json::to_vec(value));
    [("reading", reading), ("writing", writing)].map(|(what, costs)| row(what, name, text.len(), &costs)) == [true; 2]
}

/// Prints what both cost. Gives whether ours is within the limits.
fn row(what: &str, name: &str, length: usize, [ours, theirs]: &[Cost; 2]) -> bool {
    let ms = |cost: &Cost| cost.time.as_secs_f64() * 1e3;
    let ratio = ms(ours) / ms(theirs);
    let good = ratio <= LIMIT && ours.allocations <= theirs.allocations + 1;
    println!(
        "{:25} {length:8}  {:7.3}  {:7.3}  {ratio:5.2}  {:11}  {:11}  {}",
        format!("{name}, {what}"),
        ms(ours),
        ms(theirs),
        ours.allocations,
        theirs.allocations,
        if good { "" } else { "beyond the limit" },
    );
    good
}
