//! Reading a short text that people write for Wyvern, such as a policy.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The longest such text, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Reads `what` is in this file; no link is followed, for it could lead out of the repository.
pub(in crate::cli) fn read_text(file: &Path, what: &str) -> io::Result<String> {
    let bytes = read_short(file, what, LONGEST)?;
    let no_text = |_| io::Error::other(format!("{what} is text in UTF-8"));
    String::from_utf8(bytes).map_err(no_text)
}

/// The same of what is not yet known to be text, of at most so many bytes.
pub(in crate::cli) fn read_short(file: &Path, what: &str, longest: u64) -> io::Result<Vec<u8>> {
    if !fs::symlink_metadata(file)?.is_file() {
        let sentence = format!("{what} is a file, and no symbolic link");
        return Err(io::Error::other(sentence));
    }
    let mut bytes = Vec::new();
    let read = File::open(file)?
        .take(longest + 1)
        .read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read > longest) {
        let sentence = format!("{what} has at most {longest} bytes");
        return Err(io::Error::other(sentence));
    }
    Ok(bytes)
}
