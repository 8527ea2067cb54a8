//! Media types as a request names them.

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::Node;
use crate::ir::BodyKind;
use crate::media_type::MediaType;

/// A media type for `Content-Type` and `Accept`, with its parameters. `charset`, `boundary` and `q` are left out, because the
/// runtime or the caller sets them.
pub(in crate::lower) fn named(media_type: &MediaType) -> String {
    let parameters = media_type.parameters.split(';').map(str::trim).filter(|parameter| is_parameter(parameter));
    std::iter::once(media_type.essence()).chain(parameters).collect::<Vec<_>>().join(";")
}

fn is_parameter(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let is_own = ["charset", "boundary", "q"].iter().any(|own| name.eq_ignore_ascii_case(own));
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let is_value =
        quoted.map_or_else(|| is_token(value), |text| text.bytes().all(|it| matches!(it, b' '..=b'~') && it != b'"'));
    !is_own && is_token(name) && is_value
}

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

/// Whether a text is a name in HTTP (RFC 9110, 5.6.2).
pub(in crate::lower) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
