//! A host as one person calls it: their token on every call, and every failure told.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, LINK};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::kept::CredentialId;
use super::refusal::{Failure, Refusal, Verdict, Ways};
use crate::clock::Clock;
use crate::provider::outgoing::{Call, Outgoing, Repeat};
use crate::provider::{Credential, ProviderError};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A host's interface, called by nobody yet.
#[derive(Debug)]
pub(in crate::provider) struct Client {
    pub(in crate::provider) outgoing: Outgoing,
    pub(in crate::provider) ways: Arc<Ways>,
    /// The words in the body of a refusal.
    pub(in crate::provider) words: fn(&[u8]) -> String,
    /// Where it is; its path ends with a slash.
    pub(in crate::provider) api: Url,
    pub(in crate::provider) clock: Arc<dyn Clock>,
}

/// The same, called by one person.
pub(in crate::provider) struct Caller<'a> {
    pub(in crate::provider) id: CredentialId,
    client: &'a Client,
    bearer: HeaderValue,
}

/// A call to be made.
#[derive(Debug, Clone)]
pub(in crate::provider) struct Ask {
    pub(in crate::provider) method: Method,
    pub(in crate::provider) url: Url,
    pub(in crate::provider) headers: HeaderMap,
    pub(in crate::provider) body: Bytes,
    pub(in crate::provider) repeat: Repeat,
}

/// A good answer.
pub(in crate::provider) struct Got {
    pub(in crate::provider) headers: HeaderMap,
    pub(in crate::provider) body: Bytes,
}

/// Whose credential it is, and the header that it is sent in. A person of the local provider has
/// no token for a host.
pub(in crate::provider) fn caller_of(
    who: &Credential,
) -> Result<(CredentialId, HeaderValue), ProviderError> {
    let Credential::Token(token) = who else {
        return Err(ProviderError::SignInExpired);
    };
    let token = token.expose_secret();
    let bearer = HeaderValue::from_str(&format!("Bearer {token}"));
    let mut bearer = bearer.map_err(|_| ProviderError::SignInExpired)?;
    bearer.set_sensitive(true);
    Ok((who.fingerprint(), bearer))
}

impl Client {
    /// The same host for this person.
    pub(in crate::provider) fn caller(
        &self,
        who: &Credential,
    ) -> Result<Caller<'_>, ProviderError> {
        Ok(self.called_by(caller_of(who)?))
    }

    /// The same host for whoever [`caller_of`] tells.
    pub(in crate::provider) fn called_by(
        &self,
        (id, bearer): (CredentialId, HeaderValue),
    ) -> Caller<'_> {
        let client = self;
        Caller { id, client, bearer }
    }

    /// Where a path (and query) of the interface is. It is percent-encoded and begins with no
    /// slash.
    pub(in crate::provider) fn locate(&self, path: &str) -> Url {
        // Joining would read "a:b" as a scheme and ".." as a folder.
        Url::parse(&format!("{}{path}", self.api)).expect("encoded paths can stand in an address")
    }

    /// The path (and query) of a link into the interface, such as `locate` takes; `None` when the
    /// link leads anywhere else. A person's token is never sent there.
    pub(in crate::provider) fn inside(&self, link: &str) -> Option<String> {
        let url = self.api.join(link).ok()?;
        let plain = url.username().is_empty() && url.password().is_none();
        if url.origin() != self.api.origin() || !plain {
            return None;
        }
        self.below(link)
    }

    /// The same, whatever server the link names: behind another one that ends TLS a host may not
    /// know the address that it is called by. Nothing but its path is taken, and asked of this one.
    pub(in crate::provider) fn below(&self, link: &str) -> Option<String> {
        let url = self.api.join(link).ok()?;
        let path = url.path().strip_prefix(self.api.path())?;
        let query = url.query().map(|query| format!("?{query}"));
        Some(format!("{path}{}", query.unwrap_or_default()))
    }
}

impl Ask {
    /// A question for JSON.
    pub(in crate::provider) fn get(url: Url) -> Self {
        Self {
            method: Method::GET,
            url,
            headers: HeaderMap::from_iter([(ACCEPT, JSON)]),
            body: Bytes::new(),
            repeat: Repeat::Safe,
        }
    }

    /// The same with a body in JSON.
    pub(in crate::provider) fn json(mut self, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("what is sent has only text keys");
        self.headers.insert(CONTENT_TYPE, JSON);
        self.body = body.into();
        self
    }

