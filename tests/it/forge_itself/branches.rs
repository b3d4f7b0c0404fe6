//! Branches and repositories.

use reqwest::Method;
use serde_json::json;

use super::client::{Client, answer};
use crate::forge::Access;

#[tokio::test]
async fn a_branch_with_a_slash_is_found_by_its_raw_and_its_escaped_name() {
    let ada = Client::start().await;
    ada.repository.seed("feature/sign-in", &[]);
    let tip = ada.repository.commits("feature/sign-in")[0].clone();
    for path in ["branches/feature/sign-in", "branches/feature%2Fsign-in"] {
        let branch = ada.read(path).await.is(200).json();
        assert_eq!(
            (&branch["name"], &branch["commit"]["sha"]),
            (&json!("feature/sign-in"), &json!(tip))
        );
    }
    let none = ada.read("branches/feature").await.error();
    assert_eq!(none, (404, "Branch not found".to_owned()));
}

#[tokio::test]
async fn a_branch_is_created_once_and_at_a_commit_that_there_is() {
    let ada = Client::start().await;
    let create = async |name: &str, sha: &str| {
        let body = json!({ "ref": format!("refs/heads/{name}"), "sha": sha });
        ada.send(Method::POST, "git/refs", &body).await
    };
    let nothing = "1".repeat(40);
    let empty = create("one", &nothing).await.error();
    assert_eq!(empty, (409, "Git Repository is empty.".to_owned()));
    ada.repository.seed("main", &[]);
    let tip = ada.repository.commits("main")[0].clone();
    let made = create("a", &tip).await.is(201).json();
    assert_eq!(
        (&made["ref"], &made["object"]["sha"]),
        (&json!("refs/heads/a"), &json!(tip))
    );
    assert_eq!(ada.repository.commits("a"), std::slice::from_ref(&tip));
    let refused = [
        ("a", &tip, "Reference already exists"),
        ("a/b", &tip, "Reference update failed"),
        ("b", &nothing, "Object does not exist"),
        ("b..c", &tip, "refs/heads/b..c is not a valid ref name."),
    ];
    for (name, sha, message) in refused {
        assert_eq!(
            create(name, sha).await.error(),
            (422, message.to_owned()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn pages_lead_to_one_another_by_the_repositorys_number() {
    let ada = Client::start().await;
    for name in ["a", "b", "c", "main", "release"] {
        ada.repository.seed(name, &[]);
    }
    ada.forge.protect("ada/models", "release");
    let first = ada.read("branches?per_page=2").await.is(200);
    let at = |page: u8| {
        format!(
            "{}api/v3/repositories/5001/branches?per_page=2&page={page}",
            ada.forge.url()
        )
    };
    let (next, last) = (at(2), at(3));
    assert_eq!(
        first.header("link"),
        format!("<{next}>; rel=\"next\", <{last}>; rel=\"last\"")
    );
    let page = answer(ada.ask(Method::GET, &last)).await.is(200).json();
    assert_eq!(page.as_array().unwrap().len(), 1);
    assert_eq!(
        (&page[0]["name"], &page[0]["protected"]),
        (&json!("release"), &json!(true))
    );
    let protected = ada.read("branches?protected=true").await.is(200).json();
    assert_eq!(protected, page);
}

#[tokio::test]
async fn everybody_sees_what_they_may_and_what_they_may_do() {
    let ada = Client::start().await;
    ada.forge.repository("acme/secret");
    let seen = |token: String| {
        let ask = ada
            .bare(Method::GET, "api/v3/user/repos?sort=full_name")
            .bearer_auth(token);
        async move {
            let listed = answer(ask).await.is(200).json();
            let all = listed.as_array().unwrap().iter();
            all.map(|one| format!("{} {}", one["full_name"], one["permissions"]["push"]))
                .collect::<Vec<_>>()
        }
    };
    assert_eq!(seen(ada.token.clone()).await, ["\"ada/models\" true"]);
    assert_eq!(
        seen(ada.forge.token("grace")).await,
        ["\"ada/models\" false"]
    );
    ada.forge.grant("grace", "ada/models", Access::None);
    assert_eq!(seen(ada.forge.token("grace")).await, Vec::<String>::new());
    assert_eq!(
        ada.get("api/v3/repos/acme/secret").await.error(),
        (404, "Not Found".to_owned())
    );
    ada.forge.grant("ada", "acme/secret", Access::Write);
    let secret = ada.get("api/v3/repos/acme/secret").await.is(200).json();
    assert_eq!(secret["owner"]["type"], "Organization");
    assert_eq!(secret["permissions"]["admin"], false);
}

#[tokio::test]
async fn a_renamed_repository_is_where_its_old_name_leads() {
    let ada = Client::start().await;
    ada.repository.seed("main", &[]);
    ada.forge.rename("ada/models", "ada/threats");
    let moved = ada.read("branches?page=1").await.is(301);
    let address = format!(
        "{}api/v3/repositories/5001/branches?page=1",
        ada.forge.url()
    );
    assert_eq!(moved.header("location"), address);
    assert_eq!(moved.json()["url"], address);
    answer(ada.ask(Method::GET, &address)).await.is(200);
    let write = ada.send(Method::POST, "git/refs", &json!({})).await;
    assert_eq!(write.status, 307);
    ada.get("api/v3/repos/ada/threats").await.is(200);
}
