//! Providers' tokens are renewed before they end, once for everybody who needs them.
//!
//! A refresh token may be good once, and using it kills the pair before: so one server asks, it
//! keeps the new pair before anybody uses it, and nobody's leaving interrupts that.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::time::{sleep, timeout};

use super::SignInId;
use super::error::AuthError;
use super::kept::Found;
use super::oauth::Grant;
use super::records::RecordsError;
use super::sign_ins::{SignIn, SignIns};
use crate::provider::ProviderError;

/// How long before its end a token is renewed.
pub(super) const MARGIN: Duration = Duration::from_mins(1);
/// How long the provider may take.
const ASKING_MAX: Duration = Duration::from_secs(20);
/// How long a server may hold the lock of a sign-in: longer than the provider may take, and the
/// records after it. A server that is killed meanwhile holds it as long.
const LOCK_LIFETIME: Duration = Duration::from_secs(30);
/// How often, and how many times, a server looks whether another one is done.
const LOOKING: Duration = Duration::from_millis(50);
const LOOKS_MAX: u32 = 400;
/// How often the new pair is offered to records that are down. Each time takes a second or so.
const OFFERS_MAX: u32 = 8;
/// How long a provider that did not answer is left alone over a sign-in.
const REST: Duration = Duration::from_secs(5);

/// What a sign-in's grant is good for.
enum State {
    /// It needs nothing.
    Good,
    /// It ends soon or has ended, and this renews it.
    Ending(SecretString),
    /// It has ended, and nothing renews it.
    Dead,
}

impl SignIn {
    fn state(&self, now: Timestamp) -> State {
        let Some(grant) = self.who.grant() else {
            return State::Good;
        };
        let Some(ends) = grant.expires.filter(|ends| *ends <= now + MARGIN) else {
            return State::Good;
        };
        match &grant.refresh {
            Some(refresh) if grant.refresh_expires.is_none_or(|ends| ends > now) => {
                State::Ending(refresh.clone())
            }
            _ if ends > now => State::Good,
            _ => State::Dead,
        }
    }

    fn lives(&self, now: Timestamp) -> bool {
        let expires = self.who.grant().and_then(|grant| grant.expires);
        expires.is_none_or(|ends| ends > now)
    }
}

type MaybeFound = Result<Option<Found<SignIn>>, AuthError>;

impl SignIns {
    /// A sign-in whose grant does not end within [`MARGIN`], as far as the provider can be asked;
    /// `None` when the sign-in has ended.
    pub(super) async fn fresh(self: &Arc<Self>, id: &SignInId) -> MaybeFound {
        let Some(found) = self.kept.get(id.as_str()).await? else {
            return Ok(None);
        };
        match found.value.state(self.clock.now()) {
            State::Good => Ok(Some(found)),
            State::Dead => self.end(id).await.map(|()| None),
            State::Ending(_) => {
                let (this, id) = (Arc::clone(self), id.clone());
                let renewal = tokio::spawn(async move { this.in_turn(&id).await });
                renewal.await.unwrap_or_else(|_| Err(stopped()))
            }
        }
    }

    /// Renews it, or waits until somebody else has.
    async fn in_turn(&self, id: &SignInId) -> MaybeFound {
        let turn = self.turns.of(id);
        let _alone = turn.lock().await;
        for _ in 0..LOOKS_MAX {
            let now = self.clock.now();
            let Some(found) = self.kept.get(id.as_str()).await? else {
                return Ok(None);
            };
            if !matches!(found.value.state(now), State::Ending(_)) {
                return Ok(Some(found));
            }
            if let Some(until) = self.rests(id, now) {
                return self.as_it_is(found, ProviderError::Resting { until });
            }
            if self.lock(id, now).await? {
                let renewed = self.with_lock(id).await;
                self.renewing.remove(id.as_str()).await.ok();
                return renewed;
            }
            sleep(LOOKING).await;
        }
        Err(stopped())
    }

