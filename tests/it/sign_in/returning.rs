//! Only who was sent to the provider by this server comes back, and only once.

use wyvern::auth::{AuthError, ProviderId, Returned};

use super::ground::{GITHUB, Ground, HERS, HOUR, MINUTE, REDIRECT, refused, returned, token};
use crate::forge::App;

fn is_bad_return(result: &Result<String, AuthError>) -> bool {
    matches!(result, Err(AuthError::BadReturn))
}

fn denied(result: Result<String, AuthError>) -> String {
    match result {
        Err(AuthError::Denied { error }) => error,
        other => panic!("not denied: {other:?}"),
    }
}

#[tokio::test]
async fn the_address_asks_for_a_code_with_state_and_a_challenge_and_for_the_scope() {
    let ground = Ground::start(App::OAuth).await;
    let address = ground.begin().await;
    let mut page = address.clone();
    page.set_query(None);
    assert_eq!(
        page,
        ground.forge.url().join("login/oauth/authorize").unwrap()
    );
    let member = |name: &str| {
        let all: Vec<_> = address
            .query_pairs()
            .filter(|(key, _)| key == name)
            .collect();
        assert_eq!(all.len(), 1, "{name} is there once");
        all[0].1.clone().into_owned()
    };
    assert_eq!(member("response_type"), "code");
    assert_eq!(member("client_id"), ground.forge.client_id());
    assert_eq!(member("redirect_uri"), REDIRECT);
    assert_eq!(member("scope"), "repo");
    assert_eq!(member("code_challenge_method"), "S256");
    assert_eq!(member("code_challenge").len(), 43, "32 bytes");
    assert_eq!(member("state").len(), 43, "32 bytes");
    assert_eq!(address.query_pairs().count(), 7);
    assert!(!address.as_str().contains(ground.forge.client_secret()));
    let other = ground.begin().await;
    for name in ["state", "code_challenge"] {
        let pair = other.query_pairs().find(|(key, _)| key == name).unwrap();
        assert_ne!(member(name), pair.1, "each attempt has its own {name}");
    }
}

#[tokio::test]
async fn who_allows_it_is_signed_in_with_their_own_token() {
    let ground = Ground::start(App::OAuth).await;
    let tokens = ground.tokens().await;
    let session = ground.authority.session(&tokens.access).await.unwrap();
    assert_eq!(session.identity.username, "ada");
    assert_eq!(session.identity.provider, GITHUB);
    assert!(token(&session).starts_with("gho_"));
    assert!(ground.works(&session).await);
    assert!(!tokens.access.contains(&token(&session)), "it is sealed");
    let browser = ground.opened().await;
    assert_ne!(browser.id, session.id);
    assert_eq!(
        token(&ground.authority.session_of(&browser.id).await.unwrap()),
        token(&browser)
    );
}

#[tokio::test]
async fn a_return_that_nobody_was_sent_off_with_makes_no_call() {
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    let with = |state: Option<&str>| Returned {
        state: state.map(str::to_owned),
        ..good.clone()
    };
    for state in [
        None,
        Some(""),
        Some("made-up"),
        Some(" "),
        Some("sign-in:a"),
    ] {
        let result = ground.complete(with(state)).await;
        assert!(is_bad_return(&result), "{state:?}");
    }
    assert_eq!(ground.token_calls(), 0);
    assert!(
        ground.complete(good).await.is_ok(),
        "the right one still is"
    );
}

#[tokio::test]
async fn a_return_in_another_browser_makes_no_call_and_spoils_the_attempt() {
    let ground = Ground::start(App::OAuth).await;
    for browser in [None, Some(""), Some("another"), Some("the-browser-of-adb")] {
        let good = ground.allowed().await;
        let result = ground.authority.complete(browser, good.clone()).await;
        assert!(is_bad_return(&result), "{browser:?}");
        assert!(is_bad_return(&ground.complete(good).await), "spoilt");
    }
    assert_eq!(ground.token_calls(), 0);
}

