//! `wyvern fmt`: lays models out in the one canonical way.

use std::path::PathBuf;

use clap::Args;

use super::exit::{DONE, FAILED, INVALID, PARTIAL, TRIPPED, worse};
use super::files::{self, Candidate, Reason, Refusal};
use super::shown::shown_path;
use super::{print, say};

/// Lay models out in the one canonical way.
///
/// That is two spaces of indentation, with LF. Nothing is re-ordered, no number or string is written
/// differently, and the newline at the end stays as it is.
#[derive(Debug, Args)]
pub(super) struct FmtArguments {
    /// Change nothing; list the files that are laid out differently and end with 1 if there are any.
    #[arg(long)]
    check: bool,
    /// Models, or folders with models in them.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
}

/// Formats, or only looks.
pub(super) fn fmt(arguments: &FmtArguments) -> u8 {
    let (candidates, mut refused) = files::find(&arguments.paths);
    let results = files::each(&candidates, |candidate| format(candidate, arguments.check));
    let mut code = if refused.is_empty() { DONE } else { INVALID };
    for (candidate, result) in candidates.iter().zip(results) {
        match result {
            Ok(Outcome::Same) => {}
            Ok(Outcome::Differs) => {
                code = worse(code, print(shown_path(&candidate.path)));
                if arguments.check {
                    code = worse(code, TRIPPED);
                }
            }
            Ok(Outcome::Unwritten(refusal)) => {
                code = worse(code, FAILED);
                refused.push(refusal);
            }
            Err(refusal) => {
                code = worse(code, if candidate.named { INVALID } else { PARTIAL });
                refused.push(refusal);
            }
        }
    }
    refused.iter().for_each(say);
    code
}

enum Outcome {
    /// It is laid out already, or is no model.
    Same,
    /// It was laid out differently.
    Differs,
    /// It cannot be written.
    Unwritten(Refusal),
}

fn format(candidate: &Candidate, only_look: bool) -> Result<Outcome, Refusal> {
    let Some(document) = files::open(candidate)? else {
        return Ok(Outcome::Same);
    };
    let laid_out = document.laid_out().map(|document| document.bytes());
    let Some(laid_out) = laid_out.filter(|bytes| *bytes != document.bytes()) else {
        return Ok(Outcome::Same);
    };
    if !only_look && let Err(error) = files::replace(&candidate.path, &laid_out) {
        let refusal = Reason::Disk(error).about(&candidate.path);
        return Ok(Outcome::Unwritten(refusal));
    }
    Ok(Outcome::Differs)
}
