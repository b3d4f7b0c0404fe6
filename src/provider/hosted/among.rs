//! Turns among servers that stand beside one another: kept in the Redis that they share.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use redis::aio::ConnectionManager;
use redis::{RedisResult, Script};
use tokio::time::{sleep, timeout};

use crate::random;

/// Begins each key, so that Redis can be shared with others.
const PREFIX: &str = "wyvern:turn:";
/// Ends the key of those who wait for a turn.
const WAITING: &[u8] = b":waiting";
/// Between two looks, in milliseconds: any time up to this, so that those who wait do not look
/// together.
const LOOK: u64 = 20;
/// How long a turn is kept for whoever it has come to, in milliseconds. Who does not look for so
/// long is gone.
const GRACE: u64 = 2000;
/// Waits in line, and begins a turn that has come, in one step for all clients. A turn that nobody
/// has is kept for the next in line; if they are gone it comes to the one behind them.
const BEGIN: &str = r"
local turn, waiting, me = KEYS[1], KEYS[2], ARGV[1]
if redis.call('GET', turn) == me then return redis.call('PEXPIRE', turn, ARGV[2]) end
if not redis.call('LPOS', waiting, me) then redis.call('RPUSH', waiting, me) end
redis.call('PEXPIRE', waiting, ARGV[2])
if redis.call('EXISTS', turn) == 1 then return 0 end
local next = redis.call('LPOP', waiting)
local mine = next == me
redis.call('SET', turn, next, 'PX', mine and ARGV[2] or ARGV[3])
return mine and 1 or 0
";
/// Steps out of the line, and gives the turn to the next in it unless it is somebody else's by now.
const LEAVE: &str = r"
local turn, waiting, me = KEYS[1], KEYS[2], ARGV[1]
redis.call('LREM', waiting, 0, me)
if redis.call('GET', turn) ~= me then return 0 end
local next = redis.call('LPOP', waiting)
if not next then return redis.call('DEL', turn) end
redis.call('SET', turn, next, 'PX', ARGV[2])
return 1
";

/// The turns of all servers. Cheap to clone.
///
/// Whoever comes first has the next one, at whichever server: one that always has somebody waiting
/// would else keep out those of the others. It is a courtesy, and no lock: where Redis does not
/// answer, nobody waits.
#[derive(Clone)]
pub struct SharedTurns {
    connection: ConnectionManager,
    begin: Script,
    leave: Script,
}

/// A turn, or a place in the line for it. It ends when this is dropped, and by itself when its time
/// is over.
pub struct SharedTurn {
    turns: SharedTurns,
    /// A hash of the thing, whose name is nobody's business.
    key: Vec<u8>,
    waiting: Vec<u8>,
    holder: String,
}

impl fmt::Debug for SharedTurns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedTurns(redacted)")
    }
}

impl fmt::Debug for SharedTurn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SharedTurn(redacted)")
    }
}

impl SharedTurns {
    /// Over a connection to that Redis.
    #[must_use]
    pub fn over(connection: ConnectionManager) -> Self {
        Self {
            connection,
            begin: Script::new(BEGIN),
            leave: Script::new(LEAVE),
        }
    }

    /// Waits for the turn of this thing, at most for `patience`; it is held for `longest` at most.
    /// `None` when it did not come, or nobody knows whose it is.
    pub async fn take(
        &self,
        thing: &str,
        patience: Duration,
        longest: Duration,
    ) -> Option<SharedTurn> {
        let hash = digest(&SHA256, thing.as_bytes());
        let key = [PREFIX.as_bytes(), hash.as_ref()].concat();
        let turn = SharedTurn {
            turns: self.clone(),
            waiting: [&key, WAITING].concat(),
            key,
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
        let longest = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX);
        let mut begin = self.turns.begin.key(&self.key);
        begin.key(&self.waiting).arg(&self.holder).arg(longest);
        begin.arg(GRACE).invoke_async(&mut connection).await
    }
}

impl Drop for SharedTurn {
    fn drop(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let mut connection = self.turns.connection.clone();
        let script = self.turns.leave.clone();
        let (key, waiting) = (self.key.clone(), self.waiting.clone());
        let holder = self.holder.clone();
        runtime.spawn(async move {
            let mut leave = script.key(key);
            leave.key(waiting).arg(holder).arg(GRACE);
            let left: RedisResult<i64> = leave.invoke_async(&mut connection).await;
            left.ok();
        });
    }
}
