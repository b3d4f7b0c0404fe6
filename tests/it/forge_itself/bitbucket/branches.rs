//! Branches.

use serde_json::json;

use super::client::{create, error, of_all, read, start};

#[tokio::test]
async fn a_branch_is_found_by_its_name_however_the_slash_is_written() {
    let ada = start().await;
    ada.repository.seed("feature/sign-in#1", &[]);
    let tip = ada.repository.commits("feature/sign-in#1")[0].clone();
    for path in ["feature/sign-in%231", "feature%2Fsign-in%231"] {
        let branch = read(&ada, &format!("refs/branches/{path}"))
            .await
            .is(200)
            .json();
        assert_eq!(branch["target"]["hash"], tip, "{path}");
    }
    let none = read(&ada, "refs/branches/feature").await;
    assert_eq!(
        error(&none),
        (404, "Branch \"feature\" not found".to_owned())
    );
}

#[tokio::test]
async fn branches_are_listed_searched_and_say_nothing_of_restrictions() {
    let ada = start().await;
    for name in ["main", "feature/b", "feature/a"] {
        ada.repository.seed(name, &[]);
    }
    ada.forge.protect("ada/models", "main");
    let names = async |query: &str| {
        let page = read(&ada, &format!("refs/branches{query}"))
            .await
            .is(200)
            .json();
        of_all(&page, "/name")
    };
    assert_eq!(names("").await, ["feature/a", "feature/b", "main"]);
    assert_eq!(
        names("?sort=-name").await,
        ["main", "feature/b", "feature/a"]
    );
    assert_eq!(
        names("?q=name~%22FEAT%22").await,
        ["feature/a", "feature/b"]
    );
    let main = read(&ada, "refs/branches/main").await.is(200).json();
    assert!(!main.to_string().contains("protected"), "{main}");
}

#[tokio::test]
async fn a_branch_is_created_once_and_at_a_commit_that_there_is() {
    let ada = start().await;
    let nothing = "1".repeat(40);
    let at = |name: &str, hash: &str| json!({ "name": name, "target": { "hash": hash } });
    assert_eq!(create(&ada, &at("a", &nothing)).await.status, 404);
    ada.repository.seed("main", &[]);
    let tip = ada.repository.commits("main")[0].clone();
    let made = create(&ada, &at("a", &tip)).await.is(201).json();
    assert_eq!(
        (&made["name"], &made["target"]["hash"]),
        (&json!("a"), &json!(tip))
    );
    create(&ada, &at("b/c", "main")).await.is(201);
    assert_eq!(ada.repository.commits("b/c"), std::slice::from_ref(&tip));
    ada.forge.protect("ada/models", "release");
    let refused = [
        ("a", &tip, 400, "BRANCH_ALREADY_EXISTS"),
        ("d..e", &tip, 400, "INVALID_BRANCH_NAME"),
        ("release", &tip, 403, "BRANCH_PERMISSION_VIOLATED"),
    ];
    for (name, hash, status, key) in refused {
        let refused = create(&ada, &at(name, hash)).await.is(status).json();
        assert_eq!(refused["error"]["data"]["key"], key, "{name}");
    }
    assert_eq!(create(&ada, &at("b", &tip)).await.status, 400);
    assert_eq!(create(&ada, &at("f", &nothing)).await.status, 404);
}
