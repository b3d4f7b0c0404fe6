//! Commits, the history of a path, and what is between two commits.

use git2::{Commit, Oid};
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Changed, Git};
use super::super::repositories::Repository;
use super::files::commit_named;
use super::{Api, entities, errors, paging, projects};

/// `GET …/repository/commits`. Where there is no such branch or commit, there are no commits. The
/// list is not counted: a page that is full has another one after it, which may be empty.
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answer {
    let git = Git::open(&repository.folder);
    let query = |name: &str| api.asked.query(name).unwrap_or_default();
    let page = paging::page(api);
    let from = commit_named(&git, &query("ref_name"));
    let ids = from.map(|from| git.history(from.id(), &query("path"), page.end()));
    let shown = page.cut(ids.unwrap_or_default());
    let more = shown.len() == page.size;
    let answer = Answer::json(200, &bodies(api, repository, &git, &shown));
    let path = projects::path(repository, "commits");
    paging::numbered(api, &path, None, more, answer)
}

/// `GET …/repository/commits/{sha}`, where a branch may stand for its tip.
pub(super) fn one(api: &Api<'_>, repository: &Repository, name: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let commit = commit_named(&git, name).ok_or_else(|| errors::not_found("Commit"))?;
    Ok(Answer::json(200, &detail(api, repository, &git, &commit)))
}

/// A commit with how much it changed.
pub(super) fn detail(
    api: &Api<'_>,
    repository: &Repository,
    git: &Git,
    commit: &Commit<'_>,
) -> Value {
    let changed = git.changed(commit);
    let sum = |count: fn(&Changed) -> usize| changed.iter().map(count).sum::<usize>();
    let (added, removed) = (sum(|one| one.additions), sum(|one| one.deletions));
    let mut body = entities::commit(api, repository, commit);
    body["stats"] = json!({
        "additions": added, "deletions": removed, "total": added + removed,
    });
    body["status"] = Value::Null;
    body["project_id"] = repository.id.into();
    body["last_pipeline"] = Value::Null;
    body
}

/// `GET …/repository/compare`: the commits of `to` that `from` has not, the oldest first.
pub(super) fn compare(api: &Api<'_>, repository: &Repository) -> Answered {
    let git = Git::open(&repository.folder);
    let end = |name: &str| {
        let named = api.asked.query(name);
        let named = named.ok_or_else(|| errors::invalid(&format!("{name} is missing")))?;
        let commit = commit_named(&git, &named).map(|commit| commit.id());
        commit.ok_or_else(|| errors::not_found("Ref"))
    };
    let (from, to) = (end("from")?, end("to")?);
    let ids: Vec<_> = git.between(from, to);
    let last = git.commit(to).filter(|_| !ids.is_empty());
    let diffs = ids.iter().filter_map(|id| git.commit(*id));
    let diffs = diffs.flat_map(|commit| git.changed(&commit));
    let body = json!({
        "commit": last.map(|commit| entities::commit(api, repository, &commit)),
        "commits": bodies(api, repository, &git, &ids),
        "diffs": diffs.map(|changed| diff(&changed)).collect::<Value>(),
        "compare_timeout": false, "compare_same_ref": from == to,
        "web_url": format!("{}{}/-/compare/{from}...{to}", api.world.url, repository.full_name()),
    });
    Ok(Answer::json(200, &body))
}

fn bodies(api: &Api<'_>, repository: &Repository, git: &Git, ids: &[Oid]) -> Value {
    let commits = ids.iter().filter_map(|id| git.commit(*id));
    commits
        .map(|commit| entities::commit(api, repository, &commit))
        .collect()
}

fn diff(changed: &Changed) -> Value {
    json!({
        "old_path": changed.path, "new_path": changed.path, "renamed_file": false,
        "new_file": changed.status == "added", "deleted_file": changed.status == "removed",
        "generated_file": false, "diff": "",
    })
}
