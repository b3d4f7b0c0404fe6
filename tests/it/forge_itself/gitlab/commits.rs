//! The Commits API.

use serde_json::{Value, json};

use super::{commit, commit_to, create, read, send, start, update};
use crate::forge::Access;
use crate::support::Repository;

#[tokio::test]
async fn a_commit_changes_several_files_and_is_in_git() {
    let ada = start().await;
    let first = [create("a/one.txt", "one\n"), create("two.txt", "two\n")];
    let first = commit(&ada, first.as_slice().into()).await.is(201).json();
    let first = first["id"].as_str().unwrap();
    let second = [
        json!({
            "action": "update", "file_path": "a/one.txt", "content": "MQo=",
            "encoding": "base64", "last_commit_id": first,
        }),
        json!({ "action": "delete", "file_path": "two.txt", "last_commit_id": first }),
        create("three.txt", "three\n"),
    ];
    let second = commit(&ada, second.as_slice().into()).await.is(201).json();
    assert_eq!(second["parent_ids"], json!([first]));
    assert_eq!(
        ada.repository.commits("main"),
        [second["id"].as_str().unwrap(), first]
    );
    assert_eq!(ada.repository.files(), ["a/one.txt", "three.txt"]);
    assert_eq!(ada.repository.git(&["show", "main:a/one.txt"]), "1\n");
    let stats = json!({ "additions": 2, "deletions": 2, "total": 4 });
    assert_eq!(second["stats"], stats);
    assert_eq!(
        ada.repository.last_commit(),
        "Ada Lovelace <ada@example.com>, Ada Lovelace <ada@example.com>: Change"
    );
    ada.repository.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn an_author_can_be_named() {
    let ada = start().await;
    let body = json!({
        "branch": "main", "commit_message": "By another\n\nKey: value\n", "author_name": "Eve",
        "author_email": "eve@example.com", "actions": [create("one", "1")],
    });
    let made = send(&ada, "commits", &body).await.is(201).json();
    assert_eq!(made["message"], "By another\n\nKey: value\n");
    assert_eq!(made["title"], "By another");
    assert_eq!(
        ada.repository.last_commit(),
        "Eve <eve@example.com>, Ada Lovelace <ada@example.com>: By another"
    );
}

#[tokio::test]
async fn refusals_have_gitlabs_words() {
    let ada = start().await;
    let one = commit(&ada, json!([create("a/one", "1")]))
        .await
        .is(201)
        .json();
    let one = one["id"].as_str().unwrap();
    let two = commit(&ada, json!([update("a/one", "2", one)]))
        .await
        .is(201)
        .json();
    let tip = two["id"].as_str().unwrap();
    commit(&ada, json!([create("other", "")])).await.is(201);
    let delete = |path: &str| json!({ "action": "delete", "file_path": path });
    let (exists, no_file) = (
        "A file with this name already exists",
        "A file with this name doesn't exist",
    );
    let changed = "The file has changed since you started editing it: a/one";
    let refused = [
        (create("a/one", ""), exists),
        (create("a", ""), exists),
        (create("a/one/below", ""), no_file),
        (update("none", "", one), no_file),
        (delete("none"), no_file),
        (update("a/one", "3", one), changed),
        (
            json!({ "action": "delete", "file_path": "a/one", "last_commit_id": one }),
            changed,
        ),
    ];
    let before = ada.repository.commits("main");
    for (action, message) in refused {
        let told = commit(&ada, json!([action])).await.error();
        assert_eq!(told, (400, message.to_owned()), "{action}");
    }
    assert_eq!(ada.repository.commits("main"), before);
    commit(&ada, json!([update("a/one", "3", tip)]))
        .await
        .is(201);
}

#[tokio::test]
async fn actions_are_done_one_after_another() {
    let ada = start().await;
    commit(&ada, json!([create("one", "1")])).await.is(201);
    let delete = json!({ "action": "delete", "file_path": "one" });
    commit(&ada, json!([delete, create("one", "new")]))
        .await
        .is(201);
    assert_eq!(ada.repository.file("one"), "new");
    let again = commit(&ada, json!([delete, delete])).await.error();
    assert_eq!(
        again,
        (400, "A file with this name doesn't exist".to_owned())
    );
}

#[tokio::test]
async fn a_file_that_was_deleted_was_changed_by_that() {
    let ada = start().await;
    let made = commit(&ada, json!([create("one", "1")]))
        .await
        .is(201)
        .json();
    let made = made["id"].as_str().unwrap();
    commit(&ada, json!([{ "action": "delete", "file_path": "one" }]))
        .await
        .is(201);
    let message = "The file has changed since you started editing it: one";
    let told = commit(&ada, json!([update("one", "2", made)]))
        .await
        .error();
    assert_eq!(told, (400, message.to_owned()));
}

#[tokio::test]
async fn what_is_not_said_is_asked_for() {
    let ada = start().await;
    let good = || json!({ "branch": "main", "commit_message": "x", "actions": [create("a", "")] });
    let without = |pointer: &str, name: &str| {
        let mut body = good();
        let object = body.pointer_mut(pointer).unwrap().as_object_mut();
        object.unwrap().remove(name);
        body
    };
    let cases = [
        (without("", "branch"), "branch is required"),
        (without("", "commit_message"), "commit_message is required"),
        (without("", "actions"), "actions is required"),
        (
            without("/actions/0", "action"),
            "actions[0][action] is required",
        ),
        (
            without("/actions/0", "file_path"),
            "actions[0][file_path] is required",
        ),
    ];
    for (body, message) in cases {
        let told = send(&ada, "commits", &body).await.error();
        assert_eq!(told, (400, format!("400 Bad request - {message}")));
    }
    send(&ada, "commits", &good()).await.is(201);
}

#[tokio::test]
async fn who_may_not_push_hears_the_same_whatever_the_reason() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    ada.repository.seed("release", &[]);
    let refused = (
        403,
        "403 Forbidden - You are not allowed to push into this branch".to_owned(),
    );
    let action = || json!([create("one", "1")]);
    ada.forge.protect("ada/models", "release");
    assert_eq!(commit_to(&ada, "release", action()).await.error(), refused);
    ada.forge.grant("ada", "ada/models", Access::Read);
    assert_eq!(commit(&ada, action()).await.error(), refused);
    ada.forge.grant("ada", "ada/models", Access::Write);
    ada.forge.archive("ada/models");
    assert_eq!(commit(&ada, action()).await.error(), refused);
}

