//! The register of a model's threats, and their counts: for pipelines and dashboards.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::error::ApiError;
use super::super::extract::{ModelAt, Models, Query, commit};
use super::super::openapi::{ModelPath, ReadRefusals};
use super::Answer;
use crate::model::Document;
use crate::report::{self, Wanted};
use crate::store::{ModelRef, apart};

/// Which threats are wanted. In each, several words are parted by commas.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct ThreatsQuery {
    /// The commit to read the model at; without it, the one that the branch stands at.
    at: Option<String>,
    /// Statuses, such as `Open`. `unmitigated` stands for those that nothing has been decided about,
    /// `mitigated` for those that something was done against: `Mitigated`, `Transferred`, `Avoided` and
    /// `Eliminated`. `Accepted` and `NotApplicable` are neither.
    #[param(example = "unmitigated")]
    status: Option<String>,
    /// Severities, such as `High`.
    #[param(example = "High,Critical")]
    severity: Option<String>,
    /// Categories, as the model has them.
    r#type: Option<String>,
    /// Ids of elements.
    element: Option<String>,
}

impl From<&ThreatsQuery> for Wanted {
    fn from(query: &ThreatsQuery) -> Self {
        let words = |text: &Option<String>| {
            let words = text.iter().flat_map(|text| text.split(',')).map(str::trim);
            words
                .filter(|word| !word.is_empty())
                .map(ToOwned::to_owned)
                .collect()
        };
        Self {
            statuses: words(&query.status),
            severities: words(&query.severity),
            categories: words(&query.r#type),
            elements: words(&query.element),
        }
    }
}

/// Threats of a model, as a commit has them.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Threats {
    /// The commit.
    commit: String,
    #[schema(value_type = Vec<RegisteredShape>)]
    threats: Vec<report::Registered>,
}

/// A threat, with what it is a threat to.
#[derive(ToSchema)]
#[schema(as = RegisteredThreat)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
struct RegisteredShape {
    /// The diagram's number.
    #[schema(required)]
    diagram: Option<u64>,
    diagram_title: String,
    /// The element's id.
    element: String,
    element_name: String,
    #[schema(example = "data flow")]
    element_kind: String,
    /// Whether the element is out of scope.
    out_of_scope: bool,
    id: String,
    #[schema(required)]
    number: Option<u64>,
    title: String,
    /// The category, in the words of the author's language.
    r#type: String,
    methodology: String,
    #[schema(example = "Open")]
    status: String,
    #[schema(example = "High")]
    severity: String,
    score: String,
    description: String,
    mitigation: String,
}

/// The counts of a model, as a commit has it.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Counts {
    /// The commit.
    commit: String,
    #[serde(flatten)]
    #[schema(value_type = StatisticsShape)]
    counts: report::Statistics,
}

/// How many threats there are, of which kind.
#[derive(ToSchema)]
#[schema(as = Statistics)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
struct StatisticsShape {
    diagrams: usize,
    /// Actors, processes, data stores and data flows.
    elements: usize,
    /// Those of them that are out of scope.
    out_of_scope: usize,
    /// Those in scope that have no threat at all.
    without_threats: usize,
    threats: usize,
    /// Those that nothing has been decided about.
    unmitigated: usize,
    /// Those that something was done against.
    mitigated: usize,
    by_status: std::collections::BTreeMap<String, usize>,
    unmitigated_by_severity: std::collections::BTreeMap<String, usize>,
    unmitigated_by_type: std::collections::BTreeMap<String, usize>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct StatisticsQuery {
    /// The commit to count at; without it, the one that the branch stands at.
    at: Option<String>,
}

/// Lists the threats of a model: all of them, or those with a status, a severity, a category or an
/// element. `status=unmitigated` and `status=mitigated` are the two lists that a pipeline asks for.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/threats", tag = "reports",
    params(ModelPath, ThreatsQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The threats, in the order of the model", body = Answer<Threats>), ReadRefusals))]
pub(in super::super) async fn threats(
    models: Models,
    ModelAt(at): ModelAt,
    Query(query): Query<ThreatsQuery>,
) -> Result<Answer<Threats>, ApiError> {
    let wanted = Wanted::from(&query);
    let list = move |document: &Document| report::register(document, &wanted);
    let (commit, threats) = read(&models, &at, query.at.as_deref(), list).await?;
    Ok(Answer::new(Threats { commit, threats }))
}

/// Counts the threats of a model, by status, by severity and by category.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/statistics", tag = "reports",
    params(ModelPath, StatisticsQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The counts", body = Answer<Counts>), ReadRefusals))]
pub(in super::super) async fn statistics(
    models: Models,
    ModelAt(at): ModelAt,
    Query(query): Query<StatisticsQuery>,
) -> Result<Answer<Counts>, ApiError> {
    let (commit, counts) = read(&models, &at, query.at.as_deref(), report::statistics).await?;
    Ok(Answer::new(Counts { commit, counts }))
}

/// What is found in a model, with the commit that it was read at. One of version 1 is read as what it
/// would be upgraded to.
async fn read<T: Send + 'static>(
    models: &Models,
    at: &ModelRef,
    when: Option<&str>,
    find: impl FnOnce(&Document) -> T + Send + 'static,
) -> Result<(String, T), ApiError> {
    let opened = match commit("at", when)? {
        Some(commit) => models.store.open_at(at, &commit).await?,
        None => models.store.open(at).await?,
    };
    let size = opened.document.bytes().len();
    let document = opened.document;
    let found = apart(size, move || {
        super::pictures::of_version_2(document).map(|document| find(&document))
    });
    Ok((opened.commit.to_string(), found.await?))
}
