//! Bodies of type `multipart/form-data` (4.8.15.1.3), taken apart at their boundary (RFC 2046, 5.1.1).

use std::collections::BTreeMap;

use tests::runtime::{Call, File, Operation};
use tests::styles::{ByFile, ByUrl, Client, EitherForm, SendDescribedBody, SendFilesBody, Upload};

use super::{rgb, silent};

/// The headers of a part, as they stand, and its bytes.
type Part = (Vec<String>, Vec<u8>);

/// The parts of a body. Panics where it is not made as RFC 2046 says.
fn parts(media_type: &str, body: &[u8]) -> Vec<Part> {
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").expect("there is a boundary");
    let body = body.strip_prefix(format!("--{boundary}\r\n").as_bytes()).expect("it begins with the boundary");
    let body = body.strip_suffix(format!("\r\n--{boundary}--\r\n").as_bytes()).expect("it ends with the boundary");
    split(body, format!("\r\n--{boundary}\r\n").as_bytes()).into_iter().map(part).collect()
}

fn part(part: &[u8]) -> Part {
    let end = find(part, b"\r\n\r\n").expect("an empty line ends the headers");
    let headers = std::str::from_utf8(&part[..end]).expect("headers are text");
    (headers.split("\r\n").map(str::to_owned).collect(), part[end + 4..].to_vec())
}

fn split<'b>(mut bytes: &'b [u8], separator: &[u8]) -> Vec<&'b [u8]> {
    let mut pieces = Vec::new();
    while let Some(at) = find(bytes, separator) {
        pieces.push(&bytes[..at]);
        bytes = &bytes[at + separator.len()..];
    }
    pieces.push(bytes);
    pieces
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

async fn sent(upload: Upload) -> Vec<Part> {
    sent_by(|client| client.send_multipart(upload)).await
}

async fn sent_by<O: Operation<Output = (), Error = ()>>(call: impl FnOnce(&Client) -> Call<O>) -> Vec<Part> {
    let (server, client) = silent(1).await;
    call(&client).send().await.unwrap();
    let [request] = server.take().try_into().expect("there is one request");
    let media_type = request.headers.iter().find(|(name, _)| name == "content-type").expect("there is a media type");
    parts(&media_type.1, &request.body)
}

fn expected(headers: &[&str], bytes: impl AsRef<[u8]>) -> Part {
    (headers.iter().map(|header| (*header).to_owned()).collect(), bytes.as_ref().to_vec())
}

