//! A provider in memory: what the contract says, and nothing else. For tests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::expectation::{There, is_done, judge};
use super::search::finds;
use super::{
    Action, Branch, BranchName, Change, CommitError, CommitId, CommitRequest, CommitSummary,
    Committed, Credential, Entry, EntryKind, File, FilePath, Page, PageNumber, Provider,
    ProviderError, Repository, RepositoryName, TagName, User, Version,
};
use crate::clock::Clock;

/// Repositories and branches on one page of a listing.
const LISTED: usize = 100;
/// Commits on one page of a history.
const REMEMBERED: usize = 30;

/// Repositories in memory, which every [`Credential::Person`] may read and write.
#[derive(Debug)]
pub struct Memory {
    clock: Arc<dyn Clock>,
    repositories: Mutex<BTreeMap<RepositoryName, Repo>>,
}

#[derive(Debug, Default)]
struct Repo {
    branches: BTreeMap<BranchName, CommitId>,
    tags: BTreeMap<TagName, CommitId>,
    commits: HashMap<CommitId, Arc<Commit>>,
}

#[derive(Debug)]
struct Commit {
    parent: Option<CommitId>,
    files: BTreeMap<FilePath, File>,
    by: User,
    at: jiff::Timestamp,
    message: String,
}

impl Memory {
    /// No repositories yet. Commits take their time from the clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            repositories: Mutex::default(),
        }
    }

    /// Creates an empty repository; `false` when there is one already.
    pub fn create_repository(&self, name: &RepositoryName) -> bool {
        let mut all = self.all();
        let absent = !all.contains_key(name);
        all.entry(name.clone()).or_default();
        absent
    }

    /// Gives a commit a tag; `false` when there is no such repository.
    pub fn tag(&self, repository: &RepositoryName, tag: &TagName, commit: &CommitId) -> bool {
        let mut all = self.all();
        let tags = all.get_mut(repository).map(|repo| &mut repo.tags);
        tags.map(|tags| tags.insert(tag.clone(), commit.clone()))
            .is_some()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<RepositoryName, Repo>> {
        let locked = self.repositories.lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T, E: From<ProviderError>>(
        &self,
        who: &Credential,
        name: &RepositoryName,
        work: impl FnOnce(&mut Repo, &User) -> Result<T, E>,
    ) -> Result<T, E> {
        let user = person(who)?;
        let mut all = self.all();
        work(all.get_mut(name).ok_or_else(|| absent("repository"))?, user)
    }
}

impl Repo {
    fn tip(&self, branch: &BranchName) -> Result<&CommitId, ProviderError> {
        self.branches.get(branch).ok_or_else(|| absent("branch"))
    }

    fn at(&self, commit: &CommitId) -> Result<&Arc<Commit>, ProviderError> {
        self.commits.get(commit).ok_or_else(|| absent("commit"))
    }

    /// The commit itself and its ancestors, newest first.
    fn ancestors(&self, from: &CommitId) -> impl Iterator<Item = (&CommitId, &Commit)> {
        let get = |id: &CommitId| self.commits.get_key_value(id);
        let next = move |(_, commit): &(_, &Arc<Commit>)| get(commit.parent.as_ref()?);
        std::iter::successors(get(from), next).map(|(id, commit)| (id, &**commit))
    }

    fn commit(
        &mut self,
        by: &User,
        at: jiff::Timestamp,
        request: CommitRequest,
    ) -> Result<Committed, CommitError> {
        let parent = match self.tip(&request.branch) {
            Ok(tip) => Some(tip.clone()),
            Err(_) if self.branches.is_empty() && request.branch.as_str() == "main" => None,
            Err(error) => return Err(error.into()),
        };
        let before = match &parent {
            Some(parent) => self.at(parent)?.files.clone(),
            None => BTreeMap::new(),
        };
        let after = changed(&before, &request.changes)?;
        let version = |change: &Change| match &change.action {
            Action::Put(bytes) => Some(Version::of(bytes)),
            Action::Delete => None,
        };
        let versions = request.changes.iter().map(version).collect();
        if after == before {
            let commit = parent.ok_or_else(|| absent("branch"))?;
            return Ok(Committed { commit, versions });
        }
        let message = request.message;
        let unique = format!("{} {message}", self.commits.len());
        let id = CommitId(Version::of(unique.as_bytes()).0);
        let commit = Commit {
            parent,
            files: after,
            by: by.clone(),
            at,
            message,
        };
        self.commits.insert(id.clone(), Arc::new(commit));
        self.branches.insert(request.branch, id.clone());
        Ok(Committed {
            commit: id,
            versions,
        })
    }
}

fn changed(
    before: &BTreeMap<FilePath, File>,
    changes: &[Change],
) -> Result<BTreeMap<FilePath, File>, CommitError> {
    let is_done = |change: &Change| is_done(change, &there(before, &change.path));
    if changes.iter().all(is_done) {
        return Ok(before.clone());
    }
    // Expectations are about what was there before; what may be put is about what is left.
    let mut after = before.clone();
    let (deletions, puts): (Vec<_>, Vec<_>) = changes
        .iter()
        .partition(|change| matches!(change.action, Action::Delete));
    for change in deletions.into_iter().chain(puts) {
        if judge(change, &there(&after, &change.path))? {
            match &change.action {
                Action::Delete => drop(after.remove(&change.path)),
                Action::Put(bytes) => {
                    let file = File {
                        version: Version::of(bytes),
                        bytes: bytes.clone(),
                    };
                    drop(after.insert(change.path.clone(), file));
                }
            }
        }
    }
    Ok(after)
}

fn there(files: &BTreeMap<FilePath, File>, path: &FilePath) -> There {
    let is_below = |short: &FilePath, long: &FilePath| {
        let rest = long.as_str().strip_prefix(short.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    if let Some(file) = files.get(path) {
        There::File(file.version.clone())
    } else if let Some(parent) = files.keys().find(|file| is_below(file, path)) {
        There::Under(parent.to_string())
    } else if files.keys().any(|file| is_below(path, file)) {
        There::NotAFile
    } else {
        There::Nothing
    }
}

fn person(who: &Credential) -> Result<&User, ProviderError> {
    match who {
        Credential::Person(user) => Ok(user),
        Credential::Token(_) => Err(ProviderError::Forbidden),
    }
}

fn absent(what: &'static str) -> ProviderError {
    ProviderError::NotFound { what }
}

#[async_trait]
impl Provider for Memory {
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
        let finds = finds(query);
        let all = self.all();
        let found = all.keys().filter(|name| finds(name.as_str()));
        let writable = |name: &RepositoryName| Repository {
            name: name.clone(),
            writable: true,
        };
        Ok(Page::cut(found.map(writable).collect(), page, LISTED))
    }

    async fn branches(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        query: Option<&str>,
        page: PageNumber,
    ) -> Result<Page<Branch>, ProviderError> {
        self.with(who, repository, |repo, _| {
            let mut names: Vec<_> = repo.branches.keys().cloned().collect();
            names.sort_by_key(|name| name.as_str() != "main");
            let free = |name| Branch {
                name,
                protected: false,
            };
            let finds = finds(query);
            let wanted = |name: &BranchName| finds(name.as_str());
            let branches = names.into_iter().filter(wanted).map(free).collect();
            Ok(Page::cut(branches, page, LISTED))
        })
    }

    async fn create_branch(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        name: &BranchName,
        from: &BranchName,
    ) -> Result<CommitId, CommitError> {
        self.with(who, repository, |repo, _| {
            let start = repo.tip(from)?.clone();
            let beside = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}/"));
            let rival = repo.branches.keys().find(|other| {
                beside(name.as_str(), other.as_str()) || beside(other.as_str(), name.as_str())
            });
            if let Some(rival) = rival {
                let name = rival.to_string();
                return Err(CommitError::AlreadyExists { name });
            }
            repo.branches.insert(name.clone(), start.clone());
            Ok(start)
        })
    }

    async fn resolve(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<CommitId, ProviderError> {
        self.with(who, repository, |repo, _| repo.tip(branch).cloned())
    }

    async fn resolve_tag(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        tag: &TagName,
    ) -> Result<CommitId, ProviderError> {
        self.with(who, repository, |repo, _| {
            let commit = repo.tags.get(tag);
            commit.cloned().ok_or_else(|| absent("tag"))
        })
    }

    async fn read_dir(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        self.with(who, repository, |repo, _| {
            let below = |path: &FilePath| {
                let rest = path.as_str().strip_prefix(folder.as_str())?;
                let (name, rest) = match rest.strip_prefix('/')?.split_once('/') {
                    Some((name, _)) => (name.to_owned(), EntryKind::Folder),
                    None => (rest.strip_prefix('/')?.to_owned(), EntryKind::File),
                };
                Some((name, rest))
            };
            let entries: BTreeMap<_, _> = repo.at(commit)?.files.keys().filter_map(below).collect();
            let entry = |(name, kind)| Entry { name, kind };
            Ok(entries.into_iter().map(entry).collect())
        })
    }

    async fn read_files(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        self.with(who, repository, |repo, _| {
            let files = &repo.at(commit)?.files;
            Ok(paths.iter().map(|path| files.get(path).cloned()).collect())
        })
    }

    async fn commit(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        request: CommitRequest,
    ) -> Result<Committed, CommitError> {
        let now = self.clock.now();
        self.with(who, repository, |repo, user| {
            repo.commit(user, now, request)
        })
    }

    async fn history(
        &self,
        who: &Credential,
        repository: &RepositoryName,
        commit: &CommitId,
        path: &FilePath,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, ProviderError> {
        self.with(who, repository, |repo, _| {
            repo.at(commit)?;
            let version = |commit: &Commit| commit.files.get(path).map(|f| f.version.clone());
            let changed = |(id, commit): (&CommitId, &Commit)| {
                let parent = commit.parent.as_ref().and_then(|id| repo.commits.get(id));
                let before = parent.and_then(|parent| version(parent));
                (before != version(commit)).then(|| CommitSummary {
                    commit: id.clone(),
                    author: commit.by.name.clone(),
                    email: commit.by.email.clone(),
                    at: commit.at,
                    message: commit.message.clone(),
                    version: version(commit),
                })
            };
            let all = repo.ancestors(commit).filter_map(changed).collect();
            Ok(Page::cut(all, page, REMEMBERED))
        })
    }
}
