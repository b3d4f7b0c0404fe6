//! Reading: folders and files of a commit.

use std::sync::Arc;

use super::classify::is_no_folder;
use super::visit::Visit;
use super::wire::TreeItem;
use crate::provider::hosted::{self, Failure, Verdict, encoded};
use crate::provider::{CommitId, Entry, File, FilePath, ProviderError, Version};

impl Visit<'_> {
    /// See [`Provider::read_dir`](crate::provider::Provider::read_dir).
    pub(super) async fn read_dir(
        &self,
        commit: &CommitId,
        folder: &FilePath,
    ) -> Result<Arc<[Entry]>, ProviderError> {
        let kept = &self.gitlab.memory.kept.folders;
        let spot = self.standing.spot(commit, folder);
        if let Some(kept) = kept.get(&spot) {
            self.admitted(commit).await?;
            return Ok(kept);
        }
        let listed = self.told(self.list(commit, folder).await)?;
        let entry = |item: TreeItem| Entry {
            kind: item.kind(),
            name: item.name,
        };
        let mut entries: Vec<_> = listed.into_iter().map(entry).collect();
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        let entries: Arc<[Entry]> = entries.into();
        kept.insert(spot, Arc::clone(&entries));
        Ok(entries)
    }

    /// What is in a folder: nothing, where there is none.
    async fn list(&self, commit: &CommitId, folder: &FilePath) -> Result<Vec<TreeItem>, Failure> {
        let path = encoded(folder.as_str());
        let tail = format!("/repository/tree?ref={commit}&path={path}");
        let failure = match self.pages(&tail).await {
            Err(Failure::Refused(refusal)) if is_no_folder(&refusal) => return Ok(Vec::new()),
            Err(failure) => failure,
            listed => return listed,
        };
        if self.caller.verdict(&failure) == Some(Verdict::NoCommit) {
            // GitLab has not always said which of the two is not there.
            self.assure(commit).await?;
            return Ok(Vec::new());
        }
        Err(failure)
    }

    /// See [`Provider::read_files`](crate::provider::Provider::read_files).
    pub(super) async fn read_files(
        &self,
        commit: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Option<File>>, ProviderError> {
        let seen = self.files(commit, paths).await?;
        let blob = |version: Version| async move {
            let tail = format!("/repository/blobs/{version}/raw");
            Ok(self.raw(&tail).await?.body)
        };
        hosted::files(&self.standing, seen, paths, blob).await
    }
}
