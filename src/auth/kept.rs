//! Records of one kind, as values.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::records::{Records, RecordsError};

/// The records of a kind.
pub(super) struct Kept<T> {
    kind: &'static str,
    records: Arc<dyn Records>,
    of: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// A value, with the bytes that it was read from, by which it is replaced.
pub(super) struct Found<T> {
    pub(super) value: T,
    bytes: Zeroizing<Vec<u8>>,
}

impl<T: Serialize + DeserializeOwned + Send + Sync> Kept<T> {
    pub(super) fn new(kind: &'static str, records: Arc<dyn Records>) -> Self {
        Self {
            kind,
            records,
            of: PhantomData,
        }
    }

    pub(super) async fn get(&self, name: &str) -> Result<Option<Found<T>>, RecordsError> {
        let bytes = self.records.get(&self.key(name)).await?;
        Ok(bytes.and_then(read))
    }

    pub(super) async fn put(
        &self,
        name: &str,
        value: &T,
        until: Timestamp,
    ) -> Result<(), RecordsError> {
        let bytes = written(value);
        self.records.put(&self.key(name), &bytes, until).await
    }

    /// `None` when there is one already.
    pub(super) async fn create(
        &self,
        name: &str,
        value: T,
        until: Timestamp,
    ) -> Result<Option<Found<T>>, RecordsError> {
        let (key, bytes) = (self.key(name), written(&value));
        let created = self.records.create(&key, &bytes, until).await?;
        Ok(created.then_some(Found { value, bytes }))
    }

    /// `None` when it is not what was found any more.
    pub(super) async fn replace(
        &self,
        name: &str,
        found: &Found<T>,
        value: T,
        until: Timestamp,
    ) -> Result<Option<Found<T>>, RecordsError> {
        let (key, bytes) = (self.key(name), written(&value));
        let records = &self.records;
        let replaced = records.replace(&key, &found.bytes, &bytes, until).await?;
        Ok(replaced.then_some(Found { value, bytes }))
    }

    /// Gets it and removes it, for one caller only.
    pub(super) async fn take(&self, name: &str) -> Result<Option<T>, RecordsError> {
        let bytes = self.records.take(&self.key(name)).await?;
        Ok(bytes.and_then(read).map(|found| found.value))
    }

    /// Removes it, where it is still what was found: a record that ends `now` is not there.
    pub(super) async fn end(
        &self,
        name: &str,
        found: &Found<T>,
        now: Timestamp,
    ) -> Result<bool, RecordsError> {
        let (key, bytes) = (self.key(name), &found.bytes);
        self.records.replace(&key, bytes, bytes, now).await
    }

    /// A swept record, if it is of this kind.
    pub(super) fn swept(&self, key: &str, bytes: &[u8]) -> Option<T> {
        let (kind, _) = key.split_once(':')?;
        let found = (kind == self.kind).then(|| read(bytes.to_owned()))?;
        found.map(|found| found.value)
    }

    fn key(&self, name: &str) -> String {
        format!("{}:{name}", self.kind)
    }
}

/// What another version of the server has written may not be readable: it is as good as gone.
fn read<T: DeserializeOwned>(bytes: Vec<u8>) -> Option<Found<T>> {
    let bytes = Zeroizing::new(bytes);
    let value = serde_json::from_slice(&bytes).ok()?;
    Some(Found { value, bytes })
}

fn written<T: Serialize>(value: &T) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(serde_json::to_vec(value).expect("records are plain text"))
}

/// The name of a record that belongs to a secret: who reads the names of records cannot show it.
pub(super) fn name_of(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, secret.as_bytes()))
}
