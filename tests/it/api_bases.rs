//! The version that a save was made from, when it is far back, nowhere, or nothing that can be read.

use crate::support::shop::{FILE, REPO, created, from, reviewer, version_of};
use crate::support::{CHECKOUT, Person, Repository, TestApp, model_path};

/// A server with one model, its repository, somebody, and the model's version.
async fn start() -> (TestApp, Repository, Person, String) {
    let (app, repository, made) = created().await;
    let ada = app.owner().await;
    (app, repository, ada, version_of(&made))
}

#[tokio::test]
async fn a_base_that_is_not_in_the_models_history_is_not_used() {
    let (_app, repository, ada, version) = start().await;
    let other = CHECKOUT.replace("Checkout", "Another model");
    repository.seed("main", &[("100644", "ThreatDragonModels/N/N.json", &other)]);
    let changed = CHECKOUT.replace("Barbara", "Hedy");
    repository.seed("side", &[("100644", FILE, &changed)]);
    let now = CHECKOUT.replace("Shop team", "Somebody else");
    repository.seed("main", &[("100644", FILE, &now)]);
    let parse = |what: &str| repository.git(&["rev-parse", what]).trim().to_owned();
    // It is kept among what has been read, and still not used.
    let read = ada.get(&model_path(REPO, "main", "N", "data")).await;
    let another = version_of(&read);
    assert_eq!(another, parse("main:ThreatDragonModels/N/N.json"));
    let elsewhere = parse(&format!("side:{FILE}"));
    let (commit, tree) = (parse("main"), parse("main^{tree}"));
    let nothing = "0".repeat(40);
    let before = repository.state();
    for base in [&another, &elsewhere, &commit, &tree, &nothing] {
        let problem = from(&ada, base, reviewer("x"))
            .await
            .problem(409, "conflict");
        assert_eq!(
            problem["detail"],
            "The version that this change was made from is not among the newest versions of this \
             model on this branch. Read the model again and repeat your change on it."
        );
        assert_eq!(problem["current_version"], parse(&format!("main:{FILE}")));
        assert!(problem.get("conflicts").is_none());
    }
    assert_eq!(repository.state(), before);
    from(&ada, &version, reviewer("Hedy")).await.is(200);
}

#[tokio::test]
async fn a_base_far_back_is_found() {
    let (_app, repository, ada, version) = start().await;
    for number in 0..65 {
        let text = CHECKOUT.replace("Shop team", &number.to_string());
        repository.seed("main", &[("100644", FILE, &text)]);
    }
    let saved = from(&ada, &version, reviewer("Hedy")).await.is(200);
    let now = saved.json()["data"].take();
    assert_eq!(now["summary"]["owner"], "64");
    assert_eq!(now["detail"]["reviewer"], "Hedy");
}

#[tokio::test]
async fn what_cannot_be_read_is_not_merged() {
    let (_app, repository, ada, version) = start().await;
    let torn = CHECKOUT.get(..100).unwrap();
    repository.seed("main", &[("100644", FILE, torn)]);
    let parse = || repository.git(&["rev-parse", &format!("main:{FILE}")]);
    let torn = parse().trim().to_owned();
    let stale = from(&ada, &version, reviewer("x")).await;
    let problem = stale.problem(409, "conflict");
    assert_eq!(problem["current_version"], torn);
    // Who names what is there may replace it.
    from(&ada, &torn, CHECKOUT).await.is(200);
    assert_eq!(repository.file(FILE), CHECKOUT);
    let before = repository.state();
    let problem = from(&ada, &torn, reviewer("x"))
        .await
        .problem(409, "conflict");
    assert_eq!(
        problem["detail"],
        "The version that this change was made from is not a threat model that can be read. Read \
         the model again and repeat your change on it."
    );
    assert_eq!(repository.state(), before);
}
