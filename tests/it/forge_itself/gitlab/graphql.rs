//! GraphQL.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::client::{Client, answer};
use super::start;
use crate::forge::Access;

const BLOBS: &str = "query Look($project: ID!, $ref: String, $paths: [String!]!) {
  project(fullPath: $project) { repository {
    found: blobs(ref: $ref, paths: $paths) {
      nodes { path oid mode size rawTextBlob } pageInfo { hasNextPage endCursor }
    } } }
}";

/// What is at these paths of `main`.
async fn look(ada: &Client, paths: &[String]) -> Value {
    let variables = json!({ "project": "ada/models", "ref": "main", "paths": paths });
    ada.graphql(BLOBS, variables).await
}

#[tokio::test]
async fn files_come_with_their_texts_and_none_for_what_is_none() {
    let ada = start().await;
    let files = [
        ("100755", "a/one", "é\n"),
        ("100644", "bytes", "a\0b"),
        ("120000", "link", "bytes"),
    ];
    ada.repository.seed("main", &files);
    let paths = ["a/one", "a", "no", "bytes", "link"].map(str::to_owned);
    let found = look(&ada, &paths).await;
    let found = &found["data"]["project"]["repository"]["found"]["nodes"];
    let id = |path: &str| {
        let id = ada.repository.git(&["rev-parse", &format!("main:{path}")]);
        json!(id.trim())
    };
    let expected = json!([
        { "path": "a/one", "oid": id("a/one"), "mode": "100755", "size": "3", "rawTextBlob": "é\n" },
        { "path": "bytes", "oid": id("bytes"), "mode": "100644", "size": "3", "rawTextBlob": null },
        { "path": "link", "oid": id("link"), "mode": "120000", "size": "5", "rawTextBlob": "bytes" },
    ]);
    assert_eq!(*found, expected);
    let calls = ada.forge.calls();
    assert_eq!(calls[0].graphql.as_deref(), Some("Look"));
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_come_as_another_text() {
    let ada = start().await;
    ada.forge
        .add("ada/models", "main", &[("latin", b"caf\xe9")]);
    let found = look(&ada, &["latin".to_owned()]).await;
    let node = &found["data"]["project"]["repository"]["found"]["nodes"][0];
    assert_eq!(
        (&node["rawTextBlob"], &node["size"]),
        (&json!("café"), &json!("4"))
    );
}

#[tokio::test]
async fn a_query_may_not_be_too_complex() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    let paths = |count: usize| -> Vec<String> { (0..count).map(|n| n.to_string()).collect() };
    assert_eq!(look(&ada, &paths(100)).await["errors"], Value::Null);
    let refused = look(&ada, &paths(118)).await;
    let message = "Query has complexity of 251, which exceeds max complexity of 250";
    assert_eq!(refused, json!({ "errors": [{ "message": message }] }));
}

#[tokio::test]
async fn folders_are_known_by_what_is_in_them() {
    let ada = start().await;
    let module = "1".repeat(40);
    let files = [
        ("100644", "f/a", "1"),
        ("160000", "f/m", module.as_str()),
        ("100644", "f/z/below", "1"),
    ];
    ada.repository.seed("main", &files);
    let query = "{ project(fullPath: \"ada/models\") { repository { rootRef empty
        full: tree(ref: \"main\", path: \"f\") { ...All } none: tree(ref: \"main\", path: \"no\") { ...All }
        file: tree(ref: \"main\", path: \"f/a\") { ...All } } } }
        fragment All on Tree {
          trees(first: 1) { nodes { name path type } } blobs { nodes { name mode sha } }
          submodules { nodes { name } } }";
    let found = ada.graphql(query, Value::Null).await;
    let repository = &found["data"]["project"]["repository"];
    let id = ada.repository.git(&["rev-parse", "main:f/a"]);
    let full = json!({
        "trees": { "nodes": [{ "name": "z", "path": "f/z", "type": "tree" }] },
        "blobs": { "nodes": [{ "name": "a", "mode": "100644", "sha": id.trim() }] },
        "submodules": { "nodes": [{ "name": "m" }] },
    });
    let none = json!({
        "trees": { "nodes": [] }, "blobs": { "nodes": [] }, "submodules": { "nodes": [] },
    });
    let expected = json!({
        "rootRef": "main", "empty": false, "full": full, "none": none, "file": none,
    });
    assert_eq!(*repository, expected);
}

#[tokio::test]
async fn a_long_list_comes_in_parts_of_a_hundred() {
    let ada = start().await;
    let names: Vec<_> = (0..130).map(|number| format!("f/{number:03}")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), ""))
        .collect();
    ada.repository.seed("main", &files);
    let query = "query Part($after: String) { project(fullPath: \"ada/models\") { repository {
        tree(ref: \"main\", path: \"f\") { blobs(first: 500, after: $after) {
          nodes { name } pageInfo { hasNextPage endCursor } } } } } }";
    let part = async |after: Value| {
        let found = ada.graphql(query, json!({ "after": after })).await;
        let blobs = &found["data"]["project"]["repository"]["tree"]["blobs"];
        let count = blobs["nodes"].as_array().unwrap().len();
        (count, blobs["pageInfo"].clone())
    };
    let (count, page) = part(Value::Null).await;
    assert_eq!((count, &page["hasNextPage"]), (100, &json!(true)));
    let (count, page) = part(page["endCursor"].clone()).await;
    assert_eq!((count, &page["hasNextPage"]), (30, &json!(false)));
}

#[tokio::test]
async fn what_is_hidden_or_called_otherwise_is_null() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    let asked = async |path: &str| {
        let query = format!("{{ project(fullPath: \"{path}\") {{ fullPath }} }}");
        ada.graphql(&query, Value::Null).await["data"]["project"]["fullPath"].clone()
    };
    assert_eq!(asked("ada/models").await, "ada/models");
    assert_eq!(asked("ada/none").await, Value::Null);
    ada.forge.rename("ada/models", "ada/others");
    assert_eq!(asked("ada/models").await, Value::Null);
    assert_eq!(asked("ada/others").await, "ada/others");
    ada.forge.grant("ada", "ada/others", Access::None);
    assert_eq!(asked("ada/others").await, Value::Null);
    let bad = ada
        .bare(Method::POST, "api/graphql")
        .bearer_auth("no")
        .body("{}");
    let refused = answer(bad).await.is(401).json();
    assert_eq!(
        refused,
        json!({ "errors": [{ "message": "Invalid token" }] })
    );
}
