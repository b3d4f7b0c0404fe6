//! A model's whole folder: what is renamed and deleted together.

use super::{Base, ModelName, ModelRef, ModelStore, Occasion, Saved, StoreError};
use crate::provider::{
    Action, Change, CommitId, CommitRequest, EntryKind, Expect, File, FilePath, NameError,
    RepositoryName, Segment,
};

/// Files that a model's folder may hold when it is renamed or deleted.
const FILES_MAX: usize = 200;
/// What they may hold in all, in bytes: they are in memory together until they are committed.
const FOLDER_MAX: usize = 64 << 20;

impl ModelStore {
    /// Deletes a model with everything in its folder. It stays in the history.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the model is in another version by now;
    /// [`StoreError::NotFound`], or what the provider says.
    pub async fn delete(
        &self,
        at: &ModelRef,
        base: &Base,
        occasion: &Occasion,
    ) -> Result<CommitId, StoreError> {
        let (commit, files) = self.folder_of(at, base).await?;
        let changes = files
            .into_iter()
            .map(|(path, file)| delete(path, file))
            .collect();
        let message = occasion.message(&format!("Delete threat model {}", at.model));
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
        occasion: &Occasion,
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
        let message = format!("Rename threat model {} to {name}", at.model);
        self.commit(&new, changes, occasion.message(&message)).await
    }

    /// Every file in the model's folder, the model's own in the version that `base` asks for.
    async fn folder_of(
        &self,
        at: &ModelRef,
        base: &Base,
    ) -> Result<(CommitId, Vec<(FilePath, File)>), StoreError> {
        let commit = self
            .provider
            .resolve(&self.who, &at.repository, &at.branch)
            .await?;
        let model = self.read(at, &commit).await?.ok_or(StoreError::NotFound)?;
        if matches!(base, Base::Version(version) if *version != model.version) {
            return Err(StoreError::Conflict {
                now: Some(model.version),
            });
        }
        let folder = self.folder.join(at.model.as_segment())?;
        let paths = self.files_under(&at.repository, &commit, folder).await?;
        let files = self.files_at(&at.repository, &commit, paths).await?;
        Ok((commit, files))
    }

    /// These files, read one by one, so that no more than [`FOLDER_MAX`] and one file are held.
    async fn files_at(
        &self,
        repository: &RepositoryName,
        commit: &CommitId,
        paths: Vec<FilePath>,
    ) -> Result<Vec<(FilePath, File)>, StoreError> {
        let (mut files, mut bytes) = (Vec::with_capacity(paths.len()), 0);
        for path in paths {
            let one = std::slice::from_ref(&path);
            let read = self
                .provider
                .read_files(&self.who, repository, commit, one)
                .await?;
            for file in read.into_iter().flatten() {
                bytes += file.bytes.len();
                if bytes > FOLDER_MAX {
                    return Err(StoreError::Unmovable { path });
                }
                files.push((path.clone(), file));
            }
        }
        Ok(files)
    }

    async fn files_under(
        &self,
        repository: &RepositoryName,
        commit: &CommitId,
        folder: FilePath,
    ) -> Result<Vec<FilePath>, StoreError> {
        let (mut folders, mut files) = (vec![folder], Vec::new());
        while let Some(folder) = folders.pop() {
            let entries = self
                .provider
                .read_dir(&self.who, repository, commit, &folder)
                .await?;
            for entry in entries.iter() {
                // What cannot be named cannot be moved, and leaving it behind would lose it.
                let path = folder.join(&Segment::parse(&entry.name)?)?;
                match entry.kind {
                    EntryKind::File => files.push(path),
                    EntryKind::Folder => folders.push(path),
                    EntryKind::Other => return Err(StoreError::Unmovable { path }),
                }
            }
            if files.len() + folders.len() > FILES_MAX {
                return Err(StoreError::Unmovable { path: folder });
            }
        }
        Ok(files)
    }

    /// Where a file in the folder of model `from` goes when the model becomes `to`.
    fn moved(
        &self,
        path: &FilePath,
        from: &ModelName,
        to: &ModelName,
    ) -> Result<FilePath, NameError> {
        let old = format!("{}/{from}/", self.folder);
        let rest = path.as_str().strip_prefix(&old).unwrap_or(path.as_str());
        FilePath::parse(&format!("{}/{to}/{rest}", self.folder))
    }
}

/// Deletes a file in the version it was read in.
fn delete(path: FilePath, file: File) -> Change {
    Change {
        path,
        action: Action::Delete,
        expect: Expect::Version(file.version),
    }
}
