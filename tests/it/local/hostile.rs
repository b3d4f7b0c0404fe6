//! Repositories made to do harm: nothing of theirs is run, nothing is followed out of them.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use wyvern::provider::{Entry, EntryKind};

use super::*;

fn hash_object(dir: &Path, kind: &str, content: &[u8]) -> String {
    let mut child = command(dir)
        .args(["hash-object", "-t", kind, "--literally", "-w", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(content).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// A tree of entries that git itself would never write.
fn tree(dir: &Path, entries: &[(&str, &str, &str)]) -> String {
    let mut content = Vec::new();
    for (mode, name, id) in entries {
        content.extend(format!("{mode} {name}\0").into_bytes());
        let digits: Vec<_> = id.chars().collect();
        let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16);
        content.extend(digits.chunks(2).map(|pair| byte(pair).unwrap()));
    }
    hash_object(dir, "tree", &content)
}

impl Project {
    /// Makes this tree the folder `bad` of a commit on `main`, without touching the work tree.
    fn commit_tree(&self, bad: &str) -> CommitId {
        let root = tree(&self.path(), &[("40000", "bad", bad)]);
        let commit = self.git(&["commit-tree", &root, "-p", "main", "-m", "Bad"]);
        self.git(&["checkout", "-q", "--detach"]);
        self.git(&["update-ref", "refs/heads/main", &commit]);
        CommitId::parse(&commit).unwrap()
    }

    async fn entries(
        &self,
        commit: &CommitId,
        folder: &str,
    ) -> Result<Vec<(String, EntryKind)>, ProviderError> {
        let (who, project, folder) = (ada(), name("local/project"), at(folder));
        let read = self.local.read_dir(&who, &project, commit, &folder).await?;
        let shown = |entry: &Entry| (entry.name.clone(), entry.kind);
        Ok(read.iter().map(shown).collect())
    }

    async fn files(
        &self,
        commit: &CommitId,
        paths: &[&str],
    ) -> Result<Vec<Option<Bytes>>, ProviderError> {
        let paths: Vec<_> = paths.iter().map(|path| at(path)).collect();
        let (who, project) = (ada(), name("local/project"));
        let read = self
            .local
            .read_files(&who, &project, commit, &paths)
            .await?;
        let bytes = |file: Option<wyvern::provider::File>| file.map(|file| file.bytes);
        Ok(read.into_iter().map(bytes).collect())
    }
}

#[tokio::test]
async fn nothing_that_a_configuration_names_is_run() {
    let mut project = Project::new();
    let canary = project.dir.path().join("canary");
    let script = project.dir.path().join("script");
    let text = format!("#!/bin/sh\ntouch {}\ncat\n", canary.display());
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.display().to_string();
    fs::create_dir_all(project.path().join(".git/hooks")).unwrap();
    for hook in [
        "pre-commit",
        "post-commit",
        "reference-transaction",
        "post-index-change",
    ] {
        fs::copy(&script, project.path().join(".git/hooks").join(hook)).unwrap();
    }
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.editor",
        "core.pager",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "gpg.program",
        "diff.external",
    ] {
        project.git(&["config", key, &script]);
    }
    project.git(&["config", "commit.gpgSign", "true"]);
    fs::write(
        project.path().join(".git/info/attributes"),
        "* filter=evil diff=evil\n",
    )
    .unwrap();
    project.reopen();
    assert!(read(&project.local, "local/project", "m/a").await.is_some());
    project.put("m/a", "new\n").await.unwrap();
    assert_eq!(project.read("m/a"), "new\n");
    assert!(!canary.exists());
}

#[test]
fn a_work_tree_elsewhere_is_refused() {
    let project = Project::new();
    let elsewhere = project.dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    project.git(&["config", "core.worktree", &elsewhere.display().to_string()]);
    let refused = open(&project.dir.path().join("data"), &[&project.path()]).unwrap_err();
    let text = refused.to_string();
    assert!(
        text.ends_with("remove `core.worktree` from its configuration"),
        "{text}"
    );
    project.git(&[
        "config",
        "core.worktree",
        &project.path().display().to_string(),
    ]);
    open(&project.dir.path().join("data"), &[&project.path()]).unwrap();
}

#[tokio::test]
async fn a_work_tree_that_is_only_claimed_is_nobodys() {
    let project = Project::new();
    let victim = project.dir.path().join("victim");
    fs::create_dir_all(victim.join("m")).unwrap();
    fs::write(victim.join("m/a"), "a\n").unwrap();
    // It is somebody's, but not this repository's.
    let theirs = format!("gitdir: {}\n", project.dir.path().display());
    fs::write(victim.join(".git"), theirs).unwrap();
    let claim = project.path().join(".git/worktrees/claim");
    fs::create_dir_all(&claim).unwrap();
    fs::write(claim.join("HEAD"), "ref: refs/heads/side\n").unwrap();
    fs::write(claim.join("commondir"), "../..\n").unwrap();
    fs::write(claim.join("gitdir"), format!("{}/.git\n", victim.display())).unwrap();
    project.git(&["branch", "side"]);
    let change = vec![put("m/a", "stolen\n", Expect::Any)];
    save(&project.local, "local/project", "side", change)
        .await
        .unwrap();
    assert_eq!(fs::read_to_string(victim.join("m/a")).unwrap(), "a\n");
}

#[tokio::test]
async fn entries_that_are_no_files_are_listed_and_not_followed() {
    let project = Project::new();
    let dir = project.path();
    let blob = hash_object(&dir, "blob", b"../m/a");
    let other = project.git(&["rev-parse", "HEAD"]);
    let bad = tree(
        &dir,
        &[
            ("120000", "link", &blob),
            ("160000", "module", &other),
            ("100755", "script", &blob),
        ],
    );
    let commit = project.commit_tree(&bad);
    assert_eq!(
        project.entries(&commit, "bad").await.unwrap(),
        [
            ("link".to_owned(), EntryKind::Other),
            ("module".to_owned(), EntryKind::Other),
            ("script".to_owned(), EntryKind::File),
        ]
    );
    let paths = ["bad/link", "bad/module", "bad/link/a", "bad/script"];
    let files = project.files(&commit, &paths).await.unwrap();
    assert_eq!(files, [None, None, None, Some(Bytes::from("../m/a"))]);
    for path in ["bad/link", "bad/module"] {
        let refused = project.put(path, "x").await;
        assert!(
            matches!(refused, Err(CommitError::NoSuchFile { .. })),
            "{refused:?}"
        );
        let refused = project.save(vec![put(path, "x", Expect::Absent)]).await;
        assert!(matches!(refused, Err(CommitError::AlreadyExists { .. })));
        let below = format!("{path}/x");
        let refused = project.save(vec![put(&below, "x", Expect::Absent)]).await;
        assert!(matches!(refused, Err(CommitError::AlreadyExists { name }) if name == path));
    }
}

#[tokio::test]
async fn trees_that_git_would_not_write_harm_nobody() {
    let project = Project::new();
    let dir = project.path();
    let blob = hash_object(&dir, "blob", b"x");
    let missing = "3".repeat(40);
    let empty = tree(&dir, &[]);
    let mut entries = ["..", ".git", "a/b", "dup", "dup", "z"]
        .map(|name| ("100644", name, &*blob))
        .to_vec();
    entries.push(("40000", "a-blob-as-folder", &blob));
    entries.push(("100644", "a-tree-as-file", &empty));
    entries.push(("100644", "absent", &missing));
    entries.push(("177777", "mode", &blob));
    entries.sort_by_key(|(_, name, _)| *name);
    let bad = tree(&dir, &entries);
    let commit = project.commit_tree(&bad);
    assert_eq!(project.entries(&commit, "bad").await.unwrap().len(), 10);
    assert_eq!(
        project
            .entries(&commit, "bad/a-blob-as-folder")
            .await
            .unwrap(),
        []
    );
    let files = project.files(&commit, &["bad/a-tree-as-file", "bad/a-blob-as-folder/x"]);
    assert_eq!(files.await.unwrap(), [None, None]);
    let broken = project.files(&commit, &["bad/absent"]).await;
    assert!(matches!(broken, Err(ProviderError::Unavailable { .. })));
    // A save beside them succeeds, or is refused in so many words; it never panics.
    let saved = project
        .save(vec![put("bad/new", "x", Expect::Absent)])
        .await;
    assert!(
        matches!(
            saved,
            Ok(_) | Err(CommitError::Provider(ProviderError::Unavailable { .. }))
        ),
        "{saved:?}"
    );
}

#[tokio::test]
async fn trees_that_are_no_trees_are_reported() {
    let project = Project::new();
    for garbage in [
        &b"100644 cut\0abc"[..],
        b"100644",
        b"\0\0\0",
        b"999999999999999999999 x\0aaaaaaaaaaaaaaaaaaaa",
        b"777777 x\0aaaaaaaaaaaaaaaaaaaa",
    ] {
        let commit = project.commit_tree(&hash_object(&project.path(), "tree", garbage));
        let read = project.entries(&commit, "bad").await;
        assert!(matches!(read, Err(ProviderError::Unavailable { .. })));
    }
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_refused_by_its_header() {
    let project = Project::new();
    let huge = hash_object(&project.path(), "blob", &vec![0; (64 << 20) + 1]);
    let commit = project.commit_tree(&tree(&project.path(), &[("100644", "huge", &huge)]));
    let read = project.files(&commit, &["bad/huge"]).await;
    assert!(matches!(read, Err(ProviderError::TooLarge)));
    let listed = project.entries(&commit, "bad").await.unwrap();
    assert_eq!(listed, [("huge".to_owned(), EntryKind::File)]);
}

#[tokio::test]
async fn an_author_cannot_write_lines_of_a_commit() {
    let project = Project::new();
    let who = Credential::Person(User {
        username: "eve".to_owned(),
        name: "Eve>\ncommitter Mallory <m@x> 0 +0000\n\n".to_owned(),
        email: "e@x>\nparent 1111\0".to_owned(),
    });
    let request = CommitRequest {
        branch: BranchName::parse("main").unwrap(),
        changes: vec![put("m/a", "new\n", Expect::Any)],
        message: "Title\0\n\ntree 0000\n".to_owned(),
    };
    let project_name = name("local/project");
    let done = project.local.commit(&who, &project_name, request).await;
    let commit = done.unwrap().commit;
    let text = project.git(&["cat-file", "-p", commit.as_str()]);
    let (head, message) = text.split_once("\n\n").unwrap();
    assert_eq!(message, "Title\n\ntree 0000");
    let lines: Vec<_> = head.lines().collect();
    assert_eq!(lines.len(), 4, "{head}");
    let by = "Evecommitter Mallory m@x 0 +0000 <e@xparent 1111> ";
    assert!(lines[2].starts_with(&format!("author {by}")), "{head}");
    assert!(lines[3].starts_with(&format!("committer {by}")), "{head}");
    assert!(project.git(&["reflog", "-1"]).ends_with("commit: Title"));
    assert_whole(&project.path());
}
