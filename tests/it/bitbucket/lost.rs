//! Answers that are lost: the commit is made once, or it is said that nobody knows.

use wyvern::provider::{CommitError, Expect, ProviderError, Version};

use super::desk::{SHOP, refusal};
use super::{Desk, put};
use crate::forge::Fault;

const ONE_FILE: &str = "m/new.json";

#[tokio::test]
async fn a_lost_answer_leaves_exactly_one_commit() {
    let faults = [
        ("dropped afterwards", Fault::ResetAfter),
        ("502 afterwards", Fault::StatusAfter(502)),
        ("500 afterwards", Fault::StatusAfter(500)),
        ("it took too long", Fault::StatusAfter(555)),
        ("200 and no address", Fault::StatusAfter(200)),
        ("dropped before", Fault::Reset),
        ("502 before", refusal(502, "Bad gateway")),
        ("a sign-in page", Fault::WrongType),
    ];
    for (name, fault) in faults {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("POST", fault);
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
        desk.next("POST", Fault::ResetAfter);
        desk.next("/refs/branches/main", desk.another(path, text));
        let done = desk.save("one", "two").await.unwrap();
        assert_eq!(desk.git.commits("main").len(), 3);
        assert_eq!(desk.git.commits("main")[1], done.commit.as_str());
        assert_eq!(desk.git.file(path), "theirs");
    }
}

#[tokio::test]
async fn our_commit_is_found_on_a_later_page() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("POST", Fault::ResetAfter);
    let git = desk.git.clone();
    let many = Fault::Before(std::sync::Arc::new(move |_| {
        for n in 0..70 {
            git.seed("main", &[("100644", "README.md", &n.to_string())]);
        }
    }));
    desk.next("/refs/branches/main", many);
    let done = desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.commits("main")[70], done.commit.as_str());
}

#[tokio::test]
async fn a_save_that_was_not_made_is_judged_anew() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("POST", Fault::Reset);
    desk.next("/refs/branches/main", desk.another(SHOP, "theirs"));
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(refused, CommitError::FileChanged { now: Some(_), .. }),
        "{refused:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 2);
}

#[tokio::test]
async fn what_cannot_be_looked_up_is_not_known() {
    for lookup in ["/refs/branches/main", "/commits/"] {
        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("POST", Fault::ResetAfter);
        desk.every(lookup, refusal(403, "Forbidden"));
        let unknown = desk.save("one", "two").await.unwrap_err();
        assert!(
            matches!(unknown, CommitError::Unknown { .. }),
            "{lookup}: {unknown:?}"
        );
        assert_eq!(desk.git.commits("main").len(), 2);
    }
}

#[tokio::test]
async fn what_bitbucket_says_to_have_failed_and_is_not_there_was_not_made() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.every("POST", refusal(500, "Something went wrong"));
    let failed = desk.save("one", "two").await.unwrap_err();
    assert_eq!(
        failed.to_string(),
        "the provider is unavailable: Bitbucket failed with status 500."
    );
    assert_eq!(desk.git.commits("main").len(), 1);
    let calls = desk.calls();
    let sent = calls.iter().filter(|call| *call == "POST /src 500").count();
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn the_first_commit_is_made_once_and_of_several_files() {
    let faults = [
        None,
        Some(Fault::ResetAfter),
        Some(Fault::StatusAfter(502)),
        Some(Fault::Reset),
    ];
    for fault in faults {
        let desk = Desk::empty().await;
        if let Some(fault) = fault {
            desk.next("POST", fault);
        }
        let both = vec![
            put(SHOP, "one", Expect::Absent),
            put(ONE_FILE, "new", Expect::Absent),
        ];
        let done = desk.commit(both).await.unwrap();
        assert_eq!(desk.git.commits("main"), [done.commit.as_str()]);
        assert_eq!(desk.git.files(), [ONE_FILE, SHOP]);
    }
}

#[tokio::test]
async fn a_branch_whose_answer_is_lost_is_created_once() {
    let desk = Desk::new().await;
    let tip = desk.resolve().await.unwrap();
    for (name, fault) in [
        ("feature/x", Fault::ResetAfter),
        ("feature/y", Fault::Reset),
    ] {
        desk.next("POST", fault);
        assert_eq!(desk.create_branch(name).await.unwrap(), tip);
        assert_eq!(desk.git.commits(name), [tip.as_str()]);
    }
    desk.every("POST", Fault::Reset);
    let unknown = desk.create_branch("feature/z").await.unwrap_err();
    assert!(
        matches!(unknown, CommitError::Unknown { .. }),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn nothing_is_sent_twice_that_was_refused() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    desk.every("POST", refusal(400, "Bad request"));
    let refused = desk.save("one", "two").await.unwrap_err();
    let unavailable = CommitError::Provider(ProviderError::Unavailable {
        reason: "Bitbucket refused this with status 400.".to_owned(),
        source: None,
    });
    assert_eq!(refused.to_string(), unavailable.to_string());
    assert_eq!(desk.calls(), ["POST /src 400"]);
}
