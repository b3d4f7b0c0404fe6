//! Codes, tokens, sign-ins, passwords and keys, as their users meet them.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::future::FutureExt as _;
use jiff::Timestamp;
use proptest::prelude::*;
use secrecy::SecretString;

use super::local::{People, Refused, hash_password};
use super::records::MemoryRecords;
use super::vault::{Purpose, Vault, kept_secret};
use super::*;
use crate::clock::Clock;
use crate::config::Account;
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
    let clock = Arc::new(SetClock(Mutex::new(
        "2026-01-01T00:00:00Z".parse().unwrap(),
    )));
    (
        Authority::new(AuthorityOptions {
            clock: clock.clone(),
            vault: vault(&["one"]),
            records: Arc::new(MemoryRecords::new(clock.clone())),
            access_lifetime: HOUR,
            refresh_lifetime: DAY,
            session_lifetime: DAY,
            hosted: Vec::new(),
        }),
        clock,
    )
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
    matches!(result, Err(AuthError::Refused))
}

async fn signed_in(authority: &Authority) -> Tokens {
    let code = authority.code(ada(), None).await.unwrap();
    authority.exchange(LOCAL, &code, None).await.unwrap()
}

#[tokio::test]
async fn a_code_is_good_once_and_for_ten_minutes() {
    let (authority, clock) = authority();
    let code = authority.code(ada(), None).await.unwrap();
    let tokens = authority.exchange(LOCAL, &code, None).await.unwrap();
    assert_eq!(
        authority
            .session(&tokens.access)
            .await
            .unwrap()
            .identity
            .username,
        "ada"
    );
    assert!(
        refused(authority.exchange(LOCAL, &code, None).await),
        "used"
    );
    let late = authority.code(ada(), None).await.unwrap();
    clock.advance(CODE_LIFETIME);
    assert!(
        refused(authority.exchange(LOCAL, &late, None).await),
        "too old"
    );
    assert!(refused(authority.exchange(LOCAL, "", None).await));
}

#[tokio::test]
async fn a_code_bound_to_a_browser_is_good_there_only_and_spoilt_by_others() {
    let (authority, _) = authority();
    let code = authority.code(ada(), Some("hers".into())).await.unwrap();
    assert!(refused(
        authority.exchange(LOCAL, &code, Some("another")).await
    ));
    assert!(
        refused(authority.exchange(LOCAL, &code, Some("hers")).await),
        "spoilt"
    );
    let code = authority.code(ada(), Some("hers".into())).await.unwrap();
    assert!(authority.exchange(LOCAL, &code, Some("hers")).await.is_ok());
}

#[tokio::test]
async fn an_access_token_lasts_its_hour_and_the_sign_in_is_renewed_beyond() {
    let (authority, clock) = authority();
    let tokens = signed_in(&authority).await;
    let id = authority.session(&tokens.access).await.unwrap().id;
    clock.advance(HOUR);
    assert!(refused(authority.session(&tokens.access).await), "expired");
    let renewed = authority.refresh(&tokens.refresh).await.unwrap();
    assert_eq!(
        authority.session(&renewed.access).await.unwrap().id,
        id,
        "the same sign-in"
    );
    clock.advance(DAY);
    assert!(
        refused(authority.refresh(&renewed.refresh).await),
        "not renewed in time"
    );
}

#[tokio::test]
async fn a_refresh_handle_shown_twice_ends_the_sign_in() {
    let (authority, _) = authority();
    let first = signed_in(&authority).await;
    let second = authority.refresh(&first.refresh).await.unwrap();
    assert!(
        refused(authority.refresh(&first.refresh).await),
        "a stolen copy"
    );
    assert!(
        refused(authority.refresh(&second.refresh).await),
        "ended for the thief and the owner"
    );
    assert!(
        refused(authority.session(&second.access).await),
        "its access tokens too"
    );
}

#[tokio::test]
async fn signing_out_ends_access_and_renewal_at_once() {
    let (authority, _) = authority();
    let (tokens, other) = (signed_in(&authority).await, signed_in(&authority).await);
    let id = authority.session(&tokens.access).await.unwrap().id;
    authority.sign_out(&id).await.unwrap();
    assert!(refused(authority.session(&tokens.access).await));
    assert!(refused(authority.refresh(&tokens.refresh).await));
    assert!(
        authority.session(&other.access).await.is_ok(),
        "another sign-in goes on"
    );
}

