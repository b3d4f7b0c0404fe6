//! What a model was: its history, what changed between two commits, and old versions.

use super::{ModelRef, ModelStore, Opened, StoreError, apart};
use crate::model::{Diff, Document, diff};
use crate::provider::{CommitId, CommitSummary, Page, PageNumber, Version};

/// How many bytes of documents are read for one page of a history, and one document more. What
/// would need yet more is listed without a summary.
const COMPARED_MAX: usize = 32 << 20;

/// A commit that changed a model.
#[derive(Debug, Clone)]
pub struct Event {
    /// The commit.
    pub commit: CommitSummary,
    /// What it did to the model.
    pub deed: Deed,
    /// What was changed, in one line; nothing where it was created or deleted, where one of the
    /// two versions cannot be read, and where it would take too long.
    pub summary: Option<String>,
}

/// What a commit did to a model, compared with the commit before it in the model's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It was not there before, or not under this name.
    Created,
    /// It was another version before.
    Changed,
    /// It is not there any more.
    Deleted,
}

/// A model as it was at some commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The commit.
    pub commit: CommitId,
    /// The version that the model's file had there.
    pub version: Version,
}

/// Two states of a model, and what is between them.
#[derive(Debug, Clone)]
pub struct Compared {
    /// The old one.
    pub from: Point,
    /// The new one.
    pub to: Point,
    /// What has changed from the old one to the new one.
    pub diff: Diff,
}

impl ModelStore {
    /// The commits that changed a model, newest first, each with what it changed against the one
    /// before it in this list. A model that is gone has a history too.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there never was such a model, or what the provider says.
    pub async fn history(
        &self,
        at: &ModelRef,
        number: PageNumber,
    ) -> Result<Page<Event>, StoreError> {
        let tip = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let page = self.commits(at, &tip, number).await?;
        if page.items.is_empty() && number == PageNumber::FIRST {
            return Err(StoreError::NotFound);
        }
        let mut older = None;
        if let Some(next) = PageNumber::new(number.get().saturating_add(1)).filter(|_| page.next) {
            older = self.commits(at, &tip, next).await?.items.into_iter().next();
        }
        Ok(Page {
            items: self.events(at, page.items, older).await?,
            next: page.next,
            previous: page.previous,
        })
    }

    /// Opens a model as it was at a commit.
    ///
    /// # Errors
    /// [`StoreError::NoSuchCommit`] when the branch has never had the model as it is there;
    /// [`StoreError::AbsentThen`], [`StoreError::Unreadable`], or what the provider says.
    pub async fn open_at(&self, at: &ModelRef, commit: &CommitId) -> Result<Opened, StoreError> {
        let tip = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let mut past = self.past(at, tip)?;
        let place = past.place_of(commit).await?;
        let (version, document) = past.document(place).await?;
        Ok(Opened {
            commit: commit.clone(),
            version,
            document,
        })
    }

    /// What has changed in a model between two commits: up to where the branch stands, and from
    /// the change before, unless they are named.
    ///
    /// # Errors
    /// As [`open_at`](Self::open_at); [`StoreError::NothingBefore`] when `to` created the model and
    /// `from` is not named.
    pub async fn compare(
        &self,
        at: &ModelRef,
        from: Option<&CommitId>,
        to: Option<&CommitId>,
    ) -> Result<Compared, StoreError> {
        let tip = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let to = to.unwrap_or(&tip).clone();
        let mut past = self.past(at, tip)?;
        let place = past.place_of(&to).await?;
        let (version, new) = past.document(place).await?;
        let to = Point {
            commit: to,
            version,
        };
        let (from, place) = match from {
            Some(from) => (from.clone(), past.place_of(from).await?),
            None => match past.get(place + 1).await? {
                Some(change) => (change.commit.clone(), place + 1),
                None => return Err(StoreError::NothingBefore),
            },
        };
        let (version, old) = past.document(place).await?;
        let from = Point {
            commit: from,
            version,
        };
        let diff = compared(old, new).await;
        Ok(Compared { from, to, diff })
    }

    async fn commits(
        &self,
        at: &ModelRef,
        tip: &CommitId,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, StoreError> {
        let path = self.path(&at.model)?;
        Ok(self
            .provider
            .history(&self.who, &at.repository, tip, &path, page)
            .await?)
    }

    /// What each of these commits did; `older` is the one before them.
    async fn events(
        &self,
        at: &ModelRef,
        commits: Vec<CommitSummary>,
        older: Option<CommitSummary>,
    ) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::with_capacity(commits.len());
        let mut left = COMPARED_MAX;
        let mut commits = commits.into_iter().peekable();
        let mut after = match commits.peek() {
            Some(newest) => self.then(at, newest, &mut left).await?,
            None => Then::Absent,
        };
        // Two documents at a time are held.
        while let Some(commit) = commits.next() {
            let before = match commits.peek().or(older.as_ref()) {
                Some(before) => self.then(at, before, &mut left).await?,
                None => Then::Absent,
            };
            let (deed, summary) = deed(&before, after).await;
            events.push(Event {
                commit,
                deed,
                summary,
            });
            after = before;
        }
        Ok(events)
    }

    /// The model after a commit of its own history, while there are bytes left to be read.
    async fn then(
        &self,
        at: &ModelRef,
        commit: &CommitSummary,
        left: &mut usize,
    ) -> Result<Then, StoreError> {
        let Some(version) = &commit.version else {
            return Ok(Then::Absent);
        };
        if *left == 0 {
            return Ok(Then::Unread);
        }
        if let Some(kept) = self.parsed.kept(version) {
            *left = left.saturating_sub(kept.bytes().len());
            return Ok(Then::Is(kept));
        }
        let Some(file) = self.read(at, &commit.commit).await? else {
            return Ok(Then::Unread);
        };
        *left = left.saturating_sub(file.bytes.len());
        match self.parsed.document(file).await {
            Ok(document) => Ok(Then::Is(document)),
            Err(StoreError::Unreadable(_)) => Ok(Then::Unread),
            Err(error) => Err(error),
        }
    }
}

/// What a model was after a commit.
enum Then {
    /// It was not there.
    Absent,
    /// It was something that cannot be read, or would take too long.
    Unread,
    /// This.
    Is(Document),
}

async fn deed(before: &Then, after: Then) -> (Deed, Option<String>) {
    match (before, after) {
        (_, Then::Absent) => (Deed::Deleted, None),
        (Then::Absent, _) => (Deed::Created, None),
        (Then::Is(old), Then::Is(new)) => {
            let summary = compared(old.clone(), new).await.summary();
            let same = || "Nothing that it says has changed".to_owned();
            (Deed::Changed, Some(summary.unwrap_or_else(same)))
        }
        _ => (Deed::Changed, None),
    }
}

async fn compared(old: Document, new: Document) -> Diff {
    let size = old.bytes().len() + new.bytes().len();
    apart(size, move || diff(&old, &new)).await
}
