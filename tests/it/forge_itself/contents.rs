//! Files, written and read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json};

use super::client::{Client, REPO, answer};

#[tokio::test]
async fn what_is_written_is_in_git_byte_for_byte() {
    let ada = Client::start().await;
    let made = ada
        .put("a/one.txt", "one\n", Value::Null)
        .await
        .is(201)
        .json();
    let hash = ada
        .repository
        .git_fed(&["hash-object", "--stdin"], b"one\n");
    assert_eq!(made["content"]["sha"], hash.trim());
    let tree = ada.repository.git(&["rev-parse", "main^{tree}"]);
    assert_eq!(made["commit"]["tree"]["sha"], tree.trim());
    let read = ada.read("contents/a/one.txt").await.is(200).json();
    assert_eq!(read["content"], "b25lCg==\n");
    assert_eq!(
        ada.repository.last_commit(),
        "Ada Lovelace <ada@example.com>, Ada Lovelace <ada@example.com>: Put"
    );
    ada.repository.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn a_forge_can_be_filled_before_it_is_asked() {
    let ada = Client::start().await;
    ada.forge.add("ada/models", "main", &[("one.txt", b"one")]);
    ada.forge
        .add("ada/models", "feature/x", &[("a/two.txt", b"two")]);
    ada.forge
        .add("ada/models", "feature/x", &[("one.txt", b"1")]);
    assert_eq!(ada.repository.files(), ["one.txt"]);
    let tree = ada
        .repository
        .git(&["ls-tree", "-r", "--name-only", "feature/x"]);
    assert_eq!(tree, "a/two.txt\none.txt\n");
    assert_eq!(ada.repository.commits("feature/x").len(), 3);
}

#[tokio::test]
async fn a_file_is_replaced_and_deleted_by_the_id_of_its_content_only() {
    let ada = Client::start().await;
    let made = ada
        .put("one.txt", "one\n", Value::Null)
        .await
        .is(201)
        .json();
    let first = made["content"]["sha"].clone();
    let unsaid = ada.put("one.txt", "two\n", Value::Null).await.error();
    let message = "Invalid request.\n\n\"sha\" wasn't supplied.";
    assert_eq!(unsaid, (422, message.to_owned()));
    ada.put("one.txt", "two\n", json!({ "sha": first }))
        .await
        .is(200);
    let stale = ada
        .put("one.txt", "three\n", json!({ "sha": first }))
        .await
        .error();
    let message = format!("one.txt does not match {}", first.as_str().unwrap());
    assert_eq!(stale, (409, message));
    let second = ada.read("contents/one.txt").await.json()["sha"].clone();
    let body = json!({ "message": "Gone", "sha": second });
    ada.send(Method::DELETE, "contents/one.txt", &body)
        .await
        .is(200);
    assert_eq!(ada.repository.files(), Vec::<String>::new());
}

#[tokio::test]
async fn large_files_come_without_content_or_raw() {
    let ada = Client::start().await;
    let large = "x".repeat(1024 * 1024 + 1);
    ada.repository
        .seed("main", &[("100644", "large.txt", &large)]);
    let read = ada.read("contents/large.txt").await.is(200).json();
    assert_eq!(
        (&read["content"], &read["encoding"]),
        (&json!(""), &json!("none"))
    );
    for path in [
        "contents/large.txt",
        &format!("git/blobs/{}", read["sha"].as_str().unwrap()),
    ] {
        let ask = ada.ask(Method::GET, &format!("{REPO}/{path}"));
        let raw = answer(ask.header("accept", "application/vnd.github.raw+json")).await;
        assert_eq!(raw.is(200).body, large.as_bytes(), "{path}");
    }
}

#[tokio::test]
async fn base64_comes_in_lines_of_sixty() {
    let ada = Client::start().await;
    ada.repository
        .seed("main", &[("100644", "text.txt", &"line\n".repeat(20))]);
    let read = ada.read("contents/text.txt").await.is(200).json();
    let content = read["content"].as_str().unwrap();
    let lengths: Vec<_> = content.lines().map(str::len).collect();
    assert_eq!(lengths, [60, 60, 16]);
    let decoded = STANDARD.decode(content.replace('\n', "")).unwrap();
    assert_eq!(decoded, "line\n".repeat(20).as_bytes());
}

#[tokio::test]
async fn a_folder_is_cut_at_a_thousand_and_its_tree_is_not() {
    let ada = Client::start().await;
    let names: Vec<_> = (0..1200)
        .map(|number| format!("folder/{number:04}.txt"))
        .collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), ""))
        .collect();
    ada.repository.seed("main", &files);
    let folder = ada.read("contents/folder").await.is(200).json();
    assert_eq!(folder.as_array().unwrap().len(), 1000);
    let tree = ada.read("git/trees/main?recursive=1").await.is(200).json();
    assert_eq!(tree["tree"].as_array().unwrap().len(), 1201);
    assert_eq!(tree["truncated"], false);
}

