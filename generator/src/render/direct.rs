//! Items to text, without the parser and the formatter.
//!
//! Gives the same text as the formatter in a fraction of the time. Knows tables, structures, enums, `impl`s, and the statements that emitters
//! use in functions. Gives `None` for any other item, and for a long line that it cannot break.

use proc_macro2::{Delimiter, TokenTree};

use super::attributes::attributes;
use super::inline::text;
use super::table::table;
use super::token::{Group, Token, ends_path, is_arrow, split};

/// The width of the formatter's lines.
const WIDTH: usize = 89;

/// The width up to which a structure in an expression is on one line.
const STRUCTURE_WIDTH: usize = 35;

const INDENT: usize = 4;

/// The text of an item.
pub(super) fn item(tokens: &[Token]) -> Option<String> {
    if let [path @ .., mark, Token::Group(group)] = tokens
        && mark.is('!')
    {
        return table(path, &group.inside);
    }
    if !is_known(tokens) {
        return None;
    }
    let mut out = Text::default();
    let rest = out.attributes(tokens, 0)?;
    let (last, head) = rest.split_last()?;
    if last.is(';') {
        if !is_whole(rest) || head.iter().any(|token| token.is(';')) {
            return None;
        }
        out.fitting(0, &text(rest), "\n")?;
        return Some(out.0);
    }
    let body = &last.group(Delimiter::Brace)?.inside;
    if body.is_empty() {
        out.fitting(0, &text(head), " {}\n")?;
        return Some(out.0);
    }
    out.fitting(0, &text(head), " {\n")?;
    match keyword(head)? {
        "struct" | "enum" => {
            for member in split(body).0 {
                let member = out.attributes(member, INDENT)?;
                out.fitting(INDENT, &text(member), ",\n")?;
            }
        }
        "impl" => out.members(body)?,
        _ => return None,
    }
    out.push(0, "}\n");
    Some(out.0)
}

/// The words that tell what kind of item or member follows.
const KEYWORDS: &[&str] = &["struct", "enum", "impl", "fn", "type", "const"];

fn keyword(tokens: &[Token]) -> Option<&'static str> {
    tokens.iter().find_map(|token| KEYWORDS.iter().copied().find(|word| token.is_word(word)))
}

/// Whether tokens hold only signs and words that this module spaces as the formatter does.
fn is_known(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().all(|(at, token)| {
        let before = tokens.get(..at).unwrap_or_default();
        let last = before.last();
        match token {
            Token::Group(group) => {
                let is_after_arrow =
                    last.is_some_and(|last| last.is('>')) && is_arrow(before.get(..at - 1).unwrap_or_default());
                let is_after_word = matches!(last, Some(Token::Single(TokenTree::Ident(_))));
                let is_placed = match group.delimiter {
                    Delimiter::Parenthesis => !is_after_arrow && !last.is_some_and(is_operator),
                    Delimiter::Bracket => !is_after_word,
                    Delimiter::Brace => true,
                    Delimiter::None => false,
                };
                is_placed && is_known(&group.inside)
            }
            Token::Single(TokenTree::Punct(mark)) => match mark.as_char() {
                '<' => last.is_some_and(|last| last.is(':') || last.mark().is_none()),
                '=' => !last.is_some_and(|last| last.is('=')),
                '-' => tokens.get(at + 1).is_some_and(|next| next.is('>')),
                // After a literal, the sign separates patterns. Elsewhere, it may begin a closure.
                '|' => matches!(last, Some(Token::Single(TokenTree::Literal(_)))),
                mark => ",.:;>&'?#+".contains(mark),
            },
            Token::Single(_) => !token.is_word("else") && !token.is_word("where"),
        }
    })
}

