//! Codes, handles and sign-ins, as their users meet them.

use super::*;
use crate::auth::handle::Handle;

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let (authority, clock) = authority();
    let code = authority.code(ada(), None).await.unwrap();
    let tokens = authority.exchange(LOCAL, &code, None).await.unwrap();
    assert_eq!(
        authority
            .session(&tokens.access)
            .await
            .unwrap()
            .identity
            .username,
        "ada"
    );
    assert!(
        refused(authority.exchange(LOCAL, &code, None).await),
        "used"
    );
    let late = authority.code(ada(), None).await.unwrap();
    clock.advance(CODE_LIFETIME);
    assert!(
        refused(authority.exchange(LOCAL, &late, None).await),
        "too old"
    );
    assert!(refused(authority.exchange(LOCAL, "", None).await));
}

#[tokio::test]
async fn a_code_bound_to_a_browser_is_good_there_only_and_spoilt_by_others() {
    let (authority, _) = authority();
    let code = authority.code(ada(), Some("hers".into())).await.unwrap();
    assert!(refused(
        authority.exchange(LOCAL, &code, Some("another")).await
    ));
    assert!(
        refused(authority.exchange(LOCAL, &code, Some("hers")).await),
        "spoilt"
    );
    let code = authority.code(ada(), Some("hers".into())).await.unwrap();
    assert!(authority.exchange(LOCAL, &code, Some("hers")).await.is_ok());
}

#[tokio::test]
async fn an_access_token_lasts_its_hour_and_the_sign_in_is_renewed_beyond() {
    let (authority, clock) = authority();
    let tokens = signed_in(&authority).await;
    let id = authority.session(&tokens.access).await.unwrap().id;
    clock.advance(HOUR);
    assert!(refused(authority.session(&tokens.access).await), "expired");
    let renewed = authority.refresh(&tokens.refresh).await.unwrap();
    assert_eq!(
        authority.session(&renewed.access).await.unwrap().id,
        id,
        "the same sign-in"
    );
    clock.advance(DAY);
    assert!(
        refused(authority.refresh(&renewed.refresh).await),
        "not renewed in time"
    );
}

#[tokio::test]
async fn a_refresh_handle_shown_twice_ends_the_sign_in() {
    let (authority, clock) = authority();
    let first = signed_in(&authority).await;
    let second = authority.refresh(&first.refresh).await.unwrap();
    clock.advance(Duration::from_secs(10));
    assert!(
        refused(authority.refresh(&first.refresh).await),
        "a stolen copy"
    );
    assert!(
        refused(authority.refresh(&second.refresh).await),
        "ended for the thief and the owner"
    );
    assert!(
        refused(authority.session(&second.access).await),
        "its access tokens too"
    );
}

#[tokio::test]
async fn signing_out_ends_access_and_renewal_at_once() {
    let (authority, _) = authority();
    let (tokens, other) = (signed_in(&authority).await, signed_in(&authority).await);
    let id = authority.session(&tokens.access).await.unwrap().id;
    authority.sign_out(&id).await.unwrap();
    assert!(refused(authority.session(&tokens.access).await));
    assert!(refused(authority.refresh(&tokens.refresh).await));
    assert!(
        authority.session(&other.access).await.is_ok(),
        "another sign-in goes on"
    );
}

#[tokio::test]
async fn a_code_is_good_at_its_provider_only_and_spoilt_at_another() {
    let (authority, _) = authority();
    let code = authority.code(ada(), None).await.unwrap();
    assert!(refused(
        authority.exchange(ProviderId::GitHub, &code, None).await
    ));
    assert!(
        refused(authority.exchange(LOCAL, &code, None).await),
        "spoilt"
    );
}

#[tokio::test]
async fn a_browsers_sign_in_has_its_code_once_and_ends_at_its_time() {
    let (authority, clock) = authority();
    let code = authority.code(ada(), Some("hers".into())).await.unwrap();
    let session = authority.open(&code, Some("hers")).await.unwrap();
    assert!(refused(authority.open(&code, Some("hers")).await), "used");
    assert!(refused(
        authority.exchange(LOCAL, &code, Some("hers")).await
    ));
    clock.advance(HOUR * 23);
    let found = authority.session_of(&session.id).await.unwrap();
    assert_eq!(found.identity.username, "ada");
    clock.advance(HOUR);
    assert!(refused(authority.session_of(&session.id).await));
}

