//! Files, written and read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::client::{Client, json_of};

#[tokio::test]
async fn a_file_is_written_into_an_empty_repository_and_is_read_again() {
    let ada = Client::start().await;
    let body = json!({ "message": "One", "content": STANDARD.encode("one\n") });
    let made = ada.put("a/one.txt", &body).await;
    assert_eq!(made.status(), 201);
    let made = json_of(made).await;
    let read = json_of(ada.get("api/v3/repos/ada/models/contents/a/one.txt").await).await;
    assert_eq!(read["sha"], made["content"]["sha"]);
    assert_eq!(read["content"], "b25lCg==\n");
    let query = "query Read($oid: GitObjectID!) { repository(owner: \"ada\", name: \"models\") { \
                 object(oid: $oid) { ... on Commit { file(path: \"a/one.txt\") { mode oid \
                 object { ... on Blob { text isTruncated } } } } } } }";
    let commit = &made["commit"]["sha"];
    let answer = ada.graphql(query, json!({ "oid": commit })).await;
    let file = json!({
        "mode": 33188, "oid": read["sha"], "object": { "text": "one\n", "isTruncated": false },
    });
    let expected = json!({ "data": { "repository": { "object": { "file": file } } } });
    assert_eq!(answer, expected);
}
