//! Who did what is written down (S6), and nothing secret is (S5).

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tracing::Level;
use tracing::subscriber::DefaultGuard;

use super::REPOS;
use crate::support::github::{begin, code_of, path, query};
use crate::support::{CHECKOUT, GitHub, Tokens, model_path};

/// Everything that this thread logs, at every level, one JSON object on each line.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// What was done, by whom and where, and from which address.
    fn audit(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let audit = lines.filter(|line| line["target"] == "audit");
        let short = audit.map(|line| {
            let span = &line["span"];
            assert_eq!(span["id"].as_str().unwrap().len(), 16, "{line}");
            let fields = &line["fields"];
            let what = [&fields["message"], &fields["user"], &fields["provider"]];
            json!([what[0], what[1], what[2], span["client"]])
        });
        short.collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_people_do_is_written_down() {
    let github = GitHub::start().await;
    github.repository("ada/models");
    let (log, _guard) = Log::start();
    let browser = github.app.browser();
    let denied = github.forge.deny(&begin(&browser).await);
    browser.get(path(&denied)).await.is(403);
    github.sign_in(&browser, "ada").await.is(200);
    let create = model_path("ada/models", "main", "Checkout", "create");
    let from = browser
        .ask("POST", &create)
        .json(CHECKOUT)
        .from("192.0.2.7");
    browser.send(from).await.is(201);
    let body = json!({ "refBranch": "main" }).to_string();
    let branch = "/api/threatmodel/ada/models/other/createBranch";
    browser.post(branch, body).await.is(201);
    browser.post("/api/logout", "{}").await.is(200);
    let nobody = "0.0.0.0";
    assert_eq!(
        log.audit(),
        [
            json!(["sign-in begun", null, "github", nobody]),
            json!(["sign-in refused", null, null, nobody]),
            json!(["sign-in begun", null, "github", nobody]),
            json!(["sign-in completed at the provider", null, null, nobody]),
            json!(["signed in", "ada", "github", nobody]),
            json!(["created model", "ada", "github", "192.0.2.7"]),
            json!(["created branch", "ada", "github", nobody]),
            json!(["signed out", "ada", "github", nobody]),
        ]
    );
}

#[tokio::test]
async fn nothing_secret_is_written_down() {
    let github = GitHub::start().await;
    github.repository("ada/models");
    let (log, _guard) = Log::start();
    let browser = github.app.browser();
    let page = begin(&browser).await;
    let back = github.forge.approve(&page, "ada");
    let ours = code_of(&browser.get(path(&back)).await);
    let exchange = format!("/api/oauth/github?code={ours}");
    let first = Tokens::of(&browser.get(&exchange).await.data());
    let nobody = github.app.nobody();
    nobody.with(first.clone()).get(REPOS).await.is(200);
    let body = json!({ "refreshToken": first.refresh }).to_string();
    let renewed = nobody.post("/api/token/refresh").json(body.clone()).await;
    let second = Tokens::of(&renewed.data());
    github.app.clock.advance(Duration::from_secs(10));
    nobody.post("/api/token/refresh").json(body).await.is(401);
    github.sign_in(&browser, "ada").await.is(200);
    let cookies = ["wyvern", "wyvern-sign-in"].map(|name| browser.cookie(name).unwrap());
    let password = json!({ "username": "ada", "password": "canary-password" }).to_string();
    browser.post("/api/login/local", password).await.is(401);
    browser.delete("/api/session").await.is(204);

    let asked = query(&back);
    let text = |name: &str| asked[name].as_str().unwrap().to_owned();
    let mut secrets = vec![
        text("code"),
        text("state"),
        ours,
        "canary-password".to_owned(),
    ];
    secrets.extend([first.access, first.refresh, second.access, second.refresh]);
    secrets.extend(cookies);
    secrets.extend(github.forge.revoked());
    secrets.push(github.forge.client_secret().to_owned());
    assert_eq!(secrets.len(), 13);
    let log = log.text();
    assert!(log.contains(r#""level":"TRACE""#) && log.contains("signed out"));
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret}");
    }
}
