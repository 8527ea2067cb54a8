//! Which operations are meant: by id, by path, by method, by tag.
//!
//! ```text
//! list_pets         the operation id
//! list_*            ids that fit
//! /pets/*           a path; `*` is one segment or a part of it, `**` any number of segments
//! GET               a method
//! GET /pets/**      a method and a path
//! tag:pets          a tag
//! webhook:new_pet   a webhook
//! ```

use super::glob::fits;
use crate::diagnostics::Place;
use crate::methods::METHODS;

/// What may be selected.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// The path template. `None` for a webhook.
    pub path: Option<String>,
    /// The method, in capitals.
    pub method: String,
    /// The operation id, and the `x-rust-name` that replaces it.
    pub ids: Vec<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The name of the webhook.
    pub webhook: Option<String>,
}

/// A choice of operations.
#[derive(Clone, Debug)]
pub struct Selector {
    /// As it is written.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}

/// A selector, read.
enum Kind<'t> {
    Id(&'t str),
    Tag(&'t str),
    Webhook(&'t str),
    Method(&'t str),
    Path(Option<&'t str>, &'t str),
}

impl Selector {
    pub(super) fn new(text: &str, place: Place) -> Self {
        Self { text: text.trim().to_owned(), place }
    }

    /// Whether it selects a candidate.
    pub fn selects(&self, candidate: &Candidate) -> bool {
        let is_path = |pattern: &str| candidate.path.as_deref().is_some_and(|path| fits(pattern, path, Some('/')));
        match self.kind() {
            Kind::Webhook(pattern) => candidate.webhook.as_deref().is_some_and(|name| fits(pattern, name, None)),
            _ if candidate.webhook.is_some() => false,
            // A document of 3.2 can have methods of its own.
            Kind::Id(pattern) => candidate.method == pattern || candidate.ids.iter().any(|id| fits(pattern, id, None)),
            Kind::Tag(pattern) => candidate.tags.iter().any(|tag| fits(pattern, tag, None)),
            Kind::Method(method) => candidate.method == method,
            Kind::Path(method, pattern) => method.is_none_or(|method| candidate.method == method) && is_path(pattern),
        }
    }

    /// The selectors of a similar kind that would select the candidate.
    pub fn names(&self, candidate: &Candidate) -> Vec<String> {
        let path = || candidate.path.clone().into_iter();
        match self.kind() {
            Kind::Id(_) | Kind::Method(_) => candidate.ids.iter().cloned().chain([candidate.method.clone()]).collect(),
            Kind::Tag(_) => candidate.tags.iter().map(|tag| format!("tag:{tag}")).collect(),
            Kind::Webhook(_) => candidate.webhook.iter().map(|name| format!("webhook:{name}")).collect(),
            Kind::Path(None, _) => path().collect(),
            Kind::Path(Some(_), _) => path().map(|path| format!("{} {path}", candidate.method)).collect(),
        }
    }

    fn kind(&self) -> Kind<'_> {
        let text = self.text.as_str();
        if let Some(tag) = text.strip_prefix("tag:") {
            return Kind::Tag(tag);
        }
        if let Some(name) = text.strip_prefix("webhook:") {
            return Kind::Webhook(name);
        }
        match text.split_once(' ') {
            Some((method, path)) if path.trim_start().starts_with('/') => Kind::Path(Some(method), path.trim_start()),
            _ if text.starts_with('/') => Kind::Path(None, text),
            _ if is_method(text) => Kind::Method(text),
            _ => Kind::Id(text),
        }
    }
}

fn is_method(text: &str) -> bool {
    METHODS.iter().any(|method| method.to_ascii_uppercase() == text)
}
