//! `wyvern diff`: what has changed between two versions of a model, told by meaning.

use std::io::IsTerminal as _;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::colour::Colour;
use super::exit::{DONE, FAILED, INVALID, TRIPPED, worse};
use super::files::{self, FILE_MAX, Reason};
use super::shown::shown;
use super::{print, say};
use crate::config::Environment;
use crate::model::{Diff, Document, diff as compare};
use crate::provider::local::{Here, HereError};

/// Tell what has changed between two versions of a model.
///
/// Each is a file, or REVISION:PATH in the git repository of
/// the current folder, such as HEAD:ThreatDragonModels/Shop/Shop.json; with ./ in front of it, PATH
/// is from the current folder. A file that has such a name wins.
#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// The old version.
    #[arg(value_name = "A")]
    old: String,
    /// The new version.
    #[arg(value_name = "B")]
    new: String,
    /// How the changes are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Leave out changes of the drawing alone.
    #[arg(long)]
    no_layout: bool,
    /// End with 1 if there are changes.
    #[arg(long)]
    exit_code: bool,
    /// Whether text is coloured.
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For programs; docs/diff.md describes it.
    Json,
    /// For reviews.
    Markdown,
}

/// Compares.
pub(super) fn diff(arguments: &DiffArguments, environment: &Environment) -> u8 {
    let (old, new) = match (version(&arguments.old), version(&arguments.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let failures = [old.err(), new.err()];
            failures.into_iter().flatten().for_each(say);
            return INVALID;
        }
    };
    let mut changes = compare(&old, &new);
    if arguments.no_layout {
        changes = changes.without_layout();
    }
    let colour = arguments
        .color
        .applies(environment, std::io::stdout().is_terminal());
    let printed = match write(&changes, arguments.format, colour) {
        Ok(text) if text.is_empty() => DONE,
        Ok(text) => print(text.trim_end()),
        Err(error) => {
            say(format_args!("the changes cannot be written: {error}"));
            FAILED
        }
    };
    let differ = arguments.exit_code && !changes.is_empty();
    worse(printed, if differ { TRIPPED } else { DONE })
}

fn write(changes: &Diff, format: Format, colour: bool) -> serde_json::Result<String> {
    match format {
        Format::Text => Ok(changes.text(colour)),
        Format::Json => serde_json::to_string_pretty(changes),
        Format::Markdown => Ok(changes.markdown()),
    }
}

/// The version that this names, or a sentence about why there is none.
fn version(name: &str) -> Result<Document, String> {
    let path = Path::new(name);
    match name.split_once(':') {
        Some((revision, path_in_it)) if !path.exists() => from_git(name, revision, path_in_it),
        _ => files::read_model(path).map_err(|refusal| refusal.to_string()),
    }
}

fn from_git(name: &str, revision: &str, path: &str) -> Result<Document, String> {
    let longest = usize::try_from(FILE_MAX).unwrap_or(usize::MAX);
    let bytes =
        Here::discover(Path::new(".")).and_then(|here| here.file_at(revision, path, longest));
    let bytes = match bytes {
        Err(HereError::TooLong(size)) => {
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            return Err(Reason::TooLong(size).about(Path::new(name)).to_string());
        }
        bytes => bytes.map_err(|error| format!("{}: {}", shown(name), shown(error)))?,
    };
    let document = Document::parse(bytes.into());
    document.map_err(|invalid| Reason::Invalid(invalid).about(Path::new(name)).to_string())
}
