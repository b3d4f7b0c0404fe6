//! One at a time for each sign-in, within this server.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::SignInId;

type Turn = tokio::sync::Mutex<()>;

/// The turns that somebody holds or waits for, and no others.
#[derive(Debug, Default)]
pub(super) struct Turns(Mutex<HashMap<SignInId, Weak<Turn>>>);

impl Turns {
    /// The turn of this sign-in, to be waited for.
    pub(super) fn of(&self, id: &SignInId) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let waiting = turns.get(id).and_then(Weak::upgrade);
        waiting.unwrap_or_else(|| {
            let turn = Arc::default();
            turns.insert(id.clone(), Arc::downgrade(&turn));
            turn
        })
    }
}
