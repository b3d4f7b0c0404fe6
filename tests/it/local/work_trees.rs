//! Saving to a branch that is checked out somewhere.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

/// The save is refused, and nothing at all has changed.
async fn assert_refused(project: &Project, changes: Vec<Change>, path: &str) {
    let state = || {
        let status = project.git(&["status", "--porcelain=v2", "--untracked-files=all"]);
        (project.git(&["rev-parse", "HEAD"]), status)
    };
    let before = state();
    let refused = project.save(changes).await.unwrap_err();
    let CommitError::UncommittedChanges { path: p, work_tree } = &refused else {
        panic!("{refused:?}");
    };
    assert_eq!(p.as_str(), path);
    let shown = fs::canonicalize(project.path()).unwrap();
    assert_eq!(*work_tree, shown.display().to_string());
    assert_eq!(state(), before);
}

#[tokio::test]
async fn a_clean_work_tree_follows() {
    let project = Project::new();
    project
        .save(vec![
            put("m/a", "new\n", Expect::Any),
            put("deep/er/c", "c\n", Expect::Absent),
            delete("m/b"),
        ])
        .await
        .unwrap();
    assert_eq!(project.read("m/a"), "new\n");
    assert_eq!(project.read("deep/er/c"), "c\n");
    assert!(!project.path().join("m/b").exists());
    assert_eq!(project.git(&["status", "--porcelain"]), "");
    assert_eq!(project.git(&["diff-index", "HEAD"]), "", "no stale times");
    assert_eq!(
        project.git(&["log", "-1", "--format=%an <%ae> %cn: %s"]),
        "Ada Lovelace <ada@example.org> Ada Lovelace: Save"
    );
    let logged = "HEAD@{0}: commit: Save";
    assert!(
        project
            .git(&["reflog"])
            .lines()
            .next()
            .unwrap()
            .ends_with(logged)
    );
    assert!(
        project
            .git(&["reflog", "main"])
            .contains("main@{0}: commit: Save")
    );

    project.save(vec![delete("deep/er/c")]).await.unwrap();
    assert!(!project.path().join("deep").exists(), "as git does");
    assert_eq!(project.git(&["status", "--porcelain"]), "");
    assert_whole(&project.path());
}

#[tokio::test]
async fn a_file_gives_way_to_a_folder() {
    let project = Project::new();
    project
        .save(vec![put("m/a/x", "x", Expect::Absent), delete("m/a")])
        .await
        .unwrap();
    assert_eq!(project.read("m/a/x"), "x");
    assert_eq!(project.git(&["status", "--porcelain"]), "");
}

#[tokio::test]
async fn changed_files_refuse_the_save_and_others_do_not_matter() {
    let project = Project::new();
    project.write("m/b", "mine\n");
    project.write("untracked", "mine\n");
    let both = vec![
        put("m/a", "new\n", Expect::Any),
        put("m/b", "new\n", Expect::Any),
    ];
    assert_refused(&project, both, "m/b").await;
    let over = vec![put("untracked", "theirs\n", Expect::Absent)];
    assert_refused(&project, over, "untracked").await;
    assert_refused(&project, vec![delete("m/b")], "m/b").await;

    project.put("m/a", "new\n").await.unwrap();
    assert_eq!(project.read("m/b"), "mine\n");
    assert_eq!(
        project.git(&["status", "--porcelain"]),
        " M m/b\n?? untracked"
    );
}

#[tokio::test]
async fn staged_deleted_and_conflicting_files_refuse_the_save() {
    let project = Project::new();
    project.write("m/a", "staged\n");
    project.git(&["add", "m/a"]);
    project.write("m/a", "a\n");
    let change = || vec![put("m/a", "new\n", Expect::Any)];
    assert_refused(&project, change(), "m/a").await;

    project.git(&["reset", "-q", "--hard"]);
    fs::remove_file(project.path().join("m/a")).unwrap();
    assert_refused(&project, change(), "m/a").await;

    project.git(&["checkout", "-q", "-b", "other", "main"]);
    project.git(&["reset", "-q", "--hard"]);
    project.write("m/a", "other\n");
    project.git(&["commit", "-q", "-a", "-m", "Other"]);
    project.git(&["checkout", "-q", "main"]);
    project.put("m/a", "main\n").await.unwrap();
    let merge = command(&project.path()).args(["merge", "other"]).output();
    assert!(!merge.unwrap().status.success(), "a conflict is made");
    assert_refused(&project, change(), "m/a").await;
}

