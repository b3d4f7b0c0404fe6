//! What is made again: only what may be, only when it helps, and never so often that it hurts.

use std::time::Duration;

use futures_util::future::join_all;
use wyvern::provider::outgoing::{Outgoing, Repeat};

use super::peer::{Act, Peer, Then};
use super::{TestClock, get, outgoing, post, settings, told};

/// A server that fails so many times and then answers.
async fn failing(times: usize, fails: fn() -> Act) -> Peer {
    Peer::new(move |number, _| match number {
        number if number < times => fails(),
        _ => Act::answer("200 OK", &[], "at last"),
    })
    .await
}

const FAILURES: [fn() -> Act; 5] = [
    || Act::answer("502 Bad Gateway", &[], "{}"),
    || Act::answer("503 Unavailable", &[], "{}"),
    || Act::answer("504 Late", &[], "{}"),
    || Act::says("", Then::Reset),
    || {
        Act::says(
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
            Then::Close,
        )
    },
];

#[tokio::test]
async fn a_read_survives_two_failures_of_every_kind_that_passes() {
    for fails in FAILURES {
        let peer = failing(2, fails).await;
        let answer = outgoing(&settings()).send(get(&peer.url("/"))).await;
        assert_eq!(told(answer), (200, "at last".to_owned()));
        assert_eq!(peer.requests(), 3);
    }
}

#[tokio::test]
async fn a_query_in_a_body_that_may_be_repeated_is_made_again_with_its_body() {
    let peer = failing(1, || Act::says("", Then::Close)).await;
    let mut query = post(&peer.url("/graphql"));
    query.repeat = Repeat::Safe;
    query.body = "{\"query\": \"...\"}".into();
    let answer = outgoing(&settings()).send(query).await;
    assert_eq!(told(answer), (200, "at last".to_owned()));
    let heads = peer.seen().heads;
    assert!(
        heads
            .iter()
            .all(|head| head.contains("content-length: 16\r\n")),
        "{heads:?}"
    );
    assert_eq!(heads.len(), 2);
}

#[tokio::test]
async fn after_the_third_failure_it_is_told() {
    let peer = failing(3, || Act::answer("502 Bad Gateway", &[], "down")).await;
    let answer = outgoing(&settings()).send(get(&peer.url("/"))).await;
    assert_eq!(told(answer), (502, "down".to_owned()));
    assert_eq!(peer.requests(), 3);
}

#[tokio::test]
async fn what_may_not_be_repeated_is_sent_once_whatever_becomes_of_it() {
    for fails in FAILURES {
        let peer = failing(1, fails).await;
        let result = outgoing(&settings()).send(post(&peer.url("/"))).await;
        assert!(!matches!(result, Ok(answer) if answer.status == 200));
        assert_eq!(peer.requests(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_another_try_would_not_change_is_told_at_once() {
    for status in [
        "401 Who", "403 No", "404 None", "409 Race", "422 What", "500 Bug", "501 No",
    ] {
        let peer = Peer::answering(status, &[]).await;
        let answer = outgoing(&settings()).send(get(&peer.url("/"))).await;
        assert_eq!(answer.unwrap().status.as_str(), &status[..3]);
        assert_eq!(peer.requests(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_server_that_fails_everybody_is_asked_at_most_a_tenth_more_often() {
    let peer = Peer::answering("502 Bad Gateway", &[]).await;
    // So much time passes between any two failures that the server is never left alone.
    let clock = TestClock::stepping(Duration::from_mins(1));
    let outgoing = Outgoing::new(&settings(), clock).unwrap();
    let url = |n: usize| peer.url(&format!("/{n}"));
    let answers = join_all((0..500).map(|n| outgoing.send(get(&url(n))))).await;
    assert!(
        answers
            .into_iter()
            .all(|answer| answer.unwrap().status == 502)
    );
    assert!(
        (501..=550).contains(&peer.requests()),
        "{}",
        peer.requests()
    );
}
