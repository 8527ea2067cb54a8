//! The doc comments of a file. Its tokens hold only the numbers of the comments.
//!
//! Most of a file is documentation. In a token, each line would be escaped, parsed and printed. So the lines are put into the text after the
//! items have been formatted.

use proc_macro2::TokenStream;
use quote::quote;

/// The doc comments of a file, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comments(Vec<Vec<String>>);

/// How a line of documentation begins. A number follows at once. In a real comment, a blank follows, or the line ends.
const MARK: &str = "///";

impl Comments {
    /// Keeps the lines of a doc comment. Gives an attribute with its number.
    pub(crate) fn attribute(&mut self, lines: impl Into<Vec<String>>) -> TokenStream {
        let number = self.0.len().to_string();
        self.0.push(lines.into());
        quote!(#[doc = #number])
    }

    /// Puts the lines of the comments in place of their numbers.
    pub(super) fn written(&self, text: &str) -> String {
        let mut written = String::new();
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

    /// The indent of a line that holds a number, and the lines of the comment with this number.
    fn numbered<'t>(&self, line: &'t str) -> Option<(&'t str, &[String])> {
        let (indent, number) = line.split_once(MARK)?;
        let lines = self.0.get(number.trim_end().parse::<usize>().ok()?)?;
        indent.trim_start().is_empty().then_some((indent, lines))
    }
}
