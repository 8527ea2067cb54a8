//! Checks a document, or a folder of documents, without writing a crate.

use generator::diagnostics::Severity;
use generator::{ApiSource, Layout, Options};

use super::api::Api;
use super::{Input, correction, printed};
use crate::error::Result;
use crate::stdout::print;
use crate::{Outcome, Program};

/// What is to be checked.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The program that runs it.
    pub program: Program,
    /// The documents.
    pub input: Input,
    /// Print an overlay that corrects what is found.
    pub help_overlay: bool,
}

/// Says what is at fault, and what would be emitted.
pub fn check(examination: &Examination) -> Result<Outcome> {
    let (apis, faults) = examination.input.apis(&examination.program)?;
    let sources: Vec<ApiSource<'_>> = apis.iter().map(Api::source).collect();
    let options = Options { keep_going: true, ..Options::new(examination.input.package(), Layout::Member) };
    let generated = generator::generate(sources, &options);
    printed::findings(&examination.program, &faults, &generated, examination.help_overlay);
    print(&if examination.help_overlay {
        correction::overlays(&apis, &generated)
    } else {
        generated.summaries.iter().map(|summary| printed::about(summary) + "\n").collect()
    })?;
    let is_faulty = !faults.is_empty() || generated.diagnostics.count(Severity::Error) > 0;
    Ok(if is_faulty { Outcome::Found } else { Outcome::Done })
}
