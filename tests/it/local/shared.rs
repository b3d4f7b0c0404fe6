//! Several programs in one repository.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;

const SAVES: usize = 25;

/// Adds a line to `list`, starting over when somebody else was faster.
async fn append(local: &Local, repository: &str, line: &str) {
    loop {
        let list = read(local, repository, "list").await.unwrap();
        let text = format!("{}{line}\n", str::from_utf8(&list).unwrap());
        let change = put("list", &text, Expect::Version(Version::of(&list)));
        match save(local, repository, "main", vec![change]).await {
            Ok(_) => break,
            Err(CommitError::FileChanged { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// Two servers over one data folder have two queues; the operating system's lock is between them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let servers = [0, 1].map(|_| open(dir.path(), &[]).unwrap());
    servers[0].create_repository(&name("demo/models")).unwrap();
    let first = vec![put("list", "", Expect::Absent)];
    save(&servers[0], "demo/models", "main", first)
        .await
        .unwrap();
    let editors: Vec<_> = (0..4)
        .map(|editor| {
            let local = servers[editor % 2].clone();
            tokio::spawn(async move {
                for n in 0..SAVES {
                    append(&local, "demo/models", &format!("{editor}-{n}")).await;
                }
            })
        })
        .collect();
    for editor in editors {
        editor.await.unwrap();
    }
    let list = read(&servers[0], "demo/models", "list").await.unwrap();
    let mut lines: Vec<_> = str::from_utf8(&list).unwrap().lines().collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 4 * SAVES);
    assert_whole(&dir.path().join("repositories/demo/models.git"));
}

/// An open handle knows packs that are gone a moment later.
#[tokio::test]
async fn packs_that_git_replaces_are_read_from_their_successors() {
    let project = Project::new();
    for repack in [
        &["-d", "-q"][..],
        &["-a", "-d", "-q"],
        &["-d", "-q", "--write-midx"],
    ] {
        for n in ["a", "b"] {
            project
                .put(&format!("m/{n}"), &format!("{n} {repack:?}"))
                .await
                .unwrap();
            project.git(&[&["repack"], repack].concat());
            // Asks for what is nowhere, so that each pack's index is opened.
            let unknown = CommitId::parse(&"1".repeat(40)).unwrap();
            let (who, paths) = (ada(), [at("m/a")]);
            let name = name("local/project");
            let read = project
                .local
                .read_files(&who, &name, &unknown, &paths)
                .await;
            assert!(matches!(read, Err(ProviderError::NotFound { .. })));
        }
        project.git(&["repack", "-a", "-d", "-q"]);
        for n in ["a", "b"] {
            let text = read(&project.local, "local/project", &format!("m/{n}")).await;
            assert_eq!(text.unwrap(), format!("{n} {repack:?}"));
        }
        project.put("m/new", "").await.unwrap_err();
    }
    assert_whole(&project.path());
}

/// Git commits to other files, packs references and repacks objects all the while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn git_at_work_beside_us_disturbs_nobody() {
    let project = Project::new();
    project.git(&["checkout", "-q", "--detach"]);
    project
        .save(vec![put("list", "", Expect::Absent)])
        .await
        .unwrap();
    let (over, commits) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let (told, made, dir) = (over.clone(), commits.clone(), project.path());
    let beside = std::thread::spawn(move || {
        while !told.load(Ordering::Relaxed) {
            let number = made.load(Ordering::Relaxed);
            if commit_by_git(&dir, number) {
                made.store(number + 1, Ordering::Relaxed);
            }
            git(&dir, &["repack", "-a", "-d", "-q"]);
            // Refused where we hold a lock; then it is tried the next time round.
            drop(command(&dir).args(["pack-refs", "--all"]).output());
        }
    });
    for n in 0..SAVES {
        append(&project.local, "local/project", &n.to_string()).await;
        // Git is slower: every now and then it is let win.
        let before = commits.load(Ordering::Relaxed);
        while n % 5 == 0 && commits.load(Ordering::Relaxed) == before && !beside.is_finished() {
            tokio::task::yield_now().await;
        }
    }
    over.store(true, Ordering::Relaxed);
    beside.join().unwrap();
    let commits = commits.load(Ordering::Relaxed);
    let list = read(&project.local, "local/project", "list").await.unwrap();
    assert_eq!(str::from_utf8(&list).unwrap().lines().count(), SAVES);
    let by_git = project.git(&["rev-list", "--count", "--author=Git User", "main"]);
    assert_eq!(by_git, (commits + 1).to_string());
    assert!(commits >= SAVES / 5);
    assert_whole(&project.path());
}

/// A commit of a new file on top of `main`; `false` when the branch moved meanwhile.
fn commit_by_git(dir: &Path, number: usize) -> bool {
    let old = git(dir, &["rev-parse", "main"]);
    let blob = git(dir, &["rev-parse", "main:m/a"]);
    let entry = format!("100644,{blob},by-git/{number}");
    let index = dir.join("../index").display().to_string();
    let run = |args: &[&str]| {
        let done = command(dir)
            .env("GIT_INDEX_FILE", &index)
            .args(args)
            .output();
        String::from_utf8(done.unwrap().stdout)
            .unwrap()
            .trim()
            .to_owned()
    };
    run(&["read-tree", &old]);
    run(&["update-index", "--add", "--cacheinfo", &entry]);
    let tree = run(&["write-tree"]);
    let commit = git(dir, &["commit-tree", &tree, "-p", &old, "-m", "By git"]);
    let moved = command(dir)
        .args(["update-ref", "refs/heads/main", &commit, &old])
        .output();
    moved.unwrap().status.success()
}
