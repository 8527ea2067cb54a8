//! Parameters in a request: checks the names of headers and cookies, and takes null from their types.

use super::Lower;
use crate::diagnostics::codes;
use crate::document::Node;
use crate::ir::{Location, Type};
use crate::media_type::is_token;

impl Lower<'_> {
    /// Whether a header or cookie can have this name. Otherwise reports it. In a path and a query every character can be encoded.
    pub(in crate::lower) fn check_name(&mut self, location: Location, name: &str, node: &Node) -> bool {
        let is_possible = match location {
            Location::Header => is_token(name),
            Location::Cookie => is_cookie_name(name),
            Location::Path | Location::Query => true,
        };
        let (shown, at) = (name.escape_debug(), node.join("name"));
        let help = "write letters, digits and hyphens";
        match location {
            _ if is_possible => {}
            Location::Cookie => {
                self.error(codes::INVALID_COOKIE_NAME, format!("no cookie can be called `{shown}`"), &at, help);
            }
            _ => self.error(codes::INVALID_HEADER_NAME, format!("no header can be called `{shown}`"), &at, help),
        }
        is_possible
    }

    /// The type of a parameter. Bytes are text here. Null is removed, because it is never sent.
    pub(in crate::lower) fn carried(&self, ty: Type) -> Type {
        let present = match self.unaliased(&ty) {
            Type::Nullable(inner) => (**inner).clone(),
            _ => ty,
        };
        if present == Type::Binary { Type::String } else { present }
    }
}

/// Whether a cookie can have this name. Servers accept more than RFC 6265 allows, such as brackets, but not a character that ends a
/// name.
fn is_cookie_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !b"=;,\"\\".contains(&byte))
}
