//! The documentation of an operation: on the client's method, and on the value that the method makes.

use super::{Example, Scope, outcome};
use crate::emit::ty::ABOVE;
use crate::emit::{Uses, doc_comment, docs};
use crate::ir::{Operation, SchemeId};
use crate::render;

impl Scope<'_> {
    pub(super) fn docs(&self, api: &str, uses: &mut Uses) -> Vec<String> {
        let Operation { method, path, docs, .. } = self.operation;
        let request = doc_comment::code(&format!("{method} {path}"));
        let mut lines = if docs.summary.is_none() && docs.description.is_none() {
            Vec::new()
        } else {
            doc_comment::lines(docs, "")
        };
        doc_comment::separate(&mut lines, vec![request]);
        doc_comment::separate(&mut lines, vec![outcome::words(self, uses)]);
        let parts = self.parts();
        let options: Vec<String> =
            parts.iter().filter(|part| !part.required).map(|part| format!("`{}`", part.name)).collect();
        if !options.is_empty() {
            let told = format!("May be set on the call: {}; see [`{}`].", options.join(", "), self.ty);
            doc_comment::separate(&mut lines, vec![told]);
        }
        if let Some(credentials) = self.credentials() {
            doc_comment::separate(&mut lines, vec![credentials]);
        }
        doc_comment::separate(&mut lines, Example::of(self, api).lines());
        lines
    }

    /// The page of the value, with what may be set on the call.
    pub(super) fn page(&self) -> Vec<String> {
        let mut lines = vec![format!("The request that [`Client::{}`] sends.", self.names.method)];
        let options = self.options();
        if !options.is_empty() {
            let setters = format!("[set on the call](Call#impl-Call%3C{}%3E)", self.ty);
            doc_comment::separate(&mut lines, vec![format!("What may be {setters}:")]);
            doc_comment::separate(&mut lines, options);
        }
        lines
    }

    /// What may be set on a call, as a list of calls.
    fn options(&self) -> Vec<String> {
        let parts = self.parts();
        let options = parts.iter().filter(|part| !part.required).map(|part| {
            let words = part.docs.description.as_deref().map(docs::summary).filter(|words| !words.is_empty());
            let words = words.unwrap_or_else(|| format!("sets {}.", doc_comment::code(part.wire)));
            let taken = render::inline(&part.taken(self.plan).tokens(self.plan, ABOVE, &mut Uses::default()));
            format!("- `{}({taken})`: {words}", part.name)
        });
        options.collect()
    }

    /// Which of the client's credentials a call sends.
    fn credentials(&self) -> Option<String> {
        let method = |id: &SchemeId| Some(format!("[`Client::with_{}`]", self.plan.names.schemes.get(id.0)?));
        let together = |ids: &Vec<SchemeId>| ids.iter().filter_map(method).collect::<Vec<_>>().join(" and ");
        let security = &self.operation.security;
        let alternatives: Vec<String> = security.iter().map(together).filter(|names| !names.is_empty()).collect();
        let is_optional = alternatives.len() < security.len();
        let sent = if is_optional { "Sends, if it is set, the credential of" } else { "Requires the credential of" };
        (!alternatives.is_empty()).then(|| format!("{sent} {}.", alternatives.join(", or ")))
    }
}
