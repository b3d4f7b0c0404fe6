//! The lists and counts of threats that pipelines ask for.

use serde_json::{Value, json};

use crate::support::{CHECKOUT, Person, Repository, TestApp, model_path};

const REPO: &str = "shop/models";

/// CHECKOUT, with one of its two threats mitigated.
fn checkout() -> String {
    let second = CHECKOUT.rfind("\"Open\"").unwrap();
    let (before, rest) = CHECKOUT.split_at(second);
    before.to_owned() + &rest.replacen("\"Open\"", "\"Mitigated\"", 1)
}

fn at(what: &str) -> String {
    model_path(REPO, "main", "Checkout", what)
}

async fn start() -> (TestApp, Repository, Person) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let file = "ThreatDragonModels/Checkout/Checkout.json";
    repository.seed("main", &[("100644", file, &checkout())]);
    let ada = app.owner().await;
    (app, repository, ada)
}

/// The titles of the threats of that model for which something holds.
fn titles(is_wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
    let model: Value = serde_json::from_str(&checkout()).unwrap();
    let diagrams = model["detail"]["diagrams"].as_array().unwrap().iter();
    let cells = diagrams.flat_map(|diagram| diagram["cells"].as_array().unwrap());
    let threats = cells.flat_map(|cell| cell["data"]["threats"].as_array().into_iter().flatten());
    threats
        .filter(|threat| is_wanted(threat))
        .map(|threat| threat["title"].clone())
        .collect()
}

async fn listed(ada: &Person, query: &str) -> Vec<Value> {
    let data = ada
        .get(&at(&format!("threats{query}")))
        .await
        .is(200)
        .data();
    let threats = data["threats"].as_array().unwrap().iter();
    threats.map(|threat| threat["title"].clone()).collect()
}

#[tokio::test]
async fn threats_are_listed_as_they_are_wanted() {
    let (_app, repository, ada) = start().await;
    let all = titles(|_| true);
    assert_eq!(listed(&ada, "").await, all);
    let open = titles(|threat| threat["status"] == "Open");
    assert!(!open.is_empty() && open.len() < all.len());
    assert_eq!(listed(&ada, "?status=unmitigated").await, open);
    assert_eq!(listed(&ada, "?status=Open").await, open);
    let mitigated = titles(|threat| threat["status"] == "Mitigated");
    assert_eq!(listed(&ada, "?status=mitigated").await, mitigated);
    let high = titles(|threat| threat["severity"] == "High");
    assert_eq!(
        listed(&ada, "?severity=high,%20Critical&status=").await,
        high
    );
    assert_eq!(listed(&ada, "?element=none").await, [] as [Value; 0]);
    let data = ada.get(&at("threats")).await.data();
    assert_eq!(data["commit"], json!(repository.commits("main")[0]));
}

#[tokio::test]
async fn threats_are_counted_also_as_they_were() {
    let (app, repository, ada) = start().await;
    let open = titles(|threat| threat["status"] == "Open").len();
    let before = repository.commits("main")[0].clone();
    let counts = ada.get(&at("statistics")).await.is(200).data();
    assert_eq!(
        (
            &counts["threats"],
            &counts["unmitigated"],
            &counts["commit"]
        ),
        (&json!(titles(|_| true).len()), &json!(open), &json!(before))
    );
    let version = ada.get(&at("data")).await.etag();
    let mitigated = checkout().replacen("\"Open\"", "\"Mitigated\"", 1);
    let save = ada.put(&at("update")).header("if-match", version);
    save.json(mitigated).await.is(200);
    let counts = ada.get(&at("statistics")).await.data();
    assert_eq!(counts["unmitigated"], json!(open - 1));
    let then = ada
        .get(&at(&format!("statistics?at={before}")))
        .await
        .data();
    assert_eq!(then["unmitigated"], json!(open));
    for what in ["threats", "statistics"] {
        app.nobody()
            .get(&at(what))
            .await
            .problem(401, "sign_in_required");
        let none = model_path(REPO, "main", "None", what);
        ada.get(&none).await.problem(404, "no_such_model");
        ada.get(&at(&format!("{what}?at=x")))
            .await
            .problem(400, "bad_request");
    }
}
