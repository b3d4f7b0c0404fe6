//! The life of a model: created, listed, read, changed. What git shows is what was meant.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{
    CHECKOUT, LEDGER_V1, Person, Repository, TestApp, branch_path, compact, model_path,
};

const REPO: &str = "shop/models";
const MITIGATED: &str = "Mitigated — by the test";

fn at(model: &str, what: &str) -> String {
    model_path(REPO, "main", model, what)
}

async fn names(ada: &Person) -> Value {
    ada.get(&branch_path(REPO, "main", "models")).await.data()
}

/// Our own fixtures, and the real models beside the project where there are any.
fn samples() -> Vec<(String, String)> {
    let mut samples = vec![
        ("checkout".to_owned(), CHECKOUT.to_owned()),
        ("ledger".to_owned(), LEDGER_V1.to_owned()),
    ];
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples"));
    if shared.is_dir() {
        let before = samples.len();
        for folder in ["threat-dragon-v1", "threat-dragon-v2"] {
            for entry in fs::read_dir(shared.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                samples.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
        assert!(samples.len() > before);
    }
    samples
}

/// The model as a browser sends it after its user has changed the status of the first threat;
/// `None` where it has no threat.
fn with_one_threat_mitigated(json: &str) -> Option<String> {
    let mut model: Value = serde_json::from_str(json).unwrap();
    first_threat(&mut model)?["status"] = json!(MITIGATED);
    Some(model.to_string())
}

fn first_threat(value: &mut Value) -> Option<&mut Value> {
    match value {
        Value::Object(members) => members.iter_mut().find_map(|(key, value)| {
            if key == "threats" {
                let mut threats = value.as_array_mut()?.iter_mut();
                threats.find(|threat| threat["status"].is_string())
            } else {
                first_threat(value)
            }
        }),
        Value::Array(elements) => elements.iter_mut().find_map(first_threat),
        _ => None,
    }
}

#[tokio::test]
async fn one_changed_threat_is_one_commit_with_a_diff_of_that_line() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    let mut changed = 0;
    for (name, text) in samples() {
        ada.put(&at(&name, "create"))
            .json(text.as_str())
            .await
            .is(201);
        saving_what_was_read_is_no_commit(&ada, &repository, &name, &text).await;
        if let Some(body) = with_one_threat_mitigated(&text) {
            one_line_changes(&ada, &repository, &name, &body).await;
            changed += 1;
        }
    }
    assert!(changed >= 2);
}

async fn saving_what_was_read_is_no_commit(
    ada: &Person,
    repository: &Repository,
    name: &str,
    text: &str,
) {
    let file = format!("ThreatDragonModels/{name}/{name}.json");
    assert_eq!(repository.file(&file), text, "{name} is kept byte for byte");
    let read = ada.get(&at(name, "data")).await;
    let tag = read.etag();
    let whole: Value = serde_json::from_str(text).unwrap();
    assert_eq!(read.data(), whole, "{name}");

    let before = repository.commits("main");
    let same = ada
        .put(&at(name, "update"))
        .json(compact(text))
        .await
        .is(200);
    assert_eq!(same.etag(), tag, "{name}: {:#?}", repository.last_diff());
    assert_eq!(same.json()["commit"], before[0]);
    assert_eq!(
        repository.commits("main"),
        before,
        "{name}: nothing changed"
    );
}

async fn one_line_changes(ada: &Person, repository: &Repository, name: &str, body: &str) {
    let before = repository.commits("main");
    ada.put(&at(name, "update")).json(body).await.is(200);
    assert_eq!(
        repository.commits("main")[1..],
        before,
        "{name}: one commit"
    );
    let diff = repository.last_diff();
    let [minus, plus] = diff.as_slice() else {
        panic!("{name}: one line changes: {diff:#?}");
    };
    let (indent, _) = minus[1..].split_once("\"status\"").expect(minus);
    let status = format!("+{indent}\"status\": \"{MITIGATED}\"");
    assert!(plus.starts_with(&status), "{name}: {plus}");
    let by = "Ada Lovelace <ada@example.com>";
    let commit = repository.last_commit();
    assert!(commit.starts_with(&format!("{by}, {by}: ")), "{commit}");
    assert!(commit.contains(": 1 threat "), "{commit}");
    let now = ada.get(&at(name, "data")).await.data();
    assert_eq!(now, serde_json::from_str::<Value>(body).unwrap(), "{name}");
}

#[tokio::test]
async fn a_model_is_created_with_post_or_put() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    for method in ["POST", "PUT"] {
        let answer = ada
            .ask(method, &at(method, "create"))
            .json(CHECKOUT)
            .await
            .is(201);
        let tag = answer.etag();
        let made = answer.json();
        assert_eq!(made["model"], method);
        assert_eq!(made["commit"], repository.commits("main")[0]);
        assert_eq!(made["version"], tag.trim_matches('"'));
        let path = format!("main:ThreatDragonModels/{method}/{method}.json");
        assert_eq!(
            repository.git(&["rev-parse", &path]).trim(),
            tag.trim_matches('"')
        );
        let by = "Ada Lovelace <ada@example.com>";
        let commit = format!("{by}, {by}: Create threat model {method}");
        assert_eq!(repository.last_commit(), commit);
    }
    assert_eq!(names(&ada).await, json!(["POST", "PUT"]));
}

