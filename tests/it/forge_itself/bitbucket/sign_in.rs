//! Codes and tokens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::super::client::{Answer, Client, answer, form};
use crate::forge::{App, Dialect, Forge, ForgeOptions};
use crate::support::SetClock;

const BACK: &str = "http://127.0.0.1:3000/api/oauth/return/bitbucket";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const TOKEN: &str = "site/oauth2/access_token";
const FORM: &str = "application/x-www-form-urlencoded";

/// A client, and the forge's clock.
async fn start() -> (Client, Arc<SetClock>) {
    let now = "2026-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(SetClock(Mutex::new(now)));
    let options = ForgeOptions {
        dialect: Dialect::Bitbucket,
        clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
        ..ForgeOptions::default()
    };
    (Client::of(Forge::start_with(options).await), clock)
}

/// The address of the page; `changed` parameters stand in the place of good ones.
fn page(ada: &Client, changed: &[(&str, &str)]) -> Url {
    let mut page = ada.forge.url().join("site/oauth2/authorize").unwrap();
    let good = [
        ("client_id", ada.forge.client_id()),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "s&<\">"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let kept = good
        .iter()
        .filter(|(name, _)| changed.iter().all(|(other, _)| name != other));
    page.query_pairs_mut().extend_pairs(kept.chain(changed));
    page
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

/// A code for ada.
fn code(ada: &Client) -> String {
    parameter(&ada.forge.approve(&page(ada, &[]), "ada"), "code").unwrap()
}

/// Asks for tokens, as the client.
async fn exchange(ada: &Client, fields: &[(&str, &str)]) -> Answer {
    let ask = ada.bare(Method::POST, TOKEN).header("content-type", FORM);
    let ask = ask.basic_auth(ada.forge.client_id(), Some(ada.forge.client_secret()));
    answer(ask.body(form(fields))).await
}

async fn first(ada: &Client) -> Value {
    let code = code(ada);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("code_verifier", VERIFIER),
        ("redirect_uri", BACK),
    ];
    exchange(ada, &fields).await.is(200).json()
}

async fn refresh(ada: &Client, tokens: &Value) -> Answer {
    let token = tokens["refresh_token"].as_str().unwrap();
    exchange(
        ada,
        &[("grant_type", "refresh_token"), ("refresh_token", token)],
    )
    .await
}

async fn status(ada: &Client, tokens: &Value) -> u16 {
    let ask = ada.bare(Method::GET, "2.0/user");
    answer(ask.bearer_auth(tokens["access_token"].as_str().unwrap()))
        .await
        .status
}

fn wrong(answer: &Answer) -> (u16, String, String) {
    let body = answer.json();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (answer.status, text("error"), text("error_description"))
}

#[tokio::test]
async fn a_code_becomes_tokens_that_are_good_for_two_hours() {
    let (ada, clock) = start().await;
    let tokens = first(&ada).await;
    let told = ["scopes", "token_type", "state"].map(|name| tokens[name].clone());
    assert_eq!(
        told,
        [
            "account email repository:write",
            "bearer",
            "authorization_code"
        ]
    );
    assert_eq!(
        (&tokens["expires_in"], &tokens["scope"]),
        (&7200.into(), &Value::Null)
    );
    assert_eq!(status(&ada, &tokens).await, 200);
    clock.advance(Duration::from_hours(2));
    assert_eq!(status(&ada, &tokens).await, 401);
}

#[tokio::test]
async fn a_refresh_token_stays_and_ends_no_other_token() {
    let (ada, clock) = start().await;
    let first = first(&ada).await;
    clock.advance(Duration::from_hours(1));
    let second = refresh(&ada, &first).await.is(200).json();
    assert_eq!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["access_token"], first["access_token"]);
    assert_eq!(
        (status(&ada, &first).await, status(&ada, &second).await),
        (200, 200)
    );
    clock.advance(Duration::from_hours(1));
    assert_eq!(
        (status(&ada, &first).await, status(&ada, &second).await),
        (401, 200)
    );
    let third = refresh(&ada, &first).await.is(200).json();
    assert_eq!(
        (&third["state"], status(&ada, &third).await),
        (&"refresh_token".into(), 200)
    );
    let token = first["access_token"].as_str().unwrap();
    let other = [("grant_type", "refresh_token"), ("refresh_token", token)];
    let invalid = (
        400,
        "invalid_grant".to_owned(),
        "Invalid refresh_token".to_owned(),
    );
    assert_eq!(wrong(&exchange(&ada, &other).await), invalid);
}

