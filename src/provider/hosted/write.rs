//! Committing: judged at the head of the branch, and made only where that still holds.

use std::time::Duration;

use jiff::SignedDuration;

use super::desk::{Desk, Letter, Made, Unsent};
use super::heads::Key;
use super::lost::{Search, search};
use super::memory::Memory;
use super::plan::{Found, plan};
use super::refusal::{Failure, Verdict};
use crate::provider::expectation::{There, is_left};
use crate::provider::{
    Action, Cause, Change, CommitError, CommitId, CommitRequest, Committed, ProviderError, Version,
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
struct Write<'v, D> {
    desk: &'v D,
    memory: &'v Memory,
    request: &'v CommitRequest,
    key: Key,
    refused: Option<Refused>,
    lost: Option<Lost>,
    /// How often it was doubted that the person may not.
    doubts: u32,
    /// What was sent may still be looked for, but nothing is sent any more.
    over: bool,
}

/// What the host did not let us commit upon.
struct Refused {
    head: CommitId,
    /// What that means if it is still the head; `None` when the host says that it is not.
    error: Option<ProviderError>,
}

/// Sendings without an answer.
struct Lost {
    /// Where the branch stood; `None` when there was none.
    base: Option<CommitId>,
    cause: ProviderError,
    /// Whether the host itself said that it failed: it does not go on then.
    ended: bool,
    sendings: u32,
}

/// `None`: to be tried again.
type Tried = Result<Option<Committed>, CommitError>;

/// Makes the commit: see [`Provider::commit`](crate::provider::Provider::commit).
pub(in crate::provider) async fn commit(
    desk: &impl Desk,
    request: &CommitRequest,
) -> Result<Committed, CommitError> {
    let standing = desk.standing();
    let memory = standing.memory;
    let mut write = Write {
        desk,
        memory,
        request,
        key: standing.key(&request.branch),
        refused: None,
        lost: None,
        doubts: 0,
        over: false,
    };
    let seen = write.prepare().await?;
    let _turn = memory.turns.take(standing.who, &write.key).await?;
    let started = memory.clock.now();
    let mut seen = seen.map(|head| memory.heads.newest(&write.key, head, started));
    for attempt in 1..=TRIES {
        let tried = match seen.take() {
            Some(head) => write.guess(head).await,
            None => write.attempt().await,
        };
        if let Some(done) = tried? {
            return Ok(done);
        }
        let late = memory.clock.now().duration_since(started) > PATIENCE;
        write.over = late || attempt + 1 == TRIES;
        pause(attempt).await;
    }
    Err(write.given_up())
}

impl<'v, D: Desk> Write<'v, D> {
    /// Where the branch is seen, and, kept from now on, what is needed to judge there: nobody is held
    /// up by a reader, nor by who may not even read. `None` when there is no such branch.
    async fn prepare(&self) -> Result<Option<CommitId>, CommitError> {
        let (who, now) = (self.desk.standing().who, self.memory.clock.now());
        let head = match self.memory.heads.seen(who, &self.key, now) {
            Some(head) => head,
            None => match self.desk.resolve(&self.request.branch).await {
                Err(ProviderError::NotFound { what: "branch" }) => return Ok(None),
                head => head?,
            },
        };
        self.found(&head).await?;
        Ok(Some(head))
    }

    /// Tries on top of what was just seen, which saves a call. Nothing but the host's yes makes it
    /// true: whatever else it leads to must be found again at the head.
    async fn guess(&mut self, head: CommitId) -> Tried {
        let found = self.found(&head).await?;
        match plan(&self.request.changes, &found) {
            Ok(needed) if !needed.is_empty() => self.send(Some(head), &needed, &found).await,
            _ => Ok(None),
        }
    }

    async fn attempt(&mut self) -> Tried {
        let head = match self.desk.resolve(&self.request.branch).await {
            Err(ProviderError::NotFound { what: "branch" }) => return self.first().await,
            head => self.unless_lost(head)?,
        };
        if let Some(made) = self.search(&head).await? {
            return self.settled(made).await;
        }
        self.may_send(Some(&head)).await?;
        let found = self.found(&head).await?;
        let needed = plan(&self.request.changes, &found)?;
        if needed.is_empty() {
            return Ok(Some(self.committed(head)));
        }
        self.send(Some(head), &needed, &found).await
    }

