//! Failures, told as what they are.

use std::time::Duration;

use jiff::Timestamp;
use wyvern::clock::Clock as _;
use wyvern::provider::{Barrier, CommitError, Provider as _, ProviderError};

use super::desk::{HERS, SHOP, answer, refusal};
use super::{Desk, branch};
use crate::forge::Fault;

fn until(error: &ProviderError) -> Option<Timestamp> {
    match error {
        ProviderError::RateLimited { until } => Some(*until),
        _ => None,
    }
}

#[tokio::test]
async fn a_limit_without_a_word_about_when_waits_a_minute() {
    let limited = || refusal(429, "Rate limit for this resource has been exceeded");
    let desk = Desk::new().await;
    let wanted = desk.clock.now() + Duration::from_mins(1);
    desk.next("/refs/branches/main", limited());
    let error = desk.resolve().await.unwrap_err();
    assert_eq!(until(&error), Some(wanted), "{error:?}");
    desk.calls();
    let next = desk.resolve().await.unwrap_err();
    assert_eq!(until(&next), Some(wanted), "{next:?}");
    assert!(desk.calls().is_empty(), "she waits, whatever she asks for");
    desk.clock.advance(Duration::from_mins(1));
    desk.open(SHOP).await.unwrap();

    let wanted = desk.clock.now() + Duration::from_mins(1);
    desk.next("POST", limited());
    let error = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(&error, CommitError::Provider(error) if until(error) == Some(wanted)),
        "{error:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn an_expired_token_is_told() {
    let desk = Desk::new().await;
    desk.next("/refs/", refusal(401, "Access token expired."));
    let expired = desk.resolve().await.unwrap_err();
    assert!(
        matches!(expired, ProviderError::SignInExpired),
        "{expired:?}"
    );
}

#[tokio::test]
async fn a_restricted_branch_refuses_commits_and_no_other_does() {
    let desk = Desk::new().await;
    desk.forge.protect(HERS, "main");
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(matches!(refused, CommitError::Protected), "{refused:?}");
    desk.forge.protect(HERS, "closed");
    let refused = desk.create_branch("closed").await.unwrap_err();
    assert!(matches!(refused, CommitError::Protected), "{refused:?}");
    desk.create_branch("open").await.unwrap();
}

#[tokio::test]
async fn other_words_for_a_restriction_are_understood() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let words = [
        (400, "Push rejected: branch restriction"),
        (
            403,
            "Branch main can only be changed through a pull request.",
        ),
    ];
    for (status, words) in words {
        desk.next("POST", refusal(status, words));
        let refused = desk.save("one", "two").await.unwrap_err();
        assert!(matches!(refused, CommitError::Protected), "{refused:?}");
    }
    desk.next("POST", refusal(403, "This repository is archived."));
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(
            refused,
            CommitError::Provider(ProviderError::Barred(Barrier::Archived))
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_commit_that_bitbucket_finds_empty_is_not_sent_for_ever() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.calls();
    desk.every("POST", refusal(409, "No changes"));
    let refused = desk.save("one", "two").await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the provider is unavailable: Bitbucket refused this with status 409."
    );
    assert_eq!(desk.calls(), ["POST /src 409"]);
}

#[tokio::test]
async fn what_takes_too_long_is_a_failure_and_what_is_gone_too() {
    let desk = Desk::new().await;
    for (status, verb) in [(555, "failed"), (410, "refused this")] {
        desk.next("/refs/", refusal(status, "CHANGE-2770"));
        let words = desk.resolve().await.unwrap_err().to_string();
        let wanted = format!("Bitbucket {verb} with status {status}.");
        assert_eq!(words, format!("the provider is unavailable: {wanted}"));
    }
}

#[tokio::test]
async fn a_missing_thing_is_named_whatever_the_words() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let missing = || refusal(404, "Resource not found");
    desk.next("/refs/branches/gone", missing());
    let gone = branch("gone");
    let gone = desk.bitbucket.resolve(&desk.ada, &desk.repository, &gone);
    let gone = gone.await.unwrap_err();
    assert!(
        matches!(gone, ProviderError::NotFound { what: "branch" }),
        "{gone:?}"
    );
    desk.every("/m/gone", missing());
    let gone = desk.read_as(&desk.ada, &commit, "m/gone").await;
    assert_eq!(gone.unwrap(), None);
    assert_eq!(desk.list("m/gone").await.unwrap().len(), 0);
}

#[tokio::test]
async fn answers_that_are_none_are_no_data() {
    let desk = Desk::new().await;
    let reason = "the provider is unavailable: Bitbucket gave an answer that cannot be read.";
    let nothing = || answer(200, &serde_json::json!({}));
    let faults = [
        Fault::WrongType,
        Fault::OkWithError("Sorry".to_owned()),
        nothing(),
    ];
    for fault in faults {
        desk.next("/refs/branches/main", fault);
        assert_eq!(desk.resolve().await.unwrap_err().to_string(), reason);
    }
    for fault in [Fault::WrongType, nothing()] {
        desk.next("format=meta", fault);
        assert_eq!(desk.open(SHOP).await.unwrap_err().to_string(), reason);
    }
    for fault in [Fault::WrongType, nothing()] {
        desk.next("/m/?", fault);
        assert_eq!(desk.list("m").await.unwrap_err().to_string(), reason);
    }
}
