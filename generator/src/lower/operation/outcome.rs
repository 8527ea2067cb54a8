//! Replies: which of the declared ones mean success, and what each of them holds.

use super::Lower;
use super::body::Content;
use crate::diagnostics::{Severity, codes};
use crate::document::model::{Operation, Response};
use crate::ir::{BodyKind, Docs, Outcome, Statuses, Type};

impl Lower<'_> {
    /// The replies, split into successes and failures. A `default` that is the success is the failure as well.
    pub(in crate::lower) fn outcomes(&mut self, operation: &Operation) -> (Vec<Outcome>, Vec<Outcome>) {
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        let successful = successful(operation);
        for (statuses, response) in responses(operation) {
            let outcome = self.outcome(statuses, response);
            if successful.contains(&statuses) {
                let statuses = if statuses == Statuses::Default { Statuses::Range(2) } else { statuses };
                successes.push(Outcome { statuses, ..outcome.clone() });
            }
            if !successful.contains(&statuses) || statuses == Statuses::Default {
                failures.push(outcome);
            }
        }
        (successes, failures)
    }

    fn outcome(&mut self, statuses: Statuses, response: &Response) -> Outcome {
        let docs = Docs { description: Some(response.description.clone()), ..Docs::default() };
        self.check_response(&response.node);
        let content = match statuses.admit_content() {
            true => self.content(&response.content, &response.node, false),
            false => {
                self.check_without_content(response);
                None
            }
        };
        if let Some(content) = &content {
            self.check_received(content.kind, &response.node);
        }
        match content {
            Some(Content { media_type, kind, ty, .. }) => {
                let (kind, ty) = match kind {
                    BodyKind::Form => (BodyKind::Text, Type::String),
                    BodyKind::Multipart => (BodyKind::Binary, Type::Binary),
                    _ => (kind, ty),
                };
                Outcome { statuses, media_type: Some(media_type), kind, ty, docs }
            }
            None => Outcome { statuses, media_type: None, kind: BodyKind::Empty, ty: Type::Any, docs },
        }
    }

    /// Notes replies of successful reads that the document does not describe, such as a file or a stream.
    pub(in crate::lower) fn note_undescribed(&mut self, operation: &Operation) {
        let is_undeclared = |statuses: Statuses, response: &Response| {
            statuses.is_success() && statuses.admit_content() && response.content.is_empty()
        };
        for (_, response) in responses(operation).filter(|(statuses, response)| is_undeclared(*statuses, response)) {
            let message = "no content is declared: `send` gives nothing, `send_full` and `send_stream` give the bytes";
            let diagnostic =
                self.document.diagnostic(Severity::Note, codes::UNDECLARED_CONTENT, message.to_owned(), &response.node);
            self.out.push(
                diagnostic.help("declare `content`, such as `application/octet-stream: {}`, to have them from `send`"),
            );
        }
    }

    /// Reports content that the document declares for a status without content.
    fn check_without_content(&mut self, response: &Response) {
        if !response.content.is_empty() {
            let message = "a reply of this status has no content (RFC 9110): nothing is read";
            self.warn(codes::NO_CONTENT, message, &response.node.join("content"));
        }
    }
}

/// The declared replies, sorted by status: single statuses, then ranges, then `default`. Their order in the document does not count.
pub(in crate::lower) fn responses(operation: &Operation) -> impl Iterator<Item = (Statuses, &Response)> {
    let of = |(status, response): (&String, _)| Some((Statuses::read(status)?, response));
    let mut declared: Vec<_> = operation.responses.iter().filter_map(of).collect();
    declared.sort_by_key(|(statuses, _)| *statuses);
    declared.into_iter()
}

/// The statuses that mean success: those of 2xx. If none is declared, `default`, or else those of redirects.
pub(in crate::lower) fn successful(operation: &Operation) -> Vec<Statuses> {
    let declared: Vec<Statuses> = responses(operation).map(|(statuses, _)| statuses).collect();
    let is_default = |statuses: Statuses| statuses == Statuses::Default;
    let candidates: [fn(Statuses) -> bool; 3] = [Statuses::is_success, is_default, Statuses::is_redirect];
    let found = candidates.map(|is_meant| declared.iter().copied().filter(|it| is_meant(*it)).collect::<Vec<_>>());
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

impl Outcome {
    pub(in crate::lower) fn without_body(&mut self) {
        (self.media_type, self.kind, self.ty) = (None, BodyKind::Empty, Type::Any);
    }
}
