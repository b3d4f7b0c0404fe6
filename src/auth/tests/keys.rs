//! Keys: kept, replaced, and each for its own.

use super::*;
use crate::auth::records::{Records, SealedRecords};
use crate::auth::vault::{Purpose, kept_secret};

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
fn what_is_sealed_for_one_purpose_is_opened_for_no_other() {
    let vault = vault(&["one"]);
    let purposes = [
        Purpose::Credential("a"),
        Purpose::Credential("b"),
        Purpose::Credential("code:a"),
        Purpose::Handle,
        Purpose::Record("a"),
        Purpose::Record("code:a"),
        Purpose::Record("attempt:a"),
        Purpose::Record("sign-in:a"),
    ];
    for sealed_for in purposes {
        let sealed = vault.seal(sealed_for, b"plain");
        for purpose in purposes {
            let opened = vault.open(purpose, &sealed).is_some();
            assert_eq!(opened, purpose == sealed_for, "{sealed_for:?}, {purpose:?}");
        }
    }
}

#[tokio::test]
async fn a_record_that_was_moved_altered_or_made_by_another_is_not_there() {
    let (_, clock) = authority();
    let until = clock.now() + HOUR;
    let plain: Arc<dyn Records> = Arc::new(MemoryRecords::new(clock));
    let sealed = |key| SealedRecords::new(Arc::new(vault(&[key])), Arc::clone(&plain));
    let (ours, other) = (sealed("one"), sealed("two"));
    ours.put("code:a", b"secret", until).await.unwrap();
    let bytes = plain.get("code:a").await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("secret"));
    assert_eq!(other.get("code:a").await.unwrap(), None, "another key");
    for key in ["code:b", "session:a"] {
        plain.put(key, &bytes, until).await.unwrap();
        assert_eq!(ours.get(key).await.unwrap(), None, "moved to {key}");
        assert_eq!(ours.take(key).await.unwrap(), None, "moved to {key}");
    }
    for index in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[index] ^= 1;
        plain.put("code:a", &altered, until).await.unwrap();
        assert_eq!(ours.get("code:a").await.unwrap(), None, "byte {index}");
        let replaced = ours.replace("code:a", b"secret", b"new", until).await;
        assert!(!replaced.unwrap(), "byte {index}");
    }
    plain.put("code:a", &bytes, until).await.unwrap();
    assert!(
        !ours
            .replace("code:a", b"other", b"new", until)
            .await
            .unwrap()
    );
    assert!(
        ours.replace("code:a", b"secret", b"new", until)
            .await
            .unwrap()
    );
    assert_eq!(ours.take("code:a").await.unwrap().unwrap(), b"new");
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
