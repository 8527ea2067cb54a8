//! How the documents ended, for people: a row for each, and the sum at the end.

use std::fmt::Write;

use super::demand::Expect;
use super::verdict::Verdict;

/// The whole text.
pub fn render(verdicts: &[Verdict]) -> String {
    let width = verdicts.iter().map(|verdict| verdict.name.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  {:6}  {:8}  {:>7}\n", "document", "expect", "ended", "seconds");
    for verdict in verdicts {
        let Verdict { name, ended, seconds, .. } = verdict;
        let expect = match verdict.expect {
            Expect::Ok => "ok",
            Expect::Error => "error",
            Expect::Either => "either",
        };
        let _ = writeln!(text, "{name:width$}  {expect:6}  {ended:8}  {seconds:7.2}");
        for line in verdict.faults.iter().flat_map(|fault| fault.lines()) {
            let _ = writeln!(text, "  {line}");
        }
    }
    let well = verdicts.iter().filter(|verdict| verdict.is_well()).count();
    let _ = writeln!(text, "\n{well} of {} as they must be", verdicts.len());
    text
}
