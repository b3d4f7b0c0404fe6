//! Clients that name no version: what they have read is what their change was made from.

use crate::support::shop::{FILE, at, created, reviewer};
use crate::support::{CHECKOUT, Person, Repository, TestApp};

/// A server with one model, its repository, somebody who has read nothing, and the model's tag.
async fn start() -> (TestApp, Repository, Person, String) {
    let (app, repository, made) = created().await;
    let ada = app.owner().await;
    (app, repository, ada, made.etag())
}

#[tokio::test]
async fn of_two_tabs_that_have_read_different_versions_neither_overwrites_the_other() {
    let (_app, repository, ada, tag) = start().await;
    ada.get(&at("data")).await.is(200);
    let elsewhere = CHECKOUT.replace("Shop team", "Somebody else");
    repository.seed("main", &[("100644", FILE, &elsewhere)]);
    let now = ada.get(&at("data")).await.is(200).etag();
    assert_ne!(now, tag);
    // The first tab saves what it made from the first version.
    let save = ada.put(&at("update")).json(reviewer("x")).await;
    let problem = save.problem(409, "conflict");
    assert_eq!(problem["current_version"], now.trim_matches('"'));
    let again = ada.put(&at("update")).json(reviewer("x")).await;
    again.problem(428, "version_required");
    assert_eq!(repository.file(FILE), elsewhere);
    // Whoever reads after that knows what there is.
    for name in ["Hedy", "Joan"] {
        ada.get(&at("data")).await.is(200);
        ada.put(&at("update")).json(reviewer(name)).await.is(200);
        ada.put(&at("update")).json(reviewer("x")).await.is(200);
    }
}

#[tokio::test]
async fn who_reads_anew_may_change_what_somebody_else_has_changed() {
    let (_app, repository, ada, _) = start().await;
    ada.get(&at("data")).await.is(200);
    let elsewhere = CHECKOUT.replace("Barbara", "Somebody else");
    repository.seed("main", &[("100644", FILE, &elsewhere)]);
    ada.get(&at("data")).await.is(200);
    let save = ada.put(&at("update")).json(reviewer("Hedy"));
    assert_eq!(save.await.is(200).json()["merged"], false);
    assert_eq!(repository.file(FILE), CHECKOUT.replace("Barbara", "Hedy"));
}

#[tokio::test]
async fn of_many_versions_that_were_read_none_is_guessed() {
    let (_app, repository, ada, _) = start().await;
    let mut text = String::new();
    for number in 0..16 {
        text = CHECKOUT.replace("Barbara", &format!("Reviewer {number}"));
        repository.seed("main", &[("100644", FILE, &text)]);
        ada.get(&at("data")).await.is(200);
    }
    let owned = |by: &str| text.replace("Shop team", by);
    ada.put(&at("update")).json(owned("Ada")).await.is(200);
    for number in 0..17 {
        text = CHECKOUT.replace("Barbara", &format!("Reviewer {number}"));
        repository.seed("main", &[("100644", FILE, &text)]);
        ada.get(&at("data")).await.is(200);
    }
    let before = repository.state();
    let many = ada.put(&at("update")).json(text.replace("Shop team", "x"));
    let problem = many.await.problem(409, "conflict");
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.starts_with("It is not known which"), "{detail}");
    assert_eq!(repository.state(), before);
    ada.get(&at("data")).await.is(200);
    let again = ada.put(&at("update")).json(text.replace("Shop team", "x"));
    again.await.is(200);
}

#[tokio::test]
async fn an_open_model_outlives_the_sign_in() {
    let (app, repository, ada, _) = start().await;
    ada.get(&at("data")).await.is(200);
    ada.put(&at("update")).json(reviewer("Hedy")).await.is(200);
    let ada = app.owner().await;
    ada.put(&at("update")).json(reviewer("Joan")).await.is(200);
    let elsewhere = CHECKOUT.replace("Barbara", "Somebody else");
    repository.seed("main", &[("100644", FILE, &elsewhere)]);
    let ada = app.owner().await;
    let stale = ada.put(&at("update")).json(reviewer("x")).await;
    stale.problem(409, "conflict");
    // Nor does another sign-in forget what was told.
    let ada = app.owner().await;
    let again = ada.put(&at("update")).json(reviewer("x")).await;
    again.problem(428, "version_required");
    assert_eq!(repository.file(FILE), elsewhere);
}

#[tokio::test]
async fn who_names_a_version_ends_the_doubt_for_their_own_sign_in() {
    let (app, repository, ada, _) = start().await;
    let mut text = String::new();
    for number in 0..17 {
        text = CHECKOUT.replace("Barbara", &format!("Reviewer {number}"));
        repository.seed("main", &[("100644", FILE, &text)]);
        ada.get(&at("data")).await.is(200);
    }
    let owned = |by: &str| text.replace("Shop team", by);
    let named = ada.put(&at("update")).header("if-match", "*");
    named.json(owned("Ada")).await.is(200);
    ada.put(&at("update")).json(owned("Grace")).await.is(200);
    // What is open under the person's other sign-ins is not known any more.
    let other = app.owner().await;
    let save = other.put(&at("update")).json(owned("x"));
    save.await.problem(409, "conflict");
}

#[tokio::test]
async fn a_new_sign_in_takes_nothing_back_that_another_one_has_saved() {
    let (app, repository, ada, _) = start().await;
    let other = app.owner().await;
    for person in [&ada, &other] {
        person.get(&at("data")).await.is(200);
    }
    let save = other.put(&at("update"));
    save.json(reviewer("Hedy")).await.is(200);
    // The model is still open in Ada's client when she has to sign in anew.
    let ada = app.owner().await;
    let mine = CHECKOUT.replace("Shop team", "Ada");
    let save = ada.put(&at("update")).json(mine);
    save.await.problem(409, "conflict");
    assert!(repository.file(FILE).contains("\"Hedy\""));
}
