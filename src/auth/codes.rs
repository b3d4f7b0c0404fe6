//! One-time codes between proving who one is and getting tokens.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::expiring::Expiring;
use super::{CODE_LIFETIME, Identity};

/// Codes that wait at once: an unauthenticated caller can have them made, so there is a limit.
const PENDING_MAX: usize = 10_000;

/// The codes that wait to be exchanged.
#[derive(Debug)]
pub(super) struct Codes(Mutex<Expiring<String, Pending>>);

#[derive(Debug)]
struct Pending {
    identity: Identity,
    browser: Option<String>,
}

impl Default for Codes {
    fn default() -> Self {
        Self(Mutex::new(Expiring::new(PENDING_MAX)))
    }
}

impl Codes {
    pub(super) fn issue(
        &self,
        identity: Identity,
        browser: Option<String>,
        now: Timestamp,
    ) -> String {
        let code = crate::random::text::<32>();
        let mut pending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pending.insert(
            code.clone(),
            Pending { identity, browser },
            now + CODE_LIFETIME,
            now,
        );
        code
    }

    /// Takes the code away, whether or not it is good for this browser: a code that was tried by
    /// somebody else is not to be trusted any more.
    pub(super) fn take(
        &self,
        code: &str,
        browser: Option<&str>,
        now: Timestamp,
    ) -> Option<Identity> {
        let mut pending = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pending = pending.remove(&code.to_owned(), now)?;
        let same_browser = pending.browser.is_none() || pending.browser.as_deref() == browser;
        same_browser.then_some(pending.identity)
    }
}
