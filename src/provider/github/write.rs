//! Committing: judged at the head of the branch, and made only where it still is the head.

use std::time::Duration;

use jiff::SignedDuration;

use super::heads::Key;
use super::look::Wanted;
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

/// A commit on its way.
pub(super) struct Write<'v> {
    pub(super) visit: &'v Visit<'v>,
    pub(super) request: &'v CommitRequest,
    pub(super) key: Key,
    pub(super) refused: Option<Refused>,
    pub(super) lost: Option<Lost>,
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
        let key = self.key(&request.branch);
        let _turn = self.github.turns.take(&key).await?;
        let started = self.github.clock.now();
        let mut seen = self.github.heads.seen(self.caller.id, &key, started);
        let mut write = Write {
            visit: self,
            request,
            key,
            refused: None,
            lost: None,
            over: false,
        };
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
        self.may_send(Some(&head))?;
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
    pub(super) fn may_send(&mut self, head: Option<&CommitId>) -> Result<(), CommitError> {
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
            }) => Err(error.into()),
            Some(Refused { error: None, .. }) => {
                // What we know of our own writes is older than what GitHub says.
                self.visit.github.heads.forget(&self.key);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The changes that are to be made at this head, or what speaks against them.
    async fn needed(&self, head: &CommitId) -> Result<Vec<&'v Change>, CommitError> {
        let paths = self.request.changes.iter().map(|change| &change.path);
        let found = self.visit.look(head, paths, Wanted::Versions).await;
        plan(&self.request.changes, &self.unless_lost(found)?)
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
            let (version, bytes) = match &change.action {
                Action::Put(bytes) => (Some(Version::of(bytes)), Some(bytes)),
                Action::Delete => (None, None),
            };
            let there = version.clone().map_or(There::Nothing, There::File);
            self.visit.keep(&commit, &change.path, &there, bytes);
            version
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
