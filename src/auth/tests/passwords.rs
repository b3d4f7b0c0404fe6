//! Passwords are checked, and guesses run out.

use super::*;
use crate::auth::local::{Refused, hash_password};
use crate::config::Account;

/// The owner is somebody else, and Ada has an account.
fn people() -> People {
    let password_hash = hash_password(&"correct horse".into()).unwrap();
    assert!(password_hash.starts_with("$argon2id$v=19$"));
    let account = Account {
        username: "ada".into(),
        name: "Ada".into(),
        email: "ada@example.com".into(),
        password_hash: password_hash.into(),
    };
    let owner = User {
        username: "owner".into(),
        name: String::new(),
        email: String::new(),
    };
    People::new(owner, vec![account])
}

#[test]
fn passwords_are_checked_and_guesses_run_out() {
    let people = people();
    assert!(people.owner().is_none());
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let [home, elsewhere] = ["192.0.2.1", "198.51.100.7"].map(|ip| ip.parse().unwrap());
    let try_from = |from, username: &str, password: &str, now| {
        people.verify(username, &password.into(), from, now)
    };
    let try_in = |username: &str, password: &str, now| try_from(home, username, password, now);
    let good = try_in("ada", "correct horse", now).unwrap();
    assert_eq!(good.username, "ada");
    is_bound_to_its_account(&people, &good);
    assert_eq!(
        try_in("eve", "correct horse", now).unwrap_err(),
        Refused::Wrong
    );
    for _ in 0..10 {
        assert_eq!(try_in("ada", "wrong", now).unwrap_err(), Refused::Wrong);
    }
    let until = now + Duration::from_mins(15);
    let refused = try_in("ada", "correct horse", now).unwrap_err();
    assert_eq!(refused, Refused::TooMany { until });
    // Whoever guesses keeps nobody out but their own address.
    assert!(try_from(elsewhere, "ada", "correct horse", now).is_ok());
    for _ in 0..20 {
        assert!(try_in("ada", "correct horse", until).is_ok());
    }
}

fn is_bound_to_its_account(people: &People, good: &Identity) {
    assert!(people.includes(good));
    let [another, no_account] = [Some("another".into()), None].map(|account| Identity {
        account,
        ..good.clone()
    });
    assert!(!people.includes(&another) && !people.includes(&no_account));
}
