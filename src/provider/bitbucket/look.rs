//! What is at some paths of a commit: kept, or asked for. Bitbucket tells no versions, so that the
//! bytes of files are read to know them.

use bytes::Bytes;
use futures_util::future::{join, try_join_all};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::AT_ONCE;
use super::kind::{About, Kind, Kinds, kind_in};
use super::visit::Visit;
use super::wire::{Entry, Page};
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, Got, Looked, Verdict, above, encoded};
use crate::provider::{CommitId, FilePath, ProviderError, Version};

impl Visit<'_> {
    /// What is at these paths of a commit. Of a file that is kept there are no bytes: they may be
    /// kept, too.
    pub(super) async fn look<'p>(
        &self,
        commit: &CommitId,
        paths: impl IntoIterator<Item = &'p FilePath>,
    ) -> Result<Looked, ProviderError> {
        let (mut seen, missing) = self.standing.kept(commit, paths);
        if missing.is_empty() {
            self.admitted().await?;
        }
        let kinds = if missing.len() > AT_ONCE {
            self.kinds(commit, &missing).await?
        } else {
            None
        };
        let missing = stream::iter(missing.into_iter().cloned());
        let asked = missing.map(|path| self.look_at(commit, path, kinds.as_ref()));
        let asked: Vec<_> = asked.buffer_unordered(AT_ONCE).try_collect().await?;
        seen.extend(asked);
        Ok(seen)
    }

    async fn look_at(
        &self,
        commit: &CommitId,
        path: FilePath,
        kinds: Option<&Kinds>,
    ) -> Result<(FilePath, (There, Option<Bytes>)), ProviderError> {
        let (there, bytes) = match self.file_at(commit, &path, kinds).await? {
            At::File(version, bytes) => (There::File(version), Some(bytes)),
            At::Nothing => (self.blocked(commit, &path, kinds).await?, None),
            At::NoFile => (There::NotAFile, None),
        };
        self.standing.keep(commit, &path, &there, bytes.as_ref());
        Ok((path, (there, bytes)))
    }

    /// What is at a path itself. Where its kind is not known it is asked for along with the bytes,
    /// which saves a round trip; whatever those are, they count only where there is a file.
    async fn file_at(
        &self,
        commit: &CommitId,
        path: &FilePath,
        kinds: Option<&Kinds>,
    ) -> Result<At, ProviderError> {
        let raw = self.bytes(commit, path);
        let (kind, raw) = match kinds {
            None => {
                let (kind, raw) = join(self.kind(commit, path.as_str()), raw).await;
                (kind?, Some(raw))
            }
            Some(kinds) => match kind_in(kinds, path.as_str()) {
                kind @ Kind::File(_) => (kind, Some(raw.await)),
                kind => (kind, None),
            },
        };
        match (kind, raw) {
            (Kind::File(about), Some(raw)) => self.file(commit, path, &about, raw).await,
            (Kind::Nothing, _) => Ok(At::Nothing),
            _ => Ok(At::NoFile),
        }
    }

    pub(super) async fn raw(&self, commit: &CommitId, path: &FilePath) -> Result<Got, Failure> {
        let path = format!("/src/{commit}/{}", encoded(path.as_str()));
        self.caller.raw(&self.path(&path)).await
    }

    /// The bytes at a path, which its history may have shown before.
    async fn bytes(&self, commit: &CommitId, path: &FilePath) -> Result<Bytes, Failure> {
        let version = self
            .bitbucket
            .versions
            .get(&self.standing.spot(commit, path));
        let files = &self.standing.memory.kept.files;
        match version.and_then(|version| files.get(&version)) {
            Some(bytes) => Ok(bytes),
            None => Ok(self.raw(commit, path).await?.body),
        }
    }

    async fn file(
        &self,
        commit: &CommitId,
        path: &FilePath,
        about: &About,
        raw: Result<Bytes, Failure>,
    ) -> Result<At, ProviderError> {
        if about.is_elsewhere {
            return Err(ProviderError::Unavailable {
                reason: format!("{path} is kept in Git LFS, from which nothing is read."),
                source: None,
            });
        }
        let bytes = raw.and_then(|bytes| whole(bytes, about.size));
        let bytes = self.of_commit(commit, bytes).await?;
        let read = match bytes {
            Some(bytes) => hashed(bytes).await,
            None => None,
        };
        let read = self.standing.told(read.ok_or(Failure::Unreadable));
        let (version, bytes) = read?;
        let spot = self.standing.spot(commit, path);
        let is_executable = about.is_executable;
        self.bitbucket.executables.insert(spot, is_executable);
        Ok(At::File(version, bytes))
    }

    /// Why nothing is there, and whether a file could be.
    async fn blocked(
        &self,
        commit: &CommitId,
        path: &FilePath,
        kinds: Option<&Kinds>,
    ) -> Result<There, ProviderError> {
        let parents: Vec<_> = above(path).collect();
        let found = match kinds {
            Some(kinds) => parents
                .iter()
                .map(|parent| kind_in(kinds, parent))
                .collect(),
            None => try_join_all(parents.iter().map(|parent| self.kind(commit, parent))).await?,
        };
        let blocks = |kind: &Kind| matches!(kind, Kind::File(_) | Kind::Other);
        let blocking = parents.iter().zip(found).find(|(_, kind)| blocks(kind));
        Ok(blocking.map_or(There::Nothing, |(parent, _)| {
            There::Under((*parent).to_owned())
        }))
    }

    /// The file's version in a commit of its history, when it is one there.
    ///
    /// Its bytes alone are asked for, of which Bitbucket gives more than of words about them. So
    /// the target of a symbolic link has a version, too; whoever then reads the file is told that
    /// there is none.
    pub(super) async fn version_at(
        &self,
        commit: &CommitId,
        path: &FilePath,
    ) -> Result<Option<Version>, ProviderError> {
        let (spot, kept) = (self.standing.spot(commit, path), &self.standing.memory.kept);
        let versions = &self.bitbucket.versions;
        match kept.paths.get(&spot) {
            Some(there) => return Ok(version(there)),
            None if versions.contains_key(&spot) => return Ok(versions.get(&spot)),
            None => {}
        }
        let raw = self.raw(commit, path).await.map(|got| got.body);
        if matches!(&raw, Err(failure) if self.caller.verdict(failure) == Some(Verdict::Elsewhere))
        {
            let (_, (there, _)) = self.look_at(commit, path.clone(), None).await?;
            return Ok(version(there));
        }
        let bytes = self.of_commit(commit, raw).await?;
        let Some(bytes) = bytes.filter(|bytes| !is_list(commit, bytes)) else {
            return Ok(None);
        };
        let read = hashed(bytes).await.ok_or(Failure::Unreadable);
        let (version, bytes) = self.standing.told(read)?;
        versions.insert(spot, version.clone());
        kept.files.insert(version.clone(), bytes);
        Ok(Some(version))
    }

    /// Whether the file at a path, of which it is known that it is one, is executable.
    pub(super) async fn is_executable(
        &self,
        commit: &CommitId,
        path: &FilePath,
    ) -> Result<bool, ProviderError> {
        let known = self
            .bitbucket
            .executables
            .get(&self.standing.spot(commit, path));
        if let Some(is_executable) = known {
            return Ok(is_executable);
        }
        let kind = self.kind(commit, path.as_str()).await?;
        Ok(matches!(kind, Kind::File(about) if about.is_executable))
    }
}

