//! Who may call, how often, what an unchanged answer costs, and what goes wrong on purpose.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use wyvern::clock::{Clock as _, SystemClock};

use super::super::client::{Client, answer};
use super::{PROJECT, read, start, start_with};
use crate::forge::{Fault, ForgeOptions, Wanted};
use crate::support::SetClock;

#[tokio::test]
async fn a_token_that_is_not_good_is_refused_in_two_ways() {
    let clock = Arc::new(SetClock(Mutex::new(
        "2026-01-01T12:00:00Z".parse().unwrap(),
    )));
    let options = ForgeOptions {
        clock: Arc::clone(&clock) as Arc<dyn wyvern::clock::Clock>,
        ..ForgeOptions::default()
    };
    let ada = start_with(options).await;
    let ask = ada
        .bare(Method::GET, "api/v4/user")
        .bearer_auth("of-nobody");
    assert_eq!(
        answer(ask).await.error(),
        (401, "401 Unauthorized".to_owned())
    );
    let nobody = answer(ada.bare(Method::GET, "api/v4/user")).await.error();
    assert_eq!(nobody, (401, "401 Unauthorized".to_owned()));
    answer(ada.bare(Method::GET, PROJECT)).await.is(404);
    clock.advance(Duration::from_hours(2));
    let expired = ada.get("api/v4/user").await.is(401);
    assert_eq!(expired.json()["error"], "invalid_token");
    assert!(expired.header("www-authenticate").starts_with("Bearer "));
    ada.forge.revoke(&ada.token);
    let revoked = ada.get("api/v4/user").await.error();
    assert_eq!(revoked, (401, "401 Unauthorized".to_owned()));
}

#[tokio::test]
async fn an_unchanged_answer_is_a_304_that_is_counted() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    let first = read(&ada, "branches/main").await.is(200);
    let again = async || {
        let ask = ada.ask(Method::GET, &format!("{PROJECT}/repository/branches/main"));
        answer(ask.header("if-none-match", first.header("etag"))).await
    };
    let same = again().await.is(304);
    let left = |header: &str| header.parse::<u32>().unwrap();
    let counted = left(first.header("ratelimit-remaining")) - 1;
    assert_eq!(
        (left(same.header("ratelimit-remaining")), same.body.len()),
        (counted, 0)
    );
    ada.repository.seed("main", &[("100644", "one", "one")]);
    again().await.is(200);
}

#[tokio::test]
async fn the_calls_are_used_up() {
    let ada = start().await;
    let reset = SystemClock.now() + Duration::from_mins(1);
    ada.forge.set_rate_limit("ada", 1, reset);
    let last = ada.get("api/v4/user").await.is(200);
    assert_eq!(last.header("ratelimit-remaining"), "0");
    let refused = ada.get("api/v4/user").await.is(429);
    assert_eq!(refused.body, "Retry later\n");
    assert_eq!(
        refused.header("ratelimit-reset"),
        reset.as_second().to_string()
    );
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((50..=60).contains(&wait), "{wait}");
}

async fn met(ada: &Client, fault: Fault) -> super::super::client::Answer {
    ada.forge.faults().next(Wanted::Any, fault);
    ada.get(PROJECT).await
}

#[tokio::test]
async fn faults_speak_as_gitlab_does() {
    let ada = start().await;
    for fault in [
        Fault::RateLimit { retry_after: 7 },
        Fault::SecondaryRateLimit { retry_after: 7 },
    ] {
        let limited = met(&ada, fault).await.is(429);
        assert_eq!(
            (limited.header("retry-after"), &limited.body[..]),
            ("7", &b"Retry later\n"[..])
        );
    }
    let reset = SystemClock.now();
    let used_up = met(&ada, Fault::PrimaryRateLimit { reset }).await.is(429);
    assert_eq!(
        used_up.header("ratelimit-reset"),
        reset.as_second().to_string()
    );
    let failed = met(&ada, Fault::StatusAfter(502)).await.error();
    assert_eq!(failed, (502, "502 Bad Gateway".to_owned()));
    let odd = met(&ada, Fault::OkWithError("no".to_owned())).await.is(200);
    assert_eq!(odd.json(), json!({ "message": "no" }));
    let page = met(&ada, Fault::WrongType).await.is(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    ada.forge
        .faults()
        .next(Wanted::Any, Fault::OkWithError("no".to_owned()));
    let odd = ada.graphql("{ currentUser { username } }", json!({})).await;
    assert_eq!(odd, json!({ "errors": [{ "message": "no" }] }));
}

#[tokio::test]
async fn whatever_changes_a_repository_is_a_write() {
    let ada = start().await;
    ada.forge
        .faults()
        .every(Wanted::Writes, Fault::StatusAfter(500));
    ada.get(PROJECT).await.is(200);
    let url = format!("{PROJECT}/repository/files/a?ref=main");
    answer(ada.ask(Method::HEAD, &url)).await.is(404);
    let who = ada
        .graphql("query Who { currentUser { username } }", json!({}))
        .await;
    assert_eq!(who["data"]["currentUser"]["username"], "ada");
    for path in ["branches", "commits"] {
        let url = format!("{PROJECT}/repository/{path}");
        answer(ada.ask(Method::POST, &url)).await.is(500);
    }
}
