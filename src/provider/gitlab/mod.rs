//! Repositories on GitLab: gitlab.com, and those that people keep themselves.
//!
//! A branch is looked up by REST (an unchanged one costs a 304), what is at paths of a commit by
//! GraphQL (many files in one call), folders by REST in pages that are asked for at once, and large
//! files as blobs. What was read is kept by its id, so that reading an unchanged model, or listing
//! an unchanged folder, is one call.
//!
//! A commit is made by the Commits interface, of any number of files. It has no lock on the branch,
//! but one for each file: the last commit that changed it. GitLab looks at those before it takes
//! the branch's tip as the parent, so that two commits can pass them at once. What the new commit
//! stands on is in the answer; where that is not what it was judged by, it is judged there again,
//! and what it has hidden of somebody else's is put back ([`restore`]).

mod classify;
mod desk;
mod endpoints;
mod graphql;
mod history;
mod listings;
mod look;
mod read;
mod restore;
mod visit;
mod wire;

use std::fmt::{self, Debug};
use std::sync::Arc;

use async_trait::async_trait;
use moka::sync::Cache;

pub use endpoints::Endpoints;
use visit::Visit;

use super::hosted::{self, Client, HostOptions, Memory, Spot, Ways};
use super::{
    Branch, BranchName, CommitError, CommitId, CommitRequest, CommitSummary, Committed, Credential,
    Entry, File, FilePath, Page, PageNumber, Provider, ProviderError, Repository, RepositoryName,
    TagName, User,
};

/// How many files are remembered with the commit that changed them last.
const LOCKS: u64 = 10_000;

/// The repositories of a GitLab. Clones share what they keep.
#[derive(Clone)]
pub struct GitLab {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    endpoints: Endpoints,
    memory: Memory,
    /// The commit that was the last to change a path of a commit. It is no secret to who may see
    /// that commit, and of no use to others.
    locks: Cache<Spot, CommitId>,
}

impl GitLab {
    /// Nothing is called yet.
    #[must_use]
    pub fn new(options: HostOptions) -> Self {
        let endpoints = Endpoints::of(&options.url);
        let ways = Arc::new(Ways {
            name: "GitLab",
            locks_branch: false,
            web: endpoints.web.clone(),
            classify: classify::classify,
            sign_on: classify::sign_on,
        });
        Self {
            inner: Arc::new(Inner {
                memory: Memory::new(&options, Arc::clone(&ways)),
                client: Client {
                    outgoing: options.outgoing,
                    ways,
                    words: classify::words,
                    api: endpoints.api.clone(),
                    clock: options.clock,
                },
                endpoints,
                locks: Cache::new(LOCKS),
            }),
        }
    }
}

impl Debug for GitLab {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let web = self.inner.endpoints.web.as_str();
        f.debug_struct("GitLab")
            .field("web", &web)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Provider for GitLab {
    async fn user(&self, who: &Credential) -> Result<User, ProviderError> {
        listings::user(&self.inner, who).await
    }

    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        listings::repositories(&self.inner, who, query, page).await
    }

    async fn branches(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        hosted::branches(&visit, query, page).await
    }

    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        let visit = Visit::new(&self.inner, who, repository)?;
        hosted::create_branch(&visit, name, from).await
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
            hosted::commit(&visit, &request).await
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
