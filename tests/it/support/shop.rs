//! Model `M` in `shop/models`, created over the API: what the tests of saving stand on.

use serde_json::{Value, json};

use super::{Answer, Ask, CHECKOUT, Person, Repository, TestApp, model_path};

pub(crate) const REPO: &str = "shop/models";
pub(crate) const FILE: &str = "ThreatDragonModels/M/M.json";

/// An address of the model.
pub(crate) fn at(what: &str) -> String {
    model_path(REPO, "main", "M", what)
}

/// A server with the model, its repository, and the answer to its creation by the owner.
pub(crate) async fn created() -> (TestApp, Repository, Answer) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let creator = app.owner().await;
    let made = creator.post(&at("create")).json(CHECKOUT).await.is(201);
    (app, repository, made)
}

/// The model with another reviewer.
pub(crate) fn reviewer(name: &str) -> String {
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    model["detail"]["reviewer"] = json!(name);
    model.to_string()
}

/// The version that an answer is tagged with.
pub(crate) fn version_of(answer: &Answer) -> String {
    answer.etag().trim_matches('"').to_owned()
}

/// A save that names the version it was made from.
pub(crate) fn from(person: &Person, version: &str, body: impl Into<Vec<u8>>) -> Ask {
    let save = person.put(&at("update")).header("base-version", version);
    save.json(body)
}
