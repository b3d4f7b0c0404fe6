//! Models: list, read, create, rename, delete.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, ETAG, VARY};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::error::ApiError;
use super::super::extract::{BranchAt, Json, ModelAt, Models, Query, Sent, commit};
use super::super::occasion::Asked;
use super::super::openapi::{
    BranchPath, CommitHeaders, ModelPath, PreconditionHeaders, ReadRefusals, ThreatModel,
    WriteRefusals,
};
use super::super::precondition::{Held, Precondition};
use super::base::{base, refused};
use super::{Answer, enveloped, json, raw_json};
use crate::model::Document;
use crate::provider::Version;
use crate::store::{Base, ModelName, ModelRef, Saved};

/// Lists the names of the models on a branch.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/models", tag = "models",
    params(BranchPath), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "Their names", body = Answer<Vec<String>>), ReadRefusals))]
pub(in super::super) async fn list(
    models: Models,
    BranchAt { repository, branch }: BranchAt,
) -> Result<Response<Body>, ApiError> {
    let names = models.store.list(&repository, &branch).await?;
    let names: Vec<_> = names.iter().map(ModelName::as_str).collect();
    Ok(Answer::new(names).into_response())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct AtQuery {
    /// The commit to read the model at; without it, the one that the branch stands at.
    at: Option<String>,
}

/// Reads a model. Its version is the `ETag`; `If-None-Match` with it answers 304.
///
/// With `at`, it is read as it was at that commit. That is a read like any other: a client that
/// then saves without naming a version may be refused (409), or has what came after the old
/// version merged. To bring an old version back, send it with the `ETag` of the newest in
/// `If-Match`.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/data", tag = "models",
    params(ModelPath, AtQuery, ("If-None-Match" = Option<String>, Header)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The model", body = Answer<ThreatModel>, headers(("ETag" = String))),
        (status = 304, description = "The client has this version already"), ReadRefusals))]
pub(in super::super) async fn data(
    models: Models,
    ModelAt(at): ModelAt,
    Query(query): Query<AtQuery>,
    held: Held,
) -> Result<Response<Body>, ApiError> {
    let opened = match commit("at", query.at.as_deref())? {
        Some(commit) => models.store.open_at(&at, &commit).await?,
        None => models.store.open(&at).await?,
    };
    models.read(&at, &opened.version);
    let mut response = if held.is(&opened.version) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        raw_json(StatusCode::OK, enveloped(&opened.document.bytes()))
    };
    tag(&mut response, &opened.version);
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response.headers_mut().insert(
        VARY,
        HeaderValue::from_static("authorization, accept-encoding"),
    );
    Ok(response)
}

/// What a change made.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Change {
    /// The model's name.
    model: String,
    /// The commit that the branch stands at now.
    commit: String,
    /// The model's version now; the same as the `ETag`.
    version: String,
}

/// Creates a model: one commit by the caller. A model of this name must not be there.
#[utoipa::path(post, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/create",
    tag = "models", params(ModelPath, CommitHeaders), request_body = ThreatModel,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, description = "It is created", body = Change, headers(("ETag" = String))), WriteRefusals))]
pub(in super::super) async fn create(
    models: Models,
    ModelAt(at): ModelAt,
    Asked(occasion): Asked,
    Sent(document): Sent<Document>,
) -> Result<Response<Body>, ApiError> {
    let saved = models.store.create(&at, document, &occasion).await?;
    Ok(changed(
        StatusCode::CREATED,
        &models,
        &at,
        &saved,
        "created model",
    ))
}

/// The same under the method that Threat Dragon's documentation has.
#[utoipa::path(put, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/create",
    tag = "models", params(ModelPath, CommitHeaders), request_body = ThreatModel,
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, description = "It is created", body = Change, headers(("ETag" = String))), WriteRefusals))]
pub(in super::super) async fn create_with_put(
    models: Models,
    at: ModelAt,
    asked: Asked,
    model: Sent<Document>,
) -> Result<Response<Body>, ApiError> {
    create(models, at, asked, model).await
}

/// Deletes a model: one commit by the caller. The model stays in the branch's history. `If-Match`
/// must name its version; `*` stands for any.
#[utoipa::path(delete, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}", tag = "models",
    params(ModelPath, ("If-Match" = String, Header), CommitHeaders), security(("bearer" = []), ("cookie" = [])),
    responses((status = 204, description = "It is deleted"), WriteRefusals))]
pub(in super::super) async fn delete(
    models: Models,
    ModelAt(at): ModelAt,
    precondition: Precondition,
    Asked(occasion): Asked,
) -> Result<StatusCode, ApiError> {
    let why = "Send the model's ETag in If-Match, so that nobody's newer work is deleted.";
    let base = match &precondition {
        Precondition::None => return Err(ApiError::PreconditionRequired(why)),
        stated => base(&models, &at, stated).await?.unwrap_or(Base::Any),
    };
    models
        .store
        .delete(&at, &base, &occasion)
        .await
        .map_err(|error| refused(&models, &at, error, &precondition))?;
    tracing::info!(target: "audit", user = models.username(), provider = %models.provider(), ?at, "deleted model");
    Ok(StatusCode::NO_CONTENT)
}

/// Another name for a model.
#[derive(Deserialize, ToSchema)]
pub(in super::super) struct NewName {
    name: String,
}

/// Renames a model: one commit by the caller. Its title stays as it is.
#[utoipa::path(post, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/rename", tag = "models",
    params(ModelPath, PreconditionHeaders, CommitHeaders), request_body = NewName, security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "It has the new name", body = Change, headers(("ETag" = String))), WriteRefusals))]
pub(in super::super) async fn rename(
    models: Models,
    ModelAt(at): ModelAt,
    precondition: Precondition,
    Asked(occasion): Asked,
    Json(NewName { name }): Json<NewName>,
) -> Result<Response<Body>, ApiError> {
    let name = ModelName::parse(&name)?;
    // A rename carries whatever is there along, so that without a version nothing is lost.
    let base = base(&models, &at, &precondition)
        .await?
        .unwrap_or(Base::Any);
    let saved = models.store.rename(&at, &name, &base, &occasion).await;
    let saved = saved.map_err(|error| refused(&models, &at, error, &precondition))?;
    let at = ModelRef { model: name, ..at };
    Ok(changed(
        StatusCode::OK,
        &models,
        &at,
        &saved,
        "renamed model",
    ))
}

fn changed(
    status: StatusCode,
    models: &Models,
    at: &ModelRef,
    saved: &Saved,
    what: &str,
) -> Response<Body> {
    models.wrote(at, &saved.version);
    audit(models, at, saved, what);
    let change = Change {
        model: at.model.to_string(),
        commit: saved.commit.to_string(),
        version: saved.version.to_string(),
    };
    let mut response = json(status, &change);
    tag(&mut response, &saved.version);
    response
}

pub(super) fn audit(models: &Models, at: &ModelRef, saved: &Saved, what: &str) {
    tracing::info!(target: "audit", user = models.username(), provider = %models.provider(), repository = %at.repository,
        branch = %at.branch, model = %at.model, commit = %saved.commit, "{what}");
}

pub(super) fn tag(response: &mut Response<Body>, version: &Version) {
    let tag = HeaderValue::from_str(&format!("\"{version}\"")).expect("a version is hexadecimal");
    response.headers_mut().insert(ETAG, tag);
}
