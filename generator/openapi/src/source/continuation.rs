//! Indents lines that continue a bracket or a quote, as YAML's grammar requires.
//!
//! Takes a text that the event parser refuses, gives a text with blanks before the lines that continue a bracket or a quoted text and are
//! not indented more than their key. Blanks mean nothing there, and most parsers do not require them. Only looks for such lines. The event
//! parser judges everything else.

/// A text with added blanks.
pub(super) struct Indented {
    pub(super) text: String,
    /// Where blanks were added: the number of characters of this text up to there, and the number of blanks added up to there.
    blanks: Vec<(usize, usize)>,
}

impl Indented {
    /// The character of the text as it was written, for one of this text.
    pub(super) fn written(&self, index: usize) -> usize {
        let before = self.blanks.partition_point(|&(end, _)| end <= index);
        index - before.checked_sub(1).and_then(|it| self.blanks.get(it)).map_or(0, |&(_, total)| total)
    }
}

/// Indents the lines, unless there are none, or a bracket or a quote is not closed.
pub(super) fn indent(text: &str) -> Option<Indented> {
    let out = Indented { text: String::with_capacity(text.len() * 2), blanks: Vec::new() };
    let mut scan = Scan { rest: text, column: 0, characters: 0, total: 0, limit: text.len(), out };
    scan.document()?;
    (scan.total > 0).then_some(scan.out)
}

struct Scan<'t> {
    rest: &'t str,
    /// The characters since the beginning of the line.
    column: usize,
    /// The characters of the output.
    characters: usize,
    total: usize,
    /// The most blanks that may be added.
    limit: usize,
    out: Indented,
}

impl Scan<'_> {
    fn document(&mut self) -> Option<()> {
        // The column from which a line continues the text above it.
        let mut text_from = usize::MAX;
        while !self.rest.is_empty() {
            self.take_while(|it| it == ' ');
            if !self.at_end_of_line() && self.column < text_from {
                text_from = self.line()?;
            }
            self.take_while(|it| it != '\n');
            self.take();
        }
        Some(())
    }

    /// Reads the rest of a line, and the lines that continue it. Gives the column from which further lines belong to its text.
    fn line(&mut self) -> Option<usize> {
        let mut from = self.column;
        loop {
            self.take_while(|it| it == ' ' || it == '\t');
            match self.rest.chars().next() {
                None | Some('\n' | '\r' | '#') => return Some(usize::MAX),
                Some('-' | '?' | ':') if self.is_indicator() => {
                    from = self.column + 1;
                    self.take();
                }
                Some('&' | '!') => self.take_while(|it| !it.is_whitespace()),
                Some('"' | '\'') => {
                    let column = self.column;
                    self.quoted(from)?;
                    from = self.after_key(column, from);
                }
                Some('[' | '{') => {
                    let column = self.column;
                    self.brackets(from)?;
                    from = self.after_key(column, from);
                }
                Some('|' | '>') => return Some(from),
                Some(_) => {
                    let column = self.column;
                    if !self.plain_key() {
                        return Some(from);
                    }
                    from = column + 1;
                }
            }
        }
    }

    /// The indentation that further lines need after a text. If a `:` follows, the text is a key, and its value must be indented more.
    fn after_key(&self, column: usize, from: usize) -> usize {
        if self.rest.trim_start_matches(' ').starts_with(':') { column + 1 } else { from }
    }

    /// Takes a plain text up to its `:`. Says whether there is one.
    fn plain_key(&mut self) -> bool {
        let (mut count, mut last) = (0, ' ');
        let mut following = self.rest.chars().peekable();
        while let Some(it) = following.next() {
            count += 1;
            match it {
                '\n' | '\r' => return false,
                '#' if last == ' ' => return false,
                ':' if following.peek().is_none_or(|next| next.is_whitespace()) => {
                    (0..count).for_each(|_| self.take());
                    return true;
                }
                _ => last = it,
            }
        }
        false
    }

    fn is_indicator(&self) -> bool {
        let next = self.rest.chars().nth(1);
        next.is_none_or(char::is_whitespace)
    }

    fn at_end_of_line(&self) -> bool {
        self.rest.starts_with(['\n', '\r', '#']) || self.rest.is_empty()
    }

    /// Takes a quoted text.
    fn quoted(&mut self, from: usize) -> Option<()> {
        let quote = self.rest.chars().next()?;
        self.take();
        loop {
            match self.rest.chars().next()? {
                '\\' if quote == '"' => {
                    self.take();
                    self.continued(from)?;
                }
                it if it == quote => {
                    self.take();
                    if quote == '"' || !self.rest.starts_with('\'') {
                        return Some(());
                    }
                    self.take();
                }
                _ => self.continued(from)?,
            }
        }
    }

    /// Takes a bracket and what it holds.
    fn brackets(&mut self, from: usize) -> Option<()> {
        let mut depth = 0_usize;
        let mut before = ' ';
        loop {
            let next = self.rest.chars().next()?;
            match next {
                '"' | '\'' if matches!(before, '[' | '{' | ',' | ':' | '?') => self.quoted(from)?,
                '#' if self.out.text.ends_with(char::is_whitespace) => self.take_while(|it| it != '\n'),
                _ => self.continued(from)?,
            }
            match next {
                '[' | '{' => depth += 1,
                ']' | '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(());
            }
            // An anchor or a tag may stand before a quote.
            before = if next.is_whitespace() { before } else { next };
        }
    }

    /// Takes a character. After the end of a line, indents the next line.
    fn continued(&mut self, from: usize) -> Option<()> {
        let is_end = self.rest.starts_with('\n');
        self.take();
        if !is_end || self.rest.starts_with(['\n', '\r']) {
            return Some(());
        }
        if self.rest.starts_with("---") || self.rest.starts_with("...") {
            return None;
        }
        let blanks = self.rest.len() - self.rest.trim_start_matches(' ').len();
        let missing = from.saturating_sub(blanks);
        if missing > 0 {
            self.put_in(missing)?;
        }
        Some(())
    }

    fn put_in(&mut self, missing: usize) -> Option<()> {
        self.total += missing;
        if self.total > self.limit {
            return None;
        }
        self.out.text.extend(std::iter::repeat_n(' ', missing));
        self.characters += missing;
        self.out.blanks.push((self.characters, self.total));
        Some(())
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) {
        while self.rest.chars().next().is_some_and(&belongs) {
            self.take();
        }
    }

    fn take(&mut self) {
        let mut characters = self.rest.chars();
        let Some(next) = characters.next() else { return };
        self.rest = characters.as_str();
        self.out.text.push(next);
        self.characters += 1;
        self.column = if next == '\n' { 0 } else { self.column + 1 };
    }
}
