//! The attributes in front of an item or a member, each on a line.

use proc_macro2::TokenTree;

use super::token::Token;

/// The lines of the attributes, and the tokens after them. `None` if a doc comment has an escape in its literal.
pub(super) fn attributes(tokens: &[Token], indent: usize) -> Option<(Vec<String>, &[Token])> {
    let (mut lines, mut rest) = (Vec::new(), tokens);
    while let [mark, Token::Group(group), after @ ..] = rest
        && mark.is('#')
    {
        let line = match group.inside.as_slice() {
            [name, _, Token::Single(TokenTree::Literal(text))] if name.is_word("doc") => {
                format!("{:indent$}///{}\n", "", plain(&text.to_string())?)
            }
            _ => format!("{:indent$}#{}\n", "", group.text),
        };
        lines.push(line);
        rest = after;
    }
    Some((lines, rest))
}

/// The text of a string literal. `None` if it has an escape.
fn plain(literal: &str) -> Option<&str> {
    let (quoted, is_raw) = literal.strip_prefix('r').map_or((literal, false), |raw| (raw, true));
    let text = quoted.strip_prefix('"')?.strip_suffix('"')?;
    (is_raw || !text.contains('\\')).then_some(text)
}
