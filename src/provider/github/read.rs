//! Reading: folders and files of a commit.

use std::sync::Arc;

use super::graphql::{ENTRIES, Files, KIND};
use super::look::{Wanted, is_file, is_folder};
use super::visit::Visit;
use super::wire::{Tree, TreeEntry, TreeItem};
use crate::provider::hosted::{Failure, files};
use crate::provider::outgoing::{CallError, Repeat};
use crate::provider::{CommitId, Entry, EntryKind, File, FilePath, ProviderError, Version};

impl Visit<'_> {
    /// See [`Provider::read_dir`](crate::provider::Provider::read_dir).
    pub(super) async fn read_dir(
        &self,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        let spot = self.standing.spot(commit, folder);
        if let Some(kept) = self.standing.memory.kept.folders.get(&spot) {
            self.admitted().await?;
            return Ok(kept);
        }
        let listed = match self.list(commit, folder).await {
            Err(failure) if self.is_too_much(&failure) => self.list_tree(commit, folder).await,
            listed => listed,
        };
        let listed = self.standing.told(listed)?;
        let mut entries: Vec<_> = listed.into_iter().filter_map(entry).collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let entries: Arc<[Entry]> = entries.into();
        self.standing
            .memory
            .kept
            .folders
            .insert(spot, Arc::clone(&entries));
        Ok(entries)
    }

    /// By GraphQL. Where there is no folder there is nothing in it.
    async fn list(&self, commit: &CommitId, folder: &FilePath) -> Result<Vec<TreeEntry>, Failure> {
        let at = self.at(commit, folder, ENTRIES, Repeat::Spared).await?;
        let entries = at.and_then(|entry| entry.object?.entries);
        Ok(entries.unwrap_or_default())
    }

    /// By REST, which has room for a hundred thousand entries, but knows trees only by their ids.
    async fn list_tree(
        &self,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Vec<TreeEntry>, Failure> {
        let at = self.at(commit, folder, KIND, Repeat::Safe).await?;
        let Some(id) = at.filter(is_folder).and_then(|entry| entry.oid) else {
            return Ok(Vec::new());
        };
        let id = CommitId::parse(&id).ok_or(Failure::Unreadable)?;
        let path = self.path(&format!("/git/trees/{id}"));
        let tree: Tree = self.caller.get(&path).await?;
        if tree.truncated {
            return Err(Failure::Call(CallError::TooLarge));
        }
        let entry = |item: TreeItem| {
            Ok(TreeEntry {
                mode: u32::from_str_radix(&item.mode, 8).map_err(|_| Failure::Unreadable)?,
                oid: None,
                name: Some(item.path),
                object: None,
            })
        };
        tree.tree.into_iter().map(entry).collect()
    }

    /// What is at a path.
    async fn at(
        &self,
        commit: &CommitId,
        path: &FilePath,
        wanted: &'static str,
        repeat: Repeat,
    ) -> Result<Option<TreeEntry>, Failure> {
        let files = [("f".to_owned(), path.as_str(), wanted)];
        let files = Files::default().commit("c", commit.as_str(), files);
        let mut object = self.query("List", files, repeat).await?.commit("c")?;
        object.files.remove("f").ok_or(Failure::Unreadable)
    }

    /// See [`Provider::read_files`](crate::provider::Provider::read_files).
    pub(super) async fn read_files(
        &self,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        let seen = self.look(commit, paths, Wanted::Contents).await?;
        let blob = |version: Version| async move {
            let path = self.path(&format!("/git/blobs/{version}"));
            self.caller.raw(&path).await
        };
        files(&self.standing, seen, paths, blob).await
    }
}

fn entry(entry: TreeEntry) -> Option<Entry> {
    let kind = if is_file(&entry) {
        EntryKind::File
    } else if is_folder(&entry) {
        EntryKind::Folder
    } else {
        EntryKind::Other
    };
    Some(Entry {
        name: entry.name?,
        kind,
    })
}
