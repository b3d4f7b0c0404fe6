//! How often an address may ask for what belongs to signing in, and which address that is
//! (S7).

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::forge::Dialect;
use crate::support::{Answer, Hosted, Person, TestApp, accounts};

const LOGIN: &str = "/api/login/local";

async fn spend(nobody: &Person, from: &str, calls: usize) {
    for _ in 0..calls {
        nobody.get(LOGIN).from(from).await.is(200);
    }
}

#[tokio::test]
async fn an_address_has_sixty_calls_in_a_minute() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    spend(&nobody, "127.9.0.1", 1).await;
    app.clock.advance(Duration::from_millis(20_500));
    spend(&nobody, "127.9.0.1", 59).await;
    let refused = nobody.get(LOGIN).from("127.9.0.1").await;
    assert_eq!(refused.header("retry-after"), Some("40"));
    let problem = refused.problem(429, "too_many_sign_ins");
    let told = "There were too many tries to sign in from your address. Wait, then try again.";
    assert_eq!(problem["detail"], told);
    spend(&nobody, "127.9.0.2", 1).await;
    app.clock.advance(Duration::from_millis(39_500));
    spend(&nobody, "127.9.0.1", 1).await;
}

#[tokio::test]
async fn every_call_that_signs_in_is_counted_and_no_other() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let ada = app.owner().await;
    spend(&nobody, "127.9.0.1", 60).await;
    let counted: [(&str, &str, &str); 4] = [
        ("POST", LOGIN, "{}"),
        ("GET", "/api/oauth/local?code=x", ""),
        ("POST", "/api/session", r#"{"code":"x"}"#),
        ("GET", LOGIN, ""),
    ];
    for (method, path, body) in counted {
        let ask = nobody.ask(method, path).json(body).from("127.9.0.1");
        ask.await.problem(429, "too_many_sign_ins");
    }
    let page = nobody.get("/api/oauth/return?code=x").from("127.9.0.1");
    page.await.page(429, "Too many sign-ins");
    for path in ["/", "/api/config", "/api/threatmodel/repos", "/api/logout"] {
        ada.get(path).from("127.9.0.1").await.is(200);
    }
    let out = nobody.ask("DELETE", "/api/session").from("127.9.0.1");
    out.await.is(204);
    ada.post("/api/logout").from("127.9.0.1").await.is(200);
}

#[tokio::test]
async fn renewing_has_an_allowance_of_its_own() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    spend(&nobody, "127.9.0.1", 60).await;
    let body = json!({ "refreshToken": "x" }).to_string();
    let renew = || {
        let ask = nobody.post("/api/token/refresh").json(body.clone());
        ask.from("127.9.0.1")
    };
    for _ in 0..600 {
        renew().await.problem(401, "sign_in_refused");
    }
    let refused = renew().await;
    assert_eq!(refused.header("retry-after"), Some("60"));
    refused.problem(429, "too_many_sign_ins");
    app.clock.advance(Duration::from_mins(1));
    renew().await.problem(401, "sign_in_refused");
}

#[tokio::test]
async fn a_person_has_twelve_hundred_calls_in_a_minute_and_the_owner_any_number() {
    const WHO: &str = "/api/session";
    let github = Hosted::start(Dialect::GitHub).await;
    let [ada, other] = [github.signed_in("ada").await, github.signed_in("ada").await];
    let grace = github.signed_in("grace").await;
    for _ in 0..600 {
        ada.get(WHO).await.is(200);
        other.get(WHO).await.is(200);
    }
    let refused = ada.get(WHO).await;
    assert_eq!(refused.header("retry-after"), Some("60"));
    let problem = refused.problem(429, "too_many_requests");
    let told = "You have asked for too much in a short time. Wait, then try again.";
    assert_eq!(problem["detail"], told);
    other.get(WHO).await.problem(429, "too_many_requests");
    grace.get(WHO).await.is(200);
    // The app itself is there for everybody.
    ada.get("/").await.is(200);
    github.app.clock.advance(Duration::from_mins(1));
    ada.get(WHO).await.is(200);
    let owner = github.app.owner().await;
    for _ in 0..=1200 {
        owner.get(WHO).await.is(200);
    }
}

#[tokio::test]
async fn an_address_that_is_made_up_is_not_believed() {
    let proxies = "server.trusted_proxies = ['10.0.0.0/8']";
    let app = TestApp::with(&[proxies, &accounts(&["ada"])]).await;
    let nobody = app.nobody();
    let forged = async |n: usize| -> Answer {
        let ask = nobody.get(LOGIN).from("192.0.2.1");
        ask.header("x-forwarded-for", format!("198.51.100.{n}"))
            .await
    };
    for n in 0..60 {
        forged(n).await.is(200);
    }
    forged(60).await.problem(429, "too_many_sign_ins");
    // Through a proxy, what the client has put before its own address counts for nothing.
    let through = async |n: usize, client: &str| -> Answer {
        let ask = nobody.get(LOGIN).from("10.0.0.1");
        ask.header("x-forwarded-for", format!("198.51.100.{n}, {client}"))
            .await
    };
    for n in 0..60 {
        through(n, "203.0.113.5").await.is(200);
    }
    let refused = through(60, "203.0.113.5").await;
    refused.problem(429, "too_many_sign_ins");
    through(60, "203.0.113.6").await.is(200);
}

#[tokio::test]
async fn a_connection_tells_its_address() {
    let app = TestApp::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = wyvern::http::serve(Arc::clone(&app.app), listener, std::future::pending());
    tokio::spawn(server);
    spend(&app.nobody(), "127.0.0.1", 60).await;
    // The router of the listener counts for itself.
    let mut last = String::new();
    for _ in 0..61 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request =
            format!("GET {LOGIN} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        last.clear();
        stream.read_to_string(&mut last).await.unwrap();
    }
    assert!(last.starts_with("HTTP/1.1 429 "), "{last}");
}
