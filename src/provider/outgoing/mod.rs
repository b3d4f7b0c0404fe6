//! Calls to other servers: the one way out, and the one policy for it.

use std::error::Error as StdError;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use thiserror::Error;
use url::Url;

use crate::clock::Clock;
use crate::config::OutgoingSettings;

/// A call to be made. The `Authorization` header is the credential: answers are kept and joined for
/// each credential by itself.
#[derive(Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Where to; its origin is the only one that is sent anything.
    pub url: Url,
    /// Its headers. Secrets are marked [sensitive](http::HeaderValue::set_sensitive).
    pub headers: HeaderMap,
    /// Its body; empty is none.
    pub body: Bytes,
    /// Whether it may be made twice.
    pub repeat: Repeat,
}

/// Whether a call may be made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// It changes nothing, or nothing more when it is made again.
    Safe,
    /// Making it again could do a thing twice.
    Never,
}

/// A whole answer, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status. An answer that was kept and is still true has the status that it had.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// All its bytes.
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, Clone, Error)]
pub enum CallError {
    /// Nothing was carried out: the server could not be reached, or is not asked for now.
    #[error("{reason}")]
    NotSent {
        /// One sentence that may be shown to people.
        reason: String,
        /// The cause beneath.
        #[source]
        source: Option<Arc<dyn StdError + Send + Sync>>,
    },
    /// The call was sent and no whole answer came: it may have been carried out.
    #[error("{reason}")]
    Lost {
        /// One sentence that may be shown to people.
        reason: String,
        /// The cause beneath.
        #[source]
        source: Option<Arc<dyn StdError + Send + Sync>>,
    },
    /// The answer is larger than is read.
    #[error("the answer is too large")]
    TooLarge,
    /// The server has failed again and again and is left alone for a while; nothing was sent.
    #[error("left alone until {until}")]
    Resting {
        /// When it is asked again.
        until: Timestamp,
    },
    /// The server has asked to wait; nothing was sent.
    #[error("asked to wait until {until}")]
    Waiting {
        /// When to try again.
        until: Timestamp,
    },
}

/// The way out: one for the server, cheap to clone.
#[derive(Debug, Clone)]
pub struct Outgoing {
    client: reqwest::Client,
    limit: usize,
    clock: Arc<dyn Clock>,
}

impl Outgoing {
    /// A way out with these limits.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(settings: &OutgoingSettings, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("wyvern/", env!("CARGO_PKG_VERSION")))
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            limit: settings.answer_limit,
            clock,
        })
    }

    /// Makes a call. Dropping the future ends it, unless somebody else waits for the same.
    ///
    /// # Errors
    /// [`CallError`], told by what may have been carried out.
    pub async fn send(&self, call: Call) -> Result<Answer, CallError> {
        let lost = |error: reqwest::Error| CallError::Lost {
            reason: "The server did not answer wholly.".to_owned(),
            source: Some(Arc::new(error)),
        };
        let request = self.client.request(call.method, call.url);
        let request = request.headers(call.headers).body(call.body);
        let answer = request.send().await.map_err(lost)?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.bytes().await.map_err(lost)?;
        tracing::trace!(now = %self.clock.now(), "answered");
        if body.len() > self.limit {
            return Err(CallError::TooLarge);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }
}
