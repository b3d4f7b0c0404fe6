//! What a dialect asks of a bare repository, and the one way to change it.

use std::path::Path;
use std::process::Command;

use git2::build::TreeUpdateBuilder;
use git2::{Commit, FileMode, ObjectType, Oid, Signature, Time, Tree};
use jiff::Timestamp;

use super::people::Person;

/// A repository, opened for one call.
pub(crate) struct Git(git2::Repository);

/// Something in a folder.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) mode: i32,
    pub(crate) id: Oid,
}

/// What has become of a file in a commit.
pub(crate) struct Changed {
    pub(crate) path: String,
    pub(crate) status: &'static str,
    pub(crate) blob: Oid,
    pub(crate) additions: usize,
    pub(crate) deletions: usize,
}

/// What a commit does with a file.
pub(crate) enum Change {
    /// A new file is a plain one; an old one stays executable.
    Put(String, Vec<u8>),
    PutAs(String, Vec<u8>, FileMode),
    Delete(String),
}

/// A commit to be made.
pub(crate) struct Draft<'a> {
    pub(crate) branch: &'a str,
    /// Where the branch is; `None` when there is none yet.
    pub(crate) parent: Option<Oid>,
    pub(crate) changes: &'a [Change],
    pub(crate) message: &'a str,
    pub(crate) author: (&'a Person, Timestamp),
    pub(crate) committer: (&'a str, &'a str),
}

/// Why there is no commit.
#[derive(Debug)]
pub(crate) enum NotMade {
    /// The branch is elsewhere by now.
    Moved,
    /// A path cannot be where it should be.
    Path(String),
}

impl Entry {
    /// What git calls the kind of thing.
    pub(crate) fn kind(&self) -> &'static str {
        match self.mode {
            0o040_000 => "tree",
            0o160_000 => "commit",
            _ => "blob",
        }
    }
}

impl Git {
    pub(crate) fn open(folder: &Path) -> Self {
        Self(git2::Repository::open_bare(folder).expect("the forge made it"))
    }

    /// The default branch, which need not be there yet.
    pub(crate) fn default_branch(&self) -> String {
        let head = self.0.find_reference("HEAD").expect("it has a HEAD");
        let target = head.symbolic_target().ok().flatten();
        let target = target.expect("HEAD names a branch");
        target.trim_start_matches("refs/heads/").to_owned()
    }

