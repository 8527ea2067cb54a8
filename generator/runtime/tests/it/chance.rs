//! Random JSON texts, made of the names and values that the models of the fuzz target `reader` know. They reach deeper into unions
//! than the random bytes of a fuzzer do.

use runtime::{from_slice, to_vec};
use serde_json::Value;

use super::counted;
use super::every::Every;

const TEXTS: usize = 20_000;

const DEPTH: u32 = 9;

/// How often each byte may be looked at, as in the fuzz target.
const LOOKS: usize = 64;

const SCALARS: [&str; 16] = [
    "null",
    "true",
    "0",
    "1",
    "-1",
    "2.0",
    "1.5",
    "9007199254740993",
    "1e3",
    "\"l\"",
    "\"r\"",
    "\"1\"",
    "\"127.0.0.1\"",
    "{}",
    "[]",
    "{\"l\":1}",
];

const NAMES: [&str; 14] = ["a", "b", "c", "d", "e", "f", "g", "t", "l", "id", "\\u0061", "zz", "m", "j"];

/// Pseudo-random numbers, the same in every run (Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    fn value(&mut self, depth: u32) -> String {
        match self.below(if depth == 0 { 8 } else { 16 }) {
            0..8 => self.one_of(&SCALARS).to_owned(),
            8..11 => format!("[{}]", self.several(4, |chance| chance.value(depth - 1))),
            _ => self.object(depth),
        }
    }

    fn object(&mut self, depth: u32) -> String {
        let member =
            |chance: &mut Self| format!("\"{}\":{}", chance.one_of(&NAMES), chance.value(depth.saturating_sub(1)));
        format!("{{{}}}", self.several(5, member))
    }

    fn several(&mut self, limit: usize, mut one: impl FnMut(&mut Self) -> String) -> String {
        (0..self.below(limit)).map(|_| one(self)).collect::<Vec<_>>().join(",")
    }
}

#[test]
fn what_is_read_is_written_and_read_again() {
    let mut chance = Chance(1);
    let mut good = 0;
    for _ in 0..TEXTS {
        let text = chance.object(DEPTH);
        assert_eq!(from_slice::<Value>(text.as_bytes()).ok(), serde_json::from_str(&text).ok(), "{text}");
        let (read, looks) = counted::count(|| from_slice::<Every>(text.as_bytes()));
        assert!(looks <= LOOKS * text.len(), "{looks} looks at {text}");
        let Ok(every) = read else { continue };
        let written = to_vec(&every).unwrap();
        let again: Every = from_slice(&written).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(to_vec(&again).as_ref(), Some(&written), "{text}");
        good += 1;
    }
    // The test says something only if the model can read enough of the texts.
    assert!(good > TEXTS / 20, "{good}");
}