#[tokio::test]
async fn only_what_is_set_is_sent() {
    let cover = b"\x89PNG\r\n\r\n--form-\0".to_vec();
    assert_eq!(
        sent(Upload::new(cover.clone(), "A title, ünïcode")).await,
        [
            expected(&[r#"Content-Disposition: form-data; name="title""#], "A title, ünïcode"),
            expected(
                &[r#"Content-Disposition: form-data; name="cover"; filename="cover""#, "Content-Type: image/png"],
                cover
            ),
        ]
    );
}

/// 4.8.15.1.1: an object is a part of JSON, whatever its encoding says; an array is a part for each element, unless its encoding
/// says that the whole of it is JSON; the media type of a part is that of its encoding. What has a media type and no type is a
/// file (4.8.14.2).
#[tokio::test]
async fn every_kind_of_part() {
    let words = || vec!["one".to_owned(), "two".to_owned()];
    let cover = File::new(b"jpeg".to_vec()).with_name("my \"cover\".jpg").with_content_type("image/jpeg");
    let pages = vec![File::new(b"1".to_vec()).with_name("1.txt"), File::new(b"".to_vec())];
    let upload =
        Upload::new(cover, "").abstract_("*short*").count(2).color(rgb()).words(words()).tags(words()).pages(pages);
    let upload = upload.raw(b"PK".to_vec()).scans(vec![File::new(b"II".to_vec())]).data(serde_json::json!("text"));
    let upload = upload.shade(rgb()).shades(vec![rgb()]);
    let disposition = |name: &str| format!("Content-Disposition: form-data; name=\"{name}\"");
    let file = |name: &str, file: &str| format!("{}; filename=\"{file}\"", disposition(name));
    assert_eq!(
        sent(upload).await,
        [
            expected(&[&disposition("title")], ""),
            expected(&[&disposition("abstract"), "Content-Type: text/markdown"], "*short*"),
            expected(&[&disposition("count")], "2"),
            expected(&[&disposition("color"), "Content-Type: application/json"], r#"{"R":100,"G":200,"B":150}"#),
            expected(&[&disposition("words")], "one"),
            expected(&[&disposition("words")], "two"),
            expected(&[&disposition("tags"), "Content-Type: application/json"], r#"["one","two"]"#),
            expected(&[&file("cover", "my %22cover%22.jpg"), "Content-Type: image/jpeg"], "jpeg"),
            expected(&[&file("pages", "1.txt"), "Content-Type: application/octet-stream"], "1"),
            expected(&[&file("pages", "pages"), "Content-Type: application/octet-stream"], ""),
            expected(&[&file("raw", "raw"), "Content-Type: application/zip"], "PK"),
            expected(&[&file("scans", "scans"), "Content-Type: image/tiff"], "II"),
            expected(&[&disposition("data"), "Content-Type: application/json"], r#""text""#),
            expected(&[&disposition("shade"), "Content-Type: application/json"], r#"{"R":100,"G":200,"B":150}"#),
            expected(&[&disposition("shades"), "Content-Type: application/json"], r#"{"R":100,"G":200,"B":150}"#),
        ]
    );
}

/// Without an encoding, the media type of a part is what its schema says of it (4.8.15.1.1). A text that holds JSON stays text.
#[tokio::test]
async fn a_schema_says_what_its_part_is() {
    let body = SendDescribedBody::new().untyped("1").typed("2").listed(vec!["3".into(), "4".into()]).other("5");
    let body = body.encoded(b"six".to_vec()).both(b"seven".to_vec()).table("a,b").json("[1]").word("w");
    let disposition = |name: &str| format!("Content-Disposition: form-data; name=\"{name}\"");
    let file = |name: &str, bytes: &str, media_type: &str| {
        expected(&[&format!("{}; filename=\"{name}\"", disposition(name)), media_type], bytes)
    };
    let png = "Content-Type: image/png";
    assert_eq!(
        sent_by(|client| client.send_described(body)).await,
        [
            file("untyped", "1", png),
            file("typed", "2", png),
            file("listed", "3", png),
            file("listed", "4", png),
            expected(&[&disposition("encoded"), "Content-Type: application/octet-stream"], "c2l4"),
            expected(&[&disposition("both"), png], "c2V2ZW4="),
            expected(&[&disposition("table"), "Content-Type: text/csv"], "a,b"),
            expected(&[&disposition("json")], "[1]"),
            expected(&[&disposition("word")], "w"),
            file("other", "5", "Content-Type: image/gif"),
        ]
    );
}

/// A file is a part of its own wherever it stands in a form: in a union, in a list of that, among further members. A media type may
/// have parameters.
#[tokio::test]
async fn a_file_in_a_union_is_a_file() {
    let file = |name: &str| File::new(vec![0xff, 0]).with_name(name);
    let part = |name: &str, file: &str, media_type: &str| {
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"");
        expected(&[&disposition, &format!("Content-Type: {media_type}")], [0xff, 0])
    };
    let (csv, bytes) = ("text/csv; separator=\",\"; header=present", "application/octet-stream");
    let one = SendFilesBody::new(file("a")).either(file("b")).rows(vec![1, 2]);
    let json = "Content-Type: application/json; charset=utf-8";
    let rows = expected(&["Content-Disposition: form-data; name=\"rows\"", json], "[1,2]");
    assert_eq!(
        sent_by(|client| client.send_files(one)).await,
        [part("file", "a", csv), part("either", "b", bytes), rows]
    );
    let mut several = SendFilesBody::new(vec![file("a"), file("b")]).either("text");
    several.additional.insert("more".to_owned(), file("c"));
    let text = expected(&["Content-Disposition: form-data; name=\"either\""], "text");
    assert_eq!(
        sent_by(|client| client.send_files(several)).await,
        [part("file", "a", csv), part("file", "b", csv), text, part("more", "c", bytes)]
    );
    let map = BTreeMap::from([("x".to_owned(), file("x.bin")), ("y".to_owned(), File::new(vec![0xff, 0]))]);
    let parts = [part("x", "x.bin", bytes), part("y", "y", bytes)];
    assert_eq!(sent_by(|client| client.send_file_map(map)).await, parts);
}

/// A form that is one of several objects has the tag that tells which.
#[tokio::test]
async fn a_form_may_be_one_of_several() {
    let kind = |kind: &str| expected(&["Content-Disposition: form-data; name=\"kind\""], kind);
    let headers =
        ["Content-Disposition: form-data; name=\"file\"; filename=\"file\"", "Content-Type: application/octet-stream"];
    let by_file = EitherForm::from(ByFile::new(b"bytes".to_vec()));
    assert_eq!(sent_by(|client| client.send_either_form(by_file)).await, [kind("file"), expected(&headers, "bytes")]);
    let url = expected(&["Content-Disposition: form-data; name=\"url\""], "https://example.com/");
    let by_url = ByUrl::new("https://example.com/");
    assert_eq!(sent_by(|client| client.send_either_form(by_url)).await, [kind("url"), url]);
}
