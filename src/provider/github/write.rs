//! Committing: judged at the head of the branch, and made only where it still is the head.

use std::time::Duration;

use jiff::SignedDuration;

use super::heads::Key;
use super::look::{Found, Wanted};
use super::lost::Search;
use super::plan::plan;
use super::visit::Visit;
use crate::provider::expectation::There;
use crate::provider::{
    Action, Change, CommitError, CommitId, CommitRequest, Committed, ProviderError, Version,
};
use crate::random;

/// How often a commit is tried while others move the branch, and for how long.
const TRIES: u32 = 20;
const PATIENCE: SignedDuration = SignedDuration::from_secs(20);
/// How often it is sent when answers are lost.
const SENDINGS: u32 = 3;
/// How often it is sent again when somebody is told that they may not who may, and how long after.
const DOUBTS: u32 = 4;
const DOUBT: Duration = Duration::from_millis(250);

/// A commit on its way.
pub(super) struct Write<'v> {
    pub(super) visit: &'v Visit<'v>,
    pub(super) request: &'v CommitRequest,
    pub(super) key: Key,
    pub(super) refused: Option<Refused>,
    pub(super) lost: Option<Lost>,
    /// How often it was doubted that the person may not.
    doubts: u32,
    /// What was sent may still be looked for, but nothing is sent any more.
    over: bool,
}

/// What GitHub did not let us commit upon.
pub(super) struct Refused {
    pub(super) head: CommitId,
    /// What that means if it is still the head; `None` when GitHub says that it is not.
    pub(super) error: Option<ProviderError>,
}

/// Sendings without an answer.
pub(super) struct Lost {
    /// Where the branch stood; `None` when there was none.
    pub(super) base: Option<CommitId>,
    pub(super) cause: ProviderError,
    /// Whether GitHub itself said that it failed: it does not go on then.
    pub(super) ended: bool,
    pub(super) sendings: u32,
}

/// `None`: to be tried again.
pub(super) type Tried = Result<Option<Committed>, CommitError>;

impl Visit<'_> {
    /// See [`Provider::commit`](crate::provider::Provider::commit).
    pub(super) async fn commit(&self, request: &CommitRequest) -> Result<Committed, CommitError> {
        let mut write = Write {
            visit: self,
            request,
            key: self.key(&request.branch),
            refused: None,
            lost: None,
            doubts: 0,
            over: false,
        };
        let seen = write.prepare().await?;
        let _turn = self.github.turns.take(self.caller.id, &write.key).await?;
        let started = self.github.clock.now();
        let mut seen = seen.map(|head| self.github.heads.newest(&write.key, head, started));
        for attempt in 1..=TRIES {
            let tried = match seen.take() {
                Some(head) => write.guess(head).await,
                None => write.attempt().await,
            };
            if let Some(done) = tried? {
                return Ok(done);
            }
            let late = self.github.clock.now().duration_since(started) > PATIENCE;
            write.over = late || attempt + 1 == TRIES;
            pause(attempt).await;
        }
        Err(write.given_up())
    }
}

impl<'v> Write<'v> {
    /// Where the branch is seen, and, kept from now on, what is needed to judge there: nobody is held
    /// up by a reader, nor by who may not even read. `None` when there is no such branch.
    async fn prepare(&self) -> Result<Option<CommitId>, CommitError> {
        let (visit, now) = (self.visit, self.visit.github.clock.now());
        let head = match visit.github.heads.seen(visit.caller.id, &self.key, now) {
            Some(head) => head,
            None => match visit.resolve(&self.request.branch).await {
                Err(ProviderError::NotFound { what: "branch" }) => return Ok(None),
                head => head?,
            },
        };
        self.found(&head).await?;
        Ok(Some(head))
    }

    /// Tries on top of what was just seen, which saves a call. Nothing but GitHub's yes makes it
    /// true: whatever else it leads to must be found again at the head.
    async fn guess(&mut self, head: CommitId) -> Tried {
        match self.needed(&head).await {
            Ok(needed) if !needed.is_empty() => self.send(head, &needed).await,
            Err(CommitError::Provider(error)) => Err(error.into()),
            _ => Ok(None),
        }
    }

