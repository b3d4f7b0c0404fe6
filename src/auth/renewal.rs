//! Providers' tokens are renewed before they end, once for everybody who needs them.
//!
//! A refresh token may be good once, and using it kills the pair before: so one server asks, it
//! keeps the new pair before anybody uses it, and nobody's leaving interrupts that.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::{sleep, timeout};

use super::error::AuthError;
use super::kept::Found;
use super::oauth::Grant;
use super::records::RecordsError;
use super::sign_ins::{SignIn, SignIns};
use super::{ProviderId, Session, SignInId};
use crate::provider::{Credential, ProviderError};

/// How long before its end a token is renewed.
pub(super) const MARGIN: Duration = Duration::from_mins(1);
/// How long the provider may take.
const ASKING_MAX: Duration = Duration::from_secs(20);
/// How long a server may hold the lock of a sign-in: longer than the provider may take, and the
/// records after it. A server that is killed meanwhile holds it as long.
const LOCK_LIFETIME: Duration = Duration::from_secs(30);
/// How often, and how many times, a server looks whether another one is done. While the old token
/// lives it looks for two seconds only, which is longer than a renewal takes: the other server may be
/// dead. It does look, since the renewal kills the old token.
const LOOKING: Duration = Duration::from_millis(50);
const LOOKS_MAX: u32 = 400;
const LOOKS_WHILE_IT_LIVES: u32 = 40;
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

/// What is to be renewed.
struct Due {
    id: SignInId,
    /// The token that the provider has refused, though it is not over.
    refused: Option<SecretString>,
}

