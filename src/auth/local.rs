//! Who may sign in to the local provider: one owner without a password, or accounts.

use std::net::IpAddr;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;

use super::allowance::Allowance;
use super::kept::name_of;
use super::roll::Roll;
use super::{Identity, ProviderId};
use crate::config::Account;
use crate::provider::{Credential, User};

/// Wrong passwords that one username may have in [`FAILURE_WINDOW`] from one address, and from all
/// of them, before it has to wait: a stranger with one address cannot keep an owner out.
const FAILURES_MAX: u32 = 10;
const FAILURES_OF_ALL_MAX: u32 = 100;
const FAILURE_WINDOW: Duration = Duration::from_mins(15);
/// How much of a username counts, in characters, so that what is counted takes little memory.
const COUNTED_NAME_MAX: usize = 80;
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
    /// The wrong passwords and those being checked, by username and address.
    failures: Allowance<(String, IpAddr)>,
    /// The same by username alone.
    failures_of_all: Allowance<String>,
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
            failures: Allowance::new(FAILURES_MAX, FAILURE_WINDOW),
            failures_of_all: Allowance::new(FAILURES_OF_ALL_MAX, FAILURE_WINDOW),
        }
    }

    /// The owner, when nobody needs a password.
    #[must_use]
    pub fn owner(&self) -> Option<Identity> {
        self.accounts
            .was_always_empty()
            .then(|| identity(self.owner.clone(), None))
    }

    /// Whether this person may still act: accounts are removed and get other passwords, and the
    /// first one ends what the owner may do without a password.
    #[must_use]
    pub fn includes(&self, who: &Identity) -> bool {
        if self.accounts.was_always_empty() {
            who.username == self.owner.username
        } else {
            let account = self.accounts.find(&who.username);
            account.is_some_and(|account| who.account == Some(fingerprint(&account)))
        }
    }

    /// Checks a password that came from an address. It takes some 20 ms of computing by design: call
    /// it off the async threads.
    ///
    /// # Errors
    /// [`Refused`], after equal work whether or not the username exists.
    pub fn verify(
        &self,
        username: &str,
        password: &SecretString,
        from: IpAddr,
        now: Timestamp,
    ) -> Result<Identity, Refused> {
        self.count(username, from, now)?;
        let account = self.accounts.find(username);
        let hash = match &account {
            Some(account) => Some(account.password_hash.clone()),
            // Somebody else's, so that unknown usernames take as long as known ones.
            None => self.accounts.any_hash(),
        };
        let right = matches(password, &hash.unwrap_or_default());
        let account = account.filter(|_| right).ok_or(Refused::Wrong)?;
        self.uncount(&account.username, from, now);
        let fingerprint = fingerprint(&account);
        let Account {
            username,
            name,
            email,
            ..
        } = account;
        let user = User {
            username,
            name,
            email,
        };
        Ok(identity(user, Some(fingerprint)))
    }

    /// Counts a password as wrong before it is looked at, so that guesses sent at once are no more
    /// than guesses sent in turn.
    fn count(&self, username: &str, from: IpAddr, now: Timestamp) -> Result<(), Refused> {
        let (name, pair) = counted(username, from);
        let too_many = |until| Refused::TooMany { until };
        self.failures.spend(&pair, now).map_err(too_many)?;
        self.failures_of_all.spend(&name, now).map_err(too_many)
    }

    /// Takes the count back: the password was right.
    fn uncount(&self, username: &str, from: IpAddr, now: Timestamp) {
        let (name, pair) = counted(username, from);
        self.failures.give_back(&pair, now);
        self.failures_of_all.give_back(&name, now);
    }
}

fn counted(username: &str, from: IpAddr) -> (String, (String, IpAddr)) {
    let name: String = username.chars().take(COUNTED_NAME_MAX).collect();
    (name.clone(), (name, from))
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

/// Each hash has a salt of its own, so that no two passwords that were ever set have the same.
fn fingerprint(account: &Account) -> String {
    name_of(account.password_hash.expose_secret())
}

fn identity(user: User, account: Option<String>) -> Identity {
    Identity {
        provider: ProviderId::Local,
        username: user.username.clone(),
        account,
        credential: Credential::Person(user),
    }
}
