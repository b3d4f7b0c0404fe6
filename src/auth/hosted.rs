//! A hosted provider, as signing in needs it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::timeout;

use super::ProviderId;
use super::error::AuthError;
use super::oauth::{Grant, OAuth};
use super::proof::{Proof, Proven};
use crate::provider::{Credential, Provider};

/// How long somebody who signs out waits for the provider to hear of it.
const GIVING_BACK: Duration = Duration::from_secs(2);

/// A provider that people sign in to with OAuth. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hosted {
    /// Its name.
    pub id: ProviderId,
    /// Its OAuth pages.
    pub oauth: OAuth,
    /// The provider itself, which is asked who somebody is.
    pub provider: Arc<dyn Provider>,
}

impl Hosted {
    /// The person whom a grant belongs to. When that cannot be found out it is given back.
    pub(super) async fn whose(&self, grant: Grant) -> Result<Proven, AuthError> {
        let credential = Credential::Token(grant.access.clone());
        match self.provider.user(&credential).await {
            Ok(user) => Ok(Proven {
                provider: self.id,
                username: user.username,
                account: None,
                proof: Proof::Grant(grant),
            }),
            Err(error) => {
                self.give_back(grant.access).await;
                Err(error.into())
            }
        }
    }

    /// Ends a token at the provider, as far as that works: it goes on when the caller has waited
    /// long enough or has left.
    pub(super) async fn give_back(&self, token: SecretString) {
        let (oauth, provider) = (self.oauth.clone(), self.id);
        let work = tokio::spawn(async move {
            if let Err(error) = oauth.revoke(&token).await {
                tracing::warn!(%provider, %error, "a token could not be given back");
            }
        });
        timeout(GIVING_BACK, work).await.ok();
    }
}
