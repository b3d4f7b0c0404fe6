//! How many calls things cost.

use std::sync::Arc;

use wyvern::provider::{Expect, PageNumber, Provider as _, RepositoryName, Version};

use super::desk::{SHOP, refusal};
use super::{Desk, at, branch, put};

const RESOLVED: &str = "GET /refs/branches/main 200";
const META: &str = "GET /src/*/m/shop/shop.json?format=meta 200";
const BYTES: &str = "GET /src/*/m/shop/shop.json 200";

#[tokio::test]
async fn a_model_is_read_by_three_calls_and_then_by_one() {
    let desk = Desk::new().await;
    for calls in [vec![RESOLVED, BYTES, META], vec![RESOLVED], vec![RESOLVED]] {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
        assert_eq!(desk.calls(), calls);
    }
}

#[tokio::test]
async fn a_folder_is_listed_by_two_calls_and_then_by_one() {
    let desk = Desk::new().await;
    let listed = "GET /src/*/m/?pagelen=100&max_depth=1 200";
    for calls in [vec![RESOLVED, listed], vec![RESOLVED]] {
        assert_eq!(desk.list("m").await.unwrap().len(), 1);
        assert_eq!(desk.calls(), calls);
    }
}

#[tokio::test]
async fn a_save_is_two_calls_and_so_is_the_next() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    for (from, to) in [("one", "two"), ("two", "three")] {
        assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, from);
        desk.save(from, to).await.unwrap();
        assert_eq!(desk.calls(), [RESOLVED, "POST /src 201"]);
        assert_eq!(desk.git.file(SHOP), to);
    }
}

#[tokio::test]
async fn many_new_files_are_one_list_and_one_write() {
    let desk = Desk::new().await;
    let changes = (0..150).map(|n| put(&format!("m/{n}/{n}.json"), "{}", Expect::Absent));
    desk.commit(changes.collect()).await.unwrap();
    let listed = "GET /src/*/m/?pagelen=100&max_depth=2 200";
    assert_eq!(desk.calls(), [RESOLVED, listed, "POST /src 201"]);
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn the_kinds_of_many_files_are_read_from_a_list() {
    let desk = Desk::new().await;
    let changes = (0..150).map(|n| put(&format!("n/{n}.json"), &n.to_string(), Expect::Absent));
    desk.commit(changes.collect()).await.unwrap();
    // Somebody who starts afresh.
    let bitbucket = super::adapter(&desk.forge, Arc::clone(&desk.clock) as _);
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let paths: Vec<_> = (0..150).map(|n| at(&format!("n/{n}.json"))).collect();
    let files = bitbucket.read_files(&desk.ada, &desk.repository, &commit, &paths);
    let files = files.await.unwrap();
    let texts = files
        .iter()
        .map(|file| file.as_ref().unwrap().bytes.clone());
    assert!(texts.eq((0..150).map(|n| n.to_string())));
    let calls = desk.calls();
    let lists = calls.iter().filter(|call| call.contains('?')).count();
    assert_eq!((calls.len(), lists), (152, 2), "{calls:?}");
}

#[tokio::test]
async fn many_files_among_very_many_are_asked_for_one_by_one() {
    let desk = Desk::new().await;
    let files: Vec<_> = (0..300).map(|n| format!("n/{n:03}.json")).collect();
    let files: Vec<_> = files
        .iter()
        .map(|path| ("100644", path.as_str(), "x"))
        .collect();
    desk.git.seed("main", &files);
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let paths: Vec<_> = (0..16).map(|n| at(&format!("n/{n:03}.json"))).collect();
    let read = desk
        .bitbucket
        .read_files(&desk.ada, &desk.repository, &commit, &paths);
    assert_eq!(read.await.unwrap().iter().flatten().count(), 16);
    let calls = desk.calls();
    assert_eq!(
        calls.len(),
        2 + 32,
        "two pages were not the whole: {calls:?}"
    );
}

#[tokio::test]
async fn what_is_not_needed_is_not_written() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    let done = desk.save("one", "one").await.unwrap();
    assert_eq!(done.commit, tip);
    assert_eq!(done.versions, [Some(Version::of(b"one"))]);
    assert!(desk.calls().iter().all(|call| call.starts_with("GET")));
}

#[tokio::test]
async fn a_page_of_history_asks_for_the_bytes_of_each_version_once() {
    let desk = Desk::new().await;
    for n in 1..25 {
        desk.git.seed("main", &[("100644", SHOP, &n.to_string())]);
    }
    let tip = desk.resolve().await.unwrap();
    desk.calls();
    let history = async || {
        let (ada, repository, path) = (&desk.ada, &desk.repository, at(SHOP));
        let page = desk
            .bitbucket
            .history(ada, repository, &tip, &path, PageNumber::FIRST);
        page.await.unwrap()
    };
    let first = history().await;
    assert_eq!(first.items.len(), 25);
    assert_eq!(first.items[3].version, Some(Version::of(b"21")));
    assert_eq!(desk.calls().len(), 1 + 25);
    assert_eq!(history().await, first);
    let listed = "GET /commits/*?pagelen=30&path=m/shop/shop.json 200";
    assert_eq!(desk.calls(), [listed]);
    let then = &first.items[3].commit;
    let file = desk.read_as(&desk.ada, then, SHOP).await.unwrap().unwrap();
    assert_eq!(file.bytes, "21");
    let said = "GET /src/*/m/shop/shop.json?format=meta 200";
    assert_eq!(desk.calls(), [said], "its bytes are known");
}

/// Whoever looks for an old version reads page after page.
#[tokio::test]
async fn each_page_of_a_long_history_is_one_call() {
    let desk = Desk::new().await;
    for n in 1..70 {
        desk.git.seed("main", &[("100644", SHOP, &n.to_string())]);
    }
    let tip = desk.resolve().await.unwrap();
    let lists = async |page| {
        desk.calls();
        let (ada, repository, path) = (&desk.ada, &desk.repository, at(SHOP));
        let page = PageNumber::new(page).unwrap();
        let page = desk.bitbucket.history(ada, repository, &tip, &path, page);
        let (page, calls) = (page.await.unwrap(), desk.calls());
        let is_list = |call: &&String| call.contains("/commits/");
        (page.items.len(), calls.iter().filter(is_list).count())
    };
    assert_eq!(lists(1).await, (30, 1));
    assert_eq!(lists(2).await, (30, 1));
    assert_eq!(lists(3).await, (10, 1));
    assert_eq!(lists(2).await, (30, 1));
    desk.next("page=", refusal(400, "This page is not there any more"));
    assert_eq!(lists(3).await, (10, 4), "it is found again from the first");
}

#[tokio::test]
async fn a_branch_is_created_by_two_calls() {
    let desk = Desk::new().await;
    desk.create_branch("feature/x").await.unwrap();
    assert_eq!(desk.calls(), [RESOLVED, "POST /refs/branches 201"]);
}

#[tokio::test]
async fn a_repository_that_cannot_be_bitbuckets_is_not_asked_for() {
    let desk = Desk::new().await;
    let name = RepositoryName::parse("ada/models/git").unwrap();
    let answer = desk
        .bitbucket
        .resolve(&desk.ada, &name, &branch("main"))
        .await;
    assert!(matches!(
        answer,
        Err(wyvern::provider::ProviderError::NotFound { what: "repository" })
    ));
    assert!(desk.calls().is_empty());
}
