//! Caches that take a known amount of memory.

use std::hash::Hash;

use moka::sync::Cache;

/// A cache of so many bytes, each entry of which takes what `size` says.
pub(super) fn bounded<K, V>(
    bytes: u64,
    size: impl Fn(&K, &V) -> usize + Send + Sync + 'static,
) -> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(bytes)
        .weigher(move |key, value| u32::try_from(size(key, value)).unwrap_or(u32::MAX))
        .build()
}
