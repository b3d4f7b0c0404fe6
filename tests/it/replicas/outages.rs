//! A server that dies, and a Redis that hangs or is gone: what is left goes on.

use serde_json::json;

use super::fleet::{Fleet, REPOS};
use crate::forge::{App, Dialect};
use crate::support::host::{begin, path};
use crate::support::{Browser, Person, Redis, Tokens};

#[tokio::test]
async fn when_one_server_is_killed_the_other_has_all_sign_ins() {
    let redis = Redis::start();
    let mut fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let (ada, tokens) = (fleet.signed_in().await, fleet.tokens().await);
    let program = fleet.servers.nobody().with(tokens.clone());
    // The first server has sent this browser off, and never sees it come back.
    let under_way = fleet.servers.browser();
    let [first, _] = fleet.servers.at_each(&under_way);
    let back = fleet
        .forge
        .approve(&begin(&first, Dialect::GitHub).await, "ada");
    fleet.servers.kill_first();

    for _ in 0..2 {
        ada.get(REPOS).await.is(200);
        program.get(REPOS).await.is(200);
    }
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    let renewed = program.post("/api/token/refresh").json(body).await;
    let program = fleet.servers.nobody().with(Tokens::of(&renewed.data()));
    program.get(REPOS).await.is(200);
    under_way.get(path(&back)).await.is(303);
    fleet.signed_in().await.get(REPOS).await.is(200);

    // In its place another one stands, which knows all that has happened meanwhile.
    ada.delete("/api/session").await.is(204);
    program.post("/api/logout").await.is(200);
    assert_eq!(fleet.forge.revoked().len(), 2);
}

/// Whoever is signed in is told that this cannot be found out, at either server, and when to ask
/// again.
async fn is_not_known(fleet: &Fleet, ada: &Browser, tokens: &Tokens) {
    for browser in fleet.servers.at_each(ada) {
        let answer = browser.get(REPOS).await;
        assert_eq!(answer.header("retry-after"), Some("5"));
        answer.problem(503, "sign_ins_unavailable");
    }
    for program in fleet.servers.with_at_each(tokens) {
        let answer = program.get(REPOS).await;
        assert_eq!(answer.header("retry-after"), Some("5"));
        answer.problem(503, "sign_ins_unavailable");
    }
}

#[tokio::test]
async fn a_redis_that_hangs_signs_nobody_out() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let (ada, tokens) = (fleet.signed_in().await, fleet.tokens().await);
    redis.pause();
    is_not_known(&fleet, &ada, &tokens).await;
    redis.go_on();
    let who = json!({ "provider": "github", "username": "ada" });
    let programs = fleet.servers.with_at_each(&tokens);
    for (browser, program) in fleet.servers.at_each(&ada).iter().zip(&programs) {
        assert_eq!(browser.get("/api/session").await.data(), who);
        assert_eq!(program.get("/api/session").await.data(), who);
    }
    assert_eq!(fleet.forge.revoked(), [""; 0]);
}

#[tokio::test]
async fn a_redis_that_is_back_is_used_by_all_without_a_restart() {
    let mut redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let (ada, tokens) = (fleet.signed_in().await, fleet.tokens().await);
    redis.stop();
    is_not_known(&fleet, &ada, &tokens).await;
    let begun = fleet.servers.nobody().get("/api/login/github").await;
    assert_eq!(begun.header("retry-after"), Some("5"));
    begun.problem(503, "sign_ins_unavailable");
    redis.start_again();
    // This Redis kept nothing on disk: all sign in anew, and can.
    for browser in fleet.servers.at_each(&ada) {
        browser.get(REPOS).await.problem(401, "sign_in_required");
    }
    let ada = fleet.signed_in().await;
    let programs = fleet.servers.with_at_each(&fleet.tokens().await);
    for (browser, program) in fleet.servers.at_each(&ada).iter().zip(&programs) {
        browser.get(REPOS).await.is(200);
        let _: &Person = program;
        program.get(REPOS).await.is(200);
    }
}
