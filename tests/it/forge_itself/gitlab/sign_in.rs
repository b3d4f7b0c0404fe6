//! Codes, tokens and devices.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::super::client::{Answer, Client, answer, form};
use super::{PROJECT, send, start, start_with};
use crate::forge::ForgeOptions;
use crate::support::SetClock;

const BACK: &str = "http://127.0.0.1:3000/api/oauth/return/gitlab";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The address of the page, with one parameter exchanged or left out.
fn page(ada: &Client, (name, value): (&str, Option<&str>)) -> Url {
    let mut page = ada.forge.url().join("oauth/authorize").unwrap();
    let usual = [
        ("client_id", ada.forge.client_id()),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", "api"),
        ("state", "s&<\">"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let others = usual.into_iter().filter(|(key, _)| *key != name);
    let exchanged = value.map(|value| (name, value));
    page.query_pairs_mut()
        .extend_pairs(others)
        .extend_pairs(exchanged);
    page
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

/// A code for ada, for this scope.
fn code(ada: &Client, scope: &str) -> String {
    let back = ada.forge.approve(&page(ada, ("scope", Some(scope))), "ada");
    parameter(&back, "code").unwrap()
}

/// Asks the token endpoint, or another one, as the client.
async fn ask(ada: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let client = [
        ("client_id", ada.forge.client_id()),
        ("client_secret", ada.forge.client_secret()),
    ];
    let fields: Vec<_> = client.into_iter().chain(fields.iter().copied()).collect();
    ada.form(path, &fields).await
}

async fn exchange(ada: &Client, code: &str) -> Answer {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", VERIFIER),
        ("redirect_uri", BACK),
    ];
    ask(ada, "oauth/token", &fields).await
}

async fn refresh(ada: &Client, tokens: &Value) -> Answer {
    let token = tokens["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
    ask(ada, "oauth/token", &fields).await
}

async fn status(ada: &Client, path: &str, token: &Value) -> u16 {
    let call = ada.bare(Method::GET, path);
    answer(call.bearer_auth(token.as_str().unwrap()))
        .await
        .status
}

#[tokio::test]
async fn a_code_becomes_a_token_once() {
    let ada = start().await;
    let code = code(&ada, "api");
    let tokens = exchange(&ada, &code).await.is(200).json();
    assert_eq!(
        (
            &tokens["scope"],
            &tokens["token_type"],
            &tokens["expires_in"]
        ),
        (&json!("api"), &json!("Bearer"), &json!(7200))
    );
    assert!(tokens["created_at"].is_i64());
    assert_eq!(status(&ada, PROJECT, &tokens["access_token"]).await, 200);
    let again = exchange(&ada, &code).await.is(400);
    assert_eq!(again.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn a_code_is_for_who_asked_for_it() {
    let ada = start().await;
    for (name, value) in [
        (
            "code_verifier",
            "another-verifier-that-is-long-enough-to-be-one",
        ),
        (
            "redirect_uri",
            "http://127.0.0.1:3001/api/oauth/return/gitlab",
        ),
        ("code", "forge-code-none"),
    ] {
        let code = code(&ada, "api");
        let usual = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("code_verifier", VERIFIER),
            ("redirect_uri", BACK),
        ];
        let fields = usual.map(|(key, usual)| (key, if key == name { value } else { usual }));
        let refused = ask(&ada, "oauth/token", &fields).await.is(400).json();
        assert_eq!(refused["error"], "invalid_grant", "{name}");
    }
    let wrong = [
        ("client_id", ada.forge.client_id()),
        ("client_secret", "no"),
    ];
    let refused = ada.form("oauth/token", &wrong).await.is(401).json();
    assert_eq!(refused["error"], "invalid_client");
    let call = ada.bare(Method::POST, "oauth/token");
    let call = call.basic_auth(ada.forge.client_id(), Some(ada.forge.client_secret()));
    let unknown = answer(call.body(form(&[("grant_type", "password")])))
        .await
        .is(400);
    assert_eq!(unknown.json()["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn a_refresh_makes_both_old_tokens_worthless() {
    let clock = Arc::new(SetClock(Mutex::new(
        "2026-01-01T12:00:00Z".parse().unwrap(),
    )));
    let options = ForgeOptions {
        clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
        ..ForgeOptions::default()
    };
    let ada = start_with(options).await;
    let first = exchange(&ada, &code(&ada, "api")).await.is(200).json();
    let second = refresh(&ada, &first).await.is(200).json();
    assert_eq!(status(&ada, PROJECT, &first["access_token"]).await, 401);
    assert_eq!(
        refresh(&ada, &first).await.is(400).json()["error"],
        "invalid_grant"
    );
    assert_eq!(status(&ada, PROJECT, &second["access_token"]).await, 200);
    clock.advance(Duration::from_hours(2));
    assert_eq!(status(&ada, PROJECT, &second["access_token"]).await, 401);
    let third = refresh(&ada, &second).await.is(200).json();
    assert_eq!(status(&ada, PROJECT, &third["access_token"]).await, 200);
}

#[tokio::test]
async fn the_client_revokes_tokens_of_both_sorts() {
    let ada = start().await;
    for sort in ["access_token", "refresh_token"] {
        let tokens = exchange(&ada, &code(&ada, "api")).await.is(200).json();
        let token = tokens[sort].as_str().unwrap();
        let stranger = ada.form("oauth/revoke", &[("token", token)]).await.is(403);
        assert_eq!(stranger.json()["error"], "unauthorized_client");
        assert_eq!(status(&ada, PROJECT, &tokens["access_token"]).await, 200);
        for _ in 0..2 {
            let revoked = ask(&ada, "oauth/revoke", &[("token", token)]).await;
            assert_eq!(revoked.is(200).json(), json!({}));
        }
        assert_eq!(status(&ada, PROJECT, &tokens["access_token"]).await, 401);
        refresh(&ada, &tokens).await.is(400);
        assert_eq!(ada.forge.revoked().last().unwrap(), token);
    }
}

#[tokio::test]
async fn a_token_is_good_for_what_was_asked_for() {
    let ada = start().await;
    let statuses = async |scope: &str| {
        let mut tokens = exchange(&ada, &code(&ada, scope)).await.is(200).json();
        let token = tokens["access_token"].take();
        let read = status(&ada, PROJECT, &token).await;
        let user = status(&ada, "api/v4/user", &token).await;
        let call = ada.bare(Method::POST, &format!("{PROJECT}/repository/branches"));
        let write = answer(call.bearer_auth(token.as_str().unwrap())).await;
        (user, read, write.status)
    };
    assert_eq!(statuses("read_user").await, (200, 403, 403));
    assert_eq!(statuses("read_api").await, (200, 200, 403));
    assert_eq!(statuses("read_user api").await, (200, 200, 400));
    send(&ada, "branches", &json!({})).await.is(400);
}

#[tokio::test]
async fn the_page_sends_people_back_with_their_decision_and_the_state() {
    let ada = start().await;
    let usual = page(&ada, ("", None));
    let denied = ada.forge.deny(&usual);
    assert_eq!(
        parameter(&denied, "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(parameter(&denied, "state").as_deref(), Some("s&<\">"));
    let shown = answer(ada.bare(Method::GET, usual.as_str())).await.is(200);
    let shown = String::from_utf8(shown.body.to_vec()).unwrap();
    assert!(
        shown.contains("action=\"/gitlab/oauth/authorize\""),
        "{shown}"
    );
    for (exchanged, error) in [
        (("response_type", None), "unsupported_response_type"),
        (("scope", Some("repo")), "invalid_scope"),
        (
            ("code_challenge_method", Some("plain")),
            "invalid_code_challenge_method",
        ),
    ] {
        let page = page(&ada, exchanged);
        let sent = answer(ada.bare(Method::GET, page.as_str())).await.is(302);
        let sent: Url = sent.header("location").parse().unwrap();
        assert_eq!(parameter(&sent, "error").as_deref(), Some(error));
    }
}

#[tokio::test]
async fn nobody_is_sent_where_the_client_is_not_registered() {
    let ada = start().await;
    for elsewhere in [
        "https://example.com/api/oauth/return/gitlab",
        "http://127.0.0.1:3000/api/oauth/return",
        "http://127.0.0.1:3000/api/oauth/return/gitlab/below",
        "no",
    ] {
        let page = page(&ada, ("redirect_uri", Some(elsewhere)));
        let shown = answer(ada.bare(Method::GET, page.as_str())).await.is(400);
        assert_eq!(shown.header("location"), "", "{elsewhere}");
    }
    let page = page(&ada, ("client_id", Some("another")));
    answer(ada.bare(Method::GET, page.as_str())).await.is(401);
}

#[tokio::test]
async fn a_device_waits_until_it_is_allowed() {
    let clock = Arc::new(SetClock(Mutex::new(
        "2026-01-01T12:00:00Z".parse().unwrap(),
    )));
    let options = ForgeOptions {
        clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
        ..ForgeOptions::default()
    };
    let ada = start_with(options).await;
    let fields = [("client_id", ada.forge.client_id()), ("scope", "api")];
    let begun = ada
        .form("oauth/authorize_device", &fields)
        .await
        .is(200)
        .json();
    assert_eq!(
        begun["verification_uri"],
        format!("{}oauth/device", ada.forge.url())
    );
    let poll = async || {
        clock.advance(Duration::from_secs(6));
        let fields = [
            ("client_id", ada.forge.client_id()),
            ("device_code", begun["device_code"].as_str().unwrap()),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ];
        ada.form("oauth/token", &fields).await
    };
    assert_eq!(
        poll().await.is(400).json()["error"],
        "authorization_pending"
    );
    ada.forge
        .approve_device(begun["user_code"].as_str().unwrap(), "ada");
    let tokens = poll().await.is(200).json();
    assert_eq!(status(&ada, PROJECT, &tokens["access_token"]).await, 200);
    assert_eq!(poll().await.is(400).json()["error"], "invalid_grant");
}
