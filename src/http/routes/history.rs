//! What a model was: its commits, and what is different between two of them.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::described::Difference;
use super::super::error::ApiError;
use super::super::extract::{ModelAt, Models, Query, commit, page};
use super::super::openapi::{ModelPath, ReadRefusals};
use super::repositories::PageQuery;
use super::{Answer, Pagination, raw_json};
use crate::model;
use crate::store::{Compared, Deed, Event, Point, apart};

/// The longest title of a commit that is told, in characters.
const TITLE_MAX: usize = 1000;
/// About how many bytes the text about a change has.
const CHANGE: usize = 256;

/// One page of a model's history.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct History {
    commits: Vec<HistoryEntry>,
    pagination: Pagination,
}

/// A commit that changed the model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct HistoryEntry {
    /// Its id.
    commit: String,
    /// The author's name.
    author: String,
    /// The author's e-mail address.
    email: String,
    /// When it was written, in UTC (RFC 3339).
    #[schema(example = "2026-01-01T12:00:00Z")]
    at: String,
    /// The first line of its message.
    message: String,
    /// The version that it left; null where it deleted the model.
    #[schema(required)]
    version: Option<String>,
    change: DeedTold,
    /// What it changed against the commit before it in this list, worked out from the two
    /// versions; null where one of them cannot be read, and where there is nothing to compare.
    #[schema(required, example = "API gateway: 2 threats added, 1 mitigated")]
    summary: Option<String>,
}

/// What a commit did to the model.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in super::super) enum DeedTold {
    Created,
    Changed,
    Deleted,
}

impl From<Event> for HistoryEntry {
    fn from(event: Event) -> Self {
        let Event {
            commit,
            deed,
            summary,
        } = event;
        let title = commit.message.trim_start().lines().next();
        let title = title.unwrap_or_default().chars().take(TITLE_MAX);
        Self {
            commit: commit.commit.to_string(),
            author: commit.author,
            email: commit.email,
            at: commit.at.to_string(),
            message: title.collect(),
            version: commit.version.map(|version| version.to_string()),
            change: match deed {
                Deed::Created => DeedTold::Created,
                Deed::Changed => DeedTold::Changed,
                Deed::Deleted => DeedTold::Deleted,
            },
            summary,
        }
    }
}

/// Lists the commits that changed a model on this branch, newest first. A renamed model begins anew.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/history", tag = "models",
    params(ModelPath, PageQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "A page of them", body = Answer<History>), ReadRefusals))]
pub(in super::super) async fn history(
    models: Models,
    ModelAt(at): ModelAt,
    Query(query): Query<PageQuery>,
) -> Result<Answer<History>, ApiError> {
    let number = page(query.page.as_deref())?;
    let found = models.store.history(&at, number).await?;
    let pagination = Pagination::of(number, &found);
    let commits = found.items.into_iter().map(HistoryEntry::from).collect();
    Ok(Answer::new(History {
        commits,
        pagination,
    }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in super::super) struct DiffQuery {
    /// The commit with the old state; without it, the change of the model before `to`.
    from: Option<String>,
    /// The commit with the new state; without it, the one that the branch stands at.
    to: Option<String>,
    /// Whether changes of how it is drawn are told too: `true`, unless it says `false`.
    #[param(value_type = Option<bool>)]
    layout: Option<String>,
    /// `json`, unless it says `markdown` or `text`.
    #[param(example = "json")]
    format: Option<String>,
}

/// In what form a diff is answered.
enum Format {
    Json,
    Markdown,
    Text,
}

/// What is different between two states of a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct Differences {
    from: State,
    to: State,
    /// The changes, in the order of the model; `docs/diff.md` describes their form.
    #[schema(value_type = Vec<Difference>)]
    changes: Vec<model::Change>,
}

/// A state of a model.
#[derive(Serialize, ToSchema)]
pub(in super::super) struct State {
    commit: String,
    /// The model's version in that commit.
    version: String,
}

impl From<Point> for State {
    fn from(Point { commit, version }: Point) -> Self {
        Self {
            commit: commit.to_string(),
            version: version.to_string(),
        }
    }
}

/// Tells what is different in a model between two commits, in terms of the model.
#[utoipa::path(get, path = "/api/threatmodel/{organisation}/{repo}/{branch}/{model}/diff", tag = "models",
    params(ModelPath, DiffQuery), security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, description = "The differences", content(
        (Answer<Differences> = "application/json"), (String = "text/markdown"), (String = "text/plain"))), ReadRefusals))]
pub(in super::super) async fn diff(
    models: Models,
    ModelAt(at): ModelAt,
    Query(query): Query<DiffQuery>,
) -> Result<Response<Body>, ApiError> {
    let from = commit("from", query.from.as_deref())?;
    let to = commit("to", query.to.as_deref())?;
    let format = format(query.format.as_deref())?;
    let layout = layout(query.layout.as_deref())?;
    let mut found = models
        .store
        .compare(&at, from.as_ref(), to.as_ref())
        .await?;
    if !layout {
        found.diff = found.diff.without_layout();
    }
    let bytes = found.diff.changes.len() * CHANGE;
    Ok(apart(bytes, move || in_format(found, &format)).await)
}

fn format(text: Option<&str>) -> Result<Format, ApiError> {
    match text {
        None | Some("json") => Ok(Format::Json),
        Some("markdown") => Ok(Format::Markdown),
        Some("text") => Ok(Format::Text),
        Some(_) => Err(ApiError::BadRequest(
            "\"format\" must be json, markdown or text.".to_owned(),
        )),
    }
}

fn layout(text: Option<&str>) -> Result<bool, ApiError> {
    match text {
        None | Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(_) => Err(ApiError::BadRequest(
            "\"layout\" must be true or false.".to_owned(),
        )),
    }
}

fn in_format(Compared { from, to, diff }: Compared, format: &Format) -> Response<Body> {
    let (text, kind) = match format {
        Format::Json => {
            let (from, to, changes) = (from.into(), to.into(), diff.changes);
            let differences = Differences { from, to, changes };
            return Answer::new(differences).into_response();
        }
        Format::Markdown => (diff.markdown(), "text/markdown; charset=utf-8"),
        Format::Text => (diff.text(false), "text/plain; charset=utf-8"),
    };
    let mut response = raw_json(StatusCode::OK, text.into());
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
