//! What is at some paths of a commit: kept, or asked for by one call for a hundred of them.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use futures_util::future::try_join_all;

use super::graphql::{CONTENTS, Files, KIND};
use super::visit::Visit;
use super::wire::{Object, TreeEntry};
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, Looked, above};
use crate::provider::outgoing::Repeat;
use crate::provider::{CommitId, FilePath, ProviderError, Version};

/// Paths in one query.
const AT_ONCE: usize = 100;

/// What of the files themselves is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Their versions.
    Versions,
    /// Also their bytes, as far as GitHub gives them along.
    Contents,
}

impl Visit<'_> {
    /// What is at these paths of a commit. Of a file that is kept there are no bytes: they may be
    /// kept, too.
    pub(super) async fn look<'p>(
        &self,
        commit: &CommitId,
        paths: impl IntoIterator<Item = &'p FilePath>,
        wanted: Wanted,
    ) -> Result<Looked, ProviderError> {
        let (mut found, missing) = self.standing.kept(commit, paths);
        if missing.is_empty() {
            self.admitted().await?;
        }
        let parts = missing.chunks(AT_ONCE);
        let asked = parts.map(|paths| self.ask(commit, paths, wanted));
        for part in try_join_all(asked).await? {
            found.extend(part);
        }
        Ok(found)
    }

    async fn ask(
        &self,
        commit: &CommitId,
        paths: &[&FilePath],
        wanted: Wanted,
    ) -> Result<Looked, ProviderError> {
        let mut answer = self.look_at(commit, paths, wanted).await;
        let all_at_once = wanted == Wanted::Contents;
        if all_at_once && matches!(&answer, Err(failure) if self.is_too_much(failure)) {
            answer = self.look_at(commit, paths, Wanted::Versions).await;
        }
        let found = answer.and_then(|object| {
            let found = understood(paths, object);
            found.ok_or(Failure::Unreadable)
        });
        let found = self.standing.told(found)?;
        for (path, (there, bytes)) in &found {
            self.standing.keep(commit, path, there, bytes.as_ref());
        }
        Ok(found)
    }

    async fn look_at(
        &self,
        commit: &CommitId,
        paths: &[&FilePath],
        wanted: Wanted,
    ) -> Result<Object, Failure> {
        let (of_files, repeat) = match wanted {
            Wanted::Versions => (KIND, Repeat::Safe),
            Wanted::Contents => (CONTENTS, Repeat::Spared),
        };
        let parents = parents(paths);
        let above = parents
            .iter()
            .map(|(path, n)| (format!("a{n}"), *path, KIND));
        let files = paths.iter().enumerate();
        let files = files.map(|(n, path)| (format!("f{n}"), path.as_str(), of_files));
        let files = Files::default().commit("c", commit.as_str(), files.chain(above));
        self.query("Look", files, repeat).await?.commit("c")
    }
}

/// Every folder that these paths would be in, with a number.
fn parents<'p>(paths: &[&'p FilePath]) -> BTreeMap<&'p str, usize> {
    let all: BTreeSet<_> = paths.iter().flat_map(|path| above(path)).collect();
    all.into_iter().zip(0..).collect()
}

/// `None` when the answer makes no sense.
fn understood(paths: &[&FilePath], mut object: Object) -> Option<Looked> {
    let parents = parents(paths);
    let blocked = |path: &FilePath| {
        let parent = above(path).find(|parent| {
            let alias = parents.get(parent).map(|n| format!("a{n}"));
            let entry = alias.and_then(|alias| object.files.get(&alias)?.as_ref());
            entry.is_some_and(|entry| !is_folder(entry))
        });
        parent.map_or(There::Nothing, |parent| There::Under(parent.to_owned()))
    };
    let blocked: Vec<_> = paths.iter().map(|path| blocked(path)).collect();
    let mut found = Looked::new();
    for ((n, path), blocked) in paths.iter().enumerate().zip(blocked) {
        let what = match object.files.remove(&format!("f{n}"))? {
            None => (blocked, None),
            Some(entry) if is_file(&entry) => file(entry)?,
            Some(_) => (There::NotAFile, None),
        };
        found.insert((*path).clone(), what);
    }
    Some(found)
}

/// The text counts when it is the file: it is cut when it is long, and is not there, or changed,
/// when the file is no UTF-8.
fn file(entry: TreeEntry) -> Option<(There, Option<Bytes>)> {
    let version = Version::parse(&entry.oid?)?;
    let content = entry.object.filter(|content| !content.is_truncated);
    let bytes = content.and_then(|content| content.text).map(Bytes::from);
    let whole = bytes.filter(|bytes| Version::of(bytes) == version);
    Some((There::File(version), whole))
}

/// Git's mode of a regular file, executable or not.
pub(super) fn is_file(entry: &TreeEntry) -> bool {
    entry.mode & 0o170_000 == 0o100_000
}

/// Git's mode of a folder.
pub(super) fn is_folder(entry: &TreeEntry) -> bool {
    entry.mode & 0o170_000 == 0o040_000
}
