//! Who has an account now: those of the configuration, and those of a file that is read again when
//! it changes.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;

use super::accounts::{AccountsError, AccountsFile};
use crate::clock::Clock;
use crate::config::{Account, Faults, Settings};

/// How often the file is looked at: a removed account is good for no longer than this.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The accounts. Where a username is in both places, the configuration counts.
#[derive(Debug)]
pub struct Roll {
    configured: Vec<Account>,
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    file: AccountsFile,
    clock: Arc<dyn Clock>,
    last: Mutex<Last>,
}

/// What the file was when it was last looked at.
#[derive(Debug)]
struct Last {
    looked: Timestamp,
    stamp: Option<Stamp>,
    accounts: Arc<[Account]>,
    ever: bool,
}

/// Is another one whenever the file has been changed, replaced, or given another mode.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    changed: (i64, i64),
    length: u64,
    file: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self {
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            length: metadata.len(),
            file: metadata.ino(),
        })
    }
}

/// Why there is no roll to begin with.
#[derive(Debug, thiserror::Error)]
pub enum RollError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] AccountsError),
    /// With these settings anybody could sign in.
    #[error(transparent)]
    Open(#[from] Faults),
}

impl From<Vec<Account>> for Roll {
    /// These, for ever.
    fn from(configured: Vec<Account>) -> Self {
        let kept = None;
        Self { configured, kept }
    }
}

impl Roll {
    /// The accounts that these settings give and name; `None` when the local provider is not
    /// served: by these settings, or because it needs accounts while people sign in elsewhere.
    ///
    /// # Errors
    /// When the file cannot be used, or when there are no accounts, the server listens where it
    /// needs some, and nobody could sign in elsewhere.
    pub fn open(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Option<Self>, RollError> {
        if !settings.local.enabled {
            return Ok(None);
        }
        let configured = settings.local.accounts.clone();
        let file = AccountsFile::of(settings);
        let (looked, stamp) = (clock.now(), Stamp::of(file.path()));
        let accounts: Arc<[Account]> = file.read()?.into();
        let ever = !configured.is_empty() || !accounts.is_empty();
        if let Some(fault) = settings.open_to_anybody().filter(|_| !ever) {
            if settings.hosts().is_empty() {
                return Err(Faults::from(fault).into());
            }
            tracing::warn!("the local provider is not served: {}", fault.wrong);
            return Ok(None);
        }
        let last = Mutex::new(Last {
            looked,
            stamp,
            accounts,
            ever,
        });
        let kept = Some(Kept { file, clock, last });
        Ok(Some(Self { configured, kept }))
    }

    /// Whether there was no account since the server has started. Who removes the last one does not
    /// mean that nobody needs a password from now on.
    pub(super) fn was_always_empty(&self) -> bool {
        self.configured.is_empty() && self.kept.as_ref().is_none_or(|kept| !kept.now().1)
    }

    /// The account of this username.
    pub(super) fn find(&self, username: &str) -> Option<Account> {
        let named = |account: &&Account| account.username == username;
        let configured = self.configured.iter().find(named).cloned();
        configured.or_else(|| self.kept()?.iter().find(named).cloned())
    }

    /// The hash of some account, if there is one.
    pub(super) fn any_hash(&self) -> Option<SecretString> {
        let hash = |account: &Account| account.password_hash.clone();
        let configured = self.configured.first().map(hash);
        configured.or_else(|| self.kept()?.first().map(hash))
    }

    fn kept(&self) -> Option<Arc<[Account]>> {
        self.kept.as_ref().map(|kept| kept.now().0)
    }
}

impl Kept {
    /// The accounts in the file, and whether there ever were any.
    fn now(&self) -> (Arc<[Account]>, bool) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        if now.duration_since(last.looked).unsigned_abs() >= LOOK_EVERY {
            last.looked = now;
            self.look(&mut last);
        }
        (Arc::clone(&last.accounts), last.ever)
    }

