//! The faults of YAML syntax in words that help.
//!
//! Takes what the event parser says, gives a diagnostic. Where it has no better words it keeps the parser's.

use super::tree::{Builder, Stop};

/// What the parser says, what that means, and what to do.
const KNOWN: [(&str, &str, &str); 9] = [
    ("unprintable", "a control character cannot stand here", "remove it, or write it as an escape in double quotes"),
    ("unknown anchor", "this alias has no anchor", "define it before its first use, with `&name`"),
    ("expected key", "a key is due here", "the line may be indented too much or too little, or lack its `:`"),
    ("did not find expected '-'", "a list entry is due here", "begin the line with `- `, or indent it less"),
    ("mapping values are not allowed", "`:` cannot stand here", "put text that holds `: ` in quotes"),
    ("simple key expect", "this line is no `key: value`", "put long text in quotes, or write it with `|`"),
    ("tab", "a tab cannot indent", "use spaces"),
    ("unexpected end of stream", "this string has no closing quote", "close the quote"),
    ("unknown escape", "unknown escape in a string", "use single quotes, where a backslash is just that"),
];

pub(super) fn report(builder: &mut Builder<'_>, info: &str, offset: usize) -> Stop {
    if info.contains("recursion limit") {
        let message = format!("flow collections nested deeper than 255 levels, inside {}", builder.shown_pointer());
        return builder.stop("nesting-too-deep", message, offset, Some("write them in block style, or as JSON"));
    }
    match KNOWN.iter().find(|(said, ..)| info.contains(said)) {
        Some((_, message, help)) => builder.stop("invalid-yaml", *message, offset, Some(help)),
        None => builder.stop("invalid-yaml", info, offset, None),
    }
}
