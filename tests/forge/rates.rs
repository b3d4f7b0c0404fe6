//! How many calls each person has left.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use wyvern::clock::Clock;

/// So many that no test meets it by chance: a server of one's own has no limit unless it is set.
const LIMIT: u32 = 1_000_000;
const WINDOW: Duration = Duration::from_hours(1);

/// Where somebody stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    pub(crate) reset: Timestamp,
}

/// Everybody's calls.
pub(crate) struct Rates {
    clock: Arc<dyn Clock>,
    by_login: Mutex<HashMap<String, Rate>>,
}

impl Rates {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            by_login: Mutex::default(),
        }
    }

    pub(crate) fn set(&self, login: &str, remaining: u32, reset: Timestamp) {
        let rate = Rate {
            limit: LIMIT,
            remaining,
            reset,
        };
        self.by_login.lock().unwrap().insert(login.to_owned(), rate);
    }

    /// Where they stand now.
    pub(crate) fn of(&self, login: &str) -> Rate {
        let now = self.clock.now();
        let mut rates = self.by_login.lock().unwrap();
        let fresh = Rate {
            limit: LIMIT,
            remaining: LIMIT,
            reset: now + WINDOW,
        };
        let rate = rates.entry(login.to_owned()).or_insert(fresh);
        if rate.reset <= now {
            *rate = fresh;
        }
        *rate
    }

    /// Counts a call.
    pub(crate) fn count(&self, login: &str) {
        let mut rate = self.of(login);
        rate.remaining = rate.remaining.saturating_sub(1);
        self.by_login.lock().unwrap().insert(login.to_owned(), rate);
    }
}
