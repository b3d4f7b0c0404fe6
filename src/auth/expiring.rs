//! A map whose entries end: the memory behind codes, sign-ins and counters.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use jiff::Timestamp;

/// A map of at most `limit` entries, each until its own moment. What has ended is answered by
/// [`sweep`](Self::sweep) alone; when the map is full, the entry that ends first makes room. Every
/// other call takes logarithmic time, since each request waits for some of these maps.
#[derive(Debug)]
pub(super) struct Expiring<K, V> {
    limit: usize,
    entries: HashMap<K, (V, Timestamp)>,
    /// The keys of `entries`, by when they end.
    ends: BTreeSet<(Timestamp, K)>,
}

impl<K: Hash + Ord + Clone, V> Expiring<K, V> {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            entries: HashMap::new(),
            ends: BTreeSet::new(),
        }
    }

    pub(super) fn insert(&mut self, key: K, value: V, until: Timestamp) {
        self.forget(&key);
        while self.entries.len() >= self.limit
            && let Some((_, first)) = self.ends.pop_first()
        {
            self.entries.remove(&first);
        }
        self.ends.insert((until, key.clone()));
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
        self.get(key, now)?;
        self.forget(key)
    }

    /// Removes what has ended, and answers it.
    pub(super) fn sweep(&mut self, now: Timestamp) -> Vec<(K, V)> {
        let mut swept = Vec::new();
        while self.ends.first().is_some_and(|(end, _)| *end <= now)
            && let Some((_, key)) = self.ends.pop_first()
        {
            let ended = self.entries.remove(&key);
            swept.extend(ended.map(|(value, _)| (key, value)));
        }
        swept
    }

    fn forget(&mut self, key: &K) -> Option<V> {
        let (key, (value, until)) = self.entries.remove_entry(key)?;
        self.ends.remove(&(until, key));
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    const LIMIT: usize = 8;

    proptest! {
        /// What is kept is what ends last of what has not ended, and a sweep answers all the rest.
        #[test]
        fn a_full_map_keeps_what_ends_last(
            steps in prop::collection::vec((0_u8..20, 1_u64..100, 0_u64..20, 0_u8..3), 1..80)
        ) {
            let mut now = Timestamp::UNIX_EPOCH;
            let mut map = Expiring::new(LIMIT);
            let mut kept: Vec<(Timestamp, u8, u64)> = Vec::new();
            for (key, life, later, step) in steps {
                now += Duration::from_secs(later);
                kept.retain(|(until, ..)| *until > now);
                if step == 0 {
                    let before = map.entries.len();
                    let swept = map.sweep(now);
                    prop_assert_eq!(before, swept.len() + kept.len());
                    prop_assert_eq!(map.entries.len(), kept.len());
                    continue;
                }
                kept.retain(|(_, held, _)| *held != key);
                if step == 1 {
                    map.remove(&key, now);
                } else {
                    kept.sort_unstable();
                    if kept.len() == LIMIT {
                        kept.remove(0);
                    }
                    let until = now + Duration::from_secs(life);
                    kept.push((until, key, life));
                    map.insert(key, life, until);
                }
                for key in 0..20 {
                    let held = kept.iter().find(|(_, held, _)| *held == key);
                    prop_assert_eq!(map.get(&key, now), held.map(|(_, _, value)| value));
                }
                prop_assert_eq!(map.entries.len(), map.ends.len());
                prop_assert!(map.entries.len() <= LIMIT);
            }
        }
    }
}
