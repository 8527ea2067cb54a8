//! What the code of a message means.
//!
//! Takes a code, prints the section about it. Without a code, prints a line for each code. The texts come from the generator.

use std::fmt::Write;

use generator::diagnostics::explain::{Explanation, explain, explanations};

use crate::Outcome;
use crate::error::{Error, Result};
use crate::stdout::print;

/// Say what the code of a message means, with an example and the way out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code, as in `error[dangling-reference]`; without it, all of them are listed
    code: Option<String>,
}

/// Prints the text.
pub fn run(args: &Args) -> Result<Outcome> {
    let Some(code) = &args.code else {
        print(&listed())?;
        return Ok(Outcome::Done);
    };
    match explain(code) {
        Ok(section) => print(&whole(&section))?,
        Err(Some(near)) => return Err(Error::Unusable(format!("there is no code `{code}`; did you mean `{near}`?"))),
        Err(None) => {
            return Err(Error::Unusable(format!(
                "there is no code `{code}`; `explain` without a code lists all of them"
            )));
        }
    }
    Ok(Outcome::Done)
}

/// A line for each code: its first sentence.
fn listed() -> String {
    let width = explanations().map(|section| section.code.len()).max().unwrap_or_default();
    let line = |section: Explanation<'_>| {
        let meaning = one_line(section.meaning);
        let sentence = meaning.split_once(". ").map_or(meaning.as_str(), |(first, _)| first).trim_end_matches('.');
        format!("{:width$}  {sentence}\n", section.code)
    };
    explanations().map(line).collect()
}

fn whole(section: &Explanation<'_>) -> String {
    let mut text = format!("{} ({})\n\n{}\n", section.code, section.severity.to_lowercase(), section.meaning);
    for (kind, example) in section.examples.into_iter().flatten().filter(|(_, example)| !example.is_empty()) {
        let head = match kind {
            "toml" => "With this generate.toml",
            kind if kind.contains("overlay") => "With this overlay",
            _ => "For example",
        };
        let note = match kind.rsplit(' ').next().and_then(|times| times.parse::<usize>().ok()) {
            Some(times) => format!(", the last line {times} times"),
            None => String::new(),
        };
        let _ = write!(text, "\n{head}{note}:\n\n");
        example.lines().for_each(|line| _ = writeln!(text, "    {line}"));
    }
    text + &format!("\n{}\n", section.way_out)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