#[tokio::test]
async fn no_altered_token_is_read() {
    let (authority, _) = authority();
    let token = signed_in(&authority).await.access;
    for index in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[index] = if altered[index] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        // The last character of a base64 text has unused bits; changing only those is refused too.
        assert!(
            refused(authority.session(&altered).await),
            "character {index}"
        );
    }
    let none = STANDARD_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let (_, rest) = token.split_once('.').unwrap();
    for hostile in [
        "",
        ".",
        "..",
        "a.b.c",
        &format!("{none}.{rest}"),
        &"x.".repeat(20_000),
    ] {
        assert!(refused(authority.session(hostile).await), "{hostile:.40}");
    }
}

#[test]
fn a_replaced_key_still_opens_and_an_unknown_one_does_not() {
    let purpose = Purpose::Credential("a");
    let old = vault(&["old"]);
    let sealed = old.seal(purpose, b"plain");
    let both = vault(&["new", "old"]);
    assert_eq!(both.open(purpose, &sealed).unwrap().as_slice(), b"plain");
    assert!(vault(&["new"]).open(purpose, &sealed).is_none());
    let signature = old.sign("m");
    assert!(both.verifies(old.key_id(), "m", &signature));
    assert!(
        !both.verifies(both.key_id(), "m", &signature),
        "another key's name"
    );
    assert!(!both.verifies("", "m", &signature), "no key's name");
    assert!(!vault(&["new"]).verifies(old.key_id(), "m", &signature));
    assert!(!old.verifies(old.key_id(), "n", &signature));
    assert_eq!(format!("{old:?}"), "Vault(redacted)");
}

#[test]
fn the_kept_secret_is_made_once_and_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let made = kept_secret(&path).unwrap();
    let kept = kept_secret(&path).unwrap();
    assert_eq!(
        secrecy::ExposeSecret::expose_secret(&made),
        secrecy::ExposeSecret::expose_secret(&kept)
    );
    assert_eq!(
        std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    std::fs::write(&path, "").unwrap();
    assert_eq!(
        kept_secret(&path).unwrap_err().to_string(),
        "it does not hold a key"
    );
}

#[test]
fn a_kept_secret_that_others_may_use_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    kept_secret(&path).unwrap();
    for mode in [0o644, 0o640, 0o604, 0o620, 0o601, 0o600] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let refused = kept_secret(&path).err().map(|error| error.to_string());
        let told = "others may use it; take that from them with chmod 600";
        assert_eq!(
            refused.as_deref(),
            (mode != 0o600).then_some(told),
            "{mode:o}"
        );
    }
}

#[test]
fn passwords_are_checked_and_guesses_run_out() {
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
    let people = People::new(owner, vec![account]);
    assert!(people.owner().is_none() && people.includes("ada") && !people.includes("owner"));
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let [home, elsewhere] = ["192.0.2.1", "198.51.100.7"].map(|ip| ip.parse().unwrap());
    let try_from = |from, username: &str, password: &str, now| {
        people.verify(username, &password.into(), from, now)
    };
    let try_in = |username: &str, password: &str, now| try_from(home, username, password, now);
    let good = try_in("ada", "correct horse", now).unwrap();
    assert_eq!(good.username, "ada");
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

proptest! {
    /// What the Threat Dragon browser app does with a token: base64 (not base64url) to bytes, each
    /// byte a character, then JSON.
    #[test]
    fn any_user_name_survives_atob(username in "\\PC{0,40}") {
        let (authority, _) = authority();
        let identity = Identity { username: username.clone(), ..ada() };
        let (tokens, read) = async {
            let code = authority.code(identity, None).await.unwrap();
            let tokens = authority.exchange(LOCAL, &code, None).await.unwrap();
            let read = authority.session(&tokens.access).await.unwrap();
            (tokens, read)
        }
        .now_or_never()
        .unwrap();
        let body = tokens.access.split('.').nth(1).unwrap();
        prop_assert!(!body.contains(['-', '_']));
        let bytes = STANDARD_NO_PAD.decode(body).unwrap();
        let text: String = bytes.into_iter().map(char::from).collect();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(json["user"]["username"].as_str(), Some(username.as_str()));
        prop_assert_eq!(read.identity.username, username);
    }
}
