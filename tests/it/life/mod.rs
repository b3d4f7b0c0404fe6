//! How the program begins and ends while hosts are slow, hang, or are not there.

mod starting;
mod stopping;

use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::forge::{Access, Forge};
use crate::running::Running;
use crate::support::github::{ORIGIN, begin, code_of, path};
use crate::support::{Browser, CHECKOUT, KEY, Repository, Server, model_path};

/// A running server before a forge, where Ada has one model.
struct Ground {
    forge: Forge,
    models: Repository,
    server: Running,
    _data: TempDir,
}

impl Ground {
    /// With these settings, by the names of their variables.
    async fn with(settings: &[(&'static str, &str)]) -> Self {
        let forge = Forge::start().await;
        forge.person("ada", "Ada Lovelace", "ada@example.com");
        let models = Repository::at(&forge.repository("ada/models"));
        let file = "ThreatDragonModels/Checkout/Checkout.json";
        models.seed("main", &[("100644", file, CHECKOUT)]);
        forge.grant("ada", "ada/models", Access::Admin);
        let data = tempfile::tempdir().unwrap();
        Self {
            server: server(&forge, data.path(), settings),
            forge,
            models,
            _data: data,
        }
    }

    /// Ada's browser, signed in.
    async fn ada(&self) -> Browser {
        let browser = Browser::new(Server::at(self.server.socket()));
        let back = self.forge.approve(&begin(&browser).await, "ada");
        let code = code_of(&browser.get(path(&back)).await);
        let body = serde_json::json!({ "code": code }).to_string();
        browser.post("/api/session", body).await.is(200);
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

/// A server of the local provider and of this forge.
fn server(forge: &Forge, data: &Path, settings: &[(&'static str, &str)]) -> Running {
    let url = forge.url();
    let own = [
        ("WYVERN__AUTH__KEYS", KEY),
        ("WYVERN__SERVER__PUBLIC_URL", ORIGIN),
        ("WYVERN__GITHUB__URL", url.as_str()),
        ("GITHUB_CLIENT_ID", forge.client_id()),
        ("GITHUB_CLIENT_SECRET", forge.client_secret()),
    ];
    let all = own.iter().chain(settings);
    let all: Vec<_> = all
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    Running::with(data, &all)
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
