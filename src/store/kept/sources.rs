//! What the repositories bring that a team takes packs from: each as its tag has it, read by the same
//! person. One that is not there, or not for them, is a fault of the file that names it.

use futures_util::future::join_all;

use super::super::{ModelStore, StoreError};
use super::{Place, Shelf};
use crate::library::{Kept, Source, Sources};
use crate::provider::{CommitId, NameError, ProviderError, RepositoryName, TagName};
use crate::suggest::Fault;

impl ModelStore {
    /// What each of them brings, in their order.
    pub(super) async fn of_sources(&self, sources: &mut Sources, shelves: &[Shelf]) -> Vec<Kept> {
        let asked = sources.list.iter();
        let asked = asked.map(|source| self.of_source(source, shelves));
        let mut brought = Vec::new();
        for answer in join_all(asked).await {
            match answer {
                Ok(kept) => brought.push(kept),
                Err(fault) => sources.faults.push(fault),
            }
        }
        brought
    }

    async fn of_source(&self, source: &Source, shelves: &[Shelf]) -> Result<Kept, Fault> {
        let (repository, commit) = self.pinned(source).await?;
        let place = Place {
            repository: &repository,
            commit: &commit,
            prefix: &source.prefix(),
        };
        // Its own sources are not followed: who pins a repository sees all that it brings.
        let read = self.kept_there(place, shelves, false).await;
        read.map_err(|error| source.fault(told(source, &error)))
    }

    /// The repository that a source is, and the commit that its tag names.
    pub(super) async fn pinned(
        &self,
        source: &Source,
    ) -> Result<(RepositoryName, CommitId), Fault> {
        let (repository, tag) = named_source(source)?;
        let found = self.provider.resolve_tag(&self.who, &repository, &tag);
        let found = found.await.map_err(StoreError::from);
        let commit = found.map_err(|error| source.fault(told(source, &error)))?;
        Ok((repository, commit))
    }
}

/// The names that a source is found by.
///
/// # Errors
/// Its fault, when one of them is refused.
pub fn named_source(source: &Source) -> Result<(RepositoryName, TagName), Fault> {
    let refused = |error: NameError| source.fault(clause(&error.to_string()));
    let repository = RepositoryName::parse(&source.repository).map_err(refused)?;
    let tag = TagName::parse(&source.tag).map_err(refused)?;
    Ok((repository, tag))
}

/// Why nothing is read of a source.
fn told(source: &Source, error: &StoreError) -> String {
    let Source {
        repository, tag, ..
    } = source;
    match error {
        StoreError::Provider(ProviderError::NotFound { what: "tag" }) => {
            format!("{repository} has no tag {tag}")
        }
        StoreError::Provider(ProviderError::NotFound { .. }) => {
            format!("there is no repository {repository} that you can read")
        }
        StoreError::Provider(ProviderError::Forbidden | ProviderError::Barred(_)) => {
            format!("you may not read {repository}")
        }
        StoreError::Provider(ProviderError::TooLarge) => {
            format!("what {repository} brings is too large to be read")
        }
        error => {
            tracing::warn!(%repository, %tag, error = error as &dyn std::error::Error, "a source is not read");
            format!("{repository} cannot be read now: try again later")
        }
    }
}

/// A sentence as a part of another one.
fn clause(sentence: &str) -> String {
    let mut signs = sentence.trim_end_matches('.').chars();
    let first = signs.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(signs).collect()
}
