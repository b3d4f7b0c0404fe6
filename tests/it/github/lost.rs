//! Answers that are lost: the commit is made once, or it is said that nobody knows.

use wyvern::provider::{CommitError, Expect, Provider as _, ProviderError, Version};

use super::desk::{SHOP, answer};
use super::{Desk, branch, put};
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
        (
            "200 with an error",
            Fault::OkWithError("Something went wrong".to_owned()),
        ),
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
        desk.next("/branches/main", desk.another(path, text));
        let done = desk.save("one", "two").await.unwrap();
        assert_eq!(desk.git.commits("main").len(), 3);
        assert_eq!(desk.git.commits("main")[1], done.commit.as_str());
        assert_eq!(desk.git.file(path), "theirs");
    }
}

#[tokio::test]
async fn a_commit_without_a_request_is_found_by_its_words_and_place() {
    let desk = Desk::new().await;
    desk.git.seed("main", &[("100644", "README.md", "again")]);
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::ResetAfter);
    desk.next("/branches/main", desk.another("README.md", "theirs"));
    let change = put(SHOP, "two", Expect::Any);
    // The same words as those of the commits before and after it.
    let done = desk
        .commit_as(&desk.ada, "Seed", vec![change])
        .await
        .unwrap();
    assert_eq!(desk.git.commits("main").len(), 4);
    assert_eq!(desk.git.commits("main")[1], done.commit.as_str());
}

#[tokio::test]
async fn a_save_that_was_not_made_is_judged_anew() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::Reset);
    desk.next("/branches/main", desk.another(SHOP, "theirs"));
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(refused, CommitError::FileChanged { now: Some(_), .. }),
        "{refused:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn what_cannot_be_looked_up_is_not_known() {
    for lookup in ["/branches/main", "/commits"] {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("Commit", Fault::ResetAfter);
        desk.every(
            lookup,
            answer(404, &serde_json::json!({ "message": "Not Found" })),
        );
        let unknown = desk.save("one", "two").await.unwrap_err();
        assert!(
            matches!(unknown, CommitError::Unknown { .. }),
            "{lookup}: {unknown:?}"
        );
        assert_eq!(desk.git.commits("main").len(), 2);
    }
}

#[tokio::test]
async fn what_github_says_to_have_failed_and_is_not_there_was_not_made() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.every("Commit", failed(500));
    let failed = desk.save("one", "two").await.unwrap_err();
    let reason = failed.to_string();
    assert_eq!(
        reason,
        "the provider is unavailable: GitHub failed with status 500."
    );
    assert_eq!(desk.git.commits("main").len(), 1);
    let sent = desk
        .calls()
        .iter()
        .filter(|call| *call == "Commit 500")
        .count();
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn what_github_says_to_have_failed_and_then_moves_the_branch_may_be_made() {
    for lag in [2, 99] {
        let desk = Desk::new().await;
        let old = desk.resolve().await.unwrap();
        desk.open(SHOP).await.unwrap();
        desk.next("Commit", Fault::StatusAfter(500));
        let before = serde_json::json!({ "name": "main", "commit": { "sha": old.as_str() } });
        for _ in 0..lag {
            desk.next("/branches/main", answer(200, &before));
        }
        let saved = desk.save("one", "two").await;
        assert_eq!(desk.git.commits("main").len(), 2);
        match saved {
            Ok(made) => assert_eq!(
                (lag, desk.git.commits("main")[0].as_str()),
                (2, made.commit.as_str())
            ),
            Err(CommitError::Unknown { .. }) => assert_eq!(lag, 99),
            Err(error) => panic!("{error:?}"),
        }
    }
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

#[tokio::test]
async fn the_first_commit_is_made_once() {
    for fault in [Fault::ResetAfter, Fault::StatusAfter(502), Fault::Reset] {
        let desk = Desk::empty().await;
        desk.next("/contents/", fault);
        let done = desk
            .commit(vec![put(SHOP, "one", Expect::Absent)])
            .await
            .unwrap();
        assert_eq!(desk.git.commits("main"), [done.commit.as_str()]);
        assert_eq!(desk.git.file(SHOP), "one");
    }
}

#[tokio::test]
async fn a_first_commit_of_several_files_is_refused_in_words() {
    let desk = Desk::empty().await;
    let both = vec![put("a", "a", Expect::Absent), put("b", "b", Expect::Absent)];
    let refused = desk.commit(both).await.unwrap_err().to_string();
    let words = "GitHub makes the first commit of a repository of one file only.";
    assert_eq!(refused, format!("the provider is unavailable: {words}"));
}

#[tokio::test]
async fn a_branch_whose_answer_is_lost_is_created_once() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    let (name, from) = (branch("feature/x"), branch("main"));
    desk.next("/git/refs", Fault::ResetAfter);
    let made = desk
        .github
        .create_branch(&desk.ada, &desk.repository, &name, &from);
    assert_eq!(made.await.unwrap(), tip);
    assert_eq!(desk.git.commits("feature/x"), [tip.as_str()]);

    desk.next("/git/refs", Fault::Reset);
    let name = branch("feature/x2");
    let made = desk
        .github
        .create_branch(&desk.ada, &desk.repository, &name, &from);
    assert_eq!(made.await.unwrap(), tip, "it was not there, and is made");

    desk.every("/git/refs", Fault::Reset);
    let name = branch("feature/y");
    let unknown = desk
        .github
        .create_branch(&desk.ada, &desk.repository, &name, &from);
    assert!(matches!(unknown.await, Err(CommitError::Unknown { .. })));
}

#[tokio::test]
async fn nothing_is_sent_twice_that_was_refused() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    let refusal = answer(
        400,
        &serde_json::json!({ "message": "Problems parsing JSON" }),
    );
    desk.every("Commit", refusal);
    let refused = desk.save("one", "two").await.unwrap_err();
    let unavailable = CommitError::Provider(ProviderError::Unavailable {
        reason: "GitHub refused this with status 400.".to_owned(),
        source: None,
    });
    assert_eq!(refused.to_string(), unavailable.to_string());
    assert_eq!(desk.calls(), ["Commit 400"]);
}
