//! Reads JSON (RFC 8259) with the place of everything in it.
//!
//! Takes a text, and passes its parts to the [`Builder`]. Does not recurse, so that a deep document cannot overflow the stack. Stops at the
//! first fault of syntax and says what JSON requires there. Does not repair.

use std::ops::Range;

use serde_json::Value;

use super::json_string::{StringFault, unescape};
use super::tree::{Builder, Mark, Node, Stop};
use crate::diagnostics::codes;

/// Passes the whole document to the builder.
pub(super) fn read(builder: &mut Builder<'_>) -> Result<(), Stop> {
    let text = builder.text;
    Reader { text, at: 0, builder }.document()
}

const END: &str = "the end of the document";

struct Reader<'t, 'b, 'd> {
    text: &'t str,
    at: usize,
    builder: &'b mut Builder<'d>,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self) -> Result<(), Stop> {
        loop {
            let opened = self.value()?;
            if opened && !self.close_if_empty() {
                self.key_if_object()?;
                continue;
            }
            loop {
                match self.builder.in_object() {
                    None => return self.end(),
                    Some(object) if self.separated(object)? => break,
                    Some(_) => {}
                }
            }
            self.key_if_object()?;
        }
    }

    /// Reads a scalar, or the opening bracket of a container. Gives `true` for a bracket.
    fn value(&mut self) -> Result<bool, Stop> {
        self.skip_blanks();
        let span = self.at..self.at + 1;
        match self.peek() {
            Some(b'{') => self.builder.open_object(span)?,
            Some(b'[') => self.builder.open_array(span)?,
            _ => {
                self.scalar()?;
                return Ok(false);
            }
        }
        self.at += 1;
        Ok(true)
    }

    fn close_if_empty(&mut self) -> bool {
        self.skip_blanks();
        let closing = if self.builder.in_object() == Some(true) { b'}' } else { b']' };
        let empty = self.peek() == Some(closing);
        if empty {
            self.close();
        }
        empty
    }

    fn close(&mut self) {
        self.at += 1;
        if let Some(node) = self.builder.close() {
            self.builder.put(node);
        }
    }

    /// Reads what follows a value: a comma, or the end of the container. Gives `true` for a comma.
    fn separated(&mut self, object: bool) -> Result<bool, Stop> {
        self.skip_blanks();
        match (self.peek(), object) {
            (Some(b','), _) => {
                let comma = self.at;
                self.at += 1;
                self.skip_blanks();
                if let Some(b'}' | b']') = self.peek() {
                    return Err(self.fault("trailing comma", comma, Some("remove it; JSON has none before a bracket")));
                }
                Ok(true)
            }
            (Some(b'}'), true) | (Some(b']'), false) => {
                self.close();
                Ok(false)
            }
            (_, true) => Err(self.unexpected("`,` or `}`")),
            (_, false) => Err(self.unexpected("`,` or `]`")),
        }
    }

    fn key_if_object(&mut self) -> Result<(), Stop> {
        if self.builder.in_object() != Some(true) {
            return Ok(());
        }
        self.skip_blanks();
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        let (key, span) = self.string()?;
        self.builder.key(key, span);
        self.skip_blanks();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), Stop> {
        let (value, span) = match self.peek() {
            Some(b'"') => self.string().map(|(string, span)| (Value::String(string), span))?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        self.builder.put(Node { value, mark: Mark::new(span) });
        Ok(())
    }

    fn word(&mut self) -> Result<(Value, Range<usize>), Stop> {
        let span = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let value = match self.text.get(span.clone()) {
            Some("true") => Value::Bool(true),
            Some("false") => Value::Bool(false),
            Some("null") => Value::Null,
            _ => return Err(self.unexpected("a value")),
        };
        self.at = span.end;
        Ok((value, span))
    }

    fn number(&mut self) -> Result<(Value, Range<usize>), Stop> {
        let span = self.run(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E'));
        let literal = self.text.get(span.clone()).unwrap_or_default();
        self.at = span.end;
        match serde_json::from_str(literal) {
            Ok(number) => {
                self.builder.check_rounding(literal, &number, span.start);
                Ok((Value::Number(number), span))
            }
            Err(_) if literal.parse::<f64>().is_ok_and(f64::is_infinite) => {
                self.builder.number_out_of_range(span.start);
                Ok((Value::Null, span))
            }
            Err(_) => Err(self.fault("malformed number", span.start, Some("write it like -12, 0.5 or 1e9"))),
        }
    }

    fn string(&mut self) -> Result<(String, Range<usize>), Stop> {
        let start = self.at;
        let rest = self.text.as_bytes().get(start + 1..).unwrap_or_default();
        let mut escaped = false;
        let mut length = 0;
        loop {
            match rest.get(length) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    length += 2;
                }
                Some(0..0x20) => {
                    return Err(self.fault(
                        "control character in a string",
                        start + 1 + length,
                        Some("write it as an escape, such as \\n or \\t; a string ends on the line where it began"),
                    ));
                }
                Some(_) => length += 1,
                None => {
                    return Err(self.fault(
                        "this string has no closing quote",
                        start,
                        Some("close it with `\"`: the file may be cut off"),
                    ));
                }
            }
        }
        let body = self.text.get(start + 1..start + 1 + length).unwrap_or_default();
        self.at = start + length + 2;
        let string =
            if escaped { unescape(body).map_err(|fault| self.bad_escape(fault, start + 1))? } else { body.to_owned() };
        Ok((string, start..self.at))
    }

    fn bad_escape(&mut self, fault: StringFault, start: usize) -> Stop {
        match fault {
            StringFault::Escape(at) => self.fault(
                "unknown escape in a string",
                start + at,
                Some("JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits"),
            ),
            StringFault::Surrogate(at) => {
                let escape = self.text.get(start + at..start + at + 6).unwrap_or_default();
                let message = format!("`{escape}` is half of a surrogate pair and no character");
                self.builder.stop(
                    codes::LONE_SURROGATE,
                    message,
                    start + at,
                    Some("write both halves, or the character itself"),
                )
            }
        }
    }

    fn end(&mut self) -> Result<(), Stop> {
        self.skip_blanks();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.unexpected(END)),
        }
    }

    /// Reports the text at this place, and what should be there instead.
    fn unexpected(&mut self, due: &str) -> Stop {
        let at = self.at;
        let rest = self.text.get(at..).unwrap_or_default();
        let word = self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let word = self.text.get(word).unwrap_or_default();
        match rest.chars().next() {
            None => {
                let help = match self.builder.open_bracket() {
                    Some((bracket, start)) => {
                        let (line, column) = self.builder.positions.line_column(self.text, start);
                        format!(
                            "close the `{bracket}` that line {line}, column {column} opens: the file may be cut off"
                        )
                    }
                    None => "write the value".to_owned(),
                };
                self.fault(format!("the document ends where {due} is due"), at, Some(&help))
            }
            Some('/' | '#') => {
                self.fault("JSON has no comments", at, Some("remove the comment, or keep the document as YAML"))
            }
            Some('\'') => self.fault(
                "JSON takes double quotes, not single ones",
                at,
                Some("write `\"`, or keep the document as YAML"),
            ),
            Some(_) if matches!(word, "NaN" | "Infinity" | "undefined" | "None" | "True" | "False") => self.fault(
                format!("`{word}` is not a JSON value"),
                at,
                Some("JSON has null, true, false and finite numbers"),
            ),
            Some(other) if due == END => {
                let help = Some("a bracket above may be closed once too often");
                self.fault(format!("found `{other}` where {due} is due"), at, help)
            }
            Some(other) if word.is_empty() => self.fault(
                format!("found `{other}` where {due} is due"),
                at,
                Some(&format!("write {due} here, or remove `{other}`")),
            ),
            Some(_) => self.fault(
                format!("found `{word}` where {due} is due"),
                at,
                Some(&format!("write {due}; text stands in double quotes")),
            ),
        }
    }

    fn fault(&mut self, message: impl Into<String>, offset: usize, help: Option<&str>) -> Stop {
        self.builder.stop(codes::INVALID_JSON, message, offset, help)
    }

    fn skip_blanks(&mut self) {
        self.at = self.run(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).end;
    }

    fn run(&self, belongs: impl Fn(u8) -> bool) -> Range<usize> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !belongs(*byte)).unwrap_or(rest.len());
        self.at..self.at + length
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
