//! Records: what every replica of the server must know, each until its own moment.

mod memory;
mod redis;
mod sealed;

use std::fmt::Debug;

use async_trait::async_trait;
use jiff::Timestamp;
use thiserror::Error;

pub use memory::MemoryRecords;
pub use redis::RedisRecords;
pub(super) use sealed::SealedRecords;

/// Why the records could not be asked. It never means that somebody is not signed in.
#[derive(Debug, Error)]
pub enum RecordsError {
    /// They cannot be reached now.
    #[error("the records of sign-ins cannot be reached")]
    Unavailable {
        /// The cause beneath.
        #[source]
        source: crate::provider::Cause,
    },
}

/// A place for small records. A key is `kind:name`; a record that has ended is not there.
#[async_trait]
pub trait Records: Debug + Send + Sync {
    /// The record under this key.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError>;

    /// Keeps a record until a moment, whatever was there.
    async fn put(&self, key: &str, value: &[u8], until: Timestamp) -> Result<(), RecordsError>;

    /// Keeps a record where there is none; `false` when there is one already.
    async fn create(&self, key: &str, value: &[u8], until: Timestamp)
    -> Result<bool, RecordsError>;

    /// Keeps `new` where `old` is; `false` when it is not `old` any more.
    async fn replace(
        &self,
        key: &str,
        old: &[u8],
        new: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError>;

    /// Gets a record and removes it, for one caller only.
    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError>;

    /// Removes a record, if there is one.
    async fn remove(&self, key: &str) -> Result<(), RecordsError>;

    /// Removes what has ended, and answers it with its keys: nothing, where records end unseen.
    fn sweep(&self) -> Vec<(String, Vec<u8>)>;

    /// Whether other servers see the same records: then what is not there has ended.
    fn shared(&self) -> bool;
}
