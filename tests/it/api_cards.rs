//! What lists show of models.

use serde_json::{Value, json};

use crate::forge::{Access, Dialect};
use crate::support::host::at_each_host;
use crate::support::{
    Answer, CHECKOUT, Hosted, LEDGER_V1, Person, Repository, TestApp, branch_path, model_path,
};

const REPO: &str = "shop/models";

at_each_host!(cards_are_told_of_a_hosts_models);

fn path(repository: &str) -> String {
    branch_path(repository, "main", "models/cards")
}

fn file(model: &str) -> String {
    format!("ThreatDragonModels/{model}/{model}.json")
}

async fn ask(ada: &Person, body: &Value) -> Answer {
    ada.post(&path(REPO)).json(body.to_string()).await
}

/// The card of `CHECKOUT`, of which nothing is asked about its commits.
fn checkout() -> Value {
    json!({
        "model": "Checkout",
        "problem": null,
        "title": "Checkout",
        "owner": "Shop team",
        "diagrams": 1,
        "elements": 1,
        "threats": 2,
        "open": 2,
        "severities": { "critical": 0, "high": 1, "medium": 0, "low": 1, "tbd": 0 },
        "drawing": {
            "left": 41, "top": 80, "width": 120, "height": 60,
            "boxes": [{ "kind": "process", "x": 41, "y": 80, "width": 120, "height": 60 }],
            "lines": [],
        },
        "changed": null,
    })
}

/// The card of something that nothing is known of.
fn hidden(model: &str, problem: &str) -> Value {
    json!({
        "model": model, "problem": problem, "title": "", "owner": "", "diagrams": 0, "elements": 0, "threats": 0,
        "open": 0, "severities": { "critical": 0, "high": 0, "medium": 0, "low": 0, "tbd": 0 },
        "drawing": null, "changed": null,
    })
}

fn seed(repository: &Repository) {
    repository.seed(
        "main",
        &[
            ("100644", &file("Checkout"), CHECKOUT),
            ("100644", &file("Ledger"), LEDGER_V1),
            ("100644", &file("Torn"), "{\"summary\":"),
            ("120000", &file("Link"), "../Checkout/Checkout.json"),
        ],
    );
}

#[tokio::test]
async fn cards_come_in_the_order_asked_for_whatever_is_wrong_with_some() {
    let app = TestApp::start().await;
    seed(&app.repository(REPO));
    let ada = app.owner().await;
    let names = ["Torn", "Checkout", "None", "Link", "Checkout"];
    let data = ask(&ada, &json!({ "models": names })).await.data();
    let expected = json!([
        hidden("Torn", "unreadable"),
        checkout(),
        hidden("None", "missing"),
        hidden("Link", "missing"),
        checkout(),
    ]);
    assert_eq!(data, expected);
    let old = ask(&ada, &json!({ "models": ["Ledger"] })).await.data();
    assert_eq!(old[0]["problem"], Value::Null);
    assert_ne!(old[0]["elements"], 0);
    assert_ne!(old[0]["drawing"], Value::Null);
    let none = ask(&ada, &json!({ "models": [], "changed": true })).await;
    assert_eq!(none.data(), json!([]));
}

#[tokio::test]
async fn the_last_commit_of_each_is_told_when_it_is_asked_for() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    for name in ["A", "B"] {
        let create = model_path(REPO, "main", name, "create");
        ada.post(&create).json(CHECKOUT).await.is(201);
    }
    let commits = repository.commits("main");
    let body = json!({ "models": ["A", "B", "C"], "changed": true });
    let data = ask(&ada, &body).await.data();
    let changed: Vec<_> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|card| &card["changed"])
        .collect();
    let by = |commit: &str| json!({ "commit": commit, "author": "Ada Lovelace", "at": "2026-01-01T12:00:00Z" });
    assert_eq!(changed, [&by(&commits[1]), &by(&commits[0]), &Value::Null]);
}

