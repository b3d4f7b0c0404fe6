//! The cookie of a browser: what it is, how long it is good, and that nobody is given another's. It
//! is all that the browser holds (S2), and signing out ends it (S3).

use std::time::Duration;

use serde_json::json;

use super::REPOS;
use crate::forge::{App, Dialect};
use crate::support::host::{begin, code_of, path};
use crate::support::{Answer, Browser, Hosted, PASSWORD, TestApp, accounts};

const COOKIE: &str = "wyvern";

/// The code that a sign-in of the local owner has ended with.
async fn local_code(browser: &Browser) -> String {
    code_in(browser.get("/api/login/local").await)
}

/// The code that a password gives.
async fn typed_code(browser: &Browser) -> String {
    let body = json!({ "username": "ada", "password": PASSWORD }).to_string();
    code_in(browser.post("/api/login/local", body).await)
}

fn code_in(answer: Answer) -> String {
    let address = answer.data();
    let (_, code) = address.as_str().unwrap().split_once("code=").unwrap();
    code.to_owned()
}

async fn open(browser: &Browser) -> Answer {
    let body = json!({ "code": local_code(browser).await }).to_string();
    browser.post("/api/session", body).await
}

#[tokio::test]
async fn on_this_machine_the_cookie_is_plain() {
    let browser = TestApp::start().await.browser();
    let answer = open(&browser).await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let id = browser.cookie(COOKIE).unwrap();
    let expected = format!("wyvern={id}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
    assert_eq!(answer.header("set-cookie"), Some(expected.as_str()));
    assert_eq!(id.len(), 22);
    let who = json!({ "provider": "local", "username": "Ada Lovelace" });
    assert_eq!(browser.get("/api/session").await.data(), who);
    let out = browser.delete("/api/session").await.is(204);
    let removed = "wyvern=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax";
    assert_eq!(out.header("set-cookie"), Some(removed));
    assert_eq!(out.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn over_https_the_cookie_is_this_hosts_alone() {
    let public = "server.public_url = 'https://wyvern.example.com'";
    let app = TestApp::with(&[public, &accounts(&["ada"])]).await;
    let browser = app.browser();
    let body = json!({ "code": typed_code(&browser).await }).to_string();
    let answer = browser.post("/api/session", body).await.is(200);
    let id = browser.cookie("__Host-wyvern").unwrap();
    let attributes = "Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure";
    let expected = format!("__Host-wyvern={id}; {attributes}");
    assert_eq!(answer.header("set-cookie"), Some(expected.as_str()));
    browser.get(REPOS).await.is(200);
    // Under the plain name it is somebody else's, who could set it from a sibling's name.
    let plain = app.browser();
    plain.set(COOKIE, &id);
    plain.get(REPOS).await.problem(401, "sign_in_required");
    let out = browser.delete("/api/session").await.is(204);
    let removed = "__Host-wyvern=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(out.header("set-cookie"), Some(removed));
}

#[tokio::test]
async fn in_clear_over_a_network_there_is_no_cookie_but_tokens_work() {
    let public = "server.public_url = 'http://wyvern.example.com'";
    let app = TestApp::with(&[public, &accounts(&["ada"])]).await;
    let browser = app.browser();
    let body = json!({ "code": typed_code(&browser).await }).to_string();
    let begun = browser.post("/api/session", body).await;
    begun.problem(403, "insecure_address");
    let out = browser.delete("/api/session").await;
    out.problem(403, "insecure_address");
    browser.get(REPOS).await.problem(401, "sign_in_required");
    let exchange = format!("/api/oauth/local?code={}", typed_code(&browser).await);
    let tokens = crate::support::Tokens::of(&browser.get(&exchange).await.data());
    app.nobody().with(tokens).get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_name_that_a_browser_made_up_is_never_a_session() {
    let app = TestApp::start().await;
    let made_up = "AAAAAAAAAAAAAAAAAAAAAA";
    for value in [
        made_up,
        "",
        "x",
        "%00",
        "AAAAAAAAAAAAAAAAAAAAA",
        "../../key",
    ] {
        let browser = app.browser();
        browser.set(COOKIE, value);
        browser.get(REPOS).await.problem(401, "sign_in_required");
        open(&browser).await.is(200);
        assert_ne!(browser.cookie(COOKIE).unwrap(), value);
        browser.get(REPOS).await.is(200);
        // Whoever planted the name has nothing.
        let planter = app.browser();
        planter.set(COOKIE, value);
        planter.get(REPOS).await.problem(401, "sign_in_required");
    }
}

#[tokio::test]
async fn signing_in_again_is_another_session_and_ends_the_one_before() {
    let app = TestApp::start().await;
    let browser = app.browser();
    open(&browser).await.is(200);
    let first = browser.cookie(COOKIE).unwrap();
    open(&browser).await.is(200);
    assert_ne!(browser.cookie(COOKIE).unwrap(), first);
    let before = app.browser();
    before.set(COOKIE, &first);
    before.get(REPOS).await.problem(401, "sign_in_required");
    browser.get(REPOS).await.is(200);
    // A code that is not good changes nothing.
    let refused = browser.post("/api/session", r#"{"code":"x"}"#).await;
    refused.problem(401, "sign_in_refused");
    browser.get(REPOS).await.is(200);
}

#[tokio::test]
async fn a_session_ends_unused_and_in_any_case() {
    let app = TestApp::with(&["auth.access_lifetime = '1 min'"]).await;
    let (hour, day) = (Duration::from_hours(1), Duration::from_hours(24));
    let almost = Duration::from_secs(86_399);
    let browser = app.browser();
    open(&browser).await.is(200);
    app.clock.advance(almost);
    browser.get(REPOS).await.is(200);
    app.clock.advance(almost);
    browser.get(REPOS).await.is(200);
    app.clock.advance(day);
    browser.get(REPOS).await.problem(401, "sign_in_required");

    open(&browser).await.is(200);
    for _ in 0..167 {
        app.clock.advance(hour);
        browser.get(REPOS).await.is(200);
    }
    app.clock.advance(hour);
    browser.get(REPOS).await.problem(401, "sign_in_required");
}

#[tokio::test]
async fn a_bearer_token_goes_before_a_cookie() {
    let github = Hosted::start(Dialect::GitHub).await;
    let browser = github.signed_in("grace").await;
    let owner = github.app.owner().await.tokens.unwrap();
    let with = |token: &str| {
        let bearer = format!("Bearer {token}");
        browser
            .ask("GET", "/api/session")
            .header("authorization", bearer)
    };
    let who = browser.send(with(&owner.access)).await.data();
    assert_eq!(who["provider"], "local");
    // One that is not good is not made good by a cookie.
    let refused = browser.send(with("x.y.z")).await;
    refused.problem(401, "sign_in_required");
    assert_eq!(
        browser.get("/api/session").await.data()["username"],
        "grace"
    );
}

#[tokio::test]
async fn signing_out_is_for_every_tab_and_for_what_was_stolen() {
    let github = Hosted::start(Dialect::GitHub).await;
    let [ada, thief] = [github.signed_in("ada").await, github.app.browser()];
    thief.set(COOKIE, &ada.cookie(COOKIE).unwrap());
    thief.get(REPOS).await.is(200);
    ada.delete("/api/session").await.is(204);
    assert_eq!(ada.cookie(COOKIE), None);
    thief.get(REPOS).await.problem(401, "sign_in_required");
    thief
        .get("/api/session")
        .await
        .problem(401, "sign_in_required");
    ada.delete("/api/session").await.is(204);
    // What the thief holds cannot be brought back to life.
    let again = thief.post("/api/logout", "{}").await;
    again.problem(401, "sign_in_required");
    assert_eq!(github.forge.revoked().len(), 1);
}

/// S4: tokens are renewed before they end.
#[tokio::test]
async fn a_whole_day_is_one_sign_in_though_tokens_last_eight_hours() {
    let app = App::Expiring {
        access_seconds: 8 * 3600,
        refresh_seconds: 180 * 24 * 3600,
    };
    let github = Hosted::with(Dialect::GitHub, app, &[]).await;
    github.repository("ada/models");
    let ada = github.signed_in("ada").await;
    for _ in 0..48 {
        github.app.clock.advance(Duration::from_mins(30));
        let repos = ada.get(REPOS).await.data();
        assert_eq!(repos["repos"], json!(["ada/models"]));
    }
}

#[tokio::test]
async fn a_session_that_nobody_uses_gives_its_token_back_and_one_in_use_keeps_it() {
    let github = Hosted::start(Dialect::GitHub).await;
    let [ada, grace] = [
        github.signed_in("ada").await,
        github.signed_in("grace").await,
    ];
    for _ in 0..2 {
        github.app.clock.advance(Duration::from_hours(12));
        grace.get(REPOS).await.is(200);
    }
    github.app.app.authority.sweep().await;
    assert_eq!(github.forge.revoked().len(), 1);
    ada.get(REPOS).await.problem(401, "sign_in_required");
    grace.get(REPOS).await.is(200);
}

#[tokio::test]
async fn the_code_is_good_in_the_browser_that_began() {
    let github = Hosted::start(Dialect::GitHub).await;
    let [ada, other] = [github.app.browser(), github.app.browser()];
    let back = github
        .forge
        .approve(&begin(&ada, Dialect::GitHub).await, "ada");
    let code = code_of(&ada.get(path(&back)).await);
    begin(&other, Dialect::GitHub).await;
    let body = json!({ "code": code }).to_string();
    let stolen = other.post("/api/session", body.clone()).await;
    stolen.problem(401, "sign_in_refused");
    assert_eq!(github.forge.revoked().len(), 1, "it is given back");
    // It was tried by somebody else, so it is good for nobody any more.
    ada.post("/api/session", body)
        .await
        .problem(401, "sign_in_refused");
}

#[tokio::test]
async fn who_is_not_signed_in_gets_no_cookie() {
    let app = TestApp::start().await;
    let browser = app.browser();
    for path in [
        "/",
        "/api/config",
        REPOS,
        "/api/session",
        "/nothing",
        "/api/docs/",
    ] {
        assert_eq!(browser.get(path).await.header("set-cookie"), None, "{path}");
    }
    let form = browser.ask("POST", "/api/session").body("code=x");
    let form = form.header("content-type", "text/plain");
    browser
        .send(form)
        .await
        .problem(415, "unsupported_media_type");
}