    /// Commits where there is no such branch: that must be because there is no branch at all.
    async fn first(&mut self) -> Tried {
        let absent = || CommitError::from(ProviderError::NotFound { what: "branch" });
        let default = self.unless_lost(self.desk.default_branch().await)?;
        let is_default = default.is_none_or(|name| name == self.request.branch.as_str());
        if !is_default || !self.unless_lost(self.desk.all_branches().await)?.is_empty() {
            return Err(absent());
        }
        self.may_send(None).await?;
        let found = Found::new();
        let needed = plan(&self.request.changes, &found)?;
        if needed.is_empty() {
            return Err(absent());
        }
        self.send(None, &needed, &found).await
    }

    async fn send(
        &mut self,
        head: Option<CommitId>,
        needed: &[&'v Change],
        found: &Found,
    ) -> Tried {
        let letter = Letter {
            branch: &self.request.branch,
            head: head.as_ref(),
            changes: needed,
            message: &self.request.message,
            there: found,
        };
        let made = match self.desk.send(&letter).await {
            Ok(made) => made,
            Err(Unsent::Failed(failure)) => return self.failed(head, failure),
            Err(Unsent::Error(error)) => return self.unless_lost(Err(error)),
        };
        if made.parent.is_some() && made.parent != head {
            return self.settled(made).await;
        }
        if let Some(head) = head {
            self.moved(head, &made.commit);
        }
        Ok(Some(self.committed(made.commit)))
    }

    /// Our commit, if its answer was lost and it is on the branch.
    async fn search(&self, head: &CommitId) -> Result<Option<Made>, CommitError> {
        let Some(lost) = &self.lost else {
            return Ok(None);
        };
        if lost.base.as_ref() == Some(head) {
            return Ok(None);
        }
        let message = &self.request.message;
        let search = search(self.desk, message, head, lost.base.as_ref()).await;
        match self.unless_lost(search)? {
            Search::Made(made) => Ok(Some(made)),
            Search::Absent => Ok(None),
            Search::Unclear => Err(CommitError::Unknown {
                source: "too much has been committed since".into(),
            }),
        }
    }

    /// A commit that stands elsewhere than it was asked for: it counts where the changes are right
    /// there, too. Where they are not it has hidden what somebody else did; that comes to light
    /// again, and ours is judged anew.
    async fn settled(&mut self, made: Made) -> Tried {
        // The one sending was for there. One of several may have been for elsewhere.
        let lost = self.lost.as_ref().filter(|lost| lost.sendings == 1);
        let judged = lost.and_then(|lost| lost.base.as_ref());
        let parent = match &made.parent {
            Some(parent) if Some(parent) != judged => parent,
            _ => return Ok(Some(self.committed(made.commit))),
        };
        let there = self.found(parent).await.map_err(unsettled)?;
        if plan(&self.request.changes, &there).is_ok() && self.is_whole(&made.commit).await? {
            self.moved(parent.clone(), &made.commit);
            return Ok(Some(self.committed(made.commit)));
        }
        let all: Vec<_> = self.request.changes.iter().collect();
        let letter = Letter {
            branch: &self.request.branch,
            head: Some(parent),
            changes: &all,
            message: &self.request.message,
            there: &there,
        };
        self.desk.take_back(&letter, &made).await?;
        self.memory.heads.forget(&self.key);
        self.lost = None;
        Ok(None)
    }

    /// Whether a commit that stands elsewhere has left all as it was to be left: what did not need
    /// to be sent there may be needed here.
    async fn is_whole(&self, commit: &CommitId) -> Result<bool, CommitError> {
        let left = self.found(commit).await.map_err(unsettled)?;
        let is_left = |change: &Change| {
            let there = left.get(&change.path);
            there.is_some_and(|there| is_left(change, there))
        };
        Ok(self.request.changes.iter().all(is_left))
    }

    /// Whether to try again: after a race, and when the answer was lost. `base` is where the
    /// branch stood.
    fn failed(&mut self, base: Option<CommitId>, failure: Failure) -> Tried {
        let (ways, now) = (&self.memory.ways, self.memory.clock.now());
        if ways.is_lost(&failure, now) {
            self.lose(base, failure);
            return Ok(None);
        }
        let verdict = ways.verdict(&failure, now);
        if let (Some(Verdict::Raced), Some(lost)) = (verdict, &mut self.lost) {
            // The branch has moved, perhaps by what had no answer.
            lost.ended = false;
        }
        // Writers that meet are told that they may not, and so are those who really may not.
        let error = match verdict {
            Some(Verdict::Protected) => return self.unless_lost(Err(CommitError::Protected)),
            Some(Verdict::Raced | Verdict::Exists) => None,
            Some(Verdict::Forbidden | Verdict::NotFound | Verdict::NoBranch) => {
                Some(ProviderError::Forbidden)
            }
            _ => {
                let told = self.desk.standing().told::<()>(Err(failure));
                return self.unless_lost(told).map(|()| None);
            }
        };
        match (base, error) {
            (Some(head), error) => self.refused = Some(Refused { head, error }),
            (None, Some(error)) => return Err(error.into()),
            (None, None) => {}
        }
        Ok(None)
    }

    fn lose(&mut self, base: Option<CommitId>, failure: Failure) {
        let ended = failure.is_an_end();
        let (before, all_ended) = match &self.lost {
            Some(lost) => (lost.sendings, lost.ended),
            None => (0, true),
        };
        self.lost = Some(Lost {
            base,
            cause: self.memory.ways.told(failure, self.memory.clock.now()),
            ended: ended && all_ended,
            sendings: before + 1,
        });
    }

    /// Whether there is any use in sending it on top of this head.
    async fn may_send(&mut self, head: Option<&CommitId>) -> Result<(), CommitError> {
        let sendings = self.lost.as_ref().map_or(0, |lost| lost.sendings);
        if self.over || sendings >= SENDINGS {
            return Err(self.given_up());
        }
        let refused = self.refused.take();
        match refused.filter(|refused| Some(&refused.head) == head) {
            Some(Refused {
                error: Some(error), ..
            }) => self.doubt(error).await,
            Some(Refused { error: None, .. }) => {
                // What we know of our own writes is older than what the host says.
                self.memory.heads.forget(&self.key);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Of those who may write, whoever loses a race is told that they may not, too, and reading the
    /// branch can lag behind the winner (GitHub).
    async fn doubt(&mut self, error: ProviderError) -> Result<(), CommitError> {
        self.doubts += 1;
        if self.doubts > DOUBTS {
            return self.unless_lost(Err(error));
        }
        if !self.unless_lost(self.desk.may_write().await)? {
            return self.unless_lost(Err(error));
        }
        tokio::time::sleep(DOUBT).await;
        Ok(())
    }

    async fn found(&self, head: &CommitId) -> Result<Found, CommitError> {
        let paths = self.request.changes.iter().map(|change| &change.path);
        let found = self.desk.there(head, &paths.collect()).await;
        self.unless_lost(found)
    }

    /// A failure, once an answer was lost, leaves open what was done.
    fn unless_lost<T, E>(&self, answer: Result<T, E>) -> Result<T, CommitError>
    where
        E: Into<CommitError> + Into<Cause>,
    {
        answer.map_err(|error| match &self.lost {
            Some(_) => CommitError::Unknown {
                source: error.into(),
            },
            None => error.into(),
        })
    }

    /// A commit of ours has moved the branch.
    fn moved(&self, from: CommitId, to: &CommitId) {
        let (who, now) = (self.desk.standing().who, self.memory.clock.now());
        self.memory.heads.wrote(who, &self.key, (from, to), now);
    }

    /// The commit that holds the changes, and what is known of it now.
    fn committed(&self, commit: CommitId) -> Committed {
        let version = |change: &Change| {
            // What is left where something is deleted was not seen: a parent may be a file.
            let Action::Put(bytes) = &change.action else {
                return None;
            };
            let version = Version::of(bytes);
            let there = There::File(version.clone());
            let standing = self.desk.standing();
            standing.keep(&commit, &change.path, &there, Some(bytes));
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

/// The commit is there, and it is not known what it has hidden.
fn unsettled(error: CommitError) -> CommitError {
    match error {
        CommitError::Provider(error) => CommitError::Unknown {
            source: error.into(),
        },
        error => error,
    }
}

/// Waits a moment that nobody else waits: longer after more attempts, at most 400 ms.
async fn pause(attempt: u32) {
    let longest = (10_u64 << attempt.min(6)).min(400);
    tokio::time::sleep(Duration::from_millis(random::number() % longest)).await;
}
