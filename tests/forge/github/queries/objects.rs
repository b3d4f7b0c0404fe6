//! The things that can be selected from, and the fields of accounts and repositories.

use git2::Oid;
use serde_json::Value;

use super::super::super::git::{Entry, Git};
use super::super::super::graphql::{self, Arguments, Failure};
use super::super::super::people::Person;
use super::super::super::repositories::{Access, Found, Repository};
use super::super::Api;
use super::{Resolved, commit, history, stored};

/// Something with fields.
pub(super) enum Thing {
    Query,
    Mutation,
    User(Person),
    Repository(Repository),
    Ref(Repository, String),
    Commit(Repository, Oid),
    /// Name, address and time.
    Actor(Value),
    History(history::Part),
    PageInfo(history::Part),
    /// A folder with its path.
    Tree(Repository, Oid, String),
    TreeEntry(Repository, Entry),
    Blob(Repository, Oid),
    Created(commit::Created),
}

impl graphql::Thing<Api<'_>> for Thing {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::Mutation => "Mutation",
            Self::User(_) => "User",
            Self::Repository(_) => "Repository",
            Self::Ref(..) => "Ref",
            Self::Commit(..) => "Commit",
            Self::Actor(_) => "GitActor",
            Self::History(_) => "CommitHistoryConnection",
            Self::PageInfo(_) => "PageInfo",
            Self::Tree(..) => "Tree",
            Self::TreeEntry(..) => "TreeEntry",
            Self::Blob(..) => "Blob",
            Self::Created(_) => "CreateCommitOnBranchPayload",
        }
    }

    fn resolve(
        &self,
        api: &Api<'_>,
        field: &str,
        arguments: &Arguments,
    ) -> Result<Resolved, Failure> {
        let resolved = match self {
            Self::Query => return query(api, field, arguments),
            Self::Mutation if field == "createCommitOnBranch" => {
                let created = commit::create(api, arguments)?;
                return Ok(Resolved::One(Self::Created(created)));
            }
            Self::Mutation => None,
            Self::User(person) => user(person, field),
            Self::Repository(one) => repository(api, one, field, arguments),
            Self::Ref(repository, name) => reference(repository, name, field),
            Self::Commit(repository, id) if field == "history" => {
                Some(history::of(repository, *id, arguments)?)
            }
            Self::Commit(repository, id) => stored::commit(api, repository, *id, field, arguments),
            Self::Actor(actor) => actor.get(field).cloned().map(Resolved::Leaf),
            Self::History(part) => part.field(field),
            Self::PageInfo(part) => part.page_info(field),
            Self::Tree(repository, id, path) => stored::tree(repository, *id, path, field),
            Self::TreeEntry(repository, entry) => stored::entry(repository, entry, field),
            Self::Blob(repository, id) => stored::blob(repository, *id, field),
            Self::Created(created) => created.field(field),
        };
        resolved.ok_or(Failure::Undefined(self.type_name()))
    }

    fn is_a(&self, condition: &str) -> bool {
        let kind = self.type_name();
        let interfaces: &[&str] = match kind {
            "Commit" | "Tree" | "Blob" => &["Node", "GitObject"],
            "User" => &["Node", "Actor", "RepositoryOwner"],
            "Repository" | "Ref" => &["Node"],
            _ => &[],
        };
        kind == condition || interfaces.contains(&condition)
    }
}

fn query(api: &Api<'_>, field: &str, arguments: &Arguments) -> Result<Resolved, Failure> {
    let part = |name: &str| {
        arguments
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    match field {
        "viewer" => {
            let caller = api.caller.as_ref();
            let person = caller.map(|caller| Thing::User(caller.person.clone()));
            Ok(Resolved::maybe(person))
        }
        "repository" => {
            let name = format!("{}/{}", part("owner"), part("name"));
            Ok(Resolved::One(Thing::Repository(find(api, &name)?)))
        }
        _ => Err(Failure::Undefined("Query")),
    }
}

/// A repository that the caller may read, by its present or a former name.
pub(super) fn find(api: &Api<'_>, full_name: &str) -> Result<Repository, Failure> {
    let found = api
        .world
        .repositories
        .find(full_name)
        .map(|found| match found {
            Found::Here(repository) | Found::Moved(repository) => repository,
        });
    let readable = found.filter(|repository| api.access(repository) >= Access::Read);
    readable.ok_or_else(|| {
        let message = format!("Could not resolve to a Repository with the name '{full_name}'.");
        Failure::refused("NOT_FOUND", message)
    })
}

fn user(person: &Person, field: &str) -> Option<Resolved> {
    let value = match field {
        "login" => person.login.as_str().into(),
        "name" => person.name.as_str().into(),
        "email" => person.email.as_str().into(),
        "databaseId" => person.id.into(),
        "id" => format!("U_{}", person.id).into(),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

fn repository(
    api: &Api<'_>,
    repository: &Repository,
    field: &str,
    arguments: &Arguments,
) -> Option<Resolved> {
    let git = Git::open(&repository.folder);
    let value = match field {
        "id" => format!("R_{}", repository.id).into(),
        "databaseId" => repository.id.into(),
        "name" => repository.name.as_str().into(),
        "nameWithOwner" => repository.full_name().into(),
        "isEmpty" => git.branches().is_empty().into(),
        "isArchived" => repository.archived.into(),
        "isPrivate" => true.into(),
        "viewerPermission" => permission(api.access(repository)),
        "defaultBranchRef" => {
            let name = git.default_branch();
            return Some(Resolved::maybe(branch(&git, repository, &name)));
        }
        "ref" => {
            let name = arguments.get("qualifiedName").and_then(Value::as_str)?;
            return Some(Resolved::maybe(branch(&git, repository, name)));
        }
        "object" => return Some(Resolved::maybe(stored::object(&git, repository, arguments))),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

fn permission(access: Access) -> Value {
    match access {
        Access::None => Value::Null,
        Access::Read => "READ".into(),
        Access::Write => "WRITE".into(),
        Access::Admin => "ADMIN".into(),
    }
}

fn branch(git: &Git, repository: &Repository, name: &str) -> Option<Thing> {
    let name = name.strip_prefix("refs/heads/").unwrap_or(name);
    git.tip(name)?;
    Some(Thing::Ref(repository.clone(), name.to_owned()))
}

fn reference(repository: &Repository, name: &str, field: &str) -> Option<Resolved> {
    let value = match field {
        "name" => name.into(),
        "prefix" => "refs/heads/".into(),
        "id" => format!("REF_{}_{name}", repository.id).into(),
        "target" => {
            let tip = Git::open(&repository.folder).tip(name);
            let commit = tip.map(|tip| Thing::Commit(repository.clone(), tip));
            return Some(Resolved::maybe(commit));
        }
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}
