//! Records in Redis: for servers that stand beside one another.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use jiff::Timestamp;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Cmd, FromRedisValue, RedisError, Script, cmd};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Records, RecordsError};
use crate::clock::Clock;

/// Begins each key, so that Redis can be shared with others.
const PREFIX: &str = "wyvern:";
/// To connect, and again for each answer: a request waits for this.
const PATIENCE: Duration = Duration::from_secs(1);
/// Compare and swap, in one step for all clients.
const REPLACE: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
";

/// Records in a Redis, which must be of version 6.2 or newer. When it is down each call fails, and
/// when it is back the next ones succeed.
pub struct RedisRecords {
    connection: ConnectionManager,
    replace: Script,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for RedisRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisRecords(redacted)")
    }
}

impl RedisRecords {
    /// Connects to `redis://[user:password@]host:port/database`.
    ///
    /// # Errors
    /// When the address is none, or nobody answers within a second or so. The address, which may
    /// hold a password, is not told.
    pub async fn connect(url: &SecretString, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let client = redis::Client::open(url.expose_secret())
            .context("sessions.redis_url is no address of a Redis that can be used")?;
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(0)
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let connection = ConnectionManager::new_with_config(client, config)
            .await
            .context("Redis (sessions.redis_url) does not answer")?;
        Ok(Self {
            connection,
            replace: Script::new(REPLACE),
            clock,
        })
    }

    /// The connection, for what else servers share.
    #[must_use]
    pub fn connection(&self) -> ConnectionManager {
        self.connection.clone()
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, RecordsError> {
        let mut connection = self.connection.clone();
        command.query_async(&mut connection).await.map_err(down)
    }

    /// The milliseconds that a record lives, at least one. Redis counts them itself: its clock and
    /// ours need not agree.
    fn life(&self, until: Timestamp) -> i64 {
        let left = until.duration_since(self.clock.now()).as_millis();
        i64::try_from(left).unwrap_or(i64::MAX).max(1)
    }

    fn set(&self, key: &str, value: &[u8], until: Timestamp) -> Cmd {
        let mut set = cmd("SET");
        set.arg(prefixed(key))
            .arg(value)
            .arg("PX")
            .arg(self.life(until));
        set
    }
}

fn prefixed(key: &str) -> String {
    format!("{PREFIX}{key}")
}

fn down(error: RedisError) -> RecordsError {
    RecordsError::Unavailable {
        source: Box::new(error),
    }
}

#[async_trait]
impl Records for RedisRecords {
    /// Asks again where the connection was lost, for the first call after a restart of Redis finds
    /// that out.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        let mut get = cmd("GET");
        get.arg(prefixed(key));
        match self.ask(&get).await {
            Err(RecordsError::Unavailable { .. }) => self.ask(&get).await,
            answered => answered,
        }
    }

    async fn put(&self, key: &str, value: &[u8], until: Timestamp) -> Result<(), RecordsError> {
        self.ask(&self.set(key, value, until)).await
    }

    async fn create(
        &self,
        key: &str,
        value: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        let made: Option<String> = self.ask(self.set(key, value, until).arg("NX")).await?;
        Ok(made.is_some())
    }

    async fn replace(
        &self,
        key: &str,
        old: &[u8],
        new: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        let mut connection = self.connection.clone();
        let mut call = self.replace.key(prefixed(key));
        call.arg(old).arg(new).arg(self.life(until));
        call.invoke_async(&mut connection).await.map_err(down)
    }

    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        self.ask(cmd("GETDEL").arg(prefixed(key))).await
    }

    async fn remove(&self, key: &str) -> Result<(), RecordsError> {
        self.ask(cmd("DEL").arg(prefixed(key))).await
    }

    fn sweep(&self) -> Vec<(String, Vec<u8>)> {
        Vec::new()
    }

    fn shared(&self) -> bool {
        true
    }
}
