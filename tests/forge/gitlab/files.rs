//! Files by their paths, and blobs by their ids.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::{Commit, Oid};
use serde_json::{Value, json};

use super::super::asked::{Answer, Answered};
use super::super::git::Git;
use super::super::repositories::Repository;
use super::rest::encoded;
use super::{Api, errors};

/// The members of a file that also stand in headers, with the headers' names.
const HEADERS: [(&str, &str); 10] = [
    ("file_name", "x-gitlab-file-name"),
    ("file_path", "x-gitlab-file-path"),
    ("size", "x-gitlab-size"),
    ("encoding", "x-gitlab-encoding"),
    ("content_sha256", "x-gitlab-content-sha256"),
    ("ref", "x-gitlab-ref"),
    ("blob_id", "x-gitlab-blob-id"),
    ("commit_id", "x-gitlab-commit-id"),
    ("last_commit_id", "x-gitlab-last-commit-id"),
    ("execute_filemode", "x-gitlab-execute-filemode"),
];

/// The commit that a branch, a commit's id or `HEAD` names; an empty name is the default branch.
pub(super) fn commit_named<'g>(git: &'g Git, name: &str) -> Option<Commit<'g>> {
    match name {
        "" | "HEAD" => git.commit_named(&git.default_branch()),
        _ => git.commit_named(name),
    }
}

/// `GET …/repository/files/{path}`, and `HEAD` of it.
pub(super) fn one(api: &Api<'_>, repository: &Repository, path: &str) -> Answered {
    if api.asked.query("ref").is_none() {
        return Err(errors::invalid("ref is missing"));
    }
    let (mut body, bytes) = found(api, repository, path)?;
    if api.asked.method == "HEAD" {
        return Ok(headed(&body, Answer::empty(200)));
    }
    body["content"] = STANDARD.encode(bytes).into();
    Ok(headed(&body, Answer::json(200, &body)))
}

/// `GET …/repository/files/{path}/raw`
pub(super) fn raw(api: &Api<'_>, repository: &Repository, path: &str) -> Answered {
    let (body, bytes) = found(api, repository, path)?;
    Ok(headed(&body, text(bytes)))
}

/// `GET …/repository/blobs/{id}`, or the bytes alone.
pub(super) fn blob(repository: &Repository, id: &str, raw: bool) -> Answered {
    let git = Git::open(&repository.folder);
    let whole = Oid::from_str(id).ok().filter(|_| id.len() == 40);
    let bytes = whole.and_then(|id| git.blob(id));
    let bytes = bytes.ok_or_else(|| errors::not_found("Blob"))?;
    if raw {
        return Ok(text(bytes));
    }
    let body = json!({
        "size": bytes.len(), "encoding": "base64", "content": STANDARD.encode(bytes), "sha": id,
    });
    Ok(Answer::json(200, &body))
}

/// All about a file but its content, and that.
fn found(api: &Api<'_>, repository: &Repository, path: &str) -> Result<(Value, Vec<u8>), Answer> {
    let name = api.asked.query("ref").unwrap_or_default();
    let git = Git::open(&repository.folder);
    let commit = commit_named(&git, &name).ok_or_else(|| errors::not_found("Commit"))?;
    let entry = Git::entry(&commit, path).filter(|entry| entry.kind() == "blob");
    let entry = entry.ok_or_else(|| errors::not_found("File"))?;
    let bytes = git.blob(entry.id).expect("an entry's blob is there");
    let hash = digest(&SHA256, &bytes);
    let hash = hash.as_ref().iter().map(|byte| format!("{byte:02x}"));
    let body = json!({
        "file_name": entry.name, "file_path": path, "size": bytes.len(), "encoding": "base64",
        "content_sha256": hash.collect::<String>(), "ref": name,
        "blob_id": entry.id.to_string(), "commit_id": commit.id().to_string(),
        "last_commit_id": last_commit(&git, commit.id(), path).map(|id| id.to_string()),
        "execute_filemode": entry.mode == 0o100_755,
    });
    Ok((body, bytes))
}

/// The last commit up to this one that touched the path, be it by deleting it.
pub(super) fn last_commit(git: &Git, from: Oid, path: &str) -> Option<Oid> {
    git.history(from, path, 1).first().copied()
}

fn headed(body: &Value, answer: Answer) -> Answer {
    HEADERS.iter().fold(answer, |answer, (member, header)| {
        let value = match &body[*member] {
            Value::String(text) => encoded(text),
            other => other.to_string(),
        };
        answer.with(header, value)
    })
}

fn text(bytes: Vec<u8>) -> Answer {
    Answer::of(200, "text/plain; charset=utf-8", bytes).with("cache-control", "no-store")
}
