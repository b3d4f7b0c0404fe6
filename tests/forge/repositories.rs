//! The bare repositories, by name, and who may do what in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::Timestamp;

/// What somebody may do in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    None,
    Read,
    Write,
    Admin,
}

/// A repository.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    pub(crate) id: u64,
    /// A group in a group is named with both, `a/b`.
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) created: Timestamp,
    pub(crate) archived: bool,
    access: BTreeMap<String, Access>,
    /// Who has their access by a group that it is shared with.
    shared: BTreeSet<String>,
    protected: BTreeSet<String>,
}

impl Repository {
    /// `owner/name`.
    pub(crate) fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// An owner's own repository is theirs to change.
    pub(crate) fn access(&self, login: &str) -> Access {
        let owner = if self.owner == login {
            Access::Admin
        } else {
            Access::None
        };
        self.access.get(login).copied().unwrap_or(owner)
    }

    /// Whether somebody's access is that of a group which the repository is shared with.
    pub(crate) fn is_shared_with(&self, login: &str) -> bool {
        self.shared.contains(login)
    }

    pub(crate) fn is_protected(&self, branch: &str) -> bool {
        self.protected.contains(branch)
    }
}

/// What a name leads to.
pub(crate) enum Found {
    Here(Repository),
    /// The repository is called otherwise by now.
    Moved(Repository),
}

/// All repositories.
pub(crate) struct Repositories {
    root: PathBuf,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    all: Vec<Repository>,
    /// The names that repositories had, in lower case, with the repository's number.
    former: BTreeMap<String, u64>,
}

impl Repositories {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self {
            root,
            kept: Mutex::default(),
        }
    }

    /// Creates an empty bare repository whose default branch is to be `main`.
    pub(crate) fn create(&self, full_name: &str, created: Timestamp) -> PathBuf {
        let (owner, name) = split(full_name);
        let mut kept = self.kept.lock().unwrap();
        let id = 5001 + kept.all.len() as u64;
        let folder = self.root.join(format!("{id}.git"));
        initialise(&folder);
        kept.all.push(Repository {
            id,
            owner: owner.to_owned(),
            name: name.to_owned(),
            folder: folder.clone(),
            created,
            archived: false,
            access: BTreeMap::new(),
            shared: BTreeSet::new(),
            protected: BTreeSet::new(),
        });
        folder
    }

    pub(crate) fn find(&self, full_name: &str) -> Option<Found> {
        let kept = self.kept.lock().unwrap();
        let same = |one: &&Repository| one.full_name().eq_ignore_ascii_case(full_name);
        if let Some(here) = kept.all.iter().find(same) {
            return Some(Found::Here(here.clone()));
        }
        let id = kept.former.get(&full_name.to_ascii_lowercase())?;
        let moved = kept.all.iter().find(|one| one.id == *id)?;
        Some(Found::Moved(moved.clone()))
    }

    pub(crate) fn by_id(&self, id: u64) -> Option<Repository> {
        let kept = self.kept.lock().unwrap();
        kept.all.iter().find(|one| one.id == id).cloned()
    }

    /// All that this person may read, the oldest first.
    pub(crate) fn of(&self, login: &str) -> Vec<Repository> {
        let kept = self.kept.lock().unwrap();
        let may = |one: &&Repository| one.access(login) >= Access::Read;
        kept.all.iter().filter(may).cloned().collect()
    }

    pub(crate) fn grant(&self, login: &str, full_name: &str, access: Access) {
        self.change(full_name, |one| {
            one.access.insert(login.to_owned(), access);
        });
    }

    pub(crate) fn share(&self, login: &str, full_name: &str, access: Access) {
        self.grant(login, full_name, access);
        self.change(full_name, |one| {
            one.shared.insert(login.to_owned());
        });
    }

    pub(crate) fn protect(&self, full_name: &str, branch: &str) {
        self.change(full_name, |one| {
            one.protected.insert(branch.to_owned());
        });
    }

    pub(crate) fn archive(&self, full_name: &str) {
        self.change(full_name, |one| one.archived = true);
    }

    /// The old name leads to the repository from now on.
    pub(crate) fn rename(&self, from: &str, to: &str) {
        let (owner, name) = split(to);
        let mut id = 0;
        self.change(from, |one| {
            id = one.id;
            owner.clone_into(&mut one.owner);
            name.clone_into(&mut one.name);
        });
        let mut kept = self.kept.lock().unwrap();
        kept.former.insert(from.to_ascii_lowercase(), id);
    }

    fn change(&self, full_name: &str, change: impl FnOnce(&mut Repository)) {
        let mut kept = self.kept.lock().unwrap();
        let mut all = kept.all.iter_mut();
        let one = all.find(|one| one.full_name() == full_name);
        change(one.expect("a test names a repository that there is"));
    }
}

fn split(full_name: &str) -> (&str, &str) {
    full_name
        .rsplit_once('/')
        .expect("a repository is called owner/name")
}

fn initialise(folder: &Path) {
    let mut options = git2::RepositoryInitOptions::new();
    options
        .bare(true)
        .initial_head("main")
        .external_template(false);
    git2::Repository::init_opts(folder, &options).expect("the folder is the forge's own");
}
