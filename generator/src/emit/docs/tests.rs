//! Markdown that would mislead rustdoc.

use super::*;
use crate::random::Random;

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    let lines = rustdoc(markdown);
    assert_eq!(lines, expected);
    assert_eq!(rustdoc(&lines.join("\n")), expected, "its own output is as tame");
}

#[test]
fn no_code_is_a_test() {
    check("a\n\n    panic!()  \n", &["a", "", "```text", "panic!()", "```"]);
    check("~~~rust,should_panic\npanic!()", &["```text", "panic!()", "```"]);
    check("~~~\n````\n\tx", &["`````text", "````", "    x", "`````"]);
    check("- a\n\n      f()", &["- a", "", "  ```text", "  f()", "  ```"]);
    check("> ```rust\n> f()", &["> ```text", "> f()", "> ```"]);
}

#[test]
fn links_leave_the_crate_or_are_text() {
    check("[Vec] [`Vec`][] [a](b \"t\")", &[r#"\[Vec\] \[`Vec`\]\[\] \[a\](b "t")"#]);
    check("[a](javascript:f()) ![i](x.png)", &[r"\[a\](javascript:f()) !\[i\](x.png)"]);
    check("[a](https://b.c/d) [e](#f)", &["[a](https://b.c/d) [e](#f)"]);
    check("[a]\n\n[a]: https://b.c", &["[a](https://b.c)"]);
    check("[default]: 5", &[r"\[default\]: 5"]);
}

#[test]
fn addresses_become_links() {
    check("see https://a.bc/d_e. (http://f.gh)", &["see <https://a.bc/d_e>. (<http://f.gh>)"]);
    check("https://{host}/v1, `https://a.bc`", &["`https://{host}/v1`, `https://a.bc`"]);
}

#[test]
fn html_is_shown() {
    check("a <b>c</b> Vec<T><br>d", &[r"a \<b>c\</b> Vec\<T>\", "d"]);
    check("<script>\nf()\n</script>", &[r"\<script>", "f()", r"\</script>"]);
    check("- a\n  <p>b\n- c", &["- a", r"  \<p>b", "- c"]);
    check("- <!-- a\n\nb", &[r"- \<!-- a", "", "b"]);
    check("|a|\n|-|\n|b<br>c|", &["|a|", "|-|", "|b c|"]);
}

#[test]
fn characters_are_what_they_seem() {
    check("a\u{202e}b\u{200b}c\u{0}d\u{2028}e", &[r"a\u{202e}bc\u{0}d e"]);
    check("a&#x202e;b&#10;c\rd", &[r"a\u{202e}b c", "d"]);
    check("# a&nbsp;\n\u{3000}b\u{a0}\nc", &["# a", "", "b", "c"]);
    check("`*/`\u{feff}", &["`*/`"]);
}

#[test]
fn paragraphs_are_wrapped_and_blank_lines_dropped() {
    let long = "word ".repeat(30);
    let line = |words: usize| "word ".repeat(words).trim_end().to_owned();
    check(&long, &[&line(20), &line(10)]);
    check("\n\na  \n\n\n\nb\nc\n\n", &["a", "", "b", "c"]);
    check("", &[]);
    check(" \n\u{feff}\n", &[]);
}

#[test]
fn what_nests_too_deep_is_shown_as_it_is() {
    let text = format!("{}x", "> ".repeat(10_000));
    check(&text, &["```text", &text, "```"]);
}

#[test]
fn summaries_are_one_sentence() {
    let table = [
        ("List pets", "List pets."),
        ("List pets, e.g. dogs. And more", "List pets, e.g. dogs."),
        ("# Title\n\ntext", "Title."),
        ("Gets *all\nthe [pets]. Yes*", r"Gets *all the \[pets\].*"),
        ("The fields:\n\n- a", "The fields."),
        ("Uses v1.2 of `x`", "Uses v1.2 of `x`."),
        ("One line.\nAnother", "One line."),
        ("One *line*.\nAnother", "One *line*."),
        ("```\ncode\n```", ""),
        (" ", ""),
    ];
    for (markdown, expected) in table {
        assert_eq!(summary(markdown), expected, "{markdown:?}");
    }
}

#[test]
fn plain_text_is_the_same_on_both_paths() {
    const PIECES: &[&str] = &[
        "word",
        "A",
        "e.g.",
        "end.",
        "50%",
        "(see",
        "it)",
        "why?",
        "a:",
        "b,",
        "`code`",
        "(`a_b`),",
        "`x.y`:",
        "`A.`",
        "`\"auto\"`",
        "(`-1`)",
        "`{a_b}`.",
        "`<b>`",
        "`a|\\`",
        "`&amp;`",
        "`[ a ]`",
        "`a  b`,",
        "`a",
        "25)",
        "a_b_1,",
        "a__b",
        "(_a",
        "a=b",
        "",
        "1.",
        "-",
        "\n",
        "\n\n",
        "\n\n\n",
        "andaverylongwordthatfillsmuchofaline",
    ];
    let mut random = Random(11);
    let mut plain = 0;
    for _ in 0..5_000 {
        let words: Vec<&str> = (0..random.below(40)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        let text = words.join(" ").replace(" \n", "\n").replace("\n ", "\n");
        let Some(lines) = plain::lines(&text, wrap::WIDTH) else { continue };
        plain += 1;
        assert_eq!(lines, tidy(prose(&text).unwrap()), "{text:?}");
        let events = sentence::first(tame::events(&text).unwrap());
        let lines = plain::lines(&text, usize::MAX).unwrap();
        assert_eq!(sentence::of_plain(&lines), spell(&events).unwrap().join(" "), "{text:?}");
    }
    assert!(plain > 500, "{plain} of the texts are plain");
}

/// Texts of Markdown's own characters.
#[test]
fn any_text_is_tamed() {
    const PIECES: &[&str] = &[
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "~~",
        "\n",
        "\n\n",
        "    ",
        "  ",
        " ",
        "- ",
        "1. ",
        "> ",
        "#",
        "[",
        "](",
        ")",
        "]: ",
        "!",
        "<",
        ">",
        "<br>",
        "<!--",
        "-->",
        "|",
        "|-|-|\n",
        "\\",
        "&amp;",
        "&#32;",
        "&#10;",
        "http://a.bc",
        "a",
        "b",
        "==",
        "---",
        ":",
        "[^1]",
        "[ ] ",
        "\t",
        "\r",
        "\u{202e}",
        "é",
        "\u{a0}",
    ];
    let mut random = Random(7);
    let mut next = |limit: usize| random.below(limit);
    for _ in 0..5_000 {
        let text: String = (0..next(30)).map(|_| PIECES[next(PIECES.len())]).collect();
        let markdown = rustdoc(&text).join("\n");
        let mut fences = 0i32;
        for event in Parser::new_ext(&format!("{markdown}\n\nend"), DIALECT) {
            match event {
                Event::Html(_) | Event::InlineHtml(_) => panic!("{text:?} gives HTML in {markdown:?}"),
                Event::Start(Tag::CodeBlock(kind)) => {
                    assert_eq!(kind, pulldown_cmark::CodeBlockKind::Fenced("text".into()), "{text:?}");
                    fences += 1;
                }
                Event::End(TagEnd::CodeBlock) => fences -= 1,
                Event::Text(text) if &*text == "end" => assert_eq!(fences, 0, "{text:?} leaves a fence open"),
                _ => {}
            }
        }
        assert!(!summary(&text).contains('\n'));
    }
}
