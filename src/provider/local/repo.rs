//! One repository on disk: where it is, its open handles, and who may write to it now.

use std::fs::{self, File, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use git2::{Repository, RepositoryOpenFlags};

use super::fault;
use super::inside;
use super::maintenance;
use crate::provider::{CommitError, ProviderError};

/// How often, and at which interval, another process's hold on the repository is waited out:
/// ten seconds, after which the save is refused rather than left hanging.
const LOCK_TRIES: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Where a repository lies, as [`super::place::find`] found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder that holds `HEAD`, `objects` and `refs`.
    pub(super) git_dir: PathBuf,
    /// The folder of its main work tree; `None` for a bare repository.
    pub(super) work_tree: Option<PathBuf>,
    /// Whether a moved branch is recorded in `logs/`, as git would.
    pub(super) reflogs: bool,
    /// Whether Wyvern created it and therefore packs it.
    pub(super) maintained: bool,
}

/// A repository that is served.
#[derive(Debug)]
pub(super) struct Repo {
    /// Tells repositories apart in the caches; never used twice in one process.
    pub(super) id: u32,
    pub(super) place: Place,
    /// Saves wait here, first come, first served. The tokio lock is fair.
    pub(super) writer: Arc<tokio::sync::Mutex<()>>,
    /// Saves since the loose objects were last packed.
    pub(super) saves: AtomicU32,
    idle: Idle,
}

impl Repo {
    pub(super) fn new(place: Place) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            writer: Arc::default(),
            saves: AtomicU32::new(maintenance::guess_saves(&place.git_dir)),
            place,
            idle: Idle::default(),
        }
    }

    pub(super) fn git_dir(&self) -> &Path {
        &self.place.git_dir
    }

    /// Wyvern's own folder in the repository: locks, and what is pending.
    pub(super) fn own_dir(&self) -> PathBuf {
        self.place.git_dir.join("wyvern")
    }

    /// A libgit2 handle, for one thread at a time; it goes back to the pool when dropped.
    fn handle(&self) -> Result<Handle<'_>, ProviderError> {
        let idle = self.idle.list().pop();
        let git = match idle {
            Some(git) => git,
            None => open(&self.place.git_dir).map_err(fault::git)?,
        };
        Ok(Handle {
            git: Some(git),
            idle: &self.idle,
        })
    }

    /// Runs `work` on a handle. Packs that another program replaces meanwhile are no concern:
    /// libgit2 looks for their successors.
    pub(super) fn with<T, E: From<ProviderError>>(
        &self,
        work: impl FnOnce(&Repository) -> Result<T, E>,
    ) -> Result<T, E> {
        work(&*self.handle()?)
    }

    /// Shuts out the other Wyvern processes until the file is dropped. The operating system lets
    /// go of it when its process dies.
    pub(super) fn lock_out_processes(&self) -> Result<File, CommitError> {
        let path = self.own_dir().join("lock");
        let file = self.lock_file("lock").map_err(fault::disk)?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(error)) => return Err(fault::disk(error).into()),
            }
        }
        Err(CommitError::Locked {
            lock: path.display().to_string(),
        })
    }

    /// Opens `<git dir>/wyvern/<name>`, to be locked by the operating system.
    pub(super) fn lock_file(&self, name: &str) -> std::io::Result<File> {
        let dir = self.own_dir();
        if !inside::is_real_dir(&dir) {
            fs::create_dir(&dir).or_else(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists if inside::is_real_dir(&dir) => Ok(()),
                _ => Err(error),
            })?;
        }
        File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join(name))
    }
}

/// Opens exactly this folder: no search upwards, no environment, no work tree.
///
/// libgit2 runs no hooks, no filters and no programs named in a configuration, and it refuses
/// a folder that belongs to another user unless the server's own git configuration lists it under
/// `safe.directory`, as git does.
pub(super) fn open(git_dir: &Path) -> Result<Repository, git2::Error> {
    let flags =
        RepositoryOpenFlags::NO_SEARCH | RepositoryOpenFlags::NO_DOTGIT | RepositoryOpenFlags::BARE;
    Repository::open_ext(git_dir, flags, std::iter::empty::<&Path>())
}

/// A libgit2 handle on loan from its repository's pool.
pub(super) struct Handle<'a> {
    git: Option<Repository>,
    idle: &'a Idle,
}

impl Deref for Handle<'_> {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        self.git.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Handle<'_> {
    fn drop(&mut self) {
        let git = self.git.take().filter(|_| !thread::panicking());
        let mut idle = self.idle.list();
        if idle.len() < Idle::MOST {
            idle.extend(git);
        }
    }
}

/// The handles that nobody uses at the moment.
#[derive(Default)]
struct Idle(Mutex<Vec<Repository>>);

impl Idle {
    /// More than the threads that ever read one repository at once would only hold file handles.
    const MOST: usize = 8;

    fn list(&self) -> std::sync::MutexGuard<'_, Vec<Repository>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Idle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} idle handles", self.list().len())
    }
}
