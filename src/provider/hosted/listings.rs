//! The repositories of people, as they have just been told them.
//!
//! A host tells them by the hundred, one page after another, and every page and every search of ours
//! is cut from the whole list. So the list is kept for a moment, for the one credential that it was
//! told to, and equal questions at once are one.

use std::collections::HashMap;
use std::fmt::{self, Debug};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use jiff::{SignedDuration, Timestamp};
use moka::sync::Cache;

use super::kept::CredentialId;
use super::memory::Memory;
use super::refusal::Failure;
use crate::clock::Clock;
use crate::provider::bounded::bounded;
use crate::provider::search::finds;
use crate::provider::{Page, PageNumber, ProviderError, Repository};

/// Repositories on one page of ours.
const LISTED: usize = 100;
/// How long a list is good for. So long somebody may see a repository in it that they have lost, and
/// not see one that they have got.
const FRESH: SignedDuration = SignedDuration::from_secs(10);
/// Bytes that all lists may take.
const BYTES: u64 = 16 << 20;

/// A host being asked for all repositories of somebody, in whatever order.
pub(in crate::provider) type Asked = BoxFuture<'static, Result<Vec<Repository>, Failure>>;
type Outcome = Result<Arc<[Repository]>, Failure>;
type UnderWay = BoxFuture<'static, Outcome>;

/// The lists of all people.
pub(super) struct Listings {
    lists: Cache<CredentialId, Listed>,
    /// Questions that somebody waits for. When nobody does any more, they end.
    under_way: Mutex<HashMap<CredentialId, WeakShared<UnderWay>>>,
    clock: Arc<dyn Clock>,
}

#[derive(Clone)]
struct Listed {
    all: Arc<[Repository]>,
    at: Timestamp,
}

impl Memory {
    /// See [`Provider::repositories`](crate::provider::Provider::repositories). What a host's own
    /// search finds is not what we promise, so that it is made here, in all that there are.
    pub(in crate::provider) async fn repositories(
        &self,
        who: CredentialId,
        query: Option<&str>,
        page: PageNumber,
        ask: impl FnOnce() -> Asked,
    ) -> Result<Page<Repository>, ProviderError> {
        let all = self.listings.of(who, ask).await;
        let all = all.map_err(|failure| self.ways.told(failure, self.clock.now()))?;
        let finds = finds(query);
        let wanted = |one: &&Repository| finds(one.name.as_str());
        let found = all.iter().filter(wanted).cloned().collect();
        Ok(Page::cut(found, page, LISTED))
    }
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

    /// All repositories of whoever has this credential, by name: as they were just told, or as `ask`
    /// asks for them, together with everybody else who wants to know now. A failure is told to all
    /// who wait, and not kept.
    async fn of(&self, who: CredentialId, ask: impl FnOnce() -> Asked) -> Outcome {
        let asking = {
            let under_way = self.under_way.lock();
            let mut under_way = under_way.unwrap_or_else(PoisonError::into_inner);
            let asking = under_way.get(&who).and_then(WeakShared::upgrade);
            // One that has ended belongs to those who waited for it; what it heard is kept by now.
            let asking = asking.filter(|asking| asking.peek().is_none());
            if asking.is_none()
                && let Some(all) = self.fresh(&who)
            {
                return Ok(all);
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

    fn begin(&self, who: CredentialId, asked: Asked) -> Shared<UnderWay> {
        let (lists, clock) = (self.lists.clone(), Arc::clone(&self.clock));
        let asking = async move {
            let mut all = asked.await?;
            // Pages that were read one after another may show one twice.
            all.sort_by(|a, b| a.name.cmp(&b.name));
            all.dedup_by(|a, b| a.name == b.name);
            let all: Arc<[_]> = all.into();
            let (kept, at) = (Arc::clone(&all), clock.now());
            lists.insert(who, Listed { all: kept, at });
            Ok(all)
        };
        asking.boxed().shared()
    }
}

impl Debug for Listings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listings").finish_non_exhaustive()
    }
}
