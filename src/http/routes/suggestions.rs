//! Threats that may fit: what rules offer for a model.

use axum::body::Body;
use axum::http::Response;
use axum::response::IntoResponse as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::error::ApiError;
use super::super::extract::{ModelAt, Models, Sent};
use super::super::guests::{Asking, Lent};
use super::super::openapi::{
    BodyRefusals, DocumentRefusals, ModelPath, ProblemAnswer, ThreatModel,
};
use super::Answer;
use crate::library::Kept;
use crate::model::{Document, Invalid};
use crate::store::{Shelf, apart};
use crate::suggest::{self, Pack, State, Wanted, built_in};

/// What suggestions are asked for. Each member may be missing.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(in super::super) struct SuggestionsAsked {
    /// The model as it is now; the stored one when it is missing.
    #[schema(required = false)]
    document: Option<ThreatModel>,
    /// Only this diagram, by its id.
    #[schema(value_type = u64, required = false)]
    diagram: Option<u64>,
    /// Only these elements, by their ids.
    #[schema(value_type = Vec<String>, required = false)]
    elements: Option<Vec<String>>,
}

/// Threats that may fit.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Suggested {
    /// By diagram and element as the model has them, the gravest first; at most 5000.
    suggestions: Vec<Suggestion>,
    /// How many there are beyond that.
    left_out: usize,
    /// What is wrong with packs of the branch and of its sources: their other rules are asked all the
    /// same.
    faults: Vec<PackFault>,
}

/// A threat that may fit an element.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Suggestion {
    /// The rule that offers it.
    #[schema(example = "wyvern/cleartext-on-public-network")]
    rule: String,
    /// Where the rule is from: `built-in`, a file of the repository, or one of another repository at a
    /// tag.
    #[schema(example = ".wyvern/rules/acme.toml")]
    origin: String,
    /// The diagram's id.
    #[schema(required)]
    diagram: Option<u64>,
    /// The element's id.
    element: String,
    /// The diagram's methodology.
    #[schema(example = "STRIDE")]
    methodology: String,
    /// The category, by its English name.
    #[schema(example = "Information disclosure")]
    category: String,
    title: String,
    description: String,
    mitigation: String,
    #[schema(example = "High")]
    severity: String,
    /// Why it is offered.
    because: String,
    /// Where more is said.
    #[schema(example = json!(["CWE-319"]))]
    references: Vec<String>,
    state: SuggestionState,
    /// Why it was dismissed; empty when it was not.
    reason: String,
}

/// What has been made of a suggestion: nothing yet, the element has the threat, or it is not wanted.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in super::super) enum SuggestionState {
    New,
    Present,
    Dismissed,
}

/// Something wrong in a file of what a team keeps.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct PackFault {
    /// The file.
    #[schema(example = ".wyvern/rules/acme.toml")]
    file: String,
    /// The line, from 1.
    line: usize,
    /// What is wrong, and what mends it.
    message: String,
}

impl From<suggest::Suggestion<'_>> for Suggestion {
    fn from(found: suggest::Suggestion<'_>) -> Self {
        let rule = found.rule.clone();
        let (state, reason) = match found.state {
            State::New => (SuggestionState::New, String::new()),
            State::Present => (SuggestionState::Present, String::new()),
            State::Dismissed(reason) => (SuggestionState::Dismissed, reason),
        };
        Self {
            rule: rule.id,
            origin: found.origin.to_owned(),
            diagram: found.diagram,
            element: found.element,
            methodology: found.methodology.as_str().to_owned(),
            category: found.category.to_owned(),
            title: rule.title,
            description: rule.description,
            mitigation: rule.mitigation,
            severity: rule.severity.as_str().to_owned(),
            because: rule.because,
            references: rule.references,
            state,
            reason,
        }
    }
}

impl Suggested {
    fn of(document: &Document, kept: &Kept, wanted: &Wanted) -> Self {
        let packs: Vec<&Pack> = built_in().iter().chain(&kept.packs).collect();
        let found = suggest::suggest(document, &packs, wanted);
        Self {
            suggestions: found.list.into_iter().map(Suggestion::from).collect(),
            left_out: found.left_out,
            faults: faults(kept),
        }
    }
}

/// What is wrong with what a team keeps, as it is told.
pub(super) fn faults(kept: &Kept) -> Vec<PackFault> {
    let told = kept.faults().map(|placed| PackFault {
        file: placed.file.to_owned(),
        line: placed.fault.line,
        message: format!("{}.", placed.fault.sentence),
    });
    told.collect()
}

/// Tells which threats may fit a model, by the rules that come with Wyvern, those of its branch
/// (`.wyvern/rules/*.toml`) and those of its sources (`.wyvern/sources.toml`). Nothing is stored.
#[utoipa::path(post, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/suggest", tag = "suggestions",
    params(ModelPath), request_body = SuggestionsAsked, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "What is suggested", body = Answer<Suggested>), (status = 401, response = ProblemAnswer),
        (status = 403, response = ProblemAnswer), (status = 404, response = ProblemAnswer), (status = 429, response = ProblemAnswer),
        (status = 502, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn suggest_for_model(
    models: Models,
    ModelAt(at): ModelAt,
    Sent(Asking { document, wanted }): Sent<Asking>,
) -> Result<Response<Body>, ApiError> {
    let store = &models.store;
    let shelves = [Shelf::Rules];
    let (document, kept) = if let Some(document) = document {
        let kept = store.kept(&at.repository, &at.branch, &shelves);
        (document, kept.await?)
    } else {
        let opened = store.open(&at).await?;
        let kept = store.kept_at(&at.repository, &opened.commit, &shelves);
        (opened.document, kept.await?)
    };
    let look = move || Answer::new(Suggested::of(&document, &kept, &wanted)).into_response();
    Ok(apart(usize::MAX, look).await)
}

/// Tells which threats may fit a model that is sent along, by the rules that come with Wyvern.
///
/// Nobody need be signed in.
#[utoipa::path(post, path = "/api/documents/suggest", tag = "documents", request_body = SuggestionsAsked,
    responses((status = 200, description = "What is suggested", body = Answer<Suggested>), DocumentRefusals))]
pub(in super::super) async fn suggest_for_document(
    lent: Lent<Asking>,
) -> Result<Response<Body>, ApiError> {
    let Lent {
        sent: Asking { document, wanted },
        held,
    } = lent;
    let missing = Invalid::Shape {
        pointer: "/document".to_owned(),
        expected: "a threat model",
    };
    let document = document.ok_or(missing)?;
    let look = move || {
        let _held = held;
        Answer::new(Suggested::of(&document, &Kept::default(), &wanted)).into_response()
    };
    Ok(apart(usize::MAX, look).await)
}
