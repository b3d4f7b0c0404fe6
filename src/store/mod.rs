//! Models in repositories: the only place where bytes and their meaning meet.
//!
//! A model lives at `<folder>/<model>/<model>.json` in a branch. The store lists, opens, creates,
//! saves, renames, deletes and compares models; every change is one commit that names the version
//! it replaces. It takes files by path and commits several at once, so that other kinds of
//! documents can live beside the models.

mod apart;
mod error;
mod harmless;
mod name;
mod occasion;
mod origin;
mod parsed;

mod cards;
mod folder;
mod history;
mod kept;
mod past;
mod save;
mod settle;
mod turns;

use std::sync::Arc;

use crate::model::Document;
use crate::provider::{
    Action, BranchName, Change, CommitId, CommitRequest, Committed, Credential, EntryKind, Expect,
    File, FilePath, NameError, Provider, RepositoryName, Version,
};

pub use apart::apart;
pub use cards::{Hidden, Listed};
pub use error::StoreError;
pub use history::{Compared, Deed, Event, Point};
pub use kept::{Content, Shelf, Tags, named_source};
pub use name::ModelName;
pub use occasion::{Occasion, RequestId, Title, TitleError};
pub use origin::{Base, Known, Origin};
pub use parsed::Parsed;
pub use save::Merge;
pub use turns::SaveTurns;

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
#[derive(Debug, Clone)]
pub struct Saved {
    /// Where the branch stands now.
    pub commit: CommitId,
    /// The version of the model's file now.
    pub version: Version,
    /// What was stored instead of what was sent, where others' changes were merged into it.
    pub merge: Option<Merge>,
}

/// The models that one person can reach at one provider.
#[derive(Debug, Clone)]
pub struct ModelStore {
    provider: Arc<dyn Provider>,
    who: Credential,
    folder: FilePath,
    parsed: Parsed,
    turns: Arc<SaveTurns>,
    tags: Tags,
}

impl ModelStore {
    /// The models under `folder` in the provider's repositories. All who reach them share `parsed`,
    /// `turns` and `tags`.
    #[must_use]
    pub fn new(
        provider: Arc<dyn Provider>,
        who: Credential,
        folder: FilePath,
        parsed: Parsed,
        turns: Arc<SaveTurns>,
        tags: Tags,
    ) -> Self {
        Self {
            provider,
            who,
            folder,
            parsed,
            turns,
            tags,
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
    pub async fn create(
        &self,
        at: &ModelRef,
        document: Document,
        occasion: &Occasion,
    ) -> Result<Saved, StoreError> {
        let text = apart(document.bytes().len(), || document.formatted()).await;
        let change = Change {
            path: self.path(&at.model)?,
            action: Action::Put(text.bytes()),
            expect: Expect::Absent,
        };
        let message = occasion.message(&format!("Create threat model {}", at.model));
        self.commit(at, vec![change], message).await
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
        Ok(Saved {
            commit,
            version,
            merge: None,
        })
    }
}
