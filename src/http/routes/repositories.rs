//! Repositories and their branches.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::error::ApiError;
use super::super::extract::{BranchAt, Json, Query, RepositoryAt, SignedIn, page};
use super::super::openapi::{
    BodyRefusals, BranchPath, ProblemAnswer, RepositoryPath, SignedInRefusals,
};
use super::{Answer, Pagination, json};
use crate::provider::BranchName;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct RepositoriesQuery {
    /// The page, from 1.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295_u32)]
    pub(super) page: Option<String>,
    /// Keeps the repositories whose name contains this, ignoring case.
    search_query: Option<String>,
}

/// One page of repositories.
#[derive(Serialize, ToSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of the answer's members"
)]
pub(in super::super) struct Repositories {
    /// `organisation/name`.
    #[schema(example = json!(["demo/threat-models"]))]
    repos: Vec<String>,
    /// The same ones in the same order, with what the caller may do there.
    repositories: Vec<Repository>,
    pagination: Pagination,
}

/// A repository.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Repository {
    #[schema(example = "demo/threat-models")]
    name: String,
    /// Whether the caller may save there.
    writable: bool,
}

/// Lists the repositories that the caller can read.
#[utoipa::path(get, path = "/api/threatmodel/repos", tag = "repositories", params(RepositoriesQuery),
    security(("bearer" = []), ("cookie" = [])), responses((status = 200, description = "A page of them", body = Answer<Repositories>), SignedInRefusals))]
pub(in super::super) async fn repositories(
    SignedIn { session, provider }: SignedIn,
    Query(query): Query<RepositoriesQuery>,
) -> Result<Answer<Repositories>, ApiError> {
    let number = page(query.page.as_deref())?;
    let wanted = query
        .search_query
        .as_deref()
        .filter(|text| !text.is_empty());
    let found = provider
        .repositories(&session.identity.credential, wanted, number)
        .await?;
    let pagination = Pagination::of(number, &found);
    let repository = |found: crate::provider::Repository| Repository {
        name: found.name.to_string(),
        writable: found.writable,
    };
    let repositories: Vec<_> = found.items.into_iter().map(repository).collect();
    Ok(Answer::new(Repositories {
        repos: repositories.iter().map(|r| r.name.clone()).collect(),
        repositories,
        pagination,
    }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct PageQuery {
    /// The page, from 1.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295_u32)]
    pub(super) page: Option<String>,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct BranchesQuery {
    /// The page, from 1.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295_u32)]
    page: Option<String>,
    /// Keeps the branches whose name contains this, ignoring case.
    search_query: Option<String>,
}

/// One page of branches.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Branches {
    branches: Vec<Branch>,
    pagination: Pagination,
}

/// A branch.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Branch {
    #[schema(example = "main")]
    name: String,
    /// Whether it refuses direct commits.
    protected: bool,
}

/// Lists the branches of a repository, the default branch first.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/branches", tag = "repositories",
    params(RepositoryPath, BranchesQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "A page of them", body = Answer<Branches>), (status = 404, response = ProblemAnswer),
        (status = 422, response = ProblemAnswer), SignedInRefusals))]
pub(in super::super) async fn branches(
    SignedIn { session, provider }: SignedIn,
    RepositoryAt(repository): RepositoryAt,
    Query(query): Query<BranchesQuery>,
) -> Result<Answer<Branches>, ApiError> {
    let number = page(query.page.as_deref())?;
    let (who, wanted) = (&session.identity.credential, query.search_query.as_deref());
    let found = provider.branches(who, &repository, wanted, number).await?;
    let pagination = Pagination::of(number, &found);
    let branch = |b: crate::provider::Branch| Branch {
        name: b.name.to_string(),
        protected: b.protected,
    };
    let branches = found.items.into_iter().map(branch).collect();
    Ok(Answer::new(Branches {
        branches,
        pagination,
    }))
}

/// Where a new branch begins.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct NewBranch {
    /// The branch that it begins at; it may be percent-encoded, as Threat Dragon's app sends it.
    #[schema(example = "main")]
    ref_branch: String,
}

/// A branch that was made.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct MadeBranch {
    name: String,
    /// The commit that it stands at.
    commit: String,
}

/// Creates a branch where another one stands now.
#[utoipa::path(post, path = "/api/threatmodel/{organisation}/{repo}/{branch}/createBranch",
    tag = "repositories", params(BranchPath), request_body = NewBranch, security(("bearer" = []), ("cookie" = [])),
    responses((status = 201, description = "It is created", body = MadeBranch), (status = 401, response = ProblemAnswer),
        (status = 403, response = ProblemAnswer), (status = 404, response = ProblemAnswer),
        (status = 503, response = ProblemAnswer), BodyRefusals))]
pub(in super::super) async fn create_branch(
    SignedIn { session, provider }: SignedIn,
    BranchAt { repository, branch }: BranchAt,
    Json(new): Json<NewBranch>,
) -> Result<Response<Body>, ApiError> {
    let from = decoded(&new.ref_branch)?;
    let who = &session.identity.credential;
    let commit = provider
        .create_branch(who, &repository, &branch, &from)
        .await?;
    let identity = &session.identity;
    tracing::info!(target: "audit", user = identity.username, provider = %identity.provider, %repository, %branch, "created branch");
    let made = MadeBranch {
        name: branch.to_string(),
        commit: commit.to_string(),
    };
    Ok(json(StatusCode::CREATED, &made))
}

/// A branch name may hold a `%` of its own, and Threat Dragon's app encodes: a name that is
/// encoded decodes to what encodes to it again.
fn decoded(text: &str) -> Result<BranchName, ApiError> {
    let decoded = percent_decode_str(text).decode_utf8();
    let name = decoded.as_deref().unwrap_or(text);
    Ok(BranchName::parse(name)?)
}
