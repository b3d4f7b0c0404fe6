//! Reading trees: what is at a path, without ever following a link or a submodule.

use std::collections::HashMap;
use std::sync::Arc;

use git2::{ObjectType, Oid, Repository, Tree};

use super::fault;
use crate::provider::{CommitId, Entry, EntryKind, FilePath, ProviderError};

/// The largest object that is read or saved, in bytes. Its size is asked before it is inflated.
pub(super) const OBJECT_MAX: usize = 64 << 20;

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// Nothing, and nothing can be put there: this parent is not a folder.
    Under(String),
    /// A regular file: its blob and its mode.
    File(Oid, i32),
    /// A folder: its tree.
    Folder(Oid),
    /// A symbolic link, a submodule, or something that git does not know.
    Other,
}

/// Finds paths in the tree of one commit. Each folder is read once, however many paths share it.
pub(super) struct Finder<'git> {
    git: &'git Repository,
    folders: HashMap<String, Option<Tree<'git>>>,
}

impl<'git> Finder<'git> {
    /// Starts at the tree of `commit`.
    pub(super) fn at(git: &'git Repository, commit: &CommitId) -> Result<Self, ProviderError> {
        let root = tree_of(git, oid(commit.as_str()))?;
        Ok(Self::over(git, Some(root)))
    }

    /// Starts at this tree; `None` is the tree of a repository without any commit.
    pub(super) fn over(git: &'git Repository, root: Option<Tree<'git>>) -> Self {
        Self {
            git,
            folders: HashMap::from([(String::new(), root)]),
        }
    }

    /// What is at `path`.
    pub(super) fn find(&mut self, path: &FilePath) -> Result<Found, ProviderError> {
        let mut parent = String::new();
        let mut found = Found::Nothing;
        for (depth, segment) in path.segments().enumerate() {
            if depth > 0 {
                match found {
                    Found::Folder(tree) => self.enter(&parent, tree)?,
                    Found::Nothing => return Ok(Found::Nothing),
                    _ => return Ok(Found::Under(parent)),
                }
            }
            let folder = self.folders.get(&parent).and_then(Option::as_ref);
            found = folder.map_or(Found::Nothing, |tree| entry(tree, segment));
            if depth > 0 {
                parent.push('/');
            }
            parent.push_str(segment);
        }
        Ok(found)
    }

    fn enter(&mut self, folder: &str, tree: Oid) -> Result<(), ProviderError> {
        if !self.folders.contains_key(folder) {
            let tree = read_tree(self.git, tree)?;
            self.folders.insert(folder.to_owned(), tree);
        }
        Ok(())
    }
}

fn entry(tree: &Tree<'_>, name: &str) -> Found {
    tree.get_name(name)
        .map_or(Found::Nothing, |entry| match kind(entry.filemode_raw()) {
            EntryKind::File => Found::File(entry.id(), entry.filemode()),
            EntryKind::Folder => Found::Folder(entry.id()),
            EntryKind::Other => Found::Other,
        })
}

fn kind(mode: i32) -> EntryKind {
    match mode & 0o170_000 {
        0o100_000 => EntryKind::File,
        0o040_000 => EntryKind::Folder,
        _ => EntryKind::Other,
    }
}

/// The entries of a tree, in byte order of their names. An entry whose name is not UTF-8 cannot be
/// asked for by any path, so that it is listed as [`EntryKind::Other`].
pub(super) fn entries(git: &Repository, tree: Oid) -> Result<Arc<[Entry]>, ProviderError> {
    let Some(tree) = read_tree(git, tree)? else {
        return Ok(Arc::default());
    };
    let mut entries: Vec<Entry> = tree
        .iter()
        .map(|entry| match str::from_utf8(entry.name_bytes()) {
            Ok(name) => Entry {
                name: name.to_owned(),
                kind: kind(entry.filemode_raw()),
            },
            Err(_) => Entry {
                name: String::from_utf8_lossy(entry.name_bytes()).into_owned(),
                kind: EntryKind::Other,
            },
        })
        .collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries.into())
}

/// The bytes of a blob; `None` when the object is something else.
pub(super) fn read_blob(git: &Repository, blob: Oid) -> Result<Option<Vec<u8>>, ProviderError> {
    let odb = git.odb().map_err(fault::git)?;
    if !is(&odb, blob, ObjectType::Blob)? {
        return Ok(None);
    }
    let object = odb.read(blob).map_err(fault::git)?;
    Ok(Some(object.data().to_vec()))
}

/// The tree of a commit.
pub(super) fn tree_of(git: &Repository, commit: Oid) -> Result<Tree<'_>, ProviderError> {
    let tree = find_commit(git, commit)?.tree_id();
    read_tree(git, tree)?.ok_or(ProviderError::NotFound { what: "commit" })
}

/// The commit with this id.
pub(super) fn find_commit(
    git: &Repository,
    commit: Oid,
) -> Result<git2::Commit<'_>, ProviderError> {
    let odb = git.odb().map_err(fault::git)?;
    let absent = ProviderError::NotFound { what: "commit" };
    match odb.read_header(commit) {
        Ok((_, ObjectType::Commit)) => {}
        Ok(_) => return Err(absent),
        Err(error) if error.code() == git2::ErrorCode::NotFound => return Err(absent),
        Err(error) => return Err(fault::git(error)),
    }
    is(&odb, commit, ObjectType::Commit)?;
    git.find_commit(commit).map_err(fault::git)
}

/// The tree with this id; `None` when the object is something else.
pub(super) fn read_tree(git: &Repository, tree: Oid) -> Result<Option<Tree<'_>>, ProviderError> {
    let odb = git.odb().map_err(fault::git)?;
    if !is(&odb, tree, ObjectType::Tree)? {
        return Ok(None);
    }
    git.find_tree(tree).map(Some).map_err(fault::git)
}

/// Whether the object is of this type, and small enough to be read.
fn is(odb: &git2::Odb<'_>, object: Oid, wanted: ObjectType) -> Result<bool, ProviderError> {
    let (size, found) = odb.read_header(object).map_err(fault::git)?;
    if found == wanted && size > OBJECT_MAX {
        return Err(ProviderError::TooLarge);
    }
    Ok(found == wanted)
}

/// The object id that 40 hexadecimal digits name.
pub(super) fn oid(hex: &str) -> Oid {
    Oid::from_str(hex).expect("the id types hold 40 hexadecimal digits")
}
