//! One at a time for each of many things, within this server.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};

type Turn = tokio::sync::Mutex<()>;

/// The turns that somebody holds or waits for, and no others.
#[derive(Debug)]
pub(crate) struct Turns<K>(Mutex<HashMap<K, Weak<Turn>>>);

impl<K> Default for Turns<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash> Turns<K> {
    /// The turn of this thing, to be waited for: whoever comes first has it first.
    pub(crate) fn of(&self, thing: &K) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let waiting = turns.get(thing).and_then(Weak::upgrade);
        waiting.unwrap_or_else(|| {
            let turn = Arc::default();
            turns.insert(thing.clone(), Arc::downgrade(&turn));
            turn
        })
    }
}