    async fn attempt(&mut self) -> Tried {
        let head = match self.visit.resolve(&self.request.branch).await {
            Err(ProviderError::NotFound { what: "branch" }) => return self.first().await,
            head => self.unless_lost(head)?,
        };
        if let Some(made) = self.search(&head).await? {
            return Ok(Some(made));
        }
        self.may_send(Some(&head)).await?;
        let needed = self.needed(&head).await?;
        if needed.is_empty() {
            return Ok(Some(self.committed(head)));
        }
        self.send(head, &needed).await
    }

    /// Our commit, if its answer was lost and it is on the branch.
    async fn search(&self, head: &CommitId) -> Tried {
        let Some(lost) = &self.lost else {
            return Ok(None);
        };
        if lost.base.as_ref() == Some(head) {
            return Ok(None);
        }
        let message = &self.request.message;
        let search = self.visit.search(message, head, lost.base.as_ref()).await;
        match self.unless_lost(search)? {
            Search::Made(commit) => Ok(Some(self.committed(commit))),
            Search::Absent => Ok(None),
            Search::Unclear => Err(CommitError::Unknown {
                source: "too much has been committed since".into(),
            }),
        }
    }

    /// Whether there is any use in sending it on top of this head.
    pub(super) async fn may_send(&mut self, head: Option<&CommitId>) -> Result<(), CommitError> {
        let sendings = self.lost.as_ref().map_or(0, |lost| lost.sendings);
        if self.over || sendings >= SENDINGS {
            return Err(self.given_up());
        }
        match self
            .refused
            .take()
            .filter(|refused| Some(&refused.head) == head)
        {
            Some(Refused {
                error: Some(error), ..
            }) => self.doubt(error).await,
            Some(Refused { error: None, .. }) => {
                // What we know of our own writes is older than what GitHub says.
                self.visit.github.heads.forget(&self.key);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Of those who may write, whoever loses a race is told that they may not, too, and reading the
    /// branch can lag behind the winner.
    async fn doubt(&mut self, error: ProviderError) -> Result<(), CommitError> {
        self.doubts += 1;
        if self.doubts > DOUBTS {
            return Err(error.into());
        }
        let about = self.unless_lost(self.visit.about().await)?;
        if about.archived || !about.permissions.push {
            return Err(error.into());
        }
        tokio::time::sleep(DOUBT).await;
        Ok(())
    }

    /// The changes that are to be made at this head, or what speaks against them.
    async fn needed(&self, head: &CommitId) -> Result<Vec<&'v Change>, CommitError> {
        plan(&self.request.changes, &self.found(head).await?)
    }

    async fn found(&self, head: &CommitId) -> Result<Found, CommitError> {
        let paths = self.request.changes.iter().map(|change| &change.path);
        let found = self.visit.look(head, paths, Wanted::Versions).await;
        self.unless_lost(found)
    }

    /// A failure to look something up, once an answer was lost, leaves open what was done.
    pub(super) fn unless_lost<T>(
        &self,
        answer: Result<T, ProviderError>,
    ) -> Result<T, CommitError> {
        answer.map_err(|error| match &self.lost {
            Some(_) => CommitError::Unknown {
                source: error.into(),
            },
            None => error.into(),
        })
    }

    /// The commit that holds the changes, and what is known of it now.
    pub(super) fn committed(&self, commit: CommitId) -> Committed {
        let version = |change: &Change| {
            // What is left where something is deleted was not seen: a parent may be a file.
            let Action::Put(bytes) = &change.action else {
                return None;
            };
            let version = Version::of(bytes);
            let there = There::File(version.clone());
            self.visit.keep(&commit, &change.path, &there, Some(bytes));
            Some(version)
        };
        let versions = self.request.changes.iter().map(version).collect();
        Committed { commit, versions }
    }

    fn given_up(&mut self) -> CommitError {
        match self.lost.take() {
            Some(Lost {
                cause, ended: true, ..
            }) => cause.into(),
            Some(Lost { cause, .. }) => CommitError::Unknown {
                source: cause.into(),
            },
            None => CommitError::Provider(ProviderError::Unavailable {
                reason: "Others are saving to this branch all the time.".to_owned(),
                source: None,
            }),
        }
    }
}

/// Waits a moment that nobody else waits: longer after more attempts, at most 400 ms.
async fn pause(attempt: u32) {
    let longest = (10_u64 << attempt.min(6)).min(400);
    tokio::time::sleep(Duration::from_millis(random::number() % longest)).await;
}
