//! The tokens that `wyvern login` keeps for the person at this machine: one for each host.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use toml_edit::{Array, Item, Table, value};
use url::Url;

use super::private_file::{PrivateFile, PrivateFileError};
use crate::config::Environment;

/// Somebody who is signed in at a host. Its token is not printed.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The host's web address.
    pub web: Url,
    /// Who.
    pub login: String,
    /// For calls in their name.
    pub token: SecretString,
    /// What they allowed.
    pub scopes: Vec<String>,
    /// Since when.
    pub since: Timestamp,
    /// When the token ends; `None` when it does not end by itself.
    pub until: Option<Timestamp>,
}

impl Kept {
    /// What the host is called: its name, with a port where it has an unusual one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.web.host_str().unwrap_or_default();
        match self.web.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

/// The file that has them; it need not be there.
#[derive(Debug, Clone)]
pub struct Credentials(PrivateFile);

impl Credentials {
    /// The one of the person whose environment this is: `wyvern/credentials.toml` in
    /// `$XDG_CONFIG_HOME`, or else in `~/.config` (XDG Base Directory Specification 0.8, which
    /// takes absolute paths only). `None` when they have no home.
    #[must_use]
    pub fn of(environment: &Environment) -> Option<Self> {
        let folder = |name| {
            let path = environment.get(name).map(PathBuf::from);
            path.filter(|path| path.is_absolute())
        };
        let config = folder("XDG_CONFIG_HOME");
        let config = config.or_else(|| folder("HOME").map(|home| home.join(".config")))?;
        let path = config.join("wyvern").join("credentials.toml");
        Some(Self(PrivateFile::at(path)))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Everybody who is signed in.
    ///
    /// # Errors
    /// When the file cannot be read, others may use it, or something in it is wrong.
    pub fn all(&self) -> Result<Vec<Kept>, PrivateFileError> {
        let document = self.0.read()?;
        let Some(hosts) = document.get("hosts") else {
            return Ok(Vec::new());
        };
        let broken = |host: &str| self.0.broken(format!("what it has of {host:?} is wrong"));
        let hosts = hosts.as_table().ok_or_else(|| broken("hosts"))?;
        hosts
            .iter()
            .map(|(host, item)| kept(item).ok_or_else(|| broken(host)))
            .collect()
    }

    /// Keeps a token, in place of the one that the host may have.
    ///
    /// # Errors
    /// As [`all`](Self::all), and when the disk is full.
    pub fn keep(&self, kept: &Kept) -> Result<(), PrivateFileError> {
        self.0.change(|document| {
            let hosts = document.entry("hosts").or_insert(Item::Table(implicit()));
            let hosts = hosts.as_table_mut();
            let hosts = hosts.ok_or_else(|| self.0.broken("hosts is no table"))?;
            hosts.insert(&kept.host(), Item::Table(table(kept)));
            Ok(())
        })
    }

    /// Forgets the token of a host. Answers whether there was one.
    ///
    /// # Errors
    /// As [`keep`](Self::keep).
    pub fn forget(&self, host: &str) -> Result<bool, PrivateFileError> {
        self.0.change(|document| {
            let hosts = document.get_mut("hosts").and_then(Item::as_table_mut);
            Ok(hosts.is_some_and(|hosts| hosts.remove(host).is_some()))
        })
    }
}

fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

fn table(kept: &Kept) -> Table {
    let mut table = Table::new();
    table.insert("url", value(kept.web.as_str()));
    table.insert("login", value(kept.login.as_str()));
    table.insert("token", value(kept.token.expose_secret()));
    table.insert("scopes", value(kept.scopes.iter().collect::<Array>()));
    table.insert("since", value(kept.since.to_string()));
    if let Some(until) = kept.until {
        table.insert("until", value(until.to_string()));
    }
    table
}

fn kept(item: &Item) -> Option<Kept> {
    let table = item.as_table()?;
    let text = |key: &str| table.get(key)?.as_str();
    let scopes = table.get("scopes")?.as_array()?.iter();
    Some(Kept {
        web: text("url")?.parse().ok()?,
        login: text("login")?.to_owned(),
        token: text("token")?.into(),
        scopes: scopes
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        since: text("since")?.parse().ok()?,
        until: match text("until") {
            Some(until) => Some(until.parse().ok()?),
            None => None,
        },
    })
}
