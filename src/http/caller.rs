//! Who makes a request, told by the handler's extractor to what surrounds the handler.

use std::sync::{Arc, OnceLock};

use crate::app::App;
use crate::auth::Session;

/// The caller of one request, once they are known. Its clones are one.
#[derive(Debug, Clone, Default)]
pub(super) struct Caller(Arc<OnceLock<Session>>);

impl Caller {
    pub(super) fn is(&self, session: &Session) {
        // A request has one caller, whoever asks.
        self.0.set(session.clone()).ok();
    }

    /// Their name and where they have signed in, once they are known.
    pub(super) fn names(&self) -> Option<(&str, &'static str)> {
        let identity = &self.0.get()?.identity;
        Some((&identity.username, identity.provider.as_str()))
    }

    /// The provider has refused what the caller acts with: their sign-in ends, unless it can be
    /// renewed or the provider takes it after all. Answers whether it goes on. Where an end cannot be
    /// written down now, it is when they are next refused.
    pub(super) async fn provider_refused(&self, app: &App) -> bool {
        let Some(session) = self.0.get() else {
            return false;
        };
        let identity = &session.identity;
        match app.authority.provider_refused(session).await {
            Ok(true) => return true,
            Ok(false) => {
                tracing::info!(target: "audit", user = identity.username, provider = %identity.provider,
                    "the provider has ended the sign-in");
            }
            Err(error) => {
                tracing::warn!(%error, "a sign-in that the provider has ended could not be ended here");
            }
        }
        false
    }
}
