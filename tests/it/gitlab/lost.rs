//! Answers that are lost: the commit is made once, or it is said that nobody knows.

use wyvern::provider::{CommitError, Expect, Provider as _, ProviderError, Version};

use super::{Desk, HERS, SHOP, answer, branch, put};
use crate::forge::Fault;

fn failed(status: u16) -> Fault {
    answer(status, &serde_json::json!({ "message": "Server Error" }))
}

#[tokio::test]
async fn a_lost_answer_leaves_exactly_one_commit() {
    let faults = [
        ("dropped afterwards", Fault::ResetAfter),
        ("502 afterwards", Fault::StatusAfter(502)),
        ("500 afterwards", Fault::StatusAfter(500)),
        ("cut", Fault::Truncate),
        ("dropped before", Fault::Reset),
        ("502 before", failed(502)),
        ("a sign-in page", Fault::WrongType),
        ("200 with an error", Fault::OkWithError("Sorry".to_owned())),
    ];
    for (name, fault) in faults {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("Commit", fault);
        let done = desk.save("one", "two").await.unwrap();
        assert_eq!(desk.git.commits("main").len(), 2, "{name}");
        assert_eq!(desk.git.commits("main")[0], done.commit.as_str(), "{name}");
        assert_eq!(desk.git.file(SHOP), "two", "{name}");
        assert_eq!(done.versions, [Some(Version::of(b"two"))], "{name}");
    }
}

#[tokio::test]
async fn our_commit_is_found_beneath_those_that_came_after_it() {
    for (path, text) in [("README.md", "theirs"), (SHOP, "theirs")] {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("Commit", Fault::ResetAfter);
        desk.next("/branches/main", Fault::Before(desk.another(path, text)));
        let done = desk.save("one", "two").await.unwrap();
        assert_eq!(desk.git.commits("main").len(), 3);
        assert_eq!(desk.git.commits("main")[1], done.commit.as_str());
        assert_eq!(desk.git.file(path), "theirs");
    }
}

#[tokio::test]
async fn a_save_that_was_not_made_is_judged_anew() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::Reset);
    desk.next(
        "/branches/main",
        Fault::Before(desk.another(SHOP, "theirs")),
    );
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(refused, CommitError::FileChanged { now: Some(_), .. }),
        "{refused:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn what_never_gets_an_answer_may_still_be_made() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.every("Commit", Fault::Reset);
    let unknown = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(unknown, CommitError::Unknown { .. }),
        "{unknown:?}"
    );
}

/// A refusal says nothing about what was sent before it.
#[tokio::test]
async fn a_refusal_after_a_lost_answer_leaves_it_open() {
    let words = "403 Forbidden - You are not allowed to push into this branch";
    for archived in [false, true] {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        if archived {
            desk.forge.archive(HERS);
        }
        desk.next("Commit", Fault::Reset);
        let refusal = answer(403, &serde_json::json!({ "message": words }));
        desk.next("Commit", refusal);
        let unknown = desk.save("one", "two").await.unwrap_err();
        assert!(
            matches!(unknown, CommitError::Unknown { .. }),
            "{unknown:?}"
        );
    }
}

#[tokio::test]
async fn a_lock_that_cannot_be_had_is_no_lost_commit() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.every("/files/", failed(502));
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(
            refused,
            CommitError::Provider(ProviderError::Unavailable { .. })
        ),
        "{refused:?}"
    );
    let calls = desk.calls();
    assert!(!calls.iter().any(|call| call.starts_with("POST /commits")));
}

#[tokio::test]
async fn the_first_commit_is_made_once_and_of_any_number_of_files() {
    for fault in [Fault::ResetAfter, Fault::StatusAfter(502), Fault::Reset] {
        let desk = Desk::empty().await;
        desk.next("Commit", fault);
        let both = vec![
            put(SHOP, "one", Expect::Absent),
            put("b", "b", Expect::Absent),
        ];
        let done = desk.commit(both).await.unwrap();
        assert_eq!(desk.git.commits("main"), [done.commit.as_str()]);
        assert_eq!(desk.git.files(), ["b", SHOP]);
    }
}

#[tokio::test]
async fn a_branch_whose_answer_is_lost_is_created_once() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    let from = branch("main");
    let create = async |name: &str| {
        let name = branch(name);
        desk.gitlab
            .create_branch(&desk.ada, &desk.repository, &name, &from)
            .await
    };
    // The listing of branches has the same path, and is not asked for.
    desk.next("Branch", Fault::ResetAfter);
    assert_eq!(create("feature/x").await.unwrap(), tip);
    assert_eq!(desk.git.commits("feature/x"), [tip.as_str()]);
    desk.next("Branch", Fault::Reset);
    assert_eq!(
        create("feature/x2").await.unwrap(),
        tip,
        "it was not there, and is made"
    );
    desk.every("Branch", Fault::Reset);
    let unknown = create("feature/y").await;
    assert!(matches!(unknown, Err(CommitError::Unknown { .. })));
}

#[tokio::test]
async fn nothing_is_sent_twice_that_was_refused() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let refusal = answer(
        400,
        &serde_json::json!({ "error": "commit_message is empty" }),
    );
    desk.every("Commit", refusal);
    let refused = desk.save("one", "two").await.unwrap_err();
    let unavailable = CommitError::Provider(ProviderError::Unavailable {
        reason: "GitLab refused this with status 400.".to_owned(),
        source: None,
    });
    assert_eq!(refused.to_string(), unavailable.to_string());
    let calls = desk.calls();
    let sent = calls
        .iter()
        .filter(|call| call.starts_with("POST /commits"));
    assert_eq!(sent.count(), 1);
}
