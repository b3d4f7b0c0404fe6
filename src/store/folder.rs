//! A model's whole folder: what is renamed and deleted together.

use super::{Base, FILES_MAX, FOLDER_MAX, ModelName, ModelRef, ModelStore, StoreError};
use crate::provider::{
    Action, Change, CommitId, EntryKind, Expect, File, FilePath, NameError, RepositoryName, Segment,
};

impl ModelStore {
    /// Every file in the model's folder, the model's own in the version that `base` asks for.
    pub(super) async fn folder_of(
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
    pub(super) fn moved(
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
pub(super) fn delete(path: FilePath, file: File) -> Change {
    Change {
        path,
        action: Action::Delete,
        expect: Expect::Version(file.version),
    }
}