#[tokio::test]
async fn a_branch_begins_with_the_first_commit_and_not_later() {
    let ada = start().await;
    commit(&ada, json!([create("one", "1"), create("two", "2")]))
        .await
        .is(201);
    assert_eq!(ada.repository.commits("main").len(), 1);
    let message = "You can only create or edit files when you are on a branch";
    let told = commit_to(&ada, "no", json!([create("x", "")]))
        .await
        .error();
    assert_eq!(told, (400, message.to_owned()));
}

#[tokio::test]
async fn the_history_is_that_of_git() {
    let ada = start().await;
    assert_eq!(read(&ada, "commits").await.is(200).json(), json!([]));
    for (path, content) in [("one", "1"), ("two", "2"), ("three", "3")] {
        ada.repository.seed("main", &[("100644", path, content)]);
    }
    let ids = |commits: &Value| -> Vec<String> {
        let ids = commits.as_array().unwrap().iter().map(|one| &one["id"]);
        ids.map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let all = ada.repository.commits("main");
    let listed = read(&ada, "commits?ref_name=main").await.is(200);
    assert_eq!(ids(&listed.json()), all);
    assert_eq!(listed.header("x-next-page"), "");
    let of_one = read(&ada, &format!("commits?ref_name={}&path=one", all[0])).await;
    assert_eq!(
        ids(&of_one.is(200).json()),
        touching(&ada.repository, "one")
    );
    let page = read(&ada, "commits?per_page=2&page=1").await.is(200);
    assert_eq!(
        (page.header("x-next-page"), page.header("x-total")),
        ("2", "")
    );
    assert_eq!(ids(&page.json()), all[..2]);
    let none = read(&ada, &format!("commits?ref_name={}", "1".repeat(40))).await;
    assert_eq!(none.is(200).json(), json!([]));
    let newest = read(&ada, "commits/main").await.is(200).json();
    assert_eq!(
        (&newest["title"], &newest["message"]),
        (&json!("Seed"), &json!("Seed\n"))
    );
    let gone = read(&ada, "commits/no").await.error();
    assert_eq!(gone, (404, "404 Commit Not Found".to_owned()));
}

fn touching(repository: &Repository, path: &str) -> Vec<String> {
    let ids = repository.git(&["rev-list", "main", "--", path]);
    ids.lines().map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn two_commits_are_compared() {
    let ada = start().await;
    for path in ["one", "two", "three"] {
        ada.repository.seed("main", &[("100644", path, "x")]);
    }
    let all = ada.repository.commits("main");
    let path = format!("compare?from={}&to=main", all[2]);
    let compared = read(&ada, &path).await.is(200).json();
    let listed = compared["commits"].as_array().unwrap().iter();
    let listed: Vec<_> = listed.map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(listed, [&all[1], &all[0]]);
    assert_eq!(compared["diffs"][0]["new_path"], "two");
    assert_eq!(compared["compare_same_ref"], false);
    let none = read(&ada, "compare?from=main&to=no").await.error();
    assert_eq!(none, (404, "404 Ref Not Found".to_owned()));
}
