//! The one way to change files: a form that becomes a commit.

use git2::Oid;

use super::super::asked::{Answer, Answered};
use super::super::git::{Change, Draft, Git, NotMade};
use super::super::people::Person;
use super::super::repositories::Repository;
use super::form::Form;
use super::{Api, errors};

/// `POST …/src`
pub(super) fn commit(api: &Api<'_>, repository: &Repository) -> Answered {
    let person = api.may_write(repository)?;
    let form = Form::of(api.asked)?;
    let git = Git::open(&repository.folder);
    let wanted = Wanted::of(repository, &git, &form)?;
    let author = author(person, form.field("author"));
    let made = loop {
        let start = wanted.start()?;
        match wanted.make(api, &author, person, start) {
            // Without a parent the last one wins.
            Err(Refused::Moved) if wanted.parent.is_none() => {}
            Err(Refused::Moved) => return Err(moved()),
            Err(Refused::Told(answer)) => return Err(answer),
            Ok(made) => break made,
        }
    };
    let path = format!("repositories/{}/commit/{made}", repository.full_name());
    Ok(Answer::of(201, "text/html; charset=utf-8", "").with("location", api.link(&path)))
}

/// A commit that is asked for.
struct Wanted<'a> {
    git: &'a Git,
    form: &'a Form,
    branch: String,
    /// Where the client says that the branch is.
    parent: Option<Oid>,
}

/// Where a commit goes.
#[derive(Clone, Copy)]
enum Start {
    /// On a branch that is there.
    Tip(Oid),
    /// To a branch that is made for it.
    New(Oid),
    /// To a repository that has none.
    Nothing,
}

enum Refused {
    /// Somebody else was first.
    Moved,
    Told(Answer),
}

impl<'a> Wanted<'a> {
    fn of(repository: &Repository, git: &'a Git, form: &'a Form) -> Result<Self, Answer> {
        let branch = form.field("branch").map(ToOwned::to_owned);
        let branch = branch.unwrap_or_else(|| git.default_branch());
        if !Git::is_branch_name(&branch) {
            return Err(errors::field("branch", "Invalid branch name"));
        }
        if repository.is_protected(&branch) {
            return Err(errors::error(
                400,
                &format!("Permission denied to update branch {branch}."),
            ));
        }
        let parents = form.field("parents");
        let parent = parents.map(|sha| parent(git, sha)).transpose()?;
        Ok(Self {
            git,
            form,
            branch,
            parent,
        })
    }

    /// Where the commit goes as things are now.
    fn start(&self) -> Result<Start, Answer> {
        let default = self.git.tip(&self.git.default_branch());
        match (self.git.tip(&self.branch), self.parent) {
            (Some(tip), Some(parent)) if tip != parent => Err(moved()),
            (Some(tip), _) => Ok(Start::Tip(tip)),
            (None, parent) => Ok(parent.or(default).map_or(Start::Nothing, Start::New)),
        }
    }

    fn make(
        &self,
        api: &Api<'_>,
        author: &Person,
        person: &Person,
        start: Start,
    ) -> Result<Oid, Refused> {
        let parent = match start {
            Start::Tip(at) | Start::New(at) => Some(at),
            Start::Nothing => None,
        };
        let draft = Draft {
            branch: &self.branch,
            parent,
            changes: &self.changes(),
            message: self
                .form
                .field("message")
                .unwrap_or("Edited with Bitbucket"),
            author: (author, api.world.clock.now()),
            committer: (&person.name, &person.email),
        };
        let made = self.git.write(&draft).map_err(refused)?;
        let placed = match start {
            Start::Tip(tip) if self.is_same(tip, made) => {
                // Of what Bitbucket says here, the status alone is known.
                return Err(Refused::Told(errors::error(409, "No changes")));
            }
            Start::Tip(tip) => self.git.advance(&self.branch, Some(tip), made),
            Start::New(_) => self.git.create_branch(&self.branch, made),
            Start::Nothing => self.git.begin(&self.branch, made),
        };
        placed.then_some(made).ok_or(Refused::Moved)
    }

    fn changes(&self) -> Vec<Change> {
        let put = self
            .form
            .files
            .iter()
            .map(|file| Change::PutAs(file.path.clone(), file.bytes.to_vec(), file.mode));
        put.chain(self.form.deleted().into_iter().map(Change::Delete))
            .collect()
    }

    fn is_same(&self, one: Oid, other: Oid) -> bool {
        let tree = |id| self.git.commit(id).map(|commit| commit.tree_id());
        tree(one) == tree(other)
    }
}

/// The first of the parents, by its whole id.
fn parent(git: &Git, shas: &str) -> Result<Oid, Answer> {
    let sha = shas.split(',').next().unwrap_or_default().trim();
    let id = Oid::from_str(sha).ok().filter(|_| sha.len() == 40);
    let commit = id.and_then(|id| git.commit(id));
    let none = || errors::field("parents", &format!("Commit not found: {sha}"));
    Ok(commit.ok_or_else(none)?.id())
}

/// The words are not known, only the status.
fn moved() -> Answer {
    errors::error(409, "The parent is not the branch's latest commit")
}

fn refused(reason: NotMade) -> Refused {
    match reason {
        NotMade::Moved => Refused::Moved,
        NotMade::Path(path) => Refused::Told(errors::field("files", &path)),
    }
}

/// Who is named as the author, `Name <address>`; the person who calls unless somebody is.
fn author(person: &Person, named: Option<&str>) -> Person {
    let mut author = person.clone();
    let named = named.and_then(|raw| raw.strip_suffix('>')?.split_once(" <"));
    if let Some((name, email)) = named {
        (author.name, author.email) = (name.to_owned(), email.to_owned());
    }
    author
}
