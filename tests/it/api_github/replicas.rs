//! Two servers over one Redis: a balancer sends each call to either, and nobody notices.

use std::sync::Arc;

use serde_json::json;

use super::REPOS;
use crate::forge::{App, Dialect};
use crate::support::host::{self, begin, code_of, path};
use crate::support::{Browser, Hosted, Redis, TestApp, Tokens};
use secrecy::ExposeSecret as _;

struct Replicas {
    github: Hosted,
    other: TestApp,
    redis: Redis,
}

async fn start() -> Replicas {
    let redis = Redis::start();
    let setting = format!("sessions.redis_url = '{}'", redis.url().expose_secret());
    let github = Hosted::with(Dialect::GitHub, App::OAuth, &[&setting]).await;
    let clock = Arc::clone(&github.app.clock);
    let other = host::server(&[&github.forge], clock, &[&setting]).await;
    github.repository("ada/models");
    Replicas {
        github,
        other,
        redis,
    }
}

impl Replicas {
    /// One browser, as either server sees it.
    fn browser(&self) -> [Browser; 2] {
        let here = self.github.app.browser();
        let there = self.other.tab_of(&here);
        [here, there]
    }

    /// Signs in with every call sent to another server than the one before.
    async fn signed_in(&self, [here, there]: &[Browser; 2]) {
        let page = begin(here, Dialect::GitHub).await;
        let back = self.github.forge.approve(&page, "ada");
        let code = code_of(&there.get(path(&back)).await);
        let body = json!({ "code": code }).to_string();
        here.post("/api/session", body).await.is(200);
    }
}

#[tokio::test]
async fn sign_ins_and_sign_outs_are_known_to_both() {
    let replicas = start().await;
    let ada = replicas.browser();
    replicas.signed_in(&ada).await;
    let [here, there] = &ada;
    for browser in [there, here, there] {
        let repos = browser.get(REPOS).await.data();
        assert_eq!(repos["repos"], json!(["ada/models"]));
    }
    // What is left of the cookie is worth nothing at either.
    let stolen = there.cookie("wyvern").unwrap();
    there.delete("/api/session").await.is(204);
    for app in [&replicas.github.app, &replicas.other] {
        let thief = app.browser();
        thief.set("wyvern", &stolen);
        thief.get(REPOS).await.problem(401, "sign_in_required");
    }
    assert_eq!(replicas.github.forge.revoked().len(), 1);
}

#[tokio::test]
async fn a_token_that_is_revoked_at_one_is_revoked_at_the_other() {
    let replicas = start().await;
    let [here, there] = replicas.browser();
    let back = replicas
        .github
        .forge
        .approve(&begin(&here, Dialect::GitHub).await, "ada");
    let code = code_of(&there.get(path(&back)).await);
    let exchanged = here.get(&format!("/api/oauth/github?code={code}")).await;
    let tokens = Tokens::of(&exchanged.data());
    let there = replicas.other.nobody().with(tokens.clone());
    there.get(REPOS).await.is(200);
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    let renewed = there.post("/api/token/refresh").json(body).await;
    let tokens = Tokens::of(&renewed.data());
    let here = replicas.github.app.nobody().with(tokens.clone());
    here.post("/api/logout").await.is(200);
    let there = replicas.other.nobody().with(tokens);
    there.get(REPOS).await.problem(401, "sign_in_required");
}

#[tokio::test]
async fn a_redis_that_is_down_signs_nobody_out() {
    let mut replicas = start().await;
    let ada = replicas.browser();
    replicas.signed_in(&ada).await;
    replicas.redis.stop();
    for browser in &ada {
        let answer = browser.get(REPOS).await;
        assert_eq!(answer.header("retry-after"), Some("5"));
        answer.problem(503, "sign_ins_unavailable");
        let out = browser.delete("/api/session").await;
        out.problem(503, "sign_ins_unavailable");
    }
    let begun = ada[0].get("/api/login/github").await;
    begun.problem(503, "sign_ins_unavailable");
    let state = "A".repeat(43);
    let back = format!("/api/oauth/return?code=x&state={state}");
    ada[0].get(&back).await.page(503, "Signing in did not work");
    // It has lost everything: all must sign in again, and can.
    replicas.redis.start_again();
    ada[1].get(REPOS).await.problem(401, "sign_in_required");
    replicas.signed_in(&ada).await;
    ada[1].get(REPOS).await.is(200);
}
