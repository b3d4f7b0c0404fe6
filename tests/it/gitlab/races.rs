//! Others who write at the same time, as far as GitLab sees them.

use std::sync::Arc;

use futures_util::future::join_all;
use wyvern::provider::{CommitError, Expect, Provider as _, ProviderError, Version};

use super::{Desk, SHOP, answer, at, put};
use crate::forge::{Access, Fault};
use crate::github::desk::request;

#[tokio::test]
async fn a_commit_to_another_file_in_between_is_not_seen() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::Before(desk.another("README.md", "theirs")));
    let done = desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.commits("main")[0], done.commit.as_str());
    assert_eq!(desk.git.commits("main").len(), 3);
    assert_eq!(desk.git.file("README.md"), "theirs");
    assert_eq!(desk.git.file(SHOP), "two");
}

#[tokio::test]
async fn a_commit_to_our_file_in_between_is_a_conflict() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::Before(desk.another(SHOP, "theirs")));
    let refused = desk.save("one", "two").await.unwrap_err();
    let CommitError::FileChanged { path, now } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((path, now), (at(SHOP), Some(Version::of(b"theirs"))));
    assert_eq!(desk.git.file(SHOP), "theirs");
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn a_model_that_was_deleted_does_not_come_back_by_a_save() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let git = desk.git.clone();
    let delete = Arc::new(move |_: &crate::forge::World| {
        let stream = format!(
            "commit refs/heads/main\ncommitter S <s@example.com> 1700000000 +0000\ndata 0\n\
             from refs/heads/main^0\nD {SHOP}\n"
        );
        git.git_fed(&["fast-import", "--quiet"], stream.as_bytes());
    });
    desk.next("Commit", Fault::Before(delete));
    // Once when it is deleted meanwhile, once when it is gone.
    for _ in 0..2 {
        let refused = desk.save("one", "two").await.unwrap_err();
        assert!(
            matches!(&refused, CommitError::FileChanged { now: None, .. }),
            "{refused:?}"
        );
    }
    assert_eq!(desk.git.files(), ["README.md"]);
}

#[tokio::test]
async fn a_model_that_was_created_meanwhile_is_not_overwritten() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next(
        "Commit",
        Fault::Before(desk.another("m/new.json", "theirs")),
    );
    let refused = desk
        .commit(vec![put("m/new.json", "ours", Expect::Absent)])
        .await;
    assert!(matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == "m/new.json"));
    assert_eq!(desk.git.file("m/new.json"), "theirs");
}

#[tokio::test]
async fn a_branch_that_has_just_moved_is_tried_again() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let words = "Could not update main. Please refresh and try again.";
    let raced = || answer(400, &serde_json::json!({ "message": words }));
    desk.next("Commit", raced());
    desk.next("Commit", raced());
    desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn a_lock_that_gitlab_does_not_take_is_asked_for_again() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let another = Fault::Status {
        status: 200,
        headers: vec![("x-gitlab-last-commit-id".to_owned(), "1".repeat(40))],
        body: String::new(),
    };
    desk.next("/files/", another);
    desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
}

#[tokio::test]
async fn whoever_may_not_write_is_told_so_at_once() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve_as(&grace).await.unwrap();
    desk.read_as(&grace, &commit, SHOP).await.unwrap();
    desk.calls();
    let change = put(SHOP, "two", Expect::Any);
    let refused = desk.commit_as(&grace, "Grace's", vec![change]).await;
    assert!(matches!(
        refused,
        Err(CommitError::Provider(ProviderError::Forbidden))
    ));
    let calls = desk.calls();
    assert_eq!(
        calls.iter().filter(|call| call.starts_with("POST")).count(),
        1,
        "{calls:?}"
    );
}

#[tokio::test]
async fn a_head_that_was_seen_before_somebody_elses_save_is_no_reason_to_refuse() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Write);
    desk.open(SHOP).await.unwrap();
    // Grace's own server saves; Ada gets to know the new version from her.
    let hers = desk.another_server();
    let change = put(SHOP, "two", Expect::Version(Version::of(b"one")));
    let saved = request("Grace's", vec![change]);
    hers.commit(&grace, &desk.repository, saved).await.unwrap();
    desk.save("two", "three").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "three");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_on_several_servers_lose_nothing() {
    const SERVERS: usize = 3;
    const SAVES: usize = 6;
    let desk = Arc::new(Desk::new().await);
    let server = |n: usize| {
        let desk = Arc::clone(&desk);
        let gitlab = desk.another_server();
        tokio::spawn(async move {
            for save in 0..SAVES {
                let change = put(&format!("s{n}/{save}"), "x", Expect::Absent);
                let saved = request(&format!("{n} {save}"), vec![change]);
                let done = gitlab.commit(&desk.ada, &desk.repository, saved).await;
                done.unwrap();
            }
        })
    };
    for done in join_all((0..SERVERS).map(server)).await {
        done.unwrap();
    }
    assert_eq!(desk.git.commits("main").len(), 1 + SERVERS * SAVES);
    assert_eq!(desk.git.files().len(), 2 + SERVERS * SAVES);
    desk.git.git(&["fsck", "--strict"]);
}
