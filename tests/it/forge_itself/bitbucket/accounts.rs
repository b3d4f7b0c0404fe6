//! People, their workspaces and their repositories.

use serde_json::{Value, json};

use super::super::client::{Client, answer};
use super::client::{error, of_all, start};
use crate::forge::Access;

/// The names in a list, from its first page to its last, and how many pages these are.
async fn walk(ada: &Client, first: &str, pointer: &str) -> (Vec<Value>, usize) {
    let (mut names, mut pages, mut next) = (Vec::new(), 0, Some(first.to_owned()));
    while let Some(path) = next {
        let page = ada.get(&path).await.is(200).json();
        names.extend(of_all(&page, pointer));
        next = page["next"].as_str().map(str::to_owned);
        pages += 1;
    }
    (names, pages)
}

#[tokio::test]
async fn a_person_is_known_by_what_never_changes_and_addresses_are_told_apart() {
    let ada = start().await;
    let user = ada.get("2.0/user").await.is(200).json();
    assert_eq!(user["uuid"], "{00000002-0000-4000-8000-0000000003e9}");
    let told = ["display_name", "nickname", "username", "email"].map(|name| user[name].clone());
    assert_eq!(
        told,
        [
            json!("Ada Lovelace"),
            json!("ada"),
            json!("ada"),
            Value::Null
        ]
    );
    let emails = ada.get("2.0/user/emails").await.is(200).json();
    assert_eq!(of_all(&emails, "/email"), ["ada@example.com"]);
    assert_eq!(of_all(&emails, "/is_primary"), [true]);
}

#[tokio::test]
async fn somebody_sees_the_workspaces_in_which_there_is_something_for_them() {
    let ada = start().await;
    for name in ["acme/one", "acme/two", "bread/one", "secret/one"] {
        ada.forge.repository(name);
    }
    for (name, access) in [("acme/one", Access::Read), ("bread/one", Access::Write)] {
        ada.forge.grant("ada", name, access);
    }
    let (slugs, _) = walk(&ada, "2.0/user/workspaces", "/workspace/slug").await;
    assert_eq!(slugs, ["ada", "acme", "bread"]);
    let all = ada
        .get("2.0/user/workspaces?sort=-slug")
        .await
        .is(200)
        .json();
    assert_eq!(of_all(&all, "/administrator"), [false, true, false]);
    let within = async |workspace: &str| {
        let path = format!("2.0/user/workspaces/{workspace}/permissions/repositories");
        let page = ada.get(&path).await;
        page.is(200).json()
    };
    let acme = within("acme").await;
    assert_eq!(of_all(&acme, "/repository/full_name"), ["acme/one"]);
    assert_eq!(of_all(&acme, "/permission"), ["read"]);
    assert_eq!(of_all(&within("bread").await, "/permission"), ["write"]);
    assert_eq!(of_all(&within("ada").await, "/permission"), ["admin"]);
    let secret = ada
        .get("2.0/user/workspaces/secret/permissions/repositories")
        .await;
    assert_eq!(error(&secret).0, 403);
}

#[tokio::test]
async fn long_lists_come_in_pages_that_lead_to_one_another() {
    let ada = start().await;
    for number in 0..24 {
        ada.forge.repository(&format!("ada/r{number:02}"));
    }
    let list = "2.0/user/workspaces/ada/permissions/repositories";
    let (names, pages) = walk(&ada, list, "/repository/name").await;
    assert_eq!((names.len(), pages), (25, 3));
    let (names, pages) = walk(&ada, &format!("{list}?pagelen=100"), "/repository/name").await;
    assert_eq!((names.len(), pages), (25, 1));
    let second = ada
        .get(&format!("{list}?pagelen=10&page=2"))
        .await
        .is(200)
        .json();
    let told = ["page", "pagelen", "size"].map(|name| second[name].clone());
    assert_eq!(told, [2, 10, 25]);
    let next = format!("{}{list}?pagelen=10&page=3", ada.forge.url());
    assert_eq!(second["next"], next);
    let refused = [
        ("pagelen=101", 400),
        ("pagelen=0", 400),
        ("page=0", 404),
        ("page=x", 404),
    ];
    for (query, status) in refused {
        assert_eq!(
            ada.get(&format!("{list}?{query}")).await.status,
            status,
            "{query}"
        );
    }
}

#[tokio::test]
async fn a_workspace_is_searched_and_sorted() {
    let ada = start().await;
    for name in ["ada/Shop", "ada/web-shop", "ada/bank"] {
        ada.forge.repository(name);
    }
    ada.forge.grant("grace", "ada/bank", Access::Write);
    let names = async |query: &str, login: &str| {
        let path = format!("2.0/repositories/ada?{query}");
        let ask = ada.bare(reqwest::Method::GET, &path);
        let page = answer(ask.bearer_auth(ada.forge.token(login))).await;
        of_all(&page.is(200).json(), "/name")
    };
    assert_eq!(
        names("q=name~%22SHOP%22", "ada").await,
        ["Shop", "web-shop"]
    );
    assert_eq!(names("q=name+%3D+%22bank%22", "ada").await, ["bank"]);
    assert_eq!(names("role=member", "grace").await, ["models", "bank"]);
    assert_eq!(names("role=contributor", "grace").await, ["bank"]);
    let newest = ["bank", "web-shop", "Shop", "models"];
    assert_eq!(names("sort=-updated_on", "ada").await, newest);
    for query in ["q=name", "q=owner~%22x%22", "sort=colour", "role=king"] {
        let refused = ada.get(&format!("2.0/repositories/ada?{query}")).await;
        assert_eq!(error(&refused).0, 400, "{query}");
    }
}

#[tokio::test]
async fn lists_over_all_workspaces_are_gone() {
    let ada = start().await;
    for path in [
        "2.0/repositories?role=contributor",
        "2.0/workspaces",
        "2.0/user/permissions/repositories",
        "2.0/user/permissions/workspaces",
    ] {
        let message = "CHANGE-2770 - Functionality has been deprecated".to_owned();
        assert_eq!(error(&ada.get(path).await), (410, message), "{path}");
    }
}

#[tokio::test]
async fn an_empty_repository_has_no_main_branch() {
    let ada = start().await;
    let one = async || ada.get("2.0/repositories/ada/models").await.is(200).json();
    assert_eq!(one().await["mainbranch"], Value::Null);
    ada.repository.seed("main", &[]);
    assert_eq!(one().await["mainbranch"]["name"], "main");
    ada.forge.rename("ada/models", "ada/threats");
    let former = ada.get("2.0/repositories/ada/models").await;
    assert_eq!(error(&former).0, 404);
}
