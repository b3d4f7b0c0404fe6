//! The sign-ins that go on: one record each, from the first token to the sign-out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
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

/// How long after a renewal the handle that it used up still leads to its successor: the answer may
/// be lost on its way, and two tabs may renew at once.
const GRACE: Duration = Duration::from_secs(10);
/// The longest that a sign-in goes on by being renewed, where one lifetime is not longer still.
const ALL_MAX: Duration = Duration::from_hours(90 * 24);

/// One sign-in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct SignIn {
    pub(super) who: Proven,
    /// How often it has been renewed: the handle with this number is good.
    pub(super) turn: u64,
    pub(super) began: Timestamp,
    /// When it was last renewed.
    pub(super) renewed: Timestamp,
    pub(super) until: Timestamp,
}

impl SignIn {
    /// The same after its next renewal. What renews it for ever ends all the same.
    fn next(&self, now: Timestamp, life: Duration) -> Self {
        Self {
            who: self.who.clone(),
            turn: self.turn + 1,
            began: self.began,
            renewed: now,
            until: (now + life).min(self.began + ALL_MAX.max(life)),
        }
    }

    /// Whether a handle is the one that was used up just now.
    fn has_just_used(&self, shown: &Handle, now: Timestamp) -> bool {
        shown.turn + 1 == self.turn && now < self.renewed + GRACE
    }
}

/// All of them.
#[derive(Debug)]
pub(super) struct SignIns {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) hosted: Vec<Hosted>,
    pub(super) kept: Kept<SignIn>,
    /// Those whose tokens are being renewed at the provider, by some server: a name drawn for each
    /// time, so that nobody ends the lock of another.
    pub(super) renewing: Kept<String>,
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
        let now = self.clock.now();
        let sign_in = SignIn {
            who,
            turn: 0,
            began: now,
            renewed: now,
            until: now + life,
        };
        let until = sign_in.until;
        self.kept.put(id.as_str(), &sign_in, until).await?;
        Ok((id, sign_in))
    }

    /// A sign-in whose provider takes what it holds; `None` when it has ended.
    pub(super) async fn find(self: &Arc<Self>, id: &SignInId) -> Result<Option<SignIn>, AuthError> {
        Ok(self.fresh(id).await?.map(|found| found.value))
    }

    /// Uses a handle up; its successor has the number that the answer says. The lifetime begins
    /// anew. For the [`GRACE`] after that, the same handle leads to the same successor.
    pub(super) async fn renew(
        self: &Arc<Self>,
        shown: &Handle,
        life: Duration,
    ) -> Result<SignIn, AuthError> {
        loop {
            let found = self.fresh(&shown.id).await?.ok_or(AuthError::Refused)?;
            let now = self.clock.now();
            if found.value.has_just_used(shown, now) {
                return Ok(found.value);
            }
            if found.value.turn != shown.turn {
                tracing::warn!(target: "audit", sign_in = shown.id.as_str(), "a used refresh handle was shown again; the sign-in ends");
                self.end(&shown.id).await?;
                return Err(AuthError::Refused);
            }
            let next = found.value.next(now, life);
            let until = next.until;
            // Where somebody else was faster, the next round finds out what they did.
            let id = shown.id.as_str();
            if let Some(renewed) = self.kept.replace(id, &found, next, until).await? {
                return Ok(renewed.value);
            }
        }
    }

    /// Lets a sign-in go on until a moment, if it has not ended.
    pub(super) async fn prolong(&self, id: &SignInId, until: Timestamp) -> Result<(), AuthError> {
        while let Some(found) = self.kept.get(id.as_str()).await? {
            let next = SignIn {
                until,
                ..found.value.clone()
            };
            let replaced = self.kept.replace(id.as_str(), &found, next, until);
            if replaced.await?.is_some() {
                break;
            }
        }
        Ok(())
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
