//! Models in repositories: the only place where bytes and their meaning meet.
//!
//! A model lives at `<folder>/<model>/<model>.json` in a branch. The store lists, opens, creates,
//! saves, renames and deletes models; every change is one commit that names the version it
//! replaces. It takes files by path and commits several at once, so that other kinds of documents
//! can live beside the models.

mod apart;
mod error;
mod folder;
mod name;

use std::sync::Arc;

use moka::sync::Cache;

use crate::model::Document;
use crate::provider::{
    Action, BranchName, Change, CommitId, CommitRequest, CommitSummary, Committed, Credential,
    EntryKind, Expect, File, FilePath, NameError, Page, PageNumber, Provider, RepositoryName,
    Version,
};

use folder::delete;

pub use apart::apart;
pub use error::StoreError;
pub use name::ModelName;

/// What parsed models may take in memory at once, in bytes of their text.
const PARSED_MAX: u64 = 32 << 20;
/// Files that a model's folder may hold when it is renamed or deleted.
const FILES_MAX: usize = 200;
/// What they may hold in all, in bytes: they are in memory together until they are committed.
const FOLDER_MAX: usize = 64 << 20;

/// Where a model is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ModelRef {
    /// In which repository.
    pub repository: RepositoryName,
    /// On which branch.
    pub branch: BranchName,
    /// Under which name.
    pub model: ModelName,
}

/// A model as it stands in its branch.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The commit it was read at.
    pub commit: CommitId,
    /// The version of its file.
    pub version: Version,
    /// What it says.
    pub document: Document,
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Where the branch stands now.
    pub commit: CommitId,
    /// The version of the model's file now.
    pub version: Version,
}

/// The version that a change was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// This one: anything else is a conflict.
    Version(Version),
    /// Whatever is there: an overwrite that was asked for by name.
    Any,
}

/// Parsed models by their file's version. A version names its bytes, so an entry never ages, and
/// it is only ever reached by somebody whose own credential has just read that file.
#[derive(Debug, Clone)]
pub struct Parsed(Cache<Version, Document>);

impl Default for Parsed {
    fn default() -> Self {
        let weigh = |_: &Version, document: &Document| {
            u32::try_from(document.bytes().len()).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .weigher(weigh)
                .max_capacity(PARSED_MAX)
                .build(),
        )
    }
}

impl Parsed {
    async fn document(&self, file: File) -> Result<Document, StoreError> {
        if let Some(document) = self.0.get(&file.version) {
            return Ok(document);
        }
        let read = apart(file.bytes.len(), || Document::parse(file.bytes));
        let document = read.await.map_err(StoreError::Unreadable)?;
        self.0.insert(file.version, document.clone());
        Ok(document)
    }
}

/// The models that one person can reach at one provider.
#[derive(Debug, Clone)]
pub struct ModelStore {
    provider: Arc<dyn Provider>,
    who: Credential,
    folder: FilePath,
    parsed: Parsed,
}

impl ModelStore {
    /// The models under `folder` in the provider's repositories.
    #[must_use]
    pub fn new(
        provider: Arc<dyn Provider>,
        who: Credential,
        folder: FilePath,
        parsed: Parsed,
    ) -> Self {
        Self {
            provider,
            who,
            folder,
            parsed,
        }
    }

    /// The names of the models on a branch, in byte order. Without a models folder there are none.
    ///
    /// # Errors
    /// [`StoreError::Provider`] when the repository or the branch does not exist, or the provider
    /// fails.
    pub async fn list(
        &self,
        repository: &RepositoryName,
        branch: &BranchName,
    ) -> Result<Vec<ModelName>, StoreError> {
        let commit = self.provider.resolve(&self.who, repository, branch).await?;
        let entries = self
            .provider
            .read_dir(&self.who, repository, &commit, &self.folder)
            .await?;
        let folders = entries
            .iter()
            .filter(|entry| entry.kind == EntryKind::Folder);
        Ok(folders
            .filter_map(|entry| ModelName::parse(&entry.name).ok())
            .collect())
    }

    /// Opens a model as it stands now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::Unreadable`], or what the provider says.
    pub async fn open(&self, at: &ModelRef) -> Result<Opened, StoreError> {
        let commit = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let file = self.read(at, &commit).await?.ok_or(StoreError::NotFound)?;
        let version = file.version.clone();
        Ok(Opened {
            commit,
            version,
            document: self.parsed.document(file).await?,
        })
    }

    /// Creates a model that does not exist yet.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`], or what the provider says.
    pub async fn create(&self, at: &ModelRef, document: Document) -> Result<Saved, StoreError> {
        let text = apart(document.bytes().len(), || document.formatted()).await;
        let change = Change {
            path: self.path(&at.model)?,
            action: Action::Put(text.bytes()),
            expect: Expect::Absent,
        };
        let message = format!("Create threat model {}", at.model);
        self.commit(at, vec![change], message).await
    }

