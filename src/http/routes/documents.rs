//! Models that are sent along: what is asked about them is answered, and nothing is kept.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::conflicts::Place;
use super::super::described::Difference;
use super::super::error::ApiError;
use super::super::extract::{Model, Versions};
use super::super::guests::Anybody;
use super::super::openapi::{DocumentRefusals, ThreatModel};
use super::{Answer, enveloped, raw_json};
use crate::model::{self, Facts, Level, Policy, Subject};
use crate::store::apart;

/// How many findings are told: whoever sends a model has chosen how many there are.
const FINDINGS_MAX: usize = 2_000;

/// What the checks have found.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Findings {
    /// The first 2000 of them, in the order of the model.
    findings: Vec<Finding>,
    /// How many there are.
    total: usize,
}

/// Something that a check has found.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Finding {
    /// The rule's id; `docs/checks.md` has them all.
    #[schema(example = "WYV050")]
    rule: &'static str,
    /// The rule in a few words.
    name: &'static str,
    /// How much it matters.
    #[schema(value_type = FindingLevel)]
    level: Level,
    /// What is wrong, in one sentence.
    message: String,
    /// What it is about.
    #[schema(value_type = Place)]
    subject: Subject,
    /// Where it is in the model: an RFC 6901 JSON pointer.
    pointer: String,
}

/// How much a finding matters.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
enum FindingLevel {
    Error,
    Warning,
    Note,
}

impl From<model::Finding> for Finding {
    fn from(found: model::Finding) -> Self {
        Self {
            rule: found.rule.id,
            name: found.rule.name,
            level: found.level,
            message: found.message,
            subject: found.subject,
            pointer: found.pointer,
        }
    }
}

/// Tells what is wrong with a model, or missing from it, by every rule at its own level.
///
/// Nobody need be signed in.
#[utoipa::path(post, path = "/api/documents/check", tag = "documents", request_body = ThreatModel,
    responses((status = 200, description = "What was found", body = Answer<Findings>), DocumentRefusals))]
pub(in super::super) async fn check_document(
    whoever: Anybody,
    Model(document): Model,
) -> Result<Response<Body>, ApiError> {
    let size = document.bytes().len();
    let look = move || {
        let _held = whoever;
        let found = model::check(&document, &Facts::default(), &Policy::default());
        let total = found.len();
        let listed = found.into_iter().take(FINDINGS_MAX);
        let findings = listed.map(Finding::from).collect();
        Answer::new(Findings { findings, total }).into_response()
    };
    Ok(apart(size, look).await)
}

/// Gives a model in version 2 of the file format; one that is in it already as it was sent.
///
/// Nobody need be signed in.
#[utoipa::path(post, path = "/api/documents/upgrade", tag = "documents", request_body = ThreatModel,
    responses((status = 200, description = "The model", body = Answer<ThreatModel>), DocumentRefusals))]
pub(in super::super) async fn upgrade_document(
    whoever: Anybody,
    Model(document): Model,
) -> Result<Response<Body>, ApiError> {
    let size = document.bytes().len();
    let upgrade = move || {
        let _held = whoever;
        model::upgrade(&document)
    };
    let upgraded = apart(size, upgrade).await?;
    Ok(raw_json(StatusCode::OK, enveloped(&upgraded.bytes())))
}

/// Two versions of a model.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(in super::super) struct TwoVersions {
    before: ThreatModel,
    after: ThreatModel,
}

/// What is different between two versions of a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Changes {
    /// The changes, in the order of the model; `docs/diff.md` describes their form.
    #[schema(value_type = Vec<Difference>)]
    changes: Vec<model::Change>,
}

/// Tells what is different between two versions of a model, in terms of the model.
///
/// Nobody need be signed in.
#[utoipa::path(post, path = "/api/documents/diff", tag = "documents", request_body = TwoVersions,
    responses((status = 200, description = "The differences", body = Answer<Changes>), DocumentRefusals))]
pub(in super::super) async fn compare_documents(
    whoever: Anybody,
    Versions { before, after }: Versions,
) -> Result<Response<Body>, ApiError> {
    let size = before.bytes().len() + after.bytes().len();
    let compare = move || {
        let _held = whoever;
        let changes = model::diff(&before, &after).changes;
        Answer::new(Changes { changes }).into_response()
    };
    Ok(apart(size, compare).await)
}
