//! Text in; tree, places and messages out.

use serde_json::json;

use super::{LoadError, Location, SourceText, Sources, resolve};
use crate::diagnostics::{Diagnostics, Place, Spot};
use crate::pointer::Pointer;
use crate::report;

fn parse(name: &str, bytes: &[u8]) -> (Sources, String) {
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let read = sources.parse(SourceText { name: name.to_owned(), bytes: bytes.to_vec() }, &mut out);
    assert!(read.is_some() || out.has_errors(), "what is not read has an error");
    let lines: Vec<String> = out.iter().map(|diagnostic| report::line(diagnostic, &sources)).collect();
    (sources, lines.join("\n"))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(parse("x", text.as_bytes()).1, expected);
}

#[track_caller]
fn check_tree(text: &str, expected: serde_json::Value) {
    let (sources, messages) = parse("x", text.as_bytes());
    assert_eq!((messages.as_str(), &*sources.files[0].root), ("", &expected));
}

fn locate(text: &str, pointer: &str) -> (usize, usize, String) {
    let (mut sources, messages) = parse("x", text.as_bytes());
    assert_eq!(messages, "");
    let file = sources.find("x").expect("the file was read");
    let spot = Spot::Value(Pointer::parse(pointer).expect("a pointer"));
    let Location { line, column, span } = sources.locate(&Place { file, spot });
    (line, column, sources.files.remove(0).text[span].to_owned())
}

#[test]
fn json_is_read_as_serde_json_reads_it() {
    let text = r#" {"a": [1, -2, 3.5, 1e3, 18446744073709551615], "b": {"c": null, "d": true, "e": false},
        "f": "\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00", "ä": {}, "g": []} "#;
    check_tree(text, serde_json::from_str(text).expect("JSON"));
}

#[test]
fn faults_of_json() {
    check("{", "x:1:2: error: the document ends where a key in double quotes is due");
    check("{\"a\": 1,\n}", "x:1:8: error: trailing comma");
    check("{\"a\": [1,]}", "x:1:9: error: trailing comma");
    check("{\n // hi\n}", "x:2:2: error: JSON has no comments");
    check("{'a': 1}", "x:1:2: error: JSON takes double quotes, not single ones");
    check("{a: 1}", "x:1:2: error: found `a` where a key in double quotes is due");
    check("{\"a\" 1}", "x:1:6: error: found `1` where `:` is due");
    check("{\"a\": 1 \"b\": 2}", "x:1:9: error: found `\"` where `,` or `}` is due");
    check("{\"a\": NaN}", "x:1:7: error: `NaN` is not a JSON value");
    check("{\"a\": 01}", "x:1:7: error: malformed number");
    check("{\"a\": 1e400}", "x:1:7: error: this number is out of range");
    check("{\"a\": \"b}", "x:1:7: error: this string has no closing quote");
    check("{\"a\": \"b\nc\"}", "x:1:9: error: control character in a string");
    check("{\"a\": \"\\x\"}", "x:1:8: error: unknown escape in a string");
    check("{\"a\": \"\\", "x:1:7: error: this string has no closing quote");
    check("{\"a\": \"\\udc00\"}", "x:1:8: error: `\\udc00` is half of a surrogate pair and no character");
    check("{} {}", "x:1:4: error: found `{` where the end of the document is due");
    check("{\"a\": \u{1b}}", "x:1:7: error: found `\\u{1b}` where a value is due");
    check("[]", "x:1:1: error: the document is an array, not an object");
    check(
        "{\"n\": 18446744073709551617}",
        "x:1:7: warning: this number does not fit 64 bits: read as 1.8446744073709552e+19",
    );
}

#[test]
fn every_duplicate_is_named() {
    check(
        "{\"a\":{\"c\":1},\n \"b\":2,\n \"a\":{\"b\":{},\"b\":1}, \"b\":1}",
        "x:3:2: error: the key `a` is here twice, first at 1:2\n\
         x:3:14: error: the key `b` is here twice, first at 3:7\n\
         x:3:22: error: the key `b` is here twice, first at 2:2",
    );
    check(
        "a: 1\n? a\n: 2\n'b': {c: 1, c: 2}",
        "x:2:3: error: the key `a` is here twice, first at 1:1\nx:4:13: error: the key `c` is here twice, first at 4:7",
    );
}

#[test]
fn yaml_scalars_are_those_of_yaml_1_2() {
    let text = "words: [no, on, yes, y, ~, null, true, False, n]\n\
        numbers: [0o17, 0x1F, -12, 1.5, .5, 1e3, 3.1]\n\
        texts: [1_000, 007, 2024-01-01, 12:30, 1.2.3, 34e5408, '5', \"true\", !!str 5, ! 6, ---]\n\
        tagged: [!!int \"5\", !!float 1, !!null '']\n\
        empty:\n";
    check_tree(
        text,
        json!({
            "words": ["no", "on", "yes", "y", null, null, true, false, "n"],
            "numbers": [15, 31, -12, 1.5, 0.5, 1000.0, 3.1],
            "texts": ["1_000", "007", "2024-01-01", "12:30", "1.2.3", "34e5408", "5", "true", "5", "6", "---"],
            "tagged": [5, 1, null],
            "empty": null,
        }),
    );
}

