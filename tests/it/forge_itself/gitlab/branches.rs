//! Branches.

use serde_json::{Value, json};

use super::{PROJECT, read, send, start};
use crate::forge::Access;

fn names(listed: &Value) -> Vec<String> {
    let names = listed.as_array().unwrap().iter().map(|one| &one["name"]);
    names
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_branch_with_a_slash_is_one_part_of_the_address() {
    let ada = start().await;
    ada.repository.seed("feature/sign-in", &[]);
    let tip = ada.repository.commits("feature/sign-in")[0].clone();
    let branch = read(&ada, "branches/feature%2Fsign-in")
        .await
        .is(200)
        .json();
    assert_eq!(
        (&branch["name"], &branch["commit"]["id"]),
        (&json!("feature/sign-in"), &json!(tip))
    );
    read(&ada, "branches/feature/sign-in").await.is(404);
    let none = read(&ada, "branches/feature").await.error();
    assert_eq!(none, (404, "404 Branch Not Found".to_owned()));
    let invalid = read(&ada, "branches/a..b").await.error();
    assert_eq!(invalid, (400, "The branch refname is invalid".to_owned()));
}

#[tokio::test]
async fn pages_are_numbered_or_follow_one_another() {
    let ada = start().await;
    for name in ["main", "a", "b/c", "d"] {
        ada.repository.seed(name, &[]);
    }
    let first = read(&ada, "branches?per_page=3").await.is(200);
    assert_eq!(names(&first.json()), ["a", "b/c", "d"]);
    let header = |name: &str| first.header(name).to_owned();
    let counted = [
        "x-page",
        "x-next-page",
        "x-per-page",
        "x-total",
        "x-total-pages",
    ];
    assert_eq!(counted.map(header), ["1", "2", "3", "4", "2"]);
    let second = read(&ada, "branches?per_page=3&page=2").await.is(200);
    assert_eq!(names(&second.json()), ["main"]);
    assert_eq!(
        (second.header("x-next-page"), second.header("x-prev-page")),
        ("", "1")
    );
    let keyed = read(&ada, "branches?per_page=3&pagination=keyset")
        .await
        .is(200);
    assert_eq!(keyed.header("x-total"), "");
    let link = keyed.header("link").strip_prefix('<').unwrap();
    let (next, relation) = link.split_once(">; ").unwrap();
    assert_eq!(relation, "rel=\"next\"");
    let last = ada.get(next).await.is(200);
    assert_eq!(
        (names(&last.json()), last.header("link")),
        (vec!["main".to_owned()], "")
    );
}

#[tokio::test]
async fn a_branch_is_created_once_and_at_a_commit_that_there_is() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    let tip = ada.repository.commits("main")[0].clone();
    let create = async |name: &str, from: &str| {
        send(&ada, "branches", &json!({ "branch": name, "ref": from })).await
    };
    let made = create("a", &tip).await.is(201).json();
    assert_eq!(
        (&made["name"], &made["commit"]["id"]),
        (&json!("a"), &json!(tip))
    );
    create("x/y", "main").await.is(201);
    let nothing = "1".repeat(40);
    let unknown = format!("Failed to create branch 'b': invalid reference name '{nothing}'");
    let refused = [
        ("a", tip.as_str(), "Branch already exists"),
        (
            "a/b",
            &tip,
            "Failed to create branch 'a/b': Branch name conflicts with existing branch hierarchy.",
        ),
        (
            "x",
            &tip,
            "Failed to create branch 'x': Branch name conflicts with existing branch hierarchy.",
        ),
        ("b", &nothing, &unknown),
        ("b..c", &tip, "Branch name is invalid"),
    ];
    for (name, from, message) in refused {
        let told = create(name, from).await.error();
        assert_eq!(told, (400, message.to_owned()), "{name}");
    }
    let unsaid = send(&ada, "branches", &json!({})).await.is(400).json();
    assert_eq!(unsaid["error"], "branch is missing, ref is missing");
    ada.forge.archive("ada/models");
    let archived = create("c", &tip).await.error();
    assert_eq!(archived, (403, "403 Forbidden".to_owned()));
}

#[tokio::test]
async fn a_branch_of_an_empty_repository_makes_the_default_one() {
    let ada = start().await;
    let body = json!({ "branch": "one", "ref": "main" });
    send(&ada, "branches", &body).await.is(201);
    assert_eq!(ada.repository.files(), ["README.md"]);
    assert_eq!(
        ada.repository.commits("one"),
        ada.repository.commits("main")
    );
}

#[tokio::test]
async fn a_branch_says_who_may_push() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    ada.repository.seed("release", &[]);
    ada.forge.protect("ada/models", "release");
    let said = async |name: &str| {
        let branch = read(&ada, &format!("branches/{name}")).await.is(200).json();
        ["protected", "can_push", "default"].map(|member| branch[member].as_bool().unwrap())
    };
    assert_eq!(said("main").await, [false, true, true]);
    assert_eq!(said("release").await, [true, false, false]);
    ada.forge.grant("ada", "ada/models", Access::Read);
    assert_eq!(said("main").await, [false, false, true]);
    ada.forge.grant("ada", "ada/models", Access::None);
    let hidden = ada
        .get(&format!("{PROJECT}/repository/branches"))
        .await
        .error();
    assert_eq!(hidden, (404, "404 Project Not Found".to_owned()));
}
