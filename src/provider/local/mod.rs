//! The local provider: git repositories on this machine's disk, through libgit2.
//!
//! Whoever is signed in locally may read and write every repository that is served; there are no
//! permissions per repository.
//!
//! libgit2 and the disk are only touched on tokio's blocking threads, with two exceptions that
//! take microseconds: asking the caches, and reading a branch's own small file.

mod author;
mod cache;
mod catalogue;
mod checkout;
mod durable;
mod fault;
mod graft;
mod here;
mod history;
mod identity;
mod inside;
mod journal;
mod lock;
mod maintenance;
mod place;
mod plan;
mod pool;
mod read;
mod reflog;
mod refs;
mod repo;
mod tree;
mod work_tree;
mod write;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;

use super::search::finds;
use super::{
    Branch, BranchName, CommitError, CommitId, CommitRequest, CommitSummary, Committed, Credential,
    Entry, File, FilePath, Page, PageNumber, Provider, ProviderError, Repository, RepositoryName,
    TagName, User,
};
use crate::clock::Clock;
use cache::Caches;
use catalogue::Catalogue;
use repo::Repo;

pub use here::{Here, HereError};
pub use identity::git_identity;
pub use place::OpenError;

/// Repositories and branches on one page of a listing.
const LISTED: usize = 100;
/// Commits on one page of a history.
const REMEMBERED: usize = 30;

/// What the local provider is made of.
#[derive(Debug, Clone)]
pub struct LocalOptions {
    /// The data folder: Wyvern's own repositories are `repositories/<owner>/<name>.git` in it.
    pub data: PathBuf,
    /// Repositories to serve where they are, bare or with a work tree, as
    /// `local/<folder name without .git>`.
    pub repositories: Vec<PathBuf>,
    /// Gives commits their time.
    pub clock: Arc<dyn Clock>,
}

/// Git repositories on this machine's disk.
#[derive(Debug, Clone)]
pub struct Local(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    catalogue: Catalogue,
    caches: Caches,
    clock: Arc<dyn Clock>,
}

impl Local {
    /// Opens the data folder, creating it when needed, and the repositories that are served in
    /// place. Blocks on the disk.
    ///
    /// # Errors
    /// When a repository cannot be served; the text names it and says what to do.
    pub fn open(options: LocalOptions) -> Result<Self, OpenError> {
        // Wyvern keeps what it needs in `Caches`, which have a bound that suits a small server.
        git2::opts::enable_caching(false);
        let catalogue = Catalogue::open(options.data, &options.repositories)?;
        Ok(Self(Arc::new(Shared {
            catalogue,
            caches: Caches::new(),
            clock: options.clock,
        })))
    }

    /// Creates an empty bare repository under the data folder, with `main` as its default branch.
    /// `false` when there is one already. Blocks on the disk.
    ///
    /// # Errors
    /// When the disk refuses, or a repository that is served in place has this name.
    pub fn create_repository(&self, name: &RepositoryName) -> Result<bool, OpenError> {
        self.0.catalogue.create(name)
    }

    /// Runs `work` on a blocking thread, with the repository.
    async fn with<T: Send + 'static>(
        &self,
        name: &RepositoryName,
        work: impl FnOnce(&Shared, &Repo) -> Result<T, ProviderError> + Send + 'static,
    ) -> Result<T, ProviderError> {
        let (shared, name) = (self.0.clone(), name.clone());
        blocking(move || work(&shared, &*shared.catalogue.find(&name)?)).await?
    }

    /// Runs a writing `work` on a blocking thread when all earlier ones on the repository are
    /// done. Once begun it runs to its end, whether or not somebody waits for the answer.
    async fn writing<T: Send + 'static>(
        &self,
        name: &RepositoryName,
        work: impl FnOnce(&Shared, &Arc<Repo>) -> Result<T, CommitError> + Send + 'static,
    ) -> Result<T, CommitError> {
        let (shared, wanted) = (self.0.clone(), name.clone());
        let repo = blocking(move || shared.catalogue.find(&wanted)).await??;
        let turn = repo.writer.clone().lock_owned().await;
        let shared = self.0.clone();
        let done = blocking(move || {
            let _turn = turn;
            work(&shared, &repo)
        });
        done.await.map_err(|error| CommitError::Unknown {
            source: error.into(),
        })?
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ProviderError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| ProviderError::Unavailable {
        reason: "The server failed while it worked in the repository.".to_owned(),
        source: Some(error.into()),
    })
}

