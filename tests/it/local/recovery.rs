//! Each state that a killed save can leave, made by hand, and what the next save makes of it.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

use super::*;

impl Project {
    /// A file below `.git`, in a folder that exists afterwards.
    fn in_git(&self, name: &str) -> PathBuf {
        let path = self.path().join(".git").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    fn pending(&self, name: &str, content: &str) -> PathBuf {
        let path = self.in_git(&format!("wyvern/pending/{name}"));
        fs::write(&path, content).unwrap();
        path
    }

    fn blob(&self, rev: &str) -> String {
        self.git(&["rev-parse", rev])
    }

    /// A save succeeds at once and leaves nothing behind.
    async fn assert_recovers(&self) {
        self.put("m/b", "after\n").await.unwrap();
        assert_eq!(self.git(&["show", "main:m/b"]), "after");
        assert_eq!(self.git(&["status", "--porcelain"]), "");
        let left = fs::read_dir(self.in_git("wyvern/pending")).unwrap();
        assert_eq!(left.count(), 0);
        assert!(!self.in_git("wyvern/journal").exists());
        assert!(!self.in_git("refs/heads/main.lock").exists());
        assert!(!self.in_git("index.lock").exists());
        assert_whole(&self.path());
    }
}

#[tokio::test]
async fn a_lock_of_our_own_is_cleared() {
    let project = Project::new();
    let stale = format!("{}\n", "1".repeat(40));
    for (pending, lock) in [
        ("refs~heads~main", "refs/heads/main.lock"),
        ("index", "index.lock"),
        ("refs~heads~feature~x", "refs/heads/feature/x.lock"),
    ] {
        let pending = project.pending(pending, &stale);
        fs::hard_link(&pending, project.in_git(lock)).unwrap();
    }
    project.assert_recovers().await;
    assert!(!project.in_git("refs/heads/feature/x.lock").exists());
}

#[tokio::test]
async fn a_half_written_index_is_cleared() {
    let project = Project::new();
    let pending = project.pending("index", "half an ind");
    fs::hard_link(&pending, project.in_git("index.lock")).unwrap();
    // Killed while libgit2 was writing: it locks the file that it writes.
    fs::write(project.in_git("wyvern/index"), "half an ind").unwrap();
    fs::write(project.in_git("wyvern/index.lock"), "half").unwrap();
    project.assert_recovers().await;
}

#[tokio::test]
async fn it_is_cleared_at_the_start_too() {
    let mut project = Project::new();
    let pending = project.pending("index", "");
    let lock = project.in_git("index.lock");
    fs::hard_link(&pending, &lock).unwrap();
    project.reopen();
    assert!(!lock.exists() && !pending.exists());
}

#[tokio::test]
async fn what_was_pending_without_a_lock_is_forgotten() {
    let project = Project::new();
    // Killed before the link, and half written.
    project.pending("refs~heads~main", "111");
    // Killed after the rename: the pending file is the branch's own file.
    project.git(&["branch", "other"]);
    let other = project.in_git("refs/heads/other");
    fs::hard_link(&other, project.in_git("wyvern/pending/refs~heads~other")).unwrap();
    project.assert_recovers().await;
    assert_eq!(project.blob("other"), project.blob("main~1"));
    assert_eq!(other.metadata().unwrap().nlink(), 1);
}

#[tokio::test]
async fn a_lock_of_somebody_else_is_named_and_left() {
    for pending in [None, Some("refs~heads~main")] {
        let project = Project::new();
        let content = format!("{}\n", project.blob("main"));
        let lock = project.in_git("refs/heads/main.lock");
        fs::write(&lock, &content).unwrap();
        // A pending file of the same name and content does not make it ours: the inode does.
        pending.map(|name| project.pending(name, &content));
        let refused = project.put("m/a", "new\n").await;
        let Err(CommitError::Locked { lock: named }) = refused else {
            panic!("{refused:?}");
        };
        assert!(named.ends_with("refs/heads/main.lock"), "{named}");
        assert_eq!(fs::read_to_string(&lock).unwrap(), content);
        assert_eq!(project.git(&["status", "--porcelain"]), "");
        fs::remove_file(lock).unwrap();
        project.assert_recovers().await;
    }
}

/// Git moves the branch while a save that is ready waits for git's lock.
#[tokio::test]
async fn a_branch_that_moves_while_we_wait_is_noticed() {
    let project = Project::new();
    let commit = project.git(&["commit-tree", "main^{tree}", "-p", "main", "-m", "By git"]);
    let lock = project.in_git("refs/heads/main.lock");
    fs::write(&lock, format!("{commit}\n")).unwrap();
    let (saved, ()) = tokio::join!(project.put("m/a", "new\n"), async {
        // Written when all is ready, just before the lock is asked for.
        while !project.in_git("wyvern/journal").exists() {
            tokio::task::yield_now().await;
        }
        fs::rename(&lock, project.in_git("refs/heads/main")).unwrap();
    });
    saved.unwrap();
    assert_eq!(project.git(&["log", "--format=%s"]), "Save\nBy git\nBegin");
    project.assert_recovers().await;
}

/// As left by a save of `m/a` (to `content`) and `n/new`, killed after the branch moved.
async fn interrupted(project: &Project, content: &str) {
    let old = project.blob("main:m/a");
    let index = fs::read(project.in_git("index")).unwrap();
    project
        .save(vec![
            put("m/a", content, Expect::Any),
            put("n/new", "new\n", Expect::Absent),
        ])
        .await
        .unwrap();
    let journal = format!(
        r#"{{"branch":"main","files":[{{"path":"m/a","old":"{old}","new":"{}"}},{{"path":"n/new","old":null,"new":"{}"}}]}}"#,
        project.blob("main:m/a"),
        project.blob("main:n/new"),
    );
    fs::write(project.in_git("wyvern/journal"), journal).unwrap();
    fs::write(project.in_git("index"), index).unwrap();
    project.write("m/a", "a\n");
    fs::remove_dir_all(project.path().join("n")).unwrap();
}

#[tokio::test]
async fn a_work_tree_that_was_left_behind_catches_up() {
    let project = Project::new();
    interrupted(&project, "new\n").await;
    assert_ne!(project.git(&["status", "--porcelain"]), "");
    project.assert_recovers().await;
    assert_eq!(project.read("m/a"), "new\n");
    assert_eq!(project.read("n/new"), "new\n");
}

#[tokio::test]
async fn a_work_tree_that_was_halfway_catches_up() {
    let mut project = Project::new();
    interrupted(&project, "new\n").await;
    project.write("m/a", "new\n");
    let draft = format!("m/.wyvern-{}", project.blob("main:m/a"));
    project.write(&draft, "ne");
    // The branch has moved on since, by somebody's hand.
    let tree = project.git(&["rev-parse", "main~1^{tree}"]);
    let commit = project.git(&["commit-tree", &tree, "-p", "main", "-m", "Undo"]);
    project.git(&["update-ref", "refs/heads/main", &commit]);
    project.reopen();
    assert_eq!(project.git(&["status", "--porcelain"]), "");
    assert_eq!(project.read("m/a"), "a\n");
    assert!(!project.path().join("n").exists());
    project.assert_recovers().await;
}

#[tokio::test]
async fn a_save_that_was_killed_before_the_branch_moved_never_was() {
    let project = Project::new();
    let (old, new) = (project.blob("main:m/a"), "2".repeat(40));
    let journal =
        format!(r#"{{"branch":"main","files":[{{"path":"m/a","old":"{old}","new":"{new}"}}]}}"#);
    fs::write(project.in_git("wyvern/journal"), journal).unwrap();
    project.assert_recovers().await;
    assert_eq!(project.read("m/a"), "a\n");
}

#[tokio::test]
async fn somebodys_work_survives_the_catching_up() {
    let project = Project::new();
    interrupted(&project, "new\n").await;
    project.write("m/a", "mine\n");
    project.put("m/b", "after\n").await.unwrap();
    assert_eq!(project.read("m/a"), "mine\n");
    assert_eq!(project.read("n/new"), "new\n");
    assert_eq!(project.git(&["status", "--porcelain"]), " M m/a");
}

#[tokio::test]
async fn a_journal_that_says_nothing_sensible_is_dropped() {
    for journal in [
        "",
        "{",
        r#"{"branch":"../x","files":[]}"#,
        r#"{"branch":"main","files":[{"path":"../../x","old":null,"new":null}]}"#,
        r#"{"branch":"main","files":[{"path":"x","old":"zz","new":null}]}"#,
    ] {
        let project = Project::new();
        fs::write(project.in_git("wyvern/journal"), journal).unwrap();
        project.assert_recovers().await;
    }
}