#[tokio::test]
async fn links_in_the_work_tree_are_not_followed() {
    let project = Project::new();
    let outside = project.dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "a\n").unwrap();
    fs::remove_dir_all(project.path().join("m")).unwrap();
    symlink(&outside, project.path().join("m")).unwrap();
    symlink(&outside, project.path().join("new")).unwrap();
    let change = vec![put("m/a", "new\n", Expect::Any)];
    assert_refused(&project, change, "m/a").await;
    let change = vec![put("new/a", "new\n", Expect::Absent)];
    assert_refused(&project, change, "new/a").await;
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "a\n");
}

#[tokio::test]
async fn what_the_index_says_of_other_files_is_kept() {
    let project = Project::new();
    let script = project.path().join("m/a");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    project.git(&["commit", "-q", "-a", "-m", "Executable"]);
    project.git(&["update-index", "--assume-unchanged", "m/b"]);
    project.put("m/a", "new\n").await.unwrap();
    assert_eq!(project.git(&["ls-files", "-v"]), "H m/a\nh m/b");
    assert_eq!(
        script.metadata().unwrap().permissions().mode() & 0o100,
        0o100
    );
    assert!(
        project
            .git(&["ls-tree", "HEAD", "m/a"])
            .starts_with("100755")
    );

    project.git(&["update-index", "--skip-worktree", "m/a"]);
    fs::remove_file(&script).unwrap();
    project.put("m/a", "newer\n").await.unwrap();
    assert!(!script.exists(), "a file that is left out stays out");
    assert_eq!(project.git(&["ls-files", "-v"]), "S m/a\nh m/b");
    assert_eq!(project.git(&["status", "--porcelain"]), "");
}

#[tokio::test]
async fn branches_that_are_not_checked_out_leave_work_trees_alone() {
    let project = Project::new();
    project.git(&["branch", "other"]);
    project.write("m/a", "mine\n");
    let change = || vec![put("m/a", "theirs\n", Expect::Any)];
    save(&project.local, "local/project", "other", change())
        .await
        .unwrap();
    assert_eq!(project.read("m/a"), "mine\n");
    assert_eq!(project.git(&["show", "other:m/a"]), "theirs");

    project.git(&["checkout", "-q", "--detach"]);
    project.save(change()).await.unwrap();
    assert_eq!(project.read("m/a"), "mine\n");
    assert_eq!(project.git(&["show", "main:m/a"]), "theirs");
}

#[tokio::test]
async fn a_linked_work_tree_follows_its_own_branch() {
    let project = Project::new();
    let linked = project.dir.path().join("linked");
    let shown = linked.display().to_string();
    project.git(&["worktree", "add", "-q", "-b", "side", &shown]);
    let change = |content: &str| vec![put("m/a", content, Expect::Any)];
    save(&project.local, "local/project", "side", change("side\n"))
        .await
        .unwrap();
    assert_eq!(fs::read_to_string(linked.join("m/a")).unwrap(), "side\n");
    assert_eq!(git(&linked, &["status", "--porcelain"]), "");
    assert!(git(&linked, &["reflog"]).contains("HEAD@{0}: commit: Save"));
    assert_eq!(project.read("m/a"), "a\n");

    fs::write(linked.join("m/a"), "mine\n").unwrap();
    let refused = save(&project.local, "local/project", "side", change("no\n")).await;
    assert!(matches!(
        refused,
        Err(CommitError::UncommittedChanges { .. })
    ));
    assert_eq!(fs::read_to_string(linked.join("m/a")).unwrap(), "mine\n");
}

#[tokio::test]
async fn the_first_commit_fills_an_empty_work_tree() {
    let dir = tempfile::tempdir().unwrap();
    let work_tree = dir.path().join("empty");
    fs::create_dir(&work_tree).unwrap();
    git(&work_tree, &["init", "-q", "-b", "trunk"]);
    let local = open(&dir.path().join("data"), &[&work_tree]).unwrap();
    let change = vec![put("m/a", "a", Expect::Absent)];
    save(&local, "local/empty", "trunk", change).await.unwrap();
    assert_eq!(fs::read_to_string(work_tree.join("m/a")).unwrap(), "a");
    assert_eq!(git(&work_tree, &["status", "--porcelain"]), "");
    assert!(git(&work_tree, &["reflog"]).ends_with("commit (initial): Save"));
    assert_whole(&work_tree);
}

#[tokio::test]
async fn a_lock_that_somebody_holds_on_the_index_is_named_and_left() {
    let project = Project::new();
    let lock = project.path().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let refused = project.put("m/a", "new\n").await;
    let Err(CommitError::Locked { lock: named }) = refused else {
        panic!("{refused:?}");
    };
    assert!(named.ends_with("project/.git/index.lock"), "{named}");
    assert!(lock.exists());
    assert_eq!(project.git(&["show", "main:m/a"]), "a");
    fs::remove_file(lock).unwrap();
    project.put("m/a", "new\n").await.unwrap();
    assert_eq!(project.git(&["status", "--porcelain"]), "");
}
