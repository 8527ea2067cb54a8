//! Tokens on one line, as rustfmt would space them. Literals stay as they are.

use std::fmt::Write;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::token::{Group, Token, ends_path};

/// The text of tokens.
pub(crate) fn inline(tokens: &TokenStream) -> String {
    text(&read(tokens.clone()))
}

/// Reads the tokens of an item.
pub(super) fn read(stream: TokenStream) -> Vec<Token> {
    let stream = stream.into_iter();
    let mut tokens: Vec<Token> = Vec::with_capacity(stream.size_hint().0);
    for token in stream {
        let token = match token {
            TokenTree::Group(group) => {
                let (delimiter, inside) = (group.delimiter(), group.stream());
                // Tokens that nothing else holds are not copied.
                drop(group);
                let inside = read(inside);
                let (open, close) = match delimiter {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    // A list of imports.
                    Delimiter::Brace if ends_path(&tokens) => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let mut text = open.to_owned();
                write(&inside, &mut text);
                text.push_str(close);
                Token::Group(Group { delimiter, inside, text })
            }
            other => Token::Single(other),
        };
        tokens.push(token);
    }
    tokens
}

/// The text of tokens that have been read.
pub(super) fn text(tokens: &[Token]) -> String {
    let mut text = String::new();
    write(tokens, &mut text);
    text
}

fn write(tokens: &[Token], text: &mut String) {
    for (at, token) in tokens.iter().enumerate() {
        let before = tokens.get(..at).unwrap_or_default();
        if is_apart(before, token) {
            text.push(' ');
        }
        match token {
            Token::Group(group) => text.push_str(&group.text),
            Token::Single(TokenTree::Punct(mark)) => text.push(mark.as_char()),
            // Writing to a string does not fail.
            Token::Single(single) => _ = write!(text, "{single}"),
        }
    }
}

/// Whether there is a space between tokens and the next one.
fn is_apart(before: &[Token], token: &Token) -> bool {
    let Some(last) = before.last() else { return false };
    let opens = match last.mark() {
        Some('<' | '&' | '.' | '!' | '#' | '-' | '\'') => true,
        Some(':') => ends_path(before),
        // A range that includes its end.
        Some('=') => matches!(before, [.., dot, _] if dot.is('.')),
        _ => false,
    };
    let is_called = token.group(Delimiter::Parenthesis).is_some();
    let closes = match token.mark() {
        Some(mark) => matches!(mark, ',' | '.' | ':' | ';' | '<' | '>' | '?' | '!') || (mark == '=' && last.is('.')),
        None => is_called && matches!(last, Token::Single(TokenTree::Ident(_))),
    };
    !(opens || closes || (is_called && last.is('>')))
}
