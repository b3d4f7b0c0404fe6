//! What tells calls apart: where they go, who makes them, what they ask.

use aws_lc_rs::digest::{Context, SHA256};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use url::{Origin, Url};

use super::Call;

/// Who calls: the SHA-256 of the `Authorization` header. Who has none is one caller too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Caller(pub(super) [u8; 32]);

/// A caller at a server.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Way {
    pub(super) origin: Origin,
    pub(super) caller: Caller,
}

/// What is asked, and by whom: the SHA-256 of a whole call. Two calls with the same one get the same
/// answer at the same moment.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Question([u8; 32]);

impl Way {
    pub(super) fn of(call: &Call) -> Self {
        Self::to(&call.url, call.headers.get(AUTHORIZATION))
    }

    pub(super) fn to(url: &Url, credential: Option<&HeaderValue>) -> Self {
        let mut hash = Context::new(&SHA256);
        if let Some(credential) = credential {
            hash.update(b"credential");
            hash.update(credential.as_bytes());
        }
        Self {
            origin: url.origin(),
            caller: Caller(finish(hash)),
        }
    }
}

impl Question {
    pub(super) fn of(call: &Call) -> Self {
        let mut hash = Context::new(&SHA256);
        part(&mut hash, call.method.as_str().as_bytes());
        part(&mut hash, call.url.as_str().as_bytes());
        headers(&mut hash, &call.headers);
        part(&mut hash, &call.body);
        Self(finish(hash))
    }
}

/// In the order of their names, since the order in which they were added says nothing.
fn headers(hash: &mut Context, headers: &HeaderMap) {
    let mut all: Vec<_> = headers.iter().collect();
    all.sort_by_key(|(name, _)| name.as_str());
    for (name, value) in all {
        part(hash, name.as_str().as_bytes());
        part(hash, value.as_bytes());
    }
}

/// With its length, so that no two lists of parts are the same bytes.
fn part(hash: &mut Context, bytes: &[u8]) {
    hash.update(&bytes.len().to_be_bytes());
    hash.update(bytes);
}

/// The SHA-256 of these bytes.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = Context::new(&SHA256);
    hash.update(bytes);
    finish(hash)
}

fn finish(hash: Context) -> [u8; 32] {
    let hash = hash.finish();
    hash.as_ref().try_into().expect("a SHA-256 has 32 bytes")
}
