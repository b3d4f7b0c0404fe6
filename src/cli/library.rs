//! `wyvern library`: what a team keeps in `.wyvern` of its repository: packs of rules so far.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::exit::{DONE, INVALID, TRIPPED, worse};
use super::files::repository_top;
use super::packs::{self, PackFile};
use super::shown::{counted, shown_path};
use super::{print, say};
use crate::suggest::SCHEMA;

/// Look after the rules that a team keeps in its repository.
#[derive(Debug, Subcommand)]
pub(super) enum LibraryCommand {
    Check(CheckArguments),
    /// Print the JSON Schema of packs, for editors.
    Schema,
}

/// Check packs of rules; end with 1 when one has a fault.
///
/// A folder is a repository, whose packs are .wyvern/rules/*.toml, or a folder of packs. All that are
/// named are checked together: an id names one rule.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Packs, or folders of them; the repository around the current folder when none is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Obeys.
pub(super) fn library(command: &LibraryCommand) -> u8 {
    match command {
        LibraryCommand::Check(arguments) => check(arguments),
        LibraryCommand::Schema => print(SCHEMA.trim_end()),
    }
}

fn check(arguments: &CheckArguments) -> u8 {
    let mut code = DONE;
    let mut files = Vec::new();
    for path in around_here(&arguments.paths) {
        match found(&path) {
            Ok(found) => files.extend(found),
            Err(reason) => {
                say(format_args!("{}: {reason}", shown_path(&path)));
                code = INVALID;
            }
        }
    }
    let packs = packs::read(&files);
    let mut faults = 0;
    for fault in packs::faults(&packs) {
        code = worse(code, print(fault));
        faults += 1;
    }
    let rules = packs.iter().map(|pack| pack.rules.len()).sum();
    let counts = format!(
        "{}, {}",
        counted(packs.len(), "pack"),
        counted(rules, "rule")
    );
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

fn found(path: &Path) -> Result<Vec<PackFile>, String> {
    let found = packs::named(path).map_err(|error| error.to_string())?;
    if found.is_empty() {
        return Err(
            "there are no packs here; a repository has them in .wyvern/rules/*.toml".to_owned(),
        );
    }
    Ok(found)
}
