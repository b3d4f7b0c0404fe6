//! The settings of the local provider and its accounts.

use std::path::PathBuf;

use secrecy::SecretString;

use super::reader::Section;
use super::values::required;

/// Repositories on this server's disk.
#[derive(Debug, Clone)]
pub struct LocalSettings {
    /// Whether they are served.
    pub enabled: bool,
    /// Existing repositories to serve in place.
    pub repositories: Vec<PathBuf>,
    /// Whether the first start creates the demo repository.
    pub demo: bool,
    /// The owner's name when there are no accounts; empty for git's.
    pub owner_name: String,
    /// The owner's e-mail address; empty for git's.
    pub owner_email: String,
    /// Who may sign in; empty for the owner alone.
    pub accounts: Vec<Account>,
    /// Where `wyvern user` keeps more of them; `None` for `accounts.toml` in the data folder.
    pub accounts_file: Option<PathBuf>,
}

/// A person who may sign in to the local provider.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// What they type.
    pub username: String,
    /// The name on their commits.
    pub name: String,
    /// The e-mail address on their commits.
    pub email: String,
    /// An argon2id hash in PHC form.
    pub password_hash: SecretString,
}

impl LocalSettings {
    pub(super) fn read(s: &mut Section<'_>) -> Self {
        Self {
            enabled: s.boolean("enabled"),
            repositories: s
                .list("repositories")
                .into_iter()
                .map(PathBuf::from)
                .collect(),
            demo: s.boolean("demo"),
            owner_name: s.text("owner_name"),
            owner_email: s.text("owner_email"),
            // Tables come last.
            accounts_file: Some(s.text("accounts_file"))
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            accounts: accounts(s),
        }
    }
}

/// Whether this is an argon2id hash in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
#[must_use]
pub fn is_password_hash(text: &str) -> bool {
    text.starts_with("$argon2id$v=19$") && text.split('$').count() == 6
}

fn accounts(s: &mut Section<'_>) -> Vec<Account> {
    let accounts = s.tables("accounts", |s| {
        let account = Account {
            username: required(s, "username"),
            name: required(s, "name"),
            email: required(s, "email"),
            password_hash: s.secret("password_hash", "password_hash_file").into(),
        };
        let hash = secrecy::ExposeSecret::expose_secret(&account.password_hash);
        if !is_password_hash(hash) {
            let mend = "put in what `wyvern hash-password` prints";
            s.fault("password_hash", "not an argon2id hash", mend);
        }
        account
    });
    let mut names: Vec<_> = accounts.iter().map(|a| a.username.clone()).collect();
    names.sort();
    if let Some([twice, _]) = names.windows(2).find(|pair| pair.first() == pair.last()) {
        s.fault(
            "accounts",
            format!("{twice:?} is there twice"),
            "give each its own username",
        );
    }
    accounts
}
