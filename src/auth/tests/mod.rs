//! What the tests of signing in stand on.

mod keys;
mod passwords;
mod sign_ins;
mod tokens;

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use secrecy::SecretString;

use super::local::People;
use super::records::MemoryRecords;
use super::vault::Vault;
use super::*;
use crate::clock::Clock;
use crate::provider::User;

#[derive(Debug)]
struct SetClock(Mutex<Timestamp>);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl SetClock {
    fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

const HOUR: Duration = Duration::from_hours(1);
const LOCAL: ProviderId = ProviderId::Local;
const DAY: Duration = Duration::from_hours(24);

fn vault(secrets: &[&str]) -> Vault {
    let secrets: Vec<_> = secrets.iter().map(|s| SecretString::from(*s)).collect();
    Vault::new(&secrets).unwrap()
}

fn authority() -> (Authority, Arc<SetClock>) {
    let noon = "2026-01-01T12:00:00Z".parse().unwrap();
    let clock = Arc::new(SetClock(Mutex::new(noon)));
    (authority_with(&["one"], &clock), clock)
}

/// An authority of its own with these keys and nothing in its records.
fn authority_with(keys: &[&str], clock: &Arc<SetClock>) -> Authority {
    let clock: Arc<dyn Clock> = Arc::clone(clock) as _;
    Authority::new(AuthorityOptions {
        vault: vault(keys),
        records: Arc::new(MemoryRecords::new(Arc::clone(&clock))),
        clock,
        access_lifetime: HOUR,
        refresh_lifetime: DAY,
        session_lifetime: DAY,
        hosted: Vec::new(),
    })
}

fn ada() -> Identity {
    let user = User {
        username: "ada".into(),
        name: "Ada Lovelace".into(),
        email: "ada@example.com".into(),
    };
    People::new(user, Vec::new()).owner().unwrap()
}

fn refused<T>(result: Result<T, AuthError>) -> bool {
    result.is_err_and(|error| matches!(error, AuthError::Refused))
}

async fn signed_in(authority: &Authority) -> Tokens {
    let code = authority.code(ada(), None).await.unwrap();
    authority.exchange(LOCAL, &code, None).await.unwrap()
}
