//! Recognizes texts that are neither JSON nor YAML, because the user saved the wrong file.

/// The kind of a text and what to do about it, if the kind is known.
pub(super) fn known(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim_start();
    let lower: String = text.chars().take(64).collect::<String>().to_ascii_lowercase();
    let begins = |start: &str| lower.starts_with(start);
    if begins("<!doctype html") || begins("<html") || begins("<head") {
        let help =
            "save the document itself: a page that shows one links to its JSON or YAML, and a code host has a raw view";
        return Some(("this is an HTML page, not a document", help));
    }
    if begins("<") {
        return Some(("this is XML, not JSON or YAML", "give the API's OpenAPI document, in JSON or YAML"));
    }
    if begins("version https://git-lfs.github.com/") {
        return Some(("this is a pointer of Git LFS, not the file", "fetch the file itself with `git lfs pull`"));
    }
    if begins("#%raml") {
        return Some(("this is a RAML document", "convert it to OpenAPI 3.0 or 3.1 first"));
    }
    let block = lower.find(['{', '\n']).and_then(|end| lower.get(..end)).unwrap_or(&lower);
    let is_schema_language = ["syntax =", "syntax=", "type query", "schema {"].iter().any(|start| begins(start));
    if is_schema_language && !block.contains(": ") {
        let message = "this is a schema of another language, not an OpenAPI document";
        return Some((message, "give the API's OpenAPI document, in JSON or YAML"));
    }
    None
}

/// Whether JSON begins with a comment of a kind that YAML does not have.
pub(super) fn is_commented_json(text: &str) -> bool {
    let mut rest = text.trim_start();
    let mut commented = false;
    loop {
        rest = match (rest.strip_prefix("//"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map_or("", |(_, after)| after),
            (_, Some(block)) => block.split_once("*/").map_or("", |(_, after)| after),
            _ => break,
        };
        (rest, commented) = (rest.trim_start(), true);
    }
    commented && rest.starts_with(['{', '['])
}
