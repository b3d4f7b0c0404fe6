//! Who may sign in to the local provider: one owner without a password, or accounts.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;

use super::expiring::Expiring;
use super::roll::Roll;
use super::{Identity, ProviderId};
use crate::config::Account;
use crate::provider::{Credential, User};

/// Wrong passwords that one username may have in [`FAILURE_WINDOW`] before it has to wait.
const FAILURES_MAX: u32 = 10;
const FAILURE_WINDOW: Duration = Duration::from_mins(15);
/// Usernames whose failures are counted at once.
const COUNTED_MAX: usize = 10_000;
/// The longest password that is hashed, in bytes.
const PASSWORD_MAX: usize = 1024;

/// Why somebody could not sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// The username or the password is wrong; which of them is not told.
    #[error("the user name or the password is wrong")]
    Wrong,
    /// There were too many wrong passwords for this username.
    #[error("too many wrong passwords for this user name")]
    TooMany {
        /// When the next one is looked at.
        until: Timestamp,
    },
}

/// The people of the local provider.
#[derive(Debug)]
pub struct People {
    owner: User,
    accounts: Roll,
    /// For each username the wrong passwords and those being checked, and until when they count.
    failures: Mutex<Expiring<String, (u32, Timestamp)>>,
}

impl People {
    /// The owner alone, when there are no accounts; otherwise the accounts.
    #[must_use]
    pub fn new(owner: User, accounts: Vec<Account>) -> Self {
        Self::on(owner, accounts.into())
    }

    /// The same with accounts that come and go.
    #[must_use]
    pub fn on(owner: User, accounts: Roll) -> Self {
        Self {
            owner,
            accounts,
            failures: Mutex::new(Expiring::new(COUNTED_MAX)),
        }
    }

    /// The owner, when nobody needs a password.
    #[must_use]
    pub fn owner(&self) -> Option<Identity> {
        self.accounts
            .was_always_empty()
            .then(|| identity(self.owner.clone()))
    }

    /// Whether this person may still act: accounts are removed, and the first one ends what the
    /// owner may do without a password.
    #[must_use]
    pub fn includes(&self, username: &str) -> bool {
        if self.accounts.was_always_empty() {
            username == self.owner.username
        } else {
            self.accounts.find(username).is_some()
        }
    }

    /// Checks a password. It takes some 20 ms of computing by design: call it off the async
    /// threads.
    ///
    /// # Errors
    /// [`Refused`], after equal work whether or not the username exists.
    pub fn verify(
        &self,
        username: &str,
        password: &SecretString,
        now: Timestamp,
    ) -> Result<Identity, Refused> {
        self.count(username, now)?;
        let account = self.accounts.find(username);
        let hash = match &account {
            Some(account) => Some(account.password_hash.clone()),
            // Somebody else's, so that unknown usernames take as long as known ones.
            None => self.accounts.any_hash(),
        };
        let right = matches(password, &hash.unwrap_or_default());
        if let Some(Account {
            username,
            name,
            email,
            ..
        }) = account.filter(|_| right)
        {
            self.uncount(&username, now);
            return Ok(identity(User {
                username,
                name,
                email,
            }));
        }
        Err(Refused::Wrong)
    }

    /// Counts a password as wrong before it is looked at, so that guesses sent at once are no more
    /// than guesses sent in turn.
    fn count(&self, username: &str, now: Timestamp) -> Result<(), Refused> {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        match failures.get_mut(&username.to_owned(), now) {
            Some((count, until)) if *count >= FAILURES_MAX => {
                return Err(Refused::TooMany { until: *until });
            }
            Some((count, _)) => *count += 1,
            None => {
                let until = now + FAILURE_WINDOW;
                failures.insert(username.to_owned(), (1, until), until, now);
            }
        }
        Ok(())
    }

    /// Takes the count back: the password was right.
    fn uncount(&self, username: &str, now: Timestamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = failures.get_mut(&username.to_owned(), now) {
            *count = count.saturating_sub(1);
        }
    }
}

/// The argon2id hash of a password, in PHC form with the parameters that OWASP recommends.
///
/// # Errors
/// When the password is longer than 1024 bytes.
pub fn hash_password(password: &SecretString) -> anyhow::Result<String> {
    let password = password.expose_secret().as_bytes();
    anyhow::ensure!(
        password.len() <= PASSWORD_MAX,
        "a password has at most 1024 bytes"
    );
    let hash = Argon2::default()
        .hash_password_with_salt(password, &crate::random::bytes::<16>())
        .map_err(|error| anyhow::anyhow!("the password cannot be hashed: {error}"))?;
    Ok(hash.to_string())
}

fn matches(password: &SecretString, hash: &SecretString) -> bool {
    let password = password.expose_secret().as_bytes();
    password.len() <= PASSWORD_MAX
        && PasswordHash::new(hash.expose_secret())
            .is_ok_and(|hash| Argon2::default().verify_password(password, &hash).is_ok())
}

fn identity(user: User) -> Identity {
    Identity {
        provider: ProviderId::Local,
        username: user.username.clone(),
        credential: Credential::Person(user),
    }
}
