//! `cargo bench -p oasmith-generator --bench growth`: how the time of a whole run grows with the size of the document.
//!
//! Measures the time for each operation, with documents of 1 to 16 times the smallest size. Fails if it is more than [`LIMIT`] times the
//! time with the smallest document. Each run is a process of its own, as the program is. A second run in one process would reuse memory
//! that the first run has taken from the system, and the caches keep this memory only for small documents.
//!
//! With a number as its argument, the bench only generates from a document of that many times the smallest size, and prints the seconds.
//! `valgrind --tool=callgrind` can then count instructions, which do not depend on what else the machine does.

mod made;

use std::env;
use std::io;
use std::process::{Command, ExitCode};

use cpu_time::ProcessTime;
use generator::source::{NoFiles, SourceText};
use generator::{ApiSource, Layout, Options, generate};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The greatest allowed ratio of the time for each operation of a larger document to that time of the smallest document.
const LIMIT: f64 = 1.15;

/// The sizes of the documents, as multiples of the smallest.
const SIZES: [usize; 5] = [1, 2, 4, 8, 16];

/// The number of runs for each size. The fastest run counts, because other programs can only slow a run down.
const RUNS: usize = 25;

fn main() -> io::Result<ExitCode> {
    if let Some(times) = env::args().nth(1).and_then(|argument| argument.parse::<usize>().ok()) {
        println!("{}", seconds(&made::document(times * made::MEDIAN)));
        return Ok(ExitCode::SUCCESS);
    }
    let mut fastest = SIZES.map(|times| (times, f64::INFINITY));
    for _ in 0..RUNS {
        for (times, seconds) in &mut fastest {
            *seconds = seconds.min(process(*times)?);
        }
    }
    println!("{:>6} {:>10} {:>10} {:>12} {:>6}", "times", "operations", "KB", "ms of CPU", "ratio");
    let mut smallest = None;
    let mut is_linear = true;
    for (times, seconds) in fastest {
        let operations = times * made::MEDIAN;
        #[expect(clippy::cast_precision_loss, reason = "a bench makes no document that large")]
        let each = seconds / operations as f64;
        let ratio = each / *smallest.get_or_insert(each);
        is_linear &= ratio <= LIMIT;
        let size = made::document(operations).len() / 1000;
        println!("{times:>6} {operations:>10} {size:>10} {:>12.2} {ratio:>6.2}", seconds * 1e3);
    }
    Ok(if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The CPU time of a run in a process of its own, in seconds.
fn process(times: usize) -> io::Result<f64> {
    let output = Command::new(env::current_exe()?).arg(times.to_string()).output()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(io::Error::other)
}

/// The CPU time of one run in seconds, of all threads together.
fn seconds(text: &str) -> f64 {
    let document = SourceText { name: "openapi.json".to_owned(), bytes: text.as_bytes().to_vec() };
    let source = ApiSource { name: "api".to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
    let start = ProcessTime::now();
    let generated = generate(vec![source], &Options::new("bench", Layout::Whole));
    let seconds = start.elapsed().as_secs_f64();
    assert!(generated.files.is_some(), "the document has no errors");
    seconds
}