#[tokio::test]
async fn a_compact_body_is_stored_as_threat_dragon_lays_files_out() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    ada.post(&at("M", "create"))
        .json(compact(LEDGER_V1))
        .await
        .is(201);
    let value: Value = serde_json::from_str(LEDGER_V1).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    assert_eq!(repository.file("ThreatDragonModels/M/M.json"), pretty);
}

#[tokio::test]
async fn a_model_that_is_there_is_not_created_again() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    ada.post(&at("M", "create")).json(CHECKOUT).await.is(201);
    let before = repository.state();
    for method in ["POST", "PUT"] {
        let answer = ada.ask(method, &at("M", "create")).json(LEDGER_V1).await;
        answer.problem(422, "already_exists");
    }
    // The very same bytes are the same request sent again, whose first answer was lost.
    ada.post(&at("M", "create")).json(CHECKOUT).await.is(201);
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn names_in_any_script_come_back_as_they_are() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    let odd = [
        "100% sure",
        "%2F",
        "a+b & c",
        "a?b#c",
        "data",
        "models",
        "new",
        "Überblick",
        "модель",
        "火の壁",
        "🔥",
        ".hidden",
        "o'neil \"x\"",
        "a;b=c",
        "~home",
        "a:b",
        "{x}",
        "*",
        "create",
    ];
    for name in odd {
        ada.post(&at(name, "create")).json(CHECKOUT).await.is(201);
        let read = ada.get(&at(name, "data")).await;
        assert_eq!(read.data()["summary"]["title"], "Checkout");
        let file = format!("ThreatDragonModels/{name}/{name}.json");
        assert!(repository.files().contains(&file), "{file}");
    }
    let mut sorted = odd.to_vec();
    sorted.sort_unstable();
    assert_eq!(names(&ada).await, json!(sorted));
    let long = "ü".repeat(120);
    ada.post(&at(&long, "create")).json(CHECKOUT).await.is(201);
    ada.get(&at(&long, "data")).await.is(200);
}

/// D19: what else is in the folder is none.
#[tokio::test]
async fn only_models_are_listed() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    assert_eq!(names(&ada).await, json!([]));
    repository.seed(
        "main",
        &[
            ("100644", "ThreatDragonModels/README.md", "not a model"),
            ("100644", "ThreatDragonModels/B/B.json", CHECKOUT),
            ("100644", "ThreatDragonModels/A/A.json", CHECKOUT),
            ("120000", "ThreatDragonModels/link", "A"),
            (
                "160000",
                "ThreatDragonModels/sub",
                "1234567890123456789012345678901234567890",
            ),
            ("100644", "Elsewhere/C/C.json", CHECKOUT),
        ],
    );
    assert_eq!(names(&ada).await, json!(["A", "B"]));
    for (branch, code) in [("other", "not_found"), ("main2", "not_found")] {
        let answer = ada.get(&branch_path(REPO, branch, "models")).await;
        assert_eq!(
            answer.problem(404, code)["detail"],
            "There is no such branch."
        );
    }
    let answer = ada.get(&branch_path("shop/none", "main", "models")).await;
    assert_eq!(
        answer.problem(404, "not_found")["detail"],
        "There is no such repository."
    );
}