impl SignIn {
    fn state(&self, now: Timestamp, refused: Option<&SecretString>) -> State {
        let Some(grant) = self.who.grant() else {
            return State::Good;
        };
        let ends = self.ends(now, refused);
        let Some(ends) = ends.filter(|ends| *ends <= now + MARGIN) else {
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

    fn lives(&self, now: Timestamp, refused: Option<&SecretString>) -> bool {
        self.ends(now, refused).is_none_or(|ends| ends > now)
    }

    /// When its token ends: now, if it is the one that the provider has refused.
    fn ends(&self, now: Timestamp, refused: Option<&SecretString>) -> Option<Timestamp> {
        let grant = self.who.grant()?;
        let refused = refused.is_some_and(|token| same(token, &grant.access));
        if refused { Some(now) } else { grant.expires }
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
        match found.value.state(self.clock.now(), None) {
            State::Good => Ok(Some(found)),
            State::Dead => self.end(id).await.map(|()| None),
            State::Ending(_) => {
                let (id, refused) = (id.clone(), None);
                self.renewed(Due { id, refused }).await
            }
        }
    }

    /// The provider has refused a session's token. One answer ends no sign-in: the token is renewed
    /// where that can be done, and else the provider is asked once more. Answers whether the
    /// sign-in goes on.
    pub(super) async fn refused(self: &Arc<Self>, session: &Session) -> Result<bool, AuthError> {
        let id = &session.id;
        let Credential::Token(token) = &session.identity.credential else {
            return self.end(id).await.map(|()| false);
        };
        let found = self.kept.get(id.as_str()).await?;
        let now = self.clock.now();
        match found.map(|found| found.value.state(now, Some(token))) {
            Some(State::Good) => Ok(true),
            Some(State::Ending(_)) => {
                let (id, refused) = (id.clone(), Some(token.clone()));
                match self.renewed(Due { id, refused }).await {
                    Ok(found) => Ok(found.is_some()),
                    Err(AuthError::Provider(_)) => Ok(true),
                    Err(error) => Err(error),
                }
            }
            _ if self.is_taken(session.identity.provider, token).await => Ok(true),
            _ => self.end(id).await.map(|()| false),
        }
    }

    /// Whether a provider takes a token, as far as is known.
    async fn is_taken(&self, provider: ProviderId, token: &SecretString) -> bool {
        let Some(hosted) = self.hosted(provider) else {
            return false;
        };
        let credential = Credential::Token(token.clone());
        let user = hosted.provider.user(&credential).await;
        !matches!(user, Err(ProviderError::SignInExpired))
    }

    /// Renews it, whether or not the caller stays.
    async fn renewed(self: &Arc<Self>, due: Due) -> MaybeFound {
        let this = Arc::clone(self);
        let renewal = tokio::spawn(async move { this.in_turn(&due).await });
        renewal.await.unwrap_or_else(|_| Err(stopped().into()))
    }

    /// Renews it, or waits until somebody else has.
    async fn in_turn(&self, due: &Due) -> MaybeFound {
        let (id, refused) = (&due.id, due.refused.as_ref());
        let turn = self.turns.of(id);
        let _alone = turn.lock().await;
        let mut looks = 0;
        loop {
            let now = self.clock.now();
            let Some(found) = self.kept.get(id.as_str()).await? else {
                return Ok(None);
            };
            if !matches!(found.value.state(now, refused), State::Ending(_)) {
                return Ok(Some(found));
            }
            if let Some(until) = self.rests(id, now) {
                return self.as_it_is(due, found, ProviderError::Resting { until });
            }
            if let Some(lock) = self.lock(id, now).await? {
                let renewed = self.with_lock(due).await;
                let now = self.clock.now();
                self.renewing.end(id.as_str(), &lock, now).await.ok();
                return renewed;
            }
            let patience = if found.value.lives(now, refused) {
                LOOKS_WHILE_IT_LIVES
            } else {
                LOOKS_MAX
            };
            if looks == patience {
                self.rest(id);
                return self.as_it_is(due, found, stopped());
            }
            looks += 1;
            sleep(LOOKING).await;
        }
    }

    /// Another server may have renewed it just before this one got the lock, so it is looked up
    /// again.
    async fn with_lock(&self, due: &Due) -> MaybeFound {
        let id = &due.id;
        let Some(found) = self.kept.get(id.as_str()).await? else {
            return Ok(None);
        };
        let state = found.value.state(self.clock.now(), due.refused.as_ref());
        let State::Ending(refresh) = state else {
            return Ok(Some(found));
        };
        match self.ask(&found.value, &refresh).await {
            Ok(grant) => self.keep(id, found, grant).await,
            Err(AuthError::Denied { error }) if has_ended(&error) => {
                self.spent(id, &refresh, &error).await
            }
            Err(error) => {
                tracing::warn!(sign_in = id.as_str(), %error, "a provider's token was not renewed");
                self.rest(id);
                self.as_it_is(due, found, refused_now(error))
            }
        }
    }

    /// The provider takes a refresh token no more, and the sign-in ends: unless a server that did
    /// not see this one's lock, or had lost its own, has used the token and kept another.
    async fn spent(&self, id: &SignInId, refresh: &SecretString, error: &str) -> MaybeFound {
        let found = self.kept.get(id.as_str()).await?;
        let grant = found.as_ref().and_then(|found| found.value.who.grant());
        let held = grant.and_then(|grant| grant.refresh.as_ref());
        if held.is_some_and(|held| !same(held, refresh)) {
            return Ok(found);
        }
        tracing::info!(target: "audit", sign_in = id.as_str(), error, "the provider renews no more; the sign-in ends");
        self.end(id).await.map(|()| None)
    }

    async fn ask(&self, sign_in: &SignIn, refresh: &SecretString) -> Result<Grant, AuthError> {
        let hosted = self.hosted(sign_in.who.provider);
        let hosted = hosted.ok_or(AuthError::UnknownProvider)?;
        let grant = sign_in.who.grant();
        let redirect = grant.and_then(|grant| grant.redirect.as_deref());
        let asked = timeout(ASKING_MAX, hosted.oauth.refresh(refresh, redirect)).await;
        asked.unwrap_or_else(|_| Err(stopped().into()))
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
    fn as_it_is(&self, due: &Due, found: Found<SignIn>, error: ProviderError) -> MaybeFound {
        if found.value.lives(self.clock.now(), due.refused.as_ref()) {
            Ok(Some(found))
        } else {
            Err(error.into())
        }
    }

    async fn lock(
        &self,
        id: &SignInId,
        now: Timestamp,
    ) -> Result<Option<Found<String>>, RecordsError> {
        let (owner, until) = (crate::random::text::<16>(), now + LOCK_LIFETIME);
        self.renewing.create(id.as_str(), owner, until).await
    }

    fn rests(&self, id: &SignInId, now: Timestamp) -> Option<Timestamp> {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(id, now).copied()
    }

    fn rest(&self, id: &SignInId) {
        let now = self.clock.now();
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.insert(id.clone(), now + REST, now + REST);
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

fn stopped() -> ProviderError {
    ProviderError::Unavailable {
        reason: "Its sign-in took too long.".to_owned(),
        source: None,
    }
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
