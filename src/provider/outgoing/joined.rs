//! Equal calls at once are one call.

use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use jiff::{SignedDuration, Timestamp};
use url::Origin;

use super::identity::Question;
use super::in_use::InUse;
use super::{Answer, CallError};

/// A call that has been under way for longer is not joined: it has too little time left.
const FRESH: SignedDuration = SignedDuration::from_secs(2);

/// A call under way. Everybody who waits for it holds one of these; when nobody does, it ends.
pub(super) type Made = Shared<BoxFuture<'static, Result<Answer, CallError>>>;

/// The calls under way that others may join.
#[derive(Default)]
pub(super) struct Joined(Mutex<InUse<Question, UnderWay>>);

struct UnderWay {
    origin: Origin,
    begun: Timestamp,
    call: WeakShared<BoxFuture<'static, Result<Answer, CallError>>>,
}

/// A change under way at a server.
pub(super) struct Change<'a> {
    joined: &'a Joined,
    origin: Origin,
}

impl Joined {
    /// The call that asks this, and whether somebody else is making it; else `make` begins it.
    pub(super) fn join(
        &self,
        question: Question,
        origin: &Origin,
        now: Timestamp,
        make: impl FnOnce() -> BoxFuture<'static, Result<Answer, CallError>>,
    ) -> (Made, bool) {
        let mut calls = self.calls();
        let under_way = calls.get(&question);
        let fresh = under_way.filter(|call| now.duration_since(call.begun) <= FRESH);
        if let Some(call) = fresh.and_then(UnderWay::get) {
            return (call, true);
        }
        let begun = make().shared();
        if let Some(call) = begun.downgrade() {
            let call = UnderWay {
                origin: origin.clone(),
                begun: now,
                call,
            };
            calls.insert(question, call, |call| call.get().is_some());
        }
        (begun, false)
    }

    /// A change begins. When what this gives is dropped, whatever has become of the change, nobody
    /// joins a call any more that may have been answered before it: who changes something and then
    /// reads sees the change.
    pub(super) fn change(&self, origin: &Origin) -> Change<'_> {
        Change {
            joined: self,
            origin: origin.clone(),
        }
    }

    fn calls(&self) -> MutexGuard<'_, InUse<Question, UnderWay>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl UnderWay {
    /// An answer that is there already belongs to those who asked before it came.
    fn get(&self) -> Option<Made> {
        self.call.upgrade().filter(|made| made.peek().is_none())
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        let mut calls = self.joined.calls();
        calls.retain(|call| call.origin != self.origin);
    }
}
