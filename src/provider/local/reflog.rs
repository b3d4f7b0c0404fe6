//! Reflogs: where a branch stood, appended to as git does, once the branch has moved.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use git2::{Oid, Signature};

use super::repo::Place;
use super::{checkout, inside, refs};
use crate::provider::BranchName;

/// A branch that moves.
pub(super) struct Movement<'a> {
    pub(super) from: Option<Oid>,
    pub(super) to: Oid,
    pub(super) by: &'a Signature<'a>,
    /// One line; what follows a line break is left out.
    pub(super) why: &'a str,
}

/// Records that a branch moved, in its own log and in that of each `HEAD` that is on it. The branch
/// stands whether or not this succeeds.
pub(super) fn record(place: &Place, branch: &BranchName, movement: &Movement<'_>) {
    if let Err(error) = append(place, branch, movement) {
        let repository = place.git_dir.display();
        tracing::warn!(%repository, %branch, %error, "a branch moved, but its log does not tell");
    }
}

fn append(place: &Place, branch: &BranchName, movement: &Movement<'_>) -> io::Result<()> {
    movement.append(&place.git_dir, &refs::full(branch), place.reflogs)?;
    if refs::head(&place.git_dir).as_ref() == Some(branch) {
        movement.append(&place.git_dir, "HEAD", place.reflogs)?;
    }
    for linked in checkout::of(place, branch) {
        if !linked.prefix.is_empty() {
            movement.append(&place.git_dir.join(linked.prefix), "HEAD", place.reflogs)?;
        }
    }
    Ok(())
}

impl Movement<'_> {
    /// Appends to the log of `name` (`refs/heads/main`, `HEAD`): where there is such a log, and
    /// where git would begin one.
    fn append(&self, git_dir: &Path, name: &str, begin: bool) -> io::Result<()> {
        let name = format!("logs/{name}");
        let path = git_dir.join(&name);
        let found = path.symlink_metadata();
        if found.as_ref().is_ok_and(std::fs::Metadata::is_dir) {
            // Left by a branch that is gone.
            inside::remove_empty_dirs(&path);
        } else if found.is_ok_and(|found| !found.is_file()) {
            return Err(io::Error::other(format!("{name} is not a regular file")));
        }
        if begin {
            inside::make_parents(git_dir, &name)?;
        } else if inside::obstacle(git_dir, &name).is_some() || !path.is_file() {
            return Ok(());
        }
        let mut log = File::options().append(true).create(begin).open(path)?;
        log.write_all(&self.line())
    }

    fn line(&self) -> Vec<u8> {
        let from = self.from.unwrap_or(Oid::ZERO_SHA1);
        let why = self.why.lines().next().unwrap_or_default();
        let time = self.by.when().seconds();
        let mut line = format!("{from} {} ", self.to).into_bytes();
        line.extend_from_slice(self.by.name_bytes());
        line.extend_from_slice(b" <");
        line.extend_from_slice(self.by.email_bytes());
        line.extend_from_slice(format!("> {time} +0000\t{why}\n").as_bytes());
        line
    }
}
