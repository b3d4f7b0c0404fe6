//! What a team keeps besides its models: threats and mitigations to be taken from, and templates.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use super::super::error::ApiError;
use super::super::extract::{BranchAt, Models, Query};
use super::super::openapi::{BranchPath, ReadRefusals};
use super::Answer;
use super::cards::CardContents;
use super::suggestions::{PackFault, faults};
use crate::library::{self, Kept, Template, built_in_templates};
use crate::model;
use crate::store::{Content, Shelf, apart};
use crate::suggest::built_in;

/// The library of a branch.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Library {
    /// Those of libraries, then those of rules, without their conditions.
    threats: Vec<LibraryThreat>,
    mitigations: Vec<LibraryMitigation>,
    /// What is wrong with files of the branch and of its sources.
    faults: Vec<PackFault>,
}

/// A threat that can be taken into a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct LibraryThreat {
    /// It names the threat in models, for good.
    #[schema(example = "acme/forged-webhook")]
    id: String,
    /// Where it is from: `built-in`, a file of the repository, or one of another repository at a tag.
    #[schema(example = "acme/security-library@v1.2.0:.wyvern/library/webhooks.toml")]
    origin: String,
    /// Another one when title, description, mitigation or severity is different.
    #[schema(example = "0123456789ab")]
    version: String,
    title: String,
    description: String,
    /// Empty where nothing is known to help.
    mitigation: String,
    #[schema(example = "High")]
    severity: String,
    /// Where more is said.
    #[schema(example = json!(["CWE-345"]))]
    references: Vec<String>,
    tags: Vec<String>,
    /// The category in each methodology that it has one in.
    categories: BTreeMap<String, String>,
}

/// Something that helps against threats.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct LibraryMitigation {
    #[schema(example = "acme/signed-webhooks")]
    id: String,
    /// As that of a threat.
    origin: String,
    title: String,
    description: String,
    /// Where more is said.
    #[schema(example = json!(["ASVS-4.1.5"]))]
    references: Vec<String>,
    tags: Vec<String>,
}

impl From<library::Entry<'_>> for LibraryThreat {
    fn from(entry: library::Entry<'_>) -> Self {
        Self {
            id: entry.id.to_owned(),
            origin: entry.origin.to_owned(),
            version: entry.version(),
            title: entry.title.to_owned(),
            description: entry.description.to_owned(),
            mitigation: entry.mitigation.to_owned(),
            severity: entry.severity.as_str().to_owned(),
            references: entry.references.to_vec(),
            tags: entry.tags.to_vec(),
            categories: entry.categories.iter().cloned().collect(),
        }
    }
}

impl From<&Kept> for Library {
    fn from(kept: &Kept) -> Self {
        let threats = kept.entries(built_in()).map(LibraryThreat::from);
        let mitigations = kept.mitigations().map(|(origin, each)| LibraryMitigation {
            id: each.id.clone(),
            origin: origin.to_owned(),
            title: each.title.clone(),
            description: each.description.clone(),
            references: each.references.clone(),
            tags: each.tags.clone(),
        });
        Self {
            threats: threats.collect(),
            mitigations: mitigations.collect(),
            faults: faults(kept),
        }
    }
}

/// Lists the threats and mitigations that can be taken into models of a branch: of its libraries
/// (`.wyvern/library/*.toml`), of its rules and of those that come with Wyvern, and of the
/// repositories in its `.wyvern/sources.toml`, each as its tag has it.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/library", tag = "library",
    params(BranchPath), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The library", body = Answer<Library>), ReadRefusals))]
pub(in super::super) async fn library(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
) -> Result<Response<Body>, ApiError> {
    let shelves = [Shelf::Rules, Shelf::Libraries];
    let kept = models.store.kept(&repository, &branch, &shelves).await?;
    let tell = move || Answer::new(Library::from(&kept)).into_response();
    Ok(apart(usize::MAX, tell).await)
}

