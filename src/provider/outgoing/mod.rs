//! Calls to other servers: the one way out, and the one policy for it.
//!
//! [`Outgoing::send`] joins equal questions (`joined`); `policy` makes them, within one time limit: it
//! asks whether a kept answer still holds (`kept`), looks whether the server may be asked (`breaker`,
//! `pause`), waits for its turn (`hosts`), sends (`client`), reads what there is room for (`room`), and
//! tries again where that is safe (`retry`).

mod address;
mod breaker;
mod client;
mod finishing;
mod hosts;
mod identity;
mod in_use;
mod joined;
mod kept;
mod pause;
mod policy;
mod retry;
mod room;
mod told;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use thiserror::Error;
use tracing::{Instrument as _, debug, debug_span};
use url::Url;

use crate::clock::Clock;
use crate::config::OutgoingSettings;
use finishing::Finishing;
use identity::{Question, Way};
use joined::Joined;
use policy::Policy;

pub use finishing::Unfinished;
pub(super) use in_use::InUse;
pub use pause::{rest_of, wait_of};

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
    /// The same, but it is heavy, and there is another way: what was sent is not sent again.
    Spared,
    /// Making it again could do a thing twice.
    Never,
}

/// A whole answer, whatever its status.
#[derive(Clone)]
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
    /// The answer is larger than is read, or than there is room for beside others.
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

/// What a server counts and does not tell in time. It is asked before each sending, those again
/// and those that only ask whether something has changed included.
pub trait Limit: Send + Sync {
    /// Counts a call of whom the SHA-256 of the `Authorization` header names.
    ///
    /// # Errors
    /// With the moment from which on there is room for it; then it is not sent.
    fn spend(&self, who: [u8; 32], call: &Call, now: Timestamp) -> Result<(), Timestamp>;
}

/// The way out: one for the server, cheap to clone.
#[derive(Clone)]
pub struct Outgoing {
    policy: Arc<Policy>,
    joined: Arc<Joined>,
    finishing: Finishing,
    clock: Arc<dyn Clock>,
}

impl Outgoing {
    /// A way out with these limits.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(settings: &OutgoingSettings, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        Ok(Self {
            policy: Arc::new(Policy::new(settings, Arc::clone(&clock))?),
            joined: Arc::default(),
            finishing: Finishing::default(),
            clock,
        })
    }

    /// Makes a call. Dropping the future ends it, unless somebody else waits for the same.
    ///
    /// Redirects are answers like others. A GET whose answer has an `ETag` is made conditional the
    /// next time; the caller sees the whole answer then too.
    ///
    /// # Errors
    /// [`CallError`], told by what may have been carried out.
    pub async fn send(&self, call: Call) -> Result<Answer, CallError> {
        address::check(&call.url)?;
        let way = Way::of(&call);
        let host = address::name(&call.url);
        let span = debug_span!("call", method = %call.method, host, path = call.url.path());
        if !call.is_question() {
            let _change = self.joined.change(&way.origin);
            return self.policy.change(&call, &way).instrument(span).await;
        }
        let question = Question::of(&call);
        let policy = Arc::clone(&self.policy);
        let origin = way.origin.clone();
        let ask = async move { policy.ask(&call, &way, question).await };
        let ask = || ask.instrument(span.clone()).boxed();
        let now = self.clock.now();
        let (answer, is_joined) = self.joined.join(question, &origin, now, ask);
        if is_joined {
            debug!(parent: &span, "joined");
        }
        answer.await
    }

    /// Does work of several calls to its end. Dropping the future only stops waiting for it.
    ///
    /// # Errors
    /// When the server ends before.
    pub async fn finish<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Unfinished> {
        self.finishing.finish(work).await
    }

    /// Completes when no such work is under way any more.
    pub async fn finished(&self) {
        self.finishing.finished().await;
    }
}

impl Outgoing {
    /// Calls to this server are counted by this, too. Only the first one for a server counts.
    pub fn limit(&self, url: &Url, limit: Arc<dyn Limit>) {
        self.policy.limit(&url.origin(), limit);
    }

    /// Nothing more is sent there with this `Authorization` header until then: the server has said
    /// so in words that are not read here.
    pub fn pause(&self, url: &Url, authorization: &HeaderValue, until: Timestamp) {
        self.policy.pause(&Way::to(url, Some(authorization)), until);
    }
}

impl Call {
    /// Whether it only asks: a POST that may be repeated is a query in a body.
    fn is_question(&self) -> bool {
        let asks = [Method::GET, Method::HEAD, Method::POST];
        self.repeat != Repeat::Never && asks.contains(&self.method)
    }
}

/// Without its headers and what it carries.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.url.origin().ascii_serialization();
        write!(f, "Call({} {origin}{})", self.method, self.url.path())
    }
}

/// Without its headers and what it carries.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({}, {} bytes)", self.status, self.body.len())
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}
