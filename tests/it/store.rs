//! The store's bounds, seen through the API: what is stored may be of any form and size, and whoever
//! may push to a repository has chosen it.

use serde_json::json;

use crate::support::{CHECKOUT, LEDGER_V1, Person, Repository, TestApp, model_path};

const REPO: &str = "shop/models";

fn at(model: &str, what: &str) -> String {
    model_path(REPO, "main", model, what)
}

async fn start(files: &[(&str, &str, &str)]) -> (TestApp, Repository, Person) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    repository.seed("main", files);
    let ada = app.owner().await;
    (app, repository, ada)
}

/// Neither renamed nor deleted, and told which file was too much.
async fn is_left_alone(ada: &Person, repository: &Repository) {
    let before = repository.state();
    let body = json!({ "name": "New" }).to_string();
    let rename = ada.post(&at("M", "rename")).json(body).await;
    let delete = ada.delete(&at("M", "")).header("if-match", "*").await;
    for answer in [rename, delete] {
        let problem = answer.problem(409, "unmovable");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("200 files or 64 MiB"), "{detail}");
        assert!(detail.contains("ThreatDragonModels/M"), "{detail}");
    }
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn a_folder_of_more_than_64_mib_is_left_alone() {
    let large = "x".repeat(33 << 20);
    let (_app, repository, ada) = start(&[
        ("100644", "ThreatDragonModels/M/M.json", CHECKOUT),
        ("100644", "ThreatDragonModels/M/a.bin", &large),
        ("100644", "ThreatDragonModels/M/b.bin", &large),
    ])
    .await;
    is_left_alone(&ada, &repository).await;
}

#[tokio::test]
async fn a_folder_of_more_than_200_files_is_left_alone() {
    let paths: Vec<_> = (0..200)
        .map(|number| format!("ThreatDragonModels/M/{number}.md"))
        .collect();
    let mut files = vec![("100644", "ThreatDragonModels/M/M.json", CHECKOUT)];
    files.extend(
        paths
            .iter()
            .skip(1)
            .map(|path| ("100644", path.as_str(), "x")),
    );
    let (_app, repository, ada) = start(&files).await;
    let body = json!({ "name": "N" }).to_string();
    ada.post(&at("M", "rename")).json(body).await.is(200);
    let body = json!({ "name": "M" }).to_string();
    ada.post(&at("N", "rename")).json(body).await.is(200);
    repository.seed("main", &[("100644", paths.first().unwrap(), "one more")]);
    is_left_alone(&ada, &repository).await;
}

#[tokio::test]
async fn what_cannot_be_read_can_be_renamed_and_deleted() {
    let torn = CHECKOUT.get(..100).unwrap();
    let (_app, repository, ada) = start(&[
        ("100644", "ThreatDragonModels/Old/Old.json", LEDGER_V1),
        ("100644", "ThreatDragonModels/Torn/Torn.json", torn),
        ("100644", "ThreatDragonModels/Bytes/Bytes.json", "\0\0"),
    ])
    .await;
    for (model, text) in [("Old", LEDGER_V1), ("Torn", torn), ("Bytes", "\0\0")] {
        let body = json!({ "name": "New" }).to_string();
        let renamed = ada.post(&at(model, "rename")).json(body).await.is(200);
        assert_eq!(repository.file("ThreatDragonModels/New/New.json"), text);
        let delete = ada
            .delete(&at("New", ""))
            .header("if-match", renamed.etag());
        delete.await.is(204);
    }
    assert_eq!(repository.files(), [""; 0]);
}

#[tokio::test]
async fn white_space_in_the_repository_does_not_make_a_small_save_a_large_one() {
    let space = " ".repeat(1 << 20);
    let stored = CHECKOUT.replacen("{\n", &format!("{{\n{space}"), 1);
    let stored = stored.replacen(": [", &format!(": [{space}"), 1);
    let (_app, repository, ada) =
        start(&[("100644", "ThreatDragonModels/M/M.json", &stored)]).await;
    let mut model: serde_json::Value = serde_json::from_str(CHECKOUT).unwrap();
    model["more"] = json!(vec![json!({ "x": [[1]] }); 300]);
    let save = ada.put(&at("M", "update")).header("if-match", "*");
    save.json(model.to_string()).await.is(200);
    let text = repository.file("ThreatDragonModels/M/M.json");
    let now: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(now, model);
    assert!(text.starts_with(&format!("{{\n{space}")), "it stays itself");
    assert!(text.len() < stored.len() + 100_000, "{}", text.len());
}
