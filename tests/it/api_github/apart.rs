//! Persons and providers are kept apart: each call goes out with the caller's own token, to the
//! provider that gave it (D1), and what GitHub says of it counts (D12).

use std::time::Duration;

use serde_json::json;

use super::REPOS;
use crate::forge::{Access, Dialect, Fault, Wanted};
use crate::support::{CHECKOUT, Hosted, branch_path, model_path};

#[tokio::test]
async fn two_providers_at_once_are_never_mixed() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    github.repository("grace/compilers");
    github.app.repository("shop/here");
    let (ada, grace) = (
        github.signed_in("ada").await,
        github.signed_in("grace").await,
    );
    let owner = github.app.owner().await;
    github.forge.forget_calls();
    let turns = (0..60).map(async |turn| match turn % 3 {
        0 => (ada.get(REPOS).await.data(), json!(["ada/models"])),
        1 => (grace.get(REPOS).await.data(), json!(["grace/compilers"])),
        _ => (owner.get(REPOS).await.data(), json!(["shop/here"])),
    });
    for (repos, expected) in futures_util::future::join_all(turns).await {
        assert_eq!(repos["repos"], expected);
    }
    let calls = github.forge.calls();
    let of = |login: &str| {
        let theirs = calls
            .iter()
            .filter(|call| call.login.as_deref() == Some(login));
        theirs.count()
    };
    // Those that wait for the same are one call; none is anybody else's, and none the owner's.
    assert!(of("ada") > 0 && of("grace") > 0);
    assert_eq!(of("ada") + of("grace"), calls.len());
}

#[tokio::test]
async fn the_local_provider_never_reaches_github() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    github.app.repository("shop/here");
    let owner = github.app.owner().await;
    github.forge.forget_calls();
    let create = model_path("shop/here", "main", "Checkout", "create");
    owner.post(&create).json(CHECKOUT).await.is(201);
    let elsewhere = branch_path("ada/models", "main", "models");
    owner.get(&elsewhere).await.problem(404, "not_found");
    assert_eq!(github.forge.calls(), []);
    let ada = github.signed_in("ada").await;
    let here = branch_path("shop/here", "main", "models");
    ada.get(&here).await.problem(404, "not_found");
}

#[tokio::test]
async fn what_is_taken_from_somebody_at_github_is_not_shown_them_again() {
    let github = Hosted::start(Dialect::GitHub).await;
    let models = github.repository("ada/models");
    github.forge.grant("grace", "ada/models", Access::Read);
    let (ada, grace) = (
        github.signed_in("ada").await,
        github.signed_in("grace").await,
    );
    let create = model_path("ada/models", "main", "Checkout", "create");
    ada.post(&create, CHECKOUT).await.is(201);
    let data = model_path("ada/models", "main", "Checkout", "data");
    for person in [&ada, &grace] {
        person.get(&data).await.is(200);
    }
    let update = model_path("ada/models", "main", "Checkout", "update");
    let edited = CHECKOUT.replacen("Checkout", "Check-out", 1);
    let save = grace.send(grace.ask("PUT", &update).json(edited)).await;
    save.problem(403, "provider_forbidden");
    github.forge.grant("grace", "ada/models", Access::None);
    grace.get(&data).await.problem(404, "not_found");
    ada.get(&data).await.is(200);
    assert_eq!(models.commits("main").len(), 2);
}

#[tokio::test]
async fn a_token_that_github_takes_no_more_ends_the_sign_in() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let (ada, again) = (github.signed_in("ada").await, github.signed_in("ada").await);
    let list = branch_path("ada/models", "main", "models");
    ada.get(&list).await.is(200);
    let gone = Fault::Status {
        status: 401,
        headers: Vec::new(),
        body: r#"{"message":"Bad credentials"}"#.to_owned(),
    };
    // One such answer is no reason to sign somebody out.
    github.forge.faults().next(Wanted::Any, gone.clone());
    let once = ada.get(&list).await;
    once.problem(502, "provider_unavailable");
    ada.get(&list).await.is(200);
    github.forge.faults().every(Wanted::Any, gone);
    ada.get(&list).await.problem(401, "sign_in_required");
    github.forge.faults().clear();
    github.forge.forget_calls();
    ada.get(&list).await.problem(401, "sign_in_required");
    ada.get("/api/session")
        .await
        .problem(401, "sign_in_required");
    assert_eq!(github.forge.calls(), []);
    again.get(&list).await.is(200);
}

#[tokio::test]
async fn a_pause_that_github_asks_for_is_passed_on_in_seconds() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let ada = github.signed_in("ada").await;
    let list = branch_path("ada/models", "main", "models");
    let now = wyvern::clock::Clock::now(&*github.app.clock);
    let reset = now + Duration::from_secs(754);
    let fault = Fault::PrimaryRateLimit { reset };
    github.forge.faults().next(Wanted::Any, fault);
    let limited = ada.get(&list).await;
    assert_eq!(limited.header("retry-after"), Some("754"));
    limited.problem(429, "provider_rate_limited");
    github.app.clock.advance(Duration::from_millis(753_500));
    github.forge.forget_calls();
    let limited = ada.get(&list).await;
    assert_eq!(limited.header("retry-after"), Some("1"));
    limited.problem(429, "provider_rate_limited");
    assert_eq!(github.forge.calls(), []);
    github.app.clock.advance(Duration::from_millis(500));
    ada.get(&list).await.is(200);
}

#[tokio::test]
async fn a_github_that_fails_again_and_again_is_left_alone_for_so_long() {
    let github = Hosted::start(Dialect::GitHub).await;
    github.repository("ada/models");
    let ada = github.signed_in("ada").await;
    github
        .forge
        .faults()
        .every(Wanted::Any, Fault::StatusAfter(500));
    let list = branch_path("ada/models", "main", "models");
    for n in 0..5 {
        let other = branch_path("ada/models", &format!("b{n}"), "models");
        ada.get(&other).await;
    }
    let resting = ada.get(&list).await;
    assert_eq!(resting.header("retry-after"), Some("5"));
    resting.problem(503, "provider_resting");
    github.forge.faults().clear();
    github.app.clock.advance(Duration::from_secs(5));
    ada.get(&list).await.is(200);
}