    /// Reads the file if it has changed. One that cannot be used is told once, and what was last
    /// read of it goes on counting: half an edit must not send everybody away.
    fn look(&self, last: &mut Last) {
        let stamp = Stamp::of(self.file.path());
        if stamp == last.stamp {
            return;
        }
        last.stamp = stamp;
        match self.file.read() {
            Ok(accounts) => {
                tracing::info!(target: "audit", accounts = accounts.len(), "accounts changed");
                last.ever |= !accounts.is_empty();
                last.accounts = accounts.into();
            }
            Err(error) => {
                tracing::error!("the accounts stay as they were, for they cannot be read: {error}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::path::PathBuf;

    use super::*;
    use crate::auth::kept::name_of;
    use crate::auth::local::People;
    use crate::auth::{Identity, ProviderId};
    use crate::config::{self, Overrides, Sources};
    use crate::provider::{Credential, User};

    const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA";

    #[derive(Debug)]
    struct SetClock(Mutex<Timestamp>);

    impl Clock for SetClock {
        fn now(&self) -> Timestamp {
            *self.0.lock().unwrap()
        }
    }

    struct Setting {
        _folder: tempfile::TempDir,
        settings: Settings,
        clock: Arc<SetClock>,
        file: PathBuf,
    }

    impl Setting {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let sources = Sources {
                overrides: Overrides {
                    data: Some(folder.path().to_owned()),
                    ..Overrides::default()
                },
                ..Sources::default()
            };
            Self {
                file: folder.path().join("accounts.toml"),
                settings: config::load(&sources).unwrap().settings,
                clock: Arc::new(SetClock(Mutex::new(Timestamp::UNIX_EPOCH))),
                _folder: folder,
            }
        }

        fn people(&self) -> People {
            let owner = User {
                username: "owner".into(),
                name: "Owner".into(),
                email: "owner@localhost".into(),
            };
            let roll = Roll::open(&self.settings, self.clock.clone()).unwrap();
            People::on(owner, roll.unwrap())
        }

        fn has(&self, username: &str) {
            let _removed = fs::remove_file(&self.file);
            let account = Account {
                username: username.into(),
                name: "Somebody".into(),
                email: "a@b".into(),
                password_hash: HASH.into(),
            };
            AccountsFile::of(&self.settings).add(&account).unwrap();
        }

        fn later(&self, millis: u64) {
            *self.clock.0.lock().unwrap() += Duration::from_millis(millis);
        }
    }

    /// Whether whoever has signed in to the account of [`HASH`] under this name may act.
    fn includes(people: &People, username: &str) -> bool {
        let user = User {
            username: username.into(),
            name: "Somebody".into(),
            email: "a@b".into(),
        };
        people.includes(&Identity {
            provider: ProviderId::Local,
            username: username.into(),
            account: Some(name_of(HASH)),
            credential: Credential::Person(user),
        })
    }

    #[test]
    fn the_file_is_looked_at_once_a_second() {
        let setting = Setting::new();
        setting.has("ada");
        let people = setting.people();
        assert!(includes(&people, "ada") && !includes(&people, "grace"));
        setting.has("grace");
        setting.later(999);
        assert!(includes(&people, "ada") && !includes(&people, "grace"));
        setting.later(1);
        assert!(!includes(&people, "ada") && includes(&people, "grace"));
    }

    #[test]
    fn the_owner_needs_no_password_until_there_is_an_account_and_never_after() {
        let setting = Setting::new();
        let people = setting.people();
        assert!(people.owner().is_some() && includes(&people, "owner"));
        setting.has("ada");
        setting.later(1000);
        assert!(people.owner().is_none() && !includes(&people, "owner"));
        fs::remove_file(&setting.file).unwrap();
        setting.later(1000);
        assert!(!includes(&people, "ada"));
        assert!(people.owner().is_none() && !includes(&people, "owner"));
    }

    #[test]
    fn a_broken_file_is_told_once_and_the_last_good_one_counts() {
        let setting = Setting::new();
        setting.has("ada");
        let people = setting.people();
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            fs::write(&setting.file, format!("secret = {HASH}")).unwrap();
            for _ in 0..3 {
                setting.later(1000);
                assert!(includes(&people, "ada"));
            }
            setting.has("grace");
            setting.later(1000);
            assert!(includes(&people, "grace") && !includes(&people, "ada"));
        });
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert_eq!(
            text.matches("the accounts stay as they were").count(),
            1,
            "{text}"
        );
        assert!(!text.contains("argon2id"), "{text}");
    }

    #[test]
    fn an_open_address_needs_an_account_in_either_place() {
        let mut setting = Setting::new();
        setting.settings.server.listen.set_ip([0, 0, 0, 0].into());
        let open = |setting: &Setting| Roll::open(&setting.settings, setting.clock.clone());
        assert!(matches!(open(&setting), Err(RollError::Open(_))));
        setting.settings.github = github();
        assert!(
            open(&setting).unwrap().is_none(),
            "people sign in elsewhere"
        );
        setting.has("ada");
        assert!(open(&setting).unwrap().is_some());
        setting.settings.local.enabled = false;
        fs::remove_file(&setting.file).unwrap();
        assert!(open(&setting).unwrap().is_none());
    }

    fn github() -> Option<crate::config::HostSettings> {
        let given = [
            ("GITHUB_CLIENT_ID", "id"),
            ("GITHUB_CLIENT_SECRET", "secret"),
        ];
        let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sources = Sources {
            environment: given.into(),
            ..Sources::default()
        };
        config::load(&sources).unwrap().settings.github
    }

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
