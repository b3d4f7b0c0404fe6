//! Reading a short text that people write for Wyvern, such as a policy.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The longest such text, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Reads `what` is in this file; no link is followed, for it could lead out of the repository.
pub(in crate::cli) fn read_text(file: &Path, what: &str) -> io::Result<String> {
    if !fs::symlink_metadata(file)?.is_file() {
        let sentence = format!("{what} is a file, and no symbolic link");
        return Err(io::Error::other(sentence));
    }
    let mut text = String::new();
    let read = File::open(file)?
        .take(LONGEST + 1)
        .read_to_string(&mut text)?;
    if u64::try_from(read).is_ok_and(|read| read > LONGEST) {
        let sentence = format!("{what} has at most {LONGEST} bytes");
        return Err(io::Error::other(sentence));
    }
    Ok(text)
}
