//! Several servers over one Redis are one server to those who sign in.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio::time::timeout;
use wyvern::auth::AuthError;

use super::ground::{EXPIRING, GITHUB, Ground, HERS, NEARLY_OVER, refused, token, token_page};
use crate::forge::{App, Fault};
use crate::support::Redis;

#[tokio::test]
async fn a_sign_in_that_begins_at_one_server_ends_at_another_and_is_good_at_both() {
    let redis = Redis::start();
    let here = Ground::in_redis(App::OAuth, &redis).await;
    let there = here.beside(&redis).await;
    let good = here.allowed().await;
    let code = there.complete(Some(HERS), good).await.unwrap();
    let tokens = here
        .authority
        .exchange(GITHUB, &code, Some(HERS))
        .await
        .unwrap();
    assert!(
        refused(there.exchange(GITHUB, &code, Some(HERS)).await),
        "used"
    );
    let session = there.session(&tokens.access).await.unwrap();
    assert_eq!(session.identity.username, "ada");
    assert!(here.authority.session_of(&session.id).await.is_ok());
    let renewed = there.refresh(&tokens.refresh).await.unwrap();
    assert!(here.authority.session(&renewed.access).await.is_ok());
    assert!(
        here.authority.refresh(&tokens.refresh).await.is_ok(),
        "used there just now"
    );
    here.clock.advance(Duration::from_secs(10));
    assert!(
        refused(here.authority.refresh(&tokens.refresh).await),
        "used there"
    );
    assert!(
        refused(there.session(&renewed.access).await),
        "so it has ended"
    );
}

#[tokio::test]
async fn of_two_returns_at_two_servers_one_is_taken() {
    let redis = Redis::start();
    let here = Ground::in_redis(App::OAuth, &redis).await;
    let there = here.beside(&redis).await;
    for round in 1..=10 {
        let good = here.allowed().await;
        let both = join(
            here.complete(good.clone()),
            there.complete(Some(HERS), good),
        );
        let (first, second) = both.await;
        assert_ne!(first.is_ok(), second.is_ok(), "round {round}");
        let other = first.and(second).unwrap_err();
        assert!(matches!(other, AuthError::BadReturn), "{other:?}");
        assert_eq!(here.token_calls(), round);
    }
}

