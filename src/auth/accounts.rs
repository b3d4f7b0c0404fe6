//! The accounts that `wyvern user` keeps in a file of their own.
//!
//! The file has the tables that the configuration has, `[[local.accounts]]`. Comments and keys that
//! Wyvern does not know are kept.

use std::fmt;
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::private_file::{PrivateFile, PrivateFileError};
use crate::config::{Account, Settings, is_password_hash};

/// The longest username and name, in characters.
const NAME_MAX: usize = 64;
/// The longest e-mail address, in characters (RFC 5321, 4.5.3.1.3).
const EMAIL_MAX: usize = 254;
const HEADING: &str =
    "# Who may sign in: `wyvern user` writes this, and a running server reads it.\n\n";

/// A username that commits, logs and terminals can carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    /// Reads 1 to 64 printable characters, none of them `<` or `>`, and no space around them.
    ///
    /// # Errors
    /// With what is wrong, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        in_a_commit(text, NAME_MAX).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a person's name as [`Username::parse`] does.
///
/// # Errors
/// With what is wrong, in words.
pub fn person_name(text: &str) -> Result<String, String> {
    in_a_commit(text, NAME_MAX)
}

/// Reads an e-mail address, of which no more is asked than that a commit can carry it.
///
/// # Errors
/// With what is wrong, in words.
pub fn email_address(text: &str) -> Result<String, String> {
    in_a_commit(text, EMAIL_MAX)
}

/// Git keeps an author as `name <email>` on one line; what hides or turns text is refused, so that
/// two names that look the same are the same.
fn in_a_commit(text: &str, most: usize) -> Result<String, String> {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '<' | '>' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
    };
    if text.is_empty() || text.trim() != text {
        Err("write at least one character, and no space around it".to_owned())
    } else if text.chars().count() > most {
        Err(format!("write at most {most} characters"))
    } else if text.chars().any(hides) {
        Err("write printable characters, and none of < and >".to_owned())
    } else {
        Ok(text.to_owned())
    }
}

/// Why accounts could not be read or changed.
#[derive(Debug, Error)]
pub enum AccountsError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] PrivateFileError),
    /// There is an account with this username already.
    #[error("there is an account {0:?} already")]
    Taken(String),
    /// There is no account with this username.
    #[error("there is no account {0:?}")]
    Unknown(String),
}

/// The file of accounts; it need not be there.
#[derive(Debug, Clone)]
pub struct AccountsFile(PrivateFile);

impl AccountsFile {
    /// The one that these settings name.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let named = settings.local.accounts_file.clone();
        let path = named.unwrap_or_else(|| settings.data.join("accounts.toml"));
        Self(PrivateFile::at(path))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The accounts in it, in its order; none when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read, others may use it, or something in it is wrong.
    pub fn read(&self) -> Result<Vec<Account>, AccountsError> {
        Ok(self.accounts(&self.0.read()?)?)
    }

    /// Adds an account.
    ///
    /// # Errors
    /// [`AccountsError::Taken`], or as [`read`](Self::read).
    pub fn add(&self, account: &Account) -> Result<(), AccountsError> {
        self.change(|accounts| {
            if position(accounts, &account.username).is_some() {
                return Err(AccountsError::Taken(account.username.clone()));
            }
            accounts.push(table(account));
            Ok(())
        })
    }

    /// Gives an account another password.
    ///
    /// # Errors
    /// [`AccountsError::Unknown`], or as [`read`](Self::read).
    pub fn set_password(&self, username: &str, hash: &SecretString) -> Result<(), AccountsError> {
        self.change(|accounts| {
            let at = position(accounts, username);
            let account = at.and_then(|at| accounts.get_mut(at));
            let account = account.ok_or_else(|| AccountsError::Unknown(username.to_owned()))?;
            account["password_hash"] = value(hash.expose_secret());
            Ok(())
        })
    }

    /// Removes an account. Answers how many are left.
    ///
    /// # Errors
    /// [`AccountsError::Unknown`], or as [`read`](Self::read).
    pub fn remove(&self, username: &str) -> Result<usize, AccountsError> {
        self.change(|accounts| {
            let at = position(accounts, username);
            let at = at.ok_or_else(|| AccountsError::Unknown(username.to_owned()))?;
            accounts.remove(at);
            Ok(accounts.len())
        })
    }

    fn change<T>(
        &self,
        edit: impl FnOnce(&mut ArrayOfTables) -> Result<T, AccountsError>,
    ) -> Result<T, AccountsError> {
        self.0.change(|document| {
            // What is broken is not written on.
            self.accounts(document)?;
            let done = edit(tables(document))?;
            if !document.to_string().starts_with(HEADING) {
                document.decor_mut().set_prefix(HEADING);
            }
            Ok(done)
        })
    }

    fn accounts(&self, document: &DocumentMut) -> Result<Vec<Account>, PrivateFileError> {
        let not_tables = || {
            self.0
                .broken("the accounts are not written as [[local.accounts]]")
        };
        let Some(section) = document.get("local") else {
            return Ok(Vec::new());
        };
        let section = section.as_table().ok_or_else(not_tables)?;
        let Some(accounts) = section.get("accounts") else {
            return Ok(Vec::new());
        };
        let tables = accounts.as_array_of_tables().ok_or_else(not_tables)?;
        let mut read: Vec<Account> = Vec::with_capacity(tables.len());
        for (table, number) in tables.iter().zip(1..) {
            let account = account(table).and_then(|account| {
                let twice = read.iter().any(|other| other.username == account.username);
                if twice {
                    Err("its username is there twice")
                } else {
                    Ok(account)
                }
            });
            read.push(account.map_err(|why| self.0.broken(format!("account {number}: {why}")))?);
        }
        Ok(read)
    }
}

/// The tables of a document that was read without a fault.
fn tables(document: &mut DocumentMut) -> &mut ArrayOfTables {
    if document.is_empty() {
        // Comments alone are an end; what comes now comes below them.
        let comments = document.trailing().as_str().unwrap_or_default().to_owned();
        document.set_trailing("");
        document.decor_mut().set_prefix(comments);
    }
    let mut section = Table::new();
    section.set_implicit(true);
    let section = document.entry("local").or_insert(Item::Table(section));
    section
        .as_table_mut()
        .map(|section| section.entry("accounts"))
        .map(|entry| entry.or_insert(Item::ArrayOfTables(ArrayOfTables::new())))
        .and_then(Item::as_array_of_tables_mut)
        .expect("what was read has no other form")
}

/// Reads one account. What is wrong is told without its values: one of them is a secret.
fn account(table: &Table) -> Result<Account, &'static str> {
    let text = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default();
    let username = Username::parse(text("username")).map_err(|_| "username is missing or wrong")?;
    let name = person_name(text("name")).map_err(|_| "name is missing or wrong")?;
    let email = email_address(text("email")).map_err(|_| "email is missing or wrong")?;
    let hash = text("password_hash");
    if !is_password_hash(hash) {
        return Err("password_hash is not an argon2id hash");
    }
    Ok(Account {
        username: username.0,
        name,
        email,
        password_hash: hash.into(),
    })
}

fn table(account: &Account) -> Table {
    let mut table = Table::new();
    let hash = account.password_hash.expose_secret();
    for (key, text) in [
        ("username", account.username.as_str()),
        ("name", &account.name),
        ("email", &account.email),
        ("password_hash", hash),
    ] {
        table.insert(key, value(text));
    }
    table
}

fn position(accounts: &ArrayOfTables, username: &str) -> Option<usize> {
    let is = |table: &Table| table.get("username").and_then(Item::as_str) == Some(username);
    accounts.iter().position(is)
}
