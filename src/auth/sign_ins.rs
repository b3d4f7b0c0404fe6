//! The sign-ins that go on: one record each, from the first token to the sign-out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

use super::error::AuthError;
use super::expiring::Expiring;
use super::handle::Handle;
use super::hosted::Hosted;
use super::kept::Kept;
use super::oauth::Grant;
use super::proof::Proven;
use super::records::Records;
use super::{ProviderId, SignInId};
use crate::clock::Clock;
use crate::turns::Turns;

/// Sign-ins whose renewal failed that are remembered at once.
const FAILED_MAX: usize = 10_000;

/// One sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SignIn {
    pub(super) who: Proven,
    /// How often it has been renewed: only the handle with this number is good.
    pub(super) turn: u64,
    pub(super) until: Timestamp,
}

/// All of them.
#[derive(Debug)]
pub(super) struct SignIns {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) hosted: Vec<Hosted>,
    pub(super) kept: Kept<SignIn>,
    /// Those whose tokens are being renewed at the provider, by some server.
    pub(super) renewing: Kept<()>,
    /// The same in this server.
    pub(super) turns: Turns<SignInId>,
    /// Those whose provider did not answer, and until when it is not asked again.
    pub(super) failed: Mutex<Expiring<SignInId, Timestamp>>,
    /// Ended ones whose access tokens could still be shown; where the records are lost with the
    /// process, a sign-in without a record may be an older one.
    revoked: Kept<()>,
    shared: bool,
    access_lifetime: Duration,
}

impl SignIns {
    pub(super) fn new(
        clock: Arc<dyn Clock>,
        hosted: Vec<Hosted>,
        records: &Arc<dyn Records>,
        access_lifetime: Duration,
    ) -> Self {
        Self {
            clock,
            hosted,
            kept: Kept::new("sign-in", Arc::clone(records)),
            renewing: Kept::new("renewing", Arc::clone(records)),
            turns: Turns::default(),
            failed: Mutex::new(Expiring::new(FAILED_MAX)),
            revoked: Kept::new("revoked", Arc::clone(records)),
            shared: records.shared(),
            access_lifetime,
        }
    }

    /// Begins a sign-in.
    pub(super) async fn begin(
        &self,
        who: Proven,
        life: Duration,
    ) -> Result<(SignInId, SignIn), AuthError> {
        let id = SignInId::draw();
        let until = self.clock.now() + life;
        let sign_in = SignIn {
            who,
            turn: 0,
            until,
        };
        self.kept.put(id.as_str(), &sign_in, until).await?;
        Ok((id, sign_in))
    }

    /// A sign-in whose provider takes what it holds; `None` when it has ended.
    pub(super) async fn find(self: &Arc<Self>, id: &SignInId) -> Result<Option<SignIn>, AuthError> {
        Ok(self.fresh(id).await?.map(|found| found.value))
    }

    /// Uses a handle up; its successor has the number that the answer says. The lifetime begins
    /// anew.
    pub(super) async fn renew(
        self: &Arc<Self>,
        shown: &Handle,
        life: Duration,
    ) -> Result<SignIn, AuthError> {
        loop {
            let found = self.fresh(&shown.id).await?.ok_or(AuthError::Refused)?;
            if found.value.turn != shown.turn {
                tracing::warn!(target: "audit", sign_in = shown.id.as_str(), "a used refresh handle was shown again; the sign-in ends");
                self.end(&shown.id).await?;
                return Err(AuthError::Refused);
            }
            let until = self.clock.now() + life;
            let next = SignIn {
                who: found.value.who.clone(),
                turn: shown.turn + 1,
                until,
            };
            // Where somebody else was faster, the next round finds out what they did.
            let id = shown.id.as_str();
            if let Some(renewed) = self.kept.replace(id, &found, next, until).await? {
                return Ok(renewed.value);
            }
        }
    }

    /// Ends a sign-in, here first and then at its provider.
    pub(super) async fn end(&self, id: &SignInId) -> Result<(), AuthError> {
        if !self.shared {
            let until = self.clock.now() + self.access_lifetime;
            self.revoked.put(id.as_str(), &(), until).await?;
        }
        if let Some(ended) = self.kept.take(id.as_str()).await? {
            self.give_back(&ended.who).await;
        }
        Ok(())
    }

    /// Ends a sign-in whose provider refuses this token. Another one means that the tokens have
    /// been renewed since the call was made; then nothing has happened.
    pub(super) async fn end_if_it_holds(
        &self,
        id: &SignInId,
        token: &secrecy::SecretString,
    ) -> Result<(), AuthError> {
        let found = self.kept.get(id.as_str()).await?;
        let held = found.as_ref().and_then(|found| found.value.who.grant());
        match held {
            Some(grant) if grant.access.expose_secret() != token.expose_secret() => Ok(()),
            _ => self.end(id).await,
        }
    }

    /// Whether a sign-in without a record may go on by its access token alone: this server may
    /// have been started since.
    pub(super) async fn may_be_forgotten(&self, id: &SignInId) -> Result<bool, AuthError> {
        Ok(!self.shared && self.revoked.get(id.as_str()).await?.is_none())
    }

    pub(super) fn hosted(&self, provider: ProviderId) -> Option<&Hosted> {
        self.hosted.iter().find(|hosted| hosted.id == provider)
    }

    pub(super) async fn give_back(&self, who: &Proven) {
        if let (Some(hosted), Some(Grant { access, .. })) = (self.hosted(who.provider), who.grant())
        {
            hosted.give_back(access.clone()).await;
        }
    }
}
