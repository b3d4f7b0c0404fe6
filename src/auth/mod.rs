//! Signing in: who someone is, and the tokens that prove it afterwards.
//!
//! A sign-in begins with a one-time [code](codes), which is exchanged for an [access
//! token](access) and a [refresh handle](sign_ins). The access token carries the provider's
//! credential sealed by the [vault], so that any replica can read it; the refresh handle is
//! an opaque name of a record on the server.

pub mod access;
pub mod accounts;
mod codes;
mod expiring;
pub mod local;
pub mod private_file;
pub mod roll;
mod sign_ins;
#[cfg(test)]
mod tests;
pub mod vault;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::provider::Credential;

use codes::Codes;
use sign_ins::SignIns;
use vault::Vault;

/// How long a one-time code may wait to be exchanged.
pub const CODE_LIFETIME: Duration = Duration::from_mins(10);

/// The name of a provider, as it stands in URLs and tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProviderId {
    /// Repositories on this server's disk.
    Local,
    /// GitHub, or a server that speaks its API.
    GitHub,
}

impl ProviderId {
    /// Reads the name, ignoring case. Anything that is not a provider is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let named = |id: &Self| text.eq_ignore_ascii_case(id.as_str());
        [Self::Local, Self::GitHub].into_iter().find(named)
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::GitHub => "github",
        }
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What one sign-in is called, for as long as it is renewed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignInId(String);

impl SignInId {
    fn draw() -> Self {
        Self(crate::random::text::<16>())
    }

    /// The name; it is no secret.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Somebody who has proved who they are.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Where they signed in.
    pub provider: ProviderId,
    /// The name that Wyvern shows.
    pub username: String,
    /// What the provider asks of them.
    pub credential: Credential,
}

/// Somebody signed in, as each request finds them.
#[derive(Debug, Clone)]
pub struct Session {
    /// Which sign-in this is.
    pub id: SignInId,
    /// Who.
    pub identity: Identity,
}

/// An access token and the refresh handle that renews it.
#[derive(Debug)]
pub struct Tokens {
    /// A JWT whose body is readable and signed.
    pub access: String,
    /// An opaque handle, good for one renewal.
    pub refresh: String,
}

/// Issues, renews, reads and revokes what proves a sign-in.
#[derive(Debug)]
pub struct Authority {
    clock: Arc<dyn Clock>,
    vault: Vault,
    access_lifetime: Duration,
    codes: Codes,
    sign_ins: SignIns,
}

impl Authority {
    /// An authority with no sign-ins yet.
    #[must_use]
    pub fn new(
        clock: Arc<dyn Clock>,
        vault: Vault,
        access_lifetime: Duration,
        refresh_lifetime: Duration,
    ) -> Self {
        let sign_ins = SignIns::new(refresh_lifetime, access_lifetime);
        Self {
            clock,
            vault,
            access_lifetime,
            codes: Codes::default(),
            sign_ins,
        }
    }

    /// A one-time code for somebody who has just proved who they are. When `browser` is given,
    /// only a caller who presents the same text can exchange the code.
    #[must_use]
    pub fn code(&self, identity: Identity, browser: Option<String>) -> String {
        self.codes.issue(identity, browser, self.now())
    }

    /// Exchanges a code for tokens, once. `None` when the code is unknown, used, too old, or was
    /// issued to another browser.
    #[must_use]
    pub fn exchange(&self, code: &str, browser: Option<&str>) -> Option<Tokens> {
        let now = self.now();
        let identity = self.codes.take(code, browser, now)?;
        let (id, refresh) = self.sign_ins.begin(identity.clone(), now);
        Some(self.tokens(&Session { id, identity }, refresh, now))
    }

    /// Exchanges a refresh handle for new tokens, whatever the state of the access token. `None`
    /// when the handle is unknown or expired, or was used before: then somebody holds a stolen
    /// copy, and the whole sign-in ends.
    #[must_use]
    pub fn refresh(&self, handle: &str) -> Option<Tokens> {
        let now = self.now();
        let (session, refresh) = self.sign_ins.renew(handle, now)?;
        Some(self.tokens(&session, refresh, now))
    }

    /// Reads an access token. `None` when it is not ours, altered, expired or revoked.
    #[must_use]
    pub fn session(&self, access_token: &str) -> Option<Session> {
        let now = self.now();
        let session = access::read(&self.vault, access_token, now)?;
        (!self.sign_ins.is_revoked(&session.id, now)).then_some(session)
    }

    /// Ends a sign-in: its handles and its access tokens are refused from now on.
    pub fn sign_out(&self, id: &SignInId) {
        self.sign_ins.end(id, self.now());
    }

    /// A name for a browser that begins to sign in, to bind its code to it.
    #[must_use]
    pub fn browser_name() -> String {
        crate::random::text::<32>()
    }

    fn tokens(&self, session: &Session, refresh: String, now: Timestamp) -> Tokens {
        let access = access::write(&self.vault, session, now, self.access_lifetime);
        Tokens { access, refresh }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
