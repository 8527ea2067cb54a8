//! The documents in a folder, as the generator takes them.
//!
//! `NAME.yaml` or `NAME.json` is a document, `NAME.overlay.yaml` its overlay, `NAME.toml` what is chosen about it. Gives them sorted by name; generates from
//! them, with one file each, and compares nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use generator::diagnostics::Diagnostics;
use generator::source::{NoFiles, SourceText, Sources};
use generator::{ApiSource, Generated, Layout, Options, generate};
use serde_json::Value;

/// A document, and its overlay if it has one.
pub struct Document {
    /// The name of the file, without what follows its first dot.
    pub name: String,
    path: PathBuf,
    overlay: Option<PathBuf>,
    choices: Option<PathBuf>,
}

impl Document {
    /// A document in the `tests` folder.
    pub fn at(name: &str, path: &str, overlay: Option<&str>) -> Self {
        let overlay = overlay.map(|path| root().join(path));
        Self { name: name.to_owned(), path: root().join(path), overlay, choices: None }
    }

    /// The document as the generator takes it.
    pub fn source(&self) -> ApiSource<'static> {
        let (document, overlay) = (text(&self.path), self.overlay.as_deref().map(text));
        let choices = self.choices.as_deref().map(text).into_iter().collect();
        ApiSource { name: self.name.clone(), document, overlay, choices, loader: &NoFiles }
    }

    /// The document's tree, with the overlay applied.
    pub fn tree(&self) -> Value {
        let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
        let document = sources.parse(text(&self.path), &mut out).expect("the document can be read");
        let Some(path) = &self.overlay else { return Value::clone(&sources.file(document).root) };
        let overlay = sources.parse(text(path), &mut out).expect("the overlay can be read");
        generator::overlay::apply(document, overlay, &sources, &mut out).root
    }

    /// The crate of the document alone, whose name is always the same.
    pub fn generate(&self) -> Generated {
        crate_of(vec![self.source()], "example", Layout::Whole)
    }

    /// Where what is expected of the document lies.
    pub fn beside(&self, extension: &str) -> PathBuf {
        self.path.with_file_name(format!("{}.{extension}", self.name))
    }
}

/// What becomes of a text that is too long to lie in a file.
pub fn generate_text(name: &str, text: String) -> Generated {
    let document = SourceText { name: format!("{name}.yaml"), bytes: text.into_bytes() };
    let source = ApiSource { name: name.to_owned(), document, overlay: None, choices: Vec::new(), loader: &NoFiles };
    crate_of(vec![source], "example", Layout::Whole)
}

/// A crate of several documents.
pub fn crate_of(apis: Vec<ApiSource<'_>>, name: &str, layout: Layout) -> Generated {
    // The program that makes what is checked in.
    let program = "cargo xtask gen".to_owned();
    generate(apis, &Options { program, ..Options::new(name, layout) })
}

/// The documents in a folder of `tests`, by name.
pub fn documents(folder: &str) -> Vec<Document> {
    let names = file_names(folder);
    let documents = names.iter().filter_map(|file| {
        let (name, extension) = file.split_once('.')?;
        let overlay = format!("{name}.overlay.yaml");
        let beside = |file: String| names.contains(&file).then(|| root().join(folder).join(file));
        let (overlay, choices) = (beside(overlay), beside(format!("{name}.toml")));
        let path = root().join(folder).join(file);
        matches!(extension, "yaml" | "json").then(|| Document { name: name.to_owned(), path, overlay, choices })
    });
    documents.collect()
}

/// The names of the files in a folder of `tests`, sorted.
pub fn file_names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("it can be read").file_name().into_string().expect("it is UTF-8")).collect();
    names.sort();
    names
}

/// The folder `tests`, as Cargo gives it to the running test: a binary may come from another checkout that shares the target
/// folder.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> =
        LazyLock::new(|| std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests").into());
    &ROOT
}

fn text(path: &Path) -> SourceText {
    let shown = path.strip_prefix(root()).expect("documents lie in `tests`");
    // Messages name files as they would on any machine.
    let name = format!("tests/{}", shown.to_string_lossy().replace('\\', "/"));
    SourceText { name, bytes: fs::read(path).expect("the document can be read") }
}
