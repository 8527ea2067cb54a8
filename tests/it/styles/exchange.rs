//! What every request has, whatever the operation: its length, and the client's name.

use super::silent;

/// RFC 9110, 8.6: a server may refuse a request of these methods that does not say that nothing follows.
#[tokio::test]
async fn a_request_without_content_says_so() {
    let (server, client) = silent(3).await;
    let _ = client.create_item().send().await;
    let _ = client.replace_item().send().await;
    client.read_bare().send().await.unwrap();
    let lengths: Vec<Option<String>> =
        server.take().into_iter().map(|request| request.header("content-length")).collect();
    assert_eq!(lengths, [Some("0".to_owned()), Some("0".to_owned()), None]);
}

#[tokio::test]
async fn a_client_says_who_it_is() {
    let (server, client) = silent(3).await;
    client.read_bare().send().await.unwrap();
    client.clone().with_user_agent("mine/1.0 (test)").read_bare().send().await.unwrap();
    client.clone().with_user_agent("").read_bare().send().await.unwrap();
    let expected = [Some("tests/0.0.0".to_owned()), Some("mine/1.0 (test)".to_owned()), None];
    assert_eq!(server.agents(), expected);
    let error = client.with_user_agent("a\nb").read_bare().send().await.unwrap_err();
    assert_eq!(error.to_string(), "header `User-Agent` has a character that a header cannot hold");
}
