//! Runs the stages one after the other: from documents to a crate's files and diagnostics.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::json;

use crate::analyze::{self, Collapsed, Names, Plan, Written};
use crate::choices::Dependency;
use crate::diagnostics::{Correction, Diagnostic, Diagnostics, FileId, Mend, Severity, codes};
use crate::document::Document;
use crate::emit::{self, Layout, Manifest, Package, PackageApi};
use crate::ir::{Api, ModelId};
use crate::node::Node;
use crate::similar::nearest;
use crate::source::{Loader, SourceText, Sources};
use crate::{choices, document, lower};

/// A document to generate from.
pub struct ApiSource<'l> {
    /// The name of the module and of its feature: what a Rust module can be called.
    pub name: String,
    /// The document.
    pub document: SourceText,
    /// Corrections to it.
    pub overlay: Option<SourceText>,
    /// What is chosen about it, as TOML. A later text counts before an earlier one.
    pub choices: Vec<SourceText>,
    /// Where the document's other files come from.
    pub loader: &'l dyn Loader,
}

/// What is generated, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The crate's name.
    pub name: String,
    /// What the crate looks like.
    pub layout: Layout,
    /// Emit the nearest safe thing where the document has errors. The errors are still reported.
    pub keep_going: bool,
    /// What the crate's manifest says of it.
    pub manifest: Manifest,
    /// The command that makes the crate. The first line of each file names it.
    pub program: String,
}

impl Options {
    /// The options for a crate with this name, with a default for everything else.
    pub fn new(name: impl Into<String>, layout: Layout) -> Self {
        let program = "oasmith gen".to_owned();
        Self { name: name.into(), layout, keep_going: false, manifest: Manifest::default(), program }
    }
}

/// What came out.
#[derive(Debug)]
pub struct Generated {
    /// The crate's files by their path, if it could be generated.
    pub files: Option<IndexMap<String, String>>,
    /// What there is to say.
    pub diagnostics: Diagnostics,
    /// The texts that the diagnostics are about.
    pub sources: Sources,
    /// What was emitted of each document that could be read.
    pub summaries: Vec<Summary>,
    /// What overlays can do about the messages, for each document that could be read.
    pub corrections: Vec<Correction>,
}

/// What was emitted of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The API's name.
    pub name: String,
    /// The operations emitted.
    pub operations: usize,
    /// The types emitted.
    pub models: usize,
    /// The schemas of `components` that have a type.
    pub schemas: usize,
    /// The places emitted as untyped JSON although the document says more.
    pub untyped: usize,
    /// The lines emitted, as [`emit::package::lines`] counts them, the runtime left out.
    pub lines: usize,
    /// The JSON bodies of the operations, with their types.
    pub bodies: Vec<emit::JsonBody>,
}

/// Generates a crate. It has no files if any document has errors, unless `keep_going` says otherwise and every document could
/// at least be read.
pub fn generate(apis: Vec<ApiSource<'_>>, options: &Options) -> Generated {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let wanted = apis.len();
    let mut read: Vec<(String, Named)> = Vec::new();
    let mut corrections = Vec::new();
    for api in apis {
        let name = api.name.clone();
        if let Some(document) = load(api, &mut sources, &mut diagnostics) {
            read.push((name, lowered(&document, &mut diagnostics)));
            corrections.push(document::corrections(&document, &diagnostics));
        }
    }
    conflicting_dependencies(&read, &mut diagnostics);
    let complete = read.len() == wanted && (options.keep_going || !diagnostics.has_errors());
    if !complete {
        return Generated { files: None, diagnostics, sources, summaries: Vec::new(), corrections };
    }
    let plans: Vec<(&str, Plan<'_>)> = read.iter().map(|(name, named)| (name.as_str(), named.plan())).collect();
    let package = Package {
        name: &options.name,
        layout: &options.layout,
        manifest: &options.manifest,
        program: &options.program,
        apis: plans.iter().map(|(name, plan)| PackageApi { name, plan }).collect(),
    };
    let files = emit::package::files(&package);
    let summaries = package.apis.iter().map(|api| summary(api, &options.layout, &files)).collect();
    Generated { files: Some(files), diagnostics, sources, summaries, corrections }
}

/// A document with its overlay applied.
pub fn load(api: ApiSource<'_>, sources: &mut Sources, out: &mut Diagnostics) -> Option<Document> {
    let overlay = api.overlay.map(|overlay| sources.parse(overlay, out));
    let choices: Vec<Option<FileId>> = api.choices.into_iter().map(|text| sources.parse(text, out)).collect();
    let file = sources.parse(api.document, out)?;
    let overlay = match overlay {
        // The overlay cannot be read, which has been reported. The document without its overlay is not what was asked for.
        Some(None) => return None,
        Some(Some(overlay)) => Some(overlay),
        None => None,
    };
    let choices: Vec<FileId> = choices.into_iter().collect::<Option<_>>()?;
    let choices = choices::read(&choices, sources, out);
    document::load(file, overlay, choices, api.loader, sources, out)
}

/// An API with the names of what is emitted of it.
#[derive(Debug)]
pub struct Named {
    /// The API.
    pub api: Api,
    /// The names.
    pub names: Names,
}

impl Named {
    /// What is emitted of it.
    pub fn plan(&self) -> Plan<'_> {
        Plan::new(&self.api, &self.names)
    }
}

