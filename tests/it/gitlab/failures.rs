//! Failures, told as what they are.

use std::time::Duration;

use wyvern::clock::Clock as _;
use wyvern::provider::{CommitError, CommitId, ProviderError};

use super::{Desk, SHOP, answer};
use crate::forge::Fault;

#[tokio::test]
async fn a_limit_says_until_when_and_nothing_is_asked_before() {
    let fault = || Fault::RateLimit { retry_after: 7 };
    let desk = Desk::new().await;
    let wanted = desk.clock.now() + Duration::from_secs(7);
    let is_limit =
        |error: &_| matches!(error, ProviderError::RateLimited { until } if *until == wanted);
    desk.next("/branches/main", fault());
    let error = desk.resolve().await.unwrap_err();
    assert!(is_limit(&error), "{error:?}");
    desk.calls();
    assert!(is_limit(&desk.open(SHOP).await.unwrap_err()));
    assert!(desk.calls().is_empty(), "she waits, whatever she asks for");

    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", fault());
    let error = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(&error, CommitError::Provider(error) if is_limit(error)),
        "{error:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn a_commit_that_is_not_there_is_named() {
    let desk = Desk::new().await;
    let commit = CommitId::parse(&"1".repeat(40)).unwrap();
    let read = desk.read_as(&desk.ada, &commit, SHOP).await;
    assert!(
        matches!(read, Err(ProviderError::NotFound { what: "commit" })),
        "{read:?}"
    );
}

/// A commit of no files leaves open in an answer whether it is there.
#[tokio::test]
async fn a_commit_without_any_file_is_one() {
    let desk = Desk::empty().await;
    let empty = b"commit refs/heads/main\ncommitter S <s@example.com> 1700000000 +0000\ndata 0\n";
    desk.git.git_fed(&["fast-import", "--quiet"], empty);
    assert_eq!(desk.open(SHOP).await.unwrap(), None);
    assert_eq!(desk.list("m").await.unwrap().len(), 0);
}

#[tokio::test]
async fn answers_that_are_none_are_no_data() {
    let desk = Desk::new().await;
    let reason = "the provider is unavailable: GitLab gave an answer that cannot be read.";
    let nothing = || answer(200, &serde_json::json!({}));
    let faults = [
        Fault::WrongType,
        Fault::OkWithError("Sorry".to_owned()),
        nothing(),
    ];
    for fault in faults {
        desk.next("/branches/main", fault);
        assert_eq!(desk.resolve().await.unwrap_err().to_string(), reason);
    }
    for fault in [Fault::WrongType, nothing()] {
        desk.next("Look", fault);
        assert_eq!(desk.open(SHOP).await.unwrap_err().to_string(), reason);
    }
    for fault in [Fault::WrongType, nothing()] {
        desk.next("/repository/tree", fault);
        assert_eq!(desk.list("m").await.unwrap_err().to_string(), reason);
    }
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
}

#[tokio::test]
async fn graphqls_errors_are_told_by_their_words() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let error = |message: &str| {
        answer(
            200,
            &serde_json::json!({ "data": null, "errors": [{ "message": message }] }),
        )
    };
    let hidden = "The resource that you are attempting to access does not exist or you don't \
                  have permission to perform this action";
    desk.next("Look", error(hidden));
    let told = desk.read_as(&desk.ada, &commit, SHOP).await.unwrap_err();
    assert!(
        matches!(told, ProviderError::NotFound { what: "repository" }),
        "{told:?}"
    );
    // Without the texts it is tried once more.
    desk.next("Look", error("Internal server error"));
    desk.next("Look", error("Internal server error"));
    let told = desk.read_as(&desk.ada, &commit, SHOP).await.unwrap_err();
    let reason = "the provider is unavailable: GitLab failed with status 502.";
    assert_eq!(told.to_string(), reason);
    let file = desk.read_as(&desk.ada, &commit, SHOP).await.unwrap();
    assert_eq!(file.unwrap().bytes, "one");
}
