//! Where settings come from, and which source wins.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use config::{Config, Environment as Variables, File, FileFormat, Map, Source, Value};

use super::aliases;
use super::reader::{Fault, Faults};

/// The environment's variables by their names.
pub type Environment = HashMap<String, String>;

/// The sources of one start of the program.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The file given with `--config`.
    pub file: Option<PathBuf>,
    /// The environment's variables.
    pub environment: Environment,
    /// What the command line says.
    pub overrides: Overrides,
}

/// Settings given on the command line; they win over every other source.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--data`.
    pub data: Option<PathBuf>,
    /// Repositories to serve besides those configured.
    pub repositories: Vec<PathBuf>,
}

pub(super) struct Merged {
    pub(super) tree: Map<String, Value>,
    pub(super) notes: Vec<String>,
}

/// The process's environment. Variables that are not UTF-8 are left out.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the module that the lint points to"
)]
pub fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

impl Sources {
    pub(super) fn merge(&self) -> Result<Merged, Faults> {
        let aliases = aliases::translate(&self.environment)?;
        let own = self
            .environment
            .iter()
            .filter(|(key, _)| key.starts_with("WYVERN__"));
        let own = own
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let mut builder =
            Config::builder().add_source(File::from_str(super::DEFAULTS, FileFormat::Toml));
        if let Some(path) = &self.file {
            builder = builder.add_source(File::from(path.clone()).format(FileFormat::Toml));
        }
        let built = builder
            .add_source(Tree(aliases.settings))
            .add_source(
                Variables::with_prefix("WYVERN")
                    .prefix_separator("__")
                    .separator("__")
                    .source(Some(own)),
            )
            .add_source(Tree(self.overrides.settings()))
            .build()
            .and_then(|config| config.cache.into_table());
        match built {
            Ok(tree) => Ok(Merged {
                tree,
                notes: aliases.notes,
            }),
            Err(error) => Err(self.unreadable(&error)),
        }
    }

    fn unreadable(&self, error: &config::ConfigError) -> Faults {
        let key = self
            .file
            .as_ref()
            .map_or("environment".to_owned(), |p| p.display().to_string());
        Fault::new(
            key,
            error.to_string(),
            "correct the file, or name another with --config",
        )
        .into()
    }
}

impl Overrides {
    fn settings(&self) -> Map<String, Value> {
        let mut settings = Map::new();
        let mut set = |key: &str, value: Value| drop(settings.insert(key.to_owned(), value));
        if let Some(listen) = self.listen {
            set("server.address", listen.ip().to_string().into());
            set("server.port", i64::from(listen.port()).into());
        }
        if let Some(data) = &self.data {
            set("data.folder", data.to_string_lossy().into_owned().into());
        }
        settings
    }
}

/// Settings by their dotted keys, as a source for the `config` crate.
#[derive(Debug, Clone)]
struct Tree(Map<String, Value>);

impl Source for Tree {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        Ok(self.0.clone())
    }
}