    /// Saves a model over the version it was made from. What did not change keeps the spelling it
    /// has in the repository, so that the commit shows the edit and nothing else.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the model is in another version by now; saving again what is
    /// already there is none. [`StoreError::NotFound`], or what the provider says.
    pub async fn save(
        &self,
        at: &ModelRef,
        document: &Document,
        base: &Base,
    ) -> Result<Saved, StoreError> {
        let commit = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let stored = self.read(at, &commit).await?.ok_or(StoreError::NotFound)?;
        let version = stored.version.clone();
        let bytes = stored.bytes.len() + document.bytes().len();
        let (stored, document) = (self.parsed.document(stored).await, document.clone());
        let revise = move || match stored {
            Ok(stored) => stored.revised_by(&document),
            // What is there cannot be read: the new text stands for itself.
            Err(_) => document.formatted(),
        };
        let text = apart(bytes, revise).await;
        let expect = match base {
            Base::Version(base) => base.clone(),
            Base::Any => version,
        };
        let change = Change {
            path: self.path(&at.model)?,
            action: Action::Put(text.bytes()),
            expect: Expect::Version(expect),
        };
        self.commit(
            at,
            vec![change],
            format!("Update threat model {}", at.model),
        )
        .await
    }

    /// Deletes a model with everything in its folder. It stays in the history.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the model is in another version by now;
    /// [`StoreError::NotFound`], or what the provider says.
    pub async fn delete(&self, at: &ModelRef, base: &Base) -> Result<CommitId, StoreError> {
        let (commit, files) = self.folder_of(at, base).await?;
        let changes = files
            .into_iter()
            .map(|(path, file)| delete(path, file))
            .collect();
        let message = format!("Delete threat model {}", at.model);
        let request = CommitRequest {
            branch: at.branch.clone(),
            changes,
            message,
        };
        tracing::debug!(%commit, model = %at.model, "deleting");
        Ok(self
            .provider
            .commit(&self.who, &at.repository, request)
            .await?
            .commit)
    }

    /// Gives a model, with everything in its folder, another name: one commit.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`] when the new name is taken; [`StoreError::Conflict`],
    /// [`StoreError::NotFound`], or what the provider says.
    pub async fn rename(
        &self,
        at: &ModelRef,
        name: &ModelName,
        base: &Base,
    ) -> Result<Saved, StoreError> {
        let (commit, files) = self.folder_of(at, base).await?;
        let new = ModelRef {
            model: name.clone(),
            ..at.clone()
        };
        if self.read(&new, &commit).await?.is_some() {
            return Err(StoreError::AlreadyExists);
        }
        let (old_path, new_path) = (self.path(&at.model)?, self.path(name)?);
        let mut changes = Vec::with_capacity(2 * files.len());
        for (path, file) in files {
            let to = if path == old_path {
                new_path.clone()
            } else {
                self.moved(&path, &at.model, name)?
            };
            let action = Action::Put(file.bytes.clone());
            let put = Change {
                path: to,
                action,
                expect: Expect::Absent,
            };
            // The model itself comes first: the answer's version is that of the first change.
            changes.insert(
                if put.path == new_path {
                    0
                } else {
                    changes.len()
                },
                put,
            );
            changes.push(delete(path, file));
        }
        self.commit(
            &new,
            changes,
            format!("Rename threat model {} to {name}", at.model),
        )
        .await
    }

    /// The commits that changed a model, newest first.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn history(
        &self,
        at: &ModelRef,
        page: PageNumber,
    ) -> Result<Page<CommitSummary>, StoreError> {
        let commit = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let path = self.path(&at.model)?;
        Ok(self
            .provider
            .history(&self.who, &at.repository, &commit, &path, page)
            .await?)
    }

    /// The version that a model is in now. It need not be readable.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or what the provider says.
    pub async fn version(&self, at: &ModelRef) -> Result<Version, StoreError> {
        let commit = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let file = self.read(at, &commit).await?.ok_or(StoreError::NotFound)?;
        Ok(file.version)
    }

    fn path(&self, model: &ModelName) -> Result<FilePath, NameError> {
        self.folder
            .join(model.as_segment())?
            .join(&model.file_name())
    }

    async fn read(&self, at: &ModelRef, commit: &CommitId) -> Result<Option<File>, StoreError> {
        let paths = [self.path(&at.model)?];
        let files = self
            .provider
            .read_files(&self.who, &at.repository, commit, &paths)
            .await?;
        Ok(files.into_iter().next().flatten())
    }

    async fn commit(
        &self,
        at: &ModelRef,
        changes: Vec<Change>,
        message: String,
    ) -> Result<Saved, StoreError> {
        let request = CommitRequest {
            branch: at.branch.clone(),
            changes,
            message,
        };
        let made = self
            .provider
            .commit(&self.who, &at.repository, request)
            .await;
        let Committed { commit, versions } = made?;
        let version = versions.into_iter().next().flatten();
        let version = version.expect("the first change of these commits puts the model's file");
        Ok(Saved { commit, version })
    }
}
