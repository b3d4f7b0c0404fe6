//! A map whose entries end: the memory behind codes, sign-ins and counters.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::Timestamp;

/// A map of at most `limit` entries, each until its own moment. What has ended is never answered;
/// it is swept out when the map is full, and if nothing has ended then, the entry that ends first
/// makes room.
#[derive(Debug)]
pub(super) struct Expiring<K, V> {
    limit: usize,
    entries: HashMap<K, (V, Timestamp)>,
}

impl<K: Hash + Eq + Clone, V> Expiring<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            entries: HashMap::new(),
        }
    }

    pub(super) fn insert(&mut self, key: K, value: V, until: Timestamp, now: Timestamp) {
        if self.entries.len() >= self.limit {
            self.entries.retain(|_, (_, until)| *until > now);
        }
        if self.entries.len() >= self.limit {
            let first = self.entries.iter().min_by_key(|(_, (_, until))| *until);
            if let Some(key) = first.map(|(key, _)| key.clone()) {
                self.entries.remove(&key);
            }
        }
        self.entries.insert(key, (value, until));
    }

    pub(super) fn get(&self, key: &K, now: Timestamp) -> Option<&V> {
        self.entries
            .get(key)
            .filter(|(_, until)| *until > now)
            .map(|(value, _)| value)
    }

    pub(super) fn get_mut(&mut self, key: &K, now: Timestamp) -> Option<&mut V> {
        self.entries
            .get_mut(key)
            .filter(|(_, until)| *until > now)
            .map(|(value, _)| value)
    }

    pub(super) fn remove(&mut self, key: &K, now: Timestamp) -> Option<V> {
        self.entries
            .remove(key)
            .filter(|(_, until)| *until > now)
            .map(|(value, _)| value)
    }
}
