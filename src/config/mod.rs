//! Configuration: every setting, where it comes from, and what is wrong with it.
//!
//! `config/default.toml` is the manual and the defaults. [`load`] lays the sources over it, reads
//! every setting, and reports all faults together.

mod aliases;
mod hosted;
mod local;
mod network;
mod reader;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod values;

pub use hosted::{HostSettings, OutgoingSettings, SessionSettings, is_loopback, web_address};
pub use local::{Account, LocalSettings, is_password_hash};
pub use network::{Network, is_loopback_host, without_port};
pub use reader::{Fault, Faults};
pub use settings::{
    AuthSettings, Locales, LogFormat, LogSettings, SecurityTxt, ServerSettings, Settings,
};
pub use sources::{Environment, Overrides, Sources, environment};

/// The compiled-in manual and defaults.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Settings that are in force, and how they came to be.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// The same as TOML, secrets left out.
    pub shown: String,
    /// Sentences about variables that were found and do nothing in this version.
    pub notes: Vec<String>,
}

/// Reads the settings from their sources.
///
/// # Errors
/// With every fault found, each naming its key and how to mend it.
pub fn load(sources: &Sources) -> Result<Loaded, Faults> {
    let merged = sources.merge()?;
    let (settings, shown) = reader::read(merged.tree, Settings::read)?;
    Ok(Loaded {
        settings,
        shown,
        notes: merged.notes,
    })
}
