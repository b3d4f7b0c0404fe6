//! Who may call, how often, and what an unchanged answer costs.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use wyvern::clock::{Clock as _, SystemClock};

use super::client::{Answer, Client, REPO, answer};

#[tokio::test]
async fn a_token_of_nobody_is_refused_everywhere() {
    let ada = Client::start().await;
    for path in ["api/v3/user", REPO, "api/v3/rate_limit"] {
        let ask = ada.bare(Method::GET, path).bearer_auth("gho_of_nobody");
        assert_eq!(
            answer(ask).await.error(),
            (401, "Bad credentials".to_owned()),
            "{path}"
        );
        let none = answer(ada.bare(Method::GET, path)).await.status;
        assert_eq!(none, if path == REPO { 404 } else { 401 }, "{path}");
    }
    ada.forge.revoke(&ada.token);
    assert_eq!(
        ada.get("api/v3/user").await.error(),
        (401, "Bad credentials".to_owned())
    );
}

#[tokio::test]
async fn who_does_not_say_what_they_are_is_refused() {
    let ada = Client::start().await;
    let ask = ada.ask(Method::GET, "api/v3/user").header("user-agent", "");
    answer(ask).await.is(403);
}

#[tokio::test]
async fn an_unchanged_answer_is_a_304_that_is_not_counted() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    let left = |answer: &Answer| {
        answer
            .header("x-ratelimit-remaining")
            .parse::<u32>()
            .unwrap()
    };
    let first = ada.read("branches/main").await.is(200);
    let again = async || {
        let ask = ada.ask(Method::GET, &format!("{REPO}/branches/main"));
        answer(ask.header("if-none-match", first.header("etag"))).await
    };
    let same = again().await.is(304);
    assert_eq!((left(&same), same.body.len()), (left(&first), 0));
    let other = ada.bare(Method::GET, &format!("{REPO}/branches/main"));
    let other = other.bearer_auth(ada.forge.token("ada"));
    answer(other.header("if-none-match", first.header("etag")))
        .await
        .is(200);
    ada.repository.seed("main", &[("100644", "one", "one")]);
    again().await.is(200);
    let conditional = |call: &crate::forge::Call| (call.status, call.if_none_match);
    let calls: Vec<_> = ada.forge.calls().iter().map(conditional).collect();
    assert_eq!(calls, [(200, false), (304, true), (200, true), (200, true)]);
}

#[tokio::test]
async fn the_hours_calls_are_used_up() {
    let ada = Client::start().await;
    let reset = SystemClock.now() + Duration::from_mins(1);
    ada.forge.set_rate_limit("ada", 1, reset);
    let last = ada.get("api/v3/user").await.is(200);
    assert_eq!(last.header("x-ratelimit-remaining"), "0");
    let refused = ada.get("api/v3/user").await;
    assert_eq!(
        refused.error(),
        (403, "API rate limit exceeded for user ID 1001.".to_owned())
    );
    assert_eq!(
        refused.header("x-ratelimit-reset"),
        reset.as_second().to_string()
    );
    let graphql = ada.graphql("{ viewer { login } }", Value::Null).await;
    assert_eq!(graphql["errors"][0]["type"], "RATE_LIMITED");
}
