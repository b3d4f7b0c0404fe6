//! GitHub as one person calls it: their token on every call, and every failure told.

use std::fmt::Write as _;
use std::sync::Arc;

use aws_lc_rs::digest;
use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, LINK, LOCATION};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use octocrab::{OctoBody, Octocrab};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::classify::{Refusal, Verdict, status_of};
use super::endpoints::Endpoints;
use super::route;
use super::wire::Graphql;
use crate::clock::Clock;
use crate::provider::kept::CredentialId;
use crate::provider::outgoing::{CallError, Outgoing, Repeat, rest_of};
use crate::provider::{Barrier, Credential, ProviderError};

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
    pub(super) clock: Arc<dyn Clock>,
}

/// GitHub, called by one person.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) id: CredentialId,
    octocrab: Octocrab,
    outgoing: Outgoing,
    /// The header that octocrab sends.
    bearer: HeaderValue,
    endpoints: Arc<Endpoints>,
    clock: Arc<dyn Clock>,
}

/// Why there is no answer that can be used.
#[derive(Debug, Clone)]
pub(super) enum Failure {
    /// GitHub refused.
    Refused(Box<Refusal>),
    /// GraphQL knows no such commit in the repository.
    NoCommit,
    /// There is no answer.
    Call(CallError),
    /// The answer is none of GitHub's.
    Unreadable,
}

struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Client {
    /// The same GitHub for this person. A person of the local provider has no token for it.
    pub(super) fn caller(&self, who: &Credential) -> Result<Caller, ProviderError> {
        let Credential::Token(token) = who else {
            return Err(ProviderError::SignInExpired);
        };
        let bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()));
        let id = digest::digest(&digest::SHA256, token.expose_secret().as_bytes());
        Ok(Caller {
            id: id.as_ref().try_into().expect("SHA-256 has 32 bytes"),
            octocrab: self
                .octocrab
                .user_access_token(token.clone())
                .map_err(|_| ProviderError::SignInExpired)?,
            outgoing: self.outgoing.clone(),
            bearer: bearer.map_err(|_| ProviderError::SignInExpired)?,
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
        match failure {
            Failure::Refused(refusal) => Some(refusal.verdict(self.clock.now())),
            Failure::NoCommit => Some(Verdict::NoCommit),
            Failure::Call(_) | Failure::Unreadable => None,
        }
    }

    /// The failure as callers of a provider know it.
    pub(super) fn told(&self, failure: Failure) -> ProviderError {
        let verdict = self.verdict(&failure);
        match (failure, verdict) {
            (Failure::Call(CallError::Waiting { until }), _) | (_, Some(Verdict::Wait(until))) => {
                ProviderError::RateLimited { until }
            }
            (Failure::Call(CallError::Resting { until }), _) => ProviderError::Resting { until },
            (Failure::Call(CallError::TooLarge), _) | (_, Some(Verdict::TooLarge)) => {
                ProviderError::TooLarge
            }
            (Failure::Call(error), _) => ProviderError::Unavailable {
                reason: error.to_string(),
                source: Some(error.into()),
            },
            (_, Some(Verdict::SignInExpired)) => ProviderError::SignInExpired,
            (_, Some(Verdict::Forbidden | Verdict::Protected)) => ProviderError::Forbidden,
            (_, Some(Verdict::Archived)) => ProviderError::Barred(Barrier::Archived),
            (_, Some(Verdict::Unapproved)) => ProviderError::Barred(Barrier::Application),
            (Failure::Refused(refusal), Some(Verdict::SingleSignOn)) => {
                let address = refusal.single_sign_on(&self.endpoints.web);
                ProviderError::Barred(Barrier::SingleSignOn { address })
            }
            (_, Some(Verdict::NotFound)) => ProviderError::NotFound { what: "repository" },
            (_, Some(Verdict::NoBranch | Verdict::Empty)) => {
                ProviderError::NotFound { what: "branch" }
            }
            (_, Some(Verdict::NoCommit)) => ProviderError::NotFound { what: "commit" },
            (Failure::Refused(refusal), _) => refusal.told(self.clock.now()),
            (Failure::Unreadable | Failure::NoCommit, _) => ProviderError::Unavailable {
                reason: "GitHub gave an answer that cannot be read.".to_owned(),
                source: None,
            },
        }
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
    async fn exchange(&self, request: Request<()>, body: Bytes) -> Result<Answer, Failure> {
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

    async fn once(&self, request: Request<()>, body: Bytes) -> Result<Answer, Failure> {
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
        Ok(Answer { headers, body })
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

impl Failure {
    /// Whether GitHub itself says that it failed: it does not go on then. A proxy's words say
    /// nothing about what GitHub does behind it.
    pub(super) fn is_an_end(&self) -> bool {
        matches!(self, Self::Refused(refusal) if matches!(refusal.status.as_u16(), 500 | 503))
    }
}

impl Refusal {
    fn told(self, now: Timestamp) -> ProviderError {
        if let Some(until) = rest_of(self.status, &self.headers, now) {
            return ProviderError::Resting { until };
        }
        let reason = if self.status.is_redirection() {
            "GitHub answered from somewhere else.".to_owned()
        } else if self.status.is_server_error() {
            format!("GitHub failed with status {}.", self.status.as_u16())
        } else {
            format!("GitHub refused this with status {}.", self.status.as_u16())
        };
        ProviderError::Unavailable {
            reason,
            source: Some(self.message.into()),
        }
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

/// Only JSON that says that it is: a sign-in page of a proxy has status 200 too.
fn json_of<T: DeserializeOwned>(answer: &Answer) -> Result<T, Failure> {
    let kind = answer.headers.get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.contains("json")));
    if !is_json {
        return Err(Failure::Unreadable);
    }
    serde_json::from_slice(&answer.body).map_err(|_| Failure::Unreadable)
}

/// The link to the next page (RFC 8288).
fn next(headers: &HeaderMap) -> Option<String> {
    let links = headers.get(LINK)?.to_str().ok()?;
    let link = links
        .split(',')
        .find(|link| link.contains("rel=\"next\""))?;
    let (address, _) = link.trim().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
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
