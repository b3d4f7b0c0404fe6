//! A person stays signed in for as long as they work, whatever expires meanwhile
//! (S4).

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use wyvern::auth::{AuthError, ProviderId};
use wyvern::clock::Clock as _;

use super::ground::{
    EXPIRING, Ground, HERS, HOUR, MINUTE, NEARLY_OVER, refused, token, token_page,
};
use crate::forge::{App, Fault, Wanted};

const SECOND: Duration = Duration::from_secs(1);

/// An answer of the token page.
fn says(status: u16, body: &str) -> Fault {
    Fault::Status {
        status,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.to_owned(),
    }
}

/// The calls by which a token is given back.
fn given_back() -> Wanted {
    Wanted::Path("/applications/".to_owned())
}

#[tokio::test]
async fn a_whole_day_in_steps_of_ten_minutes_passes_without_signing_in_again() {
    let ground = Ground::start(EXPIRING).await;
    let mut tokens = ground.tokens().await;
    let browser = ground.opened().await.id;
    for step in 0..24 * 6 {
        ground.clock.advance(10 * MINUTE);
        let by_token = match ground.authority.session(&tokens.access).await {
            Err(AuthError::Refused) => {
                tokens = ground.authority.refresh(&tokens.refresh).await.unwrap();
                ground.authority.session(&tokens.access).await.unwrap()
            }
            session => session.unwrap(),
        };
        assert!(ground.works(&by_token).await, "step {step}");
        let by_cookie = ground.authority.session_of(&browser).await.unwrap();
        assert!(ground.works(&by_cookie).await, "step {step}");
    }
    // Two sign-ins, and each was renewed when its eight hours were over, two or three times.
    let calls = ground.token_calls();
    assert!((6..=8).contains(&calls), "{calls}");
}

