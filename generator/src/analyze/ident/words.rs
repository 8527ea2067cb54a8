//! A wire name to words of ASCII letters and digits, in the author's case, joined by underscores.
//!
//! The result is never empty. Separators only separate. A sign becomes a word if it tells one name from another (`-1`, `<=`, `+`).

use unicode_normalization::UnicodeNormalization;

/// The words of a name, `empty` if it has none.
pub fn joined(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    let plain: String = match wire.is_ascii() {
        true => wire.to_owned(),
        false => wire.nfkc().filter(|c| !is_accent(*c)).flat_map(latin).collect(),
    };
    let words = if plain.contains(|c: char| c.is_ascii_alphanumeric()) { named(&plain) } else { spoken(&plain) };
    let words = one_word(words.trim_matches('_'));
    if words.is_empty() { code_points(wire) } else { words }
}

/// A name with signs as words: all signs, or only those in front of a digit.
pub fn with_signs(wire: &str, all: bool) -> String {
    let mut out = String::new();
    let mut rest = wire.chars().peekable();
    while let Some(c) = rest.next() {
        let is_told = all || rest.peek().is_some_and(char::is_ascii_digit);
        match c.is_ascii_alphanumeric() || !c.is_ascii() || !is_told {
            true => out.push(c),
            false => speak(&c.to_string(), &mut out),
        }
    }
    out
}

/// A word for the case of a name's letters, because two names may differ only in case. `None` for a name without letters.
pub fn case(wire: &str) -> Option<&'static str> {
    let mut letters = wire.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    let (has_upper, has_lower) =
        letters.fold((false, false), |(upper, lower), c| (upper || c.is_uppercase(), lower || c.is_lowercase()));
    Some(match (first.is_uppercase(), has_upper, has_lower) {
        (true, _, false) => "upper",
        (true, _, true) => "pascal",
        (false, true, _) => "camel",
        (false, false, _) => "lower",
    })
}

/// A name with letters or digits. Signs count if the name without them would mean something else: a comparison or a sign in front (`>=5`,
/// `-1`, `-created_at`), a sign of quantity at the end (`c++`, `5%`, `text/*`).
fn named(plain: &str) -> String {
    let body = plain.trim_start_matches(['<', '>', '=', '!', '~', '*']);
    let core = body.trim_end_matches(['+', '%', '*']);
    let front = plain.strip_suffix(body).unwrap_or_default();
    let end = body.strip_prefix(core).unwrap_or_default();
    let (sign, letters) = match core.split_at_checked(1) {
        Some((sign @ ("+" | "-"), rest)) if rest.starts_with(|c: char| c.is_alphanumeric()) => (sign, rest),
        _ => ("", core),
    };
    [spoken(front), spoken(sign), lettered(letters), spoken(end)].concat()
}

fn lettered(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            // Apostrophes join the parts of a word: `don't`, `user's`.
            '\'' | '’' => {}
            c if c.is_ascii() || c.is_whitespace() || is_punctuation(c) => out.push('_'),
            c => speak_code_point(c, &mut out),
        }
    }
    out
}

/// Spells as one word what has the case of two: the plural of an acronym (`userIDs`), and `IPv4`.
fn one_word(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while !rest.is_empty() {
        let after_capitals = rest.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let (capitals, tail) = rest.split_at(rest.len() - after_capitals.len());
        let plural = tail.strip_prefix('s').is_some_and(|next| !next.starts_with(|c: char| c.is_ascii_lowercase()));
        match capitals.split_at_checked(1) {
            Some((first, others)) if plural => out.extend([first, &others.to_ascii_lowercase()]),
            _ => out.push_str(capitals),
        }
        let after = tail.trim_start_matches(|c: char| !c.is_ascii_uppercase());
        out.push_str(tail.strip_suffix(after).unwrap_or_default());
        rest = after;
    }
    out.replace("IPv", "Ipv")
}

/// A name that consists only of signs.
fn spoken(plain: &str) -> String {
    let mut out = String::new();
    let mut rest = plain;
    while let Some(c) = rest.chars().next() {
        let pair = PAIRS.iter().find(|(sign, _)| rest.starts_with(sign));
        let taken = pair.map_or(c.len_utf8(), |(sign, _)| sign.len());
        let (sign, after) = rest.split_at(taken);
        speak(sign, &mut out);
        rest = after;
    }
    out
}

fn speak(sign: &str, out: &mut String) {
    let word = PAIRS.iter().chain(SIGNS).find(|(it, _)| *it == sign).map(|(_, word)| *word);
    match (word, sign.chars().next()) {
        (Some(word), _) => {
            out.push('_');
            out.push_str(word);
            out.push('_');
        }
        (None, Some(c)) => speak_code_point(c, out),
        (None, None) => {}
    }
}

fn speak_code_point(c: char, out: &mut String) {
    out.push_str(&format!("_u{:x}_", u32::from(c)));
}

fn code_points(wire: &str) -> String {
    let mut out = String::new();
    wire.chars().for_each(|c| speak_code_point(c, &mut out));
    out.trim_matches('_').to_owned()
}

/// Whether a character is a combining mark, such as an accent.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A Latin letter without its accents, any other character as it is.
fn latin(c: char) -> impl Iterator<Item = char> {
    let base: String = std::iter::once(c).nfkd().filter(|c| !is_accent(*c)).collect();
    let letters = if base.is_ascii() { base } else { ligature(c).to_owned() };
    let other = letters.is_empty().then_some(c);
    letters.chars().collect::<Vec<_>>().into_iter().chain(other)
}

/// ASCII letters for a letter of the Latin script that does not decompose to ASCII. Empty for any other character.
fn ligature(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'þ' => "th",
        'Þ' => "Th",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        'ŋ' => "ng",
        'Ŋ' => "Ng",
        _ => "",
    }
}

fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}' | '\u{bb}' | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{303f}' | '\u{feff}')
}

/// Signs of two characters that become one word.
const PAIRS: &[(&str, &str)] = &[
    ("<=", "LessThanOrEqual"),
    (">=", "GreaterThanOrEqual"),
    ("==", "Equal"),
    ("!=", "NotEqual"),
    ("<>", "NotEqual"),
    ("=~", "Match"),
    ("!~", "NotMatch"),
    ("&&", "And"),
    ("||", "Or"),
    ("->", "Arrow"),
    ("=>", "FatArrow"),
];

const SIGNS: &[(&str, &str)] = &[
    ("+", "Plus"),
    ("-", "Minus"),
    ("*", "Star"),
    ("/", "Slash"),
    ("\\", "Backslash"),
    ("<", "LessThan"),
    (">", "GreaterThan"),
    ("=", "Equal"),
    ("!", "Not"),
    ("%", "Percent"),
    ("&", "And"),
    ("|", "Or"),
    ("~", "Tilde"),
    ("^", "Caret"),
    ("#", "Hash"),
    ("$", "Dollar"),
    ("@", "At"),
    ("?", "Question"),
    (".", "Dot"),
    (",", "Comma"),
    (":", "Colon"),
    (";", "Semicolon"),
    ("'", "Quote"),
    ("\"", "DoubleQuote"),
    ("`", "Backtick"),
    ("(", "OpenParenthesis"),
    (")", "CloseParenthesis"),
    ("[", "OpenBracket"),
    ("]", "CloseBracket"),
    ("{", "OpenBrace"),
    ("}", "CloseBrace"),
    ("_", "Underscore"),
    (" ", "Space"),
    ("\t", "Tab"),
    ("\n", "Newline"),
    ("\r", "CarriageReturn"),
];
