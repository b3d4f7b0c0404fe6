//! Records in this process: the default, for one server.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;

use super::super::expiring::Expiring;
use super::{Records, RecordsError};
use crate::clock::Clock;

/// Records of one kind that are kept at once.
const EACH_MAX: usize = 100_000;

/// Records in memory. Each kind has a room of its own, so that a flood of one, which strangers can
/// cause, pushes out no other.
pub struct MemoryRecords {
    clock: Arc<dyn Clock>,
    limit: usize,
    kinds: Mutex<HashMap<String, Expiring<String, Vec<u8>>>>,
}

impl fmt::Debug for MemoryRecords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryRecords(redacted)")
    }
}

impl MemoryRecords {
    /// No records yet.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            limit: EACH_MAX,
            kinds: Mutex::default(),
        }
    }

    /// Runs `act` with the room of the key's kind, alone.
    fn within<T>(
        &self,
        key: &str,
        act: impl FnOnce(&mut Expiring<String, Vec<u8>>, Timestamp) -> T,
    ) -> T {
        let kind = key.split_once(':').map_or(key, |(kind, _)| kind);
        let mut kinds = self.kinds();
        let room = kinds
            .entry(kind.to_owned())
            .or_insert_with(|| Expiring::new(self.limit));
        act(room, self.clock.now())
    }

    fn kinds(&self) -> MutexGuard<'_, HashMap<String, Expiring<String, Vec<u8>>>> {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Records for MemoryRecords {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        Ok(self.within(key, |room, now| room.get(&key.to_owned(), now).cloned()))
    }

    async fn put(&self, key: &str, value: &[u8], until: Timestamp) -> Result<(), RecordsError> {
        self.within(key, |room, _| {
            room.insert(key.to_owned(), value.to_owned(), until);
        });
        Ok(())
    }

    async fn create(
        &self,
        key: &str,
        value: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        Ok(self.within(key, |room, now| {
            let free = room.get(&key.to_owned(), now).is_none();
            if free {
                room.insert(key.to_owned(), value.to_owned(), until);
            }
            free
        }))
    }

    async fn replace(
        &self,
        key: &str,
        old: &[u8],
        new: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        Ok(self.within(key, |room, now| {
            let same = room
                .get(&key.to_owned(), now)
                .is_some_and(|held| held == old);
            if same {
                room.insert(key.to_owned(), new.to_owned(), until);
            }
            same
        }))
    }

    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        Ok(self.within(key, |room, now| room.remove(&key.to_owned(), now)))
    }

    async fn remove(&self, key: &str) -> Result<(), RecordsError> {
        self.within(key, |room, now| room.remove(&key.to_owned(), now));
        Ok(())
    }

    fn sweep(&self) -> Vec<(String, Vec<u8>)> {
        let now = self.clock.now();
        let mut kinds = self.kinds();
        kinds
            .values_mut()
            .flat_map(|room| room.sweep(now))
            .collect()
    }

    fn shared(&self) -> bool {
        false
    }
}
