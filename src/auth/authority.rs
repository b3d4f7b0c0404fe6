//! The one who says who is signed in.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::attempts::Attempts;
use super::codes::Codes;
use super::error::AuthError;
use super::handle::Handle;
use super::hosted::Hosted;
use super::oauth::error_code;
use super::probe::Probe;
use super::proof::Proven;
use super::records::{Records, SealedRecords};
use super::sign_ins::{SignIn, SignIns};
use super::vault::Vault;
use super::{Identity, ProviderId, Session, SignInId, Tokens, access};
use crate::clock::Clock;

/// What an authority is made of.
#[derive(Debug)]
pub struct AuthorityOptions {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The keys.
    pub vault: Vault,
    /// Where sign-ins are kept; they are sealed first.
    pub records: Arc<dyn Records>,
    /// Of an access token.
    pub access_lifetime: Duration,
    /// Of a sign-in with tokens that is renewed no more.
    pub refresh_lifetime: Duration,
    /// Of a browser's sign-in that is not [prolonged](Authority::prolong).
    pub session_lifetime: Duration,
    /// The providers that people sign in to with OAuth.
    pub hosted: Vec<Hosted>,
}

/// What a provider has sent the browser back with.
#[derive(Clone, Default)]
pub struct Returned {
    /// The address that the browser was sent back to, without a query.
    pub at: String,
    /// The provider's code.
    pub code: Option<String>,
    /// The `state` that the browser was sent off with.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Who the provider says that it is (RFC 9207).
    pub iss: Option<String>,
}

/// Issues, renews, reads and revokes what proves a sign-in.
#[derive(Debug)]
pub struct Authority {
    clock: Arc<dyn Clock>,
    vault: Arc<Vault>,
    records: Arc<dyn Records>,
    probe: Probe,
    codes: Codes,
    attempts: Attempts,
    sign_ins: Arc<SignIns>,
    access_lifetime: Duration,
    refresh_lifetime: Duration,
    session_lifetime: Duration,
}

impl Authority {
    /// An authority over these records.
    #[must_use]
    pub fn new(options: AuthorityOptions) -> Self {
        let AuthorityOptions { clock, hosted, .. } = options;
        let vault = Arc::new(options.vault);
        let records: Arc<dyn Records> =
            Arc::new(SealedRecords::new(Arc::clone(&vault), options.records));
        let access_lifetime = options.access_lifetime;
        let sign_ins = SignIns::new(Arc::clone(&clock), hosted, &records, access_lifetime);
        Self {
            codes: Codes::new(Arc::clone(&records)),
            attempts: Attempts::new(Arc::clone(&records)),
            sign_ins: Arc::new(sign_ins),
            clock,
            vault,
            records,
            probe: Probe::default(),
            access_lifetime,
            refresh_lifetime: options.refresh_lifetime,
            session_lifetime: options.session_lifetime,
        }
    }

    /// Begins a sign-in: answers the address of the provider's page. It ends in the browser of this
    /// name and at the address `redirect` only. Several may be under way in one browser.
    ///
    /// # Errors
    /// [`AuthError::UnknownProvider`] for a provider without such a page.
    pub async fn begin(
        &self,
        provider: ProviderId,
        browser: &str,
        redirect: &str,
    ) -> Result<String, AuthError> {
        let hosted = self.hosted(provider)?;
        let begun = hosted.oauth.authorize(redirect)?;
        let names = [browser, redirect];
        let kept = self
            .attempts
            .keep(&begun, provider, names, self.clock.now());
        kept.await?;
        Ok(begun.address)
    }

