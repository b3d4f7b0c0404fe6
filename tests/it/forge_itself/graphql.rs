//! GraphQL: what is selected, and commits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::client::Client;
use crate::forge::Access;

const COMMIT: &str = "mutation Save($input: CreateCommitOnBranchInput!) { \
                      createCommitOnBranch(input: $input) { commit { oid } clientMutationId } }";

/// The input of a commit on `main` of `ada/models`.
fn input(expected: &str, changes: &Value) -> Value {
    json!({ "input": {
        "branch": { "repositoryNameWithOwner": "ada/models", "branchName": "main" },
        "expectedHeadOid": expected, "clientMutationId": "7",
        "message": { "headline": "Two files", "body": "Request-Id: 7" }, "fileChanges": changes,
    } })
}

fn put(path: &str, content: &str) -> Value {
    json!({ "additions": [{ "path": path, "contents": STANDARD.encode(content) }] })
}

#[tokio::test]
async fn a_commit_changes_several_files_at_once() {
    let ada = Client::start().await;
    ada.repository.seed(
        "main",
        &[("100644", "old.txt", "old"), ("100755", "run", "1")],
    );
    let head = ada.repository.commits("main")[0].clone();
    let changes = json!({
        "additions": [
            { "path": "a/b/new.txt", "contents": STANDARD.encode("new") },
            { "path": "run", "contents": STANDARD.encode("2") },
        ],
        "deletions": [{ "path": "old.txt" }],
    });
    let answer = ada.graphql(COMMIT, input(&head, &changes)).await;
    let oid = ada.repository.commits("main")[0].clone();
    let payload = json!({ "commit": { "oid": oid }, "clientMutationId": "7" });
    assert_eq!(
        answer,
        json!({ "data": { "createCommitOnBranch": payload } })
    );
    assert_eq!(ada.repository.files(), ["a/b/new.txt", "run"]);
    assert!(
        ada.repository
            .git(&["ls-tree", "main", "run"])
            .starts_with("100755")
    );
    let written = ada
        .repository
        .git(&["log", "-1", "--format=%an <%ae>|%cn <%ce>|%B", "main"]);
    let expected =
        "Ada Lovelace <ada@example.com>|GitHub <noreply@github.com>|Two files\n\nRequest-Id: 7";
    assert_eq!(written.trim(), expected);
    ada.repository.git(&["fsck", "--strict"]);
}

/// The type and the message of the one error.
async fn refused(ada: &Client, input: Value) -> (String, String) {
    let before = ada.repository.state();
    let answer = ada.graphql(COMMIT, input).await;
    assert_eq!(ada.repository.state(), before);
    assert_eq!(answer["data"], json!({ "createCommitOnBranch": null }));
    let error = &answer["errors"][0];
    assert_eq!(error["path"], json!(["createCommitOnBranch"]));
    assert_eq!(error["locations"], json!([{ "line": 1, "column": 53 }]));
    let text = |name: &str| error[name].as_str().unwrap().to_owned();
    (text("type"), text("message"))
}

#[tokio::test]
async fn a_commit_is_refused_with_status_200() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    let head = ada.repository.commits("main")[0].clone();
    let stale = "1".repeat(40);
    let told = |kind: &str, message: &str| (kind.to_owned(), message.to_owned());
    let message =
        format!("Expected branch to point to \"{stale}\" but it did not. Pull and try again.");
    assert_eq!(
        refused(&ada, input(&stale, &put("x", "x"))).await,
        told("STALE_DATA", &message)
    );
    let absent = json!({ "deletions": [{ "path": "x" }] });
    let message = format!(
        "A path was requested for deletion which does not exist as of commit oid `{head}`: x"
    );
    assert_eq!(
        refused(&ada, input(&head, &absent)).await,
        told("UNPROCESSABLE", &message)
    );
    ada.forge.protect("ada/models", "main");
    let message = "Changes must be made through a pull request.";
    assert_eq!(
        refused(&ada, input(&head, &put("x", "x"))).await,
        told("UNPROCESSABLE", message)
    );
    ada.forge.grant("ada", "ada/models", Access::Read);
    let message = "ada does not have the correct permissions to execute `CreateCommitOnBranch`";
    assert_eq!(
        refused(&ada, input(&head, &put("x", "x"))).await,
        told("FORBIDDEN", message)
    );
    ada.forge.grant("ada", "ada/models", Access::None);
    let message = "Could not resolve to a Repository with the name 'ada/models'.";
    assert_eq!(
        refused(&ada, input(&head, &put("x", "x"))).await,
        told("NOT_FOUND", message)
    );
}

