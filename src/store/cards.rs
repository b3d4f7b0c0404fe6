//! What a list shows of models: many at once, and whatever is wrong with one is no other's trouble.

use futures_util::{StreamExt as _, stream};

use super::{ModelName, ModelStore, StoreError, apart};
use crate::model::{Card, Document};
use crate::provider::{
    BranchName, CommitId, CommitSummary, File, FilePath, PageNumber, ProviderError, RepositoryName,
};

/// How many histories are asked for at once.
const AT_ONCE: usize = 8;

/// A model as a list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name.
    pub model: ModelName,
    /// What is in it, or why that is not known.
    pub card: Result<Card, Hidden>,
    /// The last commit that changed it, where that was asked for and could be found out.
    pub changed: Option<CommitSummary>,
}

/// Why nothing is shown of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It is not there (any more).
    Missing,
    /// The file is no threat model, or larger than can be handled.
    Unreadable,
}

impl ModelStore {
    /// What a list shows of these models, in their order, as the branch stands now. With `changed`,
    /// each one's last commit is looked for too.
    ///
    /// # Errors
    /// What the provider says of the repository and the branch, or when it fails.
    pub async fn cards(
        &self,
        repository: &RepositoryName,
        branch: &BranchName,
        models: Vec<ModelName>,
        changed: bool,
    ) -> Result<Vec<Listed>, StoreError> {
        let tip = self.provider.resolve(&self.who, repository, branch).await?;
        let paths: Vec<_> = models.iter().map(|model| self.path(model)).collect();
        let paths = paths.into_iter().collect::<Result<Vec<_>, _>>()?;
        let files = self.each_file(repository, &tip, &paths).await?;
        let last = async |path: FilePath| {
            if changed {
                self.last_change(repository, &tip, &path).await
            } else {
                None
            }
        };
        let commits = stream::iter(paths).map(last).buffered(AT_ONCE);
        let commits: Vec<_> = commits.collect().await;
        let mut listed = Vec::with_capacity(models.len());
        for ((model, file), changed) in models.into_iter().zip(files).zip(commits) {
            let card = self.card(file).await?;
            listed.push(Listed {
                model,
                card,
                changed,
            });
        }
        Ok(listed)
    }

    /// The files, read together. Where one of them is too large for that, each is read alone.
    pub(super) async fn each_file(
        &self,
        repository: &RepositoryName,
        tip: &CommitId,
        paths: &[FilePath],
    ) -> Result<Vec<Result<File, Hidden>>, StoreError> {
        let read = |paths| self.provider.read_files(&self.who, repository, tip, paths);
        let found = |file: Option<File>| file.ok_or(Hidden::Missing);
        match read(paths).await {
            Ok(files) => return Ok(files.into_iter().map(found).collect()),
            Err(ProviderError::TooLarge) => {}
            Err(error) => return Err(error.into()),
        }
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            files.push(match read(std::slice::from_ref(path)).await {
                Ok(one) => found(one.into_iter().next().flatten()),
                Err(ProviderError::TooLarge) => Err(Hidden::Unreadable),
                Err(error) => return Err(error.into()),
            });
        }
        Ok(files)
    }

    async fn card(&self, file: Result<File, Hidden>) -> Result<Result<Card, Hidden>, StoreError> {
        let file = match file {
            Ok(file) => file,
            Err(hidden) => return Ok(Err(hidden)),
        };
        let document: Document = match self.parsed.document(file).await {
            Ok(document) => document,
            Err(StoreError::Unreadable(_)) => return Ok(Err(Hidden::Unreadable)),
            Err(error) => return Err(error),
        };
        let size = document.bytes().len();
        Ok(Ok(apart(size, move || Card::of(&document)).await))
    }

    async fn last_change(
        &self,
        repository: &RepositoryName,
        tip: &CommitId,
        path: &FilePath,
    ) -> Option<CommitSummary> {
        let first = PageNumber::FIRST;
        let page = self
            .provider
            .history(&self.who, repository, tip, path, first)
            .await;
        page.ok()?.items.into_iter().next()
    }
}