#[tokio::test]
async fn fifty_models_may_be_asked_about_at_once() {
    let app = TestApp::start().await;
    seed(&app.repository(REPO));
    let ada = app.owner().await;
    let many = vec!["Checkout"; 50];
    let data = ask(&ada, &json!({ "models": many })).await.data();
    assert_eq!(data.as_array().unwrap().len(), 50);
    let many = vec!["Checkout"; 51];
    let problem = ask(&ada, &json!({ "models": many }))
        .await
        .problem(400, "bad_request");
    assert_eq!(
        problem["detail"],
        "At most 50 models can be asked about at once."
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let app = TestApp::start().await;
    seed(&app.repository(REPO));
    let ada = app.owner().await;
    for (body, status, code) in [
        (json!({}), 400, "bad_request"),
        (json!({ "models": "Checkout" }), 400, "bad_request"),
        (json!({ "models": [7] }), 400, "bad_request"),
        (
            json!({ "models": [], "changed": "yes" }),
            400,
            "bad_request",
        ),
        (json!({ "models": ["../x"] }), 422, "name_refused"),
        (json!({ "models": ["Checkout", ""] }), 422, "name_refused"),
        (json!({ "models": ["x".repeat(300)] }), 422, "name_refused"),
    ] {
        ask(&ada, &body).await.problem(status, code);
    }
    let body = || json!({ "models": ["Checkout"] }).to_string();
    let nobody = app.nobody().post(&path(REPO)).json(body());
    nobody.await.problem(401, "sign_in_required");
    let elsewhere = branch_path(REPO, "other", "models/cards");
    ada.post(&elsewhere)
        .json(body())
        .await
        .problem(404, "not_found");
    ada.post(&path("shop/none"))
        .json(body())
        .await
        .problem(404, "not_found");
    ada.get(&path(REPO))
        .await
        .problem(405, "method_not_allowed");
}

#[tokio::test]
async fn a_model_may_be_called_models_and_another_cards() {
    let app = TestApp::start().await;
    app.repository(REPO);
    let ada = app.owner().await;
    for name in ["models", "cards"] {
        let at = |what: &str| model_path(REPO, "main", name, what);
        ada.post(&at("create")).json(CHECKOUT).await.is(201);
        let version = ada.get(&at("data")).await.is(200).etag();
        ada.get(&at("history")).await.is(200);
        let save = ada.put(&at("update")).header("if-match", version);
        save.json(CHECKOUT).await.is(200);
    }
    let data = ask(&ada, &json!({ "models": ["models", "cards"] }))
        .await
        .data();
    assert_eq!(
        (&data[0]["title"], &data[1]["title"]),
        (&json!("Checkout"), &json!("Checkout"))
    );
    let delete = ada.ask("DELETE", &model_path(REPO, "main", "cards", ""));
    delete.header("if-match", "*").await.is(204);
}

#[tokio::test]
async fn a_folder_with_ten_thousand_models_is_listed_and_shown() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let names: Vec<_> = (0..10_000).map(|n| format!("model-{n:05}")).collect();
    let files: Vec<_> = names.iter().map(|name| file(name)).collect();
    let entries: Vec<_> = files
        .iter()
        .map(|file| ("100644", file.as_str(), CHECKOUT))
        .collect();
    repository.seed("main", &entries);
    let ada = app.owner().await;
    let models = ada.get(&branch_path(REPO, "main", "models")).await;
    assert_eq!(models.data(), json!(names));
    let last = &names[9_950..];
    let data = ask(&ada, &json!({ "models": last })).await.data();
    let cards = data.as_array().unwrap();
    assert_eq!(cards.len(), 50);
    assert!(
        cards
            .iter()
            .zip(last)
            .all(|(card, name)| card["model"] == **name && card["open"] == 2)
    );
}

async fn cards_are_told_of_a_hosts_models(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let git = host.repository("ada/models");
    seed(&git);
    host.forge.grant("ada", "ada/models", Access::Write);
    let ada = host.signed_in("ada").await;
    let body = json!({ "models": ["Torn", "Checkout", "None"], "changed": true });
    let answer = ada.post(&path("ada/models"), body.to_string()).await;
    let mut data = answer.data();
    let changed = data[1]["changed"].take();
    assert_eq!(changed["commit"], json!(git.commits("main")[0]));
    data[0]["changed"] = Value::Null;
    let expected = json!([
        hidden("Torn", "unreadable"),
        checkout(),
        hidden("None", "missing")
    ]);
    assert_eq!(data, expected);
}
