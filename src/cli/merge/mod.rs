//! `wyvern merge`: git's merge driver for models.

mod text;

use std::path::PathBuf;
use std::{fs, io};

use clap::Args;

use self::text::TextMerge;
use super::exit::{DONE, NOT_MERGED, TRIPPED};
use super::files::{self, Reason, Refusal};
use super::say;
use super::shown::{cut, shown_path, unbroken};
use crate::model::json::Json;
use crate::model::{Conflict, Document, Merged, Side, merge as merge_models};

/// How many characters of a value are shown.
const VALUE_SHOWN: usize = 200;

/// Merge two versions of a model by meaning; git's merge driver.
///
/// Both were made from the same one. The result is written over OURS. Where both have changed the
/// same thing, ours is kept, the conflict is told, and the exit code is 1. Files that are no models
/// are merged as git merges text.
#[derive(Debug, Args)]
pub(super) struct MergeArguments {
    /// What both were made from; empty or missing when both have added the file.
    base: PathBuf,
    /// The version of the branch that is merged into.
    ours: PathBuf,
    /// The version of the branch that is merged.
    theirs: PathBuf,
    /// Write the result here instead of over OURS.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the file is called in the repository, for messages.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    path: Option<PathBuf>,
    /// How long the conflict markers are, where text is merged.
    #[arg(long, value_name = "N", default_value_t = 7)]
    marker_size: u16,
}

/// Merges.
pub(super) fn merge(arguments: &MergeArguments) -> u8 {
    match merge_files(arguments) {
        Ok(true) => DONE,
        Ok(false) => TRIPPED,
        Err(refusal) => {
            say(format_args!("wyvern cannot merge: {refusal}"));
            NOT_MERGED
        }
    }
}

/// Whether the merge is clean.
fn merge_files(arguments: &MergeArguments) -> Result<bool, Refusal> {
    let name = shown_path(arguments.path.as_ref().unwrap_or(&arguments.ours));
    match read_versions(arguments) {
        Ok((base, ours, theirs)) => {
            let merged = merge_models(base.as_ref(), &ours, &theirs, Side::Ours);
            write(arguments, &merged.document.bytes())?;
            tell(&name, &merged);
            Ok(merged.conflicts.is_empty())
        }
        Err(refusal) if refusal.reason.is_no_model() => {
            say(format_args!("{name} is merged as text, because {refusal}"));
            merge_text(arguments, &name)
        }
        Err(refusal) => Err(refusal),
    }
}

type Versions = (Option<Document>, Document, Document);

fn read_versions(arguments: &MergeArguments) -> Result<Versions, Refusal> {
    let base = match fs::metadata(&arguments.base) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Ok(metadata) if metadata.is_file() && metadata.len() == 0 => None,
        _ => Some(files::read_model(&arguments.base)?),
    };
    let ours = files::read_model(&arguments.ours)?;
    Ok((base, ours, files::read_model(&arguments.theirs)?))
}

fn write(arguments: &MergeArguments, content: &[u8]) -> Result<(), Refusal> {
    let target = arguments.output.as_ref().unwrap_or(&arguments.ours);
    files::replace(target, content).map_err(|error| Reason::Disk(error).about(target))
}

fn merge_text(arguments: &MergeArguments, name: &str) -> Result<bool, Refusal> {
    let (ours, theirs) = (&arguments.ours, &arguments.theirs);
    let merged = text::merge(&arguments.base, ours, theirs, arguments.marker_size);
    match merged.map_err(|error| Reason::Disk(error).about(ours))? {
        TextMerge::Clean(text) => write(arguments, &text)?,
        TextMerge::Conflicts(text) => {
            write(arguments, &text)?;
            say(format_args!("{name}: conflicts, marked in the file"));
            return Ok(false);
        }
        TextMerge::Binary => {
            say(format_args!("{name}: not text either; ours is kept"));
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tells each conflict with the three values, and what was settled without asking.
fn tell(name: &str, merged: &Merged) {
    match merged.conflicts.len() {
        0 => {}
        1 => say(format_args!("{name}: 1 conflict, in which ours is kept:")),
        many => say(format_args!(
            "{name}: {many} conflicts, in which ours is kept:"
        )),
    }
    merged.conflicts.iter().for_each(tell_conflict);
    for note in &merged.notes {
        say(format_args!("{name}: {}", unbroken(note)));
    }
}

fn tell_conflict(conflict: &Conflict) {
    say(format_args!("  {}", unbroken(conflict)));
    let values = [
        ("base", &conflict.base),
        ("ours", &conflict.ours),
        ("theirs", &conflict.theirs),
    ];
    for (side, value) in values {
        let value = value.as_ref().map_or("(not there)".to_owned(), one_line);
        say(format_args!("    {:7} {value}", format!("{side}:")));
    }
}

/// A value without the line breaks between its tokens.
fn one_line(value: &Json) -> String {
    let lines: Vec<_> = value.text().lines().map(str::trim).collect();
    cut(&lines.join(" "), VALUE_SHOWN)
}
