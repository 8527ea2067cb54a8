//! The doc comments of a file, which are kept out of its tokens.
//!
//! Most of a file is documentation. As a literal, each line would be escaped, parsed and printed. So the tokens hold only the number of
//! a comment, and the lines come into the text when everything else is formatted.

use proc_macro2::TokenStream;
use quote::quote;

/// The doc comments of a file, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comments(Vec<Vec<String>>);

/// How a line with the number of a comment begins. The lines of a comment have a blank behind it, or nothing.
const MARK: &str = "///";

impl Comments {
    /// The attribute that stands for a doc comment with these lines.
    pub(crate) fn attribute(&mut self, lines: impl Into<Vec<String>>) -> TokenStream {
        let number = self.0.len().to_string();
        self.0.push(lines.into());
        quote!(#[doc = #number])
    }

    /// A formatted text, with the lines of the comments in place of their numbers.
    pub(super) fn written(&self, text: &str) -> String {
        let length = self.0.iter().flatten().map(|line| line.len() + MARK.len() + 2).sum::<usize>();
        let mut written = String::with_capacity(text.len() + 2 * length);
        for line in text.split_inclusive('\n') {
            match self.numbered(line) {
                Some((indent, lines)) => lines.iter().for_each(|line| {
                    let blank = if line.is_empty() { "" } else { " " };
                    written.extend([indent, MARK, blank, line, "\n"]);
                }),
                None => written.push_str(line),
            }
        }
        written
    }

    /// The blanks in front of a number, and the comment with the number.
    fn numbered<'t>(&self, line: &'t str) -> Option<(&'t str, &[String])> {
        let (indent, number) = line.split_once(MARK)?;
        let lines = self.0.get(number.trim_end().parse::<usize>().ok()?)?;
        indent.trim_start().is_empty().then_some((indent, lines))
    }
}
