//! Which changes of a commit are to be made, given what is there.

use std::collections::{BTreeSet, HashMap};

use crate::provider::expectation::{There, is_done, judge};
use crate::provider::{Action, Change, CommitError, FilePath};

/// What is at each path.
pub(in crate::provider) type Found = HashMap<FilePath, There>;

/// The changes that change anything: none when the commit was made before. An error when an
/// expectation does not hold.
///
/// Expectations are about what was there before; what may be put is about what is left. A folder
/// counts as left, even when all that is in it is deleted: what that is, is not looked at.
pub(super) fn plan<'c>(
    changes: &'c [Change],
    found: &Found,
) -> Result<Vec<&'c Change>, CommitError> {
    let there = |change: &Change| {
        let found = found.get(&change.path);
        found.cloned().unwrap_or(There::Nothing)
    };
    if changes.iter().all(|change| is_done(change, &there(change))) {
        return Ok(Vec::new());
    }
    let (deletions, puts): (Vec<_>, Vec<_>) = changes
        .iter()
        .partition(|change| matches!(change.action, Action::Delete));
    let mut needed = Vec::new();
    let mut gone = BTreeSet::new();
    for change in deletions {
        if judge(change, &there(change))? {
            gone.insert(change.path.as_str());
            needed.push(change);
        }
    }
    let mut put = BTreeSet::new();
    for change in puts {
        let left = match there(change) {
            There::Under(parent) if gone.contains(parent.as_str()) => There::Nothing,
            there => there,
        };
        let left = match left {
            There::Nothing => beside(&change.path, &put),
            left => left,
        };
        if judge(change, &left)? {
            needed.push(change);
        }
        put.insert(change.path.as_str());
    }
    Ok(needed)
}

/// The folders that a path is in, outermost first.
pub(in crate::provider) fn above(path: &FilePath) -> impl Iterator<Item = &str> {
    let text = path.as_str();
    text.match_indices('/').map(|(end, _)| &text[..end])
}

/// What is at a path where nothing was, after these files have been put.
fn beside(path: &FilePath, put: &BTreeSet<&str>) -> There {
    if let Some(parent) = above(path).find(|parent| put.contains(parent)) {
        return There::Under(parent.to_owned());
    }
    let below = |file: &&str| {
        let rest = file.strip_prefix(path.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    if put.iter().any(below) {
        There::NotAFile
    } else {
        There::Nothing
    }
}
