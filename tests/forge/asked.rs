//! A call as it came in, and the answer to it.

use axum::http::{HeaderMap, Method, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use url::form_urlencoded;

use super::faults::Act;

/// A whole call.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What another writer does while the call is carried out, where the host has a gap for it.
    pub(crate) between: Option<Act>,
}

impl Asked {
    /// The parts of the path below `root`, decoded; `None` when it is not below it.
    pub(crate) fn below(&self, root: &str) -> Option<Vec<String>> {
        let rest = self.uri.path().strip_prefix(root)?;
        let parts = rest.trim_start_matches('/').split('/');
        let decoded = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        Some(parts.map(decoded).collect())
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A value of the query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        pair(self.uri.query().unwrap_or_default().as_bytes(), name)
    }

    /// The body as JSON; `Null` when it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// A value of the body, be it a form or JSON.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        match self.json() {
            Value::Object(members) => Some(members.get(name)?.as_str()?.to_owned()),
            _ => pair(&self.body, name),
        }
    }

    /// Id and secret of a client that authenticates itself in the header.
    pub(crate) fn basic(&self) -> Option<(String, String)> {
        let encoded = self.header("authorization")?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((id.to_owned(), secret.to_owned()))
    }

    /// The path with the query.
    pub(crate) fn target(&self) -> String {
        self.uri
            .path_and_query()
            .map_or_else(String::new, ToString::to_string)
    }
}

fn pair(encoded: &[u8], name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(encoded);
    let (_, value) = pairs.find(|(key, _)| key == name)?;
    Some(value.into_owned())
}

/// A whole answer.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// An answer of this media type.
    pub(crate) fn of(status: u16, media_type: &str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        Self {
            body,
            ..Self::empty(status)
        }
        .with("content-type", media_type)
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::of(status, "application/json; charset=utf-8", body.to_string())
    }

    /// A page for people.
    pub(crate) fn page(status: u16, body: String) -> Self {
        Self::of(status, "text/html; charset=utf-8", body)
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// An answer, or the refusal that stands in its place.
pub(crate) type Answered = Result<Answer, Answer>;
