//! Extractors: a handler that holds one of these knows that what it says is true.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use http_body_util::{BodyExt as _, Limited};
use serde::de::DeserializeOwned;

use super::allowance;
use super::caller::Caller;
use super::error::ApiError;
use super::guests::Along;
use super::sessions::Browser;
use crate::app::{App, Seen};
use crate::auth::{ProviderId, Session};
use crate::model::Document;
use crate::provider::{
    BranchName, CommitId, NameError, PageNumber, Provider, RepositoryName, Version,
};
use crate::store::{ModelName, ModelRef, ModelStore, apart};

/// The largest body that is no model, in bytes. Names, tokens and passwords are far shorter, and
/// some of these bodies are read for people who are not signed in.
const JSON_MAX: usize = 16 * 1024;

/// Somebody who is signed in and whose provider is served.
pub(super) struct SignedIn {
    pub(super) session: Session,
    pub(super) provider: Arc<dyn Provider>,
}

impl FromRequestParts<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let session = session(parts, app).await?;
        let provider = app
            .provider(session.identity.provider)
            .ok_or(ApiError::SignInRequired)?;
        if app.admits(&session) {
            allowance::count(parts, app, &session.identity)?;
            if let Some(caller) = parts.extensions.get::<Caller>() {
                caller.is(&session);
            }
            Ok(Self { session, provider })
        } else {
            Err(ApiError::SignInRequired)
        }
    }
}

/// The caller's session, by their bearer token or else by their cookie.
async fn session(parts: &mut Parts, app: &Arc<App>) -> Result<Session, ApiError> {
    if let Some(token) = bearer(&parts.headers) {
        return Ok(app.authority.session(token).await?);
    }
    let browser = Browser::from_request_parts(parts, app).await;
    let browser = browser.map_err(|_| ApiError::SignInRequired)?;
    let sign_in = browser.sign_in().await?;
    let sign_in = sign_in.ok_or(ApiError::SignInRequired)?;
    Ok(app.authority.session_of(&sign_in).await?)
}

/// The token of an `Authorization: Bearer`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The models that somebody signed in can reach, and what they have read.
pub(super) struct Models {
    pub(super) store: ModelStore,
    session: Session,
    app: Arc<App>,
}

impl FromRequestParts<Arc<App>> for Models {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, ApiError> {
        let SignedIn { session, .. } = SignedIn::from_request_parts(parts, app).await?;
        let store = app.models(&session).ok_or(ApiError::SignInRequired)?;
        Ok(Self {
            store,
            session,
            app: Arc::clone(app),
        })
    }
}

impl Models {
    /// Remembers that this version of a model has been read.
    pub(super) fn read(&self, at: &ModelRef, version: &Version) {
        self.app.reads.read(&self.session, at, version);
    }

    /// Remembers that this version of a model has been written.
    pub(super) fn wrote(&self, at: &ModelRef, version: &Version) {
        self.app.reads.wrote(&self.session, at, version);
    }

    /// Remembers what was sent of a model whose stored version has others' changes too.
    pub(super) fn sent(&self, at: &ModelRef, document: &Document) {
        self.app.reads.sent(&self.session, at, document);
    }

    /// Remembers that a conflict over a model has been told.
    pub(super) fn told(&self, at: &ModelRef) {
        self.app.reads.told(&self.session, at);
    }

    /// What has been seen of a model.
    pub(super) fn seen(&self, at: &ModelRef) -> Seen {
        self.app.reads.seen(&self.session, at)
    }

    /// Where the models are.
    pub(super) fn provider(&self) -> ProviderId {
        self.session.identity.provider
    }

    /// Who is signed in.
    pub(super) fn username(&self) -> &str {
        &self.session.identity.username
    }
}

/// The provider that the path names; the names are a closed set.
pub(super) struct ProviderAt(pub(super) ProviderId);

impl<S: Send + Sync> FromRequestParts<S> for ProviderAt {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let [name] = path(parts, state, ["provider"]).await?;
        let unknown = || ApiError::UnknownProvider(name.chars().take(80).collect());
        ProviderId::parse(&name).map(Self).ok_or_else(unknown)
    }
}

/// The repository that the path names.
pub(super) struct RepositoryAt(pub(super) RepositoryName);

/// The branch that the path names.
pub(super) struct BranchAt {
    pub(super) repository: RepositoryName,
    pub(super) branch: BranchName,
}

/// The model that the path names.
pub(super) struct ModelAt(pub(super) ModelRef);

/// The diagram whose picture the path names: `<number>.svg`.
pub(super) struct DiagramAt {
    pub(super) model: ModelRef,
    pub(super) diagram: u64,
}

