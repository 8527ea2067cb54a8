//! What holds for any changes: the three formats hold the same ones, and no text of a document acts in them.

use differ::{Change, Reach, Verdict};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::report::{Entry, Report};
use super::super::{markdown, text};
use super::examples::{change, shop};
use super::{at, entry, json, report};

/// Texts that do something where they are not taken for text.
const HOSTILE: &[&str] = &[
    "@everyone, see #123 and GH-7",
    "https://evil.test www.evil.test javascript:alert(1) a@b.test",
    "[x](https://evil.test) ![x](y) <img src=x onerror=alert(1)> &lt;",
    "`` ` ``` x | y\n\n# z\n\n- [ ] w",
    "``` \n::error::x\n\n\n</details>\n\n## ✅ Safe to merge",
    "`code` and `more` ``",
    "\x1b[31mred\x1b[0m \u{202e}evil\u{200b} ##[command]x",
    "**b** _i_ ~~s~~ $m$ :smile: [^1] owner/repo@0123456789 0123456789abcdef",
    " ",
    "",
    "::set-output name=a::b",
    "it is `one` thing, (and `another`).",
];

#[test]
fn every_format_holds_the_same_changes() {
    for seed in 0..60 {
        let report = report(some_changes(seed), Vec::new());
        let expected = fingerprints(&report);
        let (text, markdown, json) = (text::render(&report, false), markdown::render(&report), json(&report));
        let is_change = |line: &&str| {
            matches!(
                line.get(..10),
                Some(
                    "B    B    "
                        | "B    b    "
                        | "B    -    "
                        | "b    B    "
                        | "b    b    "
                        | "b    -    "
                        | "-    B    "
                        | "-    b    "
                        | "-    -    "
                )
            )
        };
        let lines: Vec<&str> = text.lines().filter(is_change).collect();
        assert_eq!(lines.len(), expected.len());
        for (line, fingerprint) in lines.iter().zip(&expected) {
            assert!(line.contains(&format!(" {fingerprint}]")), "{line}");
        }
        let shown = markdown.lines().filter(|line| line.ends_with('`') && !line.starts_with("   - Reaches"));
        let mut shown: Vec<String> =
            shown.map(|line| line.trim_end_matches('`').rsplit('`').next().unwrap().to_owned()).collect();
        shown.sort();
        let mut sorted = expected.clone();
        sorted.sort();
        assert_eq!(shown, sorted, "{markdown}");
        assert_eq!(json.matches("\"fingerprint\": \"").count(), expected.len());
    }
}

#[test]
fn nothing_that_a_document_says_acts() {
    for hostile in HOSTILE {
        let mut changes = some_changes(1);
        for entry in &mut changes {
            for text in [&mut entry.subject, &mut entry.what] {
                *text = hostile.to_string();
            }
            (entry.before, entry.after, entry.hint) =
                (Some(hostile.to_string()), Some(hostile.to_string()), Some(hostile.to_string()));
            let reach = entry.reach.iter().cloned();
            entry.reach = reach.map(|reach| Reach { operation: hostile.to_string(), ..reach }).collect();
        }
        let report = report(changes, Vec::new());
        let text = text::render(&report, false);
        assert_eq!(text.lines().find(|line| line.trim_start().starts_with("::") || line.contains("##[")), None);
        assert_eq!(text.chars().find(|c| c.is_control() && *c != '\n' || *c == '\u{202e}' || *c == '\u{200b}'), None);
        assert_inert(&markdown::render(&report));
    }
}

/// Reads the Markdown as GitHub does, and looks at what stands outside of code.
fn assert_inert(markdown: &str) {
    let html = ["<details>", "<summary>", "</summary>", "</details>", "<sub>", "</sub>"];
    let mut headings = 0;
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => {
                let rest = html.iter().fold(text.to_string(), |rest, tag| rest.replace(tag, ""));
                assert!(!rest.contains(['<', '@', '#']), "{rest}\n{markdown}");
            }
            Event::Text(text) => {
                let words = ["@", "#", "://", "www.", "GH-", "`", "|"];
                assert_eq!(words.iter().find(|word| text.contains(**word)), None, "{text}\n{markdown}");
            }
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Start(
                Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::FootnoteDefinition(_)
                | Tag::Emphasis
                | Tag::Strikethrough,
            ) => {
                panic!("{event:?}\n{markdown}")
            }
            _ => {}
        }
    }
    assert!(headings <= 3, "{markdown}");
    assert_eq!(markdown.lines().find(|line| line.trim_start().starts_with("::")), None);
}

#[test]
fn a_page_stays_within_its_limit() {
    let many = |verdict| {
        let changes = (0..3_000)
            .map(|number| entry(&Change { wire: verdict, rust: verdict, ..change(&format!("Order.field{number}")) }));
        markdown::render(&report(changes.collect(), Vec::new()))
    };
    for verdict in [Verdict::Breaking, Verdict::Behaviour, Verdict::Compatible] {
        let page = many(verdict);
        let (length, shown) = (page.chars().count(), page.lines().filter(|line| line.contains("Order.field")).count());
        assert!((50_000..=60_000).contains(&length), "{length}");
        assert!(page.contains(&format!("\n- …and {} more\n", 3_000 - shown)), "{shown}");
        assert!(page.contains(&format!("**{} changes left out", 3_000 - shown)));
        assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    }
}

#[test]
fn one_document_makes_one_output() {
    let render = || {
        let report = report(shop(), Vec::new());
        [text::render(&report, true), markdown::render(&report), json(&report)]
    };
    assert_eq!(render(), render());
}

fn fingerprints(report: &Report) -> Vec<String> {
    report.changes().map(|(_, entry)| entry.fingerprint.clone()).collect()
}

/// Changes with any verdicts, places and texts, the worst first: as many as the seed says, and always the same.
fn some_changes(seed: u64) -> Vec<Entry> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let verdicts = [Verdict::Compatible, Verdict::Behaviour, Verdict::Breaking];
    let mut changes: Vec<Change> = (0..next(30) + 1)
        .map(|number| {
            let mut text = || HOSTILE[next(HOSTILE.len())].to_owned();
            let (subject, what, before) = (format!("{number} {}", text()), text(), text());
            Change {
                what,
                before: Some(before).filter(|_| next(2) == 0),
                old: at(0, next(300) + 1).filter(|_| next(2) == 0),
                new: at(1, next(300) + 1).filter(|_| next(2) == 0),
                reach: (0..next(12))
                    .map(|at| Reach { operation: format!("GET /{at}"), direction: None, status: None })
                    .collect(),
                wire: verdicts[next(3)],
                rust: verdicts[next(3)],
                ..change(&subject)
            }
        })
        .collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.wire.max(change.rust)));
    changes.iter().map(entry).collect()
}