/// The intermediate representation of a document.
pub fn lowered(document: &Document, out: &mut Diagnostics) -> Named {
    let api = lower::lower(document, out);
    let names = Names::of(&api);
    collapsed_names(document, &api, &names, out);
    unused_derives(&api, &names, out);
    Named { api, names }
}

/// Reports a crate that several APIs need in different ways, because the manifest has it once.
fn conflicting_dependencies(apis: &[(String, Named)], out: &mut Diagnostics) {
    let mut known: HashMap<&String, (&String, &Dependency)> = HashMap::new();
    for (api, named) in apis {
        for (name, dependency) in &named.api.dependencies {
            let (first, other) = *known.entry(name).or_insert((api, dependency));
            if other.line == dependency.line {
                continue;
            }
            let message = format!("`{name}` is {} here, but {} for `{first}`", dependency.line, other.line);
            let place = dependency.place.clone();
            let help = "write the same in both, because the manifest has each crate once";
            out.push(Diagnostic::new(Severity::Error, codes::CHOICE_VALUE, message, place).help(help));
        }
    }
}

/// Reports patterns of further derives that no type fits.
fn unused_derives(api: &Api, names: &Names, out: &mut Diagnostics) {
    let types = || (0..api.models.len()).map(|index| names.model(ModelId(index)).ty.as_str());
    for derives in api.derives.iter().filter(|derives| !types().any(|name| derives.are_for(name))) {
        let message = format!("no type is called `{}`: nothing is derived", derives.pattern);
        let help = match nearest(&derives.pattern, types()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the name of a type, as it is in Rust".to_owned(),
        };
        out.push(Diagnostic::new(Severity::Warning, codes::UNUSED_CHOICE, message, derives.place.clone()).help(help));
    }
}

/// Reports different names that become the same name in Rust. Only the choice of names can know this.
fn collapsed_names(document: &Document, api: &Api, names: &Names, out: &mut Diagnostics) {
    for Collapsed { node, name, other, rust, instead, written } in analyze::collapsed(api, names) {
        let message = format!("`{name}` and `{other}` are one name in Rust, `{rust}`: emitted as `{instead}`");
        let diagnostic = document.diagnostic(Severity::Warning, codes::COLLAPSED_NAME, message, &node);
        let diagnostic = diagnostic.about_key().help("give one of them an `x-rust-name`");
        let mend = match written {
            Written::Here => Some(Mend::Put("x-rust-name".to_owned(), instead.into())),
            Written::Value => Some(Mend::Put("x-rust-names".to_owned(), json!({name: instead}))),
            Written::Type | Written::Parameter => None,
        };
        out.push(match mend {
            Some(mend) => document.mended(diagnostic, &node, mend),
            None => diagnostic,
        });
    }
}

fn summary(api: &PackageApi<'_>, layout: &Layout, files: &IndexMap<String, String>) -> Summary {
    let folder = emit::package::folder(api.name, layout);
    // An operation whose body can be written in several ways is still one.
    let operations: HashSet<&Node> = api.plan.api.operations.iter().map(|operation| &operation.node).collect();
    let own = files.iter().filter(|(path, _)| path.starts_with(&folder));
    Summary {
        name: api.name.to_owned(),
        operations: operations.len(),
        models: api.plan.api.models.len(),
        schemas: api.plan.api.components(),
        untyped: api.plan.api.untyped,
        lines: own.map(|(_, text)| emit::package::lines(text)).sum(),
        bodies: emit::json_bodies(api.plan),
    }
}
