//! Whatever the provider answers is told as what it is, and no token is ever printed.

use std::error::Error;
use std::iter::successors;

use jiff::Timestamp;
use wyvern::auth::AuthError;
use wyvern::clock::Clock as _;

use super::ground::{Ground, HERS, token, token_page};
use crate::forge::{App, Fault, Wanted};

/// An answer of the token page.
fn answer(status: u16, kind: &str, body: &str) -> Fault {
    Fault::Status {
        status,
        headers: vec![("content-type".to_owned(), kind.to_owned())],
        body: body.to_owned(),
    }
}

fn json(status: u16, body: &str) -> Fault {
    answer(status, "application/json; charset=utf-8", body)
}

/// What a sign-in ends with when the token page meets this.
async fn meets(fault: Fault) -> AuthError {
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    ground.forge.faults().next(token_page(), fault);
    let error = ground.complete(good).await.unwrap_err();
    assert_eq!(ground.token_calls(), 1, "a code is never tried twice");
    error
}

#[tokio::test]
async fn an_answer_that_gives_no_token_is_an_error_with_a_reason() {
    let odd = "Its sign-in gave an answer that cannot be understood.";
    let status = |code| format!("Its sign-in answered with status {code}.");
    for (fault, reason) in [
        (json(500, "{}"), status(500)),
        (answer(502, "text/html", "<p>"), status(502)),
        (Fault::RedirectTo("http://127.0.0.1:1/".into()), status(302)),
        (Fault::WrongType, odd.to_owned()),
        (json(200, ""), odd.to_owned()),
        (json(200, "{}"), odd.to_owned()),
        (json(200, "[]"), odd.to_owned()),
        (
            json(200, r#"{"access_token":7,"token_type":"bearer"}"#),
            odd.to_owned(),
        ),
        (
            json(200, r#"{"access_token":"","token_type":"bearer"}"#),
            "Its sign-in gave no token.".to_owned(),
        ),
    ] {
        let told = meets(fault).await.to_string();
        assert_eq!(told, format!("the provider is unavailable: {reason}"));
    }
}

#[tokio::test]
async fn an_error_is_told_by_its_code_whatever_its_status_and_form() {
    let form = "application/x-www-form-urlencoded";
    for (fault, code) in [
        (json(404, r#"{"error":"Not Found"}"#), "unknown_error"),
        (json(400, r#"{"error":"invalid_grant"}"#), "invalid_grant"),
        (
            json(200, r#"{"error":"application_suspended"}"#),
            "application_suspended",
        ),
        (
            answer(200, form, "error=redirect_uri_mismatch"),
            "redirect_uri_mismatch",
        ),
    ] {
        let told = meets(fault).await.to_string();
        assert_eq!(told, format!("the provider answered {code:?}"));
    }
}

#[tokio::test]
async fn a_lost_answer_is_told_and_the_code_is_not_tried_again() {
    for fault in [Fault::Reset, Fault::ResetAfter, Fault::Truncate] {
        let error = meets(fault).await;
        let told = error.to_string();
        assert!(told.starts_with("the provider is unavailable: "), "{told}");
    }
}

#[tokio::test]
async fn a_provider_that_asks_to_wait_says_until_when() {
    let now: Timestamp = crate::support::SetClock::new().now();
    let error = meets(Fault::RateLimit { retry_after: 90 }).await;
    let until = now + std::time::Duration::from_secs(90);
    assert_eq!(
        error.to_string(),
        format!("the provider asks to wait until {until}")
    );
}

#[tokio::test]
async fn a_form_with_commas_and_no_lifetime_signs_in_as_json_does() {
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    let hers = ground.forge.token("ada");
    let form = format!("access_token={hers}&scope=repo%2Cread%3Auser&token_type=bearer");
    let kind = "application/x-www-form-urlencoded; charset=utf-8";
    ground
        .forge
        .faults()
        .next(token_page(), answer(200, kind, &form));
    let code = ground.complete(good).await.unwrap();
    let session = ground.authority.open(&code, Some(HERS)).await.unwrap();
    assert_eq!(token(&session), hers);
    assert!(ground.works(&session).await);
}

#[tokio::test]
async fn a_token_of_nobody_knows_whom_is_given_back() {
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    let who = Wanted::Path("/api/v3/user".to_owned());
    ground
        .forge
        .faults()
        .every(who, answer(403, "application/json", "{}"));
    let error = ground.complete(good).await.unwrap_err();
    assert_eq!(error.to_string(), "the provider does not allow this");
    assert_eq!(ground.forge.revoked().len(), 1);
}

#[tokio::test]
async fn no_secret_is_in_an_error_or_in_what_can_be_printed() {
    for (kind, body) in [
        (
            "application/json",
            r#"{"access_token":"canary","refresh_token":7}"#,
        ),
        ("application/json", r#"{"access_token":"canary""#),
        ("text/plain", "access_token=canary"),
        ("application/json", r#"{"error":"canary canary"}"#),
        (
            "application/json",
            r#"{"error":"invalid_grant","error_description":"canary"}"#,
        ),
    ] {
        let error = meets(answer(200, kind, body)).await;
        let first: &(dyn Error + 'static) = &error;
        let chain = successors(Some(first), |error| (*error).source());
        for told in chain.map(|error| format!("{error} {error:?}")) {
            assert!(!told.contains("canary"), "{told}");
        }
    }
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    let mut secrets = vec![
        ground.forge.client_secret().to_owned(),
        good.code.clone().unwrap(),
        good.state.clone().unwrap(),
    ];
    let code = ground.complete(good).await.unwrap();
    let session = ground.authority.open(&code, Some(HERS)).await.unwrap();
    secrets.extend([code, token(&session), crate::support::KEY.to_owned()]);
    let shown = format!("{:?} {session:?}", ground.authority);
    assert!(shown.contains(ground.forge.client_id()));
    for secret in secrets {
        assert!(!shown.contains(&secret), "{shown}");
    }
}
