//! `cargo bench -p oasmith-generator --bench stages`: the time of each stage and of a whole run. The MB/s count the bytes of
//! the document, or the bytes of Rust if the stage renders.
//!
//! The documents are those of the three APIs in `specs/`, one of typical size, and larger ones.

mod made;

use std::fmt;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use generator::analyze::{Names, Plan};
use generator::diagnostics::{Diagnostics, FileId};
use generator::document::{self, Document};
use generator::emit::{self, Package, PackageApi};
use generator::ir::Api;
use generator::source::{NoFiles, SourceText, Sources};
use generator::{ApiSource, Layout, Manifest, Options, choices, generate, lower};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A document of the benches.
struct Input {
    name: String,
    text: String,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn inputs() -> Vec<Input> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let published = ["bytenite", "netography", "purewl"].into_iter().filter_map(|api| {
        let text = std::fs::read_to_string(specs.join(api).join("openapi.json")).ok()?;
        Some(Input { name: api.to_owned(), text })
    });
    let made = [1, 2, 4, 8, 16].map(|times| {
        let text = made::document(times * made::MEDIAN);
        Input { name: format!("{} KB", text.len() / 1000), text }
    });
    published.chain(made).collect()
}

impl Input {
    fn source(&self) -> SourceText {
        SourceText { name: "openapi.json".to_owned(), bytes: self.text.clone().into_bytes() }
    }

    fn parsed(&self) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.parse(self.source(), &mut Diagnostics::default());
        (sources, file.expect("the document can be read"))
    }

    fn loaded(&self) -> Document {
        let (mut sources, file) = self.parsed();
        let mut out = Diagnostics::default();
        let choices = choices::read(&[], &sources, &mut out);
        document::load(file, None, choices, &NoFiles, &mut sources, &mut out).expect("the document can be read")
    }

    fn lowered(&self) -> Api {
        lower::lower(&self.loaded(), &mut Diagnostics::default())
    }
}

/// Text to a tree with places.
#[divan::bench(args = inputs())]
fn source(bencher: Bencher<'_, '_>, input: &Input) {
    bencher.counter(BytesCount::of_str(&input.text)).bench_local(|| input.parsed());
}

/// A document to the intermediate representation.
#[divan::bench(name = "lower", args = inputs())]
fn lowering(bencher: Bencher<'_, '_>, input: &Input) {
    let document = input.loaded();
    let lowered = || lower::lower(&document, &mut Diagnostics::default());
    bencher.counter(BytesCount::of_str(&input.text)).bench_local(lowered);
}

/// An API to its Rust names.
#[divan::bench(args = inputs())]
fn names(bencher: Bencher<'_, '_>, input: &Input) {
    let api = input.lowered();
    bencher.counter(BytesCount::of_str(&input.text)).bench_local(|| Names::of(&api));
}

/// An API with its names to files. The MB count the emitted Rust.
#[divan::bench(name = "emit and render", args = inputs())]
fn emitting(bencher: Bencher<'_, '_>, input: &Input) {
    let api = input.lowered();
    let names = Names::of(&api);
    let files = || {
        let plan = Plan::new(&api, &names);
        let apis = vec![PackageApi { name: "api", plan: &plan }];
        let (manifest, layout) = (Manifest::default(), Layout::Whole);
        emit::package::files(&Package { name: "bench", layout: &layout, manifest: &manifest, program: "bench", apis })
    };
    let size: usize = files().values().map(String::len).sum();
    bencher.counter(BytesCount::new(size)).bench_local(files);
}

/// Text to files.
#[divan::bench(args = inputs())]
fn whole(bencher: Bencher<'_, '_>, input: &Input) {
    let generated = || {
        let source = ApiSource {
            name: "api".to_owned(),
            document: input.source(),
            overlay: None,
            choices: Vec::new(),
            loader: &NoFiles,
        };
        generate(vec![source], &Options { keep_going: true, ..Options::new("bench", Layout::Whole) })
    };
    bencher.counter(BytesCount::of_str(&input.text)).bench_local(generated);
}
