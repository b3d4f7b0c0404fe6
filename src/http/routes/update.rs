//! Saving a model.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::super::error::ApiError;
use super::super::extract::{ModelAt, Models, Sent};
use super::super::occasion::Asked;
use super::super::openapi::{
    CommitHeaders, ModelPath, PreconditionHeaders, ThreatModel, WriteRefusals,
};
use super::super::precondition::Precondition;
use super::base::{origin, refused};
use super::json;
use super::models::{audit, tag};
use crate::model::Document;
use crate::store::{Merge, ModelRef, Saved, apart};

/// A model that was saved.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct SavedModel {
    /// The model's name.
    model: String,
    /// The commit that the branch stands at now.
    commit: String,
    /// The model's version now; the same as the `ETag`.
    version: String,
    /// Whether more was stored than was sent: what others have changed is in it too, and the
    /// client's next change is made from `data`.
    merged: bool,
    /// What was settled without asking, a sentence each: such as a threat that has another number
    /// now.
    notes: Vec<String>,
    /// The model as it is stored now, where it is not what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ThreatModel>)]
    data: Option<Box<RawValue>>,
}

/// Saves a model: one commit by the caller, or none when nothing has changed.
///
/// `If-Match` names the version that must be there: 412 when the model has another one by now;
/// `*` overwrites whatever is there. `Base-Version` names the version that the change was made
/// from: what others have changed since is merged by meaning, and the answer's `data` is the
/// result; 409 with the `conflicts` when the same thing was changed in two ways. Without either,
/// the change was made from what this sign-in has read since its last save, and is merged in the
/// same way: 409 too when that was several versions and it matters from which; 428 when it has read
/// none. Such a client need not look at the answer: until it reads the model again, its next change
/// is taken to be made from what it has sent.
#[utoipa::path(put, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/update", tag = "models",
    params(ModelPath, PreconditionHeaders, CommitHeaders), request_body = ThreatModel,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "It is saved", body = SavedModel, headers(("ETag" = String))), WriteRefusals))]
pub(in super::super) async fn update(
    models: Models,
    ModelAt(at): ModelAt,
    precondition: Precondition,
    Asked(occasion): Asked,
    Sent(document): Sent<Document>,
) -> Result<Response<Body>, ApiError> {
    let why = "It is not known which version this change was made from. Read the model first, or \
               send its ETag in If-Match; If-Match: * overwrites whatever is there.";
    let origin = origin(&models, &at, &precondition).await?;
    let origin = origin.ok_or(ApiError::PreconditionRequired(why))?;
    let saved = models.store.save(&at, &document, &origin, &occasion).await;
    let saved = saved.map_err(|error| refused(&models, &at, error, &precondition))?;
    remember(&models, &at, &saved, &precondition, &document);
    audit(&models, &at, &saved, "saved model");
    Ok(answer(&at, saved).await)
}

/// What this sign-in has of the model from now on: whoever names versions has what is stored.
fn remember(
    models: &Models,
    at: &ModelRef,
    saved: &Saved,
    precondition: &Precondition,
    document: &Document,
) {
    if saved.merge.is_some() && *precondition == Precondition::None {
        models.sent(at, document);
    } else {
        models.wrote(at, &saved.version);
    }
}

async fn answer(at: &ModelRef, saved: Saved) -> Response<Body> {
    let version = saved.version;
    let mut body = SavedModel {
        model: at.model.to_string(),
        commit: saved.commit.to_string(),
        version: version.to_string(),
        merged: saved.merge.is_some(),
        notes: Vec::new(),
        data: None,
    };
    let mut response = match saved.merge {
        None => json(StatusCode::OK, &body),
        Some(Merge { document, notes }) => {
            body.notes = notes.iter().map(ToString::to_string).collect();
            apart(document.bytes().len(), move || {
                let text = document.root().raw().to_owned();
                body.data = RawValue::from_string(text).ok();
                json(StatusCode::OK, &body)
            })
            .await
        }
    };
    tag(&mut response, &version);
    response
}
