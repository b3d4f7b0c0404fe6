//! Files and folders by their paths.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::Oid;
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Change, Draft, Entry, Git, NotMade};
use super::super::people::Person;
use super::super::repositories::Repository;
use super::objects::{BLOB_MAX, base64_lines, commit_body, raw};
use super::rest::escaped;
use super::{Api, errors};

/// The largest file whose content is in the JSON, in bytes.
const INLINE_MAX: usize = 1024 * 1024;
/// The most entries of a folder; further ones are left out without a word.
const FOLDER_MAX: usize = 1000;

/// `GET …/contents/{path}`
pub(super) fn read(api: &Api<'_>, repository: &Repository, path: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let branch = api
        .asked
        .query("ref")
        .unwrap_or_else(|| git.default_branch());
    let none = || errors::error(404, &format!("No commit found for the ref {branch}"));
    let commit = git.commit_named(&branch).ok_or_else(none)?;
    let path = path.trim_end_matches('/');
    let entry = Git::entry(&commit, path);
    let folder = if path.is_empty() {
        Some(commit.tree_id())
    } else {
        entry
            .as_ref()
            .filter(|entry| entry.kind() == "tree")
            .map(|entry| entry.id)
    };
    if let Some(tree) = folder {
        let entries = git.entries(tree, path);
        let shown = entries.iter().take(FOLDER_MAX);
        let bodies: Value = shown
            .map(|entry| item(api, repository, &git, entry, &branch))
            .collect();
        return Ok(Answer::json(200, &bodies));
    }
    let entry = entry.ok_or_else(errors::not_found)?;
    whole(api, repository, &git, &entry, &branch)
}

/// A single file, link or submodule.
fn whole(
    api: &Api<'_>,
    repository: &Repository,
    git: &Git,
    entry: &Entry,
    branch: &str,
) -> Answered {
    let mut body = item(api, repository, git, entry, branch);
    if entry.kind() == "commit" {
        body["type"] = "submodule".into();
        body["submodule_git_url"] = "https://example.com/module.git".into();
        return Ok(Answer::json(200, &body));
    }
    if git.size(entry.id).is_some_and(|size| size > BLOB_MAX) {
        return Err(errors::too_large());
    }
    let bytes = git.blob(entry.id).ok_or_else(errors::not_found)?;
    if raw(api) {
        return Ok(Answer::of(
            200,
            "application/vnd.github.raw+json; charset=utf-8",
            bytes,
        ));
    }
    if body["type"] == "symlink" {
        body["target"] = String::from_utf8_lossy(&bytes).into();
        return Ok(Answer::json(200, &body));
    }
    let inline = bytes.len() <= INLINE_MAX;
    body["content"] = if inline {
        base64_lines(&bytes).into()
    } else {
        "".into()
    };
    body["encoding"] = if inline { "base64" } else { "none" }.into();
    Ok(Answer::json(200, &body))
}

/// Something in a folder.
fn item(api: &Api<'_>, repository: &Repository, git: &Git, entry: &Entry, branch: &str) -> Value {
    let (name, path, id) = (repository.full_name(), escaped(&entry.path), entry.id);
    let branch = escaped(branch);
    let newer = api.asked.header("x-github-api-version") > Some("2022-11-28");
    let kind = match entry.mode {
        0o040_000 => "dir",
        0o120_000 => "symlink",
        0o160_000 if newer => "submodule",
        _ => "file",
    };
    let (git_kind, page) = match entry.kind() {
        "tree" => ("trees", "tree"),
        _ => ("blobs", "blob"),
    };
    let own = api.link(&format!("repos/{name}/contents/{path}?ref={branch}"));
    let object = api.link(&format!("repos/{name}/git/{git_kind}/{id}"));
    let page = format!("{}{name}/{page}/{branch}/{path}", api.world.url);
    let download = format!("{}raw/{name}/{branch}/{path}", api.world.url);
    json!({
        "name": entry.name, "path": entry.path, "sha": id.to_string(),
        "size": if entry.kind() == "blob" { git.size(id).unwrap_or_default() } else { 0 },
        "url": own, "html_url": page, "git_url": object, "type": kind,
        "download_url": (kind == "file").then_some(download),
        "_links": { "self": own, "git": object, "html": page },
    })
}

