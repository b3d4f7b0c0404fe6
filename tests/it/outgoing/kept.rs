//! What has been read before is asked for again, and not sent again unless it has changed.

use super::peer::{Act, Peer};
use super::{by, get, outgoing, settings, told};

/// Whether the request asks for what is not this version.
fn asks_for_other_than(head: &str, version: usize) -> bool {
    head.contains(&format!("if-none-match: \"v{version}\"\r\n"))
}

/// A server whose document gets another version with each request in `changes`.
async fn versioned(changes: &'static [usize]) -> Peer {
    Peer::new(move |number, head| {
        let version = changes.iter().filter(|change| **change <= number).count();
        let tag = format!("etag: \"v{version}\"");
        let limit = format!("x-ratelimit-remaining: {}", 100 - number);
        if asks_for_other_than(head, version) {
            return Act::says(
                format!("HTTP/1.1 304 Not Modified\r\n{tag}\r\n{limit}\r\n\r\n"),
                super::peer::Then::Next,
            );
        }
        let body = format!("the document, version {version}");
        Act::answer("200 OK", &[&tag, &limit, "content-type: a/b"], &body)
    })
    .await
}

#[tokio::test]
async fn the_second_read_of_the_same_costs_one_304_and_no_body() {
    let (peer, outgoing) = (versioned(&[]).await, outgoing(&settings()));
    let first = outgoing.send(by("ada", get(&peer.url("/")))).await.unwrap();
    let second = outgoing.send(by("ada", get(&peer.url("/")))).await.unwrap();
    assert_eq!(peer.requests(), 2);
    assert!(!peer.seen().heads[0].contains("if-none-match"));
    assert!(asks_for_other_than(&peer.seen().heads[1], 0));
    assert_eq!((second.status, &second.body), (first.status, &first.body));
    assert_eq!(second.headers["content-type"], "a/b");
    assert_eq!(second.headers["etag"], "\"v0\"");
    assert_eq!(second.headers["x-ratelimit-remaining"], "99", "that of now");
}

#[tokio::test]
async fn what_has_changed_is_read_anew_and_kept_instead() {
    let (peer, outgoing) = (versioned(&[1]).await, outgoing(&settings()));
    for expected in [0, 1, 1] {
        let answer = outgoing.send(by("ada", get(&peer.url("/")))).await;
        let body = format!("the document, version {expected}");
        assert_eq!(told(answer), (200, body));
    }
    assert!(asks_for_other_than(&peer.seen().heads[1], 0));
    assert!(asks_for_other_than(&peer.seen().heads[2], 1));
}

#[tokio::test]
async fn nobody_gets_what_was_kept_for_somebody_else() {
    let peer = Peer::new(|_, head| match head {
        head if !head.contains("bearer ada") => Act::answer("404 Not Found", &[], "none"),
        head if head.contains("if-none-match") => Act::answer("304 Not Modified", &[], ""),
        _ => Act::answer("200 OK", &["etag: \"1\""], "Ada's"),
    })
    .await;
    let outgoing = outgoing(&settings());
    let url = peer.url("/");
    for _ in 0..2 {
        assert_eq!(told(outgoing.send(by("ada", get(&url))).await).1, "Ada's");
        assert_eq!(
            told(outgoing.send(by("eve", get(&url))).await),
            (404, "none".into())
        );
        assert_eq!(told(outgoing.send(get(&url)).await), (404, "none".into()));
    }
    let heads = peer.seen().heads;
    let conditional: Vec<bool> = heads.iter().map(|head| head.contains("if-none")).collect();
    assert_eq!(conditional, [false, false, false, true, false, false]);
}

#[tokio::test]
async fn who_may_not_read_any_more_gets_nothing_that_was_kept() {
    for status in ["401 Who", "403 No", "404 None", "500 Bug"] {
        let peer = Peer::new(move |number, _| match number {
            0 => Act::answer("200 OK", &["etag: \"1\""], "secret plans"),
            _ => Act::answer(status, &[], "no"),
        })
        .await;
        let outgoing = outgoing(&settings());
        let call = || outgoing.send(by("ada", get(&peer.url("/"))));
        assert_eq!(told(call().await).1, "secret plans");
        assert_eq!(told(call().await).1, "no");
    }
}

#[tokio::test]
async fn what_the_server_forbids_to_keep_is_not_kept() {
    let headers = &["etag: \"1\"", "cache-control: private, no-store"];
    let peer = Peer::answering("200 OK", headers).await;
    let outgoing = outgoing(&settings());
    for _ in 0..2 {
        assert_eq!(
            told(outgoing.send(by("ada", get(&peer.url("/")))).await).0,
            200
        );
    }
    assert!(!peer.seen().heads[1].contains("if-none-match"));
}

#[tokio::test]
async fn another_form_of_the_same_is_not_the_same() {
    let (peer, outgoing) = (versioned(&[]).await, outgoing(&settings()));
    for accept in ["application/json", "text/html"] {
        let mut call = by("ada", get(&peer.url("/")));
        call.headers.insert("accept", accept.parse().unwrap());
        assert_eq!(told(outgoing.send(call).await).0, 200);
    }
    assert!(
        peer.seen()
            .heads
            .iter()
            .all(|head| !head.contains("if-none-match"))
    );
}

#[tokio::test]
async fn a_caller_with_a_condition_of_its_own_is_told_what_the_server_says() {
    let (peer, outgoing) = (versioned(&[]).await, outgoing(&settings()));
    assert_eq!(told(outgoing.send(get(&peer.url("/"))).await).0, 200);
    let mut call = get(&peer.url("/"));
    call.headers
        .insert("if-none-match", "\"v0\"".parse().unwrap());
    assert_eq!(told(outgoing.send(call).await), (304, String::new()));
}
