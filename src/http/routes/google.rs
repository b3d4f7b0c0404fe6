//! The routes for Google Drive in Threat Dragon's API. It keeps files, not repositories: whoever is
//! signed in is told that it is not served.

use super::super::error::ApiError;
use super::super::extract::SignedIn;
use super::super::openapi::{ProblemAnswer, SignedInRefusals};

const UNSUPPORTED: ApiError =
    ApiError::Unsupported("Wyvern keeps models in git repositories. Google Drive is not served.");

/// Lists folders of Google Drive, which is not served.
#[utoipa::path(get, path = "/api/googleproviderthreatmodel/folders", tag = "google drive",
    operation_id = "google_folders", security(("bearer" = []), ("cookie" = [])),
    responses((status = 501, response = ProblemAnswer), SignedInRefusals))]
pub(in super::super) async fn folders(_: SignedIn) -> ApiError {
    UNSUPPORTED
}

/// Creates a model in Google Drive, which is not served.
#[utoipa::path(post, path = "/api/googleproviderthreatmodel/{folder}/create", tag = "google drive",
    operation_id = "google_create", params(("folder" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 501, response = ProblemAnswer), SignedInRefusals))]
pub(in super::super) async fn create(_: SignedIn) -> ApiError {
    UNSUPPORTED
}

/// Saves a model in Google Drive, which is not served.
#[utoipa::path(put, path = "/api/googleproviderthreatmodel/{file}/update", tag = "google drive",
    operation_id = "google_update", params(("file" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 501, response = ProblemAnswer), SignedInRefusals))]
pub(in super::super) async fn update(_: SignedIn) -> ApiError {
    UNSUPPORTED
}

/// Reads a model in Google Drive, which is not served.
#[utoipa::path(get, path = "/api/googleproviderthreatmodel/{file}/data", tag = "google drive",
    operation_id = "google_data", params(("file" = String, Path)), security(("bearer" = []), ("cookie" = [])),
    responses((status = 501, response = ProblemAnswer), SignedInRefusals))]
pub(in super::super) async fn data(_: SignedIn) -> ApiError {
    UNSUPPORTED
}
