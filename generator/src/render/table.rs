//! A table of the runtime (`object!` and similar macros) to text: a line for each row, after its documentation. The formatter does not
//! format macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, ItemMacro, Lit, Meta, Token, Type, braced};

/// The macros that are tables.
const TABLES: &[&str] = &["object", "union", "string_enum", "integer_enum"];

/// The text of a macro that is a table. `None` for any other macro.
pub(super) fn text(item: &ItemMacro) -> Option<String> {
    let name = item.mac.path.segments.last()?;
    TABLES.iter().find(|table| name.ident == **table)?;
    let Table { attributes, head, rows } = syn::parse2(item.mac.tokens.clone()).ok()?;
    let path = inline(&item.mac.path.to_token_stream());
    let (docs, rows) = (docs(&attributes, 4), rows.iter().map(|row| row.text(8)).collect::<String>());
    Some(format!("{path}! {{\n{docs}    {head} {{\n{rows}    }}\n}}\n"))
}

struct Table {
    attributes: Vec<Attribute>,
    head: String,
    rows: Vec<Row>,
}

struct Row {
    attributes: Vec<Attribute>,
    text: String,
}

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let mut head = TokenStream::new();
        while !input.peek(syn::token::Brace) {
            head.extend([input.parse::<TokenTree>()?]);
        }
        let body;
        braced!(body in input);
        let mut rows = Vec::new();
        while !body.is_empty() {
            rows.push(body.parse()?);
        }
        Ok(Self { attributes, head: inline(&head), rows })
    }
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let mut tokens = TokenStream::new();
        let mut is_field = true;
        while !input.is_empty() && !input.peek(Token![,]) {
            let token: TokenTree = input.parse()?;
            let is_colon = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ':');
            // After the parentheses of a variant, there are only words.
            is_field &= !matches!(token, TokenTree::Group(_));
            tokens.extend([token]);
            if is_colon && is_field {
                // Commas inside a type do not end a row.
                input.parse::<Type>()?.to_tokens(&mut tokens);
                is_field = false;
            }
        }
        let end = if input.parse::<Option<Token![,]>>()?.is_some() { "," } else { "" };
        Ok(Self { attributes, text: inline(&tokens) + end })
    }
}

impl Row {
    fn text(&self, indent: usize) -> String {
        format!("{}{:indent$}{}\n", docs(&self.attributes, indent), "", self.text)
    }
}

/// Documentation, and what is derived.
fn docs(attributes: &[Attribute], indent: usize) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(line) => Some(format!("{:indent$}///{}\n", "", line.value())),
                _ => None,
            },
            _ => None,
        },
        Meta::List(list) => {
            let (path, inside) = (inline(&list.path.to_token_stream()), inline(&list.tokens));
            Some(format!("{:indent$}#[{path}({inside})]\n", ""))
        }
        Meta::Path(_) => None,
    });
    lines.collect()
}

/// Tokens on one line, as rustfmt would space them. Literals stay as they are.
pub(crate) fn inline(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut before: Option<TokenTree> = None;
    let mut is_path = false;
    for token in tokens.clone() {
        if before.as_ref().is_some_and(|before| is_apart(before, &token, is_path)) {
            text.push(' ');
        }
        match &token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    // A list of imports.
                    Delimiter::Brace if is_path => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.extend([open, &inline(&group.stream()), close]);
            }
            other => text.push_str(&other.to_string()),
        }
        is_path = is_colon(&token) && before.as_ref().is_some_and(is_colon);
        before = Some(token);
    }
    text
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':')
}

/// Whether there is a space between two tokens. `is_path` says that the first one ends a `::`.
fn is_apart(before: &TokenTree, token: &TokenTree, is_path: bool) -> bool {
    let opens = match before {
        TokenTree::Punct(mark) => is_path || matches!(mark.as_char(), '<' | '&' | '.' | '!' | '#' | '-' | '\''),
        _ => false,
    };
    let closes = match token {
        TokenTree::Punct(mark) => matches!(mark.as_char(), ',' | '.' | ':' | ';' | '<' | '>' | '?' | '!'),
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis && matches!(before, TokenTree::Ident(_)),
        _ => false,
    };
    let ends_generics = matches!(before, TokenTree::Punct(mark) if mark.as_char() == '>')
        && matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
    !(opens || closes || ends_generics)
}
