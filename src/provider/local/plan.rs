//! What a commit changes: each expectation checked against the tree that the commit goes on.

use git2::Oid;

use super::tree::{Finder, Found, oid};
use crate::provider::expectation::{There, is_done, judge};
use crate::provider::{Action, Change, CommitError, FilePath, ProviderError, Version};

/// The mode of a file that is new.
pub(super) const REGULAR: i32 = 0o100_644;

/// One file that becomes another, or comes, or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) path: FilePath,
    /// The blob that is there now.
    pub(super) old: Option<Oid>,
    /// The blob that is to be there.
    pub(super) new: Option<Oid>,
    /// The mode it has, or gets.
    pub(super) mode: i32,
}

/// The steps that the changes come to, without those that leave everything as it is.
pub(super) fn plan(finder: &mut Finder<'_>, changes: &[Change]) -> Result<Vec<Step>, CommitError> {
    let found = changes.iter().map(|change| {
        Ok(match finder.find(&change.path)? {
            Found::File(blob, mode) => (There::File(version_of(blob)), Some(blob), mode),
            Found::Folder(_) | Found::Other => (There::NotAFile, None, REGULAR),
            Found::Under(parent) if !is_deleted(changes, &parent) => {
                (There::Under(parent), None, REGULAR)
            }
            Found::Under(_) | Found::Nothing => (There::Nothing, None, REGULAR),
        })
    });
    let found = found.collect::<Result<Vec<_>, ProviderError>>()?;
    let mut both = changes.iter().zip(&found);
    if both.all(|(change, (there, ..))| is_done(change, there)) {
        return Ok(Vec::new());
    }
    let mut steps = Vec::with_capacity(changes.len());
    for (change, (there, old, mode)) in changes.iter().zip(found) {
        if judge(change, &there)? {
            steps.push(Step {
                path: change.path.clone(),
                old,
                new: match &change.action {
                    Action::Put(bytes) => Some(oid(Version::of(bytes).as_str())),
                    Action::Delete => None,
                },
                mode,
            });
        }
    }
    Ok(steps)
}

/// The version that a blob id is.
pub(super) fn version_of(blob: Oid) -> Version {
    Version::parse(&blob.to_string()).expect("git object ids are 40 hexadecimal digits")
}

fn is_deleted(changes: &[Change], path: &str) -> bool {
    changes
        .iter()
        .any(|change| change.path.as_str() == path && matches!(change.action, Action::Delete))
}
