//! Repositories on Bitbucket Cloud.
//!
//! A branch is looked up by name; everything else is read by commit, for a branch with a slash in
//! its name can be read in no other way. Bitbucket tells no versions of files, and of one file by
//! one call either its kind or its bytes: both are asked for at once, and kept by commit. Many
//! files' kinds are read from a list.
//!
//! A commit is one form, whose `parents` is a compare-and-swap of the branch: what was judged at that
//! commit is what the new one stands on. Bitbucket counts the calls of an hour and does not tell
//! how many are left, so that they are counted here, too.

mod allowance;
mod classify;
mod endpoints;
mod form;
mod history;
mod kind;
mod listings;
mod look;
mod pages;
mod read;
mod restore;
mod send;
mod visit;
mod wire;

use std::fmt::{self, Debug};
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::FutureExt as _;
use moka::sync::Cache;

use allowance::Allowance;
pub use allowance::Limits;
use classify::{classify, words};
pub use endpoints::{Endpoints, Unserved};
use history::Spread;
use visit::Visit;

use super::hosted::{
    Client, HostOptions, Memory, Spot, Ways, branches, caller_of, commit, create_branch,
};
use super::{
    Branch, BranchName, CommitError, CommitId, CommitRequest, CommitSummary, Committed, Credential,
    Entry, File, FilePath, Page, PageNumber, Provider, ProviderError, Repository, RepositoryName,
    TagName, User, Version,
};

/// Files that are asked for at once for one caller.
const AT_ONCE: usize = 8;
/// Of how many files it is remembered whether they are executable. Of others it is asked.
const EXECUTABLES: u64 = 50_000;
/// Of how many files in commits of their histories the version is remembered.
const VERSIONS: u64 = 50_000;
/// Of how many pages of logs the address is remembered.
const LINKS: u64 = 10_000;

/// The repositories of Bitbucket. Clones share what they keep.
#[derive(Clone)]
pub struct Bitbucket {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    endpoints: Endpoints,
    memory: Memory,
    executables: Cache<Spot, bool>,
    /// Of what has bytes, whatever it is: nothing is judged by it.
    versions: Cache<Spot, Version>,
    links: Cache<Spread, String>,
}

impl Bitbucket {
    /// Nothing is called yet. An emulator says itself when there were too many calls.
    ///
    /// # Errors
    /// When there is no Bitbucket Cloud at the address.
    pub fn new(options: HostOptions) -> Result<Self, Unserved> {
        let is_cloud = Endpoints::of(&options.url)?.is_cloud();
        Self::limited(options, is_cloud.then_some(Limits::CLOUD))
    }

    /// The same, with other limits than Bitbucket's.
    ///
    /// # Errors
    /// When there is no Bitbucket Cloud at the address.
    pub fn limited(options: HostOptions, limits: Option<Limits>) -> Result<Self, Unserved> {
        let endpoints = Endpoints::of(&options.url)?;
        let ways = Arc::new(Ways {
            name: "Bitbucket",
            locks_branch: true,
            web: endpoints.web.clone(),
            classify,
            sign_on: |_, _| None,
        });
        if let Some(limits) = limits {
            let allowance = Arc::new(Allowance::new(limits));
            options.outgoing.limit(&endpoints.api, allowance);
        }
        Ok(Self {
            inner: Arc::new(Inner {
                memory: Memory::new(&options, Arc::clone(&ways)),
                client: Client {
                    outgoing: options.outgoing,
                    ways,
                    words,
                    api: endpoints.api.clone(),
                    clock: options.clock,
                },
                endpoints,
                executables: Cache::new(EXECUTABLES),
                versions: Cache::new(VERSIONS),
                links: Cache::new(LINKS),
            }),
        })
    }
}

impl Debug for Bitbucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let web = self.inner.endpoints.web.as_str();
        f.debug_struct("Bitbucket")
            .field("web", &web)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Provider for Bitbucket {
    async fn user(&self, who: &Credential) -> Result<User, ProviderError> {
        let caller = self.inner.client.caller(who)?;
        self.inner.user(&caller).await
    }

    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        let caller = caller_of(who)?;
        let (id, inner) = (caller.0, Arc::clone(&self.inner));
        let ask = || {
            async move {
                let caller = inner.client.called_by(caller);
                inner.all_repositories(&caller).await
            }
            .boxed()
        };
        self.inner.memory.repositories(id, query, page, ask).await
    }

    async fn branches(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        branches(&visit, query, page).await
    }

    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        create_branch(&visit, name, from).await
    }

    async fn resolve(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<CommitId, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        visit.resolve(branch).await
    }

    async fn resolve_tag(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Result<CommitId, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        visit.resolve_tag(tag).await
    }

    async fn read_dir(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        visit.read_dir(commit, folder).await
    }

    async fn read_files(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        visit.read_files(commit, paths).await
    }

    async fn commit(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        request: CommitRequest,
    ) -> Result<Committed, CommitError> {
        let (inner, who) = (Arc::clone(&self.inner), who.clone());
        let repository = repository.clone();
        let work = async move {
            let visit = Visit::new(&inner, &who, &repository)?;
            commit(&visit, &request).await
        };
        self.inner.memory.finish(work).await
    }

    async fn history(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        visit.history(commit, path, page).await
    }
}
