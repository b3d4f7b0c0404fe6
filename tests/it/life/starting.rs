//! A host that is down when the server starts.

use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener};

use futures_util::future::join_all;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::forge::{Dialect, Forge, ForgeOptions};
use crate::running::Running;
use crate::support::host::{self, begin, path};
use crate::support::{Browser, Person, Server};

const REPOS: &str = "/api/threatmodel/repos";

/// A server of the local provider, of a host that is down or hangs, and of the others.
struct Ground {
    server: Running,
    down: Dialect,
    others: Vec<Forge>,
    _data: TempDir,
}

/// The owner of the local provider, and somebody at each host that is up. They have signed in.
struct People {
    owner: Person,
    others: Vec<Browser>,
}

impl Ground {
    /// The host is said to be at this address.
    async fn with(down: Dialect, address: SocketAddr) -> Self {
        let others = Dialect::ALL.into_iter().filter(|other| *other != down);
        let others = others.map(|dialect| {
            host::forge(ForgeOptions {
                dialect,
                ..ForgeOptions::default()
            })
        });
        let others = join_all(others).await;
        let url = format!("http://{address}/");
        let told = [
            ("url", url.as_str()),
            ("client_id", "0123456789abcdef"),
            ("client_secret", "a-secret-of-the-hosts"),
        ];
        let told = told.map(|(name, value)| (format!("{}.{name}", down.name()), value.to_owned()));
        let told = told.into_iter().chain(others.iter().flat_map(host::told));
        let (server, data) = super::start(told, &[]);
        Self {
            server,
            down,
            others,
            _data: data,
        }
    }

    fn browser(&self) -> Browser {
        Browser::new(Server::at(self.server.socket()))
    }

    async fn people(&self) -> People {
        let nobody = Person::nobody(Server::at(self.server.socket()));
        let others = self.others.iter().map(async |forge| {
            host::repository(forge, "ada/models");
            let browser = self.browser();
            host::sign_in(forge, &browser, "ada").await.is(200);
            browser
        });
        People {
            owner: nobody.signed_in().await,
            others: join_all(others).await,
        }
    }
}

impl People {
    async fn are_served(&self) {
        let listed = self.owner.get(REPOS).await.data();
        assert_eq!(listed["repos"], json!(["demo/threat-models"]));
        for browser in &self.others {
            let listed = browser.get(REPOS).await.data();
            assert_eq!(listed["repos"], json!(["ada/models"]));
        }
        self.owner.get("/readyz").await.is(200);
    }
}

/// Comes back from a host: as far as the server knows it has agreed.
async fn comes_back(browser: &Browser, from: Dialect) -> (u16, String) {
    let page = begin(browser, from).await;
    let state = page.query_pairs().find(|(name, _)| name == "state");
    let (_, state) = state.unwrap();
    let back = page.query_pairs().find(|(name, _)| name == "redirect_uri");
    let mut back: Url = back.unwrap().1.parse().unwrap();
    back.query_pairs_mut()
        .append_pair("code", "one-of-the-hosts")
        .append_pair("state", &state);
    let answer = browser.get(path(&back)).await;
    (answer.status(), answer.text().to_owned())
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_told_to_its_people_and_to_nobody_else() {
    join_all(Dialect::ALL.map(unreachable)).await;
}

async fn unreachable(dialect: Dialect) {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let ground = Ground::with(dialect, address).await;
    let people = ground.people().await;
    people.are_served().await;
    // So often that the server does not ask any more.
    for _ in 0..6 {
        let (status, page) = comes_back(&ground.browser(), ground.down).await;
        assert!(matches!(status, 502 | 503), "{dialect:?}: {status}: {page}");
        people.are_served().await;
    }
}

#[tokio::test]
async fn a_host_that_hangs_is_not_asked_at_the_start_and_keeps_nobody_else_waiting() {
    join_all(Dialect::ALL.map(hanging)).await;
}

async fn hanging(dialect: Dialect) {
    let hanging = TcpListener::bind("127.0.0.1:0").unwrap();
    hanging.set_nonblocking(true).unwrap();
    let ground = Ground::with(dialect, hanging.local_addr().unwrap()).await;
    let called = hanging.accept().map(drop).map_err(|error| error.kind());
    assert_eq!(called, Err(ErrorKind::WouldBlock));

    let browser = ground.browser();
    let waits = tokio::spawn(async move { comes_back(&browser, dialect).await });
    let stream = loop {
        match hanging.accept() {
            Ok((stream, _)) => break stream,
            Err(error) => assert_eq!(error.kind(), ErrorKind::WouldBlock),
        }
        tokio::task::yield_now().await;
    };
    let people = ground.people().await;
    people.are_served().await;
    let models = "/api/threatmodel/demo/threat-models/main/models";
    let listed = people.owner.get(models).await.data();
    assert!(matches!(listed, Value::Array(all) if all.len() == 5));
    assert!(!waits.is_finished(), "the host has answered nothing");
    drop(stream);
    waits.abort();
}
