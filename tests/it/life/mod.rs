//! How the program begins and ends while hosts are slow, hang, or are not there.

mod starting;
mod stopping;

use std::net::TcpStream;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::forge::{Dialect, Forge, ForgeOptions};
use crate::running::Running;
use crate::support::host::{self, ORIGIN};
use crate::support::{Browser, CHECKOUT, KEY, Repository, Server, model_path};

/// A running server before a forge, where Ada has one model.
struct Ground {
    forge: Forge,
    models: Repository,
    server: Running,
    _data: TempDir,
}

impl Ground {
    /// With these settings besides.
    async fn with(dialect: Dialect, settings: &[(&str, &str)]) -> Self {
        let options = ForgeOptions {
            dialect,
            ..ForgeOptions::default()
        };
        let forge = host::forge(options).await;
        let models = host::repository(&forge, "ada/models");
        let file = "ThreatDragonModels/Checkout/Checkout.json";
        models.seed("main", &[("100644", file, CHECKOUT)]);
        let (server, data) = start(host::told(&forge), settings);
        Self {
            forge,
            models,
            server,
            _data: data,
        }
    }

    /// Ada's browser, signed in.
    async fn ada(&self) -> Browser {
        let browser = Browser::new(Server::at(self.server.socket()));
        host::sign_in(&self.forge, &browser, "ada").await.is(200);
        browser
    }

    /// Ada opens her model, and saves it with another title: the answer's status and code.
    async fn save(&self, ada: &Browser) -> (u16, serde_json::Value) {
        let address = |action| model_path("ada/models", "main", "Checkout", action);
        let read = ada.get(&address("data")).await.is(200);
        let version = read.header("etag").unwrap().to_owned();
        let edited = CHECKOUT.replacen("Checkout", "Check-out", 1);
        let ask = ada.ask("PUT", &address("update")).json(edited);
        let answer = ada.send(ask.header("if-match", version)).await;
        (answer.status(), answer.json()["code"].clone())
    }
}

/// A server of the local provider and of the hosts that these settings tell of, with others besides.
fn start(
    hosts: impl IntoIterator<Item = (String, String)>,
    settings: &[(&str, &str)],
) -> (Running, TempDir) {
    let own = [("auth.keys", KEY), ("server.public_url", ORIGIN)];
    let own = own.iter().chain(settings);
    let own = own.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let data = tempfile::tempdir().unwrap();
    let settings = host::variables(own.chain(hosts));
    (Running::with(data.path(), &settings), data)
}

/// Waits until this is so.
async fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "never: {what}");
        tokio::task::yield_now().await;
    }
}

/// Whether somebody listens there.
fn listens(server: &Running) -> bool {
    TcpStream::connect(server.socket()).is_ok()
}
