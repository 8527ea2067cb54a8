//! Block quotes as people write them: no blank before the first `>`, and no empty line that opens the quote.

/// The lines with their outermost quotes tidied. Code may hold lines that look like a quote, so fences are left alone.
pub fn tidy(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut fence: Option<String> = None;
    for line in lines {
        let ticks: String = line.chars().take_while(|&c| c == '`').collect();
        let opens = fence.is_none() && ticks.len() >= 3;
        let closes = fence.as_ref() == Some(&line);
        let line = match line.strip_prefix(" >") {
            Some(quoted) if fence.is_none() => format!(">{quoted}"),
            _ => line,
        };
        let opens_quote = line == ">" && fence.is_none() && out.last().is_none_or(String::is_empty);
        if opens {
            fence = Some(ticks);
        } else if closes {
            fence = None;
        }
        if !opens_quote {
            out.push(line);
        }
    }
    out
}