impl<S: Send + Sync> FromRequestParts<S> for RepositoryAt {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let names = path(parts, state, ["organisation", "repo"]).await?;
        Ok(Self(repository(names)?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for BranchAt {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let names = ["organisation", "repo", "branch"];
        let [organisation, repo, branch] = path(parts, state, names).await?;
        Ok(Self {
            repository: repository([organisation, repo])?,
            branch: BranchName::parse(&branch)?,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ModelAt {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let names = ["organisation", "repo", "branch", "model"];
        let [organisation, repo, branch, model] = path(parts, state, names).await?;
        Ok(Self(ModelRef {
            repository: repository([organisation, repo])?,
            branch: BranchName::parse(&branch)?,
            model: ModelName::parse(&model)?,
        }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for DiagramAt {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let ModelAt(model) = ModelAt::from_request_parts(parts, state).await?;
        let [picture] = path(parts, state, ["diagram"]).await?;
        let number = picture.strip_suffix(".svg").ok_or(ApiError::UnknownPath)?;
        let diagram = number.parse().map_err(|_| ApiError::NoSuchDiagram)?;
        Ok(Self { model, diagram })
    }
}

/// The name of a repository. In whichever of the two the subgroups stand, it is the same.
fn repository([organisation, repository]: [String; 2]) -> Result<RepositoryName, NameError> {
    RepositoryName::parse(&format!("{organisation}/{repository}"))
}

/// The decoded values of these path parameters.
async fn path<S: Send + Sync, const N: usize>(
    parts: &mut Parts,
    state: &S,
    names: [&str; N],
) -> Result<[String; N], ApiError> {
    let bad = || ApiError::BadRequest("The path holds a percent-escape that is not UTF-8.".into());
    let params = RawPathParams::from_request_parts(parts, state)
        .await
        .map_err(|_| bad())?;
    Ok(names.map(|name| {
        let found = params.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    }))
}

/// The query, read as `T`. A parameter given twice is refused; an unknown one is not looked at.
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    #[expect(
        clippy::disallowed_types,
        reason = "this is the module that the lint points to"
    )]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let refused = |error: axum::extract::rejection::QueryRejection| {
            ApiError::BadRequest(format!("The query cannot be read: {}.", error.body_text()))
        };
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|q| Self(q.0))
            .map_err(refused)
    }
}

/// Which page of a listing is asked for: `page`, from 1; the first when it is absent.
pub(super) fn page(text: Option<&str>) -> Result<PageNumber, ApiError> {
    match text {
        None | Some("") => Ok(PageNumber::FIRST),
        Some(text) => text.parse().ok().and_then(PageNumber::new).ok_or_else(|| {
            ApiError::BadRequest("\"page\" must be a whole number from 1.".to_owned())
        }),
    }
}

/// The commit that a query names in this parameter.
pub(super) fn commit(name: &str, text: Option<&str>) -> Result<Option<CommitId>, ApiError> {
    let refused = || {
        ApiError::BadRequest(format!(
            "{name:?} must be a commit's whole id: 40 hexadecimal digits in lower case."
        ))
    };
    text.map(|text| CommitId::parse(text).ok_or_else(refused))
        .transpose()
}

/// A small JSON body, read as `T`.
pub(super) struct Json<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = body(request, JSON_MAX, "a body that is no model").await?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| unwanted(&error))
    }
}

/// What is said about a value of another shape quotes it, and it may be a token or a password.
fn unwanted(error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    ApiError::BadRequest(if error.is_data() {
        format!(
            "The body is JSON, but not of the shape that is wanted (line {line}, column \
             {column}); see /api/docs."
        )
    } else {
        format!("The body is not JSON: {error}.")
    })
}

/// A body that is a threat model, or has one. It is the last argument of a handler, so that nobody
/// who is not signed in makes the server read or parse one.
pub(super) struct Sent<T>(pub(super) T);

impl<T: Along> FromRequest<Arc<App>> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let limit = app.settings.server.body_limit.saturating_mul(T::COUNT);
        let bytes = body(request, limit, T::OF).await?;
        let read = apart(bytes.len(), || T::parse(bytes));
        Ok(Self(read.await?))
    }
}

/// The bytes of a JSON body of at most `limit` bytes, which is the limit `of` this.
pub(super) async fn body(
    request: Request,
    limit: usize,
    of: &'static str,
) -> Result<Bytes, ApiError> {
    let headers = request.headers();
    let kind = once(headers, &CONTENT_TYPE).ok().flatten();
    if !kind.is_some_and(is_json) || headers.contains_key(CONTENT_ENCODING) {
        return Err(ApiError::UnsupportedMediaType);
    }
    let announced = text(headers, &CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ApiError::TooLarge { limit, of });
    }
    match Limited::new(request.into_body(), limit).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            Err(ApiError::TooLarge { limit, of })
        }
        Err(_) => Err(ApiError::BadRequest("The body ended early.".to_owned())),
    }
}

/// Whether a `Content-Type` is JSON, and in UTF-8 if it says in what.
fn is_json(kind: &str) -> bool {
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let charset = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("charset"));
    let utf8 = |value: &str| value.trim_matches('"').eq_ignore_ascii_case("utf-8");
    essence.eq_ignore_ascii_case("application/json") && charset.is_none_or(|(_, value)| utf8(value))
}

pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The header's text. What is given twice or cannot be read is refused, never taken for absent.
pub(super) fn once<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'a str>, ApiError> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) if value.to_str().is_ok() => Ok(value.to_str().ok()),
        _ => Err(ApiError::BadRequest(format!(
            "The header {name} must be given once, in ASCII."
        ))),
    }
}
