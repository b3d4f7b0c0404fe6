//! A map of what is in use; the rest is swept out as it grows.

use std::collections::HashMap;
use std::hash::Hash;

/// So many entries are not worth a sweep.
const FEW: usize = 64;

/// A map that is never more than about twice as large as what is in use.
pub(in crate::provider) struct InUse<K, V> {
    entries: HashMap<K, V>,
    sweep_at: usize,
}

impl<K, V> Default for InUse<K, V> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            sweep_at: FEW,
        }
    }
}

impl<K: Hash + Eq, V> InUse<K, V> {
    pub(in crate::provider) fn get(&self, key: &K) -> Option<&V> {
        self.entries.get(key)
    }

    pub(in crate::provider) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.entries.get_mut(key)
    }

    /// Adds an entry; when there have become many, those that are not used go.
    pub(in crate::provider) fn insert(&mut self, key: K, value: V, is_used: impl Fn(&V) -> bool) {
        if self.entries.len() >= self.sweep_at {
            self.entries.retain(|_, value| is_used(value));
            self.sweep_at = FEW.max(2 * self.entries.len());
        }
        self.entries.insert(key, value);
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&V) -> bool) {
        self.entries.retain(|_, value| keep(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_used_goes_and_what_is_used_stays() {
        let mut map = InUse::default();
        for number in 0..10_000_u32 {
            map.insert(number, number, |value| value % 100 == 0);
        }
        assert!(
            (100..=264).contains(&map.entries.len()),
            "{}",
            map.entries.len()
        );
        assert!((0..100).all(|hundred| map.get(&(hundred * 100)) == Some(&(hundred * 100))));
    }
}
