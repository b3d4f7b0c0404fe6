//! Projects that have been renamed, and answers that lead elsewhere.

use wyvern::provider::{Expect, PageNumber, Provider as _};

use super::{Desk, HERS, SHOP, branch, put};
use crate::forge::{Dialect, Fault, Forge, ForgeOptions};

#[tokio::test]
async fn a_renamed_project_is_found_by_its_old_name() {
    let desk = Desk::new().await;
    desk.forge.rename(HERS, "group/Sub.group/renamed");
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
    desk.save("one", "two").await.unwrap();
    desk.commit(vec![put("m/new.json", "{}", Expect::Absent)])
        .await
        .unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
    assert_eq!(desk.list("m").await.unwrap().len(), 2);
    let (ada, repository) = (&desk.ada, &desk.repository);
    let (name, from) = (branch("feature/x"), branch("main"));
    desk.gitlab
        .create_branch(ada, repository, &name, &from)
        .await
        .unwrap();
    let branches = desk
        .gitlab
        .branches(ada, repository, None, PageNumber::FIRST);
    let branches = branches.await.unwrap().items;
    let names: Vec<_> = branches.iter().map(|branch| branch.name.as_str()).collect();
    assert_eq!(names, ["main", "feature/x"]);
    assert_eq!(desk.history(SHOP).await, ["Save", "Seed"]);
}

#[tokio::test]
async fn a_token_goes_nowhere_else() {
    let desk = Desk::new().await;
    let options = ForgeOptions {
        dialect: Dialect::GitLab,
        ..ForgeOptions::default()
    };
    let elsewhere = Forge::start_with(options).await;
    let reason = "the provider is unavailable: GitLab answered from somewhere else.";
    let there = |path: &str| Fault::RedirectTo(elsewhere.url().join(path).unwrap().into());
    desk.next(
        "/branches/main",
        there("api/v4/projects/1/repository/branches/main"),
    );
    assert_eq!(desk.resolve().await.unwrap_err().to_string(), reason);
    desk.every("/projects/", there("projects/1"));
    assert_eq!(desk.resolve().await.unwrap_err().to_string(), reason);
    desk.forge.faults().clear();
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", there("api/v4/projects/1/repository/commits"));
    let error = desk.save("one", "two").await.unwrap_err();
    assert_eq!(error.to_string(), reason);
    assert_eq!(desk.git.file(SHOP), "one");
    assert_eq!(elsewhere.calls(), []);
}

/// Where another server ends TLS, GitLab may give addresses that are not those it is called by.
#[tokio::test]
async fn an_address_in_other_words_is_looked_for_at_this_gitlab() {
    let desk = Desk::new().await;
    let there = |path: &str| Fault::RedirectTo(format!("http://inner.example{path}"));
    desk.next("/branches/main", there("/gitlab/api/v4/projects/5001"));
    desk.next("/projects/", there("/gitlab/api/v4/projects/5001"));
    desk.resolve().await.unwrap();
}

#[tokio::test]
async fn a_next_page_is_asked_of_this_gitlab_or_not_at_all() {
    let desk = Desk::new().await;
    let elsewhere = Forge::start().await;
    let listed = async |path: &str| {
        let next = elsewhere.url().join(path).unwrap();
        let fault = Fault::Status {
            status: 200,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("link".to_owned(), format!("<{next}>; rel=\"next\"")),
            ],
            body: "[]".to_owned(),
        };
        desk.next("/projects?", fault);
        let page = desk.gitlab.repositories(&desk.ada, None, PageNumber::FIRST);
        page.await.map(|page| page.items.len())
    };
    let error = listed("api/v4/projects?page=1").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the provider is unavailable: GitLab gave an answer that cannot be read."
    );
    assert_eq!(listed("gitlab/api/v4/projects?page=1").await.unwrap(), 1);
    assert_eq!(elsewhere.calls(), []);
}