    /// Another server may have renewed it just before this one got the lock, so it is looked up
    /// again.
    async fn with_lock(&self, id: &SignInId) -> MaybeFound {
        let Some(found) = self.kept.get(id.as_str()).await? else {
            return Ok(None);
        };
        let State::Ending(refresh) = found.value.state(self.clock.now()) else {
            return Ok(Some(found));
        };
        match self.ask(&found.value, &refresh).await {
            Ok(grant) => self.keep(id, found, grant).await,
            Err(AuthError::Denied { error }) if has_ended(&error) => {
                tracing::info!(target: "audit", sign_in = id.as_str(), error, "the provider renews no more; the sign-in ends");
                self.end(id).await.map(|()| None)
            }
            Err(error) => {
                tracing::warn!(sign_in = id.as_str(), %error, "a provider's token was not renewed");
                self.rest(id);
                self.as_it_is(found, refused_now(error))
            }
        }
    }

    async fn ask(&self, sign_in: &SignIn, refresh: &SecretString) -> Result<Grant, AuthError> {
        let hosted = self.hosted(sign_in.who.provider);
        let hosted = hosted.ok_or(AuthError::UnknownProvider)?;
        let asked = timeout(ASKING_MAX, hosted.oauth.refresh(refresh)).await;
        asked.unwrap_or_else(|_| Err(stopped()))
    }

    /// Keeps the new pair. Who signed out meanwhile stays so, and the pair is given back.
    async fn keep(&self, id: &SignInId, mut found: Found<SignIn>, grant: Grant) -> MaybeFound {
        loop {
            let next = SignIn {
                who: found.value.who.with(grant.clone()),
                ..found.value
            };
            if let Some(kept) = self.offer(id, &found, next).await? {
                return Ok(Some(kept));
            }
            let Some(changed) = self.kept.get(id.as_str()).await? else {
                self.give_back(&found.value.who.with(grant)).await;
                return Ok(None);
            };
            found = changed;
        }
    }

    /// The old pair is dead: while the records are down, the new one would be lost.
    async fn offer(
        &self,
        id: &SignInId,
        found: &Found<SignIn>,
        next: SignIn,
    ) -> Result<Option<Found<SignIn>>, RecordsError> {
        let mut offers = 0;
        loop {
            let until = next.until;
            let offered = self.kept.replace(id.as_str(), found, next.clone(), until);
            match offered.await {
                Err(_) if offers < OFFERS_MAX => offers += 1,
                done => return done,
            }
            sleep(LOOKING).await;
        }
    }

    /// A token that still lives is used to its end.
    fn as_it_is(&self, found: Found<SignIn>, error: ProviderError) -> MaybeFound {
        if found.value.lives(self.clock.now()) {
            Ok(Some(found))
        } else {
            Err(error.into())
        }
    }

    async fn lock(&self, id: &SignInId, now: Timestamp) -> Result<bool, RecordsError> {
        let until = now + LOCK_LIFETIME;
        self.renewing.create(id.as_str(), &(), until).await
    }

    fn rests(&self, id: &SignInId, now: Timestamp) -> Option<Timestamp> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(id, now).copied()
    }

    fn rest(&self, id: &SignInId) {
        let now = self.clock.now();
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.insert(id.clone(), now + REST, now + REST, now);
    }
}

/// Whether the provider says that the refresh token itself is good no more. Anything else it may
/// say, such as that it does not know this server, is no reason to sign somebody out.
fn has_ended(error: &str) -> bool {
    matches!(error, "invalid_grant" | "bad_refresh_token")
}

fn refused_now(error: AuthError) -> ProviderError {
    match error {
        AuthError::Provider(error) => error,
        other => ProviderError::Unavailable {
            reason: "Its sign-in does not renew.".to_owned(),
            source: Some(other.into()),
        },
    }
}

fn stopped() -> AuthError {
    AuthError::Provider(ProviderError::Unavailable {
        reason: "Its sign-in took too long.".to_owned(),
        source: None,
    })
}
