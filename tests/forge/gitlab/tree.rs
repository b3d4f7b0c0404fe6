//! What is in a folder.

use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Entry, Git};
use super::super::repositories::Repository;
use super::{Api, errors, files, paging, projects};

/// `GET …/repository/tree`
pub(super) fn list(api: &Api<'_>, repository: &Repository) -> Answered {
    let git = Git::open(&repository.folder);
    let query = |name: &str| api.asked.query(name).unwrap_or_default();
    let commit = files::commit_named(&git, &query("ref"));
    let commit = commit.ok_or_else(|| errors::not_found("Tree"))?;
    let folder = query("path");
    let folder = folder.trim_matches('/');
    let tree = match folder {
        "" => Some(commit.tree_id()),
        _ => Git::entry(&commit, folder).map(|entry| entry.id),
    };
    let tree = tree.filter(|id| git.tree(*id).is_some());
    let tree = tree.ok_or_else(|| errors::not_found("invalid revision or path"))?;
    let deep = query("recursive") == "true";
    let mut all = git.entries_below(tree, folder, deep);
    all.sort_by_key(rank);
    let path = projects::path(repository, "tree");
    let answer = |shown: &[Entry]| Answer::json(200, &shown.iter().map(body).collect());
    if paging::by_keys(api) {
        let token = api.asked.query("page_token");
        let (shown, more) = paging::after(api, all, token.as_deref(), |one| one.path.clone());
        let answer = answer(&shown);
        let last = shown.last().filter(|_| more);
        return Ok(match last {
            Some(last) => paging::followed(api, &path, ("page_token", &last.path), answer),
            None => answer,
        });
    }
    let (page, total) = (paging::page(api), all.len());
    let answer = answer(&page.cut(all));
    let more = page.end() < total;
    Ok(paging::numbered(api, &path, Some(total), more, answer))
}

/// Folders come first, submodules last.
fn rank(entry: &Entry) -> usize {
    match entry.kind() {
        "tree" => 0,
        "blob" => 1,
        _ => 2,
    }
}

fn body(entry: &Entry) -> Value {
    json!({
        "id": entry.id.to_string(), "name": entry.name, "type": entry.kind(),
        "path": entry.path, "mode": format!("{:06o}", entry.mode),
    })
}
