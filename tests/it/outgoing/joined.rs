//! Who asks the same at the same time is answered together; who changes something is not.

use futures_util::future::{join, join_all};

use wyvern::provider::outgoing::Outgoing;

use super::peer::{Act, Peer};
use super::{TestClock, by, get, outgoing, post, settings, told};

/// A server that answers when it is let go, with the number of the request.
async fn gated() -> Peer {
    Peer::new(|number, _| Act::answer("200 OK", &[], &number.to_string()).gated()).await
}

#[tokio::test]
async fn fifty_equal_reads_at_once_are_one_call() {
    let (peer, outgoing) = (gated().await, outgoing(&settings()));
    let reads = join_all((0..50).map(|_| outgoing.send(by("ada", get(&peer.url("/"))))));
    let opens = async {
        peer.until(|seen| seen.open >= 1).await;
        peer.let_go(50);
    };
    let (answers, ()) = join(reads, opens).await;
    for answer in answers {
        assert_eq!(told(answer), (200, "0".to_owned()));
    }
    assert_eq!(peer.requests(), 1);
    assert_eq!(
        told(outgoing.send(by("ada", get(&peer.url("/")))).await).1,
        "1"
    );
}

#[tokio::test]
async fn a_call_that_has_been_under_way_for_long_is_not_joined() {
    let (clock, peer) = (TestClock::standing(), gated().await);
    let outgoing = Outgoing::new(&settings(), clock.clone()).unwrap();
    let ask = || {
        let (outgoing, call) = (outgoing.clone(), get(&peer.url("/")));
        tokio::spawn(async move { told(outgoing.send(call).await).1 })
    };
    let old = ask();
    peer.until(|seen| seen.open == 1).await;
    clock.advance(2_001);
    let new = ask();
    peer.until(|seen| seen.open == 2).await;
    peer.let_go(2);
    let mut numbers = [old.await.unwrap(), new.await.unwrap()];
    numbers.sort();
    assert_eq!(numbers, ["0", "1"]);
}

#[tokio::test]
async fn different_people_addresses_and_changes_are_calls_of_their_own() {
    let (peer, outgoing) = (gated().await, outgoing(&settings()));
    peer.let_go(9);
    let url = peer.url("/");
    let calls = [
        by("ada", get(&url)),
        by("bob", get(&url)),
        get(&url),
        by("ada", get(&peer.url("/?page=2"))),
        by("ada", post(&url)),
        by("ada", post(&url)),
    ];
    let answers = join_all(calls.map(|call| outgoing.send(call))).await;
    let mut numbers: Vec<_> = answers.into_iter().map(|answer| told(answer).1).collect();
    numbers.sort();
    assert_eq!(numbers, ["0", "1", "2", "3", "4", "5"]);
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_any_more_is_ended() {
    for call in [get, post] {
        let (peer, outgoing) = (gated().await, outgoing(&settings()));
        let send = tokio::spawn({
            let call = call(&peer.url("/"));
            async move { outgoing.send(call).await }
        });
        peer.until(|seen| seen.open >= 1).await;
        send.abort();
        peer.until(|seen| seen.left == 1).await;
    }
}

#[tokio::test]
async fn one_who_leaves_does_not_end_it_for_another() {
    let (peer, outgoing) = (gated().await, outgoing(&settings()));
    let waits = || {
        let (outgoing, call) = (outgoing.clone(), get(&peer.url("/")));
        async move { outgoing.send(call).await }
    };
    let leaves = tokio::spawn(waits());
    peer.until(|seen| seen.open >= 1).await;
    let stays = async {
        let stays = waits();
        tokio::pin!(stays);
        // It has joined once it has been asked for the first time.
        assert!(futures_util::poll!(stays.as_mut()).is_pending());
        leaves.abort();
        assert!(leaves.await.unwrap_err().is_cancelled());
        peer.let_go(1);
        stays.await
    };
    assert_eq!(told(stays.await), (200, "0".to_owned()));
    let seen = peer.seen();
    assert_eq!((seen.heads.len(), seen.left), (1, 0));
}

#[tokio::test]
async fn who_reads_after_a_change_is_not_given_an_answer_from_before_it() {
    let peer = Peer::new(|number, head| {
        let answer = Act::answer("200 OK", &[], &number.to_string());
        if head.starts_with("get") {
            answer.gated()
        } else {
            answer
        }
    })
    .await;
    let outgoing = outgoing(&settings());
    let before = outgoing.send(get(&peer.url("/")));
    let change = async {
        peer.until(|seen| seen.open >= 1).await;
        assert_eq!(told(outgoing.send(post(&peer.url("/"))).await).1, "1");
        let after = outgoing.send(get(&peer.url("/")));
        let opens = async {
            peer.until(|seen| seen.open >= 2).await;
            peer.let_go(2);
        };
        join(after, opens).await.0
    };
    let (before, after) = join(before, change).await;
    assert_eq!(
        (told(before).1, told(after).1),
        ("0".to_owned(), "2".to_owned())
    );
}
