//! Signing in: who someone is, and the tokens that prove it afterwards.
//!
//! A sign-in begins with a one-time [code](codes), at a hosted provider by way of its
//! [OAuth](oauth) page. The code is exchanged for an [access token](access) and a refresh
//! [handle], or for a browser's session. Each sign-in is a [record](records), which holds what the
//! provider gave and has it [renewed](renewal); records are sealed by the [vault]. The access token
//! carries the provider's credential too, also sealed, so that it outlives records in memory.

pub mod access;
pub mod accounts;
pub mod allowance;
mod attempts;
mod authority;
mod codes;
pub mod credentials;
mod error;
mod expiring;
mod handle;
mod hosted;
mod kept;
pub mod local;
pub mod oauth;
pub mod private_file;
mod probe;
mod proof;
pub mod records;
mod renewal;
pub mod roll;
mod sign_ins;
#[cfg(test)]
mod tests;
pub mod vault;

use std::fmt;
use std::time::Duration;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use serde::{Deserialize, Serialize};

use crate::provider::Credential;

pub use authority::{Authority, AuthorityOptions, Returned};
pub use error::AuthError;
pub use hosted::Hosted;

/// How long a one-time code may wait to be exchanged, and a browser may be at a provider's page.
pub const CODE_LIFETIME: Duration = Duration::from_mins(10);

/// The name of a provider, as it stands in URLs and tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderId {
    /// Repositories on this server's disk.
    Local,
    /// GitHub, or a server that speaks its API.
    GitHub,
    /// GitLab, gitlab.com or another.
    GitLab,
    /// Bitbucket Cloud.
    Bitbucket,
}

impl ProviderId {
    const ALL: [Self; 4] = [Self::Local, Self::GitHub, Self::GitLab, Self::Bitbucket];

    /// Reads the name, ignoring case. Anything that is not a provider is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let named = |id: &Self| text.eq_ignore_ascii_case(id.as_str());
        Self::ALL.into_iter().find(named)
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Bitbucket => "bitbucket",
        }
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What one sign-in is called, for as long as it is renewed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Which account of the local provider this is: drawn from its password's hash, so that another
    /// password, or another account of the same name, is another one. `None` where there is none.
    pub account: Option<String>,
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

/// An access token and the refresh handle that renews it. They cannot be printed.
pub struct Tokens {
    /// A JWT whose body is readable and signed.
    pub access: String,
    /// An opaque handle, good for one renewal.
    pub refresh: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(redacted)")
    }
}

/// Whether a caller is the browser of this name, in the same time wherever they differ.
fn is_browser(bound: &str, shown: Option<&str>) -> bool {
    shown.is_some_and(|shown| verify_slices_are_equal(bound.as_bytes(), shown.as_bytes()).is_ok())
}
