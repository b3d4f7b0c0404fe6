//! Repositories on GitHub: github.com, its subdomains of ghe.com, and Enterprise Servers.
//!
//! A branch is looked up by REST (an unchanged one costs a 304), what is in a commit by GraphQL
//! (many files in one call, folders never cut short), and large files as blobs. What was read is
//! kept by its id, so that reading an unchanged model, or listing an unchanged folder, is one call.
//!
//! A commit is made by `createCommitOnBranch`, whose `expectedHeadOid` is a compare-and-swap of
//! the branch: what was judged at that commit is what the new one stands on. The contents
//! interface has a lock by file instead, but ignores it where the file was deleted meanwhile, and
//! writes one file only; it serves for a repository's very first commit, which GraphQL refuses.

mod caller;
mod classify;
mod endpoints;
mod graphql;
mod history;
mod listings;
mod look;
mod read;
mod route;
mod send;
mod service;
mod visit;
mod wire;

use std::fmt::{self, Debug};
use std::sync::Arc;

use async_trait::async_trait;
use caller::Client;
pub use endpoints::Endpoints;
use futures_util::FutureExt as _;
use visit::Visit;

use super::hosted::{HostOptions, Memory, Ways, branches, commit, create_branch};
use super::{
    Branch, BranchName, CommitError, CommitId, CommitRequest, CommitSummary, Committed, Credential,
    Entry, File, FilePath, Page, PageNumber, Provider, ProviderError, Repository, RepositoryName,
    TagName, User,
};

/// The repositories of a GitHub. Clones share what they keep.
#[derive(Clone)]
pub struct GitHub {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    memory: Memory,
}

impl GitHub {
    /// Nothing is called yet. It must be made inside a tokio runtime, for octocrab starts a task.
    #[must_use]
    pub fn new(options: HostOptions) -> Self {
        let endpoints = Arc::new(Endpoints::of(&options.url));
        let ways = Arc::new(Ways {
            name: "GitHub",
            locks_branch: true,
            web: endpoints.web.clone(),
            classify: classify::verdict,
            sign_on: classify::single_sign_on,
        });
        let memory = Memory::new(&options, Arc::clone(&ways));
        let client = Client {
            octocrab: service::octocrab(options.outgoing.clone(), Arc::clone(&endpoints)),
            outgoing: options.outgoing,
            endpoints,
            ways,
            clock: options.clock,
        };
        Self {
            inner: Arc::new(Inner { client, memory }),
        }
    }
}

impl Debug for GitHub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let web = self.inner.client.endpoints.web.as_str();
        f.debug_struct("GitHub")
            .field("web", &web)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Provider for GitHub {
    async fn user(&self, who: &Credential) -> Result<User, ProviderError> {
        let caller = self.inner.client.caller(who)?;
        self.inner.client.user(&caller).await
    }

    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        let caller = self.inner.client.caller(who)?;
        let (memory, id) = (&self.inner.memory, caller.id);
        let ask = || async move { caller.all_repositories().await }.boxed();
        memory.repositories(id, query, page, ask).await
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
