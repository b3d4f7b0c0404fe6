//! `wyvern user`: who may sign in to the local provider.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use secrecy::SecretString;
use thiserror::Error;

use super::exit::{DONE, FAILED, USAGE, worse};
use super::password::{NoPassword, new_password};
use super::shown::{shown, shown_path};
use super::{Configured, print, say};
use crate::auth::accounts::{AccountsError, AccountsFile, Username, email_address, person_name};
use crate::auth::local::hash_password;
use crate::auth::private_file::Unusable;
use crate::config::{self, Account, Environment, Faults, Overrides, Settings};

/// Keep the accounts of the local provider.
///
/// They are kept in a file (`local.accounts_file`); a running server takes a change within a second.
/// A password is asked for at the terminal, or is the first line of standard input.
#[derive(Debug, Args)]
pub(super) struct UserArguments {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add an account.
    Add(AddArguments),
    /// Give an account another password.
    Passwd(NamedArguments),
    /// List the accounts: username, name and address, and where each stands.
    List(Place),
    /// Remove an account; its sign-ins end at once.
    Remove(NamedArguments),
}

#[derive(Debug, Args)]
struct AddArguments {
    /// What the person types: 1 to 64 printable characters.
    #[arg(value_name = "USERNAME", value_parser = Username::parse)]
    username: Username,
    /// The name on their commits; else the username.
    #[arg(long, value_parser = person_name)]
    name: Option<String>,
    /// The e-mail address on their commits; else the username, at localhost if it is no address.
    #[arg(long, value_name = "ADDRESS", value_parser = email_address)]
    email: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Debug, Args)]
struct NamedArguments {
    /// Whose account.
    #[arg(value_name = "USERNAME", value_parser = Username::parse)]
    username: Username,
    #[command(flatten)]
    place: Place,
}

/// Which server's accounts.
#[derive(Debug, Args)]
struct Place {
    #[command(flatten)]
    configured: Configured,
    /// The server's data folder.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Debug, Error)]
enum UserError {
    #[error(transparent)]
    Settings(#[from] Faults),
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    #[error("{0:?} stands in the configuration and is changed there: `wyvern hash-password`")]
    Configured(String),
    #[error(transparent)]
    Password(#[from] NoPassword),
    #[error("{0:#}")]
    Hash(anyhow::Error),
}

/// Obeys.
pub(super) fn user(arguments: UserArguments, environment: &Environment) -> u8 {
    let done = match arguments.command {
        UserCommand::Add(arguments) => add(arguments, environment),
        UserCommand::Passwd(arguments) => set_password(arguments, environment),
        UserCommand::List(place) => list(place, environment),
        UserCommand::Remove(arguments) => remove(arguments, environment),
    };
    done.unwrap_or_else(|error| {
        match &error {
            UserError::Settings(faults) => say(faults),
            error => say(shown(error)),
        }
        error.code()
    })
}

impl UserError {
    fn code(&self) -> u8 {
        match self {
            Self::Accounts(AccountsError::File(file)) => match file.why {
                Unusable::Disk(_) => FAILED,
                Unusable::Shared | Unusable::SharedFolder | Unusable::Broken(_) => USAGE,
            },
            Self::Hash(_) | Self::Password(NoPassword::Input(_)) => FAILED,
            Self::Settings(_) | Self::Accounts(_) | Self::Configured(_) | Self::Password(_) => {
                USAGE
            }
        }
    }
}

/// The accounts of a server: where they are kept, and those that only the configuration has.
struct Accounts {
    file: AccountsFile,
    settings: Settings,
}

impl Accounts {
    fn of(place: Place, environment: &Environment) -> Result<Self, UserError> {
        let overrides = Overrides {
            data: place.data,
            ..Overrides::default()
        };
        let sources = place.configured.sources(environment, overrides);
        let settings = config::load(&sources)?.settings;
        let file = AccountsFile::of(&settings);
        Ok(Self { file, settings })
    }

    /// Refuses a username that stands in the configuration.
    fn not_configured(&self, username: &Username) -> Result<(), UserError> {
        let accounts = &self.settings.local.accounts;
        let configured = accounts.iter().any(|a| a.username == username.as_str());
        if configured {
            return Err(UserError::Configured(username.to_string()));
        }
        Ok(())
    }

    /// Whether the file has this username.
    fn has(&self, username: &Username) -> Result<bool, UserError> {
        let accounts = self.file.read()?;
        Ok(accounts.iter().any(|a| a.username == username.as_str()))
    }
}

fn add(arguments: AddArguments, environment: &Environment) -> Result<u8, UserError> {
    let accounts = Accounts::of(arguments.place, environment)?;
    let username = arguments.username;
    accounts.not_configured(&username)?;
    // Nobody is asked for a password in vain.
    if accounts.has(&username)? {
        return Err(AccountsError::Taken(username.to_string()).into());
    }
    let address = || match username.as_str() {
        address if address.contains('@') => address.to_owned(),
        username => format!("{username}@localhost"),
    };
    accounts.file.add(&Account {
        name: arguments.name.unwrap_or_else(|| username.to_string()),
        email: arguments.email.unwrap_or_else(address),
        password_hash: new_hash()?,
        username: username.to_string(),
    })?;
    let file = shown_path(accounts.file.path());
    say(format_args!("{username} is added to {file}"));
    Ok(DONE)
}

fn set_password(arguments: NamedArguments, environment: &Environment) -> Result<u8, UserError> {
    let accounts = Accounts::of(arguments.place, environment)?;
    let username = arguments.username;
    accounts.not_configured(&username)?;
    if !accounts.has(&username)? {
        return Err(AccountsError::Unknown(username.to_string()).into());
    }
    accounts
        .file
        .set_password(username.as_str(), &new_hash()?)?;
    say(format_args!("{username} has a new password"));
    Ok(DONE)
}

fn list(place: Place, environment: &Environment) -> Result<u8, UserError> {
    let accounts = Accounts::of(place, environment)?;
    let kept = accounts.file.read()?;
    let configured = &accounts.settings.local.accounts;
    let hidden = |a: &&Account| configured.iter().any(|c| c.username == a.username);
    let kept = kept.iter().filter(|account| !hidden(account));
    let file = accounts.file.path().display().to_string();
    let all = configured
        .iter()
        .map(|account| (account, "the configuration"));
    let mut code = DONE;
    for (account, place) in all.chain(kept.map(|account| (account, file.as_str()))) {
        let Account {
            username,
            name,
            email,
            ..
        } = account;
        let fields = [
            username.clone(),
            format!("{name} <{email}>"),
            place.to_owned(),
        ];
        code = worse(code, print(fields.map(shown).join("\t")));
    }
    Ok(code)
}

fn remove(arguments: NamedArguments, environment: &Environment) -> Result<u8, UserError> {
    let accounts = Accounts::of(arguments.place, environment)?;
    let username = arguments.username;
    accounts.not_configured(&username)?;
    let left = accounts.file.remove(username.as_str())?;
    say(format_args!("{username} is removed"));
    if left == 0 && accounts.settings.local.accounts.is_empty() {
        say(
            "there are no accounts any more: after its next start, a server on a loopback address \
             asks nobody for a password, and one on another address does not start",
        );
    }
    Ok(DONE)
}

fn new_hash() -> Result<SecretString, UserError> {
    let password = new_password()?;
    let hash = hash_password(&password).map_err(UserError::Hash)?;
    Ok(hash.into())
}
