//! `wyvern install-merge-driver`: tells git to merge models with `wyvern merge`.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use thiserror::Error;

use super::exit::{DONE, FAILED, USAGE};
use super::files;
use super::say;
use super::shown::{shown, shown_path};
use crate::provider::local::{Here, HereError};

/// Where the server keeps models.
const PATTERN: &str = "ThreatDragonModels/**/*.json";

/// Make git merge the models of a repository by meaning.
///
/// Adds a line to .gitattributes, which is to be committed, and the driver to the repository's own
/// git configuration, which everybody sets for themselves. A second run changes nothing.
#[derive(Debug, Args)]
pub(super) struct InstallArguments {
    /// Change nothing; tell what would be changed.
    #[arg(long)]
    dry_run: bool,
    /// Which files are models, as .gitattributes writes it; may be given several times.
    #[arg(long = "pattern", value_name = "GLOB", default_value = PATTERN, value_parser = pattern)]
    patterns: Vec<String>,
    /// A folder in the repository.
    #[arg(short = 'C', value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

#[derive(Debug, Error)]
enum InstallError {
    #[error("{}: {error}", shown_path(.folder))]
    Repository { folder: PathBuf, error: HereError },
    #[error("{}: this is a symbolic link, which git does not follow here either", shown_path(.0))]
    Link(PathBuf),
    #[error("{}: {error}", shown_path(.path))]
    Disk { path: PathBuf, error: io::Error },
    #[error("the program cannot tell where it is: {0}")]
    Program(String),
}

/// A pattern as it stands in .gitattributes: in quotes where it has to be.
fn pattern(text: &str) -> Result<String, String> {
    if text.is_empty() || text.starts_with('!') || text.chars().any(char::is_control) {
        return Err("git takes no such pattern".to_owned());
    }
    if !text.contains(char::is_whitespace) && !text.starts_with(['"', '#']) {
        return Ok(text.to_owned());
    }
    Ok(format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

/// Installs, or only looks.
pub(super) fn install(arguments: &InstallArguments) -> u8 {
    match steps(arguments) {
        Ok(done) if done.is_empty() => {
            say("nothing to change: the merge driver is installed");
            DONE
        }
        Ok(done) => {
            done.iter().for_each(say);
            DONE
        }
        Err(error) => {
            say(&error);
            match error {
                InstallError::Repository { .. } | InstallError::Link(_) => USAGE,
                InstallError::Disk { .. } | InstallError::Program(_) => FAILED,
            }
        }
    }
}

/// What was done, a line for each.
fn steps(arguments: &InstallArguments) -> Result<Vec<String>, InstallError> {
    let in_repository = |error| InstallError::Repository {
        folder: arguments.folder.clone(),
        error,
    };
    let here = Here::discover(&arguments.folder).map_err(in_repository)?;
    let work_tree = here.work_tree().map_err(in_repository)?;
    let driver = driver()?;
    let lines = add_lines(&work_tree.join(".gitattributes"), arguments)?;
    let entries = [
        ("merge.wyvern.name", "threat models by meaning"),
        ("merge.wyvern.driver", driver.as_str()),
    ];
    let entries = here
        .configure(&entries, arguments.dry_run)
        .map_err(in_repository)?;
    let (added, set) = if arguments.dry_run {
        ("would get the line", "would be set")
    } else {
        ("got the line", "is set")
    };
    let lines = lines
        .iter()
        .map(|line| format!(".gitattributes {added} {}", shown(line)));
    let entries = entries
        .iter()
        .map(|name| format!("git config {name} {set}"));
    Ok(lines.chain(entries).collect())
}

/// The command that git runs: it fills in what stands behind percent signs and hands it to a shell.
fn driver() -> Result<String, InstallError> {
    let program = std::env::current_exe();
    let program = program.map_err(|error| InstallError::Program(error.to_string()))?;
    let program = program.to_str();
    let program = program.ok_or_else(|| InstallError::Program("its path is not UTF-8".into()))?;
    let quoted = program.replace('\'', r"'\''").replace('%', "%%");
    Ok(format!(
        "'{quoted}' merge %O %A %B --path %P --marker-size %L"
    ))
}

/// Adds the lines that are missing and keeps all others, with their line ends.
fn add_lines(path: &Path, arguments: &InstallArguments) -> Result<Vec<String>, InstallError> {
    let disk = |error| InstallError::Disk {
        path: path.to_owned(),
        error,
    };
    let mut text = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(disk(error)),
        Ok(metadata) if metadata.is_symlink() => return Err(InstallError::Link(path.to_owned())),
        Ok(_) => fs::read(path).map_err(disk)?,
    };
    let present = String::from_utf8_lossy(&text).into_owned();
    let mut missing: Vec<String> = Vec::new();
    for pattern in &arguments.patterns {
        let line = format!("{pattern} merge=wyvern");
        if !has(&present, pattern) && !missing.contains(&line) {
            missing.push(line);
        }
    }
    let end = if present.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.extend(end.bytes());
    }
    for line in &missing {
        text.extend(line.bytes().chain(end.bytes()));
    }
    if !missing.is_empty() && !arguments.dry_run {
        files::replace(path, &text).map_err(disk)?;
    }
    Ok(missing)
}

/// Whether a line gives this pattern the driver already, among other attributes perhaps.
fn has(text: &str, pattern: &str) -> bool {
    text.lines().any(|line| {
        let attributes = line.trim_start().strip_prefix(pattern);
        let attributes = attributes.filter(|rest| rest.starts_with(char::is_whitespace));
        attributes.is_some_and(|rest| rest.split_whitespace().any(|word| word == "merge=wyvern"))
    })
}
