//! The past of one model: the commits that changed its file, newest first, read page by page.

use super::{ModelRef, ModelStore, StoreError};
use crate::model::Document;
use crate::provider::{
    CommitId, CommitSummary, FilePath, PageNumber, ProviderError, RepositoryName, Version,
};

/// How many changes of a model are looked through, the newest first. What is older than that is
/// not found.
const DEPTH_MAX: usize = 500;

/// What is known so far of a model's past, as a commit has it.
///
/// A version that is found here is one that the file had on this branch, said by the provider to
/// the caller's own credential. Nothing else is ever read by a version or a commit id that a
/// client has sent: neither what other files hold, nor what only other branches have.
pub(super) struct Past<'a> {
    store: &'a ModelStore,
    repository: &'a RepositoryName,
    path: FilePath,
    tip: CommitId,
    known: Vec<CommitSummary>,
    next: Option<PageNumber>,
}

impl ModelStore {
    /// The past of a model as this commit has it.
    pub(super) fn past<'a>(
        &'a self,
        at: &'a ModelRef,
        tip: CommitId,
    ) -> Result<Past<'a>, StoreError> {
        Ok(Past {
            store: self,
            repository: &at.repository,
            path: self.path(&at.model)?,
            tip,
            known: Vec::new(),
            next: Some(PageNumber::FIRST),
        })
    }
}

impl Past<'_> {
    /// The change at this place, from 0 for the newest.
    pub(super) async fn get(&mut self, place: usize) -> Result<Option<&CommitSummary>, StoreError> {
        while self.known.len() <= place && self.more().await? {}
        Ok(self.known.get(place))
    }

    /// The place of the newest change that is wanted.
    pub(super) async fn find(
        &mut self,
        wanted: impl Fn(&CommitSummary) -> bool + Send + Sync,
    ) -> Result<Option<usize>, StoreError> {
        let mut looked_at = 0;
        loop {
            let new = self.known.iter().skip(looked_at);
            if let Some(place) = new.clone().position(&wanted) {
                return Ok(Some(looked_at + place));
            }
            looked_at = self.known.len();
            if !self.more().await? {
                return Ok(None);
            }
        }
    }

    /// The place of the change that made the model what it is at this commit.
    ///
    /// A commit that did not change the model is asked for its own past: where that begins with a
    /// change of this one, the model is at that commit what the branch had. Whether the commit
    /// itself is on the branch does not matter then.
    pub(super) async fn place_of(&mut self, commit: &CommitId) -> Result<usize, StoreError> {
        if *commit == self.tip {
            return Ok(0);
        }
        if let Some(place) = self.find(|change| change.commit == *commit).await? {
            return Ok(place);
        }
        let theirs = self.page(commit, PageNumber::FIRST).await;
        let theirs = theirs.map_err(|error| match error {
            ProviderError::NotFound { what: "commit" } => StoreError::NoSuchCommit,
            error => error.into(),
        })?;
        let Some(newest) = theirs.items.into_iter().next() else {
            return Err(StoreError::AbsentThen);
        };
        let place = self.find(|change| change.commit == newest.commit).await?;
        place.ok_or(StoreError::NoSuchCommit)
    }

    /// The model after the change at this place, and its version.
    pub(super) async fn document(
        &mut self,
        place: usize,
    ) -> Result<(Version, Document), StoreError> {
        let change = self.get(place).await?.ok_or(StoreError::AbsentThen)?;
        let version = change.version.clone().ok_or(StoreError::AbsentThen)?;
        let commit = change.commit.clone();
        if let Some(kept) = self.store.parsed.kept(&version) {
            return Ok((version, kept));
        }
        let paths = std::slice::from_ref(&self.path);
        let (provider, who) = (&self.store.provider, &self.store.who);
        let read = provider
            .read_files(who, self.repository, &commit, paths)
            .await?;
        let file = read.into_iter().flatten().next();
        let file = file.ok_or(StoreError::AbsentThen)?;
        Ok((version, self.store.parsed.document(file).await?))
    }

    /// Reads one page more; whether there was one.
    async fn more(&mut self) -> Result<bool, StoreError> {
        let Some(page) = self.next.filter(|_| self.known.len() < DEPTH_MAX) else {
            return Ok(false);
        };
        let tip = self.tip.clone();
        let found = self.page(&tip, page).await?;
        self.next = PageNumber::new(page.get().saturating_add(1)).filter(|_| found.next);
        self.known.extend(found.items);
        Ok(true)
    }

    async fn page(
        &self,
        commit: &CommitId,
        page: PageNumber,
    ) -> Result<crate::provider::Page<CommitSummary>, ProviderError> {
        let (provider, who) = (&self.store.provider, &self.store.who);
        provider
            .history(who, self.repository, commit, &self.path, page)
            .await
    }
}
