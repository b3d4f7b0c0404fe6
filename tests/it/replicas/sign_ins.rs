//! Whoever is signed in at one server is so at the other, and whoever is not is not.

use futures_util::future::{join, join_all};
use serde_json::json;

use super::fleet::{EXPIRING, Fleet, REPOS};
use crate::forge::{App, Dialect};
use crate::support::host::{begin, path};
use crate::support::{CHECKOUT, Redis, Tokens, compact, model_path};

#[tokio::test]
async fn a_browser_works_with_each_request_at_another_server() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let ada = fleet.signed_in().await;
    for _ in 0..4 {
        let repos = ada.get(REPOS).await.data();
        assert_eq!(repos["repos"], json!(["ada/models"]));
    }
    let create = model_path("ada/models", "main", "Checkout", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    let data = model_path("ada/models", "main", "Checkout", "data");
    let version = ada.get(&data).await.is(200).etag();
    assert_eq!(ada.get(&data).await.is(200).etag(), version);
    // Who names the version can save at a server that has never shown it.
    let update = model_path("ada/models", "main", "Checkout", "update");
    let edited = compact(CHECKOUT).replacen("Checkout", "Check-out", 1);
    let save = ada.ask("PUT", &update).json(edited);
    let save = save.header("if-match", &version);
    ada.send(save).await.is(200);
    assert_eq!(fleet.models.commits("main").len(), 3);

    let [here, there] = fleet.servers.at_each(&ada);
    let stolen = ada.cookie("wyvern").unwrap();
    here.delete("/api/session").await.is(204);
    there.set("wyvern", &stolen);
    for thief in [there, here] {
        thief.get(REPOS).await.problem(401, "sign_in_required");
    }
    assert_eq!(fleet.forge.revoked().len(), 1);
}

#[tokio::test]
async fn a_save_that_names_no_version_is_refused_where_none_was_read() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let ada = fleet.signed_in().await;
    let [here, there] = fleet.servers.at_each(&ada);
    let create = model_path("ada/models", "main", "Checkout", "create");
    here.post(&create, CHECKOUT).await.is(201);
    let update = model_path("ada/models", "main", "Checkout", "update");
    let edited = compact(CHECKOUT).replacen("Checkout", "Check-out", 1);
    let save = there.send(there.ask("PUT", &update).json(edited.clone()));
    save.await.is(428);
    let save = here.send(here.ask("PUT", &update).json(edited));
    save.await.is(200);
    assert_eq!(fleet.models.commits("main").len(), 3);
}

#[tokio::test]
async fn a_program_renews_at_one_server_what_is_then_spent_at_the_other() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let first = fleet.tokens().await;
    let [here, there] = fleet.servers.with_at_each(&first);
    for program in [&here, &there] {
        program.get(REPOS).await.is(200);
    }
    let body = json!({ "refreshToken": first.refresh }).to_string();
    let renewed = here.post("/api/token/refresh").json(body.clone()).await;
    let second = Tokens::of(&renewed.data());
    for program in fleet.servers.with_at_each(&second) {
        program.get(REPOS).await.is(200);
    }
    let next = json!({ "refreshToken": second.refresh }).to_string();
    there.post("/api/token/refresh").json(next).await.is(200);
    // Whoever shows it again has stolen it, or was stolen from: it is over everywhere.
    let again = there.post("/api/token/refresh").json(body).await;
    again.problem(401, "sign_in_refused");
    for program in fleet.servers.with_at_each(&second) {
        program.get(REPOS).await.problem(401, "sign_in_required");
    }
    assert_eq!(fleet.forge.revoked().len(), 1);
}

#[tokio::test]
async fn a_program_that_signs_out_at_one_server_is_signed_out_at_the_other() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    let tokens = fleet.tokens().await;
    let [here, there] = fleet.servers.with_at_each(&tokens);
    there.get(REPOS).await.is(200);
    here.post("/api/logout").await.is(200);
    there.get(REPOS).await.problem(401, "sign_in_required");
    let body = json!({ "refreshToken": tokens.refresh }).to_string();
    let renewed = there.post("/api/token/refresh").json(body).await;
    renewed.problem(401, "sign_in_refused");
}

#[tokio::test]
async fn of_two_returns_with_one_state_at_two_servers_one_signs_in() {
    let redis = Redis::start();
    let fleet = Fleet::start(App::OAuth, Some(&redis)).await;
    for round in 1..=5 {
        let browser = fleet.servers.browser();
        let back = fleet
            .forge
            .approve(&begin(&browser, Dialect::GitHub).await, "ada");
        let [here, there] = fleet.servers.at_each(&browser);
        let (here, there) = join(here.get(path(&back)), there.get(path(&back))).await;
        let mut statuses = [here.status(), there.status()];
        statuses.sort_unstable();
        assert_eq!((statuses, fleet.token_calls()), ([303, 400], round));
    }
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_once_for_all_requests_at_both_servers() {
    let redis = Redis::start();
    // It is good for less than the minute that a token is renewed early.
    let short = App::Expiring {
        access_seconds: 50,
        refresh_seconds: 600,
    };
    let fleet = Fleet::start(short, Some(&redis)).await;
    let ada = fleet.signed_in().await;
    let others = fleet.signed_in().await;
    fleet.forge.register(EXPIRING);
    fleet.forge.forget_calls();
    let answers = join_all((0..50).map(|_| ada.get(REPOS))).await;
    for answer in answers {
        assert_eq!(answer.data()["repos"], json!(["ada/models"]));
    }
    assert_eq!(fleet.token_calls(), 1);
    // Each sign-in has its own pair, and the new one is good for long.
    others.get(REPOS).await.is(200);
    assert_eq!(fleet.token_calls(), 2);
    for browser in [&ada, &ada, &others, &others] {
        browser.get(REPOS).await.is(200);
    }
    assert_eq!(fleet.token_calls(), 2);
}