#[tokio::test]
async fn two_servers_that_need_new_tokens_at_once_renew_once_and_lose_none() {
    let redis = Redis::start();
    let here = Ground::in_redis(EXPIRING, &redis).await;
    let there = here.beside(&redis).await;
    let id = here.opened().await.id;
    for round in 1..=3 {
        here.clock.advance(NEARLY_OVER);
        here.forge.forget_calls();
        let slow = Fault::Slow(Duration::from_millis(150));
        here.forge.faults().next(token_page(), slow);
        let all = join(
            join_all((0..50).map(|_| here.authority.session_of(&id))),
            join_all((0..50).map(|_| there.session_of(&id))),
        );
        let (ours, theirs) = all.await;
        let sessions = ours.into_iter().chain(theirs);
        let held: Vec<_> = sessions.map(|it| token(&it.unwrap())).collect();
        assert!(held.iter().all(|one| *one == held[0]), "round {round}");
        assert_eq!(here.token_calls(), 1, "round {round}");
        let session = there.session_of(&id).await.unwrap();
        assert!(here.works(&session).await, "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_has_lost_the_lock_uses_what_another_has_renewed_and_leaves_that_ones_lock() {
    let redis = Arc::new(Redis::start());
    let here = Ground::in_redis(EXPIRING, &redis).await;
    let there = here.beside(&redis).await;
    let id = here.opened().await.id;
    here.clock.advance(NEARLY_OVER);
    let lock = format!("wyvern:renewing:{}", id.as_str());
    let (server, key, of) = (Arc::clone(&redis), lock.clone(), id.clone());
    let meanwhile = Fault::Before(Arc::new(move |_| {
        server.ask(&["DEL", &key]);
        let renewed = block_in_place(|| Handle::current().block_on(there.session_of(&of)));
        assert!(renewed.is_ok());
        server.ask(&["SET", &key, "somebody", "PX", "30000"]);
    }));
    here.forge.faults().next(token_page(), meanwhile);
    let session = here.authority.session_of(&id).await.unwrap();
    assert!(here.works(&session).await);
    assert!(here.forge.revoked().is_empty());
    assert_eq!(redis.ask(&["GET", &lock]).trim(), "somebody");
}

#[tokio::test]
async fn a_lock_that_a_dead_server_holds_does_not_keep_a_living_token_back() {
    let redis = Redis::start();
    let here = Ground::in_redis(EXPIRING, &redis).await;
    let id = here.opened().await.id;
    here.clock.advance(NEARLY_OVER);
    let lock = format!("wyvern:renewing:{}", id.as_str());
    redis.ask(&["SET", &lock, "somebody", "PX", "600000"]);
    let waiting = join_all((0..20).map(|_| here.authority.session_of(&id)));
    let all = timeout(Duration::from_secs(15), waiting).await.unwrap();
    for session in all {
        assert!(here.works(&session.unwrap()).await);
    }
    assert_eq!(here.token_calls(), 1);
}

#[tokio::test]
async fn who_signs_out_at_one_server_is_signed_out_at_all_at_once() {
    let redis = Redis::start();
    let here = Ground::in_redis(App::OAuth, &redis).await;
    let there = here.beside(&redis).await;
    let tokens = here.tokens().await;
    let session = there.session(&tokens.access).await.unwrap();
    here.authority.sign_out(&session.id).await.unwrap();
    assert!(refused(there.session(&tokens.access).await));
    assert!(refused(there.session_of(&session.id).await));
    assert!(refused(there.refresh(&tokens.refresh).await));
    assert_eq!(here.forge.revoked(), [token(&session)]);
}

#[tokio::test]
async fn a_redis_that_is_down_signs_nobody_out_and_one_that_is_back_is_used() {
    let mut redis = Redis::start();
    let ground = Ground::in_redis(App::OAuth, &redis).await;
    let tokens = ground.tokens().await;
    let good = ground.allowed().await;
    let id = ground.authority.session(&tokens.access).await.unwrap().id;
    redis.stop();
    let down = |error: AuthError| matches!(error, AuthError::Unavailable(_));
    assert!(down(
        ground.authority.session(&tokens.access).await.unwrap_err()
    ));
    assert!(down(ground.authority.session_of(&id).await.unwrap_err()));
    assert!(down(
        ground.authority.refresh(&tokens.refresh).await.unwrap_err()
    ));
    assert!(down(ground.authority.sign_out(&id).await.unwrap_err()));
    assert!(down(ground.complete(good).await.unwrap_err()));
    redis.start_again();
    let tokens = ground.tokens().await;
    assert!(ground.authority.session(&tokens.access).await.is_ok());
    assert!(
        refused(ground.authority.session_of(&id).await),
        "it has forgotten"
    );
}

#[tokio::test]
async fn who_reads_the_redis_can_show_nothing_of_what_is_in_it() {
    let redis = Redis::start();
    let ground = Ground::in_redis(EXPIRING, &redis).await;
    let pending = ground.allowed().await;
    let code = ground.complete(ground.allowed().await).await.unwrap();
    let tokens = ground.tokens().await;
    let session = ground.authority.session(&tokens.access).await.unwrap();
    let keys = redis.ask(&["--raw", "KEYS", "*"]);
    let mut all = keys.clone();
    for key in keys.lines() {
        all += &redis.ask(&["--raw", "GET", key]);
    }
    let mut kinds: Vec<_> = keys
        .lines()
        .filter_map(|key| key.rsplit_once(':'))
        .collect();
    kinds.sort_unstable();
    let kinds: Vec<_> = kinds.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["wyvern:attempt", "wyvern:code", "wyvern:sign-in"]);
    let secrets = [
        code,
        pending.state.unwrap(),
        token(&session),
        tokens.access,
        tokens.refresh,
        HERS.to_owned(),
        "ada".to_owned(),
        "ghr_".to_owned(),
    ];
    for secret in secrets {
        assert!(!all.contains(&secret), "{secret} in {all}");
    }
    for key in keys.lines() {
        let left: i64 = redis.ask(&["PTTL", key]).trim().parse().unwrap();
        assert!(left > 0, "{key} ends by itself");
    }
}
