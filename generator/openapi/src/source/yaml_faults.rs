//! The faults of YAML syntax in words that help.
//!
//! Takes the message of the event parser, gives a diagnostic. Without better words, it quotes the parser.

use super::indentation::{self, Start};
use super::tree::{Builder, Stop};
use crate::diagnostics::codes;

/// What the parser says, what it means, and what to do.
const KNOWN: [(&str, &str, &str); 18] = [
    ("unprintable", "a control character cannot stand here", "remove it, or write it as an escape in double quotes"),
    ("unknown anchor", "this alias has no anchor", "define it before its first use, with `&name`"),
    ("expected key", "a key is due here", "the line may be indented too much or too little, or lack its `:`"),
    ("did not find expected '-'", "a list entry is due here", "begin the line with `- `, or indent it less"),
    ("sequence entries are not allowed", "`-` cannot stand here", "begin a list on a line of its own, below its key"),
    ("mapping values are not allowed", "`:` cannot stand here", "put text that holds `: ` in quotes"),
    (
        "placement of ':'",
        "this key cannot stand here",
        "indent it as the keys beside it, or put text that holds `: ` in quotes",
    ),
    ("simple key expect", "this line is no `key: value`", "put long text in quotes, or write it with `|`"),
    ("tab", "a tab cannot indent", "use spaces"),
    ("unexpected end of stream", "this string has no closing quote", "close the quote"),
    ("document indicator", "this string has no closing quote before the document ends", "close the quote"),
    ("unknown escape", "unknown escape in a string", "use single quotes, where a backslash is just that"),
    ("hexadecimal number", "this escape lacks digits", "write `\\x` with two hexadecimal digits, `\\u` with four"),
    (
        "trailing content after",
        "there is more after the closing quote",
        "put the whole text in quotes, or begin a new line",
    ),
    (
        "indentation in quoted",
        "this line of a quoted string is indented too little",
        "indent it more, or close the quote",
    ),
    (
        "block scalar",
        "this line does not belong to the text above it",
        "indent all lines of a text below `|` or `>` alike",
    ),
    ("anchor or alias", "`&` or `*` needs a name here", "put text that begins with `&` or `*` in quotes"),
    ("tag", "`!` begins a tag here", "put text that begins with `!` in quotes"),
];

/// What the parser says inside a bracket that should have been closed before.
const UNCLOSED: [&str; 5] =
    ["indentation in flow", "expected ',' or ']'", "expected ',' or '}'", "misplaced bracket", "end of plain scalar"];

/// What the parser says about text after an unclosed bracket, but also in other cases.
const AFTER_BRACKET: [&str; 3] = ["placement of ':'", "mapping values are not allowed", "invalid indentation"];

/// What the parser says about a key that is not in the column of any other key.
const MISPLACED: [&str; 6] = [
    "expected key",
    "did not find expected '-'",
    "mapping values are not allowed",
    "placement of ':'",
    "expected <document start>",
    "sequence entries are not allowed",
];

pub(super) fn report(builder: &mut Builder<'_>, info: &str, offset: usize) -> Stop {
    if info.contains("recursion limit") {
        let message = "flow collections are nested deeper than 255 levels";
        return builder.stop(codes::NESTING_TOO_DEEP, message, offset, Some("write them in block style, or as JSON"));
    }
    if UNCLOSED.iter().any(|said| info.contains(said))
        || (AFTER_BRACKET.iter().any(|said| info.contains(said)) && runs_on(builder, offset))
    {
        return unclosed(builder, offset);
    }
    if MISPLACED.iter().any(|said| info.contains(said))
        && let Some((start, others)) = indentation::slip(builder.text, offset)
    {
        return misplaced(builder, &start, &others);
    }
    match KNOWN.iter().find(|(said, ..)| info.contains(said)) {
        Some((_, message, help)) => builder.stop(codes::INVALID_YAML, *message, offset, Some(help)),
        None => {
            let message = format!("this is no YAML: {info}");
            builder.stop(
                codes::INVALID_YAML,
                message,
                offset,
                Some("see whether a quote, a bracket or a `:` is missing"),
            )
        }
    }
}

/// Reports a key with another indentation than the keys to which it may belong.
fn misplaced(builder: &mut Builder<'_>, start: &Start<'_>, others: &[Start<'_>]) -> Stop {
    let place = |start: &Start<'_>| builder.positions.line_column(builder.text, start.offset);
    let named = |start: &Start<'_>| {
        let (line, column) = place(start);
        format!("`{}` on line {line} in column {column}", start.name)
    };
    let (_, column) = place(start);
    let others: Vec<String> = others.iter().map(named).collect();
    let message = format!("`{}` begins in column {column}, but {}", start.name, others.join(" and "));
    let help = "begin what belongs together in one column, and put text that holds `: ` in quotes";
    builder.stop(codes::INVALID_YAML, message, start.offset, Some(help))
}

/// Whether the innermost bracket was opened on an earlier line.
fn runs_on(builder: &Builder<'_>, offset: usize) -> bool {
    let since = builder.open_bracket().and_then(|(_, at)| builder.text.get(at..offset));
    since.is_some_and(|text| text.contains('\n'))
}

/// Reports a bracket that is not closed. The parser notices it long after its beginning, which is the place to mend.
fn unclosed(builder: &mut Builder<'_>, offset: usize) -> Stop {
    let Some((bracket, at)) = builder.open_bracket() else {
        let help = "remove the bracket, or put text that holds one in quotes";
        return builder.stop(codes::INVALID_YAML, "this bracket closes nothing", offset, Some(help));
    };
    let closing = if bracket == '[' { ']' } else { '}' };
    let (line, _) = builder.positions.line_column(builder.text, offset);
    let message = format!("this `{bracket}` is not closed up to line {line}");
    let help = format!("close it with `{closing}`, put a comma between entries, and text with brackets in quotes");
    builder.stop(codes::UNCLOSED_BRACKET, message, at, Some(&help))
}