    /// The provider has sent the browser back: answers a one-time code for the app, good in the
    /// same browser. The provider hears nothing before it is certain that this server sent the
    /// browser off, that this is the first return, and that it is at the address of this provider
    /// and of no other (RFC 9700, 4.4).
    ///
    /// # Errors
    /// [`AuthError::BadReturn`], [`AuthError::Denied`], or why the provider could not be asked.
    pub async fn complete(
        &self,
        browser: Option<&str>,
        returned: Returned,
    ) -> Result<String, AuthError> {
        let state = returned.state.as_deref();
        let attempt = self.attempts.take(state, browser).await?;
        let hosted = self.hosted(attempt.provider)?;
        let issued_there = returned.iss.is_none_or(|iss| hosted.oauth.is_issuer(&iss));
        if returned.at != attempt.redirect || !issued_there {
            return Err(AuthError::BadReturn);
        }
        if let Some(error) = returned.error {
            let error = error_code(&error);
            return Err(AuthError::Denied { error });
        }
        let code = returned.code.ok_or(AuthError::BadReturn)?;
        let (verifier, redirect) = (attempt.verifier(), &attempt.redirect);
        let grant = hosted.oauth.exchange(&code, &verifier, redirect).await?;
        let who = hosted.whose(grant).await?;
        let issued = self
            .codes
            .issue(who, Some(attempt.browser), self.clock.now());
        Ok(issued.await?)
    }

    /// A one-time code for somebody who has just proved who they are. When `browser` is given,
    /// only a caller who presents the same text can exchange the code.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`]
    pub async fn code(
        &self,
        identity: Identity,
        browser: Option<String>,
    ) -> Result<String, AuthError> {
        let issued = self.codes.issue(identity.into(), browser, self.clock.now());
        Ok(issued.await?)
    }

    /// Exchanges a code for tokens, once.
    ///
    /// # Errors
    /// [`AuthError::Refused`] when the code is unknown, used, too old, or was issued to another
    /// browser or for another provider.
    pub async fn exchange(
        &self,
        provider: ProviderId,
        code: &str,
        browser: Option<&str>,
    ) -> Result<Tokens, AuthError> {
        let who = self.taken(code, browser, Some(provider)).await?;
        let (id, sign_in) = self.sign_ins.begin(who, self.refresh_lifetime).await?;
        Ok(self.tokens(&id, &sign_in))
    }

    /// Exchanges a code for a browser's sign-in, once. It has no tokens, and lasts as long as it is
    /// [prolonged](Self::prolong).
    ///
    /// # Errors
    /// As [`exchange`](Self::exchange).
    pub async fn open(&self, code: &str, browser: Option<&str>) -> Result<Session, AuthError> {
        let who = self.taken(code, browser, None).await?;
        let (id, sign_in) = self.sign_ins.begin(who, self.session_lifetime).await?;
        Ok(session(id, sign_in.who))
    }

    /// Exchanges a refresh handle for new tokens, whatever the state of the access token.
    ///
    /// # Errors
    /// [`AuthError::Refused`] when the handle is unknown or expired, or was used more than ten
    /// seconds ago or before its successor was: then somebody holds a stolen copy, and the whole
    /// sign-in ends. Within ten seconds it gets the successor that it got first.
    pub async fn refresh(&self, handle: &str) -> Result<Tokens, AuthError> {
        let shown = Handle::read(&self.vault, handle).ok_or(AuthError::Refused)?;
        let sign_in = self.sign_ins.renew(&shown, self.refresh_lifetime).await?;
        Ok(self.tokens(&shown.id, &sign_in))
    }

    /// Reads an access token. The provider's credential is the newest, whatever the token holds.
    ///
    /// # Errors
    /// [`AuthError::Refused`] when it is not ours, altered, expired or revoked.
    pub async fn session(&self, access_token: &str) -> Result<Session, AuthError> {
        let now = self.clock.now();
        let read = access::read(&self.vault, access_token, now).ok_or(AuthError::Refused)?;
        match self.sign_ins.find(&read.id).await? {
            Some(sign_in) => Ok(session(read.id, sign_in.who)),
            None if self.sign_ins.may_be_forgotten(&read.id).await? => Ok(read),
            None => Err(AuthError::Refused),
        }
    }