/// What is at a path, its parents left aside.
enum At {
    File(Version, Bytes),
    /// Something else.
    NoFile,
    Nothing,
}

fn version(there: There) -> Option<Version> {
    match there {
        There::File(version) => Some(version),
        _ => None,
    }
}

/// Whether these are no file's bytes but the list of a folder: that alone can name the commit that
/// it is in.
fn is_list(commit: &CommitId, bytes: &[u8]) -> bool {
    let list = serde_json::from_slice::<Page<Entry>>(bytes);
    let is_of_commit = |list: Page<Entry>| {
        let mut entries = list.values.iter();
        entries.any(|entry| entry.commit.hash == commit.as_str())
    };
    list.is_ok_and(is_of_commit)
}

/// A file is whole, or no answer.
fn whole(bytes: Bytes, size: Option<usize>) -> Result<Bytes, Failure> {
    let is_whole = size.is_none_or(|size| size == bytes.len());
    is_whole.then_some(bytes).ok_or(Failure::Unreadable)
}

/// Hashing a large file would hold up others. `None` when the server is being ended.
async fn hashed(bytes: Bytes) -> Option<(Version, Bytes)> {
    let hash = move || (Version::of(&bytes), bytes);
    tokio::task::spawn_blocking(hash).await.ok()
}
