//! A server that fails again and again is left alone, and asked again when it may be well.

use futures_util::future::join;
use wyvern::provider::outgoing::{CallError, Outgoing};

use super::peer::{Act, Peer, Then};
use super::{TestClock, by, get, post, settings, told};

/// Until when the server is left alone, in seconds after 08:49:00.
fn rests(result: Result<wyvern::provider::outgoing::Answer, CallError>) -> i64 {
    match result {
        Err(CallError::Resting { until }) => {
            let begun: jiff::Timestamp = "2026-11-06T08:49:00Z".parse().unwrap();
            until.as_second() - begun.as_second()
        }
        other => panic!("{other:?} is not a rest"),
    }
}

/// A server that answers nothing to the first so many calls.
async fn silent(times: usize) -> Peer {
    Peer::new(move |number, _| match number {
        number if number < times => Act::says("", Then::Close),
        _ => Act::answer("200 OK", &[], "well"),
    })
    .await
}

#[tokio::test]
async fn after_five_failures_nobody_asks_for_five_seconds_and_then_one_call_tries() {
    let (clock, peer) = (TestClock::standing(), silent(6).await);
    let outgoing = Outgoing::new(&settings(), clock.clone()).unwrap();
    let call = || post(&peer.url("/"));
    for n in 0..5 {
        assert!(matches!(
            outgoing.send(post(&peer.url(&format!("/{n}")))).await,
            Err(CallError::Lost { .. })
        ));
    }
    assert_eq!(rests(outgoing.send(call()).await), 5);
    assert_eq!(
        rests(outgoing.send(by("ada", call())).await),
        5,
        "whoever asks"
    );
    clock.advance(4_999);
    assert_eq!(rests(outgoing.send(get(&peer.url("/"))).await), 5);
    assert_eq!(peer.requests(), 5);

    clock.advance(1);
    let (probe, other) = join(outgoing.send(call()), outgoing.send(by("ada", call()))).await;
    assert!(matches!(probe, Err(CallError::Lost { .. })));
    assert_eq!(rests(other), 6);
    clock.advance(1_000);
    assert_eq!(told(outgoing.send(call()).await), (200, "well".to_owned()));
    assert_eq!(told(outgoing.send(call()).await), (200, "well".to_owned()));
    assert_eq!(peer.requests(), 8);
}

#[tokio::test]
async fn a_server_that_says_no_is_well() {
    for status in [
        "401 Who", "403 No", "404 None", "409 Race", "422 What", "501 No",
    ] {
        let peer = Peer::answering(status, &[]).await;
        let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
        for _ in 0..6 {
            let answer = outgoing.send(post(&peer.url("/"))).await;
            assert_eq!(answer.unwrap().status.as_str(), &status[..3]);
        }
    }
}

#[tokio::test]
async fn errors_of_the_server_count_as_failures() {
    for status in ["500 Bug", "502 Gateway", "503 Down", "504 Late"] {
        let peer = Peer::answering(status, &[]).await;
        let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
        for n in 0..5 {
            let answer = outgoing.send(post(&peer.url(&format!("/{n}")))).await;
            assert_eq!(answer.unwrap().status.as_str(), &status[..3]);
        }
        assert_eq!(rests(outgoing.send(post(&peer.url("/"))).await), 5);
    }
}

#[tokio::test]
async fn other_servers_are_asked_all_the_same() {
    let (silent, well) = (silent(99).await, Peer::answering("200 OK", &[]).await);
    let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
    for n in 0..5 {
        drop(outgoing.send(post(&silent.url(&format!("/{n}")))).await);
    }
    assert_eq!(rests(outgoing.send(post(&silent.url("/"))).await), 5);
    assert_eq!(told(outgoing.send(get(&well.url("/"))).await).0, 200);
}

#[tokio::test]
async fn a_read_that_opens_the_rest_is_told_what_the_server_said() {
    let peer = Peer::answering("503 Down", &[]).await;
    let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
    for path in ["/", "/other"] {
        assert_eq!(told(outgoing.send(get(&peer.url(path))).await).0, 503);
    }
    assert_eq!(peer.requests(), 5, "the sixth try is not made");
}

#[tokio::test]
async fn a_server_that_names_a_time_is_left_alone_until_then() {
    let (clock, peer) = (
        TestClock::standing(),
        Peer::answering("503 Down", &["retry-after: 20"]).await,
    );
    let outgoing = Outgoing::new(&settings(), clock.clone()).unwrap();
    assert_eq!(told(outgoing.send(get(&peer.url("/"))).await).0, 503);
    assert_eq!(
        rests(outgoing.send(by("ada", get(&peer.url("/")))).await),
        20
    );
    clock.advance(19_999);
    assert_eq!(rests(outgoing.send(post(&peer.url("/"))).await), 20);
    assert_eq!(peer.requests(), 1);
    clock.advance(1);
    assert_eq!(told(outgoing.send(post(&peer.url("/"))).await).0, 503);
    assert_eq!(peer.requests(), 2);
}

#[tokio::test]
async fn what_fails_for_one_caller_at_one_path_closes_nobody_else_out() {
    let peer = Peer::new(|_, head| match head {
        head if head.starts_with("post /heavy") => Act::answer("502 Gateway", &[], ""),
        _ => Act::answer("200 OK", &[], "well"),
    })
    .await;
    let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
    let heavy = |who| by(who, post(&peer.url("/heavy")));
    for _ in 0..6 {
        assert_eq!(told(outgoing.send(heavy("eve")).await).0, 502);
    }
    assert_eq!(told(outgoing.send(heavy("ada")).await).0, 502);
    assert_eq!(rests(outgoing.send(get(&peer.url("/"))).await), 5);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_left_alone_whoever_asks() {
    let outgoing = Outgoing::new(&settings(), TestClock::standing()).unwrap();
    let nobody = || post("http://127.0.0.1:1/");
    for _ in 0..5 {
        assert!(matches!(
            outgoing.send(nobody()).await,
            Err(CallError::NotSent { .. })
        ));
    }
    assert_eq!(rests(outgoing.send(nobody()).await), 5);
}
