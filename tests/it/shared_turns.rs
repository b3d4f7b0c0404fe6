//! Turns in a Redis that servers share: they come to everybody, and first to whoever came first.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use futures_util::poll;
use wyvern::auth::records::RedisRecords;
use wyvern::clock::SystemClock;
use wyvern::provider::{SharedTurn, SharedTurns};

use crate::support::Redis;

const LONG: Duration = Duration::from_mins(1);

/// Turns in a Redis of their own.
struct Ground {
    turns: SharedTurns,
    _redis: Redis,
}

impl Ground {
    async fn new() -> Self {
        let redis = Redis::start();
        let records = RedisRecords::connect(&redis.url(), Arc::new(SystemClock)).await;
        let turns = SharedTurns::over(records.unwrap().connection());
        Self {
            turns,
            _redis: redis,
        }
    }

    async fn take(&self) -> SharedTurn {
        let turn = self.turns.take("a thing", LONG, LONG).await;
        turn.expect("it comes within a minute")
    }
}

#[tokio::test]
async fn whoever_comes_first_has_the_next_turn() {
    let (ground, order) = (Ground::new().await, Mutex::new(Vec::new()));
    let first = ground.take().await;
    let waiting = (0..8).map(async |number| {
        let _turn = ground.take().await;
        order.lock().unwrap().push(number);
    });
    let mut waiting = join_all(waiting);
    // Over one connection, they ask in this order, and before the turn is left.
    assert!(poll!(&mut waiting).is_pending());
    drop(first);
    waiting.await;
    assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[tokio::test]
async fn whoever_is_gone_holds_up_nobody_for_long() {
    let ground = Ground::new().await;
    let first = ground.take().await;
    // It has come into the line, and does not look again.
    let mut gone = pin!(ground.take());
    assert!(poll!(&mut gone).is_pending());
    drop(first);
    drop(ground.take().await);
}
