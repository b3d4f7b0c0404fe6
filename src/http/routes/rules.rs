//! By what threats are suggested: the rules of a branch, and the methodologies.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::super::error::ApiError;
use super::super::extract::{BranchAt, Models};
use super::super::openapi::{BranchPath, ProblemAnswer, ReadRefusals};
use super::Answer;
use super::suggestions::{PackFault, faults};
use crate::model::{Categories, category_names, methodologies};
use crate::store::Shelf;
use crate::suggest::{OwnMethodology, Pack, built_in};

/// The rules of a branch.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "as the answer has them")]
pub(in super::super) struct Rules {
    rules: Vec<RuleTold>,
    /// Those that packs of the branch and of its sources bring; `/api/methodologies` has the others.
    methodologies: Vec<OwnMethodologyTold>,
    /// What is wrong with packs of the branch and of its sources.
    faults: Vec<PackFault>,
}

/// A rule.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct RuleTold {
    #[schema(example = "wyvern/cleartext-on-public-network")]
    id: String,
    /// `built-in`, a file of the repository, or one of another repository at a tag.
    origin: String,
    title: String,
    because: String,
    description: String,
    mitigation: String,
    severity: String,
    references: Vec<String>,
    tags: Vec<String>,
    /// The category in each methodology where it is offered.
    categories: BTreeMap<String, String>,
}

/// A methodology of a team's own.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct OwnMethodologyTold {
    /// The word that diagrams have for it.
    #[schema(example = "SAFETY")]
    id: String,
    /// What it is called.
    name: String,
    /// A file of the repository, or one of another repository at a tag.
    origin: String,
    categories: CategoriesTold,
}

impl From<(&str, &OwnMethodology)> for OwnMethodologyTold {
    fn from((origin, methodology): (&str, &OwnMethodology)) -> Self {
        Self {
            id: methodology.id.clone(),
            name: methodology.name.clone(),
            origin: origin.to_owned(),
            categories: methodology.categories.clone().into(),
        }
    }
}

/// Lists the rules by which threats are suggested on a branch: those that come with Wyvern, the
/// branch's own, and those of the repositories in its `.wyvern/sources.toml`. Besides, the methodologies
/// that these bring.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/rules", tag = "suggestions",
    params(BranchPath), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The rules", body = Answer<Rules>), ReadRefusals))]
pub(in super::super) async fn rules(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
) -> Result<Answer<Rules>, ApiError> {
    let shelves = [Shelf::Rules];
    let kept = models.store.kept(&repository, &branch, &shelves).await?;
    let told = |pack: &Pack| {
        let origin = pack.origin.clone();
        let rules = pack.rules.iter().cloned();
        let told = rules.map(move |rule| RuleTold {
            id: rule.id,
            origin: origin.clone(),
            title: rule.title,
            because: rule.because,
            description: rule.description,
            mitigation: rule.mitigation,
            severity: rule.severity.as_str().to_owned(),
            references: rule.references,
            tags: rule.tags,
            categories: rule.categories.into_iter().collect(),
        });
        told.collect::<Vec<_>>()
    };
    let rules = built_in()
        .iter()
        .chain(&kept.packs)
        .flat_map(told)
        .collect();
    Ok(Answer::new(Rules {
        rules,
        methodologies: kept.methodologies().map(OwnMethodologyTold::from).collect(),
        faults: faults(&kept),
    }))
}

/// A methodology.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct MethodologyTold {
    /// The word that diagrams have for it.
    #[schema(example = "STRIDE")]
    id: &'static str,
    categories: CategoriesTold,
    /// What each category is called in Threat Dragon's other languages, by its English name and the
    /// language's tag; empty for EOP.
    #[schema(example = json!({ "Spoofing": { "fr": "Usurpation d'identité" } }))]
    names: BTreeMap<&'static str, &'static BTreeMap<String, String>>,
}

/// The English names of the categories for each kind of element.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct CategoriesTold {
    actor: Vec<String>,
    process: Vec<String>,
    store: Vec<String>,
    flow: Vec<String>,
}

impl From<Categories> for CategoriesTold {
    fn from(categories: Categories) -> Self {
        let Categories {
            actor,
            process,
            store,
            flow,
        } = categories;
        Self {
            actor,
            process,
            store,
            flow,
        }
    }
}

/// Lists the methodologies and their categories. Those of EOP are games, whose cards are the
/// categories; Generic, which is not listed, takes those of all.
#[utoipa::path(get, path = "/api/methodologies", tag = "suggestions",
    responses((status = 200, description = "The methodologies", body = Answer<Vec<MethodologyTold>>), (status = 421, response = ProblemAnswer)))]
pub(in super::super) async fn list_methodologies() -> Answer<Vec<MethodologyTold>> {
    let told = methodologies().map(|(id, categories)| MethodologyTold {
        id,
        categories: categories.clone().into(),
        names: category_names(id).collect(),
    });
    Answer::new(told.collect())
}