#[test]
fn yaml_keys_aliases_and_merges() {
    let text = "base: &base {a: 1, b: [x]}\nname: &name deep\n200: ok\ntrue: yes\n*name : 5\n\
        one: *base\ntwo: {b: 2, <<: *base}\nthree: {<<: [{c: 3}, *base]}\nfour:\n  !!merge <<: *base\nnull: {Null: 1}\n";
    check_tree(
        text,
        json!({
            "base": {"a": 1, "b": ["x"]}, "name": "deep", "200": "ok", "true": "yes", "deep": 5,
            "one": {"a": 1, "b": ["x"]}, "two": {"b": 2, "a": 1}, "three": {"c": 3, "a": 1, "b": ["x"]},
            "four": {"a": 1, "b": ["x"]}, "null": {"Null": 1},
        }),
    );
    assert_eq!(locate(text, "/two/a"), (1, 17, "1".to_owned()));
    assert_eq!(locate(text, "/one"), (6, 1, "one".to_owned()));
}

#[test]
fn faults_of_yaml() {
    check("", "x:1:1: error: the document is empty");
    check("# nothing\n", "x:1:1: error: the document is empty");
    check("hello", "x:1:1: error: the document is a string, not an object");
    check("a: 1\n---\nb: 2", "x:2:1: error: a second document begins here");
    check(
        "a: !inc b\nc: !!binary d",
        "x:1:4: error: the tag `!inc` is not supported\nx:2:4: error: the tag `!!binary` is not supported",
    );
    check(
        "a: [.nan, -.inf]",
        "x:1:5: error: `.nan` is not a number that JSON knows\nx:1:11: error: `-.inf` is not a number that JSON knows",
    );
    check("[a]: 1", "x:1:2: error: found `a` where a value is due");
    check("x:\n  [a]: 1", "x:2:3: error: a key must be a string");
    check("~: 1", "x:1:1: error: a key must be a string");
    check("a: &a [*a]", "x:1:8: error: the alias `*a` lies inside what it repeats");
    check("a: *b", "x:1:4: error: this alias has no anchor");
    check("a: {<<: 5}", "x:1:5: error: the merge key `<<` takes mappings");
    check("a: b: c", "x:1:5: error: `:` cannot stand here");
    check("a:\n\tb: 1", "x:2:2: error: a tab cannot indent");
    check("a: \"b", "x:1:4: error: this string has no closing quote");
    check("a: 1\u{0}", "x:1:5: error: a control character cannot stand here");
}

#[test]
fn brackets_and_quotes_are_continued_in_any_column() {
    let text = "a:\n  b: [\n  'c', # it's\n'd'\n  ]\n  e: {\n  \"f\": 1\n\n}\ng: \"h\ni\"\nj:\n- 'it''s\nk'\n\
        l: |\n  'm [\nn: plain\n 'text [\no: [\r\n'é'\r\n]\np: 1\n";
    check_tree(
        text,
        json!({
            "a": {"b": ["c", "d"], "e": {"f": 1}}, "g": "h i", "j": ["it's k"], "l": "'m [\n",
            "n": "plain 'text [", "o": ["é"], "p": 1,
        }),
    );
    assert_eq!(locate(text, "/a/b/1"), (4, 1, "'d'".to_owned()));
    assert_eq!(locate(text, "/o/0"), (20, 1, "'é'".to_owned()));
    assert_eq!(locate(text, "/p"), (22, 4, "1".to_owned()));
    check("a: [\n'b'\n]\nc: d: e", "x:4:5: error: `:` cannot stand here");
    check("a: [\n'b'\nc: d\n", "x:1:4: error: this `[` is not closed up to line 2");
    check("a: 'b\n---\nc: d'\n", "x:1:4: error: this string has no closing quote before the document ends");
}

#[test]
fn a_key_in_a_column_of_its_own_is_told_with_those_beside_it() {
    let message =
        |place, key, column, others| format!("x:{place}: error: `{key}` begins in column {column}, but {others}");
    let one = |text, place, key, column, others| check(text, &message(place, key, column, others));
    one("a:\n  b: 1\n   c: 2\n", "3:4", "c", 4, "`b` on line 2 in column 3");
    one("a:\n  b: '1'\n   c: 2\n", "3:4", "c", 4, "`b` on line 2 in column 3");
    one("a:\n  b: {d: 1}\n   'c': 2\n", "3:4", "c", 4, "`b` on line 2 in column 3");
    one("a:\n  b: 1\n c: 2\n", "3:2", "c", 2, "`a` on line 1 in column 1 and `b` on line 2 in column 3");
    one("a:\n   b: 1\n\n  # e\n  c: 2\n", "5:3", "c", 3, "`b` on line 2 in column 4");
    one(" a: 1\nb: 2\n", "2:1", "b", 1, "`a` on line 1 in column 2");
    one("a:\n  - b: 1\n    c: |\n      x: y\n   d: 1\n", "5:4", "d", 4, "`c` on line 3 in column 5");
    one("a:\n  - b: 1\n - c: 1\n", "3:2", "-", 2, "`-` on line 2 in column 3");
    check("a:\n  b: c: d", "x:2:7: error: `:` cannot stand here");
}