#[tokio::test]
async fn tokens_live_as_long_as_the_forge_is_told() {
    let (ada, clock) = start().await;
    ada.forge.register(App::Expiring {
        access_seconds: 60,
        refresh_seconds: 90,
    });
    let tokens = first(&ada).await;
    assert_eq!(tokens["expires_in"], 60);
    clock.advance(Duration::from_mins(1));
    assert_eq!(status(&ada, &tokens).await, 401);
    clock.advance(Duration::from_mins(1));
    assert_eq!(refresh(&ada, &tokens).await.status, 400);
}

#[tokio::test]
async fn a_code_is_good_once_with_its_proof_and_for_its_address() {
    let (ada, clock) = start().await;
    let invalid = (
        400,
        "invalid_grant".to_owned(),
        "The specified code is not valid.".to_owned(),
    );
    let elsewhere = "http://127.0.0.1:3000/api/oauth/return/bitbucket/x";
    let table: [&[(&str, &str)]; 4] = [
        &[],
        &[(
            "code_verifier",
            "another-verifier-that-is-long-enough-to-be-one",
        )],
        &[("code_verifier", VERIFIER), ("redirect_uri", elsewhere)],
        &[("code_verifier", VERIFIER)],
    ];
    for (number, fields) in table.into_iter().enumerate() {
        let code = code(&ada);
        let own = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
        ];
        let fields: Vec<_> = own.into_iter().chain(fields.iter().copied()).collect();
        let done = exchange(&ada, &fields).await;
        assert_eq!(done.status, if number == 3 { 200 } else { 400 }, "{number}");
        // It is used up, whatever has come of it.
        let good = [own[0], own[1], ("code_verifier", VERIFIER)];
        assert_eq!(wrong(&exchange(&ada, &good).await), invalid, "{number}");
    }
    let late = code(&ada);
    clock.advance(Duration::from_mins(10));
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &late),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(wrong(&exchange(&ada, &fields).await), invalid);
}

#[tokio::test]
async fn the_client_says_who_it_is_in_a_header_and_what_it_wants_in_a_form() {
    let (ada, _) = start().await;
    let (id, secret) = (ada.forge.client_id(), ada.forge.client_secret());
    let body = form(&[
        ("grant_type", "x"),
        ("client_id", id),
        ("client_secret", secret),
    ]);
    let ask = ada.bare(Method::POST, TOKEN).header("content-type", FORM);
    let nobody = (
        400,
        "unauthorized_client".to_owned(),
        "Invalid OAuth client credentials".to_owned(),
    );
    assert_eq!(wrong(&answer(ask.body(body)).await), nobody);
    let unsupported = |name: &str| {
        let sentence = format!("Unsupported grant type: {name}");
        (400, "invalid_grant".to_owned(), sentence)
    };
    assert_eq!(
        wrong(&exchange(&ada, &[("grant_type", "password")]).await),
        unsupported("password")
    );
    let ask = ada.bare(Method::POST, TOKEN).basic_auth(id, Some(secret));
    let ask = ask.header("content-type", "application/json");
    let json = answer(ask.body("{\"grant_type\":\"authorization_code\"}")).await;
    assert_eq!(wrong(&json), unsupported("None"));
}

#[tokio::test]
async fn the_page_sends_people_back_with_their_decision_and_the_state() {
    let (ada, _) = start().await;
    let denied = ada.forge.deny(&page(&ada, &[]));
    assert_eq!(
        parameter(&denied, "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(parameter(&denied, "state").as_deref(), Some("s&<\">"));
    let shown = answer(ada.bare(Method::GET, page(&ada, &[]).as_str()))
        .await
        .is(200);
    let shown = String::from_utf8(shown.body.to_vec()).unwrap();
    assert!(
        shown.contains("action=\"/site/oauth2/authorize\""),
        "{shown}"
    );
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("code_challenge_method", "plain"), "invalid_request"),
    ] {
        let sent = answer(ada.bare(Method::GET, page(&ada, &[changed]).as_str()))
            .await
            .is(302);
        let sent: Url = sent.header("location").parse().unwrap();
        assert!(sent.as_str().starts_with(BACK), "{sent}");
        assert_eq!(parameter(&sent, "error").as_deref(), Some(error));
    }
}

#[tokio::test]
async fn nobody_is_sent_where_the_client_is_not_registered() {
    let (ada, _) = start().await;
    for elsewhere in [
        "https://example.com/api/oauth/return/bitbucket",
        "http://127.0.0.1/x",
        "no",
    ] {
        let page = page(&ada, &[("redirect_uri", elsewhere)]);
        let shown = answer(ada.bare(Method::GET, page.as_str())).await.is(400);
        assert_eq!(shown.header("location"), "", "{elsewhere}");
    }
    let below = page(&ada, &[("redirect_uri", &format!("{BACK}/below"))]);
    answer(ada.bare(Method::GET, below.as_str())).await.is(200);
}
