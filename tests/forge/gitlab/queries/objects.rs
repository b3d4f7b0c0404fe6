//! The things that can be selected from.

use serde_json::Value;

use super::super::super::git::{Entry, Git};
use super::super::super::graphql::{self, Arguments, Failure};
use super::super::super::people::Person;
use super::super::super::repositories::{Access, Found, Repository};
use super::super::Api;
use super::connection::Connection;
use super::{Resolved, stored};

/// Something with fields.
pub(super) enum Thing {
    Query,
    User(Person),
    Project(Repository),
    Repository(Repository),
    /// A folder: what is in it.
    Tree(Repository, Vec<Entry>),
    /// Something in a folder, as the folder knows it.
    Entry(Entry),
    /// A file, with what it is made of.
    Blob(Repository, Entry),
    Connection(Connection),
    PageInfo(Value),
}

impl graphql::Thing<Api<'_>> for Thing {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::User(_) => "CurrentUser",
            Self::Project(_) => "Project",
            Self::Repository(_) => "Repository",
            Self::Tree(..) => "Tree",
            Self::Entry(entry) => match entry.kind() {
                "tree" => "TreeEntry",
                "blob" => "Blob",
                _ => "Submodule",
            },
            Self::Blob(..) => "RepositoryBlob",
            Self::Connection(connection) => connection.type_name(),
            Self::PageInfo(_) => "PageInfo",
        }
    }

    fn resolve(
        &self,
        api: &Api<'_>,
        field: &str,
        arguments: &Arguments,
    ) -> Result<Resolved, Failure> {
        let resolved = match self {
            Self::Query => query(api, field, arguments),
            Self::User(person) => user(person, field),
            Self::Project(one) => project(one, field),
            Self::Repository(one) => stored::repository(one, field, arguments),
            Self::Tree(repository, entries) => stored::tree(repository, entries, field, arguments),
            Self::Entry(entry) => stored::entry(entry, field),
            Self::Blob(repository, entry) => stored::blob(repository, entry, field),
            Self::Connection(connection) => connection.field(field),
            Self::PageInfo(page) => page.get(field).cloned().map(Resolved::Leaf),
        };
        resolved.ok_or(Failure::Undefined(graphql::Thing::<Api<'_>>::type_name(
            self,
        )))
    }
}

fn query(api: &Api<'_>, field: &str, arguments: &Arguments) -> Option<Resolved> {
    match field {
        "currentUser" => {
            let caller = api.caller.as_ref();
            let person = caller.map(|caller| Thing::User(caller.person.clone()));
            Some(Resolved::maybe(person))
        }
        // A name that a project had before leads nowhere here.
        "project" => {
            let path = arguments.get("fullPath").and_then(Value::as_str)?;
            let project = match api.world.repositories.find(path) {
                Some(Found::Here(one)) if api.access(&one) >= Access::Read => Some(one),
                _ => None,
            };
            Some(Resolved::maybe(project.map(Thing::Project)))
        }
        _ => None,
    }
}

fn user(person: &Person, field: &str) -> Option<Resolved> {
    let value = match field {
        "id" => format!("gid://gitlab/User/{}", person.id).into(),
        "username" => person.login.as_str().into(),
        "name" => person.name.as_str().into(),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

fn project(one: &Repository, field: &str) -> Option<Resolved> {
    let value = match field {
        "id" => format!("gid://gitlab/Project/{}", one.id).into(),
        "name" | "path" => one.name.as_str().into(),
        "fullPath" => one.full_name().into(),
        "archived" => one.archived.into(),
        "repository" => return Some(Resolved::One(Thing::Repository(one.clone()))),
        _ => return None,
    };
    Some(Resolved::Leaf(value))
}

/// The number of a thing that is read from git, as GraphQL has it.
pub(super) fn gid(kind: &str, entry: &Entry) -> Value {
    format!("gid://gitlab/{kind}/{}", entry.id).into()
}

/// Whether the repository has no branch.
pub(super) fn is_empty(repository: &Repository) -> bool {
    Git::open(&repository.folder).branches().is_empty()
}
