//! Reading files and folders, through the caches.

use std::sync::Arc;

use bytes::Bytes;
use git2::{Oid, Repository};

use super::cache::Caches;
use super::plan::version_of;
use super::tree::{self, Finder, Found};
use crate::provider::{CommitId, Entry, File, FilePath, ProviderError};

/// The files at these paths, if all are in the caches.
pub(super) fn known_files(
    caches: &Caches,
    repo: u32,
    commit: &CommitId,
    paths: &[FilePath],
) -> Option<Vec<Option<File>>> {
    let known = |path: &FilePath| match known(caches, repo, commit, path)? {
        Found::File(blob, _) => Some(Some(file(blob, caches.blobs.get(&blob)?))),
        _ => Some(None),
    };
    paths.iter().map(known).collect()
}

/// The entries of the folder, if they are in the caches.
pub(super) fn known_dir(
    caches: &Caches,
    repo: u32,
    commit: &CommitId,
    folder: &FilePath,
) -> Option<Arc<[Entry]>> {
    match known(caches, repo, commit, folder)? {
        Found::Folder(tree) => caches.folders.get(&tree),
        _ => Some(Arc::default()),
    }
}

/// The files at these paths.
pub(super) fn files(
    caches: &Caches,
    git: &Repository,
    repo: u32,
    commit: &CommitId,
    paths: &[FilePath],
) -> Result<Vec<Option<File>>, ProviderError> {
    let mut finder = Finder::at(git, commit)?;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        files.push(match find(caches, &mut finder, repo, commit, path)? {
            Found::File(blob, _) => bytes(caches, git, blob)?.map(|bytes| file(blob, bytes)),
            _ => None,
        });
    }
    Ok(files)
}

/// The entries of the folder.
pub(super) fn dir(
    caches: &Caches,
    git: &Repository,
    repo: u32,
    commit: &CommitId,
    folder: &FilePath,
) -> Result<Arc<[Entry]>, ProviderError> {
    let mut finder = Finder::at(git, commit)?;
    let Found::Folder(tree) = find(caches, &mut finder, repo, commit, folder)? else {
        return Ok(Arc::default());
    };
    if let Some(entries) = caches.folders.get(&tree) {
        return Ok(entries);
    }
    let entries = tree::entries(git, tree)?;
    caches.folders.insert(tree, entries.clone());
    Ok(entries)
}

fn known(caches: &Caches, repo: u32, commit: &CommitId, path: &FilePath) -> Option<Found> {
    caches.paths.get(&(repo, commit.clone(), path.clone()))
}

fn find(
    caches: &Caches,
    finder: &mut Finder<'_>,
    repo: u32,
    commit: &CommitId,
    path: &FilePath,
) -> Result<Found, ProviderError> {
    if let Some(found) = known(caches, repo, commit, path) {
        return Ok(found);
    }
    let found = finder.find(path)?;
    let key = (repo, commit.clone(), path.clone());
    caches.paths.insert(key, found.clone());
    Ok(found)
}

fn bytes(caches: &Caches, git: &Repository, blob: Oid) -> Result<Option<Bytes>, ProviderError> {
    if let Some(bytes) = caches.blobs.get(&blob) {
        return Ok(Some(bytes));
    }
    let bytes = tree::read_blob(git, blob)?.map(Bytes::from);
    if let Some(bytes) = &bytes {
        caches.blobs.insert(blob, bytes.clone());
    }
    Ok(bytes)
}

fn file(blob: Oid, bytes: Bytes) -> File {
    let version = version_of(blob);
    File { version, bytes }
}
