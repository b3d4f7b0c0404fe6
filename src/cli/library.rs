//! `wyvern library`: what a team keeps in `.wyvern` of its repository: rules, threats and mitigations,
//! templates, sources.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::exit::{DONE, INVALID, TRIPPED, worse};
use super::files::repository_top;
use super::kept::KeptFiles;
use super::shown::{counted, shown_path};
use super::{print, say};
use crate::{library, suggest};

/// Look after what a team keeps in its repository: rules, threats, mitigations, templates, sources.
#[derive(Debug, Subcommand)]
pub(super) enum LibraryCommand {
    Check(CheckArguments),
    /// Print the JSON Schema of a kind of file, for editors.
    Schema {
        /// Of which files.
        #[arg(value_enum, default_value = "rules")]
        of: SchemaOf,
    },
}

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// .wyvern/rules/*.toml
    Rules,
    /// .wyvern/library/*.toml
    Library,
}

/// Check what a team keeps; end with 1 when something has a fault.
///
/// A folder is a repository, which keeps .wyvern/rules/*.toml, .wyvern/library/*.toml,
/// .wyvern/templates/*.json and .wyvern/sources.toml, or a folder of such files. All that are named are
/// checked together: an id names one thing. Sources are not asked for.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Files, or folders of them; the repository around the current folder when none is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Obeys.
pub(super) fn library(command: &LibraryCommand) -> u8 {
    match command {
        LibraryCommand::Check(arguments) => check(arguments),
        LibraryCommand::Schema {
            of: SchemaOf::Rules,
        } => print(suggest::SCHEMA.trim_end()),
        LibraryCommand::Schema {
            of: SchemaOf::Library,
        } => print(library::SCHEMA.trim_end()),
    }
}

fn check(arguments: &CheckArguments) -> u8 {
    let mut code = DONE;
    let mut files = KeptFiles::default();
    for path in around_here(&arguments.paths) {
        match found(&path) {
            Ok(found) => files.extend(found),
            Err(reason) => {
                say(format_args!("{}: {reason}", shown_path(&path)));
                code = INVALID;
            }
        }
    }
    let read = files.read();
    let mut faults = 0;
    for fault in read.faults() {
        code = worse(code, print(fault));
        faults += 1;
    }
    let counts = read.counts();
    if faults > 0 {
        let printed = print(format_args!("{counts}: {}", counted(faults, "fault")));
        return worse(worse(code, printed), TRIPPED);
    }
    if code == DONE {
        return print(format_args!("{counts}: in order"));
    }
    code
}

/// The paths that were named, or else the repository around the current folder.
fn around_here(paths: &[PathBuf]) -> Vec<PathBuf> {
    if !paths.is_empty() {
        return paths.to_vec();
    }
    let here = fs::canonicalize(".").unwrap_or_default();
    let steps = repository_top(&here).and_then(|top| here.strip_prefix(top).ok());
    let steps = steps.map_or(0, |below| below.components().count());
    let up = std::iter::repeat_n("..", steps).collect();
    vec![if steps == 0 { ".".into() } else { up }]
}

fn found(path: &Path) -> Result<KeptFiles, String> {
    let found = KeptFiles::named(path).map_err(|error| error.to_string())?;
    if found.is_empty() {
        return Err(
            "there is nothing to check here; a repository keeps it in .wyvern/rules, \
             .wyvern/library, .wyvern/templates and .wyvern/sources.toml"
                .to_owned(),
        );
    }
    Ok(found)
}
