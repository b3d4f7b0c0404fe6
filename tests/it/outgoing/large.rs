//! No answer takes more memory than is set aside for one.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use futures_util::future::join_all;
use wyvern::config::OutgoingSettings;

use super::peer::{Act, Peer, Then};
use super::{by, failure, get, outgoing, post, settings, told};

const LIMIT: usize = 1 << 20;

fn too_large() -> (&'static str, String) {
    ("too large", "the answer is too large".to_owned())
}

#[tokio::test]
async fn an_answer_of_the_limit_is_read_and_one_byte_more_is_not() {
    let peer = Peer::new(|_, head| {
        let length = LIMIT + usize::from(head.starts_with("get /more"));
        Act::answer("200 OK", &[], &"x".repeat(length))
    })
    .await;
    let outgoing = outgoing(&settings());
    let whole = outgoing.send(get(&peer.url("/"))).await;
    assert_eq!(told(whole).1.len(), LIMIT);
    let more = outgoing.send(get(&peer.url("/more"))).await;
    assert_eq!(failure(more, &peer.host), too_large());
    assert_eq!(peer.requests(), 2, "it is not asked again");
}

#[tokio::test]
async fn an_endless_answer_is_read_to_the_limit_and_the_connection_closed() {
    let peer = Peer::new(|_, _| {
        let mut chunk = b"10000\r\n".to_vec();
        chunk.extend_from_slice(&vec![b'x'; 1 << 16]);
        chunk.extend_from_slice(b"\r\n");
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        Act::says(head, Then::Again(chunk, Duration::ZERO))
    })
    .await;
    let result = outgoing(&settings()).send(get(&peer.url("/"))).await;
    assert_eq!(failure(result, &peer.host), too_large());
    peer.until(|seen| seen.left == 1).await;
}

#[tokio::test]
async fn large_answers_in_use_leave_no_room_for_more_of_them_until_they_go() {
    const LARGE: usize = 9 << 20;
    let peer = Peer::new(|_, head| {
        let length = if head.starts_with("get /small") {
            9
        } else {
            LARGE
        };
        Act::answer("200 OK", &[], &"x".repeat(length))
    })
    .await;
    let tight = OutgoingSettings {
        answer_limit: LARGE,
        cache: 0,
        timeout: Duration::from_secs(8),
        ..settings()
    };
    let outgoing = outgoing(&tight);
    let ask = |who, n: usize| outgoing.send(by(who, get(&peer.url(&format!("/{n}")))));
    let mut answers = join_all((0..8).map(|n| ask("mallory", n))).await;
    let refused: Vec<_> = answers.extract_if(.., |answer| answer.is_err()).collect();
    // In her share there is room for one of nine megabytes, which has its first for nothing.
    assert_eq!(answers.len(), 1);
    for answer in refused {
        assert_eq!(failure(answer, &peer.host), too_large());
    }
    let small = outgoing.send(by("mallory", get(&peer.url("/small")))).await;
    assert_eq!(told(small).0, 200);
    // There is room for one more, of whomever, and not for a third.
    answers.push(ask("ada", 0).await);
    let third = ask("bob", 0).await;
    assert_eq!(failure(third, &peer.host), too_large());
    drop(answers);
    assert_eq!(told(ask("mallory", 9).await).1.len(), LARGE);
}

#[tokio::test]
async fn who_reads_large_answers_without_end_keeps_nobody_waiting() {
    const LARGE: usize = 9 << 20;
    let peer = Peer::new(|_, _| Act::answer("200 OK", &[], &"x".repeat(LARGE))).await;
    let tight = OutgoingSettings {
        answer_limit: LARGE,
        cache: 0,
        ..settings()
    };
    let outgoing = outgoing(&tight);
    let floods: Vec<_> = (0..8)
        .map(|n| {
            let call = by("mallory", get(&peer.url(&format!("/{n}"))));
            let outgoing = outgoing.clone();
            tokio::spawn(async move { outgoing.send(call).await })
        })
        .collect();
    peer.until(|seen| seen.heads.len() == 8).await;
    let adas = outgoing.send(by("ada", get(&peer.url("/")))).await;
    assert_eq!(told(adas).1.len(), LARGE);
    let waiting = floods.iter().filter(|flood| !flood.is_finished()).count();
    assert_eq!(waiting, 7, "only one of hers is read at a time");
    floods.iter().for_each(tokio::task::JoinHandle::abort);
}

/// A server that answers with these bytes, packed.
async fn packing(bytes: &[u8]) -> Peer {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    let packed = encoder.finish().unwrap();
    assert!(packed.len() < LIMIT / 8);
    Peer::new(move |_, head| {
        assert!(head.contains("accept-encoding: gzip\r\n"), "{head}");
        let length = packed.len();
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ";
        let head = format!("{head}{length}\r\n\r\n");
        Act::says([head.as_bytes(), &packed].concat(), Then::Next)
    })
    .await
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    let peer = packing(b"{\"a\": 1}").await;
    let answer = outgoing(&settings()).send(get(&peer.url("/"))).await;
    assert_eq!(told(answer), (200, "{\"a\": 1}".to_owned()));
}

#[tokio::test]
async fn a_small_answer_that_unpacks_to_a_large_one_is_too_large() {
    let peer = packing(&vec![0; 64 << 20]).await;
    let result = outgoing(&settings()).send(get(&peer.url("/"))).await;
    assert_eq!(failure(result, &peer.host), too_large());
}

#[tokio::test]
async fn a_hundred_thousand_headers_are_not_read() {
    let peer = Peer::new(|_, _| {
        let says = format!("HTTP/1.1 200 OK\r\n{}", "a: b\r\n".repeat(100_000));
        Act::says(says, Then::Hang)
    })
    .await;
    let result = outgoing(&settings()).send(post(&peer.url("/"))).await;
    let expected = ("lost", "No whole answer came from peer.".to_owned());
    assert_eq!(failure(result, &peer.host), expected);
}
