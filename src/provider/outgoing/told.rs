//! What has become of a call that was not answered, in a sentence for people.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;

use url::Url;

use super::{CallError, address};

/// Tells the failures of calls to one server.
#[derive(Debug)]
pub(super) struct Teller {
    host: String,
    trusting: bool,
}

impl Teller {
    /// `trusting`: whether there is any authority whose word on a server's name counts.
    pub(super) fn new(url: &Url, trusting: bool) -> Self {
        Self {
            host: address::name(url),
            trusting,
        }
    }

    /// Nothing was sent without a connection; after that nobody knows.
    pub(super) fn tell(&self, error: reqwest::Error) -> CallError {
        let host = &self.host;
        if !error.is_connect() {
            return CallError::Lost {
                reason: format!("No whole answer came from {host}."),
                source: Some(cause(error)),
            };
        }
        let reason = if error.is_timeout() {
            format!("{host} did not accept a connection in time.")
        } else if error.is_dns() {
            format!("The name {host} is not known.")
        } else if !is_about_trust(&error) {
            format!("{host} could not be reached.")
        } else if self.trusting {
            format!("{host} could not prove its name.")
        } else {
            format!(
                "{host} could not prove its name, for this system knows no authorities: \
                 install ca-certificates."
            )
        };
        CallError::NotSent {
            reason,
            source: Some(cause(error)),
        }
    }
}

/// No time is left, and a request is out.
pub(super) fn late(url: &Url) -> CallError {
    CallError::Lost {
        reason: format!("{} did not answer in time.", address::name(url)),
        source: None,
    }
}

/// No time is left, and the call still waits for its turn.
pub(super) fn crowded(url: &Url) -> CallError {
    CallError::NotSent {
        reason: format!("Too many calls to {} are under way.", address::name(url)),
        source: None,
    }
}

/// Without the address, whose query may hold what is secret.
fn cause(error: reqwest::Error) -> Arc<dyn StdError + Send + Sync> {
    Arc::new(error.without_url())
}

/// The TLS library wraps its errors as invalid data. An input error does not count what it wraps as
/// its source.
fn is_about_trust(error: &reqwest::Error) -> bool {
    let mut next: Option<&dyn StdError> = Some(error);
    while let Some(error) = next {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        let inner = io.and_then(io::Error::get_ref);
        next = inner.map_or_else(|| error.source(), |inner| Some(inner));
    }
    false
}
