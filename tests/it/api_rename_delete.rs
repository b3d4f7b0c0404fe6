//! Renaming and deleting: what Threat Dragon's own server cannot do. Both are one commit, and
//! neither loses anything.

use serde_json::json;

use crate::support::{CHECKOUT, LEDGER_V1, Person, Repository, TestApp, branch_path, model_path};

const REPO: &str = "shop/models";
const STALE: &str = "\"1234567890123456789012345678901234567890\"";

fn at(model: &str, what: &str) -> String {
    model_path(REPO, "main", model, what)
}

/// A server with the models `M`, which has other files beside it, and `Taken`.
async fn start() -> (TestApp, Repository, Person) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let files = [
        ("100644", "ThreatDragonModels/M/M.json", CHECKOUT),
        ("100644", "ThreatDragonModels/M/notes.md", "# Notes"),
        (
            "100755",
            "ThreatDragonModels/M/pictures/order.svg",
            "<svg/>",
        ),
        ("100644", "ThreatDragonModels/Taken/Taken.json", LEDGER_V1),
    ];
    repository.seed("main", &files);
    let ada = app.owner().await;
    (app, repository, ada)
}

async fn tag(ada: &Person, model: &str) -> String {
    ada.get(&at(model, "data")).await.is(200).etag()
}

#[tokio::test]
async fn a_model_is_renamed_with_everything_in_its_folder() {
    let (_app, repository, ada) = start().await;
    let before = repository.commits("main");
    let tag = tag(&ada, "M").await;
    let body = json!({ "name": "Kasse & Lager" }).to_string();
    let renamed = ada.post(&at("M", "rename")).json(body).await.is(200);
    assert_eq!(renamed.etag(), tag);
    let change = renamed.json();
    assert_eq!(change["model"], "Kasse & Lager");
    assert_eq!(change["version"], tag.trim_matches('"'));
    let expected = [
        "ThreatDragonModels/Kasse & Lager/Kasse & Lager.json",
        "ThreatDragonModels/Kasse & Lager/notes.md",
        "ThreatDragonModels/Kasse & Lager/pictures/order.svg",
        "ThreatDragonModels/Taken/Taken.json",
    ];
    assert_eq!(repository.files(), expected);
    assert_eq!(repository.file(expected[0]), CHECKOUT);
    let after = repository.commits("main");
    assert_eq!(after[1..], before);
    assert_eq!(change["commit"], after[0]);
    let by = "Ada Lovelace <ada@example.com>";
    let commit = format!("{by}, {by}: Rename threat model M to Kasse & Lager");
    assert_eq!(repository.last_commit(), commit);
    let names = ada.get(&branch_path(REPO, "main", "models")).await.data();
    assert_eq!(names, json!(["Kasse & Lager", "Taken"]));
    ada.get(&at("M", "data"))
        .await
        .problem(404, "no_such_model");
    // Whoever has renamed a model has seen it under its new name.
    ada.put(&at("Kasse & Lager", "update"))
        .json(LEDGER_V1)
        .await
        .is(200);
}

