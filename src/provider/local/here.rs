//! The repository that a command is run in: what the command line asks of git.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use git2::{
    Commit, Config, ConfigLevel, ErrorCode, FileMode, ObjectType, Oid, Repository, Sort, TreeEntry,
};
use jiff::Timestamp;
use thiserror::Error;

/// How many commits are compared with their parents in search of changes, at the most.
const COMMITS_MAX: usize = 20_000;

/// A repository that was found from a folder in it.
pub struct Here {
    repository: Repository,
    /// The folder it was found from, as it is called without links; empty in a bare repository.
    folder: PathBuf,
}

/// Why something cannot be had from the repository. Each is one sentence without a full stop.
#[derive(Debug, Error)]
pub enum HereError {
    /// There is no repository around the folder.
    #[error("there is no git repository here")]
    NotARepository,
    /// The repository has no files of its own to work on.
    #[error("this repository is bare: it has no work tree")]
    Bare,
    /// The revision's name has no meaning in this repository.
    #[error("`{0}` names no revision in this repository")]
    NoRevision(String),
    /// The revision has no such file.
    #[error("`{path}` is not in `{revision}`")]
    NoFile {
        /// The revision as it was given.
        revision: String,
        /// The path from the repository's root.
        path: String,
    },
    /// What stands there is a folder, a link or a submodule.
    #[error("`{0}` is not a file")]
    NotAFile(String),
    /// The file is longer than the caller takes.
    #[error("the file has {0} bytes, which is too long")]
    TooLong(usize),
    /// libgit2 fails.
    #[error("git: {0}")]
    Git(String),
}

impl From<git2::Error> for HereError {
    fn from(error: git2::Error) -> Self {
        Self::Git(error.message().to_owned())
    }
}

impl Here {
    /// Finds the repository that this folder is in.
    ///
    /// # Errors
    /// When there is none, or libgit2 refuses it, as one that belongs to somebody else.
    pub fn discover(folder: &Path) -> Result<Self, HereError> {
        let repository = Repository::discover(folder).map_err(|error| match error.code() {
            ErrorCode::NotFound => HereError::NotARepository,
            _ => error.into(),
        })?;
        let folder = fs::canonicalize(folder).unwrap_or_default();
        Ok(Self { repository, folder })
    }

    /// The folder of the work tree, without links in its path.
    ///
    /// # Errors
    /// In a bare repository.
    pub fn work_tree(&self) -> Result<PathBuf, HereError> {
        let folder = self.repository.workdir().ok_or(HereError::Bare)?;
        fs::canonicalize(folder).map_err(|error| HereError::Git(error.to_string()))
    }

    /// A file's content in a revision. The path is from the repository's root, or from the folder
    /// that the repository was found from when it begins with `./`.
    ///
    /// # Errors
    /// When there is none, or it has more than `longest` bytes.
    pub fn file_at(
        &self,
        revision: &str,
        path: &str,
        longest: usize,
    ) -> Result<Vec<u8>, HereError> {
        let no_revision = |_| HereError::NoRevision(revision.to_owned());
        let object = self.repository.revparse_single(revision);
        let tree = object.and_then(|object| object.peel_to_tree());
        let tree = tree.map_err(no_revision)?;
        let no_file = |_| HereError::NoFile {
            revision: revision.to_owned(),
            path: path.to_owned(),
        };
        let entry = tree
            .get_path(&self.path_from_root(path)?)
            .map_err(no_file)?;
        if !is_file(&entry) {
            return Err(HereError::NotAFile(path.to_owned()));
        }
        // Asked before it is unpacked.
        let (size, _) = self.repository.odb()?.read_header(entry.id())?;
        if size > longest {
            return Err(HereError::TooLong(size));
        }
        Ok(self.repository.find_blob(entry.id())?.content().to_vec())
    }

    fn path_from_root(&self, path: &str) -> Result<PathBuf, HereError> {
        let Some(below) = path.strip_prefix("./") else {
            return Ok(path.into());
        };
        let work_tree = self.work_tree()?;
        let folder = self.folder.strip_prefix(work_tree).unwrap_or(Path::new(""));
        Ok(folder.join(below))
    }

