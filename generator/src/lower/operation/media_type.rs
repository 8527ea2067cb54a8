//! Media types as a request names them.

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::Node;
use crate::ir::BodyKind;

impl Lower<'_> {
    /// The media type of a sent body. A range is replaced by a concrete media type.
    pub(in crate::lower) fn sent_as(&mut self, media_type: String, kind: BodyKind, body: &Node) -> String {
        let sent = match kind {
            _ if !media_type.contains('*') => return media_type,
            BodyKind::Json => return "application/json".to_owned(),
            BodyKind::Text => "text/plain",
            _ => "application/octet-stream",
        };
        let message = format!("`{media_type}` is a range: the body is sent as `{sent}`");
        let place = body.join("content").join(&media_type);
        let diagnostic = self.document.diagnostic(Severity::Note, codes::MEDIA_RANGE, message, &place);
        self.out.push(diagnostic.help("a call names another media type by `with_content_type`"));
        sent.to_owned()
    }
}
