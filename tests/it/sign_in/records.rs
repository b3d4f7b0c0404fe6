//! Records keep what they are given, for one taker, in memory and in Redis.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use wyvern::auth::records::{MemoryRecords, Records, RecordsError, RedisRecords};
use wyvern::clock::Clock as _;

use crate::support::{Redis, SetClock};

const MINUTE: Duration = Duration::from_mins(1);

/// Both kinds of records, and what they stand on.
struct Ground {
    clock: Arc<SetClock>,
    redis: Redis,
    kinds: [Arc<dyn Records>; 2],
}

impl Ground {
    async fn new() -> Self {
        let (clock, redis) = (SetClock::new(), Redis::start());
        let in_redis = RedisRecords::connect(&redis.url(), clock.clone()).await;
        let memory = Arc::new(MemoryRecords::new(clock.clone()));
        let kinds: [Arc<dyn Records>; 2] = [memory, Arc::new(in_redis.unwrap())];
        Self {
            clock,
            redis,
            kinds,
        }
    }

    fn soon(&self) -> Timestamp {
        self.clock.now() + MINUTE
    }
}

#[tokio::test]
async fn what_is_put_is_there_until_it_is_removed() {
    let ground = Ground::new().await;
    for records in &ground.kinds {
        let until = ground.soon();
        assert_eq!(records.get("a:1").await.unwrap(), None);
        records.put("a:1", b"one\0\xff", until).await.unwrap();
        records.put("a:2", b"two", until).await.unwrap();
        assert_eq!(records.get("a:1").await.unwrap().unwrap(), b"one\0\xff");
        records.put("a:1", b"other", until).await.unwrap();
        assert_eq!(records.get("a:1").await.unwrap().unwrap(), b"other");
        records.remove("a:1").await.unwrap();
        records.remove("a:1").await.unwrap();
        assert_eq!(records.get("a:1").await.unwrap(), None);
        assert_eq!(records.get("a:2").await.unwrap().unwrap(), b"two");
    }
}

#[tokio::test]
async fn one_is_created_only_where_there_is_none_and_replaced_only_where_it_is_the_same() {
    let ground = Ground::new().await;
    for records in &ground.kinds {
        let until = ground.soon();
        assert!(records.create("a:1", b"one", until).await.unwrap());
        assert!(!records.create("a:1", b"two", until).await.unwrap());
        assert!(!records.replace("a:1", b"two", b"new", until).await.unwrap());
        assert_eq!(records.get("a:1").await.unwrap().unwrap(), b"one");
        assert!(records.replace("a:1", b"one", b"new", until).await.unwrap());
        assert_eq!(records.get("a:1").await.unwrap().unwrap(), b"new");
        assert!(!records.replace("a:9", b"", b"new", until).await.unwrap());
        assert_eq!(records.get("a:9").await.unwrap(), None);
    }
}

#[tokio::test]
async fn of_many_at_once_one_takes_one_creates_and_one_replaces() {
    let ground = Ground::new().await;
    for records in &ground.kinds {
        let until = ground.soon();
        let created = join_all((0..50).map(|_| records.create("a:1", b"one", until))).await;
        assert_eq!(count(created), 1, "created");
        let replacing = (0..50).map(async |n: u8| {
            let new = [n];
            records.replace("a:1", b"one", &new, until).await
        });
        assert_eq!(count(join_all(replacing).await), 1, "replaced");
        let taking = (0..50).map(async |_| records.take("a:1").await.map(|it| it.is_some()));
        assert_eq!(count(join_all(taking).await), 1, "taken");
        assert_eq!(records.get("a:1").await.unwrap(), None);
    }
}

fn count(won: Vec<Result<bool, RecordsError>>) -> usize {
    won.into_iter().filter(|won| *won.as_ref().unwrap()).count()
}

