//! How many calls things cost.

use std::sync::Arc;
use std::time::Duration;

use wyvern::provider::{Expect, PageNumber, Provider as _, RepositoryName, Version};

use super::desk::SHOP;
use super::{Desk, at, branch, put};

const RESOLVED: &str = "GET /branches/main 200";
const UNCHANGED: &str = "GET /branches/main 304";

#[tokio::test]
async fn a_model_is_read_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    for calls in [vec![RESOLVED, "Look 200"], vec![UNCHANGED], vec![UNCHANGED]] {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
        assert_eq!(desk.calls(), calls);
    }
}

#[tokio::test]
async fn a_folder_is_listed_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    for calls in [vec![RESOLVED, "List 200"], vec![UNCHANGED]] {
        assert_eq!(desk.list("m").await.unwrap().len(), 1);
        assert_eq!(desk.calls(), calls);
    }
}

#[tokio::test]
async fn a_save_is_two_calls_and_so_is_the_next() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    for (from, to, resolved) in [("one", "two", UNCHANGED), ("two", "three", RESOLVED)] {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, from);
        desk.save(from, to).await.unwrap();
        assert_eq!(desk.calls(), [resolved, "Commit 200"]);
        assert_eq!(desk.git.file(SHOP), to);
    }
}

#[tokio::test]
async fn a_commit_of_many_files_is_one_write() {
    let desk = Desk::new().await;
    let changes = (0..150).map(|n| put(&format!("m/{n}/{n}.json"), "{}", Expect::Absent));
    desk.commit(changes.collect()).await.unwrap();
    let looks = ["Look 200"; 2];
    assert_eq!(
        desk.calls(),
        [&[RESOLVED], looks.as_slice(), &["Commit 200"]].concat()
    );
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn many_files_are_read_by_a_call_for_each_hundred() {
    let desk = Desk::new().await;
    let changes = (0..150).map(|n| put(&format!("m/{n}.json"), &n.to_string(), Expect::Absent));
    desk.commit(changes.collect()).await.unwrap();
    // Somebody who starts afresh.
    let github = super::adapter(&desk.forge, Arc::clone(&desk.clock) as _);
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let paths: Vec<_> = (0..150).map(|n| at(&format!("m/{n}.json"))).collect();
    let files = github.read_files(&desk.ada, &desk.repository, &commit, &paths);
    let files = files.await.unwrap();
    let texts = files
        .iter()
        .map(|file| file.as_ref().unwrap().bytes.clone());
    assert!(texts.eq((0..150).map(|n| n.to_string())));
    assert_eq!(desk.calls(), ["Look 200", "Look 200"]);
}

#[tokio::test]
async fn what_is_not_needed_is_not_written() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    let done = desk.save("one", "one").await.unwrap();
    assert_eq!(done.commit, tip);
    assert_eq!(done.versions, [Some(Version::of(b"one"))]);
    assert!(desk.calls().iter().all(|call| !call.starts_with("Commit")));
}

#[tokio::test]
async fn a_page_of_history_is_two_sorts_of_calls_and_then_one() {
    let desk = Desk::new().await;
    for n in 1..25 {
        desk.git.seed("main", &[("100644", SHOP, &n.to_string())]);
    }
    let tip = desk.resolve().await.unwrap();
    desk.calls();
    let history = async || {
        let (ada, repository, path) = (&desk.ada, &desk.repository, at(SHOP));
        let page = desk
            .github
            .history(ada, repository, &tip, &path, PageNumber::FIRST);
        page.await.unwrap()
    };
    let first = history().await;
    assert_eq!(first.items.len(), 25);
    assert_eq!(first.items[3].version, Some(Version::of(b"21")));
    let path = format!("GET /commits?sha={tip}&path={SHOP}&per_page=30&page=1");
    let versions = ["Versions 200"; 3].map(str::to_owned);
    let calls = desk.calls();
    assert_eq!(calls[0], format!("{path} 200"));
    assert_eq!(calls[1..], versions);
    assert_eq!(history().await, first);
    assert_eq!(desk.calls(), [format!("{path} 304")]);
}

#[tokio::test]
async fn a_long_list_of_repositories_is_asked_for_by_hundreds_and_again_for_nothing() {
    let desk = Desk::new().await;
    for n in 0..120 {
        let name = format!("ada/r{n:03}");
        desk.forge.repository(&name);
    }
    for status in [200, 304] {
        let page = desk
            .github
            .repositories(&desk.ada, Some("R11"), PageNumber::FIRST);
        assert_eq!(page.await.unwrap().items.len(), 10);
        let statuses: Vec<_> = desk.forge.calls().iter().map(|call| call.status).collect();
        assert_eq!(statuses, [status; 2]);
        desk.forge.forget_calls();
        desk.clock.advance(Duration::from_secs(10));
    }
}

#[tokio::test]
async fn a_branch_is_created_by_two_calls() {
    let desk = Desk::new().await;
    let (name, from) = (branch("feature/x"), branch("main"));
    let made = desk
        .github
        .create_branch(&desk.ada, &desk.repository, &name, &from);
    made.await.unwrap();
    assert_eq!(desk.calls(), [RESOLVED, "POST /git/refs 201"]);
}

#[tokio::test]
async fn a_repository_that_cannot_be_githubs_is_not_asked_for() {
    let desk = Desk::new().await;
    let name = RepositoryName::parse("ada/models/git").unwrap();
    let answer = desk.github.resolve(&desk.ada, &name, &branch("main")).await;
    assert!(matches!(
        answer,
        Err(wyvern::provider::ProviderError::NotFound { what: "repository" })
    ));
    assert!(desk.calls().is_empty());
}
