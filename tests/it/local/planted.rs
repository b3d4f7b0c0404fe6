//! What somebody planted in a git folder: Wyvern writes and removes nothing through it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use super::*;

impl Project {
    fn git_dir(&self) -> PathBuf {
        self.path().join(".git")
    }

    /// A file outside the repository that is to stay as it is.
    fn victim(&self, name: &str) -> PathBuf {
        let path = self.dir.path().join("victim").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "precious").unwrap();
        path
    }
}

fn reason(refused: Result<Committed, CommitError>) -> String {
    match refused {
        Err(CommitError::Provider(ProviderError::Unavailable { reason, .. })) => reason,
        other => panic!("{other:?}"),
    }
}

const DISK: &str = "The repository's folder could not be read or written.";

#[tokio::test]
async fn a_link_instead_of_our_own_folder_is_refused() {
    for (linked, victim) in [("wyvern", "pending/index"), ("wyvern/pending", "index")] {
        let mut project = Project::new();
        let victim = project.victim(victim);
        fs::create_dir_all(project.git_dir().join("wyvern")).unwrap();
        let link = project.git_dir().join(linked);
        drop(fs::remove_dir(&link));
        symlink(project.dir.path().join("victim"), &link).unwrap();
        project.reopen();
        assert_eq!(reason(project.put("m/a", "new\n").await), DISK);
        assert!(victim.exists(), "{linked}");
        assert_eq!(project.read("m/a"), "a\n");
    }
}

#[tokio::test]
async fn only_what_a_save_left_pending_is_removed() {
    let project = Project::new();
    let pending = project.git_dir().join("wyvern/pending");
    fs::create_dir_all(pending.join("worktrees~folder~index")).unwrap();
    let [ours, strange] = [
        ["index", "refs~heads~a~b", "worktrees~w~index"],
        ["notes", "refs~heads~..~x", "worktrees~..~index"],
    ];
    for name in ours.iter().chain(&strange) {
        fs::write(pending.join(name), "x").unwrap();
    }
    project.put("m/a", "new\n").await.unwrap();
    assert!(ours.iter().all(|name| !pending.join(name).exists()));
    assert!(strange.iter().all(|name| pending.join(name).exists()));
    assert!(pending.join("worktrees~folder~index").is_dir());
}

#[tokio::test]
async fn what_is_written_anew_is_never_written_through_a_link() {
    for name in ["index", "journal.new"] {
        let project = Project::new();
        let victim = project.victim("file");
        fs::create_dir(project.git_dir().join("wyvern")).unwrap();
        symlink(&victim, project.git_dir().join("wyvern").join(name)).unwrap();
        project.put("m/a", "new\n").await.unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious", "{name}");
        assert_eq!(project.read("m/a"), "new\n");
        assert_eq!(project.git(&["status", "--porcelain"]), "");
    }
}

#[tokio::test]
async fn a_link_instead_of_our_lock_is_refused() {
    let project = Project::new();
    let absent = project.dir.path().join("absent");
    fs::create_dir(project.git_dir().join("wyvern")).unwrap();
    symlink(&absent, project.git_dir().join("wyvern/lock")).unwrap();
    assert_eq!(reason(project.put("m/a", "new\n").await), DISK);
    assert!(!absent.exists());
}

#[test]
fn a_repository_that_is_partly_elsewhere_is_refused() {
    for part in ["objects", "refs", "refs/heads"] {
        let project = Project::new();
        let (part, elsewhere) = (project.git_dir().join(part), project.dir.path().join("out"));
        fs::rename(&part, &elsewhere).unwrap();
        symlink(&elsewhere, &part).unwrap();
        let refused = open(&project.dir.path().join("data"), &[&project.path()]).unwrap_err();
        let text = refused.to_string();
        let end = "is a link; put the folder itself in its place";
        assert!(text.ends_with(end), "{text}");
    }
    let project = Project::new();
    let other = Project::new();
    let common = other.git_dir().display().to_string();
    fs::write(project.git_dir().join("commondir"), common).unwrap();
    let refused = open(&project.dir.path().join("data"), &[&project.path()]).unwrap_err();
    let text = refused.to_string();
    let end = "its `commondir` points to another repository; name that one, or remove the file";
    assert!(text.ends_with(end), "{text}");
}

#[tokio::test]
async fn a_branch_of_a_megabyte_is_not_read() {
    let project = Project::new();
    let mut content = project.git(&["rev-parse", "main"]);
    content.push_str(&"\n".repeat(1 << 20));
    fs::write(project.git_dir().join("refs/heads/main"), content).unwrap();
    let main = BranchName::parse("main").unwrap();
    let (who, repository) = (ada(), name("local/project"));
    let found = project.local.resolve(&who, &repository, &main).await;
    let Err(ProviderError::Unavailable { reason, .. }) = found else {
        panic!("the branch is read");
    };
    assert_eq!(reason, "The file of the branch is too long to be one.");
}

#[tokio::test]
async fn a_journal_beyond_its_limit_is_dropped() {
    let project = Project::new();
    let [old, new] = ["main:m/a", "main:m/b"].map(|rev| project.git(&["rev-parse", rev]));
    let change = format!(r#"{{"path":"m/a","old":"{old}","new":"{new}"}}"#);
    let mut journal = format!(r#"{{"branch":"main","files":[{change}]}}"#);
    journal.push_str(&" ".repeat(1 << 20));
    // With a journal of a proper length, the next save would bring the file back.
    fs::remove_file(project.path().join("m/a")).unwrap();
    project.write("m/a", "b\n");
    fs::create_dir(project.git_dir().join("wyvern")).unwrap();
    fs::write(project.git_dir().join("wyvern/journal"), journal).unwrap();
    project.put("m/b", "new\n").await.unwrap();
    assert_eq!(project.read("m/a"), "b\n");
    assert!(!project.git_dir().join("wyvern/journal").exists());
}

#[tokio::test]
async fn a_branch_that_cannot_be_created_leaves_no_log() {
    let project = Project::new();
    let in_the_way = project.git_dir().join("refs/heads/topic");
    fs::create_dir(&in_the_way).unwrap();
    fs::write(in_the_way.join("left.lock"), "").unwrap();
    let [topic, main] = ["topic", "main"].map(|name| BranchName::parse(name).unwrap());
    let (who, repository) = (ada(), name("local/project"));
    let made = project
        .local
        .create_branch(&who, &repository, &topic, &main);
    assert!(made.await.is_err());
    assert!(!project.git_dir().join("logs/refs/heads/topic").exists());
    fs::remove_dir_all(in_the_way).unwrap();
    let made = project
        .local
        .create_branch(&who, &repository, &topic, &main);
    made.await.unwrap();
    let log = project.git(&["reflog", "show", "topic"]);
    assert!(log.ends_with("branch: Created from main"), "{log}");
}
