//! The repositories that people have just listed.
//!
//! A host tells them by the hundred, one page after another, and every page and every search of ours
//! is cut from the whole list. So the list is kept for a moment, for the one credential that it was
//! told to, and equal questions at once are one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use super::caller::Failure;
use crate::clock::Clock;
use crate::provider::Repository;
use crate::provider::kept::{CredentialId, bounded};

/// How long a list is good for. So long somebody may see a repository in it that they have lost, and
/// not see one that they have got.
const FRESH: SignedDuration = SignedDuration::from_secs(10);
/// Bytes that all lists may take.
const BYTES: u64 = 16 << 20;

type Outcome = Result<Arc<[Repository]>, Failure>;
type Asking = BoxFuture<'static, Outcome>;

/// The lists of all people.
pub(super) struct Listings {
    lists: Cache<CredentialId, Listed>,
    /// Questions that somebody waits for. When nobody does any more, they end.
    under_way: Mutex<HashMap<CredentialId, WeakShared<Asking>>>,
    clock: Arc<dyn Clock>,
}

#[derive(Clone)]
struct Listed {
    all: Arc<[Repository]>,
    at: Timestamp,
}

impl Listings {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let size = |_: &_, list: &Listed| {
            let names = list.all.iter().map(|one| 40 + one.name.as_str().len());
            200 + names.sum::<usize>()
        };
        Self {
            lists: bounded(BYTES, size),
            under_way: Mutex::default(),
            clock,
        }
    }

    /// All repositories that this credential is told: as it was just told them, or as `ask` asks for
    /// them, with everybody else who wants to know now. A failure is not kept.
    pub(super) async fn of(
        &self,
        who: CredentialId,
        ask: impl FnOnce() -> BoxFuture<'static, Result<Vec<Repository>, Failure>>,
    ) -> Outcome {
        let asking = {
            let mut under_way = self
                .under_way
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let asking = under_way.get(&who).and_then(WeakShared::upgrade);
            // One that has ended belongs to those who waited for it; what it heard is kept by now.
            let asking = asking.filter(|asking| asking.peek().is_none());
            if asking.is_none()
                && let Some(list) = self.fresh(&who)
            {
                return Ok(list);
            }
            asking.unwrap_or_else(|| {
                let asking = self.begin(who, ask());
                under_way.retain(|_, asking| asking.upgrade().is_some());
                under_way.extend(asking.downgrade().map(|asking| (who, asking)));
                asking
            })
        };
        asking.await
    }

    fn fresh(&self, who: &CredentialId) -> Option<Arc<[Repository]>> {
        let list = self.lists.get(who)?;
        let age = self.clock.now().duration_since(list.at);
        (age < FRESH).then_some(list.all)
    }

    fn begin(
        &self,
        who: CredentialId,
        asked: BoxFuture<'static, Result<Vec<Repository>, Failure>>,
    ) -> Shared<Asking> {
        let (lists, clock) = (self.lists.clone(), Arc::clone(&self.clock));
        let asking = async move {
            let all: Arc<[Repository]> = asked.await?.into();
            let at = clock.now();
            let listed = Listed {
                all: Arc::clone(&all),
                at,
            };
            lists.insert(who, listed);
            Ok(all)
        };
        asking.boxed().shared()
    }
}
