//! Whether a change may be made, given what is at its path: one answer for every adapter.

use super::{Action, Change, CommitError, Expect, Version};

/// What is at a change's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum There {
    /// Nothing, and a file can be put there.
    Nothing,
    /// Nothing, and nothing can be put there: this parent is not a folder.
    Under(String),
    /// A regular file in this version.
    File(Version),
    /// A folder, or something else that is not a file.
    NotAFile,
}

/// Whether everything is as the change leaves it.
pub(crate) fn is_left(change: &Change, there: &There) -> bool {
    match (&change.action, there) {
        (Action::Put(bytes), There::File(now)) => Version::of(bytes) == *now,
        (Action::Delete, There::Nothing | There::Under(_)) => true,
        _ => false,
    }
}

/// Whether the change was made before, whatever was expected: the same write sent twice is one
/// commit. Only [`Expect::Any`] insists on a file.
///
/// It counts only where it is true of every change of a write. A write of which some other part is
/// still to be made is not one that was made before: its expectations must hold.
pub(crate) fn is_done(change: &Change, there: &There) -> bool {
    let insists = change.expect == Expect::Any && matches!(change.action, Action::Delete);
    is_left(change, there) && !insists
}

/// Whether the change changes anything; an error when its expectation does not hold.
pub(crate) fn judge(change: &Change, there: &There) -> Result<bool, CommitError> {
    let path = || change.path.clone();
    match (&change.expect, there) {
        (Expect::Absent, There::Nothing) | (Expect::Any, There::File(_)) => {
            Ok(!is_done(change, there))
        }
        (Expect::Version(wanted), There::File(now)) if wanted == now => Ok(!is_done(change, there)),
        (Expect::Version(_), There::File(now)) => Err(CommitError::FileChanged {
            path: path(),
            now: Some(now.clone()),
        }),
        (Expect::Version(_), _) => Err(CommitError::FileChanged {
            path: path(),
            now: None,
        }),
        (Expect::Any, _) => Err(CommitError::NoSuchFile { path: path() }),
        (Expect::Absent, There::Under(parent)) => Err(CommitError::AlreadyExists {
            name: parent.clone(),
        }),
        (Expect::Absent, There::File(_) | There::NotAFile) => Err(CommitError::AlreadyExists {
            name: path().to_string(),
        }),
    }
}