#[tokio::test]
async fn two_hundred_at_once_in_the_last_minute_renew_once_and_none_is_refused() {
    let ground = Ground::start(EXPIRING).await;
    let id = ground.opened().await.id;
    ground.clock.advance(NEARLY_OVER);
    ground.forge.forget_calls();
    let slow = Fault::Slow(Duration::from_millis(100));
    ground.forge.faults().next(token_page(), slow);
    let all = join_all((0..200).map(|_| ground.authority.session_of(&id))).await;
    let held: Vec<_> = all.iter().map(|it| token(it.as_ref().unwrap())).collect();
    assert!(held.iter().all(|one| *one == held[0]), "one pair for all");
    assert!(ground.works(all[0].as_ref().unwrap()).await);
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn who_leaves_while_the_tokens_are_renewed_loses_nothing() {
    let ground = Ground::start(EXPIRING).await;
    let id = ground.opened().await.id;
    ground.clock.advance(8 * HOUR);
    ground.forge.forget_calls();
    let slow = Fault::Slow(Duration::from_millis(300));
    ground.forge.faults().next(token_page(), slow);
    let waiting = ground.authority.session_of(&id);
    let left = tokio::time::timeout(Duration::from_millis(100), waiting).await;
    assert!(left.is_err(), "the call is still under way");
    let session = ground.authority.session_of(&id).await.unwrap();
    assert!(ground.works(&session).await);
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn a_handle_renews_when_the_access_token_and_the_providers_are_dead() {
    let ground = Ground::start(EXPIRING).await;
    let tokens = ground.tokens().await;
    ground.clock.advance(20 * HOUR);
    assert!(refused(ground.authority.session(&tokens.access).await));
    let renewed = ground.authority.refresh(&tokens.refresh).await.unwrap();
    let session = ground.authority.session(&renewed.access).await.unwrap();
    assert!(ground.works(&session).await);
}

#[tokio::test]
async fn an_access_token_ends_a_minute_before_the_providers() {
    let ground = Ground::start(App::Expiring {
        access_seconds: 1800,
        refresh_seconds: 7200,
    });
    let ground = ground.await;
    let tokens = ground.tokens().await;
    ground.clock.advance(28 * MINUTE + 59 * SECOND);
    assert!(ground.authority.session(&tokens.access).await.is_ok());
    assert_eq!(ground.token_calls(), 1);
    ground.clock.advance(SECOND);
    assert!(refused(ground.authority.session(&tokens.access).await));
    let renewed = ground.authority.refresh(&tokens.refresh).await.unwrap();
    assert!(ground.authority.session(&renewed.access).await.is_ok());
    assert_eq!(ground.token_calls(), 2);
}

#[tokio::test]
async fn a_handle_shown_twice_ends_the_sign_in_here_and_at_the_provider() {
    let ground = Ground::start(EXPIRING).await;
    let first = ground.tokens().await;
    let held = token(&ground.authority.session(&first.access).await.unwrap());
    let second = ground.authority.refresh(&first.refresh).await.unwrap();
    ground.clock.advance(10 * SECOND);
    assert!(refused(ground.authority.refresh(&first.refresh).await));
    assert!(refused(ground.authority.refresh(&second.refresh).await));
    assert!(refused(ground.authority.session(&second.access).await));
    assert_eq!(ground.forge.revoked(), [held]);
}

#[tokio::test]
async fn a_token_without_an_end_is_never_renewed() {
    let ground = Ground::start(App::OAuth).await;
    let id = ground.opened().await.id;
    ground.clock.advance(700 * HOUR);
    let session = ground.authority.session_of(&id).await.unwrap();
    assert!(ground.works(&session).await);
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn a_provider_that_renews_no_more_ends_the_sign_in() {
    let ground = Ground::start(EXPIRING).await;
    let session = ground.opened().await;
    ground.forge.revoke(&token(&session));
    ground.clock.advance(NEARLY_OVER);
    assert!(refused(ground.authority.session_of(&session.id).await));
    assert_eq!(ground.token_calls(), 2);
    assert!(refused(ground.authority.session_of(&session.id).await));
    assert_eq!(ground.token_calls(), 2, "it is not asked again");
}

#[tokio::test]
async fn tokens_that_nothing_renews_end_the_sign_in_at_their_end() {
    let ground = Ground::start(App::Expiring {
        access_seconds: 3600,
        refresh_seconds: 1800,
    });
    let ground = ground.await;
    let id = ground.opened().await.id;
    ground.clock.advance(59 * MINUTE + 59 * SECOND);
    assert!(ground.authority.session_of(&id).await.is_ok());
    ground.clock.advance(SECOND);
    assert!(refused(ground.authority.session_of(&id).await));
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn while_the_provider_is_down_a_token_is_used_to_its_end_and_nobody_is_signed_out() {
    for fault in [
        says(500, "{}"),
        says(200, r#"{"error":"incorrect_client_credentials"}"#),
        Fault::WrongType,
    ] {
        let ground = Ground::start(EXPIRING).await;
        let id = ground.opened().await.id;
        ground.clock.advance(NEARLY_OVER);
        ground.forge.forget_calls();
        ground.forge.faults().every(token_page(), fault);
        for _ in 0..3 {
            let session = ground.authority.session_of(&id).await.unwrap();
            assert!(ground.works(&session).await, "the old token");
        }
        assert_eq!(ground.token_calls(), 1, "it is left alone for a while");
        ground.clock.advance(30 * SECOND);
        for _ in 0..2 {
            let error = ground.authority.session_of(&id).await.unwrap_err();
            assert!(matches!(error, AuthError::Provider(_)), "{error:?}");
        }
        ground.forge.faults().clear();
        ground.clock.advance(10 * SECOND);
        let session = ground.authority.session_of(&id).await.unwrap();
        assert!(ground.works(&session).await);
    }
}

#[tokio::test]
async fn signing_out_ends_the_token_at_the_provider() {
    let ground = Ground::start(EXPIRING).await;
    let tokens = ground.tokens().await;
    let session = ground.authority.session(&tokens.access).await.unwrap();
    ground.authority.sign_out(&session.id).await.unwrap();
    assert!(refused(ground.authority.session(&tokens.access).await));
    assert!(refused(ground.authority.refresh(&tokens.refresh).await));
    assert_eq!(ground.forge.revoked(), [token(&session)]);
    assert!(!ground.works(&session).await);
}

#[tokio::test]
async fn a_code_that_is_shown_at_another_provider_is_given_back() {
    let ground = Ground::start(EXPIRING).await;
    let code = ground.complete(ground.allowed().await).await.unwrap();
    let elsewhere = ground
        .authority
        .exchange(ProviderId::Local, &code, Some(HERS));
    assert!(refused(elsewhere.await));
    assert_eq!(ground.forge.revoked().len(), 1);
}

#[tokio::test]
async fn what_ends_unseen_is_given_back() {
    let ground = Ground::start(App::OAuth).await;
    ground.complete(ground.allowed().await).await.unwrap();
    let code = ground.complete(ground.allowed().await).await.unwrap();
    let used = ground.opened().await;
    ground.opened().await;
    ground.clock.advance(10 * MINUTE);
    let late = ground.authority.open(&code, Some(HERS)).await;
    assert!(refused(late), "too old");
    ground.authority.sweep().await;
    assert_eq!(ground.forge.revoked().len(), 2, "the two codes");
    ground.clock.advance(719 * HOUR);
    let later = ground.clock.now() + 2 * HOUR;
    ground.authority.prolong(&used.id, later).await.unwrap();
    ground.clock.advance(HOUR);
    ground.authority.sweep().await;
    assert_eq!(
        ground.forge.revoked().len(),
        3,
        "the sign-in that is unused"
    );
    assert!(ground.works(&used).await);
    ground.authority.sweep().await;
    assert_eq!(ground.forge.revoked().len(), 3, "once");
}

#[tokio::test]
async fn signing_out_succeeds_when_the_provider_does_not_hear_of_it() {
    let ground = Ground::start(App::OAuth).await;
    let session = ground.opened().await;
    ground.forge.faults().every(given_back(), says(401, "{}"));
    ground.authority.sign_out(&session.id).await.unwrap();
    assert!(refused(ground.authority.session_of(&session.id).await));
    assert!(ground.forge.revoked().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_signs_out_while_the_tokens_are_renewed_stays_signed_out() {
    let ground = Ground::start(EXPIRING).await;
    let session = ground.opened().await;
    ground.clock.advance(NEARLY_OVER);
    let (authority, id) = (Arc::clone(&ground.authority), session.id.clone());
    let meanwhile = Fault::Before(Arc::new(move |_| {
        block_in_place(|| Handle::current().block_on(authority.sign_out(&id))).unwrap();
    }));
    // The old token is not taken back, or there would be nothing to renew.
    ground.forge.faults().next(given_back(), says(401, "{}"));
    ground.forge.faults().next(token_page(), meanwhile);
    assert!(refused(ground.authority.session_of(&session.id).await));
    assert!(refused(ground.authority.session_of(&session.id).await));
    let revoked = ground.forge.revoked();
    assert_eq!(revoked.len(), 1, "the pair that came too late");
    assert_ne!(revoked, [token(&session)]);
}

#[tokio::test]
async fn a_credential_that_the_provider_refuses_ends_the_sign_in_unless_it_is_an_old_one() {
    let ground = Ground::start(EXPIRING).await;
    let old = ground.opened().await;
    ground.clock.advance(NEARLY_OVER);
    let new = ground.authority.session_of(&old.id).await.unwrap();
    assert_ne!(token(&old), token(&new));
    assert!(ground.authority.provider_refused(&old).await.unwrap());
    assert!(ground.authority.session_of(&old.id).await.is_ok());
    ground.forge.revoke(&token(&new));
    assert!(!ground.authority.provider_refused(&new).await.unwrap());
    assert!(refused(ground.authority.session_of(&old.id).await));
}

#[tokio::test]
async fn a_token_that_is_refused_once_is_renewed_and_the_sign_in_goes_on() {
    let ground = Ground::start(EXPIRING).await;
    let session = ground.opened().await;
    assert!(ground.authority.provider_refused(&session).await.unwrap());
    assert!(ground.authority.provider_refused(&session).await.unwrap());
    assert_eq!(ground.token_calls(), 2, "renewed once");
    let renewed = ground.authority.session_of(&session.id).await.unwrap();
    assert_ne!(token(&renewed), token(&session));
    assert!(ground.works(&renewed).await);
    assert!(ground.forge.revoked().is_empty());
    // A provider that does not answer has refused nothing.
    ground.forge.faults().every(token_page(), says(500, "{}"));
    assert!(ground.authority.provider_refused(&renewed).await.unwrap());
    ground.forge.faults().clear();
    let after = ground.authority.session_of(&session.id).await.unwrap();
    assert!(ground.works(&after).await);
}

#[tokio::test]
async fn a_token_that_nothing_renews_is_looked_at_again_before_the_sign_in_ends() {
    let ground = Ground::start(App::OAuth).await;
    let session = ground.opened().await;
    assert!(ground.authority.provider_refused(&session).await.unwrap());
    assert!(ground.authority.session_of(&session.id).await.is_ok());
    ground.forge.revoke(&token(&session));
    assert!(!ground.authority.provider_refused(&session).await.unwrap());
    assert!(refused(ground.authority.session_of(&session.id).await));
}