#[tokio::test]
async fn links_submodules_and_programs_are_told_apart() {
    let ada = Client::start().await;
    let commit = "1".repeat(40);
    ada.repository.seed(
        "main",
        &[
            ("120000", "link", "one.txt"),
            ("160000", "module", &commit),
            ("100755", "program", "#!/bin/sh\n"),
        ],
    );
    let modes = |tree: &Value| -> Vec<String> {
        let entries = tree["tree"].as_array().unwrap().iter();
        entries
            .map(|entry| format!("{} {}", entry["mode"], entry["type"]).replace('"', ""))
            .collect()
    };
    let tree = ada.read("git/trees/main").await.is(200).json();
    assert_eq!(
        modes(&tree),
        ["120000 blob", "160000 commit", "100755 blob"]
    );
    let kind = async |path: &str| ada.read(path).await.json()["type"].clone();
    assert_eq!(kind("contents/link").await, "symlink");
    assert_eq!(kind("contents/module").await, "submodule");
    assert_eq!(kind("contents/program").await, "file");
}

#[tokio::test]
async fn rules_stop_a_write() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    ada.repository.seed("release", &[]);
    ada.forge.protect("ada/models", "release");
    let refused = ada
        .put("x", "x", json!({ "branch": "release" }))
        .await
        .error();
    let message =
        "Repository rule violations found\n\nChanges must be made through a pull request.\n\n";
    assert_eq!(refused, (409, message.to_owned()));
    let nowhere = ada.put("x", "x", json!({ "branch": "no" })).await.error();
    assert_eq!(nowhere, (404, "Branch no not found".to_owned()));
    ada.forge.archive("ada/models");
    let archived = ada.put("x", "x", Value::Null).await.error();
    assert_eq!(
        archived,
        (403, "Repository was archived so is read-only.".to_owned())
    );
}

#[tokio::test]
async fn the_history_is_that_of_git() {
    let ada = Client::start().await;
    assert_eq!(
        ada.read("commits").await.error(),
        (409, "Git Repository is empty.".to_owned())
    );
    ada.put("one.txt", "one\n", Value::Null).await.is(201);
    ada.put("two.txt", "two\n", Value::Null).await.is(201);
    let ids = |answer: Value| -> Vec<String> {
        let commits = answer.as_array().unwrap().iter();
        commits
            .map(|commit| commit["sha"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = ada.read("commits?sha=main").await.is(200);
    assert_eq!(ids(all.json()), ada.repository.commits("main"));
    let one = ada.read("commits?sha=main&path=one.txt").await.is(200);
    assert_eq!(ids(one.json()), ada.repository.commits("main")[1..]);
    let newest = ada.read("commits/main").await.is(200).json();
    assert_eq!(newest["files"][0]["filename"], "two.txt");
    assert_eq!(newest["files"][0]["status"], "added");
    assert_eq!(
        newest["stats"],
        json!({ "total": 1, "additions": 1, "deletions": 0 })
    );
    let id = ada.repository.commits("main")[0].clone();
    let commit = ada.read(&format!("git/commits/{id}")).await.is(200).json();
    assert_eq!(
        commit["parents"][0]["sha"],
        ada.repository.commits("main")[1].as_str()
    );
}
