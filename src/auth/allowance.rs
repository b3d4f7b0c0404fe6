//! Tries that somebody has in a while, counted by whatever names them.

use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::expiring::Expiring;

/// Whose tries are counted at once. Beyond that the oldest are forgotten: memory has a bound.
const COUNTED_MAX: usize = 10_000;

/// At most so many tries for each key, from its first one on until a while has passed.
#[derive(Debug)]
pub struct Allowance<K> {
    tries: u32,
    window: Duration,
    /// For each key how many there were, and until when they count.
    spent: Mutex<Expiring<K, (u32, Timestamp)>>,
}

impl<K: Hash + Ord + Clone> Allowance<K> {
    /// So many `tries` in each `window`.
    #[must_use]
    pub fn new(tries: u32, window: Duration) -> Self {
        Self {
            tries,
            window,
            spent: Mutex::new(Expiring::new(COUNTED_MAX)),
        }
    }

    /// Counts a try before it is made, so that tries at once are no more than tries in turn.
    ///
    /// # Errors
    /// When there are none left: the moment from which on there are.
    pub fn spend(&self, key: &K, now: Timestamp) -> Result<(), Timestamp> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        match spent.get_mut(key, now) {
            Some((count, until)) if *count >= self.tries => return Err(*until),
            Some((count, _)) => *count += 1,
            None => {
                let until = now + self.window;
                spent.insert(key.clone(), (1, until), until);
            }
        }
        Ok(())
    }

    /// Takes the count of one try back.
    pub fn give_back(&self, key: &K, now: Timestamp) {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = spent.get_mut(key, now) {
            *count = count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn there_are_so_many_tries_in_a_window_for_each_key() {
        let allowance = Allowance::new(2, MINUTE);
        let start = Timestamp::UNIX_EPOCH;
        let (later, end) = (start + MINUTE / 2, start + MINUTE);
        assert_eq!(allowance.spend(&"a", start), Ok(()));
        assert_eq!(allowance.spend(&"a", later), Ok(()));
        assert_eq!(allowance.spend(&"a", later), Err(end));
        assert_eq!(allowance.spend(&"b", later), Ok(()));
        assert_eq!(allowance.spend(&"a", end), Ok(()));
    }

    #[test]
    fn a_try_that_is_given_back_was_none() {
        let allowance = Allowance::new(1, MINUTE);
        let now = Timestamp::UNIX_EPOCH;
        allowance.give_back(&1, now);
        assert_eq!(allowance.spend(&1, now), Ok(()));
        allowance.give_back(&1, now);
        allowance.give_back(&1, now);
        assert_eq!(allowance.spend(&1, now), Ok(()));
        assert_eq!(allowance.spend(&1, now), Err(now + MINUTE));
    }

    #[test]
    fn strangers_do_not_fill_the_memory() {
        let allowance = Allowance::new(1, MINUTE);
        let now = Timestamp::UNIX_EPOCH;
        for key in 0..=COUNTED_MAX {
            assert_eq!(allowance.spend(&key, now), Ok(()));
        }
        let spent = allowance.spent.lock().unwrap();
        let counted = (0..=COUNTED_MAX).filter(|key| spent.get(key, now).is_some());
        assert_eq!(counted.count(), COUNTED_MAX);
    }
}
