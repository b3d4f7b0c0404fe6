//! Merging what is no model as git itself would: line by line, with markers at conflicts.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::NamedTempFile;

/// How far git looks for a zero byte, which no text has.
const LOOKED_AT: u64 = 8000;

/// What a merge of texts gives.
pub(super) enum TextMerge {
    /// All changes of both sides.
    Clean(Vec<u8>),
    /// The same with markers where both sides have changed the same lines.
    Conflicts(Vec<u8>),
    /// It is not text and cannot be merged.
    Binary,
}

/// Merges with `git merge-file`; a base that is not there counts as empty.
pub(super) fn merge(
    base: &Path,
    ours: &Path,
    theirs: &Path,
    marker_size: u16,
) -> io::Result<TextMerge> {
    let empty = NamedTempFile::new()?;
    let base = if base.exists() { base } else { empty.path() };
    for path in [base, ours, theirs] {
        if is_binary(path)? {
            return Ok(TextMerge::Binary);
        }
    }
    let done = Command::new("git")
        .args(["merge-file", "--stdout", "--quiet"])
        .arg(format!("--marker-size={marker_size}"))
        .args(["-L", "ours", "-L", "base", "-L", "theirs", "--"])
        .args([ours, base, theirs])
        .stdin(Stdio::null())
        .output()
        .map_err(|error| io::Error::other(format!("git cannot be run: {error}")))?;
    // git-merge-file(1): the number of conflicts, cut off at 127; above that an error.
    match done.status.code() {
        Some(0) => Ok(TextMerge::Clean(done.stdout)),
        Some(1..=127) => Ok(TextMerge::Conflicts(done.stdout)),
        _ => Err(io::Error::other(format!(
            "git merge-file fails: {}",
            String::from_utf8_lossy(&done.stderr).trim_end()
        ))),
    }
}

fn is_binary(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(LOOKED_AT).read_to_end(&mut start)?;
    Ok(start.contains(&0))
}
