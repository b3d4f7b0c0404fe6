//! How many calls are under way at once: at one server, and of one person.

use futures_util::future::{join, join_all};
use wyvern::config::OutgoingSettings;

use super::peer::{Act, Peer};
use super::{SOON, by, failure, get, outgoing, settings, told};

fn limited(concurrency: usize, concurrency_per_person: usize) -> OutgoingSettings {
    OutgoingSettings {
        concurrency,
        concurrency_per_person,
        ..settings()
    }
}

/// A server that lets the requests of Mallory hang, and those of others until they are let go.
async fn gated() -> Peer {
    Peer::new(|_, head| match head {
        head if head.contains("mallory") => Act::says("", super::peer::Then::Hang),
        _ => Act::answer("200 OK", &[], "").gated(),
    })
    .await
}

/// How many requests of these people, ten each, the server sees at once.
async fn at_once(people: &[&str], limits: &OutgoingSettings, expected: usize) -> usize {
    let (peer, outgoing) = (gated().await, outgoing(limits));
    let calls = people.iter().flat_map(|who| (0..10).map(move |n| (who, n)));
    let calls = calls.map(|(who, n)| by(who, get(&peer.url(&format!("/{n}")))));
    let all = join_all(calls.map(|call| outgoing.send(call)));
    let opens = async {
        peer.until(|seen| seen.open >= expected).await;
        peer.let_go(10 * people.len());
    };
    let (answers, ()) = join(all, opens).await;
    assert!(answers.into_iter().all(|answer| told(answer).0 == 200));
    assert_eq!(peer.requests(), 10 * people.len());
    peer.seen().most
}

#[tokio::test]
async fn one_person_has_no_more_calls_under_way_than_is_set() {
    assert_eq!(at_once(&["ada"], &limited(8, 3), 3).await, 3);
    assert_eq!(at_once(&["ada", "bob"], &limited(8, 3), 6).await, 6);
}

#[tokio::test]
async fn a_server_has_no_more_calls_under_way_than_is_set() {
    let people = ["ada", "bob", "cleo", "dan", "eve"];
    assert_eq!(at_once(&people, &limited(4, 3), 4).await, 4);
}

#[tokio::test]
async fn one_who_calls_without_end_does_not_keep_others_from_calling() {
    let (peer, outgoing) = (gated().await, outgoing(&limited(3, 2)));
    peer.let_go(20);
    let flood = (0..50).map(|n| {
        let (outgoing, url) = (outgoing.clone(), peer.url(&format!("/{n}")));
        tokio::spawn(async move { drop(outgoing.send(by("mallory", get(&url))).await) })
    });
    let flood: Vec<_> = flood.collect();
    peer.until(|seen| seen.open >= 2).await;
    for n in 0..20 {
        let answer = outgoing
            .send(by("ada", get(&peer.url(&format!("/{n}")))))
            .await;
        assert_eq!(told(answer).0, 200);
    }
    for call in flood {
        call.abort();
    }
}

#[tokio::test]
async fn in_the_queue_for_a_server_each_person_has_one_place() {
    let peer = Peer::new(|_, _| Act::answer("200 OK", &[], "").gated()).await;
    let outgoing = outgoing(&limited(1, 3));
    let ask = |who, path| Box::pin(outgoing.send(by(who, get(&peer.url(path)))));
    let mut under_way = vec![ask("bob", "/b")];
    assert!(futures_util::poll!(&mut under_way[0]).is_pending());
    // Mallory's are in the queue before Ada's one.
    let mallorys = ["/m0", "/m1", "/m2", "/m3", "/m4"];
    under_way.extend(mallorys.map(|path| ask("mallory", path)));
    under_way.push(ask("ada", "/a"));
    for call in &mut under_way {
        assert!(futures_util::poll!(call).is_pending());
    }
    peer.let_go(under_way.len());
    let answers = join_all(under_way).await;
    assert!(answers.into_iter().all(|answer| told(answer).0 == 200));
    let asked = peer.seen().heads.into_iter();
    let asked: Vec<_> = asked.map(|head| head[5..7].trim().to_owned()).collect();
    assert_eq!(asked, ["b", "m0", "a", "m1", "m2", "m3", "m4"]);
}

#[tokio::test]
async fn who_waits_too_long_for_a_turn_has_sent_nothing() {
    let hasty = OutgoingSettings {
        timeout: SOON,
        ..limited(1, 1)
    };
    let (peer, outgoing) = (gated().await, outgoing(&hasty));
    let calls = (0..20).map(|n| outgoing.send(by("ada", get(&peer.url(&format!("/{n}"))))));
    let mut answers = join_all(calls).await;
    let last = failure(answers.pop().unwrap(), &peer.host);
    let crowded = "Too many calls to peer are under way.".to_owned();
    assert_eq!(last, ("not sent", crowded));
    let first = failure(answers.swap_remove(0), &peer.host);
    assert_eq!(first, ("lost", "peer did not answer in time.".to_owned()));
}
