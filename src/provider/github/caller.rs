//! GitHub as one person calls it: their token on every call, and every failure told.

use std::fmt::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use octocrab::{OctoBody, Octocrab};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::classify::status_of;
use super::endpoints::Endpoints;
use super::route;
use super::wire::Graphql;
use crate::clock::Clock;
use crate::provider::hosted::{
    CredentialId, Failure, Got, Refusal, Verdict, Ways, caller_of, json_of, next,
};
use crate::provider::outgoing::{CallError, Outgoing, Repeat};
use crate::provider::{Credential, ProviderError};

/// What JSON is asked for by.
const JSON: &str = "application/vnd.github+json";
/// What a blob's bytes are asked for by.
const RAW: &str = "application/vnd.github.raw+json";
/// Pages of one listing that are read at most: fifty thousand items. Nobody waits for more.
const PAGES: usize = 500;

/// GitHub, called by nobody yet.
pub(super) struct Client {
    pub(super) octocrab: Octocrab,
    pub(super) outgoing: Outgoing,
    pub(super) endpoints: Arc<Endpoints>,
    pub(super) ways: Arc<Ways>,
    pub(super) clock: Arc<dyn Clock>,
}

/// GitHub, called by one person.
pub(super) struct Caller {
    pub(super) id: CredentialId,
    octocrab: Octocrab,
    outgoing: Outgoing,
    /// The header that octocrab sends.
    bearer: HeaderValue,
    endpoints: Arc<Endpoints>,
    ways: Arc<Ways>,
    clock: Arc<dyn Clock>,
}

impl Client {
    /// The same GitHub for this person. A person of the local provider has no token for it.
    pub(super) fn caller(&self, who: &Credential) -> Result<Caller, ProviderError> {
        let (id, bearer) = caller_of(who)?;
        let Credential::Token(token) = who else {
            return Err(ProviderError::SignInExpired);
        };
        let octocrab = self.octocrab.user_access_token(token.clone());
        Ok(Caller {
            id,
            bearer,
            octocrab: octocrab.map_err(|_| ProviderError::SignInExpired)?,
            outgoing: self.outgoing.clone(),
            ways: Arc::clone(&self.ways),
            endpoints: Arc::clone(&self.endpoints),
            clock: Arc::clone(&self.clock),
        })
    }
}

