//! Where a branch is checked out: the main work tree and the linked ones.

use std::fs;
use std::path::{Path, PathBuf};

use super::inside;
use super::refs;
use super::repo::Place;
use crate::provider::BranchName;

/// The longest file that names a folder, in bytes: a path and what is around it.
const POINTER_MAX: u64 = 8192;

/// A work tree that shows a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checkout {
    /// The folder in which the files are.
    pub(super) work_tree: PathBuf,
    /// The part of its git folder below the repository's: empty for the main work tree, or
    /// `worktrees/<id>/`.
    pub(super) prefix: String,
}

/// The work trees whose `HEAD` is on this branch.
pub(super) fn of(place: &Place, branch: &BranchName) -> Vec<Checkout> {
    let on_branch = |git_dir: &Path| refs::head(git_dir).as_ref() == Some(branch);
    let main = place.work_tree.iter().map(|work_tree| Checkout {
        work_tree: work_tree.clone(),
        prefix: String::new(),
    });
    let linked = fs::read_dir(place.git_dir.join("worktrees"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| linked(&entry.path()));
    main.chain(linked)
        .filter(|checkout| on_branch(&place.git_dir.join(&checkout.prefix)))
        .collect()
}

/// The linked work tree that this folder in `worktrees/` stands for. It must point back: what is
/// only claimed here, by whoever wrote the repository, is nobody's work tree. One that has been
/// removed, or is on a disk that is not there, is left out.
fn linked(own: &Path) -> Option<Checkout> {
    let read = |path: PathBuf| {
        let text = inside::read_short(&path, POINTER_MAX).ok()?;
        String::from_utf8(text).ok()
    };
    let pointer = read(own.join("gitdir"))?;
    let dot_git = own.join(pointer.trim_end_matches('\n'));
    let work_tree = fs::canonicalize(dot_git.parent()?).ok()?;
    let back = read(work_tree.join(".git"))?;
    let back = work_tree.join(back.strip_prefix("gitdir:")?.trim());
    let points_back = fs::canonicalize(back).ok()? == fs::canonicalize(own).ok()?;
    let id = own.file_name()?.to_str()?;
    points_back.then(|| Checkout {
        work_tree,
        prefix: format!("worktrees/{id}/"),
    })
}
