//! Reads the doc comments of a file as rustdoc does, and finds the code that it would run.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The words after a fence with which its code is still a test.
const RUST: &[&str] = &["rust", "no_run", "should_panic", "compile_fail", "test_harness", "standalone_crate"];

/// The dialect of rustdoc.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// The code blocks that rustdoc takes for Rust. If `own` names the crate, one example of the generator itself is allowed.
pub fn tests(tokens: TokenStream, own: Option<&str>) -> Vec<String> {
    let comments = comments(tokens);
    // Both the dialect of rustdoc and bare CommonMark, because other programs read the comments as CommonMark.
    let mut found = [RUSTDOC, Options::empty()]
        .map(|dialect| comments.iter().flat_map(|comment| code(comment, dialect)).collect::<Vec<_>>())
        .into_iter()
        .max_by_key(Vec::len)
        .unwrap_or_default();
    if let Some(at) = own.and_then(|package| found.iter().position(|code| is_own(code, package))) {
        found.remove(at);
    }
    found
}

/// Whether the generator itself wrote the code as an example: `use` lines for the crate, and then a function around a call.
fn is_own(code: &str, package: &str) -> bool {
    let lines: Vec<&str> = code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let Some(opened) = lines.iter().position(|line| line.starts_with("async fn example(")) else { return false };
    let (used, function) = lines.split_at(opened);
    let uses =
        |line: &str, name: &str| line.strip_prefix("use ").is_some_and(|path| path.starts_with(&format!("{name}::")));
    let is_signature = |line: &&str| line.ends_with(") -> Result<(), Box<dyn std::error::Error>> {");
    used.iter().all(|line| line.is_empty() || uses(line, package) || uses(line, "std"))
        && function.iter().find(|line| line.ends_with('{')).is_some_and(is_signature)
        && matches!(function, [.., done, "}"] if done.trim_start() == "Ok(())")
}

/// The texts of the doc comments of all items.
fn comments(tokens: TokenStream) -> Vec<String> {
    let (mut comments, mut lines) = (Vec::new(), Vec::<String>::new());
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let attribute = match &token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let _ = tokens.next_if(|next| matches!(next, TokenTree::Punct(sign) if sign.as_char() == '!'));
                tokens.next_if(|next| matches!(next, TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket))
            }
            _ => None,
        };
        match attribute {
            Some(TokenTree::Group(group)) => lines.extend(line(group.stream())),
            _ => {
                comments.extend((!lines.is_empty()).then(|| std::mem::take(&mut lines)));
                if let TokenTree::Group(group) = token {
                    comments.extend(self::comments(group.stream()).into_iter().map(|text| vec![text]));
                }
            }
        }
    }
    comments.extend((!lines.is_empty()).then_some(lines));
    comments.iter().map(|lines| dedented(lines)).collect()
}

/// The line of a `doc` attribute.
fn line(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)) if name == "doc" => {
            syn::parse_str::<syn::LitStr>(&text.to_string()).ok().map(|text| text.value())
        }
        _ => None,
    }
}

/// Lines without their common indentation.
fn dedented(lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.split('\n')).collect();
    let blanks = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or(0);
    lines.iter().map(|line| line.get(least..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The code of a comment that rustdoc takes for Rust.
fn code(comment: &str, dialect: Options) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None::<String>);
    for event in Parser::new_ext(comment, dialect) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => open = is_rust(&kind).then(String::new),
            Event::Text(text) => _ = open.as_mut().map(|code| code.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => found.extend(open.take().map(|code| code.trim_end().to_owned())),
            _ => {}
        }
    }
    found
}

fn is_rust(kind: &CodeBlockKind) -> bool {
    match kind {
        CodeBlockKind::Indented => true,
        CodeBlockKind::Fenced(words) => {
            let mut words = words.split([',', ' ', '\t']).filter(|word| !word.is_empty());
            words.all(|word| RUST.contains(&word) || ["ignore", "edition", "E0"].iter().any(|it| word.starts_with(it)))
        }
    }
}
