//! Recognising repositories on disk, and refusing those that cannot be served as they are.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use git2::{Config, Repository, RepositoryInitOptions};
use thiserror::Error;

use super::durable;
use super::repo::{Place, open};
use crate::provider::RepositoryName;

/// Why a repository cannot be served. The text names the path and says what to do.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no repository at the path.
    #[error("{path} is not a git repository: name one, or create it with `git init {path}`")]
    NotARepository {
        /// The path as it was given.
        path: String,
    },
    /// The repository is one that libgit2 cannot work in.
    #[error("{path} cannot be served: {reason}")]
    Unsupported {
        /// The path as it was given.
        path: String,
        /// What is in the way, and how to mend it.
        reason: String,
    },
    /// Two repositories would have the same name.
    #[error(
        "{first} and {second} would both be called {name}: rename one of the folders, or serve one"
    )]
    SameName {
        /// The name.
        name: String,
        /// The one.
        first: String,
        /// The other.
        second: String,
    },
    /// The folder's name cannot be a repository's name.
    #[error("{path} cannot be served under its own name: {reason} Rename the folder.")]
    BadName {
        /// The path as it was given.
        path: String,
        /// The rule that the name breaks.
        reason: String,
    },
    /// The file system refuses.
    #[error("{path}: {source}: check that the folder exists and belongs to the server's user")]
    Disk {
        /// The path.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

impl OpenError {
    pub(super) fn disk(path: &Path, source: io::Error) -> Self {
        let path = path.display().to_string();
        Self::Disk { path, source }
    }
}

/// Whether the folder is a git folder: what holds `HEAD`, `objects` and `refs`.
pub(super) fn is_git_dir(dir: &Path) -> bool {
    dir.join("HEAD").is_file() && dir.join("objects").is_dir() && dir.join("refs").is_dir()
}

/// Finds the repository that somebody asked to serve in place, bare or with a work tree.
pub(super) fn find(path: &Path) -> Result<Place, OpenError> {
    let shown = || path.display().to_string();
    let path = &fs::canonicalize(path).map_err(|_| OpenError::NotARepository { path: shown() })?;
    let dot_git = path.join(".git");
    let (git_dir, work_tree) = if is_git_dir(&dot_git) {
        (dot_git, Some(path.clone()))
    } else if dot_git.is_file() {
        let reason = "it is a linked work tree or a submodule; name the main repository instead";
        return Err(unsupported(path, reason));
    } else if is_git_dir(path) && path.file_name().is_some_and(|name| name == ".git") {
        (path.clone(), path.parent().map(Path::to_owned))
    } else if is_git_dir(path) {
        (path.clone(), None)
    } else {
        return Err(OpenError::NotARepository { path: shown() });
    };
    let config = check(&git_dir, work_tree.as_deref())?;
    Ok(Place {
        reflogs: config.unwrap_or(work_tree.is_some()),
        git_dir,
        work_tree,
        maintained: false,
    })
}

/// Checks that libgit2 can work in the folder. The answer is `core.logAllRefUpdates`, if set.
///
/// A configuration is data here: nothing in it is ever run, and a work tree elsewhere
/// (`core.worktree`) is refused, so that no configuration makes Wyvern write outside the folder
/// that was named.
pub(super) fn check(git_dir: &Path, work_tree: Option<&Path>) -> Result<Option<bool>, OpenError> {
    is_self_contained(git_dir)?;
    open(git_dir).map_err(|error| unsupported(git_dir, &explain(&error, git_dir)))?;
    let path = git_dir.join("config");
    let config = Config::open(&path).map_err(|error| unsupported(git_dir, error.message()))?;
    if let Ok(elsewhere) = config.get_path("core.worktree")
        && work_tree != fs::canonicalize(git_dir.join(elsewhere)).ok().as_deref()
    {
        let reason = "its work tree is elsewhere; remove `core.worktree` from its configuration";
        return Err(unsupported(git_dir, reason));
    }
    Ok(config.get_bool("core.logallrefupdates").ok())
}

/// Refuses a git folder of which a part is elsewhere: what is written there would be outside the
/// folder that was named.
fn is_self_contained(git_dir: &Path) -> Result<(), OpenError> {
    if git_dir.join("commondir").symlink_metadata().is_ok() {
        let reason =
            "its `commondir` points to another repository; name that one, or remove the file";
        return Err(unsupported(git_dir, reason));
    }
    let parts = ["objects", "refs", "refs/heads"];
    let is_link = |part: &&str| git_dir.join(part).is_symlink();
    parts.into_iter().find(is_link).map_or(Ok(()), |part| {
        let reason = format!("its `{part}` is a link; put the folder itself in its place");
        Err(unsupported(git_dir, &reason))
    })
}

static CREATED: AtomicU32 = AtomicU32::new(0);

/// Creates a bare repository, wholly or not at all; `false` when there is one already.
pub(super) fn create(git_dir: &Path, scratch: &Path) -> Result<bool, OpenError> {
    if is_git_dir(git_dir) {
        return Ok(false);
    }
    let parent = git_dir.parent().unwrap_or(git_dir);
    fs::create_dir_all(parent).map_err(|error| OpenError::disk(parent, error))?;
    fs::create_dir_all(scratch).map_err(|error| OpenError::disk(scratch, error))?;
    let number = CREATED.fetch_add(1, Ordering::Relaxed);
    let made = scratch.join(format!("{}-{number}", std::process::id()));
    drop(fs::remove_dir_all(&made));
    let mut options = RepositoryInitOptions::new();
    options
        .bare(true)
        .external_template(false)
        .initial_head("main");
    Repository::init_opts(&made, &options)
        .map_err(|error| unsupported(git_dir, error.message()))?;
    let parts = ["", "HEAD", "config", "objects", "refs", "refs/heads"].map(|part| made.join(part));
    durable::sync(&parts).map_err(|error| OpenError::disk(&made, error))?;
    match fs::rename(&made, git_dir) {
        Ok(()) => durable::sync_one(parent)
            .map(|()| true)
            .map_err(|error| OpenError::disk(parent, error)),
        Err(_) if is_git_dir(git_dir) => {
            drop(fs::remove_dir_all(&made));
            Ok(false)
        }
        Err(error) => Err(OpenError::disk(git_dir, error)),
    }
}

/// The name of a repository that is served in place: `local/<folder name without .git>`.
pub(super) fn name_in_place(place: &Place) -> Result<RepositoryName, OpenError> {
    let folder = place.work_tree.as_deref().unwrap_or(&place.git_dir);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".git").unwrap_or(&name);
    RepositoryName::parse(&format!("local/{name}")).map_err(|error| OpenError::BadName {
        path: folder.display().to_string(),
        reason: error.to_string(),
    })
}

fn explain(error: &git2::Error, git_dir: &Path) -> String {
    if error.code() == git2::ErrorCode::Owner {
        let path = git_dir.display();
        format!(
            "it belongs to another user; make the server's user its owner, or run \
             `git config --global --add safe.directory {path}` as that user"
        )
    } else {
        error.message().to_owned()
    }
}

fn unsupported(path: &Path, reason: &str) -> OpenError {
    OpenError::Unsupported {
        path: path.display().to_string(),
        reason: reason.to_owned(),
    }
}
