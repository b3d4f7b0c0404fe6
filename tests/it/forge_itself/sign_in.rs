//! Codes and tokens.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use url::Url;

use super::client::{Answer, Client, answer, form};
use crate::forge::{App, Forge, ForgeOptions};
use crate::support::SetClock;

const BACK: &str = "http://127.0.0.1:3000/api/oauth/return";
/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const TOKEN: &str = "login/oauth/access_token";

/// A forge with a GitHub App, and its clock.
async fn app() -> (Client, Arc<SetClock>) {
    let clock = Arc::new(SetClock(Mutex::new(
        "2026-01-01T12:00:00Z".parse().unwrap(),
    )));
    let options = ForgeOptions {
        clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
        app: App::Expiring {
            access_seconds: 8 * 3600,
            refresh_seconds: 180 * 24 * 3600,
        },
        ..ForgeOptions::default()
    };
    (Client::of(Forge::start_with(options).await), clock)
}

/// The address of the page.
fn page(ada: &Client, redirect: &str) -> Url {
    let mut page = ada.forge.url().join("login/oauth/authorize").unwrap();
    page.query_pairs_mut().extend_pairs([
        ("client_id", ada.forge.client_id()),
        ("redirect_uri", redirect),
        ("scope", "repo read:user"),
        ("state", "s&<\">"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    page
}

fn parameter(url: &Url, name: &str) -> Option<String> {
    let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

/// A code for ada.
fn code(ada: &Client) -> String {
    parameter(&ada.forge.approve(&page(ada, BACK), "ada"), "code").unwrap()
}

/// Asks for tokens, as the client.
async fn exchange(ada: &Client, fields: &[(&str, &str)]) -> Value {
    let client = [
        ("client_id", ada.forge.client_id()),
        ("client_secret", ada.forge.client_secret()),
    ];
    let fields: Vec<_> = client.into_iter().chain(fields.iter().copied()).collect();
    ada.form(TOKEN, &fields).await.is(200).json()
}

async fn user(ada: &Client, token: &Value) -> Answer {
    let ask = ada.bare(Method::GET, "api/v3/user");
    answer(ask.bearer_auth(token.as_str().unwrap())).await
}

#[tokio::test]
async fn a_code_becomes_a_token_once() {
    let ada = Client::start().await;
    let code = code(&ada);
    let fields = [
        ("code", code.as_str()),
        ("code_verifier", VERIFIER),
        ("redirect_uri", BACK),
    ];
    let tokens = exchange(&ada, &fields).await;
    assert_eq!(
        (&tokens["scope"], &tokens["token_type"]),
        (&"repo,read:user".into(), &"bearer".into())
    );
    assert_eq!(
        user(&ada, &tokens["access_token"]).await.is(200).json()["login"],
        "ada"
    );
    assert_eq!(
        exchange(&ada, &fields).await["error"],
        "bad_verification_code"
    );
}

#[tokio::test]
async fn a_token_without_the_scope_for_it_sees_no_private_repository() {
    let ada = Client::start().await;
    let seen = async |scope: &str| {
        let mut page = page(&ada, BACK);
        page.set_query(Some(
            &page.query().unwrap().replace("repo+read%3Auser", scope),
        ));
        let code = parameter(&ada.forge.approve(&page, "ada"), "code").unwrap();
        let tokens = exchange(&ada, &[("code", &code), ("code_verifier", VERIFIER)]).await;
        let ask = ada.bare(Method::GET, super::client::REPO);
        answer(ask.bearer_auth(tokens["access_token"].as_str().unwrap()))
            .await
            .status
    };
    assert_eq!(seen("read%3Auser").await, 404);
    assert_eq!(seen("read%3Auser,repo").await, 200);
}

#[tokio::test]
async fn a_code_without_its_proof_is_refused_and_gone() {
    let ada = Client::start().await;
    for proof in [
        vec![],
        vec![(
            "code_verifier",
            "another-verifier-that-is-long-enough-to-be-one",
        )],
    ] {
        let code = code(&ada);
        let mut fields = vec![("code", code.as_str())];
        fields.extend(proof);
        assert_eq!(
            exchange(&ada, &fields).await["error"],
            "bad_verification_code"
        );
        let fields = [("code", code.as_str()), ("code_verifier", VERIFIER)];
        assert_eq!(
            exchange(&ada, &fields).await["error"],
            "bad_verification_code"
        );
    }
}

#[tokio::test]
async fn errors_come_with_status_200_and_as_a_form_unless_json_is_asked_for() {
    let ada = Client::start().await;
    let wrong = [
        ("client_id", ada.forge.client_id()),
        ("client_secret", "no"),
        ("code", "no"),
    ];
    let error = ada.form(TOKEN, &wrong).await.is(200).json();
    assert_eq!(error["error"], "incorrect_client_credentials");
    let plain = answer(ada.bare(Method::POST, TOKEN).body(form(&wrong)))
        .await
        .is(200);
    assert_eq!(
        plain.header("content-type"),
        "application/x-www-form-urlencoded; charset=utf-8"
    );
    assert!(
        plain
            .body
            .starts_with(b"error=incorrect_client_credentials&error_description=The+client")
    );
    let code = code(&ada);
    let elsewhere = "http://127.0.0.1:3000/api/oauth/return/x";
    let fields = [
        ("code", code.as_str()),
        ("code_verifier", VERIFIER),
        ("redirect_uri", elsewhere),
    ];
    assert_eq!(
        exchange(&ada, &fields).await["error"],
        "redirect_uri_mismatch"
    );
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes() {
    let (ada, clock) = app().await;
    let code = code(&ada);
    clock.advance(Duration::from_mins(10));
    let fields = [("code", code.as_str()), ("code_verifier", VERIFIER)];
    assert_eq!(
        exchange(&ada, &fields).await["error"],
        "bad_verification_code"
    );
}

#[tokio::test]
async fn a_refresh_makes_both_old_tokens_worthless() {
    let (ada, clock) = app().await;
    let code = code(&ada);
    let first = exchange(&ada, &[("code", &code), ("code_verifier", VERIFIER)]).await;
    assert_eq!(
        (&first["expires_in"], &first["scope"]),
        (&28800.into(), &"".into())
    );
    let refresh = async |tokens: &Value| {
        let token = tokens["refresh_token"].as_str().unwrap();
        exchange(
            &ada,
            &[("grant_type", "refresh_token"), ("refresh_token", token)],
        )
        .await
    };
    let second = refresh(&first).await;
    user(&ada, &first["access_token"]).await.is(401);
    assert_eq!(refresh(&first).await["error"], "bad_refresh_token");
    user(&ada, &second["access_token"]).await.is(200);
    clock.advance(Duration::from_hours(8));
    user(&ada, &second["access_token"]).await.is(401);
    let third = refresh(&second).await;
    user(&ada, &third["access_token"]).await.is(200);
}

#[tokio::test]
async fn the_page_sends_people_back_with_their_decision_and_the_state() {
    let ada = Client::start().await;
    let denied = ada.forge.deny(&page(&ada, BACK));
    let description = "The user has denied your application access.";
    assert_eq!(
        parameter(&denied, "error").as_deref(),
        Some("access_denied")
    );
    assert_eq!(
        parameter(&denied, "error_description").as_deref(),
        Some(description)
    );
    assert_eq!(parameter(&denied, "state").as_deref(), Some("s&<\">"));
    let shown = answer(ada.bare(Method::GET, page(&ada, BACK).as_str()))
        .await
        .is(200);
    let shown = String::from_utf8(shown.body.to_vec()).unwrap();
    assert!(
        shown.contains("name=\"state\" value=\"s&amp;&lt;&quot;>\""),
        "{shown}"
    );
}

#[tokio::test]
async fn nobody_is_sent_where_the_client_is_not_registered() {
    let ada = Client::start().await;
    for elsewhere in [
        "https://example.com/api/oauth/return",
        "http://127.0.0.1:3000/x",
        "no",
    ] {
        let shown = answer(ada.bare(Method::GET, page(&ada, elsewhere).as_str()))
            .await
            .is(302);
        let sent: Url = shown.header("location").parse().unwrap();
        assert_eq!(
            parameter(&sent, "error").as_deref(),
            Some("redirect_uri_mismatch"),
            "{elsewhere}"
        );
        assert!(
            sent.as_str()
                .starts_with("http://127.0.0.1/api/oauth/return?"),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn the_client_alone_revokes_a_token() {
    let ada = Client::start().await;
    let path = format!("api/v3/applications/{}/token", ada.forge.client_id());
    let revoke = async |secret: &str, token: &str| {
        let body = format!("{{\"access_token\":\"{token}\"}}");
        let ask = ada.bare(Method::DELETE, &path);
        answer(
            ask.basic_auth(ada.forge.client_id(), Some(secret))
                .body(body),
        )
        .await
        .status
    };
    assert_eq!(revoke("no", &ada.token).await, 404);
    ada.get("api/v3/user").await.is(200);
    assert_eq!(revoke(ada.forge.client_secret(), &ada.token).await, 204);
    assert_eq!(
        ada.get("api/v3/user").await.error(),
        (401, "Bad credentials".to_owned())
    );
    assert_eq!(revoke(ada.forge.client_secret(), &ada.token).await, 422);
    assert_eq!(ada.forge.revoked(), std::slice::from_ref(&ada.token));
}
