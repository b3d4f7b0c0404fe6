//! Writing the trees of a commit: the steps grafted onto the tree that it goes on.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid, Repository, Tree};

use super::fault;
use super::plan::Step;
use super::tree::read_tree;
use crate::provider::{CommitError, ProviderError};

const FOLDER: i32 = 0o040_000;

/// Writes the trees that change, and adds their ids to `written`. The answer is the root.
pub(super) fn graft(
    git: &Repository,
    base: Option<&Tree<'_>>,
    steps: &[Step],
    written: &mut Vec<Oid>,
) -> Result<Oid, CommitError> {
    let mut root = Branch::default();
    for step in steps {
        root.add(step)?;
    }
    let tree = root.write(git, base, written)?;
    tree.map_or_else(|| empty_tree(git, written), Ok)
}

fn empty_tree(git: &Repository, written: &mut Vec<Oid>) -> Result<Oid, CommitError> {
    let odb = git.odb().map_err(fault::git)?;
    let tree = odb.write(ObjectType::Tree, &[]).map_err(fault::git)?;
    written.push(tree);
    Ok(tree)
}

/// The steps of one path and of the paths below it.
#[derive(Default)]
struct Branch<'a> {
    step: Option<&'a Step>,
    below: BTreeMap<&'a str, Branch<'a>>,
}

impl<'a> Branch<'a> {
    /// Two files of one request cannot be a file and a folder of the same name.
    fn add(&mut self, step: &'a Step) -> Result<(), CommitError> {
        let mut at = self;
        let mut file_above = None;
        for segment in step.path.segments() {
            at = at.below.entry(segment).or_default();
            file_above = file_above.or(at.step.filter(|above| above.new.is_some()));
        }
        let file_here = step.new.is_some() && !at.below.is_empty();
        if let Some(file) = file_above.or(file_here.then_some(step)) {
            let name = file.path.to_string();
            return Err(CommitError::AlreadyExists { name });
        }
        at.step = Some(step);
        Ok(())
    }

    /// Writes this folder; `None` when nothing is left in it, for git keeps no empty folders.
    fn write(
        &self,
        git: &Repository,
        base: Option<&Tree<'_>>,
        written: &mut Vec<Oid>,
    ) -> Result<Option<Oid>, CommitError> {
        let mut builder = git.treebuilder(base).map_err(fault::git)?;
        for (name, branch) in &self.below {
            let entry = match branch.step {
                Some(step) if step.new.is_some() => step.new.map(|blob| (blob, step.mode)),
                _ => branch.write_folder(git, base, name, written)?,
            };
            match entry {
                Some((id, mode)) => {
                    builder.insert(*name, id, mode).map_err(fault::git)?;
                }
                None if builder.get(name).map_err(fault::git)?.is_some() => {
                    builder.remove(*name).map_err(fault::git)?;
                }
                None => {}
            }
        }
        if builder.is_empty() {
            return Ok(None);
        }
        let tree = builder.write().map_err(fault::git)?;
        written.push(tree);
        Ok(Some(tree))
    }

    fn write_folder(
        &self,
        git: &Repository,
        base: Option<&Tree<'_>>,
        name: &str,
        written: &mut Vec<Oid>,
    ) -> Result<Option<(Oid, i32)>, CommitError> {
        let old = subtree(git, base, name)?;
        let tree = self.write(git, old.as_ref(), written)?;
        Ok(tree.map(|tree| (tree, FOLDER)))
    }
}

fn subtree<'git>(
    git: &'git Repository,
    base: Option<&Tree<'_>>,
    name: &str,
) -> Result<Option<Tree<'git>>, ProviderError> {
    let folder = base
        .and_then(|tree| tree.get_name(name))
        .filter(|entry| entry.filemode() == FOLDER);
    folder.map_or(Ok(None), |entry| read_tree(git, entry.id()))
}
