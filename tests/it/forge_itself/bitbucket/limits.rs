//! Who may call, how often, and what goes wrong.

use std::time::Duration;

use reqwest::Method;
use wyvern::clock::{Clock as _, SystemClock};

use super::super::client::{Client, answer};
use super::client::{Part, REPO, error, start, upload};
use crate::forge::{Fault, Wanted};

#[tokio::test]
async fn a_token_of_nobody_is_refused_everywhere() {
    let ada = start().await;
    let invalid = "Token is invalid, expired, or not supported for this endpoint.".to_owned();
    for path in ["2.0/user", REPO, "2.0/user/workspaces"] {
        let ask = ada.bare(Method::GET, path).bearer_auth("of-nobody");
        assert_eq!(error(&answer(ask).await), (401, invalid.clone()), "{path}");
        let none = answer(ada.bare(Method::GET, path)).await.status;
        assert_eq!(none, if path == REPO { 404 } else { 401 }, "{path}");
    }
    ada.forge.revoke(&ada.token);
    assert_eq!(error(&ada.get("2.0/user").await), (401, invalid));
}

#[tokio::test]
async fn no_header_tells_of_the_hours_calls() {
    let ada = start().await;
    let reset = SystemClock.now() + Duration::from_mins(1);
    ada.forge.set_rate_limit("ada", 1, reset);
    let silent = |answer: &super::super::client::Answer| {
        let headers = ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining"];
        headers.iter().all(|name| answer.header(name).is_empty())
    };
    assert!(silent(&ada.get("2.0/user").await.is(200)));
    let refused = ada.get("2.0/user").await;
    let message = "Rate limit for this resource has been exceeded".to_owned();
    assert_eq!(error(&refused), (429, message));
    assert!(silent(&refused));
}

#[tokio::test]
async fn an_unchanged_file_counts_as_a_call() {
    let ada = start().await;
    ada.repository.seed("main", &[("100644", "one", "1")]);
    let path = format!("{REPO}/src/main/one");
    let first = ada.get(&path).await.is(200);
    let reset = SystemClock.now() + Duration::from_mins(1);
    ada.forge.set_rate_limit("ada", 1, reset);
    let again = async || {
        let ask = ada.ask(Method::GET, &path);
        answer(ask.header("if-none-match", first.header("etag")))
            .await
            .status
    };
    assert_eq!((again().await, again().await), (304, 429));
}

/// The status, the `retry-after` and the message of `GET /user` under a fault.
async fn under(ada: &Client, fault: Fault) -> (u16, String, String) {
    ada.forge
        .faults()
        .next(Wanted::Path("/user".to_owned()), fault);
    let answer = ada.get("2.0/user").await;
    let (status, message) = error(&answer);
    (status, answer.header("retry-after").to_owned(), message)
}

#[tokio::test]
async fn faults_are_told_in_bitbuckets_words() {
    let ada = start().await;
    let limit = "Rate limit for this resource has been exceeded";
    let wrong = "Something went wrong";
    let reset = SystemClock.now();
    let table = [
        (Fault::RateLimit { retry_after: 7 }, 429, limit),
        (Fault::SecondaryRateLimit { retry_after: 7 }, 429, limit),
        (Fault::PrimaryRateLimit { reset }, 429, limit),
        (Fault::StatusAfter(555), 555, wrong),
        (Fault::StatusAfter(503), 503, wrong),
        (Fault::OkWithError("Oops".to_owned()), 200, "Oops"),
    ];
    for (fault, status, message) in table {
        let told = under(&ada, fault).await;
        assert_eq!(told, (status, String::new(), message.to_owned()));
    }
    ada.forge.faults().next(Wanted::Any, Fault::WrongType);
    let page = ada.get("2.0/user").await.is(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn an_answer_is_lost_after_the_commit_was_made() {
    let ada = start().await;
    ada.forge
        .faults()
        .next(Wanted::Writes, Fault::StatusAfter(502));
    upload(&ada, &[Part::File("/one", b"1")]).await.is(502);
    assert_eq!(ada.repository.files(), ["one"]);
    let logins: Vec<_> = ada
        .forge
        .calls()
        .iter()
        .map(|call| call.login.clone())
        .collect();
    assert_eq!(logins, [Some("ada".to_owned())]);
}
