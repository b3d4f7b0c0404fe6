//! What is at some paths of a commit: kept, or asked for.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, try_join_all};

use super::graphql::{Query, Wanted};
use super::visit::Visit;
use super::wire::{Blob, Look};
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, Looked, Verdict, above};
use crate::provider::outgoing::Repeat;
use crate::provider::{CommitId, FilePath, ProviderError, Version};

/// Paths in one query: so many files, or so few whose absence is told apart, with the folders that
/// they would be in. More is too complex for GitLab.
const FILES: usize = 100;
const PLACES: usize = 8;

impl Visit<'_> {
    /// What is at these paths of a commit, as a write must know it.
    pub(super) async fn places<'p>(
        &self,
        commit: &CommitId,
        paths: impl IntoIterator<Item = &'p FilePath>,
    ) -> Result<Looked, ProviderError> {
        self.look(commit, paths, PLACES, Wanted::Versions).await
    }

    /// The files at these paths of a commit. Where many are asked for, a path without a file says no
    /// more than that. Of a file that is kept there are no bytes: they may be kept, too.
    pub(super) async fn files(
        &self,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Looked, ProviderError> {
        let many = if paths.len() > PLACES { FILES } else { PLACES };
        self.look(commit, paths, many, Wanted::Contents).await
    }

    async fn look<'p>(
        &self,
        commit: &CommitId,
        paths: impl IntoIterator<Item = &'p FilePath>,
        many: usize,
        wanted: Wanted,
    ) -> Result<Looked, ProviderError> {
        let (mut seen, missing) = self.standing.kept(commit, paths);
        if missing.is_empty() {
            self.admitted(commit).await?;
        }
        let parts = missing.chunks(many);
        let asked = parts.map(|paths| self.ask(commit, paths, many == PLACES, wanted));
        for part in try_join_all(asked).await? {
            seen.extend(part);
        }
        Ok(seen)
    }

    /// Asks, for less where that was too much for GitLab: first without contents, then in halves.
    async fn ask(
        &self,
        commit: &CommitId,
        paths: &[&FilePath],
        closely: bool,
        wanted: Wanted,
    ) -> Result<Looked, ProviderError> {
        let mut seen = self.look_at(commit, paths, closely, wanted).await;
        let too_much = matches!(&seen, Err(failure) if self.is_too_much(failure));
        if too_much && wanted == Wanted::Contents {
            seen = self.look_at(commit, paths, closely, Wanted::Versions).await;
        }
        let too_complex = matches!(&seen, Err(failure)
            if self.caller.verdict(failure) == Some(Verdict::TooLarge));
        if too_complex && paths.len() > 1 {
            return self.in_halves(commit, paths, closely, wanted).await;
        }
        let seen = self.told(seen)?;
        for (path, (there, bytes)) in &seen {
            // Without its surroundings nothing is known of a path where there is no file.
            if closely || matches!(there, There::File(_)) {
                self.standing.keep(commit, path, there, bytes.as_ref());
            }
        }
        Ok(seen)
    }

    fn in_halves<'f>(
        &'f self,
        commit: &'f CommitId,
        paths: &'f [&'f FilePath],
        closely: bool,
        wanted: Wanted,
    ) -> BoxFuture<'f, Result<Looked, ProviderError>> {
        let (some, others) = paths.split_at(paths.len() / 2);
        let halves = [some, others].map(|half| self.ask(commit, half, closely, wanted));
        async move { Ok(try_join_all(halves).await?.into_iter().flatten().collect()) }.boxed()
    }

    async fn look_at(
        &self,
        commit: &CommitId,
        paths: &[&FilePath],
        closely: bool,
        wanted: Wanted,
    ) -> Result<Looked, Failure> {
        let repeat = match wanted {
            Wanted::Versions => Repeat::Safe,
            Wanted::Contents => Repeat::Spared,
        };
        let query = query(commit.as_str(), paths, closely, wanted);
        let answer: Look = self.query(&query, repeat).await?;
        let (seen, is_there) = understood(paths, answer)?;
        if !is_there {
            // The commit has no file, or is none.
            self.assure(commit).await?;
        }
        Ok(seen)
    }
}

fn query(commit: &str, paths: &[&FilePath], closely: bool, wanted: Wanted) -> Query {
    let mut blobs: BTreeSet<_> = paths.iter().map(|path| path.as_str()).collect();
    let query = Query::new("Look").folder("root", commit, "");
    if !closely {
        return query.blobs("blobs", commit, &Vec::from_iter(blobs), wanted);
    }
    blobs.extend(paths.iter().flat_map(|path| above(path)));
    let query = query.blobs("blobs", commit, &Vec::from_iter(blobs), wanted);
    let folders = paths.iter().enumerate();
    folders.fold(query, |query, (n, path)| {
        query.folder(&folder(n), commit, path.as_str())
    })
}

/// What a path is called in a query where it may be a folder.
fn folder(n: usize) -> String {
    format!("f{n}")
}

/// What an answer says about the paths, and whether it proves that the commit is there.
fn understood(paths: &[&FilePath], answer: Look) -> Result<(Looked, bool), Failure> {
    let mut folders = answer.folders;
    let blobs = answer.blobs.into_iter();
    let mut blobs: BTreeMap<_, _> = blobs.map(|blob| (blob.path.clone(), blob)).collect();
    let mut is_folder = |alias: &str| {
        let tree = folders.remove(alias).flatten();
        tree.is_some_and(|tree| !tree.is_empty())
    };
    let is_there = is_folder("root") || !blobs.is_empty();
    let blocked = |path: &&FilePath| {
        let mut parents = above(path);
        let file = |parent: &&str| blobs.get(*parent).is_some_and(|blob| !blob.is_folder());
        parents.find(file).map(str::to_owned)
    };
    let blocked: Vec<_> = paths.iter().map(blocked).collect();
    let mut seen = Looked::new();
    for ((n, path), blocked) in paths.iter().enumerate().zip(blocked) {
        let what = match (blobs.remove(path.as_str()), blocked) {
            (Some(blob), _) if blob.is_file() => file(blob)?,
            (Some(_), _) => (There::NotAFile, None),
            (None, Some(parent)) => (There::Under(parent), None),
            (None, None) if is_folder(&folder(n)) => (There::NotAFile, None),
            (None, None) => (There::Nothing, None),
        };
        seen.insert((*path).clone(), what);
    }
    Ok((seen, is_there))
}

/// The text counts when it is the file: it is not there, or changed, when the file is no UTF-8.
fn file(blob: Blob) -> Result<(There, Option<Bytes>), Failure> {
    let version = Version::parse(&blob.oid).ok_or(Failure::Unreadable)?;
    let bytes = blob.text.map(Bytes::from);
    let whole = bytes.filter(|bytes| Version::of(bytes) == version);
    Ok((There::File(version), whole))
}