#[test]
fn numbers_beyond_all_bounds() {
    let digits = "9".repeat(100_000);
    check(&format!("a: {digits}"), "x:1:4: error: this number is out of range");
    check(&format!("{{\"a\": {digits}}}"), "x:1:7: error: this number is out of range");
}

#[test]
fn aliases_cannot_explode() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
    }
    check(&text, "x:5:45: error: the aliases up to `*a3` make 101218 values of the 21 that are written");
}

#[test]
fn depth_is_bounded() {
    let nested = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    check(&nested("{\"a\":", "}", 512), "");
    check(&nested("{\"a\":", "}", 50_000), "x:1:2561: error: values are nested deeper than 512 levels");
    let deep = format!("a: {}", nested("[", "]", 50_000));
    check(&deep, "x:1:259: error: flow collections are nested deeper than 255 levels");
    let block: String = (0..600).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    check(&block, "x:513:513: error: values are nested deeper than 512 levels");
    let around = |inner: &str| format!("{}{inner}{}", "[".repeat(200), "]".repeat(200));
    let aliased = format!("a: &a {}\nb: &b {}\nc: {}\n", around("x"), around("*a"), around("*b"));
    check(&aliased, "x:3:204: error: values are nested deeper than 512 levels");
}

#[test]
fn encodings() {
    assert_eq!(parse("x", b"\xEF\xBB\xBF{}").1, "");
    assert_eq!(parse("x", b"\xFF\xFE{\0}\0").1, "x:1:1: error: the file is UTF-16");
    assert_eq!(parse("x", b"\0{\0}").1, "x:1:1: error: the file is UTF-16");
    assert_eq!(parse("x", b"a: 1\nb: caf\xE9").1, "x:2:7: error: byte 12 of the file is no UTF-8");
}

#[test]
fn content_decides_on_the_format() {
    assert_eq!(parse("x.json", b"a: 1").1, "");
    assert_eq!(parse("x.yaml", b"{\"a\": 1}").1, "");
    assert_eq!(parse("x.yaml", b"{a: 1, b: [c,]} # flow").1, "");
    assert_eq!(parse("x.json", b"{a: 1}").1, "x.json:1:2: error: found `a` where a key in double quotes is due");
}

#[test]
fn places() {
    let json = "{\n  \"ä\": {\"é b\": [1, {\"c\": 2}]},\n  \"d\": \"e\"\n}";
    assert_eq!(locate(json, "/ä/é b"), (2, 9, "\"é b\"".to_owned()));
    assert_eq!(locate(json, "/ä/é b/0"), (2, 17, "1".to_owned()));
    assert_eq!(locate(json, "/ä/é b/1/c"), (2, 26, "2".to_owned()));
    assert_eq!(locate(json, "/d/no/such"), (3, 8, "\"e\"".to_owned()));
    assert_eq!(locate(json, ""), (1, 1, "{".to_owned()));
    let yaml = "# ü\nä:\n  - é: 1\n    f g: |\n      text\n  - {h: 2}\n";
    assert_eq!(locate(yaml, "/ä"), (2, 1, "ä".to_owned()));
    assert_eq!(locate(yaml, "/ä/0/f g"), (4, 5, "f g".to_owned()));
    assert_eq!(locate(yaml, "/ä/1"), (6, 5, "{".to_owned()));
    assert_eq!(locate(yaml, "/ä/1/h"), (6, 9, "2".to_owned()));
}

#[test]
fn other_files_stay_inside_the_folder() {
    let check = |from: &str, reference: &str, expected: Result<&str, LoadError>| {
        assert_eq!(resolve(from, reference), expected.map(str::to_owned), "{reference}");
    };
    check("openapi.yaml", "common.yaml", Ok("common.yaml"));
    check("a/b/c.yaml", "../d/./e%20f.yaml", Ok("a/d/e f.yaml"));
    check("openapi.yaml", "../secret", Err(LoadError::Outside));
    check("a/b.yaml", "..%2F..%2Fsecret", Err(LoadError::Outside));
    check("openapi.yaml", "/etc/passwd", Err(LoadError::Absolute));
    check("openapi.yaml", "C:/x", Err(LoadError::Absolute));
    check("openapi.yaml", "file:///etc/passwd", Err(LoadError::Absolute));
    check("openapi.yaml", "https://example.com/x.yaml", Err(LoadError::Remote));
    check("openapi.yaml", "//example.com/x.yaml", Err(LoadError::Remote));
    check("openapi.yaml", "..\\secret", Err(LoadError::Malformed));
    check("openapi.yaml", "", Err(LoadError::Malformed));
    check("openapi.yaml", "%zz", Err(LoadError::Malformed));
}
