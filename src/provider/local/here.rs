//! The repository that a command is run in: what the command line asks of git.

use std::fs;
use std::path::{Path, PathBuf};

use git2::{Config, ConfigLevel, ErrorCode, FileMode, ObjectType, Repository, TreeEntry};
use thiserror::Error;

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
        let entry = tree.get_path(&self.from_root(path)?).map_err(no_file)?;
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

    fn from_root(&self, path: &str) -> Result<PathBuf, HereError> {
        let Some(below) = path.strip_prefix("./") else {
            return Ok(path.into());
        };
        let work_tree = self.work_tree()?;
        let folder = self.folder.strip_prefix(work_tree).unwrap_or(Path::new(""));
        Ok(folder.join(below))
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
