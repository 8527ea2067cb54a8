//! A table of the runtime (`object!` and similar macros) to text: a line for each row, after its documentation. The formatter does not
//! format macros.

use proc_macro2::Delimiter;

use super::attributes::attributes;
use super::inline::text;
use super::token::{Token, split};

/// The macros that are tables.
const TABLES: &[&str] = &["object", "union", "string_enum", "integer_enum"];

/// The text of a macro. `None` if it is not a table.
pub(super) fn table(path: &[Token], inside: &[Token]) -> Option<String> {
    let name = path.last()?;
    TABLES.iter().find(|table| name.is_word(table))?;
    let (docs, rest) = attributes(inside, 4)?;
    let (body, head) = rest.split_last()?;
    let body = body.group(Delimiter::Brace)?;
    let mut table = format!("{}! {{\n{}    {} {{\n", text(path), docs.concat(), text(head));
    let (rows, is_ended) = split(&body.inside);
    for (at, row) in rows.iter().enumerate() {
        let (docs, row_text) = attributes(row, 8)?;
        let end = if is_ended || at + 1 < rows.len() { "," } else { "" };
        table.push_str(&format!("{}        {}{end}\n", docs.concat(), text(row_text)));
    }
    Some(table + "    }\n}\n")
}