    /// All branches by name, with the commits that they are at.
    pub(crate) fn branches(&self) -> Vec<(String, Oid)> {
        let references = self
            .0
            .references_glob("refs/heads/*")
            .expect("the pattern is valid");
        let branch = |reference: git2::Reference<'_>| {
            let name = reference.name().ok()?.strip_prefix("refs/heads/")?;
            Some((name.to_owned(), reference.target()?))
        };
        let mut branches: Vec<_> = references.flatten().filter_map(branch).collect();
        branches.sort();
        branches
    }

    pub(crate) fn tip(&self, branch: &str) -> Option<Oid> {
        let name = format!("refs/heads/{branch}");
        self.0.refname_to_id(&name).ok()
    }

    /// What a tag names: a commit, or an object that names one.
    pub(crate) fn tag(&self, name: &str) -> Option<Oid> {
        let name = format!("refs/tags/{name}");
        self.0.refname_to_id(&name).ok()
    }

    pub(crate) fn tag_object(&self, id: Oid) -> Option<git2::Tag<'_>> {
        self.0.find_tag(id).ok()
    }

    /// The commit that a tag leads to.
    pub(crate) fn tagged(&self, name: &str) -> Option<Commit<'_>> {
        let object = self.0.find_object(self.tag(name)?, None).ok()?;
        object.peel_to_commit().ok()
    }

    /// Gives something a tag: an object by this person, or a light one.
    pub(crate) fn make_tag(&self, name: &str, of: Oid, by: Option<(&Person, Timestamp)>) {
        let of = self.0.find_object(of, None).expect("it is there");
        let made = match by {
            Some((person, now)) => {
                let time = Time::new(now.as_second(), 0);
                let tagger = Signature::new(&person.name, &person.email, &time);
                let tagger = tagger.expect("people have names");
                self.0.tag(name, &of, &tagger, "A release\n", false)
            }
            None => self.0.tag_lightweight(name, &of, false),
        };
        made.expect("there is no such tag yet");
    }

    pub(crate) fn commit(&self, id: Oid) -> Option<Commit<'_>> {
        self.0.find_commit(id).ok()
    }

    /// The commit that a branch or a commit's whole id names.
    pub(crate) fn commit_named(&self, name: &str) -> Option<Commit<'_>> {
        let name = name.strip_prefix("refs/heads/").unwrap_or(name);
        let by_id = || Oid::from_str(name).ok().filter(|_| name.len() == 40);
        self.commit(self.tip(name).or_else(by_id)?)
    }

    pub(crate) fn kind(&self, id: Oid) -> Option<ObjectType> {
        self.0.find_object(id, None).ok()?.kind()
    }

    pub(crate) fn tree(&self, id: Oid) -> Option<Tree<'_>> {
        self.0.find_tree(id).ok()
    }

    /// What is directly in a folder, in git's order; `folder` begins the paths.
    pub(crate) fn entries(&self, tree: Oid, folder: &str) -> Vec<Entry> {
        let Some(tree) = self.tree(tree) else {
            return Vec::new();
        };
        tree.iter()
            .map(|entry| self::entry(&entry, folder))
            .collect()
    }

    /// The same, each folder followed by what is in it when `deep`.
    pub(crate) fn entries_below(&self, tree: Oid, folder: &str, deep: bool) -> Vec<Entry> {
        let mut all = Vec::new();
        for entry in self.entries(tree, folder) {
            let (id, path) = (entry.id, entry.path.clone());
            let enter = deep && entry.kind() == "tree";
            all.push(entry);
            if enter {
                all.extend(self.entries_below(id, &path, deep));
            }
        }
        all
    }

    /// What is at a path of a commit; an empty path has none.
    pub(crate) fn entry(commit: &Commit<'_>, path: &str) -> Option<Entry> {
        let tree = commit.tree().ok()?;
        let entry = tree.get_path(Path::new(path)).ok()?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(self::entry(&entry, folder))
    }

    pub(crate) fn size(&self, blob: Oid) -> Option<usize> {
        let odb = self.0.odb().ok()?;
        odb.read_header(blob).ok().map(|(size, _)| size)
    }

    pub(crate) fn blob(&self, id: Oid) -> Option<Vec<u8>> {
        Some(self.0.find_blob(id).ok()?.content().to_vec())
    }

    /// The commits that changed a path, the newest first and at most so many; without a path, all
    /// of them.
    pub(crate) fn history(&self, from: Oid, path: &str, most: usize) -> Vec<Oid> {
        let mut git = Command::new("git");
        git.arg("--git-dir").arg(self.0.path());
        let most = i32::try_from(most).unwrap_or(i32::MAX);
        git.arg("rev-list").arg(format!("--max-count={most}"));
        git.args([&from.to_string(), "--"]);
        if !path.is_empty() {
            git.arg(format!(":(literal){path}"));
        }
        let listed = git.output().expect("git is there").stdout;
        let listed = String::from_utf8(listed).expect("ids are ASCII");
        listed
            .lines()
            .filter_map(|id| Oid::from_str(id).ok())
            .collect()
    }

    /// The commits that lead to one and not to the other, the oldest first.
    pub(crate) fn between(&self, from: Oid, to: Oid) -> Vec<Oid> {
        let mut walk = self.0.revwalk().expect("a walk can begin");
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE)
            .expect("commits can be sorted");
        walk.push(to).expect("it is a commit");
        walk.hide(from).expect("it is a commit");
        walk.flatten().collect()
    }

    /// The files that a commit changed, against its first parent.
    pub(crate) fn changed(&self, commit: &Commit<'_>) -> Vec<Changed> {
        let before = commit.parent(0).ok().and_then(|parent| parent.tree().ok());
        let after = commit.tree().expect("a commit has a tree");
        let diff = self
            .0
            .diff_tree_to_tree(before.as_ref(), Some(&after), None);
        let diff = diff.expect("both trees are there");
        let changed = |place: usize| {
            let delta = diff.get_delta(place)?;
            let patch = git2::Patch::from_diff(&diff, place).ok().flatten();
            let lines = patch.and_then(|patch| patch.line_stats().ok());
            let (_, additions, deletions) = lines.unwrap_or_default();
            let (file, status) = match delta.status() {
                git2::Delta::Added => (delta.new_file(), "added"),
                git2::Delta::Deleted => (delta.old_file(), "removed"),
                _ => (delta.new_file(), "modified"),
            };
            Some(Changed {
                path: file.path()?.to_string_lossy().into_owned(),
                status,
                blob: file.id(),
                additions,
                deletions,
            })
        };
        (0..diff.deltas().len()).filter_map(changed).collect()
    }

    /// Makes a branch; `false` when it cannot be where another one is.
    pub(crate) fn create_branch(&self, name: &str, at: Oid) -> bool {
        let name = format!("refs/heads/{name}");
        self.0
            .reference(&name, at, false, "branch: created")
            .is_ok()
    }

    /// Makes a commit and moves the branch to it, if the branch is where the commit starts.
    pub(crate) fn make(&self, draft: &Draft<'_>) -> Result<Oid, NotMade> {
        let id = self.write(draft)?;
        let moved = self.advance(draft.branch, draft.parent, id);
        moved.then_some(id).ok_or(NotMade::Moved)
    }

    /// Makes a commit that no branch leads to yet.
    pub(crate) fn write(&self, draft: &Draft<'_>) -> Result<Oid, NotMade> {
        let parent = draft.parent.and_then(|id| self.commit(id));
        let tree = self.changed_tree(parent.as_ref(), draft.changes)?;
        let (person, now) = draft.author;
        let time = Time::new(now.as_second(), 0);
        let author = Signature::new(&person.name, &person.email, &time).expect("people have names");
        let (name, email) = draft.committer;
        let committer = Signature::new(name, email, &time).expect("it has a name");
        let parents: Vec<_> = parent.iter().collect();
        let id = self
            .0
            .commit(None, &author, &committer, draft.message, &tree, &parents);
        Ok(id.expect("all parts are there"))
    }

    /// Moves a branch, if it is at the first of the commits; from none, if there is no such branch.
    pub(crate) fn advance(&self, branch: &str, from: Option<Oid>, to: Oid) -> bool {
        let name = format!("refs/heads/{branch}");
        let moved = match from {
            Some(from) => self.0.reference_matching(&name, to, true, from, "commit"),
            None => self.0.reference(&name, to, false, "commit (initial)"),
        };
        moved.is_ok()
    }

    /// Makes the first branch of a repository, which is the default one from then on.
    pub(crate) fn begin(&self, branch: &str, at: Oid) -> bool {
        let begun = self.advance(branch, None, at);
        if begun {
            let name = format!("refs/heads/{branch}");
            self.0.set_head(&name).expect("the branch is there");
        }
        begun
    }

    fn changed_tree(
        &self,
        parent: Option<&Commit<'_>>,
        changes: &[Change],
    ) -> Result<Tree<'_>, NotMade> {
        let empty = || {
            let builder = self.0.treebuilder(None).expect("it starts empty");
            builder.write().expect("the folder can be written")
        };
        let base = parent.map_or_else(empty, Commit::tree_id);
        let base = self.tree(base).expect("it has just been found or written");
        let refused = |error: git2::Error| NotMade::Path(error.message().to_owned());
        // What is deleted goes first: a file may give way to a folder.
        let (mut deletions, mut puts) = (TreeUpdateBuilder::new(), TreeUpdateBuilder::new());
        let mut put = |path: &str, bytes: &[u8], mode: FileMode| {
            let blob = self.0.blob(bytes).expect("the folder can be written");
            puts.upsert(path, blob, mode);
        };
        for change in changes {
            match change {
                Change::Put(path, bytes) => {
                    let known = parent.and_then(|commit| Self::entry(commit, path));
                    put(path, bytes, mode_of(known.as_ref()));
                }
                Change::PutAs(path, bytes, mode) => put(path, bytes, *mode),
                Change::Delete(path) => {
                    deletions.remove(path.as_str());
                }
            }
        }
        let left = deletions.create_updated(&self.0, &base).map_err(refused)?;
        let left = self.tree(left).expect("it has just been written");
        let made = puts.create_updated(&self.0, &left).map_err(refused)?;
        Ok(self.tree(made).expect("it has just been written"))
    }

    /// Whether git takes the name for a branch.
    pub(crate) fn is_branch_name(name: &str) -> bool {
        git2::Branch::name_is_valid(name).unwrap_or(false)
    }
}

/// A file stays executable when it was.
fn mode_of(known: Option<&Entry>) -> FileMode {
    match known.map(|entry| entry.mode) {
        Some(0o100_755) => FileMode::BlobExecutable,
        _ => FileMode::Blob,
    }
}

fn entry(entry: &git2::TreeEntry<'_>, folder: &str) -> Entry {
    let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
    let path = if folder.is_empty() {
        name.clone()
    } else {
        format!("{folder}/{name}")
    };
    Entry {
        name,
        path,
        mode: entry.filemode(),
        id: entry.id(),
    }
}