#[tokio::test]
async fn what_has_ended_is_not_there() {
    let ground = Ground::new().await;
    let [memory, in_redis] = &ground.kinds;
    memory.put("a:1", b"one", ground.soon()).await.unwrap();
    in_redis.put("a:1", b"one", ground.soon()).await.unwrap();
    let (until, later) = (ground.soon(), ground.soon() + MINUTE);
    assert!(in_redis.create("a:2", b"two", until).await.unwrap());
    assert!(in_redis.create("a:3", b"old", until).await.unwrap());
    assert!(
        in_redis
            .replace("a:3", b"old", b"new", later)
            .await
            .unwrap()
    );
    // Redis counts by its own clock, so what it was told is asked.
    for (key, most) in [("a:1", 60_000), ("a:2", 60_000), ("a:3", 120_000)] {
        let left = ground.redis.ask(&["PTTL", &format!("wyvern:{key}")]);
        let left: u64 = left.trim().parse().unwrap();
        assert!((most - 10_000..=most).contains(&left), "{key}: {left}");
    }
    ground.clock.advance(MINUTE);
    assert_eq!(memory.get("a:1").await.unwrap(), None);
    assert_eq!(memory.take("a:1").await.unwrap(), None);
    assert!(memory.create("a:1", b"new", ground.soon()).await.unwrap());
}

#[tokio::test]
async fn a_flood_of_one_kind_pushes_out_no_other() {
    let ground = Ground::new().await;
    let [memory, _] = &ground.kinds;
    let until = ground.soon();
    memory.put("quiet:1", b"kept", until).await.unwrap();
    for n in 0..100_001 {
        let later = until + Duration::from_millis(n);
        memory.put(&format!("flood:{n}"), b"", later).await.unwrap();
    }
    assert_eq!(memory.get("quiet:1").await.unwrap().unwrap(), b"kept");
    assert_eq!(memory.get("flood:0").await.unwrap(), None, "it ended first");
    assert!(memory.get("flood:1").await.unwrap().is_some());
}

#[tokio::test]
async fn a_redis_that_is_down_is_told_and_one_that_is_back_is_used() {
    let mut ground = Ground::new().await;
    let until = ground.soon();
    let [_, records] = &ground.kinds;
    records.put("a:1", b"one", until).await.unwrap();
    ground.redis.stop();
    assert!(records.get("a:1").await.is_err());
    assert!(records.take("a:1").await.is_err());
    assert!(records.create("a:1", b"", until).await.is_err());
    assert!(records.replace("a:1", b"one", b"", until).await.is_err());
    ground.redis.start_again();
    assert_eq!(records.get("a:1").await.unwrap(), None, "it holds nothing");
    records.put("a:1", b"two", until).await.unwrap();
    assert_eq!(records.get("a:1").await.unwrap().unwrap(), b"two");
}

#[tokio::test]
async fn a_redis_that_is_not_there_is_told_without_its_password() {
    let mut redis = Redis::start();
    let url = secrecy::ExposeSecret::expose_secret(&redis.url()).to_owned();
    redis.stop();
    let url = url.replace("redis://", "redis://someone:canary-password@");
    let refused = RedisRecords::connect(&url.into(), SetClock::new()).await;
    let told = format!("{:?}", refused.unwrap_err());
    assert!(
        told.starts_with("Redis (sessions.redis_url) does not answer"),
        "{told}"
    );
    assert!(!told.contains("canary"), "{told}");
    let refused = RedisRecords::connect(&"canary".into(), SetClock::new()).await;
    assert!(!format!("{:?}", refused.unwrap_err()).contains("canary"));
}

#[tokio::test]
async fn a_redis_that_is_to_be_spoken_to_over_tls_is_told_nothing_without_it() {
    let redis = Redis::start();
    let url = secrecy::ExposeSecret::expose_secret(&redis.url()).to_owned();
    let url = url.replace("redis://", "rediss://someone:canary-password@");
    let refused = RedisRecords::connect(&url.into(), SetClock::new()).await;
    let told = format!("{}", refused.unwrap_err());
    assert_eq!(told, "Redis (sessions.redis_url) does not answer");
    assert!(!redis.ask(&["INFO", "commandstats"]).contains("auth"));
}