/// Whether a token is a word that is not called, although parentheses follow it.
fn is_operator(token: &Token) -> bool {
    ["as", "for", "if", "in", "let", "match", "move", "mut", "return", "while"].iter().any(|word| token.is_word(word))
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn push(&mut self, indent: usize, text: &str) {
        self.0.extend(std::iter::repeat_n(' ', indent));
        self.0.push_str(text);
    }

    /// Adds a line. `None` if it is too long.
    fn fitting(&mut self, indent: usize, text: &str, end: &str) -> Option<()> {
        // The formatter counts bytes.
        let width = indent + text.len() + end.trim_end().len();
        (width <= WIDTH).then(|| {
            self.push(indent, text);
            self.0.push_str(end);
        })
    }

    /// Adds the attributes at the beginning of the tokens. Gives the tokens after them.
    fn attributes<'n>(&mut self, tokens: &'n [Token], indent: usize) -> Option<&'n [Token]> {
        let (lines, rest) = attributes(tokens, indent)?;
        lines.iter().try_for_each(|line| self.fitting(0, line.trim_end(), "\n"))?;
        Some(rest)
    }

    /// The members of an `impl`. There is a blank line between two members, unless both are types.
    fn members(&mut self, tokens: &[Token]) -> Option<()> {
        let mut rest = tokens;
        let mut before = None;
        while !rest.is_empty() {
            let mut member = Self::default();
            rest = member.attributes(rest, INDENT)?;
            let kind = keyword(rest)?;
            let is_end =
                |token: &Token| if kind == "fn" { token.group(Delimiter::Brace).is_some() } else { token.is(';') };
            let (own, others) = rest.split_at_checked(rest.iter().position(is_end)? + 1)?;
            match kind {
                "fn" => member.function(own)?,
                _ => member.fitting(INDENT, &text(own), "\n")?,
            }
            if before.is_some_and(|before| !(before == "type" && kind == "type")) {
                self.0.push('\n');
            }
            self.0.push_str(&member.0);
            (rest, before) = (others, Some(kind));
        }
        Some(())
    }

    fn function(&mut self, tokens: &[Token]) -> Option<()> {
        let (body, head) = tokens.split_last()?;
        let body = &body.group(Delimiter::Brace)?.inside;
        let name = head.iter().position(|token| token.is_word("fn"))? + 2;
        let (arguments, returns) = head.get(name..)?.split_first()?;
        let (arguments, _) = split(&arguments.group(Delimiter::Parenthesis)?.inside);
        let arguments: Vec<String> = arguments.into_iter().map(text).collect();
        let (name, returns) = (text(head.get(..name)?), text(returns));
        let returns = if returns.is_empty() { returns } else { format!(" {returns}") };
        let open = if body.is_empty() { " {}\n" } else { " {\n" };
        if self.fitting(INDENT, &format!("{name}({}){returns}", arguments.join(", ")), open).is_none() {
            self.fitting(INDENT, &name, "(\n")?;
            arguments.iter().try_for_each(|argument| self.fitting(2 * INDENT, argument, ",\n"))?;
            self.fitting(INDENT, &format!("){returns}"), open)?;
        }
        if !body.is_empty() {
            self.block(body, 2 * INDENT)?;
            self.push(INDENT, "}\n");
        }
        Some(())
    }

    /// The statements of a block.
    fn block(&mut self, tokens: &[Token], indent: usize) -> Option<()> {
        let mut rest = tokens;
        while let Some(first) = rest.first() {
            let is_compound = first.is_word("if") || first.is_word("match");
            let is_end =
                |token: &Token| if is_compound { token.group(Delimiter::Brace).is_some() } else { token.is(';') };
            let end = rest.iter().position(is_end).map_or(rest.len(), |end| end + 1);
            let (own, others) = rest.split_at_checked(end)?;
            match own.split_last()? {
                (body, head) if is_compound => {
                    let body = &body.group(Delimiter::Brace)?.inside;
                    self.fitting(indent, &text(head), " {\n")?;
                    if first.is_word("if") {
                        self.block(body, indent + INDENT)?;
                    } else {
                        split(body).0.into_iter().try_for_each(|arm| self.arm(arm, indent + INDENT))?;
                    }
                    self.push(indent, "}\n");
                }
                (end, expression) if end.is(';') => self.expression(expression, indent, ";\n")?,
                _ => self.expression(own, indent, "\n")?,
            }
            rest = others;
        }
        Some(())
    }

    /// A pattern and an expression, on one line if they fit.
    fn arm(&mut self, tokens: &[Token], indent: usize) -> Option<()> {
        // The formatter does not count the comma.
        if is_whole(tokens) && self.fitting(indent, &text(tokens), "").is_some() {
            self.0.push_str(",\n");
            return Some(());
        }
        let is_end = |at: &usize| {
            let (before, rest) = tokens.split_at_checked(*at).unwrap_or_default();
            is_arrow(before) && rest.first().is_some_and(|token| token.is('>'))
        };
        let (pattern, expression) = tokens.split_at_checked((1..tokens.len()).find(is_end)? + 1)?;
        if let [Token::Group(nothing)] = expression
            && nothing.inside.is_empty()
        {
            return self.fitting(indent, &text(pattern), " {}\n");
        }
        self.fitting(indent, &text(pattern), " {\n")?;
        self.expression(expression, indent + INDENT, "\n")?;
        self.fitting(indent, "}", "\n")
    }

    /// An expression or a `let`, on one line if it fits.
    fn expression(&mut self, tokens: &[Token], indent: usize, end: &str) -> Option<()> {
        if is_whole(tokens) && self.fitting(indent, &text(tokens), end).is_some() {
            return Some(());
        }
        let (call, end) = match tokens {
            [call @ .., mark] if mark.is('?') => (call, format!("?{end}")),
            call => (call, end.to_owned()),
        };
        let (last, head) = call.split_last()?;
        let Token::Group(last) = last else { return None };
        match last.delimiter {
            Delimiter::Brace if call.len() == tokens.len() => self.structure(head, &last.inside, indent, &end),
            Delimiter::Parenthesis => self.broken(head, &last.inside, indent, &end),
            _ => None,
        }
    }

    /// A call that does not fit on one line.
    fn broken(&mut self, head: &[Token], arguments: &[Token], indent: usize, end: &str) -> Option<()> {
        if let [receiver, dot, method] = head
            && dot.is('.')
            && let [receiver, method] = [receiver, method].map(|token| text(std::slice::from_ref(token)))
        {
            // The method of a short receiver stays on its line.
            if receiver.len() <= INDENT {
                return self.arguments(&text(head), arguments, indent, end);
            }
            let method = format!(".{method}");
            self.push(indent, &receiver);
            self.0.push('\n');
            let line = format!("{method}({})", text(arguments));
            if is_whole(arguments) && self.fitting(indent + INDENT, &line, end).is_some() {
                return Some(());
            }
            return self.arguments(&method, arguments, indent + INDENT, end);
        }
        let function = match head.iter().rposition(|token| token.is('=')) {
            Some(at) => head.get(at + 1..)?,
            None => head,
        };
        is_path(function).then(|| self.arguments(&text(head), arguments, indent, end))?
    }

    /// A call with each argument on its own line.
    fn arguments(&mut self, head: &str, arguments: &[Token], indent: usize, end: &str) -> Option<()> {
        let (arguments, is_ended) = split(arguments);
        // The formatter does not put a structure, a list or a tuple that is alone on lines of its own.
        let is_alone = match arguments.as_slice() {
            [[Token::Group(_)]] => true,
            [[.., Token::Group(group)]] => group.delimiter == Delimiter::Brace,
            _ => false,
        };
        if arguments.is_empty() || is_ended || is_alone {
            return None;
        }
        self.fitting(indent, head, "(\n")?;
        for argument in arguments {
            match argument {
                [head @ .., Token::Group(fields)] if fields.delimiter == Delimiter::Brace && !is_whole(argument) => {
                    self.structure(head, &fields.inside, indent + INDENT, ",\n")?;
                }
                _ if is_whole(argument) => self.fitting(indent + INDENT, &text(argument), ",\n")?,
                _ => return None,
            }
        }
        self.fitting(indent, ")", end)
    }

    /// A structure with each field on its own line.
    fn structure(&mut self, path: &[Token], fields: &[Token], indent: usize, end: &str) -> Option<()> {
        let (fields, is_ended) = split(fields);
        if is_ended || !is_path(path) {
            return None;
        }
        self.fitting(indent, &text(path), " {\n")?;
        for field in fields {
            if !is_whole(field) {
                return None;
            }
            self.fitting(indent + INDENT, &text(field), ",\n")?;
        }
        self.fitting(indent, "}", end)
    }
}

fn is_path(tokens: &[Token]) -> bool {
    tokens.iter().all(|token| token.is(':') || matches!(token, Token::Single(TokenTree::Ident(_))))
}

/// Whether the formatter keeps an expression on one line if it fits.
fn is_whole(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().all(|(at, token)| match token {
        Token::Group(group) if group.delimiter == Delimiter::Brace => {
            // The braces are those of a structure if they come last, or of a list of imports.
            let path = tokens.get(..at).unwrap_or_default();
            let is_import = ends_path(path);
            is_import
                || at + 1 == tokens.len()
                    && !group.inside.is_empty()
                    && is_path(path)
                    && text(tokens).len() <= STRUCTURE_WIDTH
                    && is_whole_list(group)
        }
        Token::Group(group) => is_whole_list(group),
        Token::Single(_) => true,
    })
}

fn is_whole_list(group: &Group) -> bool {
    let (parts, is_ended) = split(&group.inside);
    !is_ended && parts.into_iter().all(is_whole)
}
