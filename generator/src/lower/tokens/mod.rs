//! Sources of tokens, from the extension `x-token-source` of a security scheme, or from the flows of OAuth.

mod exchange;
mod form;
mod oauth;
mod pointers;

use indexmap::IndexMap;
use serde_json::Value;

use super::Lower;
use crate::diagnostics::codes;
use crate::document::{Node, TOKEN_SOURCE};
use crate::ir::{Credential, Mint, Operation, Scheme, SchemeId, TokenReply, TokenSource};

/// Operations by their ids, each in all its variants.
type Operations<'o> = IndexMap<String, Vec<&'o Operation>>;

impl Lower<'_> {
    pub(in crate::lower) fn token_sources(&mut self, schemes: &[Scheme], operations: &[Operation]) -> Vec<TokenSource> {
        let node = self.document.top("components").join("securitySchemes");
        let operations = self.by_id(operations);
        let names = self.document.value(&node).and_then(Value::as_object).into_iter().flat_map(|names| names.keys());
        names.filter_map(|name| self.token_source(name, &node.join(name), schemes, &operations)).collect()
    }

    /// The operations by their ids.
    fn by_id<'o>(&self, operations: &'o [Operation]) -> Operations<'o> {
        let mut by_id = Operations::new();
        for operation in operations {
            let id = self.document.value(&operation.node.join("operationId")).and_then(Value::as_str);
            by_id.entry(id.unwrap_or_default().to_owned()).or_default().push(operation);
        }
        by_id
    }

    fn token_source(
        &mut self,
        name: &str,
        node: &Node,
        schemes: &[Scheme],
        operations: &Operations<'_>,
    ) -> Option<TokenSource> {
        let node = self.document.follow(node).ok()?;
        let index = schemes.iter().position(|scheme| scheme.wire == name);
        let described = node.join(TOKEN_SOURCE);
        if self.document.value(&described).is_none() {
            return source(index, self.oauth_mints(&node), oauth::reply());
        }
        // A scheme that was left out has no credential, and `Basic` sends no token.
        let credential = index.and_then(|index| schemes.get(index)).map(|scheme| &scheme.credential);
        if matches!(credential, None | Some(Credential::Basic)) {
            let message = format!("the security scheme `{name}` sends no token");
            let help = "write the token source in the scheme that sends its tokens: `apiKey`, `http` with `bearer`, or `oauth2`";
            self.error(codes::TOKEN_SOURCE_SCHEME, message, &described, help);
            return None;
        }
        let form = self.token_source_form(&described)?;
        source(index, self.described_mints(&form, operations), exchange::token_reply(&form.reply))
    }
}

/// A token source. `None` if no operation mints its tokens, or its scheme was left out.
fn source(scheme: Option<usize>, mut mints: Vec<Mint>, reply: TokenReply) -> Option<TokenSource> {
    let scheme = scheme.filter(|_| !mints.is_empty()).map(SchemeId)?;
    for mint in &mut mints {
        for exchange in std::iter::once(&mut mint.exchange).chain(&mut mint.refresh) {
            // An exchange cannot be sent with the token that it brings.
            exchange.security.retain(|schemes| !schemes.contains(&scheme));
        }
    }
    Some(TokenSource { scheme, mints, reply })
}
