//! Each way in which no answer comes is told as what it is.

use std::time::Duration;

use tokio::net::TcpListener;
use wyvern::config::OutgoingSettings;

use super::peer::{Act, Peer, Then};
use super::{SOON, failure, get, outgoing, post, settings, told};

const LONG: Duration = Duration::from_secs(20);
const NO_WHOLE_ANSWER: (&str, &str) = ("lost", "No whole answer came from peer.");

/// What is told of a change when the server says this and then does that.
async fn of_a_server_that(
    says: &'static [u8],
    then: fn() -> Then,
    timeout: Duration,
) -> (&'static str, String) {
    let peer = Peer::new(move |_, _| Act::says(says, then())).await;
    let settings = OutgoingSettings {
        timeout,
        ..settings()
    };
    let result = outgoing(&settings).send(post(&peer.url("/"))).await;
    assert!(peer.requests() <= 1, "a change is sent once");
    failure(result, &peer.host)
}

/// What the server says, and what it does then.
type Case = (&'static [u8], fn() -> Then);

fn owned((kind, reason): (&'static str, &str)) -> (&'static str, String) {
    (kind, reason.to_owned())
}

#[tokio::test]
async fn a_server_that_is_not_there_was_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let result = outgoing(&settings())
        .send(post(&format!("http://{host}/")))
        .await;
    let expected = ("not sent", "peer could not be reached.");
    assert_eq!(failure(result, &host), owned(expected));
}

#[tokio::test]
async fn a_name_that_nobody_has_was_sent_nothing() {
    // A part of a name has 63 letters at most: nobody is asked about this one.
    let host = format!("{}.example.com", "a".repeat(64));
    let result = outgoing(&settings())
        .send(post(&format!("https://{host}/")))
        .await;
    let expected = ("not sent", "peer could not be reached.");
    assert_eq!(failure(result, &host), owned(expected));
}

#[tokio::test]
async fn a_server_that_never_finishes_connecting_was_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let hasty = OutgoingSettings {
        connect_timeout: SOON,
        ..settings()
    };
    let result = outgoing(&hasty)
        .send(post(&format!("https://{host}/")))
        .await;
    let expected = ("not sent", "peer did not accept a connection in time.");
    assert_eq!(failure(result, &host), owned(expected));
}

#[tokio::test]
async fn a_failure_to_connect_is_told_even_when_the_time_for_another_try_is_over() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    drop(listener);
    let hasty = OutgoingSettings {
        timeout: Duration::from_millis(150),
        ..settings()
    };
    let result = outgoing(&hasty).send(get(&format!("http://{host}/"))).await;
    let expected = ("not sent", "peer could not be reached.");
    assert_eq!(failure(result, &host), owned(expected));
}

#[tokio::test]
async fn plain_http_leaves_this_machine_for_nobody() {
    for host in ["git.example.com", "169.254.169.254"] {
        let result = outgoing(&settings())
            .send(get(&format!("http://{host}/")))
            .await;
        let expected = ("not sent", "peer would be called without encryption.");
        assert_eq!(failure(result, host), owned(expected));
    }
}

#[tokio::test]
async fn a_password_in_an_address_is_never_sent() {
    let peer = Peer::answering("200 OK", &[]).await;
    let url = format!("http://ada:pw@{}/", peer.host);
    let result = outgoing(&settings()).send(get(&url)).await;
    let expected = (
        "not sent",
        "The address of peer carries a name or password.",
    );
    assert_eq!(failure(result, &peer.host), owned(expected));
    assert_eq!(peer.requests(), 0);
}

#[tokio::test]
async fn a_connection_that_ends_before_the_answer_does_is_a_lost_answer() {
    let cases: [Case; 7] = [
        (b"", || Then::Close),
        (b"", || Then::Reset),
        (b"HTTP/1.1 200 OK\r\ncontent-le", || Then::Close),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", || {
            Then::Close
        }),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf", || {
            Then::Reset
        }),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            || Then::Close,
        ),
        (
            b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nhalf",
            || Then::Close,
        ),
    ];
    for (says, then) in cases {
        let shown = String::from_utf8_lossy(says);
        assert_eq!(
            of_a_server_that(says, then, LONG).await,
            owned(NO_WHOLE_ANSWER),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    let nonsense: [&[u8]; 3] = [
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
        b"HTTP/1.1 2x0 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
    ];
    for says in nonsense {
        let told = of_a_server_that(says, || Then::Hang, LONG).await;
        assert_eq!(
            told,
            owned(NO_WHOLE_ANSWER),
            "{}",
            String::from_utf8_lossy(says)
        );
    }
}

#[tokio::test]
async fn a_server_that_never_comes_to_its_end_is_left_in_time() {
    let late = owned(("lost", "peer did not answer in time."));
    assert_eq!(of_a_server_that(b"", || Then::Hang, SOON).await, late);
    let begun = b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n";
    assert_eq!(of_a_server_that(begun, || Then::Hang, SOON).await, late);
    let drips = || Then::Again(b"x".to_vec(), Duration::from_millis(5));
    assert_eq!(of_a_server_that(begun, drips, SOON).await, late);
    let endless_head = || Then::Again(b"x: y\r\n".to_vec(), Duration::from_millis(50));
    assert_eq!(
        of_a_server_that(b"HTTP/1.1 200 OK\r\n", endless_head, SOON).await,
        late
    );
}

#[tokio::test]
async fn whatever_is_answered_wholly_is_an_answer() {
    for status in [
        "200 OK",
        "204 No Content",
        "404 Not Found",
        "500 Oh",
        "418 I'm a teapot",
    ] {
        let peer = Peer::new(move |_, _| {
            let body = if status.starts_with("204") { "" } else { "{}" };
            Act::answer(status, &["content-type: text/html"], body)
        })
        .await;
        let answer = outgoing(&settings()).send(post(&peer.url("/a?b=c"))).await;
        let code: u16 = status[..3].parse().unwrap();
        let body = if code == 204 { "" } else { "{}" };
        assert_eq!(told(answer), (code, body.to_owned()));
        assert!(peer.seen().heads[0].starts_with("post /a?b=c http/1.1\r\n"));
    }
}
