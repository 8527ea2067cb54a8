//! The comparison as a table in Markdown: a row for each document, the medians at the end.

use std::fmt::Write;

use super::compile::Compared;
use super::generators::Generator;
use super::measure::Cost;

/// The most that the median of the ratios of the seconds may be.
const MAX_MEDIAN: f64 = 0.35;

/// The most that the ratio of the seconds may be for one document.
const MAX_RATIO: f64 = 0.5;

/// The whole text.
pub fn render(versions: &[String], compared: &[Compared]) -> String {
    let heads: Vec<String> = versions.iter().map(|it| format!("{it}, s")).collect();
    let memory: Vec<String> = Generator::ALL.iter().map(|it| format!("{}, MiB", it.name())).collect();
    let mut text = format!(
        "| document | operations | {} | ratio | {} | ratio |\n|{}\n",
        heads.join(" | "),
        memory.join(" | "),
        " --- |".repeat(4 + 2 * Generator::ALL.len())
    );
    for it in compared {
        let seconds = it.costs.map(|cost| format!("{:.2}", cost.seconds)).join(" | ");
        let mebibytes = it.costs.map(|cost| format!("{:.0}", cost.mebibytes)).join(" | ");
        let _ = writeln!(
            text,
            "| {} | {} | {seconds} | {:.2} | {mebibytes} | {:.2} |",
            it.document.name,
            it.operations,
            ratio(it, |cost| cost.seconds),
            ratio(it, |cost| cost.mebibytes)
        );
    }
    let none = " | ".repeat(Generator::ALL.len());
    let _ = writeln!(
        text,
        "| median | | {none}{:.2} | {none}{:.2} |",
        median(compared.iter().map(|it| ratio(it, |cost| cost.seconds))),
        median(compared.iter().map(|it| ratio(it, |cost| cost.mebibytes)))
    );
    let _ = writeln!(
        text,
        "\nOur runtime is a crate of its own, which is compiled once: {:.2} s, {:.0} MiB.",
        median(compared.iter().map(|it| it.runtime.seconds)),
        median(compared.iter().map(|it| it.runtime.mebibytes))
    );
    text
}

/// Whether the seconds of our crates are within the limits.
pub fn is_within_limits(compared: &[Compared]) -> bool {
    let ratios = || compared.iter().map(|it| ratio(it, |cost| cost.seconds));
    median(ratios()) <= MAX_MEDIAN && ratios().all(|ratio| ratio <= MAX_RATIO)
}

/// Our figure, divided by the lower one of the others.
fn ratio(of: &Compared, figure: impl Fn(&Cost) -> f64) -> f64 {
    let [ours, others @ ..] = &of.costs;
    figure(ours) / others.iter().map(&figure).fold(f64::INFINITY, f64::min)
}

pub fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    match figures.as_slice() {
        [] => 0.0,
        figures if figures.len() % 2 == 1 => figures[middle],
        figures => f64::midpoint(figures[middle - 1], figures[middle]),
    }
}
