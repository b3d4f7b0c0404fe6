//! The exit codes. They are part of what Wyvern promises: scripts tell the cases apart by them.

/// Everything went well.
pub(super) const DONE: u8 = 0;
/// What was asked about is not so: the gate of a check is tripped, files differ, a merge conflicts, a
/// pack of rules has a fault, nobody is signed in.
pub(super) const TRIPPED: u8 = 1;
/// The command line or the configuration is wrong.
pub(super) const USAGE: u8 = 2;
/// A file that was named is not there, is no threat model or cannot be edited.
pub(super) const INVALID: u8 = 3;
/// Something failed that is not the caller's fault.
pub(super) const FAILED: u8 = 4;
/// Some of the models that were found in folders, or some rules, could not be read; the rest is done.
pub(super) const PARTIAL: u8 = 5;
/// What a merge driver ends with when it could not even try: git tells it from a conflict by its
/// being above 128 (gitattributes(5), "Defining a custom merge driver").
pub(super) const NOT_MERGED: u8 = 129;

/// Shown by `wyvern --help`.
pub(super) const TABLE: &str = "\
Exit codes:
  0  done; nothing found, nothing different
  1  the gate of a check is tripped, files differ or want formatting, a merge conflicts, a pack of rules has a fault, nobody is signed in, permission was not given
  2  wrong usage or configuration, a broken policy among it
  3  a file that was named is not there or is no threat model
  4  failed for another reason, such as a full disk
  5  done in part: some models found in folders, or some rules, cannot be read
`wyvern merge` ends with 129 instead of 3 and 4, as git wants it of a merge driver.";

/// The one of two exit codes that says more about what went wrong.
pub(super) fn worse(a: u8, b: u8) -> u8 {
    let weight = |code| {
        let order = [DONE, TRIPPED, PARTIAL, INVALID, FAILED, USAGE];
        order.iter().position(|known| *known == code)
    };
    if weight(a) < weight(b) { b } else { a }
}
