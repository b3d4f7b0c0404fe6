//! Others who write at the same time (D7, D8).

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use wyvern::provider::{CommitError, CommitRequest, Expect, Provider as _, ProviderError, Version};

use super::desk::{SHOP, branch, delete, refusal, request};
use super::{Desk, at, put};
use crate::forge::{Access, Fault};

#[tokio::test]
async fn a_commit_to_another_file_in_between_is_not_seen() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("POST", desk.another("README.md", "theirs"));
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
    desk.next("POST", desk.another(SHOP, "theirs"));
    let refused = desk.save("one", "two").await.unwrap_err();
    let CommitError::FileChanged { path, now } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((path, now), (at(SHOP), Some(Version::of(b"theirs"))));
    assert_eq!(desk.git.file(SHOP), "theirs");
}

#[tokio::test]
async fn a_model_that_was_created_meanwhile_is_not_overwritten() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("POST", desk.another("m/new.json", "theirs"));
    let refused = desk
        .commit(vec![put("m/new.json", "ours", Expect::Absent)])
        .await;
    assert!(matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == "m/new.json"));
    assert_eq!(desk.git.file("m/new.json"), "theirs");
}

#[tokio::test]
async fn a_model_that_was_deleted_does_not_come_back_by_a_save() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Write);
    desk.open(SHOP).await.unwrap();
    let hers = super::adapter(&desk.forge, desk.clock.clone());
    let gone = request("Grace's", vec![delete(SHOP, "one")]);
    hers.commit(&grace, &desk.repository, gone).await.unwrap();
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(&refused, CommitError::FileChanged { now: None, .. }),
        "{refused:?}"
    );
    assert_eq!(desk.git.files(), ["README.md"]);
}

#[tokio::test]
async fn a_race_that_is_told_by_a_head_that_is_gone_is_one() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("POST", refusal(400, "parents: Commit not found: 0123"));
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
    assert_eq!(calls, ["GET /refs/branches/main 200", "POST /src 403"]);
}

#[tokio::test]
async fn a_branch_that_was_set_back_is_committed_to_where_it_is() {
    let desk = Desk::new().await;
    let old = desk.resolve().await.unwrap();
    desk.save("one", "two").await.unwrap();
    desk.git
        .git(&["update-ref", "refs/heads/main", old.as_str()]);
    let change = put("README.md", "ours", Expect::Any);
    let done = desk.commit(vec![change]).await.unwrap();
    let commits = [done.commit.as_str(), old.as_str()];
    assert_eq!(desk.git.commits("main"), commits);
    assert_eq!(desk.git.file(SHOP), "one");
}

/// Bitbucket would make it again.
#[tokio::test]
async fn a_branch_that_was_deleted_does_not_come_back_by_a_save() {
    let desk = Desk::new().await;
    desk.create_branch("next").await.unwrap();
    let next = branch("next");
    let commit = desk
        .bitbucket
        .resolve(&desk.ada, &desk.repository, &next)
        .await
        .unwrap();
    desk.read_as(&desk.ada, &commit, SHOP).await.unwrap();
    desk.clock.advance(Duration::from_secs(1));
    let git = desk.git.clone();
    let deleted = Fault::Before(Arc::new(move |_| {
        git.git(&["update-ref", "-d", "refs/heads/next"]);
    }));
    desk.next("/refs/branches/next", deleted);
    let change = put(SHOP, "two", Expect::Version(Version::of(b"one")));
    let save = CommitRequest {
        branch: next,
        ..request("Save", vec![change])
    };
    let refused = desk.bitbucket.commit(&desk.ada, &desk.repository, save);
    assert!(matches!(
        refused.await,
        Err(CommitError::Provider(ProviderError::NotFound {
            what: "branch"
        }))
    ));
    let branches = desk.git.git(&["branch", "--list", "next"]);
    assert!(branches.trim().is_empty(), "{branches}");
}

/// Bitbucket has no lock on a branch that is not there.
#[tokio::test]
async fn two_first_commits_at_once_are_one_after_the_other() {
    for (theirs, ours) in [("README.md", "ours"), (SHOP, "theirs")] {
        let desk = Desk::empty().await;
        desk.next("POST", desk.another(theirs, "theirs"));
        let made = desk.commit(vec![put(SHOP, "ours", Expect::Absent)]).await;
        assert_eq!(desk.git.file(theirs), "theirs");
        assert_eq!(desk.git.file(SHOP), ours);
        match made {
            Ok(_) => assert_eq!(theirs, "README.md"),
            Err(CommitError::AlreadyExists { name }) => {
                assert_eq!((name.as_str(), theirs), (SHOP, SHOP));
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_on_several_servers_lose_nothing() {
    const SERVERS: usize = 3;
    const SAVES: usize = 6;
    let desk = Arc::new(Desk::new().await);
    let server = |n: usize| {
        let desk = Arc::clone(&desk);
        let bitbucket = super::adapter(&desk.forge, desk.clock.clone());
        tokio::spawn(async move {
            for save in 0..SAVES {
                let change = put(&format!("s{n}/{save}"), "x", Expect::Absent);
                let saved = request(&format!("{n} {save}"), vec![change]);
                let done = bitbucket.commit(&desk.ada, &desk.repository, saved).await;
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

#[tokio::test]
async fn what_a_deletion_leaves_is_one_commit_with_what_comes_instead() {
    let desk = Desk::new().await;
    let moved = || {
        vec![
            put("m/market/market.json", "one", Expect::Absent),
            delete(SHOP, "one"),
        ]
    };
    let done = desk.commit(moved()).await.unwrap();
    assert_eq!(desk.commit(moved()).await.unwrap(), done, "sent twice");
    assert_eq!(desk.git.files(), ["README.md", "m/market/market.json"]);
    assert_eq!(desk.git.commits("main").len(), 2);
}
