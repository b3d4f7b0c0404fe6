//! Failures, told as what they are.

use std::time::Duration;

use jiff::Timestamp;
use wyvern::clock::Clock as _;
use wyvern::provider::{CommitError, ProviderError};

use super::Desk;
use super::desk::{SHOP, answer, refusal};
use crate::forge::Fault;

fn until(error: &ProviderError) -> Option<Timestamp> {
    match error {
        ProviderError::RateLimited { until } => Some(*until),
        _ => None,
    }
}

#[tokio::test]
async fn a_limit_says_until_when() {
    let now = Desk::empty().await.clock.now();
    let at = |seconds| now + Duration::from_secs(seconds);
    let secondary = serde_json::json!({
        "message": "You have exceeded a secondary rate limit. Please wait a few minutes.",
    });
    let faults = [
        (Fault::RateLimit { retry_after: 7 }, at(7)),
        (Fault::SecondaryRateLimit { retry_after: 9 }, at(9)),
        (Fault::PrimaryRateLimit { reset: at(600) }, at(600)),
        (answer(403, &secondary), at(60)),
    ];
    for (fault, wanted) in faults {
        let desk = Desk::new().await;
        desk.next("/branches/main", fault.clone());
        let error = desk.resolve().await.unwrap_err();
        assert_eq!(until(&error), Some(wanted), "{error:?}");

        let desk = Desk::new().await;
        desk.open(SHOP).await.unwrap();
        desk.next("Commit", fault);
        let error = desk.save("one", "two").await.unwrap_err();
        assert!(
            matches!(&error, CommitError::Provider(error) if until(error) == Some(wanted)),
            "{error:?}"
        );
        assert_eq!(desk.git.commits("main").len(), 1);
    }
}

#[tokio::test]
async fn graphqls_errors_are_told_by_their_type() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let read = async |fault| {
        desk.next("Look", fault);
        desk.read_as(&desk.ada, &commit, SHOP).await.unwrap_err()
    };
    let limited = read(refusal("RATE_LIMITED", "API rate limit exceeded")).await;
    let wanted = desk.clock.now() + Duration::from_mins(1);
    assert_eq!(until(&limited), Some(wanted), "{limited:?}");
    desk.calls();
    let next = desk.resolve().await.unwrap_err();
    assert_eq!(until(&next), Some(wanted), "{next:?}");
    assert!(desk.calls().is_empty(), "she waits, whatever she asks for");
    desk.clock.advance(Duration::from_mins(1));
    let forbidden = read(refusal(
        "FORBIDDEN",
        "Resource not accessible by integration",
    ))
    .await;
    assert!(
        matches!(forbidden, ProviderError::Forbidden),
        "{forbidden:?}"
    );
    let absent = read(refusal("NOT_FOUND", "Could not resolve to a Repository")).await;
    assert!(
        matches!(absent, ProviderError::NotFound { what: "repository" }),
        "{absent:?}"
    );
    let unknown = || refusal("SOMETHING_NEW", "Something went wrong");
    desk.next("Look", unknown());
    let failed = read(unknown()).await;
    let reason = "the provider is unavailable: GitHub failed with status 502.";
    assert_eq!(failed.to_string(), reason);
    // All that was nothing but talk.
    let file = desk.read_as(&desk.ada, &commit, SHOP).await.unwrap();
    assert_eq!(file.unwrap().bytes, "one");
}

#[tokio::test]
async fn an_error_that_only_explains_a_null_is_none() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let files = serde_json::json!({ "oid": commit.as_str(), "f0": null, "a0": null });
    let error = serde_json::json!({
        "type": "NOT_FOUND", "path": ["repository", "c", "f0"], "message": "Could not resolve",
    });
    let body = serde_json::json!({
        "data": { "repository": { "c": files } }, "errors": [error],
    });
    desk.next("Look", answer(200, &body));
    let file = desk.read_as(&desk.ada, &commit, "a/b").await.unwrap();
    assert_eq!(file, None);
}

#[tokio::test]
async fn answers_that_are_none_are_no_data() {
    let desk = Desk::new().await;
    let reason = "the provider is unavailable: GitHub gave an answer that cannot be read.";
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
        desk.next("List", fault);
        assert_eq!(desk.list("m").await.unwrap_err().to_string(), reason);
    }
}
