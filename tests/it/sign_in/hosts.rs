//! What is the same wherever people sign in, and what each host is asked in its own way.

use std::collections::BTreeSet;
use std::time::Duration;

use url::Url;
use wyvern::auth::{AuthError, Returned};

use super::ground::{Ground, HERS, HOUR, redirect, refused, token, token_path};
use crate::forge::{App, Dialect, Fault, Wanted};

/// Tokens of two hours and half a year.
const EXPIRING: App = App::Expiring {
    access_seconds: 2 * 60 * 60,
    refresh_seconds: 184 * 24 * 60 * 60,
};
/// After so long, half a minute is left of such a token.
const NEARLY_OVER: Duration = Duration::from_secs(2 * 60 * 60 - 30);

/// What an address asks for, by name.
fn asked(address: &Url) -> BTreeSet<String> {
    let pairs = address.query_pairs();
    pairs.map(|(name, _)| name.into_owned()).collect()
}

#[tokio::test]
async fn the_page_is_asked_for_what_its_host_knows() {
    let always = [
        "client_id",
        "code_challenge",
        "code_challenge_method",
        "redirect_uri",
        "response_type",
        "state",
    ];
    for (dialect, page, scope) in [
        (Dialect::GitHub, "login/oauth/authorize", Some("repo")),
        (Dialect::GitLab, "oauth/authorize", Some("api")),
        (Dialect::Bitbucket, "site/oauth2/authorize", None),
    ] {
        let ground = Ground::at(dialect, App::OAuth).await;
        let address = ground.begin().await;
        let mut found = asked(&address);
        assert_eq!(found.remove("scope"), scope.is_some(), "{dialect:?}");
        assert!(found.iter().eq(always), "{dialect:?}: {found:?}");
        let value = |name: &str| {
            let pair = address.query_pairs().find(|(key, _)| key == name);
            pair.map(|(_, value)| value.into_owned())
        };
        assert_eq!(value("scope").as_deref(), scope);
        assert_eq!(value("redirect_uri").unwrap(), redirect(dialect));
        let mut bare = address;
        bare.set_query(None);
        assert_eq!(bare, ground.forge.url().join(page).unwrap());
    }
}

#[tokio::test]
async fn a_return_at_the_address_of_another_host_makes_no_call_and_spoils_the_attempt() {
    let bad = |result: Result<String, AuthError>| matches!(result, Err(AuthError::BadReturn));
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, App::OAuth).await;
        for other in Dialect::ALL.into_iter().filter(|other| *other != dialect) {
            let good = ground.allowed().await;
            let elsewhere = Returned {
                at: redirect(other).to_owned(),
                ..good.clone()
            };
            assert!(
                bad(ground.complete(elsewhere).await),
                "{dialect:?} {other:?}"
            );
            assert!(bad(ground.complete(good).await), "{dialect:?}: spoilt");
        }
        assert_eq!(ground.token_calls(), 0, "{dialect:?}");
        assert!(ground.complete(ground.allowed().await).await.is_ok());
    }
}

#[tokio::test]
async fn a_sign_in_outlives_ten_tokens() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, EXPIRING).await;
        let session = ground.opened().await;
        let mut tokens = BTreeSet::from([token(&session)]);
        for round in 1..=10 {
            ground.clock.advance(NEARLY_OVER);
            let session = ground.authority.session_of(&session.id).await.unwrap();
            assert!(tokens.insert(token(&session)), "{dialect:?} {round}");
            assert!(ground.works(&session).await, "{dialect:?} {round}");
        }
        assert_eq!(ground.token_calls(), 11, "{dialect:?}");
        let calls = ground.forge.calls();
        assert!(calls.iter().all(|call| call.status == 200), "{calls:?}");
    }
}

#[tokio::test]
async fn a_program_goes_on_by_its_handle_for_as_long() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, EXPIRING).await;
        let mut tokens = ground.tokens().await;
        for _ in 0..10 {
            ground.clock.advance(2 * HOUR);
            assert!(refused(ground.authority.session(&tokens.access).await));
            tokens = ground.authority.refresh(&tokens.refresh).await.unwrap();
            let session = ground.authority.session(&tokens.access).await.unwrap();
            assert!(ground.works(&session).await, "{dialect:?}");
        }
        assert_eq!(ground.token_calls(), 11, "{dialect:?}");
    }
}

#[tokio::test]
async fn signing_out_gives_the_token_back_where_the_host_takes_it() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, EXPIRING).await;
        let session = ground.opened().await;
        ground.forge.forget_calls();
        ground.authority.sign_out(&session.id).await.unwrap();
        assert!(refused(ground.authority.session_of(&session.id).await));
        let takes = dialect != Dialect::Bitbucket;
        let expected: Vec<_> = takes.then(|| token(&session)).into_iter().collect();
        assert_eq!(ground.forge.revoked(), expected, "{dialect:?}");
        assert_eq!(
            ground.forge.calls().len(),
            usize::from(takes),
            "{dialect:?}"
        );
        assert_eq!(ground.works(&session).await, !takes, "{dialect:?}");
    }
}

#[tokio::test]
async fn what_a_host_renews_no_more_has_ended() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, EXPIRING).await;
        let session = ground.opened().await;
        ground.forge.revoke(&token(&session));
        ground.clock.advance(NEARLY_OVER);
        for _ in 0..2 {
            let found = ground.authority.session_of(&session.id).await;
            assert!(refused(found), "{dialect:?}");
        }
        assert_eq!(
            ground.token_calls(),
            2,
            "{dialect:?}: it is not asked again"
        );
    }
}

#[tokio::test]
async fn a_host_that_is_down_signs_nobody_out() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, EXPIRING).await;
        let session = ground.opened().await;
        ground.clock.advance(NEARLY_OVER);
        let page = Wanted::Path(token_path(dialect).to_owned());
        let down = Fault::Status {
            status: 503,
            headers: Vec::new(),
            body: String::new(),
        };
        ground.forge.faults().every(page, down);
        let kept = ground.authority.session_of(&session.id).await.unwrap();
        assert_eq!(token(&kept), token(&session), "{dialect:?}: the old one");
        ground.forge.faults().clear();
        ground.clock.advance(Duration::from_secs(10));
        let next = ground.authority.session_of(&session.id).await.unwrap();
        assert_ne!(token(&next), token(&session), "{dialect:?}");
        assert!(ground.works(&next).await, "{dialect:?}");
    }
}

#[tokio::test]
async fn who_does_not_allow_it_is_told_so() {
    for dialect in Dialect::ALL {
        let ground = Ground::at(dialect, App::OAuth).await;
        let back = super::ground::returned(&ground.forge.deny(&ground.begin().await));
        let told = ground.authority.complete(Some(HERS), back).await;
        let denied = matches!(told, Err(AuthError::Denied { error }) if error == "access_denied");
        assert!(denied, "{dialect:?}");
        assert_eq!(ground.token_calls(), 0, "{dialect:?}");
    }
}
