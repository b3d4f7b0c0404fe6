//! A host that is down when the server starts.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::forge::Dialect;
use crate::running::Running;
use crate::support::host::{begin, path};
use crate::support::{Browser, Person, Server};

const REPOS: &str = "/api/threatmodel/repos";

/// Starts a server of the local provider, and of a GitHub at this address.
fn start(github: SocketAddr) -> (Running, TempDir) {
    let url = format!("http://{github}/");
    let told = [
        ("github.url", url.as_str()),
        ("github.client_id", "Iv1.0123456789abcdef"),
        ("github.client_secret", "a-secret-of-githubs"),
    ];
    let told = told.map(|(name, value)| (name.to_owned(), value.to_owned()));
    super::start(told, &[])
}

/// The owner of the local provider, who has signed in.
async fn owner(server: &Running) -> Person {
    let nobody = Person::nobody(Server::at(server.socket()));
    nobody.signed_in().await
}

async fn is_served(owner: &Person) {
    let listed = owner.get(REPOS).await.data();
    assert_eq!(listed["repos"], json!(["demo/threat-models"]));
    owner.get("/readyz").await.is(200);
}

/// Comes back from GitHub: as far as the server knows it has agreed.
async fn comes_back(browser: &Browser) -> (u16, String) {
    let page = begin(browser, Dialect::GitHub).await;
    let state = page.query_pairs().find(|(name, _)| name == "state");
    let (_, state) = state.unwrap();
    let back = page.query_pairs().find(|(name, _)| name == "redirect_uri");
    let mut back: Url = back.unwrap().1.parse().unwrap();
    back.query_pairs_mut()
        .append_pair("code", "one-of-githubs")
        .append_pair("state", &state);
    let answer = browser.get(path(&back)).await;
    (answer.status(), answer.text().to_owned())
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_told_to_its_people_and_to_nobody_else() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let (server, _data) = start(address);
    let owner = owner(&server).await;
    is_served(&owner).await;
    // So often that the server does not ask any more.
    for _ in 0..6 {
        let browser = Browser::new(Server::at(server.socket()));
        let (status, page) = comes_back(&browser).await;
        assert!(matches!(status, 502 | 503), "{status}: {page}");
        is_served(&owner).await;
    }
}

#[tokio::test]
async fn a_host_that_hangs_is_not_asked_at_the_start_and_keeps_nobody_else_waiting() {
    let hanging = TcpListener::bind("127.0.0.1:0").unwrap();
    hanging.set_nonblocking(true).unwrap();
    let (server, _data) = start(hanging.local_addr().unwrap());
    let called = hanging.accept().map(drop).map_err(|error| error.kind());
    assert_eq!(called, Err(ErrorKind::WouldBlock));

    let browser = Browser::new(Server::at(server.socket()));
    let waits = tokio::spawn(async move { comes_back(&browser).await });
    let stream = loop {
        match hanging.accept() {
            Ok((stream, _)) => break stream,
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
        tokio::task::yield_now().await;
    };
    let owner = owner(&server).await;
    is_served(&owner).await;
    let models = "/api/threatmodel/demo/threat-models/main/models";
    assert!(matches!(owner.get(models).await.data(), Value::Array(all) if all.len() == 5));
    assert!(!waits.is_finished(), "the host has answered nothing");
    drop(stream);
    waits.abort();
}
