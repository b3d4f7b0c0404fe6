//! What lists show of models.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::described::{DrawingShape, SeveritiesShape};
use super::super::error::ApiError;
use super::super::extract::{BranchAt, Json, Models};
use super::super::openapi::{BodyRefusals, BranchPath, ProblemAnswer};
use super::Answer;
use crate::model;
use crate::provider::CommitSummary;
use crate::store::{Hidden, Listed, ModelName};

/// How many models may be asked about at once.
const MODELS_MAX: usize = 50;

/// Which models are asked about.
#[derive(Deserialize, ToSchema)]
pub(in super::super) struct CardsAsked {
    /// Their names.
    #[schema(max_items = 50, example = json!(["checkout"]))]
    models: Vec<String>,
    /// Whether each one's last change is looked for too, which may take longer.
    #[serde(default)]
    changed: bool,
}

/// What a list shows of a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Card {
    /// Its name.
    model: String,
    /// Why nothing more is known of it; null when more is.
    #[schema(required, value_type = Option<CardProblem>)]
    problem: Option<CardProblem>,
    #[serde(flatten)]
    #[schema(value_type = CardContents)]
    contents: model::Card,
    /// The last commit that changed it; null where that was not asked for or cannot be told.
    #[schema(required)]
    changed: Option<LastChange>,
}

/// Why nothing is known of a model: it is `missing`, or what is there is no threat model.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum CardProblem {
    Missing,
    Unreadable,
}

/// What is in a model; empty where nothing is known of it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(super) struct CardContents {
    /// Cut after 200 characters.
    title: String,
    /// Cut after 200 characters.
    owner: String,
    diagrams: usize,
    /// Elements and flows: what threats can be recorded for.
    elements: usize,
    threats: usize,
    /// Threats that nothing has been decided about.
    open: usize,
    /// The open ones by severity.
    severities: SeveritiesShape,
    /// The first diagram that has something to be drawn.
    #[schema(required)]
    drawing: Option<DrawingShape>,
}

/// A commit that changed a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct LastChange {
    commit: String,
    /// The author's name.
    author: String,
    /// When it was written, in UTC (RFC 3339).
    #[schema(example = "2026-01-01T12:00:00Z")]
    at: String,
}

impl From<CommitSummary> for LastChange {
    fn from(commit: CommitSummary) -> Self {
        Self {
            commit: commit.commit.to_string(),
            author: commit.author,
            at: commit.at.to_string(),
        }
    }
}

impl From<Listed> for Card {
    fn from(listed: Listed) -> Self {
        let (contents, problem) = match listed.card {
            Ok(contents) => (contents, None),
            Err(Hidden::Missing) => (model::Card::default(), Some(CardProblem::Missing)),
            Err(Hidden::Unreadable) => (model::Card::default(), Some(CardProblem::Unreadable)),
        };
        Self {
            model: listed.model.to_string(),
            problem,
            contents,
            changed: listed.changed.map(LastChange::from),
        }
    }
}

/// Tells what lists show of models: their titles, counts and a small picture. In the order asked
/// for; one that is missing or cannot be read says so, and the others are told all the same.
#[utoipa::path(post, path = "/api/threatmodel/{organisation}/{repo}/{branch}/models/cards", tag = "models",
    params(BranchPath), request_body = CardsAsked, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "A card for each", body = Answer<Vec<Card>>), (status = 401, response = ProblemAnswer),
        (status = 403, response = ProblemAnswer), (status = 404, response = ProblemAnswer), (status = 429, response = ProblemAnswer),
        (status = 502, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn cards(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
    Json(asked): Json<CardsAsked>,
) -> Result<Answer<Vec<Card>>, ApiError> {
    if asked.models.len() > MODELS_MAX {
        let why = format!("At most {MODELS_MAX} models can be asked about at once.");
        return Err(ApiError::BadRequest(why));
    }
    let names = asked.models.iter().map(|name| ModelName::parse(name));
    let names = names.collect::<Result<Vec<_>, _>>()?;
    let listed = models
        .store
        .cards(&repository, &branch, names, asked.changed);
    let cards = listed.await?.into_iter().map(Card::from).collect();
    Ok(Answer::new(cards))
}
