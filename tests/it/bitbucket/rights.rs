//! Who may see and do what, and where tokens go.

use std::time::Duration;

use wyvern::provider::{CommitError, Expect, PageNumber, Provider as _, ProviderError};

use super::desk::{HERS, SHOP, answer};
use super::{Desk, at, put};
use crate::forge::{Access, Dialect, Fault, Forge, ForgeOptions};

fn is_hidden(error: &ProviderError) -> bool {
    matches!(error, ProviderError::NotFound { what: "repository" })
}

#[tokio::test]
async fn what_is_kept_is_not_shown_to_who_has_lost_the_right_to_see_it() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve_as(&grace).await.unwrap();
    let folder = at("m");
    let list = async || {
        let listed = desk
            .bitbucket
            .read_dir(&grace, &desk.repository, &commit, &folder);
        listed.await
    };
    list().await.unwrap();
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    desk.forge.grant("grace", HERS, Access::None);
    desk.clock.advance(Duration::from_secs(10));
    assert!(is_hidden(
        &desk.read_as(&grace, &commit, SHOP).await.unwrap_err()
    ));
    assert!(is_hidden(&list().await.unwrap_err()));
}

#[tokio::test]
async fn once_refused_nothing_kept_is_shown_any_more() {
    let desk = Desk::new().await;
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve_as(&grace).await.unwrap();
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    desk.forge.grant("grace", HERS, Access::None);
    assert!(is_hidden(&desk.resolve_as(&grace).await.unwrap_err()));
    assert!(is_hidden(
        &desk.read_as(&grace, &commit, SHOP).await.unwrap_err()
    ));
}

#[tokio::test]
async fn what_is_kept_for_one_person_is_not_shown_to_another() {
    let desk = Desk::new().await;
    let eve = desk.guest("eve", Access::None);
    let grace = desk.guest("grace", Access::Read);
    let commit = desk.resolve().await.unwrap();
    let read = desk.read_as(&desk.ada, &commit, SHOP).await;
    assert!(read.unwrap().is_some());
    desk.calls();
    assert!(is_hidden(
        &desk.read_as(&eve, &commit, SHOP).await.unwrap_err()
    ));
    assert_eq!(desk.calls(), ["GET  404"]);
    // Who may see it is asked for that alone.
    assert!(desk.read_as(&grace, &commit, SHOP).await.unwrap().is_some());
    assert_eq!(desk.calls(), ["GET  200"]);
}

#[tokio::test]
async fn who_sees_nothing_of_a_repository_is_told_that_it_is_not_there() {
    let desk = Desk::new().await;
    let eve = desk.guest("eve", Access::None);
    let commit = desk.resolve().await.unwrap();
    let (b, r, path) = (&desk.bitbucket, &desk.repository, at(SHOP));
    assert!(is_hidden(&desk.resolve_as(&eve).await.unwrap_err()));
    let first = PageNumber::FIRST;
    assert!(is_hidden(
        &b.branches(&eve, r, None, first).await.unwrap_err()
    ));
    let listed = b.read_dir(&eve, r, &commit, &at("m")).await;
    assert!(is_hidden(&listed.unwrap_err()));
    let history = b.history(&eve, r, &commit, &path, first).await;
    assert!(is_hidden(&history.unwrap_err()));
    let saved = desk
        .commit_as(&eve, "Eve's", vec![put(SHOP, "two", Expect::Any)])
        .await;
    assert!(matches!(&saved, Err(CommitError::Provider(error)) if is_hidden(error)));
}

#[tokio::test]
async fn a_token_goes_to_no_other_server() {
    let desk = Desk::new().await;
    let options = ForgeOptions {
        dialect: Dialect::Bitbucket,
        ..ForgeOptions::default()
    };
    let other = Forge::start_with(options).await;
    let elsewhere = other.url().join("2.0/repositories/ada/models").unwrap();
    desk.next(
        "/refs/branches/main",
        Fault::RedirectTo(elsewhere.to_string()),
    );
    let refused = desk.resolve().await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the provider is unavailable: Bitbucket answered from somewhere else."
    );
    let page = serde_json::json!({ "values": [], "next": elsewhere.as_str() });
    desk.next("/refs/branches?", answer(200, &page));
    let listed = desk
        .bitbucket
        .branches(&desk.ada, &desk.repository, None, PageNumber::FIRST);
    listed.await.unwrap_err();
    assert!(other.calls().is_empty());
}
