//! Models that are sent along: what is asked about them is answered, and nothing is kept.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::super::conflicts::{Conflict, Place, Told, sentences};
use super::super::described::Difference;
use super::super::error::ApiError;
use super::super::guests::{Lent, Sides, Versions};
use super::super::openapi::{DocumentRefusals, ThreatModel};
use super::{Answer, enveloped, raw_json};
use crate::model::{self, Document, Facts, Level, Merged, Policy, Side, Subject};
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
    lent: Lent<Document>,
) -> Result<Response<Body>, ApiError> {
    let Lent {
        sent: document,
        held,
    } = lent;
    let size = document.bytes().len();
    let look = move || {
        let _held = held;
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
    lent: Lent<Document>,
) -> Result<Response<Body>, ApiError> {
    let Lent {
        sent: document,
        held,
    } = lent;
    let size = document.bytes().len();
    let upgrade = move || {
        let _held = held;
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
    lent: Lent<Versions>,
) -> Result<Response<Body>, ApiError> {
    let Lent { sent, held } = lent;
    let Versions { before, after } = sent;
    let size = before.bytes().len() + after.bytes().len();
    let compare = move || {
        let _held = held;
        let changes = model::diff(&before, &after).changes;
        Answer::new(Changes { changes }).into_response()
    };
    Ok(apart(size, compare).await)
}

/// A model as two people have it, and as both had it before.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is never made: utoipa reads its shape")]
pub(in super::super) struct ThreeSides {
    /// What both were made from.
    base: ThreatModel,
    /// The one that the merge is made for.
    ours: ThreatModel,
    /// The one that others know already: where both have given out the same number, it keeps it.
    theirs: ThreatModel,
}

/// What merging gives.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct MergedModel {
    /// The model with both sides' changes; null where they collide.
    #[schema(value_type = Option<ThreatModel>)]
    model: Option<Box<RawValue>>,
    /// The first thousand things that both sides have changed in different ways.
    conflicts: Vec<Conflict>,
    /// How many there are.
    conflict_count: usize,
    /// The first hundred things that were settled without asking, a sentence each: such as a threat
    /// that has another number now.
    notes: Vec<String>,
}

impl From<Merged> for MergedModel {
    fn from(merged: Merged) -> Self {
        let text = merged.document.root().raw();
        let settled = merged.conflicts.is_empty().then(|| text.to_owned());
        let told = Told::of(merged.conflicts);
        Self {
            model: settled.and_then(|text| RawValue::from_string(text).ok()),
            conflicts: told.listed,
            conflict_count: told.count,
            notes: sentences(&merged.notes),
        }
    }
}

/// Merges two versions of a model that were made from the same one, as saving does with
/// `Base-Version`. Nothing is stored.
///
/// Nobody need be signed in.
#[utoipa::path(post, path = "/api/documents/merge", tag = "documents", request_body = ThreeSides,
    responses((status = 200, description = "The merged model, or where they collide", body = Answer<MergedModel>), DocumentRefusals))]
pub(in super::super) async fn merge_documents(
    lent: Lent<Sides>,
) -> Result<Response<Body>, ApiError> {
    let Lent { sent, held } = lent;
    let Sides { base, ours, theirs } = sent;
    let size = base.bytes().len() + ours.bytes().len() + theirs.bytes().len();
    let merge = move || {
        let _held = held;
        let merged = model::merge(Some(&base), &ours, &theirs, Side::Theirs);
        Answer::new(MergedModel::from(merged)).into_response()
    };
    Ok(apart(size, merge).await)
}