    /// The sign-in of this name, as a browser's cookie leads to it.
    ///
    /// # Errors
    /// [`AuthError::Refused`] when it has ended.
    pub async fn session_of(&self, id: &SignInId) -> Result<Session, AuthError> {
        let sign_in = self.sign_ins.find(id).await?.ok_or(AuthError::Refused)?;
        Ok(session(id.clone(), sign_in.who))
    }

    /// Lets a browser's sign-in, which is in use, go on until a moment.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`]
    pub async fn prolong(&self, id: &SignInId, until: Timestamp) -> Result<(), AuthError> {
        self.sign_ins.prolong(id, until).await
    }

    /// Forgets what has ended unseen, such as sign-ins that nobody used and codes that nobody
    /// exchanged, and gives what providers gave for it back. Records in Redis end by themselves,
    /// and what is in them with them.
    pub async fn sweep(&self) {
        for (key, bytes) in self.records.sweep() {
            let sign_in = self.sign_ins.kept.swept(&key, &bytes);
            let who = sign_in.map(|sign_in| sign_in.who);
            if let Some(who) = who.or_else(|| self.codes.swept(&key, &bytes)) {
                self.sign_ins.give_back(&who).await;
            }
        }
    }

    /// Ends a sign-in: what proves it is refused from now on, on every server that shares the
    /// records. Its token is then given back to the provider; that may take a moment longer than
    /// this waits.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`]: then it has not ended.
    pub async fn sign_out(&self, id: &SignInId) -> Result<(), AuthError> {
        self.sign_ins.end(id).await
    }

    /// The provider has refused a session's credential. It is renewed where that can be done; else
    /// the provider is asked once more, and the sign-in ends when it refuses again. Answers whether
    /// the sign-in goes on.
    ///
    /// # Errors
    /// [`AuthError::Unavailable`]
    pub async fn provider_refused(&self, session: &Session) -> Result<bool, AuthError> {
        self.sign_ins.refused(session).await
    }

    /// The records of this authority, for what else belongs to sign-ins. What is put there is
    /// sealed; the keys are not, so that a secret must be hashed to be one.
    #[must_use]
    pub fn records(&self) -> &Arc<dyn Records> {
        &self.records
    }

    /// Whether the records can be asked now, or could a moment ago.
    pub async fn records_answer(&self) -> bool {
        self.probe.answers(&*self.records, self.clock.now()).await
    }

    /// A name for a browser that begins to sign in, to bind its code to it.
    #[must_use]
    pub fn browser_name() -> String {
        crate::random::text::<32>()
    }

    /// Whose code this is. One that was shown where it is not good is used up all the same, and
    /// what was allowed with it is given back.
    async fn taken(
        &self,
        code: &str,
        browser: Option<&str>,
        provider: Option<ProviderId>,
    ) -> Result<Proven, AuthError> {
        let taken = self.codes.take(code, browser).await?;
        let (who, here) = taken.ok_or(AuthError::Refused)?;
        if here && provider.is_none_or(|provider| provider == who.provider) {
            return Ok(who);
        }
        self.sign_ins.give_back(&who).await;
        Err(AuthError::Refused)
    }

    fn hosted(&self, provider: ProviderId) -> Result<&Hosted, AuthError> {
        let hosted = self.sign_ins.hosted(provider);
        hosted.ok_or(AuthError::UnknownProvider)
    }

    fn tokens(&self, id: &SignInId, sign_in: &SignIn) -> Tokens {
        let now = self.clock.now();
        let until: Timestamp = access::ends(&sign_in.who, now, self.access_lifetime);
        let until = until.min(sign_in.until);
        let access = access::write(&self.vault, id, &sign_in.who, [now, until]);
        let handle = Handle {
            id: id.clone(),
            turn: sign_in.turn,
        };
        let refresh = handle.write(&self.vault);
        Tokens { access, refresh }
    }
}

fn session(id: SignInId, who: Proven) -> Session {
    let identity = who.into();
    Session { id, identity }
}
