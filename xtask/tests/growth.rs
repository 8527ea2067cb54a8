//! How the work grows with what there is many of in a document: four times as much is about four times the work.
//!
//! Work is the time that this process had of the processors, whatever else the machine does, and only two times of one process are
//! compared: neither how fast the machine is nor how the generator was compiled matters. Hence one test, alone in its program.

use cpu_time::ProcessTime;
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options, generate};
use serde_json::Value;

mod wide;

use wide::Wide;

const SMALL: usize = 500;

/// Between four, which it is where the work grows with the width, and sixteen, which it is where it grows with the square.
const MOST: f64 = 9.0;

/// A busy machine may lengthen a measurement, but hardly all of them.
const ATTEMPTS: usize = 4;

#[test]
fn work_grows_with_the_width() {
    let (small, large) = (wide::documents(SMALL), wide::documents(4 * SMALL));
    for (small, large) in small.iter().zip(&large) {
        let mut ratios = (0..ATTEMPTS).map(|_| work(large) / work(small));
        let is_linear = ratios.any(|ratio| ratio <= MOST);
        assert!(is_linear, "{}: four times as much is more than {MOST} times the work", small.name);
    }
}

/// The seconds of the processors that generating takes.
fn work(wide: &Wide) -> f64 {
    let document: &Value = &wide.document;
    let document = SourceText { name: "wide.json".to_owned(), bytes: document.to_string().into_bytes() };
    let source = ApiSource { name: "api".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
    let options = Options::new("wide", Layout::Whole);
    let start = ProcessTime::now();
    let generated = generate(vec![source], &options);
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(generated.files.is_some(), wide.end.0 == "ok", "{}", wide.name);
    seconds
}