impl Caller {
    /// Reads something.
    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        let request = ask(Method::GET, path, JSON, Repeat::Safe);
        json_of(&self.exchange(request, Bytes::new()).await?)
    }

    /// Reads a page, and whether there is a next one.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<(Vec<T>, Option<String>), Failure> {
        let request = ask(Method::GET, path, JSON, Repeat::Safe);
        let answer = self.exchange(request, Bytes::new()).await?;
        Ok((json_of(&answer)?, next(&answer.headers)))
    }

    /// Reads all pages. The link to the next one is followed as GitHub gives it, unless it leads
    /// out of GitHub: that is no answer. A list of more pages than are read is too large.
    pub(super) async fn pages<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Failure> {
        let mut path = path.to_owned();
        let mut all = Vec::new();
        for _ in 0..PAGES {
            let (items, next) = self.page(&path).await?;
            all.extend(items);
            let Some(link) = next else { return Ok(all) };
            path = self.endpoints.inside(&link).ok_or(Failure::Unreadable)?;
        }
        Err(Failure::Call(CallError::TooLarge))
    }

    /// Reads the bytes of a blob. It never changes: whoever keeps it does so by its id.
    pub(super) async fn raw(&self, path: &str) -> Result<Bytes, Failure> {
        let mut request = ask(Method::GET, path, RAW, Repeat::Safe);
        let once = HeaderValue::from_static("no-store");
        request.headers_mut().insert(CACHE_CONTROL, once);
        Ok(self.exchange(request, Bytes::new()).await?.body)
    }

    /// Changes something.
    pub(super) async fn change<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body).expect("what is sent has only text keys");
        let request = ask(method, path, JSON, Repeat::Never);
        json_of(&self.exchange(request, body.into()).await?)
    }

    /// Asks by GraphQL. An error refuses the whole, for what is asked for belongs together; but
    /// that a path of a repository leads to nothing is an answer.
    pub(super) async fn graphql<T: DeserializeOwned>(
        &self,
        query: &str,
        variables: &serde_json::Value,
        repeat: Repeat,
    ) -> Result<T, Failure> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = ask(Method::POST, "/graphql", JSON, repeat);
        let answer = self.exchange(request, body.into()).await?;
        let Graphql { data, errors } = json_of::<Graphql<T>>(&answer)?;
        let mut errors = errors.iter().filter(|error| !error.is_absence());
        if let Some(first) = errors.next() {
            return Err(self.heeded(Failure::Refused(Box::new(Refusal {
                status: status_of(first.kind.as_deref()),
                headers: answer.headers,
                message: first.message.clone(),
            }))));
        }
        data.ok_or(Failure::Unreadable)
    }

    /// What a failure means; `None` when nothing was answered.
    pub(super) fn verdict(&self, failure: &Failure) -> Option<Verdict> {
        self.ways.verdict(failure, self.clock.now())
    }

    /// The failure as callers of a provider know it.
    pub(super) fn told(&self, failure: Failure) -> ProviderError {
        self.ways.told(failure, self.clock.now())
    }

    /// Whether a redirection stays in this GitHub.
    pub(super) fn leads_inside(&self, refusal: &Refusal) -> bool {
        let link = refusal
            .headers
            .get(LOCATION)
            .and_then(|link| link.to_str().ok());
        let inside = link.and_then(|link| self.endpoints.inside(link));
        refusal.status.is_redirection() && inside.is_some()
    }

    /// Sends a call; where the repository has been renamed since, once more to where it is now.
    async fn exchange(&self, request: Request<()>, body: Bytes) -> Result<Got, Failure> {
        let again = request.clone();
        match self.once(request, body.clone()).await {
            Err(Failure::Refused(refusal)) => {
                let moved = self.moved(&again, &refusal);
                let path = moved.ok_or(Failure::Refused(refusal))?;
                let (mut parts, ()) = again.into_parts();
                parts.uri = path.parse().map_err(|_| Failure::Unreadable)?;
                self.once(Request::from_parts(parts, ()), body).await
            }
            answer => answer,
        }
    }

    async fn once(&self, request: Request<()>, body: Bytes) -> Result<Got, Failure> {
        let request = request.map(|()| OctoBody::from(body));
        let answer = self.octocrab.execute(request).await;
        let answer = match answer {
            Ok(answer) => octocrab::map_github_error(answer).await,
            Err(error) => Err(error),
        };
        let answer = answer.map_err(|error| self.heeded(failed(error)))?;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.map_err(failed)?.to_bytes();
        let headers = parts.headers;
        Ok(Got { headers, body })
    }

    /// A failure of which the way out knows. It reads no words, and some limits are only told.
    fn heeded(&self, failure: Failure) -> Failure {
        if let Some(Verdict::Wait(until)) = self.verdict(&failure) {
            self.outgoing
                .pause(&self.endpoints.api, &self.bearer, until);
        }
        failure
    }

    /// Where a call goes that was redirected: nowhere but to the same thing in the same GitHub.
    fn moved(&self, request: &Request<()>, refusal: &Refusal) -> Option<String> {
        let may = match refusal.status {
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method() == Method::GET,
            _ => false,
        };
        let link = refusal.headers.get(LOCATION).filter(|_| may)?;
        let link = self.endpoints.inside(link.to_str().ok()?)?;
        route::renamed(&request.uri().to_string(), &link)
    }
}

fn ask(method: Method, path: &str, accept: &'static str, repeat: Repeat) -> Request<()> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(ACCEPT, accept)
        .header("x-github-api-version", "2022-11-28")
        .header(CONTENT_TYPE, "application/json")
        .extension(repeat);
    request.body(()).expect("paths are percent-encoded")
}

fn failed(error: octocrab::Error) -> Failure {
    match error {
        octocrab::Error::GitHub { source, .. } => {
            let mut message = source.message.clone();
            for error in source.errors.iter().flatten() {
                write!(message, " {error}").expect("writing to a string cannot fail");
            }
            Failure::Refused(Box::new(Refusal {
                status: source.status_code,
                headers: source.headers.clone().unwrap_or_default(),
                message,
            }))
        }
        octocrab::Error::Service { source, .. } => match source.downcast::<CallError>() {
            Ok(error) => Failure::Call(*error),
            Err(error) => unsent(Arc::from(error)),
        },
        error => unsent(Arc::new(error)),
    }
}

fn unsent(error: Arc<dyn std::error::Error + Send + Sync>) -> Failure {
    Failure::Call(CallError::NotSent {
        reason: "The request could not be made.".to_owned(),
        source: Some(error),
    })
}
