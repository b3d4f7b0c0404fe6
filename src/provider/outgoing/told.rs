//! What has become of a call that was not answered, in a sentence for people.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;

use url::Url;

use super::{CallError, address};

/// Nothing was sent without a connection; after that nobody knows.
pub(super) fn unanswered(url: &Url, error: reqwest::Error) -> CallError {
    let host = address::name(url);
    if !error.is_connect() {
        return CallError::Lost {
            reason: format!("No whole answer came from {host}."),
            source: Some(cause(error)),
        };
    }
    let reason = if error.is_timeout() {
        format!("{host} did not accept a connection in time.")
    } else if is_about_trust(&error) {
        format!("{host} could not prove its name.")
    } else {
        format!("{host} could not be reached.")
    };
    CallError::NotSent {
        reason,
        source: Some(cause(error)),
    }
}

/// There is nobody whose word on a server's name counts.
pub(super) fn trustless(url: &Url) -> CallError {
    let host = address::name(url);
    CallError::NotSent {
        reason: format!(
            "{host} cannot be trusted, for this system knows no authorities: \
             install ca-certificates."
        ),
        source: None,
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