#[tokio::test]
async fn the_models_folder_is_the_one_that_is_configured() {
    let app = TestApp::with(&["models.folder = 'docs/threats'"]).await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    ada.post(&at("M", "create")).json(CHECKOUT).await.is(201);
    assert_eq!(repository.files(), ["docs/threats/M/M.json"]);
    assert_eq!(names(&ada).await, json!(["M"]));
}

/// What may stand where a model is looked for.
const NO_MODELS: &[(&str, &str, &str)] = &[
    ("100644", "ThreatDragonModels/text/text.json", "not JSON"),
    ("100644", "ThreatDragonModels/list/list.json", "[]"),
    (
        "100644",
        "ThreatDragonModels/half/half.json",
        r#"{"summary":{"title":"x"}}"#,
    ),
    ("100644", "ThreatDragonModels/empty/empty.json", ""),
    ("100644", "ThreatDragonModels/secret/secret.txt", "x"),
    (
        "120000",
        "ThreatDragonModels/link/link.json",
        "../../../../../../etc/passwd",
    ),
    (
        "160000",
        "ThreatDragonModels/sub",
        "1234567890123456789012345678901234567890",
    ),
    ("100644", "ThreatDragonModels/folder/folder.json/x", "{}"),
];

#[tokio::test]
async fn a_file_that_is_no_model_is_said_to_be_none_and_can_be_replaced() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    repository.seed("main", NO_MODELS);
    let ada = app.owner().await;
    for (name, pointer) in [
        ("text", ""),
        ("list", ""),
        ("half", "/detail"),
        ("empty", ""),
    ] {
        let answer = ada.get(&at(name, "data")).await;
        let problem = answer.problem(422, "model_unreadable");
        assert_eq!(problem["pointer"], pointer, "{name}");
    }
    let save = ada
        .put(&at("text", "update"))
        .header("if-match", "*")
        .json(CHECKOUT);
    save.await.is(200);
    assert_eq!(
        repository.file("ThreatDragonModels/text/text.json"),
        CHECKOUT
    );
}

#[tokio::test]
async fn links_submodules_and_folders_are_not_followed() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    repository.seed("main", NO_MODELS);
    let ada = app.owner().await;
    for name in ["link", "sub", "folder", "secret", "absent"] {
        ada.get(&at(name, "data"))
            .await
            .problem(404, "no_such_model");
        let save = ada
            .put(&at(name, "update"))
            .header("if-match", "*")
            .json(CHECKOUT);
        save.await.problem(404, "no_such_model");
    }
    for name in ["link", "sub", "folder"] {
        let answer = ada.post(&at(name, "create")).json(CHECKOUT).await;
        answer.problem(422, "already_exists");
    }
    assert_eq!(repository.commits("main").len(), 2);
}

#[tokio::test]
async fn the_first_model_is_the_first_commit_of_an_empty_repository() {
    let app = TestApp::start().await;
    let repository = app.empty_repository(REPO);
    let ada = app.owner().await;
    let list = ada.get(&branch_path(REPO, "main", "models")).await;
    list.problem(404, "not_found");
    let elsewhere = model_path(REPO, "other", "M", "create");
    ada.post(&elsewhere)
        .json(CHECKOUT)
        .await
        .problem(404, "not_found");
    ada.post(&at("M", "create")).json(CHECKOUT).await.is(201);
    assert_eq!(repository.commits("main").len(), 1);
    assert_eq!(names(&ada).await, json!(["M"]));
}