#[tokio::test]
async fn a_query_is_answered_with_what_it_selects() {
    let ada = Client::start().await;
    ada.repository.seed(
        "main",
        &[
            ("100644", "a/one.txt", "one"),
            ("120000", "a/to", "one.txt"),
        ],
    );
    let head = ada.repository.commits("main")[0].clone();
    let query = "query Q($on: Boolean = false) { viewer { login } \
        repository(owner: \"ada\", name: \"models\") { nameWithOwner isEmpty viewerPermission \
        defaultBranchRef { name } ref(qualifiedName: \"refs/heads/main\") { target { oid } } \
        hidden: name @include(if: $on) \
        folder: object(expression: \"main:a\") { __typename ...Folder } \
        none: object(expression: \"main:b\") { __typename } \
        head: object(oid: \"HEAD_ID\") { ... on Blob { text } ... on Commit { \
        missing: file(path: \"no\") { oid } history(path: \"a/one.txt\", first: 5) { \
        nodes { message author { name } } pageInfo { hasNextPage endCursor } } } } } } \
        fragment Folder on Tree { entries { name mode type size } }";
    let answer = ada
        .graphql(&query.replace("HEAD_ID", &head), Value::Null)
        .await;
    let expected = json!({ "data": { "viewer": { "login": "ada" }, "repository": {
        "nameWithOwner": "ada/models", "isEmpty": false, "viewerPermission": "ADMIN",
        "defaultBranchRef": { "name": "main" }, "ref": { "target": { "oid": head } },
        "folder": { "__typename": "Tree", "entries": [
            { "name": "one.txt", "mode": 33188, "type": "blob", "size": 3 },
            { "name": "to", "mode": 40960, "type": "blob", "size": 7 },
        ] },
        "none": null,
        "head": { "missing": null, "history": {
            "nodes": [{ "message": "Seed", "author": { "name": "Seed" } }],
            "pageInfo": { "hasNextPage": false, "endCursor": format!("{head} 0") },
        } },
    } } });
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn text_is_cut_and_binary_has_none() {
    let ada = Client::start().await;
    let large = "é".repeat(300 * 1024);
    ada.repository.seed(
        "main",
        &[("100644", "large", &large), ("100644", "zero", "a\0b")],
    );
    let query = "{ repository(owner: \"ada\", name: \"models\") { \
        large: object(expression: \"main:large\") { ... on Blob { byteSize isTruncated text } } \
        zero: object(expression: \"main:zero\") { ... on Blob { isBinary isTruncated text } } } }";
    let answer = ada.graphql(query, Value::Null).await;
    let blobs = &answer["data"]["repository"];
    assert_eq!(
        blobs["zero"],
        json!({ "isBinary": true, "isTruncated": false, "text": null })
    );
    assert_eq!(
        (&blobs["large"]["byteSize"], &blobs["large"]["isTruncated"]),
        (&json!(large.len()), &json!(true))
    );
    assert_eq!(blobs["large"]["text"].as_str().unwrap().len(), 512 * 1024);
}

#[tokio::test]
async fn a_history_is_read_in_parts() {
    let ada = Client::start().await;
    for number in 0..5 {
        ada.repository
            .seed("main", &[("100644", "one", &number.to_string())]);
    }
    let query = "query Q($after: String) { repository(owner: \"ada\", name: \"models\") { \
        object(expression: \"main\") { ... on Commit { history(path: \"one\", first: 2, after: $after) { \
        nodes { oid } pageInfo { hasNextPage endCursor } } } } } }";
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ada.graphql(query, json!({ "after": after })).await;
        let part = &answer["data"]["repository"]["object"]["history"];
        let ids = part["nodes"].as_array().unwrap().iter();
        found.extend(ids.map(|node| node["oid"].as_str().unwrap().to_owned()));
        after = part["pageInfo"]["endCursor"].clone();
        if part["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(found, ada.repository.commits("main"));
}

#[tokio::test]
async fn what_there_is_not_to_select_makes_the_query_invalid() {
    let ada = Client::start().await;
    let answer = ada.graphql("{ viewer { shoeSize } }", Value::Null).await;
    assert_eq!(answer["data"], Value::Null);
    assert_eq!(
        answer["errors"][0]["message"],
        "Field 'shoeSize' doesn't exist on type 'User'"
    );
    let broken = ada.graphql("{ viewer {", Value::Null).await;
    assert_eq!(
        broken.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["errors"]
    );
}

#[tokio::test]
async fn of_many_at_once_one_wins_and_the_others_are_told() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    for round in 0..5 {
        let head = ada.repository.commits("main")[0].clone();
        let paths: Vec<_> = (0..8).map(|n| format!("{round}-{n}")).collect();
        let commit = |path: &String| ada.graphql(COMMIT, input(&head, &put(path, "x")));
        let answers = futures_util::future::join_all(paths.iter().map(commit)).await;
        let kinds = answers
            .iter()
            .map(|answer| answer["errors"][0]["type"].clone());
        let stale = kinds.filter(|kind| kind == "STALE_DATA").count();
        assert_eq!((stale, ada.repository.files().len()), (7, round + 1));
    }
    assert_eq!(ada.repository.commits("main").len(), 6);
}
