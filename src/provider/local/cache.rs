//! What has been read, kept within a bound: by commit, so that nothing here can grow stale.

use std::sync::Arc;

use bytes::Bytes;
use git2::Oid;
use moka::sync::Cache;

use super::tree::Found;
use crate::provider::bounded::bounded;
use crate::provider::{CommitId, Entry, FilePath};

/// Bytes of file contents, of folder listings and of path look-ups that are kept.
const BLOBS: u64 = 64 << 20;
const FOLDERS: u64 = 16 << 20;
const PATHS: u64 = 16 << 20;

/// A path in a commit of a repository.
pub(super) type Key = (u32, CommitId, FilePath);

/// The caches of a provider. Blobs and trees are found by their own id whatever the repository:
/// who holds the id got it from a path that they may read.
#[derive(Debug)]
pub(super) struct Caches {
    pub(super) paths: Cache<Key, Found>,
    pub(super) blobs: Cache<Oid, Bytes>,
    pub(super) folders: Cache<Oid, Arc<[Entry]>>,
}

impl Caches {
    pub(super) fn new() -> Self {
        Self {
            paths: bounded(PATHS, |(_, _, path): &Key, _| 160 + path.as_str().len()),
            blobs: bounded(BLOBS, |_, bytes: &Bytes| 100 + bytes.len()),
            folders: bounded(FOLDERS, |_, entries: &Arc<[Entry]>| {
                100 + entries.iter().map(|e| 40 + e.name.len()).sum::<usize>()
            }),
        }
    }
}