fn maintain(repo: &Repo) {
    let repository = repo.git_dir().display();
    match maintenance::run(repo) {
        Ok(ran) => tracing::debug!(%repository, ran, "loose objects are packed"),
        Err(error) => {
            tracing::warn!(%repository, error = &error as &dyn Error, "packing failed");
        }
    }
}

fn person(who: &Credential) -> Result<&User, ProviderError> {
    match who {
        Credential::Person(user) => Ok(user),
        Credential::Token(_) => Err(ProviderError::Forbidden),
    }
}

#[async_trait]
impl Provider for Local {
    async fn user(&self, who: &Credential) -> Result<User, ProviderError> {
        person(who).cloned()
    }

    async fn repositories(
        &self,
        who: &Credential,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Repository>, ProviderError> {
        person(who)?;
        let shared = self.0.clone();
        let mut names = blocking(move || shared.catalogue.names()).await?;
        let finds = finds(query);
        names.retain(|name| finds(name.as_str()));
        let writable = |name| Repository {
            name,
            writable: true,
        };
        Ok(Page::cut(
            names.into_iter().map(writable).collect(),
            page,
            LISTED,
        ))
    }

    async fn branches(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError> {
        person(who)?;
        let names = self
            .with(repository, |_, repo| repo.with(refs::branches))
            .await?;
        let finds = finds(query);
        let wanted = |name: &BranchName| finds(name.as_str());
        let free = |name| Branch {
            name,
            protected: false,
        };
        Ok(Page::cut(
            names.into_iter().filter(wanted).map(free).collect(),
            page,
            LISTED,
        ))
    }

    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        let user = person(who)?.clone();
        let (name, from) = (name.clone(), from.clone());
        self.writing(repository, move |shared, repo| {
            write::create_branch(repo, &user, &name, &from, shared.clock.now())
        })
        .await
    }

    async fn resolve(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<CommitId, ProviderError> {
        person(who)?;
        let opened = self.0.catalogue.opened(repository);
        if let Some(commit) = opened.and_then(|repo| refs::loose(repo.git_dir(), branch)) {
            return Ok(commit);
        }
        let branch = branch.clone();
        self.with(repository, move |_, repo| {
            let tip = repo.with(|git| refs::tip(git, &branch))?;
            tip.commit
                .map(write::commit_id)
                .ok_or(ProviderError::NotFound { what: "branch" })
        })
        .await
    }

    async fn resolve_tag(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Result<CommitId, ProviderError> {
        person(who)?;
        let tag = tag.clone();
        self.with(repository, move |_, repo| {
            repo.with(|git| refs::tagged(git, &tag))
        })
        .await
        .map(write::commit_id)
    }

    async fn read_dir(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        person(who)?;
        let opened = self.0.catalogue.opened(repository);
        if let Some(entries) =
            opened.and_then(|repo| read::known_dir(&self.0.caches, repo.id, commit, folder))
        {
            return Ok(entries);
        }
        let (commit, folder) = (commit.clone(), folder.clone());
        self.with(repository, move |shared, repo| {
            repo.with(|git| read::dir(&shared.caches, git, repo.id, &commit, &folder))
        })
        .await
    }

    async fn read_files(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        person(who)?;
        let opened = self.0.catalogue.opened(repository);
        if let Some(files) =
            opened.and_then(|repo| read::known_files(&self.0.caches, repo.id, commit, paths))
        {
            return Ok(files);
        }
        let (commit, paths) = (commit.clone(), paths.to_vec());
        self.with(repository, move |shared, repo| {
            repo.with(|git| read::files(&shared.caches, git, repo.id, &commit, &paths))
        })
        .await
    }

    async fn commit(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        request: CommitRequest,
    ) -> Result<Committed, CommitError> {
        let user = person(who)?.clone();
        self.writing(repository, move |shared, repo| {
            let committed = write::commit(repo, &user, &request, shared.clock.now())?;
            if maintenance::is_due(repo) {
                let repo = repo.clone();
                drop(tokio::task::spawn_blocking(move || maintain(&repo)));
            }
            Ok(committed)
        })
        .await
    }

    async fn history(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        person(who)?;
        let (from, path) = (tree::oid(commit.as_str()), path.clone());
        self.with(repository, move |_, repo| {
            let skip = page.skip(REMEMBERED);
            let found =
                repo.with(|git| history::history(git, from, &path, skip, REMEMBERED + 1))?;
            Ok(Page::of(found, page, REMEMBERED))
        })
        .await
    }
}
