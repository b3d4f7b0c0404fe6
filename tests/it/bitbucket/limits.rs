//! Calls are counted as Bitbucket counts them, which does not tell.

use std::time::Duration;

use jiff::Timestamp;
use wyvern::clock::Clock as _;
use wyvern::provider::bitbucket::Limits;
use wyvern::provider::{CommitError, Expect, ProviderError};

use super::Desk;
use super::desk::{SHOP, adapter_within, put};
use crate::forge::{Access, Fault};

async fn within(data: u32, raw: u32) -> Desk {
    let desk = Desk::new().await;
    let limits = Limits { data, raw };
    Desk {
        bitbucket: adapter_within(&desk.forge, desk.clock.clone(), Some(limits)),
        ..desk
    }
}

fn until<T: std::fmt::Debug>(answer: Result<T, ProviderError>) -> Timestamp {
    match answer {
        Err(ProviderError::RateLimited { until }) => until,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn at_the_limit_nothing_is_sent_until_the_oldest_call_is_an_hour_old() {
    let desk = within(3, 100).await;
    let start = desk.clock.now();
    let hour = Duration::from_hours(1);
    desk.resolve().await.unwrap();
    desk.clock.advance(Duration::from_mins(10));
    // A branch that is looked up again, and what is said of the file.
    desk.open(SHOP).await.unwrap();
    desk.calls();
    assert_eq!(until(desk.resolve().await), start + hour);
    let refused = desk.commit(vec![put(SHOP, "two", Expect::Any)]).await;
    let limited = matches!(
        refused,
        Err(CommitError::Provider(ProviderError::RateLimited { until })) if until == start + hour
    );
    assert!(limited, "{refused:?}");
    assert!(desk.calls().is_empty());
    assert_eq!(desk.git.file(SHOP), "one");

    desk.clock.advance(Duration::from_mins(50));
    desk.resolve().await.unwrap();
    let next = start + Duration::from_mins(10) + hour;
    assert_eq!(until(desk.resolve().await), next);
}

#[tokio::test]
async fn each_person_has_an_allowance_of_their_own() {
    let desk = within(1, 1).await;
    let grace = desk.guest("grace", Access::Read);
    desk.resolve().await.unwrap();
    until(desk.resolve().await);
    desk.resolve_as(&grace).await.unwrap();
}

#[tokio::test]
async fn bytes_are_counted_apart() {
    let desk = within(100, 1).await;
    desk.git.seed("main", &[("100644", "other", "x")]);
    desk.open(SHOP).await.unwrap();
    desk.open(SHOP).await.unwrap();
    assert_eq!(
        until(desk.open("other").await),
        desk.clock.now() + Duration::from_hours(1)
    );
    desk.list("m").await.unwrap();
}

#[tokio::test]
async fn what_is_sent_again_counts_again() {
    let desk = within(3, 100).await;
    desk.next("/refs/", Fault::StatusAfter(502));
    desk.next("/refs/", Fault::Reset);
    desk.resolve().await.unwrap();
    assert_eq!(desk.calls().len(), 3);
    until(desk.resolve().await);
}

#[tokio::test]
async fn an_emulator_has_no_limits_but_its_own() {
    let desk = Desk::new().await;
    for _ in 0..1_100 {
        desk.resolve().await.unwrap();
    }
}
