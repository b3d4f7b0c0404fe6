//! Others who write at the same time (D7).

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use wyvern::provider::{
    Action, Change, CommitError, Credential, Expect, Provider as _, ProviderError, Version,
};

use super::desk::{SHOP, answer, refusal, request};
use super::{Desk, at, put};
use crate::forge::{Access, Fault, Wanted};

#[tokio::test]
async fn a_commit_to_another_file_in_between_is_not_seen() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", desk.another("README.md", "theirs"));
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
    desk.next("Commit", desk.another(SHOP, "theirs"));
    let refused = desk.save("one", "two").await.unwrap_err();
    let CommitError::FileChanged { path, now } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((path, now), (at(SHOP), Some(Version::of(b"theirs"))));
    assert_eq!(desk.git.file(SHOP), "theirs");
}

#[tokio::test]
async fn a_model_that_was_deleted_does_not_come_back_by_a_save() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let git = desk.git.clone();
    let delete = Fault::Before(Arc::new(move |_| {
        let stream = format!(
            "commit refs/heads/main\ncommitter S <s@example.com> 1700000000 +0000\ndata 0\n\
             from refs/heads/main^0\nD {SHOP}\n"
        );
        git.git_fed(&["fast-import", "--quiet"], stream.as_bytes());
    }));
    desk.next("Commit", delete);
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
    desk.next("Commit", desk.another("m/new.json", "theirs"));
    let refused = desk
        .commit(vec![put("m/new.json", "ours", Expect::Absent)])
        .await;
    assert!(matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == "m/new.json"));
    assert_eq!(desk.git.file("m/new.json"), "theirs");
}

#[tokio::test]
async fn a_race_that_is_told_as_forbidden_is_a_race_when_the_branch_has_moved() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.git.seed("main", &[("100644", "README.md", "theirs")]);
    desk.next("Commit", refusal("FORBIDDEN", "Resource is locked"));
    desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");

    desk.calls();
    desk.every("Commit", refusal("FORBIDDEN", "Resource is locked"));
    let refused = desk.save("two", "three").await.unwrap_err();
    assert!(matches!(
        refused,
        CommitError::Provider(ProviderError::Forbidden)
    ));
    assert_eq!(desk.git.file(SHOP), "two");
    let calls = desk.calls();
    let sent = calls.iter().filter(|call| *call == "Commit 200").count();
    assert_eq!(sent, 5, "and then it is believed");
}

#[tokio::test]
async fn a_race_that_is_told_as_forbidden_before_the_branch_is_seen_to_move_is_one() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    for _ in 0..3 {
        desk.next("Commit", refusal("FORBIDDEN", "Resource is locked"));
    }
    desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
}

#[tokio::test]
async fn whoever_may_not_write_is_told_so_at_once() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    desk.open_as(&grace, SHOP).await.unwrap();
    desk.calls();
    let change = put(SHOP, "two", Expect::Any);
    let refused = desk.commit_as(&grace, "Grace's", vec![change]).await;
    assert!(matches!(
        refused,
        Err(CommitError::Provider(ProviderError::Forbidden))
    ));
    let calls = desk.calls();
    assert_eq!(calls, ["Commit 200", "GET /branches/main 304", "GET  200"]);
}

#[tokio::test]
async fn who_sees_nothing_of_a_repository_does_not_hold_up_its_writers() {
    let desk = Desk::new().await;
    desk.forge.person("eve", "Eve", "eve@example.org");
    let eve = Credential::Token(desk.forge.token("eve").into());
    let hers = Wanted::By("eve".to_owned());
    desk.forge.faults().every(hers, Fault::Hang);
    let change = || put(SHOP, "hers", Expect::Any);
    let stuck = join_all((0..32).map(|_| desk.commit_as(&eve, "Eve's", vec![change()])));
    tokio::select! {
        biased;
        _ = stuck => panic!("nobody answers her"),
        saved = desk.save("one", "two") => drop(saved.unwrap()),
    }
    assert_eq!(desk.git.file(SHOP), "two");
}

#[tokio::test]
async fn a_parent_that_is_a_file_is_still_known_after_a_deletion_that_was_not_needed() {
    let desk = Desk::new().await;
    let below = at("README.md/x");
    let delete = Change {
        path: below,
        action: Action::Delete,
        expect: Expect::Version(Version::of(b"gone")),
    };
    desk.commit(vec![delete]).await.unwrap();
    let refused = desk
        .commit(vec![put("README.md/x", "x", Expect::Absent)])
        .await;
    assert!(
        matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == "README.md"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_head_that_was_seen_before_somebody_elses_save_is_no_reason_to_refuse() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Write);
    desk.open(SHOP).await.unwrap();
    // Grace's own server saves; Ada gets to know the new version from her.
    let hers = super::adapter(&desk.forge, desk.clock.clone());
    let change = put(SHOP, "two", Expect::Version(Version::of(b"one")));
    let saved = request("Grace's", vec![change]);
    hers.commit(&grace, &desk.repository, saved).await.unwrap();
    desk.save("two", "three").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "three");
}

#[tokio::test]
async fn an_answer_that_lags_behind_our_own_write_is_not_believed() {
    let desk = Desk::new().await;
    let old = desk.resolve().await.unwrap();
    let done = desk.save("one", "two").await.unwrap();
    let body = serde_json::json!({
        "name": "main", "commit": { "sha": old.as_str() }, "protected": false,
    });
    desk.every("/branches/main", answer(200, &body));
    assert_eq!(desk.resolve().await.unwrap(), done.commit);
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "two");
    desk.save("two", "three").await.unwrap();
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "three");
    desk.clock.advance(Duration::from_secs(10));
    assert_eq!(desk.resolve().await.unwrap(), old, "so it was set back");
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_on_several_servers_lose_nothing() {
    const SERVERS: usize = 3;
    const SAVES: usize = 6;
    let desk = Arc::new(Desk::new().await);
    let server = |n: usize| {
        let desk = Arc::clone(&desk);
        let github = super::adapter(&desk.forge, desk.clock.clone());
        tokio::spawn(async move {
            for save in 0..SAVES {
                let change = put(&format!("s{n}/{save}"), "x", Expect::Absent);
                let saved = request(&format!("{n} {save}"), vec![change]);
                let done = github.commit(&desk.ada, &desk.repository, saved).await;
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
async fn a_deletion_that_somebody_else_made_is_not_made_again() {
    let desk = Desk::new().await;
    desk.open("README.md").await.unwrap();
    let gone = || Change {
        path: at("README.md"),
        action: Action::Delete,
        expect: Expect::Version(Version::of(b"hello")),
    };
    let done = desk.commit(vec![gone()]).await.unwrap();
    assert_eq!(desk.commit(vec![gone()]).await.unwrap().commit, done.commit);
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn a_save_that_others_are_always_faster_than_ends_in_words() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let (git, clock) = (desk.git.clone(), Arc::clone(&desk.clock));
    let faster = Fault::Before(Arc::new(move |_| {
        git.seed("main", &[("100644", "README.md", "theirs")]);
        clock.advance(Duration::from_secs(21));
    }));
    desk.every("Commit", faster);
    let late = desk.save("one", "two").await.unwrap_err();
    assert_eq!(
        late.to_string(),
        "the provider is unavailable: Others are saving to this branch all the time."
    );
    assert_eq!(desk.git.commits("main").len(), 2, "it is sent once");
    assert_eq!(desk.git.file(SHOP), "one");
}