    /// The same by another method, of which it is said whether it may be repeated.
    pub(in crate::provider) fn by(self, method: Method, repeat: Repeat) -> Self {
        Self {
            method,
            repeat,
            ..self
        }
    }

    /// The same for bytes that never change, and that whoever asks keeps by their own id.
    pub(in crate::provider) fn raw(mut self) -> Self {
        let any = HeaderValue::from_static("*/*");
        let once = HeaderValue::from_static("no-store");
        self.headers.insert(ACCEPT, any);
        self.headers.insert(CACHE_CONTROL, once);
        self
    }
}

impl Caller<'_> {
    /// Reads something.
    pub(in crate::provider) async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<T, Failure> {
        Ok(self.page(path).await?.0)
    }

    /// Reads something whose headers count, too.
    pub(in crate::provider) async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
    ) -> Result<(T, HeaderMap), Failure> {
        let got = self.exchange(Ask::get(self.client.locate(path))).await?;
        Ok((json_of(&got)?, got.headers))
    }

    /// Reads bytes.
    pub(in crate::provider) async fn raw(&self, path: &str) -> Result<Got, Failure> {
        let ask = Ask::get(self.client.locate(path)).raw();
        self.exchange(ask).await
    }

    /// Changes something.
    pub(in crate::provider) async fn change<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<T, Failure> {
        let ask = Ask::get(self.client.locate(path)).json(body);
        json_of(&self.exchange(ask.by(method, Repeat::Never)).await?)
    }

    /// Makes a call. Whatever is no success is a refusal.
    pub(in crate::provider) async fn exchange(&self, ask: Ask) -> Result<Got, Failure> {
        let Client {
            outgoing, words, ..
        } = self.client;
        let mut headers = ask.headers;
        headers.insert(AUTHORIZATION, self.bearer.clone());
        let call = Call {
            method: ask.method,
            url: ask.url,
            headers,
            body: ask.body,
            repeat: ask.repeat,
        };
        let answer = outgoing.send(call).await.map_err(Failure::Call)?;
        let (status, headers) = (answer.status, answer.headers);
        if status.is_success() {
            let body = answer.body;
            return Ok(Got { headers, body });
        }
        Err(self.heeded(Failure::Refused(Box::new(Refusal {
            status,
            headers,
            message: words(&answer.body),
        }))))
    }

    /// An error that came with success, as GraphQL's do.
    pub(in crate::provider) fn refused(
        &self,
        status: StatusCode,
        headers: HeaderMap,
        message: String,
    ) -> Failure {
        self.heeded(Failure::Refused(Box::new(Refusal {
            status,
            headers,
            message,
        })))
    }

    /// A failure of which the way out knows. It reads no words, and some limits are only told.
    fn heeded(&self, failure: Failure) -> Failure {
        let Client { outgoing, api, .. } = self.client;
        if let Some(Verdict::Wait(until)) = self.verdict(&failure) {
            outgoing.pause(api, &self.bearer, until);
        }
        failure
    }

    /// What a failure means; `None` when nothing was answered.
    pub(in crate::provider) fn verdict(&self, failure: &Failure) -> Option<Verdict> {
        let Client { ways, clock, .. } = self.client;
        ways.verdict(failure, clock.now())
    }

    /// The failure as callers of a provider know it.
    pub(in crate::provider) fn told(&self, failure: Failure) -> ProviderError {
        let Client { ways, clock, .. } = self.client;
        ways.told(failure, clock.now())
    }
}

/// Only JSON that says that it is: a sign-in page of a proxy has status 200 too.
pub(in crate::provider) fn json_of<T: DeserializeOwned>(got: &Got) -> Result<T, Failure> {
    let kind = got.headers.get(CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.to_str().is_ok_and(|kind| kind.contains("json")));
    if !is_json {
        return Err(Failure::Unreadable);
    }
    serde_json::from_slice(&got.body).map_err(|_| Failure::Unreadable)
}

/// The link to the next page (RFC 8288).
pub(in crate::provider) fn next(headers: &HeaderMap) -> Option<String> {
    let links = headers.get(LINK)?.to_str().ok()?;
    let link = links
        .split(',')
        .find(|link| link.contains("rel=\"next\""))?;
    let (address, _) = link.trim().strip_prefix('<')?.split_once('>')?;
    Some(address.to_owned())
}