/// `PUT …/contents/{path}`
pub(super) fn put(api: &Api<'_>, repository: &Repository, path: &str) -> Answered {
    let person = api.may_write(repository)?;
    let wanted = Wanted::of(api, repository, path)?;
    let encoded = wanted.text("content").ok_or_else(|| missing("content"))?;
    let encoded: String = encoded.split_whitespace().collect();
    let bytes = STANDARD.decode(encoded);
    let bytes = bytes.map_err(|_| errors::error(422, "content is not valid Base64"))?;
    let known = wanted.known();
    match (&known, wanted.text("sha")) {
        (Some(_), None) => return Err(missing("sha")),
        (None, None) => {}
        (known, Some(sha)) => matches(known.as_ref(), &sha, path)?,
    }
    let commit = wanted.make(person, Change::Put(path.to_owned(), bytes))?;
    let status = if known.is_some() { 200 } else { 201 };
    Ok(wanted.answer(status, commit))
}

/// `DELETE …/contents/{path}`
pub(super) fn delete(api: &Api<'_>, repository: &Repository, path: &str) -> Answered {
    let person = api.may_write(repository)?;
    let wanted = Wanted::of(api, repository, path)?;
    let sha = wanted.text("sha").ok_or_else(|| missing("sha"))?;
    let known = wanted.known().ok_or_else(errors::not_found)?;
    matches(Some(&known), &sha, path)?;
    let commit = wanted.make(person, Change::Delete(path.to_owned()))?;
    Ok(wanted.answer(200, commit))
}

fn missing(name: &str) -> Answer {
    errors::error(
        422,
        &format!("Invalid request.\n\n\"{name}\" wasn't supplied."),
    )
}

fn matches(known: Option<&Entry>, sha: &str, path: &str) -> Result<(), Answer> {
    if known.is_some_and(|entry| entry.id.to_string() == sha) {
        return Ok(());
    }
    Err(errors::error(409, &format!("{path} does not match {sha}")))
}

/// A change that is asked for, with where the branch was when it was asked.
struct Wanted<'a> {
    api: &'a Api<'a>,
    repository: &'a Repository,
    git: Git,
    path: &'a str,
    body: Value,
    branch: String,
    parent: Option<Oid>,
    message: String,
}

impl<'a> Wanted<'a> {
    fn of(api: &'a Api<'a>, repository: &'a Repository, path: &'a str) -> Result<Self, Answer> {
        let git = Git::open(&repository.folder);
        let body = api.asked.json();
        let text = |name: &str| body[name].as_str().map(ToOwned::to_owned);
        let message = text("message").ok_or_else(|| missing("message"))?;
        let branch = text("branch").unwrap_or_else(|| git.default_branch());
        let parent = git.tip(&branch);
        let begins = git.branches().is_empty() && branch == git.default_branch();
        if parent.is_none() && !begins {
            return Err(errors::error(404, &format!("Branch {branch} not found")));
        }
        if repository.is_protected(&branch) {
            let rule = "Changes must be made through a pull request.";
            return Err(errors::rule_violation(rule));
        }
        Ok(Self {
            api,
            repository,
            git,
            path,
            body,
            branch,
            parent,
            message,
        })
    }

    fn text(&self, name: &str) -> Option<String> {
        self.body[name].as_str().map(ToOwned::to_owned)
    }

    /// What is at the path now.
    fn known(&self) -> Option<Entry> {
        let commit = self.git.commit(self.parent?)?;
        Git::entry(&commit, self.path)
    }

    fn make(&self, person: &Person, change: Change) -> Result<Oid, Answer> {
        let draft = Draft {
            branch: &self.branch,
            parent: self.parent,
            changes: &[change],
            message: &self.message,
            author: (person, self.api.world.clock.now()),
            committer: (&person.name, &person.email),
        };
        self.git.make(&draft).map_err(|reason| match reason {
            NotMade::Path(_) => errors::error(422, "path contains a malformed path component"),
            NotMade::Moved => {
                let tip = |id: Option<Oid>| id.unwrap_or(Oid::ZERO_SHA1);
                let (is, expected) = (tip(self.git.tip(&self.branch)), tip(self.parent));
                errors::error(409, &format!("is at {is} but expected {expected}"))
            }
        })
    }

    fn answer(&self, status: u16, commit: Oid) -> Answer {
        let commit = self.git.commit(commit).expect("it has just been made");
        let entry = Git::entry(&commit, self.path);
        let item = |entry| item(self.api, self.repository, &self.git, &entry, &self.branch);
        let body = json!({
            "content": entry.map(item), "commit": commit_body(self.api, self.repository, &commit),
        });
        Answer::json(status, &body)
    }
}