#[tokio::test]
async fn a_name_that_is_taken_is_not_taken_over() {
    let (_app, repository, ada) = start().await;
    let before = repository.state();
    for name in ["Taken", "M"] {
        let body = json!({ "name": name }).to_string();
        let answer = ada.post(&at("M", "rename")).json(body).await;
        answer.problem(422, "already_exists");
    }
    let body = json!({ "name": "New" }).to_string();
    let answer = ada.post(&at("None", "rename")).json(body.as_str()).await;
    answer.problem(404, "no_such_model");
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn a_rename_honours_what_it_was_made_from() {
    let (app, repository, ada) = start().await;
    let tag = tag(&ada, "M").await;
    let body = json!({ "name": "New" }).to_string();
    let before = repository.state();
    let rename = || ada.post(&at("M", "rename")).json(body.as_str());
    rename()
        .header("if-match", STALE)
        .await
        .problem(412, "version_stale");
    rename()
        .header("base-version", STALE)
        .await
        .problem(409, "conflict");
    assert_eq!(repository.state(), before);

    let grace = app.owner().await;
    let save = grace.put(&at("M", "update")).header("if-match", &tag);
    save.json(LEDGER_V1).await.is(200);
    // Ada has read another version, so her rename would be of what she has not seen.
    rename().await.problem(409, "conflict");
    rename().header("if-match", "*").await.is(200);
    assert!(text_of(&repository, "New").contains("Entries can be changed"));
}

fn text_of(repository: &Repository, model: &str) -> String {
    repository.file(&format!("ThreatDragonModels/{model}/{model}.json"))
}

#[tokio::test]
async fn who_has_read_nothing_can_rename() {
    let (_app, repository, ada) = start().await;
    let body = json!({ "name": "New" }).to_string();
    ada.post(&at("M", "rename")).json(body).await.is(200);
    assert_eq!(text_of(&repository, "New"), CHECKOUT);
}

#[tokio::test]
async fn a_bad_name_is_refused() {
    let (_app, repository, ada) = start().await;
    let before = repository.state();
    for name in [
        "", ".", "..", "a/b", "../x", ".git", "x.lock", "a\u{0}b", "nul", "a\\b",
    ] {
        let body = json!({ "name": name }).to_string();
        let answer = ada.post(&at("M", "rename")).json(body).await;
        let problem = answer.problem(422, "name_refused");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.starts_with("The model name "), "{detail}");
    }
    for body in [
        "",
        "{}",
        r#"{"name":1}"#,
        "[]",
        r#"{"name":"a","name":"b"}"#,
    ] {
        ada.post(&at("M", "rename"))
            .json(body)
            .await
            .problem(400, "bad_request");
    }
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn a_deleted_model_stays_in_the_history() {
    let (_app, repository, ada) = start().await;
    let before = repository.commits("main");
    let tag = tag(&ada, "M").await;
    let gone = ada
        .delete(&at("M", ""))
        .header("if-match", &tag)
        .await
        .is(204);
    assert!(gone.body.is_empty());
    assert_eq!(repository.files(), ["ThreatDragonModels/Taken/Taken.json"]);
    assert_eq!(repository.commits("main")[1..], before);
    let by = "Ada Lovelace <ada@example.com>";
    assert_eq!(
        repository.last_commit(),
        format!("{by}, {by}: Delete threat model M")
    );
    let old = repository.git(&["show", "main~1:ThreatDragonModels/M/M.json"]);
    assert_eq!(old, CHECKOUT);
    ada.get(&at("M", "data"))
        .await
        .problem(404, "no_such_model");
    let again = ada.delete(&at("M", "")).header("if-match", &tag).await;
    again.problem(404, "no_such_model");
    ada.post(&at("M", "create")).json(CHECKOUT).await.is(201);
}

#[tokio::test]
async fn a_model_that_is_called_like_something_of_its_branch_is_deleted_like_any_other() {
    let (_app, repository, ada) = start().await;
    for name in ["models", "rules", "library", "templates", "template"] {
        let body = CHECKOUT.to_owned();
        let made = ada.post(&at(name, "create")).json(body).await.is(201);
        let path = branch_path(REPO, "main", name);
        let stale = ada.delete(&path).header("if-match", STALE).await;
        stale.problem(412, "version_stale");
        let tag = made.etag();
        ada.delete(&path).header("if-match", &tag).await.is(204);
        assert!(
            !repository
                .files()
                .concat()
                .contains(&format!("{name}.json"))
        );
        ada.get(&at(name, "data"))
            .await
            .problem(404, "no_such_model");
    }
    ada.get(&branch_path(REPO, "main", "models")).await.is(200);
}

#[tokio::test]
async fn nobody_deletes_what_they_have_not_named() {
    let (_app, repository, ada) = start().await;
    let tag = tag(&ada, "M").await;
    let before = repository.state();
    // A version that was read is not enough: deleting is said twice or not done.
    ada.delete(&at("M", ""))
        .await
        .problem(428, "version_required");
    let stale = ada.delete(&at("M", "")).header("if-match", STALE).await;
    let problem = stale.problem(412, "version_stale");
    assert_eq!(problem["current_version"], tag.trim_matches('"'));
    let garbage = ada.delete(&at("M", "")).header("if-match", "garbage").await;
    garbage.problem(412, "version_stale");
    let conflict = ada.delete(&at("M", "")).header("base-version", STALE).await;
    conflict.problem(409, "conflict");
    let absent = ada.delete(&at("None", "")).header("if-match", "*").await;
    absent.problem(404, "no_such_model");
    assert_eq!(repository.state(), before);
    ada.delete(&at("M", ""))
        .header("if-match", "*")
        .await
        .is(204);
    ada.delete(&at("Taken", ""))
        .header("if-match", "*")
        .await
        .is(204);
    assert_eq!(repository.files(), [""; 0]);
    let names = ada.get(&branch_path(REPO, "main", "models")).await.data();
    assert_eq!(names, json!([]));
}

#[tokio::test]
async fn a_folder_with_a_link_in_it_is_left_alone() {
    let (_app, repository, ada) = start().await;
    let link = ("120000", "ThreatDragonModels/M/link", "/etc/passwd");
    repository.seed("main", &[link]);
    let before = repository.state();
    let body = json!({ "name": "New" }).to_string();
    let rename = ada.post(&at("M", "rename")).json(body).await;
    let problem = rename.problem(409, "unmovable");
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains("ThreatDragonModels/M/link")
    );
    let delete = ada.delete(&at("M", "")).header("if-match", "*").await;
    delete.problem(409, "unmovable");
    assert_eq!(repository.state(), before);
}
