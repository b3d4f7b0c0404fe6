//! Which repositories there are: those served in place, and those under the data folder.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use super::inside;
use super::place::{self, OpenError, is_git_dir};
use super::pool::Pool;
use super::repo::{Place, Repo};
use super::write;
use crate::provider::{ProviderError, RepositoryName};

/// Owners may be nested as deep as a name may have parts.
const DEPTH_MAX: usize = 22;

/// The repositories by name.
#[derive(Debug)]
pub(super) struct Catalogue {
    data: PathBuf,
    served: BTreeMap<RepositoryName, Arc<Repo>>,
    /// The repositories under the data folder that were asked for.
    opened: RwLock<HashMap<RepositoryName, Arc<Repo>>>,
    pool: Arc<Pool>,
}

impl Catalogue {
    /// The catalogue of a data folder, and of repositories elsewhere.
    pub(super) fn open(data: PathBuf, in_place: &[PathBuf]) -> Result<Self, OpenError> {
        let mut this = Self {
            data,
            served: BTreeMap::new(),
            opened: RwLock::default(),
            pool: Arc::default(),
        };
        let root = this.root();
        fs::create_dir_all(&root).map_err(|error| OpenError::disk(&root, error))?;
        for path in in_place {
            let place = place::find(path)?;
            let name = place::name_in_place(&place)?;
            let taken = this.served.get(&name).map(|repo| repo.git_dir().to_owned());
            let taken = taken.or_else(|| this.git_dir(&name));
            if let Some(first) = taken {
                return Err(same_name(&name, &first, &place.git_dir));
            }
            let repo = open(place, &this.pool);
            this.served.insert(name, repo);
        }
        Ok(this)
    }

    /// The repository with this name, if it is open already. Quick enough for an async thread.
    pub(super) fn opened(&self, name: &RepositoryName) -> Option<Arc<Repo>> {
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        self.served.get(name).or_else(|| opened.get(name)).cloned()
    }

    /// The repository with this name, opened now if it is not yet.
    pub(super) fn find(&self, name: &RepositoryName) -> Result<Arc<Repo>, ProviderError> {
        let absent = ProviderError::NotFound { what: "repository" };
        if let Some(repo) = self.opened(name) {
            if is_git_dir(repo.git_dir()) {
                return Ok(repo);
            }
            self.change(|opened| opened.remove(name));
            return Err(absent);
        }
        let git_dir = self.git_dir(name).ok_or(absent)?;
        let reflogs = place::check(&git_dir, None)
            .map_err(|error| ProviderError::Unavailable {
                reason: "The repository cannot be opened.".to_owned(),
                source: Some(error.into()),
            })?
            .unwrap_or(false);
        let place = Place {
            git_dir,
            work_tree: None,
            reflogs,
            maintained: true,
        };
        let repo = open(place, &self.pool);
        Ok(self.change(|opened| opened.entry(name.clone()).or_insert(repo).clone()))
    }

    /// Creates an empty repository under the data folder; `false` when there is one already.
    pub(super) fn create(&self, name: &RepositoryName) -> Result<bool, OpenError> {
        let git_dir = self.path(name);
        if let Some(other) = self.served.get(name) {
            return Err(same_name(name, other.git_dir(), &git_dir));
        }
        place::create(&git_dir, &self.data.join("creating"))
    }

    /// The names of all repositories, sorted.
    pub(super) fn names(&self) -> Vec<RepositoryName> {
        let mut names: Vec<_> = self.served.keys().cloned().collect();
        walk(&self.root(), "", DEPTH_MAX, &mut names);
        names.sort();
        names
    }

    fn root(&self) -> PathBuf {
        self.data.join("repositories")
    }

    fn path(&self, name: &RepositoryName) -> PathBuf {
        self.root().join(format!("{name}.git"))
    }

    /// Where the repository is under the data folder. Links lead nowhere.
    fn git_dir(&self, name: &RepositoryName) -> Option<PathBuf> {
        let path = self.path(name);
        let clear = inside::obstacle(&self.root(), &format!("{name}.git")).is_none();
        (clear && inside::is_real_dir(&path) && is_git_dir(&path)).then_some(path)
    }

    fn change<T>(&self, with: impl FnOnce(&mut HashMap<RepositoryName, Arc<Repo>>) -> T) -> T {
        with(&mut self.opened.write().unwrap_or_else(PoisonError::into_inner))
    }
}

fn open(place: Place, pool: &Arc<Pool>) -> Arc<Repo> {
    let repo = Repo::new(place, pool.clone());
    write::tidy(&repo);
    Arc::new(repo)
}

/// Adds the repositories in `dir`, whose names begin with `prefix`.
fn walk(dir: &Path, prefix: &str, depth: usize, names: &mut Vec<RepositoryName>) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries.flatten(),
        Err(error) => {
            tracing::warn!(dir = %dir.display(), %error, "a folder of repositories cannot be read");
            return;
        }
    };
    for entry in entries {
        if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || depth == 0 {
            continue;
        }
        let folder = entry.file_name();
        let folder = folder.to_string_lossy();
        match folder.strip_suffix(".git") {
            None => walk(
                &entry.path(),
                &format!("{prefix}{folder}/"),
                depth - 1,
                names,
            ),
            Some(name) => match RepositoryName::parse(&format!("{prefix}{name}")) {
                Ok(name) if is_git_dir(&entry.path()) => names.push(name),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(dir = %entry.path().display(), %error, "a repository is skipped");
                }
            },
        }
    }
}

fn same_name(name: &RepositoryName, first: &Path, second: &Path) -> OpenError {
    OpenError::SameName {
        name: name.to_string(),
        first: first.display().to_string(),
        second: second.display().to_string(),
    }
}
