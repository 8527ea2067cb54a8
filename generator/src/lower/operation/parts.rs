//! The members of a multipart form that are files without a `type`. In 3.1, the schema of a file may be empty (4.8.14.3). So a member
//! without a type that is sent as JSON must say so in its encoding.
//!
//! The place decides: a schema in the body of a request is only used for the form. A schema with a name may be used for anything.

use serde_json::Value;

use super::Lower;
use crate::diagnostics::{Severity, codes};
use crate::document::{Node, Version};
use crate::ir::Type;
use crate::limits::MAX_LISTS;
use crate::media_type::{Kind, MediaType, is_json};
use crate::schema::JsonType;

impl Lower<'_> {
    /// The type of the member `name` of the schema at `form`, if the member is a file.
    pub(in crate::lower) fn file_of_form(&mut self, form: &Node, name: &str, nodes: &[Node]) -> Option<Type> {
        let is_form = is_form(form) && !self.is_sent_as_json(&form.parent(), name);
        is_form.then(|| self.file(nodes)).flatten()
    }

    /// Reports the members of a form that would be files if the form's schema were in the media type itself.
    pub(in crate::lower) fn check_untyped_parts(&mut self, media_type: &Node) {
        let schema = media_type.join("schema");
        let Ok(target) = self.document.follow(&schema) else { return };
        if is_form(&target) {
            return;
        }
        let properties = self.merge(&[target]).map(|merged| merged.properties.clone()).unwrap_or_default();
        for (name, nodes) in properties {
            if !self.is_sent_as_json(media_type, &name)
                && self.file(&nodes).is_some()
                && !self.has_media_type(&nodes)
                && let Some(node) = nodes.first()
            {
                let message = format!("`{name}` has no type: in a multipart form it is sent as JSON or text");
                let diagnostic = self.document.diagnostic(Severity::Warning, codes::UNTYPED_PART, message, node);
                let help = "say `type: string` and `format: binary`, or `contentMediaType`, to send a file";
                self.out.push(diagnostic.help(help));
            }
        }
    }

    /// Whether the schemas, or the elements of their lists, have a media type of bytes, so that they are files anywhere.
    fn has_media_type(&mut self, nodes: &[Node]) -> bool {
        let mut nodes = nodes.to_vec();
        for _ in 0..MAX_LISTS {
            let Some(merged) = self.merge(&nodes) else { return false };
            if merged.items.is_empty() {
                return merged.is_raw();
            }
            nodes.clone_from(&merged.items);
        }
        false
    }

    fn is_sent_as_json(&self, media_type: &Node, name: &str) -> bool {
        let encoding = media_type.join("encoding").join(name).join("contentType");
        self.document.value(&encoding).and_then(Value::as_str).is_some_and(is_json)
    }

    /// The type of a file, or of a list of files. A value is a file if the schemas say nothing about it, or only that it is bytes. `None`
    /// if the value is not a file.
    fn file(&mut self, nodes: &[Node]) -> Option<Type> {
        let (mut nodes, mut wraps) = (nodes.to_vec(), Vec::new());
        if self.document.version() == Version::V30 {
            return None;
        }
        for _ in 0..MAX_LISTS {
            let merged = self.merge(&nodes)?;
            let bare = merged.listed().is_none() && merged.unions.is_empty() && !merged.only_null && !merged.never;
            wraps.push(nodes.iter().any(|node| self.read(node).nullable));
            match merged.inferred_types().as_slice() {
                [] if bare && (merged.content_media_type.is_none() || merged.is_raw()) => {
                    return Some(wrapped(&wraps));
                }
                [JsonType::Array] if !merged.items.is_empty() && merged.prefix_items.is_empty() => {
                    nodes.clone_from(&merged.items);
                }
                _ => return None,
            }
        }
        None
    }
}

/// The type of a file inside lists. `nullable` says whether each list may be `null`, the outermost first, and at the end whether the file
/// may be.
fn wrapped(nullable: &[bool]) -> Type {
    let mut each = nullable.iter().rev();
    let of = |ty: Type, nullable: &bool| if *nullable { ty.nullable() } else { ty };
    let file = each.next().map_or(Type::Binary, |nullable| of(Type::Binary, nullable));
    each.fold(file, |ty, nullable| of(Type::Array(Box::new(ty)), nullable))
}

/// Whether a place is that of the schema of a multipart form.
fn is_form(node: &Node) -> bool {
    match node.pointer.segments().as_slice() {
        [.., "requestBody", "content", media_type, "schema"]
        | ["components", "requestBodies", _, "content", media_type, "schema"] => {
            MediaType::of(media_type).kind() == Kind::Multipart
        }
        _ => false,
    }
}
