//! Bodies of type `multipart/form-data` (4.8.15.1.3), taken apart at their boundary (RFC 2046, 5.1.1).

use tests::runtime::File;
use tests::styles::Upload;

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
    let (server, client) = silent(1).await;
    client.send_multipart(upload).send().await.unwrap();
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
            expected(&[&file("scans", "scans"), "Content-Type: application/octet-stream"], "II"),
            expected(&[&disposition("data"), "Content-Type: application/json"], r#""text""#),
        ]
    );
}
