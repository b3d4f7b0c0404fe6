//! Projects: their names, their list, and what somebody may do in them.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::client::{Client, answer};
use super::{PROJECT, counts, start};
use crate::forge::Access;

fn names(listed: &Value) -> Vec<String> {
    let names = listed.as_array().unwrap().iter();
    names
        .map(|one| one["path_with_namespace"].as_str().unwrap().to_owned())
        .collect()
}

/// With projects in a group and in a group of that.
async fn grouped() -> Client {
    let ada = start().await;
    for (name, access) in [
        ("acme/web", Access::Write),
        ("acme/security/models", Access::Read),
    ] {
        ada.forge.repository(name);
        ada.forge.grant("ada", name, access);
    }
    ada
}

#[tokio::test]
async fn a_project_is_found_by_its_number_and_by_its_encoded_path_only() {
    let ada = grouped().await;
    let deep = ada
        .get("api/v4/projects/acme%2Fsecurity%2Fmodels")
        .await
        .is(200)
        .json();
    assert_eq!(deep["path_with_namespace"], "acme/security/models");
    assert_eq!(deep["namespace"]["full_path"], "acme/security");
    let by_number = ada
        .get(&format!("api/v4/projects/{}", deep["id"]))
        .await
        .is(200)
        .json();
    assert_eq!(by_number, deep);
    let decoded = ada
        .get("api/v4/projects/acme/security/models")
        .await
        .is(404);
    assert_eq!(decoded.json(), json!({ "error": "404 Not Found" }));
    ada.forge.grant("ada", "acme/web", Access::None);
    for hidden in ["acme%2Fweb", "acme%2Fnone", "99", "name"] {
        let told = ada.get(&format!("api/v4/projects/{hidden}")).await.error();
        assert_eq!(told, (404, "404 Project Not Found".to_owned()), "{hidden}");
    }
}

#[tokio::test]
async fn a_former_path_leads_to_the_number_for_reading() {
    let ada = start().await;
    ada.repository.seed("main", &[]);
    let id = ada.get(PROJECT).await.is(200).json()["id"].clone();
    ada.forge.rename("ada/models", "ada/others");
    let moved = ada
        .get(&format!("{PROJECT}/repository/tree?ref=main&path="))
        .await
        .is(301);
    let place = format!(
        "{}api/v4/projects/{id}/repository/tree?ref=main&path=",
        ada.forge.url()
    );
    assert_eq!(moved.header("location"), place);
    ada.get(&place).await.is(200);
    let write = ada.ask(Method::POST, &format!("{PROJECT}/repository/commits"));
    let message = "Non GET methods are not allowed for moved projects";
    assert_eq!(answer(write).await.error(), (405, message.to_owned()));
}

#[tokio::test]
async fn the_list_is_numbered_filtered_and_sorted() {
    let ada = grouped().await;
    let list = async |query: &str| ada.get(&format!("api/v4/projects?{query}")).await.is(200);
    let all = list("membership=true&order_by=id&sort=asc").await;
    let sorted = ["ada/models", "acme/web", "acme/security/models"];
    assert_eq!(names(&all.json()), sorted);
    assert_eq!(
        (all.header("x-total"), all.header("x-next-page")),
        ("3", "")
    );
    assert_eq!(all.header("ratelimit-limit"), "");
    let writable = list("membership=true&min_access_level=30&sort=asc").await;
    assert_eq!(names(&writable.json()), sorted[..2]);
    assert_eq!(names(&list("search=web").await.json()), ["acme/web"]);
    let spaces = list("search=security&search_namespaces=true").await;
    assert_eq!(names(&spaces.json()), ["acme/security/models"]);
    ada.forge.archive("acme/web");
    let living = list("archived=false").await;
    assert_eq!(
        names(&living.json()),
        ["acme/security/models", "ada/models"]
    );
    let wrong = ada.get("api/v4/projects?pagination=keyset").await;
    wrong.is(405);
}

#[tokio::test]
async fn six_hundred_projects_are_listed_page_after_page() {
    let ada = start().await;
    for number in 1..600 {
        ada.forge.repository(&format!("ada/model-{number}"));
    }
    let query = "membership=true&pagination=keyset&order_by=id&sort=asc&per_page=100";
    let counts = counts(&ada, format!("api/v4/projects?{query}")).await;
    assert_eq!(counts, [100, 100, 100, 100, 100, 100, 0]);
    let calls = ada.forge.calls();
    let own = |call: &crate::forge::Call| call.path.starts_with("/gitlab/api/v4/projects?");
    assert!(calls.iter().all(own), "{calls:?}");
}

#[tokio::test]
async fn what_somebody_may_do_comes_from_the_project_or_from_its_group() {
    let ada = grouped().await;
    let may = async |path: &str| {
        let project = ada
            .get(&format!("api/v4/projects/{path}"))
            .await
            .is(200)
            .json();
        let level = |by: &str| project["permissions"][by]["access_level"].as_u64();
        (level("project_access"), level("group_access"))
    };
    assert_eq!(may("ada%2Fmodels").await, (Some(40), None));
    assert_eq!(may("acme%2Fweb").await, (None, Some(30)));
    assert_eq!(may("acme%2Fsecurity%2Fmodels").await, (None, Some(20)));
    let simple = ada.get("api/v4/projects?simple=true").await.is(200).json();
    assert_eq!(simple[0]["permissions"], Value::Null);
}
