//! Turns among servers that stand beside one another: kept in the Redis that they share.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use redis::aio::ConnectionManager;
use redis::{RedisResult, Script, cmd};
use tokio::time::{sleep, timeout};

use crate::random;

/// Begins each key, so that Redis can be shared with others.
const PREFIX: &str = "wyvern:turn:";
/// Between two looks, in milliseconds: any time up to this, so that those who wait do not look
/// together.
const LOOK: u64 = 20;
/// Ends a turn unless it is somebody else's by now, in one step for all clients.
const LEAVE: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
";

/// The turns of all servers. It is a courtesy, and no lock: where Redis does not answer, nobody
/// waits. Cheap to clone.
#[derive(Clone)]
pub struct SharedTurns {
    connection: ConnectionManager,
    leave: Script,
}

/// A turn. It ends when this is dropped, and by itself when its time is over.
pub(crate) struct SharedTurn {
    turns: SharedTurns,
    /// A hash of the thing, whose name is nobody's business.
    key: Vec<u8>,
    holder: String,
}

impl fmt::Debug for SharedTurns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedTurns(redacted)")
    }
}

impl SharedTurns {
    /// Over a connection to that Redis.
    pub(crate) fn over(connection: ConnectionManager) -> Self {
        let leave = Script::new(LEAVE);
        Self { connection, leave }
    }

    /// Waits for the turn of this thing, at most for `patience`; it is held for `longest` at most.
    /// `None` when it did not come, or nobody knows whose it is.
    pub(crate) async fn take(
        &self,
        thing: &str,
        patience: Duration,
        longest: Duration,
    ) -> Option<SharedTurn> {
        let turn = SharedTurn {
            turns: self.clone(),
            key: [
                PREFIX.as_bytes(),
                digest(&SHA256, thing.as_bytes()).as_ref(),
            ]
            .concat(),
            holder: random::text::<16>(),
        };
        let wait = async {
            while !turn.begin(longest).await.ok()? {
                sleep(Duration::from_millis(1 + random::number() % LOOK)).await;
            }
            Some(())
        };
        // Dropped unheld, it leaves all the same: an answer may have come too late.
        timeout(patience, wait).await.ok().flatten()?;
        Some(turn)
    }
}

impl SharedTurn {
    async fn begin(&self, longest: Duration) -> RedisResult<bool> {
        let mut connection = self.turns.connection.clone();
        let mut set = cmd("SET");
        set.arg(&self.key).arg(&self.holder).arg("NX").arg("PX");
        let longest = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX);
        let begun: Option<String> = set.arg(longest).query_async(&mut connection).await?;
        Ok(begun.is_some())
    }
}

impl Drop for SharedTurn {
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let mut connection = self.turns.connection.clone();
        let (leave, key, holder) = (
            self.turns.leave.clone(),
            self.key.clone(),
            self.holder.clone(),
        );
        runtime.spawn(async move {
            let left: RedisResult<i64> = leave
                .key(key)
                .arg(holder)
                .invoke_async(&mut connection)
                .await;
            left.ok();
        });
    }
}
