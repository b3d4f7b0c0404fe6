//! What the repositories bring that a team takes packs from: each as its tag has it, read by the same
//! person. One that is not there, or not for them, is a fault of the file that names it.

use super::super::{ModelStore, StoreError};
use super::{Budget, Content, Place, Shelf};
use crate::library::{Kept, Source, Sources};
use crate::provider::{CommitId, NameError, ProviderError, RepositoryName, TagName};
use crate::suggest::Fault;

impl ModelStore {
    /// What each of them brings, in their order: one after another, for the budget is that of all.
    pub(super) async fn of_sources(
        &self,
        sources: &mut Sources,
        shelves: &[Shelf],
        budget: &mut Budget,
    ) -> Vec<Kept> {
        let mut brought = Vec::new();
        for source in &sources.list {
            match self.of_source(source, shelves, budget).await {
                Ok(kept) => brought.push(kept),
                Err(error) => sources.faults.push(source.fault(told(source, &error))),
            }
        }
        brought
    }

    async fn of_source(
        &self,
        source: &Source,
        shelves: &[Shelf],
        budget: &mut Budget,
    ) -> Result<Kept, StoreError> {
        let (repository, commit) = self.pinned(source).await?;
        let place = Place {
            repository: &repository,
            commit: &commit,
            prefix: &source.prefix(),
        };
        // Its own sources are not followed: who pins a repository sees all that it brings.
        let read = self.kept_there(place, shelves, false, budget).await;
        self.unless_gone(source, read)
    }

    /// A template of a source.
    pub(super) async fn template_of(
        &self,
        source: &Source,
        id: &str,
    ) -> Result<Content, StoreError> {
        let (repository, commit) = self.pinned(source).await?;
        let place = Place {
            repository: &repository,
            commit: &commit,
            prefix: &source.prefix(),
        };
        let read = self.template_there(place, id).await;
        self.unless_gone(source, read)
    }

    /// The repository that a source is, and the commit that its tag names.
    async fn pinned(&self, source: &Source) -> Result<(RepositoryName, CommitId), StoreError> {
        let (repository, tag) = names(source)?;
        let look = self.tags.look(&self.who, &repository, &tag);
        if let Some(commit) = look.seen() {
            return Ok((repository, commit));
        }
        let found = self.provider.resolve_tag(&self.who, &repository, &tag);
        let commit = found.await?;
        look.keep(commit.clone());
        Ok((repository, commit))
    }

    /// What was read of a source. Where something is not there any more, the tag is looked at anew
    /// the next time.
    fn unless_gone<T>(
        &self,
        source: &Source,
        read: Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Err(StoreError::Provider(ProviderError::NotFound { .. })) = read {
            let (repository, tag) = names(source)?;
            self.tags.look(&self.who, &repository, &tag).forget();
        }
        read
    }
}

/// The names that a source is found by.
///
/// # Errors
/// Its fault, when one of them is refused.
pub fn named_source(source: &Source) -> Result<(RepositoryName, TagName), Fault> {
    names(source).map_err(|error| source.fault(clause(&error.to_string())))
}

fn names(source: &Source) -> Result<(RepositoryName, TagName), NameError> {
    let repository = RepositoryName::parse(&source.repository)?;
    Ok((repository, TagName::parse(&source.tag)?))
}

/// What is told of a template of a source: a source that is not there, or not for this person, has
/// none; any other trouble is no word about the template.
pub(super) fn hidden(error: StoreError) -> StoreError {
    match error {
        StoreError::Name(_)
        | StoreError::Provider(ProviderError::NotFound { .. } | ProviderError::Forbidden) => {
            StoreError::NoSuchTemplate
        }
        error => error,
    }
}

/// Why nothing is read of a source.
fn told(source: &Source, error: &StoreError) -> String {
    let Source {
        repository, tag, ..
    } = source;
    match error {
        StoreError::Name(error) => clause(&error.to_string()),
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
