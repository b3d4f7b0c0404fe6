//! Browsers that have been sent to a provider's page and are not back yet.

use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::error::AuthError;
use super::kept::{Kept, name_of};
use super::oauth::Begun;
use super::records::{Records, RecordsError};
use super::{CODE_LIFETIME, ProviderId, is_browser};

/// The attempts under way, by their `state`. Each tab of a browser has its own.
#[derive(Debug)]
pub(super) struct Attempts(Kept<Attempt>);

/// What must be the same again when the browser is back. The provider is read from here and never
/// from the address, so that no provider's code reaches another.
#[derive(Serialize, Deserialize)]
pub(super) struct Attempt {
    pub(super) provider: ProviderId,
    pub(super) browser: String,
    pub(super) redirect: String,
    verifier: String,
}

impl Attempt {
    pub(super) fn verifier(&self) -> SecretString {
        self.verifier.as_str().into()
    }
}

impl Attempts {
    pub(super) fn new(records: Arc<dyn Records>) -> Self {
        Self(Kept::new("attempt", records))
    }

    pub(super) async fn keep(
        &self,
        begun: &Begun,
        provider: ProviderId,
        [browser, redirect]: [&str; 2],
        now: Timestamp,
    ) -> Result<(), RecordsError> {
        let attempt = Attempt {
            provider,
            browser: browser.to_owned(),
            redirect: redirect.to_owned(),
            verifier: begun.verifier.expose_secret().to_owned(),
        };
        let until = now + CODE_LIFETIME;
        self.0.put(&name_of(&begun.state), &attempt, until).await
    }

    /// The attempt with this state, once, and in the browser that began only.
    pub(super) async fn take(
        &self,
        state: Option<&str>,
        browser: Option<&str>,
    ) -> Result<Attempt, AuthError> {
        let state = state.ok_or(AuthError::BadReturn)?;
        let attempt = self.0.take(&name_of(state)).await?;
        attempt
            .filter(|attempt| is_browser(&attempt.browser, browser))
            .ok_or(AuthError::BadReturn)
    }
}
