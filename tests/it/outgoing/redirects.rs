//! A redirect is an answer: nothing goes where it points.

use super::peer::{Act, Peer};
use super::{by, get, outgoing, post, settings};

#[tokio::test]
async fn a_redirect_to_another_server_is_told_and_not_followed() {
    let elsewhere = Peer::answering("200 OK", &[]).await;
    let target = elsewhere.url("/steal");
    for status in [
        "301 Moved",
        "302 Found",
        "303 Other",
        "307 Moved",
        "308 Moved",
    ] {
        let location = format!("location: {target}");
        let peer = Peer::new(move |_, _| Act::answer(status, &[&location], "")).await;
        let outgoing = outgoing(&settings());
        for call in [get(&peer.url("/")), post(&peer.url("/"))] {
            let answer = outgoing.send(by("ada", call)).await.unwrap();
            assert_eq!(answer.status.as_str(), &status[..3]);
            assert_eq!(answer.headers["location"], target.as_str());
        }
        assert_eq!(peer.requests(), 2);
    }
    assert_eq!(elsewhere.requests(), 0);
}

#[tokio::test]
async fn a_redirect_to_the_same_server_is_not_followed_either() {
    let peer = Peer::answering("301 Moved", &["location: /new"]).await;
    let answer = outgoing(&settings()).send(get(&peer.url("/old"))).await;
    assert_eq!(answer.unwrap().headers["location"], "/new");
    assert_eq!(peer.requests(), 1);
}