#[tokio::test]
async fn a_handle_that_nobody_was_given_ends_no_sign_in() {
    let (authority, clock) = authority();
    let tokens = signed_in(&authority).await;
    let id = authority.session(&tokens.access).await.unwrap().id;
    let forged = Handle { id, turn: 7 }.write(&vault(&["another"]));
    let bare = tokens.refresh.trim_start_matches("wyr_");
    for hostile in [
        "",
        "wyr_",
        "wyr_AAAA",
        bare,
        &tokens.access,
        &forged,
        &"wyr_".repeat(9_000),
    ] {
        assert!(refused(authority.refresh(hostile).await), "{hostile:.40}");
    }
    clock.advance(HOUR);
    assert!(authority.refresh(&tokens.refresh).await.is_ok());
}

#[tokio::test]
async fn an_access_token_outlives_records_in_memory_but_not_its_sign_out() {
    let (before, clock) = authority();
    let token = signed_in(&before).await.access;
    let restarted = authority_with(&["one"], &clock);
    let session = restarted.session(&token).await.unwrap();
    assert_eq!(session.identity.username, "ada");
    assert!(
        refused(restarted.session_of(&session.id).await),
        "a cookie does not"
    );
    restarted.sign_out(&session.id).await.unwrap();
    assert!(refused(restarted.session(&token).await));
}

#[tokio::test]
async fn many_renewals_at_once_are_one() {
    let (authority, clock) = authority();
    let tokens = signed_in(&authority).await;
    let renewals = (0..20).map(|_| authority.refresh(&tokens.refresh));
    let renewals = futures_util::future::join_all(renewals).await;
    let keys = vault(&["one"]);
    for renewed in &renewals {
        let renewed = renewed.as_ref().unwrap();
        assert_eq!(Handle::read(&keys, &renewed.refresh).unwrap().turn, 1);
        assert!(authority.session(&renewed.access).await.is_ok());
    }
    clock.advance(Duration::from_secs(9));
    let late = authority.refresh(&tokens.refresh).await.unwrap();
    assert_eq!(Handle::read(&keys, &late.refresh).unwrap().turn, 1);
    assert!(authority.refresh(&late.refresh).await.is_ok());
}

#[tokio::test]
async fn a_handle_whose_successor_is_used_has_no_second_chance() {
    let (authority, _) = authority();
    let first = signed_in(&authority).await;
    let second = authority.refresh(&first.refresh).await.unwrap();
    let third = authority.refresh(&second.refresh).await.unwrap();
    assert!(refused(authority.refresh(&first.refresh).await));
    assert!(refused(authority.refresh(&third.refresh).await), "ended");
}

#[tokio::test]
async fn a_sign_in_ends_after_ninety_days_however_often_it_is_renewed() {
    let (authority, clock) = authority();
    let mut tokens = signed_in(&authority).await;
    for _ in 0..90 * 2 - 1 {
        clock.advance(DAY / 2);
        tokens = authority.refresh(&tokens.refresh).await.unwrap();
    }
    clock.advance(HOUR * 23 / 2);
    let last = authority.refresh(&tokens.refresh).await.unwrap();
    assert!(authority.session(&last.access).await.is_ok());
    clock.advance(HOUR / 2);
    assert!(refused(authority.session(&last.access).await));
    assert!(refused(authority.refresh(&last.refresh).await));
}

#[tokio::test]
async fn nothing_secret_is_in_what_can_be_printed() {
    let (authority, _) = authority();
    let canary = "canary-of-a-token";
    let identity = Identity {
        credential: Credential::Token(canary.into()),
        ..ada()
    };
    let code = authority.code(identity, None).await.unwrap();
    let shown = format!("{authority:?}");
    let tokens = authority.exchange(LOCAL, &code, None).await.unwrap();
    let session = authority.session(&tokens.access).await.unwrap();
    let shown = format!("{shown} {authority:?} {tokens:?} {session:?}");
    for secret in [canary, &code, &tokens.access, &tokens.refresh] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