#[tokio::test]
async fn a_return_after_ten_minutes_makes_no_call() {
    let ground = Ground::start(App::OAuth).await;
    let (early, late) = (ground.allowed().await, ground.allowed().await);
    ground.clock.advance(9 * MINUTE);
    assert!(ground.complete(early).await.is_ok());
    ground.clock.advance(MINUTE);
    assert!(is_bad_return(&ground.complete(late).await));
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn of_two_returns_with_one_state_one_is_taken() {
    let ground = Ground::start(App::OAuth).await;
    let good = ground.allowed().await;
    let both = [ground.complete(good.clone()), ground.complete(good.clone())];
    let both = futures_util::future::join_all(both).await;
    assert_eq!(both.iter().filter(|it| it.is_ok()).count(), 1);
    assert_eq!(both.iter().filter(|it| is_bad_return(it)).count(), 1);
    assert!(is_bad_return(&ground.complete(good).await), "later neither");
    assert_eq!(ground.token_calls(), 1);
}

#[tokio::test]
async fn two_tabs_of_a_browser_sign_in_at_once() {
    let ground = Ground::start(App::OAuth).await;
    ground
        .forge
        .person("grace", "Grace Hopper", "grace@example.com");
    let (first, second) = (ground.begin().await, ground.begin().await);
    let second = ground
        .complete(returned(&ground.forge.approve(&second, "grace")))
        .await;
    let first = ground
        .complete(returned(&ground.forge.approve(&first, "ada")))
        .await;
    for (code, name) in [(first.unwrap(), "ada"), (second.unwrap(), "grace")] {
        let session = ground.authority.open(&code, Some(HERS)).await.unwrap();
        assert_eq!(session.identity.username, name);
    }
}

#[tokio::test]
async fn a_code_that_was_slipped_in_from_another_attempt_is_refused_by_its_challenge() {
    let ground = Ground::start(App::OAuth).await;
    let (hers, other) = (ground.allowed().await, ground.allowed().await);
    let mixed = Returned {
        code: other.code,
        ..hers
    };
    assert_eq!(
        denied(ground.complete(mixed).await),
        "bad_verification_code"
    );
}

#[tokio::test]
async fn a_code_of_the_provider_that_was_used_is_told_as_refused() {
    let ground = Ground::start(App::OAuth).await;
    let used = ground.allowed().await;
    ground.complete(used.clone()).await.unwrap();
    let again = Returned {
        code: used.code,
        ..ground.allowed().await
    };
    assert_eq!(
        denied(ground.complete(again).await),
        "bad_verification_code"
    );
}

#[tokio::test]
async fn who_does_not_allow_it_is_told_so_and_no_call_is_made() {
    let ground = Ground::start(App::OAuth).await;
    let refused = returned(&ground.forge.deny(&ground.begin().await));
    assert_eq!(
        denied(ground.complete(refused.clone()).await),
        "access_denied"
    );
    assert!(is_bad_return(&ground.complete(refused).await), "once");
    for hostile in ["<script>", "", "ACCESS", "a b", "a\nb", &"a".repeat(65)] {
        let returned = Returned {
            error: Some(hostile.to_owned()),
            ..ground.allowed().await
        };
        assert_eq!(denied(ground.complete(returned).await), "unknown_error");
    }
    let neither = Returned {
        code: None,
        ..ground.allowed().await
    };
    assert!(is_bad_return(&ground.complete(neither).await));
    assert_eq!(ground.token_calls(), 0);
}

#[tokio::test]
async fn a_return_of_another_issuer_makes_no_call() {
    let ground = Ground::start(App::OAuth).await;
    let from = |iss: String, good: Returned| Returned {
        iss: Some(iss),
        ..good
    };
    for iss in ["https://github.com", "http://127.0.0.1:1/", "", "nobody"] {
        let result = ground
            .complete(from(iss.to_owned(), ground.allowed().await))
            .await;
        assert!(is_bad_return(&result), "{iss}");
    }
    assert_eq!(ground.token_calls(), 0);
    let own = from(ground.forge.url().into(), ground.allowed().await);
    assert!(ground.complete(own).await.is_ok());
}

#[tokio::test]
async fn the_apps_code_is_good_once_in_its_browser_at_its_provider() {
    let ground = Ground::start(App::OAuth).await;
    let authority = &ground.authority;
    let code = async || ground.complete(ground.allowed().await).await.unwrap();
    let good = code().await;
    assert!(authority.exchange(GITHUB, &good, Some(HERS)).await.is_ok());
    assert!(
        refused(authority.exchange(GITHUB, &good, Some(HERS)).await),
        "used"
    );
    let strange = code().await;
    assert!(refused(
        authority.exchange(GITHUB, &strange, Some("another")).await
    ));
    assert!(refused(
        authority.exchange(GITHUB, &code().await, None).await
    ));
    let local = authority
        .exchange(ProviderId::Local, &code().await, Some(HERS))
        .await;
    assert!(refused(local), "a code of another provider");
    let late = code().await;
    ground.clock.advance(HOUR);
    assert!(refused(authority.exchange(GITHUB, &late, Some(HERS)).await));
}

#[tokio::test]
async fn a_provider_that_is_not_served_has_no_page() {
    let ground = Ground::start(App::OAuth).await;
    let begun = ground
        .authority
        .begin(ProviderId::Local, HERS, REDIRECT)
        .await;
    assert!(matches!(begun, Err(AuthError::UnknownProvider)));
}