/// The templates of a branch.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Templates {
    /// Those that come with Wyvern, then the branch's own, then those of its sources.
    templates: Vec<ListedTemplate>,
    /// What is wrong with files of the branch and of its sources.
    faults: Vec<PackFault>,
}

/// A template as a list shows it.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct ListedTemplate {
    #[serde(flatten)]
    about: AboutTemplate,
    #[serde(flatten)]
    #[schema(value_type = CardContents)]
    contents: model::Card,
}

/// What a template says about itself.
#[derive(Serialize, ToSchema)]
struct AboutTemplate {
    /// The origin, or `built-in/` and a name.
    #[schema(example = ".wyvern/templates/web-shop.json")]
    id: String,
    kind: TemplateKind,
    /// Where it is from: `built-in`, a file of the repository, or one of another repository at a tag.
    origin: String,
    name: String,
    description: String,
    tags: Vec<String>,
}

/// What a template is: a whole `model`, or one `diagram` of a model.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TemplateKind {
    Model,
    Diagram,
}

impl AboutTemplate {
    fn of(id: &str, origin: &str, template: &Template) -> Self {
        Self {
            id: id.to_owned(),
            kind: match template.kind {
                library::TemplateKind::Model => TemplateKind::Model,
                library::TemplateKind::Diagram => TemplateKind::Diagram,
            },
            origin: origin.to_owned(),
            name: template.name.clone(),
            description: template.description.clone(),
            tags: template.tags.clone(),
        }
    }
}

impl From<&Kept> for Templates {
    fn from(kept: &Kept) -> Self {
        let of = |id: &str, origin: &str, template: &Template| ListedTemplate {
            about: AboutTemplate::of(id, origin, template),
            contents: template.card.clone(),
        };
        let built_in = built_in_templates().iter();
        let built_in = built_in.map(|each| of(each.id, library::BUILT_IN, &each.template));
        let own = kept.templates.iter().filter_map(|file| {
            let template = file.read.as_ref().ok()?;
            Some(of(&file.origin, &file.origin, template))
        });
        Self {
            templates: built_in.chain(own).collect(),
            faults: faults(kept),
        }
    }
}

/// Lists what models of a branch can begin with, and diagrams that can be put into them: the examples
/// that come with Wyvern, the branch's own (`.wyvern/templates/*.json`, models or OWASP Threat
/// Dragon's templates), and those of the repositories in its `.wyvern/sources.toml`.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/templates", tag = "library",
    params(BranchPath), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The templates", body = Answer<Templates>), ReadRefusals))]
pub(in super::super) async fn templates(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
) -> Result<Answer<Templates>, ApiError> {
    let shelves = [Shelf::Templates];
    let kept = models.store.kept(&repository, &branch, &shelves).await?;
    Ok(Answer::new(Templates::from(&kept)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct TemplateQuery {
    /// The template's id, as the list has it.
    #[param(example = "built-in/shop")]
    id: String,
}

/// A template with what is in it.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct WholeTemplate {
    #[serde(flatten)]
    about: AboutTemplate,
    /// The model, or the diagram as a model has it among its diagrams, as the file has it.
    #[schema(value_type = Object)]
    content: Box<RawValue>,
}

impl From<(String, Content)> for WholeTemplate {
    fn from((id, content): (String, Content)) -> Self {
        let text = serde_json::from_slice(&content.text);
        Self {
            about: AboutTemplate::of(&id, &content.origin, &content.template),
            content: text.expect("a template's content has been read as JSON"),
        }
    }
}

/// Reads a template.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/template", tag = "library",
    params(BranchPath, TemplateQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The template", body = Answer<WholeTemplate>), ReadRefusals))]
pub(in super::super) async fn template(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
    Query(TemplateQuery { id }): Query<TemplateQuery>,
) -> Result<Response<Body>, ApiError> {
    let content = models.store.template(&repository, &branch, &id).await?;
    let size = content.text.len();
    let tell = move || Answer::new(WholeTemplate::from((id, content))).into_response();
    Ok(apart(size, tell).await)
}