    /// When each of these files was last changed by a commit: what the history of HEAD says, walked
    /// once for all. The paths are from the work tree. Not in the answer is a file of which the
    /// history says nothing, because it is not committed as it stands, or the clone is shallow.
    ///
    /// # Errors
    /// When the history cannot be read.
    pub fn last_changes(
        &self,
        paths: &[PathBuf],
    ) -> Result<HashMap<PathBuf, Timestamp>, HereError> {
        let mut pending = self.committed(paths)?;
        let mut answer = HashMap::new();
        let mut walk = self.repository.revwalk()?;
        walk.set_sorting(Sort::TIME)?;
        walk.push_head()?;
        for (count, id) in walk.enumerate() {
            if pending.is_empty() {
                break;
            }
            let commit = self.repository.find_commit(id?)?;
            // No later than this: true, if not exact, for what was not changed in all that time.
            let changed = if count < COMMITS_MAX {
                self.changed_by(&commit, &pending)?
            } else {
                pending.clone()
            };
            let Ok(time) = Timestamp::from_second(commit.time().seconds()) else {
                continue;
            };
            for path in changed {
                pending.remove(&path);
                answer.insert(path, time);
            }
        }
        Ok(answer)
    }

    /// Those of the files that are in the work tree as they are in HEAD.
    fn committed(&self, paths: &[PathBuf]) -> Result<HashSet<PathBuf>, HereError> {
        let work_tree = self.work_tree()?;
        let tree = self.repository.head()?.peel_to_tree()?;
        let committed = |path: &&PathBuf| {
            let here = Oid::hash_file(ObjectType::Blob, work_tree.join(path));
            let there = tree.get_path(path).map(|entry| entry.id());
            matches!((here, there), (Ok(here), Ok(there)) if here == there)
        };
        Ok(paths.iter().filter(committed).cloned().collect())
    }

    /// Those of the files that the commit has otherwise than each of its parents.
    fn changed_by(
        &self,
        commit: &Commit<'_>,
        files: &HashSet<PathBuf>,
    ) -> Result<HashSet<PathBuf>, HereError> {
        if commit.parent_count() == 0 && self.repository.is_shallow() {
            return Ok(HashSet::new());
        }
        let tree = commit.tree()?;
        let mut before = Vec::new();
        for parent in commit.parent_ids() {
            match self.repository.find_commit(parent) {
                Ok(parent) => before.push(Some(parent.tree()?)),
                // What a shallow clone leaves out.
                Err(_) => return Ok(HashSet::new()),
            }
        }
        if before.is_empty() {
            before.push(None);
        }
        let mut changed = files.clone();
        for before in &before {
            let diff = self
                .repository
                .diff_tree_to_tree(before.as_ref(), Some(&tree), None)?;
            let paths: HashSet<_> = diff
                .deltas()
                .filter_map(|delta| delta.new_file().path().map(Path::to_owned))
                .collect();
            changed.retain(|path| paths.contains(path));
        }
        Ok(changed)
    }

    /// Gives entries of the repository's own configuration these values and tells which have
    /// changed by that; with `only_look`, which would.
    ///
    /// # Errors
    /// When the configuration cannot be read or written.
    pub fn configure<'a>(
        &self,
        entries: &[(&'a str, &str)],
        only_look: bool,
    ) -> Result<Vec<&'a str>, HereError> {
        let mut config = self.local_config()?;
        let mut changed = Vec::new();
        for (name, value) in entries {
            if config.get_string(name).is_ok_and(|now| now == *value) {
                continue;
            }
            if !only_look {
                config.set_str(name, value)?;
            }
            changed.push(*name);
        }
        Ok(changed)
    }

    fn local_config(&self) -> Result<Config, HereError> {
        let config = self.repository.config()?;
        Ok(config.open_level(ConfigLevel::Local)?)
    }
}

fn is_file(entry: &TreeEntry<'_>) -> bool {
    entry.kind() == Some(ObjectType::Blob) && entry.filemode() != i32::from(FileMode::Link)
}
