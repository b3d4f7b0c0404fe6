//! Who has been asked to wait waits, and nobody else.

use futures_util::future::join3;
use wyvern::config::OutgoingSettings;
use wyvern::provider::outgoing::{CallError, Outgoing};

use super::peer::{Act, Peer};
use super::{TestClock, by, get, post, settings, told};

/// A server that lets everybody call once and then asks to wait, in these words.
async fn asked_to_wait(status: &'static str, headers: &'static [&'static str], seconds: u64) {
    let peer = Peer::new(move |number, _| match number {
        0 => Act::answer(status, headers, "slower"),
        _ => Act::answer("200 OK", &[], "go on"),
    })
    .await;
    let clock = TestClock::standing();
    let outgoing = Outgoing::new(&settings(), clock.clone()).unwrap();
    let (code, body) = told(outgoing.send(by("ada", get(&peer.url("/")))).await);
    assert_eq!(
        (&status[..3], body.as_str()),
        (code.to_string().as_str(), "slower")
    );

    clock.advance(seconds * 1000 - 1);
    for call in [
        get(&peer.url("/")),
        get(&peer.url("/other")),
        post(&peer.url("/")),
    ] {
        let result = outgoing.send(by("ada", call)).await;
        let Err(CallError::Waiting { until }) = result else {
            panic!("{result:?} is not a wait");
        };
        let begun: jiff::Timestamp = "2026-11-06T08:49:00Z".parse().unwrap();
        assert_eq!(
            until.as_second() - begun.as_second(),
            i64::try_from(seconds).unwrap()
        );
    }
    assert_eq!(peer.requests(), 1, "nothing is sent early");
    let other = outgoing.send(by("bob", get(&peer.url("/")))).await;
    assert_eq!(told(other).1, "go on", "somebody else is not asked to wait");

    clock.advance(1);
    let again = outgoing.send(by("ada", get(&peer.url("/")))).await;
    assert_eq!(told(again).1, "go on");
}

#[tokio::test]
async fn for_as_many_seconds_as_the_server_says() {
    asked_to_wait("429 Slower", &["retry-after: 7"], 7).await;
    asked_to_wait("403 Slower", &["retry-after: 7"], 7).await;
}

#[tokio::test]
async fn until_the_date_that_the_server_says() {
    let date = &["retry-after: Fri, 06 Nov 2026 08:49:37 GMT"];
    asked_to_wait("429 Slower", date, 37).await;
}

#[tokio::test]
async fn until_the_limit_is_reset() {
    let spent = &["x-ratelimit-remaining: 0", "x-ratelimit-reset: 1793954970"];
    asked_to_wait("403 Slower", spent, 30).await;
    asked_to_wait("429 Slower", spent, 30).await;
}

#[tokio::test]
async fn a_minute_when_the_server_does_not_say() {
    asked_to_wait("429 Slower", &[], 60).await;
}

#[tokio::test]
async fn calls_that_waited_for_their_turn_meanwhile_are_not_sent() {
    let peer = Peer::new(|_, _| Act::answer("429 Slower", &[], "").gated()).await;
    let settings = OutgoingSettings {
        concurrency_per_person: 1,
        ..settings()
    };
    let outgoing = super::outgoing(&settings);
    let call = |path| outgoing.send(by("ada", get(&peer.url(path))));
    let opens = async {
        peer.until(|seen| seen.open >= 1).await;
        peer.let_go(2);
    };
    let (first, second, ()) = join3(call("/1"), call("/2"), opens).await;
    assert_eq!(first.unwrap().status, 429);
    assert!(
        matches!(second, Err(CallError::Waiting { .. })),
        "{second:?}"
    );
    assert_eq!(peer.requests(), 1);
}

#[tokio::test]
async fn a_plain_403_asks_nobody_to_wait() {
    let peer = Peer::answering("403 No", &["x-ratelimit-remaining: 4999"]).await;
    let outgoing = super::outgoing(&settings());
    for _ in 0..3 {
        assert_eq!(
            told(outgoing.send(by("ada", get(&peer.url("/")))).await).0,
            403
        );
    }
    assert_eq!(peer.requests(), 3);
}
