//! Reads the tokens of an item. A pair of brackets and the tokens in it become one group.

use proc_macro2::{Delimiter, Group as TokenGroup, Spacing, TokenStream, TokenTree};

/// A token, or tokens between delimiters.
pub(super) enum Token {
    Single(TokenTree),
    Group(Group),
}

pub(super) struct Group {
    pub delimiter: Delimiter,
    pub inside: Vec<Token>,
    /// The text of the group, with its delimiters.
    pub text: String,
}

/// The tokens as the parser takes them.
pub(super) fn stream(tokens: Vec<Token>) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| match token {
        Token::Group(group) => TokenTree::Group(TokenGroup::new(group.delimiter, stream(group.inside))),
        Token::Single(token) => token,
    });
    tokens.collect()
}

impl Token {
    /// The sign. `None` for a word, a literal or a group.
    pub(super) fn mark(&self) -> Option<char> {
        match self {
            Self::Single(TokenTree::Punct(mark)) => Some(mark.as_char()),
            _ => None,
        }
    }

    /// Whether it is this sign.
    pub(super) fn is(&self, mark: char) -> bool {
        self.mark() == Some(mark)
    }

    /// Whether it is this word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Single(TokenTree::Ident(ident)) if ident == word)
    }

    /// The group. `None` if the token is not a group with these delimiters.
    pub(super) fn group(&self, delimiter: Delimiter) -> Option<&Group> {
        match self {
            Self::Group(group) if group.delimiter == delimiter => Some(group),
            _ => None,
        }
    }
}

/// Whether tokens end in `::`.
pub(super) fn ends_path(tokens: &[Token]) -> bool {
    matches!(tokens, [.., first, second] if first.is(':') && second.is(':'))
}

/// The parts of a list, and whether a comma ends the last one. Commas inside a type do not count.
pub(super) fn split(tokens: &[Token]) -> (Vec<&[Token]>, bool) {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0usize);
    for (at, token) in tokens.iter().enumerate() {
        match token.mark() {
            Some('<') => depth += 1,
            Some('>') if !is_arrow(tokens.get(..at).unwrap_or_default()) => depth = depth.saturating_sub(1),
            Some(',') if depth == 0 => {
                parts.push(tokens.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    let rest = tokens.get(start..).unwrap_or_default();
    let is_ended = rest.is_empty() && !parts.is_empty();
    parts.extend((!rest.is_empty()).then_some(rest));
    (parts, is_ended)
}

/// Whether a `>` behind tokens belongs to `->` or `=>`.
pub(super) fn is_arrow(before: &[Token]) -> bool {
    matches!(before.last(), Some(Token::Single(TokenTree::Punct(mark)))
        if matches!(mark.as_char(), '-' | '=') && mark.spacing() == Spacing::Joint)
}
