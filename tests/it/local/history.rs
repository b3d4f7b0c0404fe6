//! The history of a file, against what `git log` says.

use std::fs;

use wyvern::provider::PageNumber;

use super::*;

async fn history(local: &Local, repository: &str, path: &str) -> Vec<String> {
    let (who, repository, path) = (ada(), name(repository), at(path));
    let tip = tip(local, repository.as_str()).await;
    let page = local
        .history(&who, &repository, &tip, &path, PageNumber::FIRST)
        .await
        .unwrap();
    let id = |commit: &wyvern::provider::CommitSummary| commit.commit.to_string();
    page.items.iter().map(id).collect()
}

impl Project {
    /// Commits a file by git, a minute after the last commit.
    fn commit_at(&self, minute: u32, path: &str, content: &str) {
        self.write(path, content);
        self.git(&["add", "."]);
        let date = format!("2030-01-01T00:{minute:02}:00Z");
        let done = command(&self.path())
            .env("GIT_COMMITTER_DATE", date)
            .args(["commit", "-q", "-m", path])
            .status();
        assert!(done.unwrap().success());
    }

    fn merge(&self, args: &[&str]) {
        let done = command(&self.path())
            .env("GIT_COMMITTER_DATE", "2030-01-01T00:40:00Z")
            .args(["merge", "-q", "--no-ff", "-m", "Merge"])
            .args(args)
            .status();
        assert!(done.unwrap().success());
    }
}

#[tokio::test]
async fn merges_are_followed_as_git_log_does() {
    let project = Project::new();
    project.commit_at(1, "m/a", "main 1");
    project.git(&["checkout", "-q", "-b", "side"]);
    project.commit_at(2, "m/a", "side 1");
    project.commit_at(3, "m/b", "side 2");
    project.git(&["checkout", "-q", "-b", "lost", "main"]);
    project.commit_at(4, "m/a", "lost");
    project.git(&["checkout", "-q", "main"]);
    project.commit_at(5, "m/c", "main 2");
    project.merge(&["side"]);
    project.merge(&["-s", "ours", "lost"]);
    project.commit_at(50, "m/a", "main 3");
    for path in ["m/a", "m/b", "m/c", "m/none"] {
        let expected = project.git(&["log", "--format=%H", "--", path]);
        let expected: Vec<_> = expected.lines().map(str::to_owned).collect();
        assert_eq!(
            history(&project.local, "local/project", path).await,
            expected,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_shallow_clone_has_the_history_that_it_has() {
    let project = Project::new();
    project.put("m/a", "1").await.unwrap();
    project.put("m/a", "2").await.unwrap();
    let clone = project.dir.path().join("shallow");
    let from = format!("file://{}", project.path().display());
    let to = clone.display().to_string();
    project.git(&["clone", "-q", "--depth", "2", &from, &to]);
    let local = open(&project.dir.path().join("other"), &[&clone]).unwrap();
    assert_eq!(history(&local, "local/shallow", "m/a").await.len(), 2);
    let change = vec![put("m/a", "3", Expect::Any)];
    save(&local, "local/shallow", "main", change).await.unwrap();
    assert_eq!(history(&local, "local/shallow", "m/a").await.len(), 3);
    assert_eq!(fs::read_to_string(clone.join("m/a")).unwrap(), "3");
}
