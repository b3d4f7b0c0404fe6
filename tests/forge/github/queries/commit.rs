//! The mutation `createCommitOnBranch`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::Oid;
use serde_json::Value;

use super::super::super::git::{Change, Draft, Git, NotMade};
use super::super::super::graphql::{Arguments, Failure};
use super::super::super::repositories::{Access, Repository};
use super::super::Api;
use super::Resolved;
use super::objects::{Thing, find};

/// Who commits for people, as it stands in the commits.
const COMMITTER: (&str, &str) = ("GitHub", "noreply@github.com");

/// A commit that has been made.
pub(super) struct Created {
    repository: Repository,
    branch: String,
    id: Oid,
    mutation: Value,
}

impl Created {
    pub(super) fn field(&self, field: &str) -> Option<Resolved> {
        let repository = self.repository.clone();
        match field {
            "commit" => Some(Resolved::One(Thing::Commit(repository, self.id))),
            "ref" => Some(Resolved::One(Thing::Ref(repository, self.branch.clone()))),
            "clientMutationId" => Some(Resolved::Leaf(self.mutation.clone())),
            _ => None,
        }
    }
}

/// Makes the commit that the argument `input` describes.
pub(super) fn create(api: &Api<'_>, arguments: &Arguments) -> Result<Created, Failure> {
    let input = arguments.get("input").unwrap_or(&Value::Null);
    let text = |pointer: &str| text(input, pointer);
    let repository = find(api, text("/branch/repositoryNameWithOwner"))?;
    let branch = text("/branch/branchName");
    let branch = branch.strip_prefix("refs/heads/").unwrap_or(branch);
    allowed(api, &repository, branch)?;
    let git = Git::open(&repository.folder);
    let expected = text("/expectedHeadOid");
    let tip = git.tip(branch).ok_or_else(|| {
        let message = format!("No such branch '{branch}' in {}.", repository.full_name());
        Failure::refused("NOT_FOUND", message)
    })?;
    if tip.to_string() != expected {
        return Err(stale(expected));
    }
    let person = &api.caller.as_ref().expect("nobody else gets here").person;
    let draft = Draft {
        branch,
        parent: Some(tip),
        changes: &changes(&git, tip, input)?,
        message: &message(text("/message/headline"), text("/message/body")),
        author: (person, api.world.clock.now()),
        committer: COMMITTER,
    };
    let id = git.make(&draft).map_err(|reason| match reason {
        NotMade::Moved => stale(expected),
        NotMade::Path(message) => Failure::refused("UNPROCESSABLE", message),
    })?;
    Ok(Created {
        branch: branch.to_owned(),
        repository,
        id,
        mutation: input["clientMutationId"].clone(),
    })
}

fn text<'v>(input: &'v Value, pointer: &str) -> &'v str {
    input
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn stale(expected: &str) -> Failure {
    let message =
        format!("Expected branch to point to \"{expected}\" but it did not. Pull and try again.");
    Failure::refused("STALE_DATA", message)
}

fn message(headline: &str, body: &str) -> String {
    if body.is_empty() {
        return headline.to_owned();
    }
    format!("{headline}\n\n{body}")
}

fn allowed(api: &Api<'_>, repository: &Repository, branch: &str) -> Result<(), Failure> {
    let refused = |kind, message: &str| Err(Failure::refused(kind, message));
    if repository.archived {
        return refused("FORBIDDEN", "Repository was archived so is read-only.");
    }
    if api.access(repository) < Access::Write {
        let login = api
            .caller
            .as_ref()
            .map_or("", |caller| &caller.person.login);
        let message = format!(
            "{login} does not have the correct permissions to execute `CreateCommitOnBranch`"
        );
        return refused("FORBIDDEN", &message);
    }
    if repository.is_protected(branch) {
        return refused(
            "UNPROCESSABLE",
            "Changes must be made through a pull request.",
        );
    }
    Ok(())
}

fn changes(git: &Git, tip: Oid, input: &Value) -> Result<Vec<Change>, Failure> {
    let listed = |pointer: &str| input.pointer(pointer).and_then(Value::as_array).cloned();
    let path = |change: &Value| change["path"].as_str().unwrap_or_default().to_owned();
    let commit = git.commit(tip).expect("a branch is at a commit");
    let mut changes = Vec::new();
    for deletion in listed("/fileChanges/deletions").unwrap_or_default() {
        let path = path(&deletion);
        if Git::entry(&commit, &path).is_none() {
            let message = format!(
                "A path was requested for deletion which does not exist as of commit oid `{tip}`: {path}"
            );
            return Err(Failure::refused("UNPROCESSABLE", message));
        }
        changes.push(Change::Delete(path));
    }
    for addition in listed("/fileChanges/additions").unwrap_or_default() {
        let contents = addition["contents"].as_str().unwrap_or_default();
        let bytes = STANDARD
            .decode(contents)
            .map_err(|_| Failure::refused("UNPROCESSABLE", "`contents` is not valid Base64."))?;
        changes.push(Change::Put(path(&addition), bytes));
    }
    Ok(changes)
}
