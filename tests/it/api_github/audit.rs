//! Who did what is written down (S6), and nothing secret is (S5).

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tracing::Level;
use tracing::subscriber::DefaultGuard;

use super::REPOS;
use crate::forge::{Access, Dialect};
use crate::support::host::{begin, code_of, path, query};
use crate::support::{CHECKOUT, Hosted, Tokens, model_path};

/// Where everybody is who says nothing of it.
const HERE: &str = "127.0.0.1";

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

    /// What was refused, or asked for by somebody who has left, with its code and who has asked.
    fn attempts(&self) -> Vec<Value> {
        let text = self.text();
        let lines = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let attempts = lines.filter(|line| line["fields"]["route"].is_string());
        let short = attempts.map(|line| {
            assert_eq!(line["target"], "audit");
            assert_eq!(line["span"]["client"], "127.0.0.1");
            let names = [
                "message", "user", "method", "route", "path", "status", "code",
            ];
            json!(names.map(|name| &line["fields"][name]))
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

/// The owner of the server's own repositories renews the tokens of a program.
async fn renew_as_owner(github: &Hosted) {
    let program = github.app.owner().await.tokens.unwrap();
    let body = json!({ "refreshToken": program.refresh }).to_string();
    let renewed = github.app.nobody().post("/api/token/refresh").json(body);
    renewed.await.is(200);
}

#[tokio::test]
async fn what_people_do_is_written_down() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let (log, _guard) = Log::start();
    let browser = github.app.browser();
    let denied = github.forge.deny(&begin(&browser, Dialect::GitHub).await);
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
    github.sign_in(&browser, "ada").await.is(200);
    browser.delete("/api/session").await.is(204);
    renew_as_owner(&github).await;
    let mut audit = log.audit();
    // The owner signs in from an address of their own.
    audit.retain(|line| line[0] != "signed in" || line[2] == "github");
    assert_eq!(
        audit,
        [
            json!(["sign-in begun", null, "github", HERE]),
            json!(["sign-in refused", null, null, HERE]),
            json!(["sign-in begun", null, "github", HERE]),
            json!(["sign-in completed at the provider", null, null, HERE]),
            json!(["signed in", "ada", "github", HERE]),
            json!(["created model", "ada", "github", "192.0.2.7"]),
            json!(["created branch", "ada", "github", HERE]),
            json!(["signed out", "ada", "github", HERE]),
            json!(["sign-in begun", null, "github", HERE]),
            json!(["sign-in completed at the provider", null, null, HERE]),
            json!(["signed in", "ada", "github", HERE]),
            json!(["signed out", "ada", "github", HERE]),
            json!(["renewed", "Ada Lovelace", "local", HERE]),
        ]
    );
}

#[tokio::test]
async fn changes_that_are_refused_are_written_down() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    github.forge.grant("grace", "ada/models", Access::Read);
    let grace = github.signed_in("grace").await;
    let (log, _guard) = Log::start();
    let create = model_path("ada/models", "main", "Checkout", "create");
    let refused = grace.post(&create, CHECKOUT).await;
    refused.problem(403, "provider_forbidden");
    let foreign = grace.ask("POST", &create).json(CHECKOUT);
    let foreign = foreign.header("sec-fetch-site", "cross-site");
    grace.send(foreign).await.problem(403, "cross_origin");
    grace.get(REPOS).await.is(200);
    let nowhere = github.app.nobody();
    nowhere.post("/nothing").await.problem(404, "unknown_path");
    let route = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/create";
    let line =
        |user: Option<&str>, code: &str| json!(["refused", user, "POST", route, create, 403, code]);
    assert_eq!(
        log.attempts(),
        [
            line(Some("grace"), "provider_forbidden"),
            line(None, "cross_origin")
        ]
    );
}

#[tokio::test]
async fn a_change_whose_client_has_left_is_written_down() {
    let github = Hosted::start(Dialect::GitHub).await;
    let (log, _guard) = Log::start();
    let nobody = github.app.nobody();
    let body =
        axum::body::Body::from_stream(futures_util::stream::pending::<io::Result<Vec<u8>>>());
    let renewal = nobody.post("/api/token/refresh").body(body);
    let mut asked = renewal
        .header("content-type", "application/json")
        .into_future();
    let waiting = futures_util::poll!(&mut asked);
    assert!(waiting.is_pending(), "{waiting:?}");
    assert_eq!(log.attempts(), Vec::<Value>::new());
    drop(asked);
    let left = "the client has left before the answer";
    let path = "/api/token/refresh";
    assert_eq!(
        log.attempts(),
        [json!([left, null, "POST", path, path, null, null])]
    );
}

#[tokio::test]
async fn nothing_secret_is_written_down() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let (log, _guard) = Log::start();
    let browser = github.app.browser();
    let page = begin(&browser, Dialect::GitHub).await;
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
