//! Files and folders of a commit.

use std::collections::VecDeque;

use git2::{Commit, Oid};
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::{Entry, Git};
use super::super::repositories::Repository;
use super::super::tags;
use super::paging::Page;
use super::rest::escaped;
use super::{Api, commits, errors};

/// How a file begins whose bytes are elsewhere.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";
/// Where those bytes are: another host, which no token is for.
const MEDIA: &str = "https://api.media.atlassian.com/file";

/// `GET …/src/{commit}/{path}`. Only a folder may end with a slash, and the root has to.
pub(super) fn read(api: &Api<'_>, repository: &Repository, name: &str, path: &str) -> Answered {
    let git = Git::open(&repository.folder);
    let commit = commits::commit_named(&git, name)?;
    let at = Place {
        api,
        repository,
        git: &git,
        commit: &commit,
    };
    let meta = api.asked.query("format").as_deref() == Some("meta");
    let folder = path.strip_suffix('/').unwrap_or(path);
    let entry = Git::entry(&commit, folder);
    let tree = match &entry {
        None if folder.is_empty() => Some(commit.tree_id()),
        Some(entry) if entry.kind() == "tree" => Some(entry.id),
        _ => None,
    };
    if let Some(tree) = tree.filter(|_| !meta) {
        return at.listed(tree, folder);
    }
    if tree.is_some() {
        return Ok(Answer::json(200, &at.folder(folder)));
    }
    let file = entry.filter(|_| folder == path);
    let file = file.ok_or_else(|| errors::no_path(path))?;
    if meta {
        return Ok(Answer::json(200, &at.file(&file)));
    }
    Ok(at.raw(&file))
}

/// A commit, in which something is looked at.
struct Place<'a> {
    api: &'a Api<'a>,
    repository: &'a Repository,
    git: &'a Git,
    commit: &'a Commit<'a>,
}

impl Place<'_> {
    fn link(&self, rest: &str) -> String {
        let name = self.repository.full_name();
        self.api.link(&format!("repositories/{name}/{rest}"))
    }

    fn named(&self, kind: &str, path: &str, address: &str) -> Value {
        let own = self.link(&format!("src/{}/{address}", self.commit.id()));
        json!({
            "type": kind, "path": path,
            "commit": commits::short(self.api, self.repository, self.commit.id()),
            "links": {
                "self": { "href": own }, "meta": { "href": format!("{own}?format=meta") },
            },
        })
    }

    fn file(&self, entry: &Entry) -> Value {
        let address = escaped(&entry.path);
        let mut file = self.named("commit_file", &entry.path, &address);
        file["escaped_path"] = address.into();
        file["size"] = self.bytes(entry).len().into();
        file["attributes"] = self.attributes(entry).into();
        file
    }

    fn folder(&self, path: &str) -> Value {
        let end = if path.is_empty() { "" } else { "/" };
        self.named("commit_directory", path, &(escaped(path) + end))
    }

    /// What is in a folder and, as far as `max_depth` goes, in its folders: level by level.
    fn listed(&self, tree: Oid, path: &str) -> Answered {
        let depth = self.api.asked.query("max_depth");
        let depth = depth.map_or(Ok(1), |text| text.parse::<u32>());
        let depth = depth.map_err(|_| errors::error(400, "Invalid max_depth"))?;
        let page = Page::named(self.api, 10)?;
        let mut all = Vec::new();
        let mut open = VecDeque::from([(tree, path.to_owned(), depth)]);
        while let Some((tree, folder, depth)) = open.pop_front() {
            for entry in self.git.entries(tree, &folder) {
                if entry.kind() == "tree" && depth > 1 {
                    open.push_back((entry.id, entry.path.clone(), depth - 1));
                }
                all.push(entry);
            }
        }
        let body = |entry: Entry| match entry.kind() {
            "tree" => self.folder(&entry.path),
            _ => self.file(&entry),
        };
        Ok(page.answer(self.api, all, body))
    }

    /// The bytes alone. Their tag is that of content and attributes, wherever the file is.
    fn raw(&self, entry: &Entry) -> Answer {
        let bytes = self.bytes(entry);
        if bytes.starts_with(LFS) {
            return Answer::empty(301).with("location", format!("{MEDIA}/{}/binary", entry.id));
        }
        let tag = format!("\"{}{:o}\"", entry.id, entry.mode);
        let ending = entry.name.rsplit_once('.').map(|(_, ending)| ending);
        let media_type = match ending {
            Some("json") => "application/json",
            Some("txt" | "md") => "text/plain",
            _ => "application/octet-stream",
        };
        let answer = Answer::of(200, media_type, bytes);
        let answer = answer.with("content-disposition", "attachment");
        tags::tagged(self.api.asked, answer, &tag)
    }

    /// A submodule's are the name of its commit.
    fn bytes(&self, entry: &Entry) -> Vec<u8> {
        let known = self.git.blob(entry.id);
        known.unwrap_or_else(|| entry.id.to_string().into_bytes())
    }

    fn attributes(&self, entry: &Entry) -> Vec<&'static str> {
        let by_mode = match entry.mode {
            0o100_755 => Some("executable"),
            0o120_000 => Some("link"),
            0o160_000 => Some("subrepository"),
            _ => None,
        };
        let bytes = self.bytes(entry);
        let by_content = bytes.contains(&0).then_some("binary");
        let elsewhere = bytes.starts_with(LFS).then_some("lfs");
        [by_mode, by_content, elsewhere]
            .into_iter()
            .flatten()
            .collect()
    }
}
