//! The same work on many things at a time, with a progress bar if there is a terminal.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{self, Builder};

use indicatif::{ProgressBar, ProgressStyle};

/// At least the stack of a program's first thread, so that a document that works with `cargo xtask gen` works here too. It is also enough
/// to parse nested emitted types with a parser that is not optimised.
const STACK: usize = 64 << 20;

/// Maps every input, `jobs` at a time. The results are in the order of the inputs.
pub fn map<T: Sync, R: Send>(what: &'static str, jobs: usize, inputs: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (bar, next, (sender, results)) = (bar(what, inputs.len()), AtomicUsize::new(0), mpsc::channel());
    let worker = |sender: mpsc::Sender<(usize, R)>| {
        while let Some((index, input)) = take(&next, inputs) {
            let result = work(input);
            bar.inc(1);
            if sender.send((index, result)).is_err() {
                break;
            }
        }
    };
    let mut found: Vec<(usize, R)> = thread::scope(|scope| {
        for _ in 0..jobs.min(inputs.len()) {
            let (worker, sender) = (&worker, sender.clone());
            Builder::new().stack_size(STACK).spawn_scoped(scope, move || worker(sender)).expect("a thread starts");
        }
        drop(sender);
        results.iter().collect()
    });
    bar.finish_and_clear();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, result)| result).collect()
}

/// A bar on stderr. It shows nothing if stderr is not a terminal.
pub fn bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len} {elapsed}").expect("the template is valid");
    ProgressBar::new(length as u64).with_style(style).with_message(what)
}

fn take<'i, T>(next: &AtomicUsize, inputs: &'i [T]) -> Option<(usize, &'i T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    inputs.get(index).map(|input| (index, input))
}
