//! Reading: folders and files of a commit.

use std::collections::HashMap;
use std::sync::Arc;

use super::kind::Kind;
use super::pages::PAGES;
use super::visit::Visit;
use super::wire;
use crate::provider::expectation::There;
use crate::provider::hosted::{Failure, Verdict, files};
use crate::provider::{CommitId, Entry, File, FilePath, ProviderError};

impl Visit<'_> {
    /// See [`Provider::read_dir`](crate::provider::Provider::read_dir).
    pub(super) async fn read_dir(
        &self,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        let kept = &self.standing.memory.kept;
        let spot = self.standing.spot(commit, folder);
        if let Some(kept) = kept.folders.get(&spot) {
            self.admitted().await?;
            return Ok(kept);
        }
        let listed = self.entries(commit, folder).await?;
        let listed = listed.iter().filter_map(|it| entry(it, folder));
        let mut entries: Vec<_> = listed.collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let entries: Arc<[Entry]> = entries.into();
        kept.folders.insert(spot, Arc::clone(&entries));
        Ok(entries)
    }

    /// Where there is no folder there is nothing in it.
    async fn entries(
        &self,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Vec<wire::Entry>, ProviderError> {
        let listed = self.list(commit, Some(folder.as_str()), 1, PAGES).await;
        if let Err(failure) = &listed
            && self.is_no_list(failure)
            && self.kind(commit, folder.as_str()).await? != Kind::Folder
        {
            return Ok(Vec::new());
        }
        let listed = self.of_commit(commit, listed).await?;
        match listed.unwrap_or_default() {
            (entries, None) => Ok(entries),
            (_, Some(_)) => Err(ProviderError::TooLarge),
        }
    }

    /// Whether a file may have been asked for like a folder.
    fn is_no_list(&self, failure: &Failure) -> bool {
        matches!(failure, Failure::Unreadable)
            || self.caller.verdict(failure) == Some(Verdict::Elsewhere)
    }

    /// See [`Provider::read_files`](crate::provider::Provider::read_files).
    pub(super) async fn read_files(
        &self,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        let seen = self.look(commit, paths).await?;
        let places = seen.iter().filter_map(|(path, (there, _))| match there {
            There::File(version) => Some((version.clone(), path.clone())),
            _ => None,
        });
        let places: HashMap<_, _> = places.collect();
        let blob = async |version| {
            let path = places.get(&version).ok_or(Failure::Unreadable)?;
            Ok(self.raw(commit, path).await?.body)
        };
        files(&self.standing, seen, paths, blob).await
    }
}

/// An entry of a folder itself.
fn entry(entry: &wire::Entry, folder: &FilePath) -> Option<Entry> {
    let rest = entry.path.strip_prefix(folder.as_str())?;
    let name = rest.strip_prefix('/').filter(|name| !name.contains('/'))?;
    Some(Entry {
        name: name.to_owned(),
        kind: Kind::of(entry).entry_kind(),
    })
}
