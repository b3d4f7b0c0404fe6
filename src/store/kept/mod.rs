//! What a team keeps in `.wyvern` of a branch besides its policy: its rules, libraries and templates,
//! and what the sources that it pins bring.
//!
//! It is looked at whenever threats are suggested, so a branch that has none of it costs one call, and
//! only what is wanted is read. Whatever is wrong with a file or a source is its own fault, and leaves
//! the rest.

mod budget;
mod read;
mod sources;
mod tags;

pub use self::sources::named_source;
pub use self::tags::Tags;

use self::budget::Budget;
use self::sources::hidden;

use super::{ModelStore, StoreError};
use crate::library::{
    BUILT_IN, Kept, LIBRARIES, RULES, TEMPLATES, Template, TemplateFile, built_in_templates, join,
};
use crate::provider::{BranchName, CommitId, RepositoryName};

/// What `.wyvern` has a folder for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Packs of rules.
    Rules,
    /// Libraries of threats and mitigations.
    Libraries,
    /// Templates.
    Templates,
}

/// A template with its text.
#[derive(Debug)]
pub struct Content {
    /// `built-in`, or the file that it is from.
    pub origin: String,
    /// What is in it.
    pub template: Template,
    /// The model or the diagram as the file has it.
    pub text: bytes::Bytes,
}

/// A folder of what a team keeps, at a commit of some repository.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    repository: &'a RepositoryName,
    commit: &'a CommitId,
    /// What stands before the paths of files when they are told.
    prefix: &'a str,
}

impl Shelf {
    const fn folder(self) -> &'static str {
        match self {
            Self::Rules => RULES,
            Self::Libraries => LIBRARIES,
            Self::Templates => TEMPLATES,
        }
    }
}

impl ModelStore {
    /// What these shelves of a branch hold, and those of its sources.
    ///
    /// # Errors
    /// What the provider says of the repository and the branch, or when it fails.
    pub async fn kept(
        &self,
        repository: &RepositoryName,
        branch: &BranchName,
        shelves: &[Shelf],
    ) -> Result<Kept, StoreError> {
        let tip = self.provider.resolve(&self.who, repository, branch).await?;
        self.kept_at(repository, &tip, shelves).await
    }

    /// The same as a commit has them.
    ///
    /// # Errors
    /// When the provider fails.
    pub async fn kept_at(
        &self,
        repository: &RepositoryName,
        commit: &CommitId,
        shelves: &[Shelf],
    ) -> Result<Kept, StoreError> {
        let place = Place {
            repository,
            commit,
            prefix: "",
        };
        let mut budget = Budget::whole();
        let own = self.kept_there(place, shelves, true, &mut budget);
        let mut own = own.await?;
        let sources = self.of_sources(&mut own.sources, shelves, &mut budget);
        let sources = sources.await;
        Ok(join(own, sources))
    }

    /// A template by its id, with its text.
    ///
    /// # Errors
    /// [`StoreError::NoSuchTemplate`], also when it cannot be read or is of a source that is not there
    /// for this person, or what the provider says.
    pub async fn template(
        &self,
        repository: &RepositoryName,
        branch: &BranchName,
        id: &str,
    ) -> Result<Content, StoreError> {
        let tip = self.provider.resolve(&self.who, repository, branch).await?;
        if let Some(built_in) = built_in_templates().iter().find(|each| each.id == id) {
            return Ok(Content {
                origin: BUILT_IN.to_owned(),
                template: built_in.template.clone(),
                text: built_in.content.into(),
            });
        }
        let place = Place {
            repository,
            commit: &tip,
            prefix: "",
        };
        if id.starts_with(TEMPLATES) {
            return self.template_there(place, id).await;
        }
        let mut budget = Budget::whole();
        let own = self.kept_there(place, &[], true, &mut budget);
        let sources = own.await?.sources;
        let mut sources = sources.list.iter();
        let source = sources.find(|source| id.starts_with(&source.prefix()));
        let source = source.ok_or(StoreError::NoSuchTemplate)?;
        self.template_of(source, id).await.map_err(hidden)
    }

    async fn template_there(&self, place: Place<'_>, id: &str) -> Result<Content, StoreError> {
        let text = self.text_of_template(place, id).await?;
        let size = text.as_ref().map_or(0, bytes::Bytes::len);
        let read = super::apart(size, move || text.map(Template::read)).await;
        match read {
            Some(Ok((template, text))) => Ok(Content {
                origin: id.to_owned(),
                template,
                text,
            }),
            Some(Err(_)) | None => Err(StoreError::NoSuchTemplate),
        }
    }
}

/// A template without its text, which is long.
fn listed(origin: String, text: Result<bytes::Bytes, crate::suggest::Fault>) -> TemplateFile {
    let read = text.and_then(Template::read);
    TemplateFile {
        origin,
        read: read.map(|(template, _)| template),
    }
}
