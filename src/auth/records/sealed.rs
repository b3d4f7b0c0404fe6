//! Records whose bytes only the key ring can read.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use super::super::vault::{Purpose, Vault};
use super::{Records, RecordsError};

/// Seals what goes into other records, for the very key that it is kept under: whoever writes into
/// them can move no record to another place, and make none. One that no key opens is not there.
#[derive(Debug)]
pub(in super::super) struct SealedRecords {
    vault: Arc<Vault>,
    records: Arc<dyn Records>,
}

impl SealedRecords {
    pub(in super::super) fn new(vault: Arc<Vault>, records: Arc<dyn Records>) -> Self {
        Self { vault, records }
    }

    fn seal(&self, key: &str, plain: &[u8]) -> Vec<u8> {
        self.vault.seal(Purpose::Record(key), plain).into_bytes()
    }

    fn open(&self, key: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let sealed = str::from_utf8(sealed).ok()?;
        let plain = self.vault.open(Purpose::Record(key), sealed);
        plain.map(|plain| plain.to_vec())
    }
}

#[async_trait]
impl Records for SealedRecords {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        let sealed = self.records.get(key).await?;
        Ok(sealed.and_then(|sealed| self.open(key, &sealed)))
    }

    async fn put(&self, key: &str, value: &[u8], until: Timestamp) -> Result<(), RecordsError> {
        self.records.put(key, &self.seal(key, value), until).await
    }

    async fn create(
        &self,
        key: &str,
        value: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        let sealed = self.seal(key, value);
        self.records.create(key, &sealed, until).await
    }

    /// The same plain bytes are sealed differently each time, so what is compared is looked up.
    async fn replace(
        &self,
        key: &str,
        old: &[u8],
        new: &[u8],
        until: Timestamp,
    ) -> Result<bool, RecordsError> {
        let Some(sealed) = self.records.get(key).await? else {
            return Ok(false);
        };
        if self.open(key, &sealed).as_deref() != Some(old) {
            return Ok(false);
        }
        let new = self.seal(key, new);
        self.records.replace(key, &sealed, &new, until).await
    }

    async fn take(&self, key: &str) -> Result<Option<Vec<u8>>, RecordsError> {
        let sealed = self.records.take(key).await?;
        Ok(sealed.and_then(|sealed| self.open(key, &sealed)))
    }

    async fn remove(&self, key: &str) -> Result<(), RecordsError> {
        self.records.remove(key).await
    }

    fn sweep(&self) -> Vec<(String, Vec<u8>)> {
        let open = |(key, sealed): (String, Vec<u8>)| {
            let plain = self.open(&key, &sealed)?;
            Some((key, plain))
        };
        self.records.sweep().into_iter().filter_map(open).collect()
    }

    fn shared(&self) -> bool {
        self.records.shared()
    }
}
