//! Which repositories are served, and which are refused with what words.

use std::fs;
use std::os::unix::fs::symlink;

use wyvern::provider::{PageNumber, Repository};

use super::*;

async fn listed(local: &Local) -> Vec<String> {
    let all = local.repositories(&ada(), None, PageNumber::FIRST).await;
    let shown = |repository: Repository| repository.name.to_string();
    all.unwrap().items.into_iter().map(shown).collect()
}

fn bare(path: &Path) {
    fs::create_dir_all(path).unwrap();
    git(path, &["init", "-q", "--bare", "-b", "main"]);
}

#[tokio::test]
async fn repositories_of_the_data_folder_are_found_as_they_come() {
    let dir = tempfile::tempdir().unwrap();
    let local = open(dir.path(), &[]).unwrap();
    assert_eq!(listed(&local).await, [""; 0]);
    assert!(local.create_repository(&name("demo/models")).unwrap());
    assert!(!local.create_repository(&name("demo/models")).unwrap());
    let root = dir.path().join("repositories");
    bare(&root.join("group/sub group/Zoë.git"));
    assert_eq!(listed(&local).await, ["demo/models", "group/sub group/Zoë"]);
    let created = root.join("demo/models.git");
    assert_eq!(git(&created, &["symbolic-ref", "HEAD"]), "refs/heads/main");
    assert_eq!(git(&created, &["config", "core.bare"]), "true");
    for repository in ["demo/models", "group/sub group/Zoë"] {
        let change = vec![put("a", "a", Expect::Absent)];
        save(&local, repository, "main", change).await.unwrap();
    }
    assert_whole(&created);

    fs::remove_dir_all(&created).unwrap();
    let change = vec![put("b", "b", Expect::Absent)];
    let gone = save(&local, "demo/models", "main", change).await;
    assert!(matches!(
        gone,
        Err(CommitError::Provider(ProviderError::NotFound {
            what: "repository"
        }))
    ));
}

#[tokio::test]
async fn links_and_bad_names_under_the_data_folder_are_skipped() {
    let dir = tempfile::tempdir().unwrap();
    let outside = dir.path().join("outside.git");
    bare(&outside);
    let root = dir.path().join("data/repositories");
    fs::create_dir_all(root.join("demo")).unwrap();
    symlink(&outside, root.join("demo/link.git")).unwrap();
    symlink(dir.path(), root.join("away")).unwrap();
    bare(&root.join("demo/CON.git"));
    bare(&root.join("top.git"));
    fs::create_dir(root.join("demo/empty.git")).unwrap();
    let local = open(&dir.path().join("data"), &[]).unwrap();
    assert_eq!(listed(&local).await, [""; 0]);
    for hidden in ["demo/link", "away/outside", "demo/empty"] {
        let main = BranchName::parse("main").unwrap();
        let found = local.resolve(&ada(), &name(hidden), &main).await;
        assert!(
            matches!(found, Err(ProviderError::NotFound { what: "repository" })),
            "{hidden}: {found:?}"
        );
    }
}

#[tokio::test]
async fn a_repository_is_served_where_it_is() {
    let project = Project::new();
    let dot_git = project.path().join(".git");
    let bare_one = project.dir.path().join("shared.git");
    bare(&bare_one);
    let data = project.dir.path().join("data2");
    let local = open(&data, &[&dot_git, &bare_one]).unwrap();
    assert_eq!(listed(&local).await, ["local/project", "local/shared"]);
    let taken = local.create_repository(&name("local/shared")).unwrap_err();
    assert!(matches!(taken, OpenError::SameName { .. }));
    assert!(read(&local, "local/project", "m/a").await.is_some());
}

#[test]
fn what_cannot_be_served_is_explained() {
    let project = Project::new();
    let root = fs::canonicalize(project.dir.path()).unwrap();
    let explain = |paths: &[&Path]| open(&root.join("other"), paths).unwrap_err().to_string();
    let shown = root.display();

    let missing = root.join("missing");
    assert_eq!(
        explain(&[&missing]),
        format!(
            "{shown}/missing is not a git repository: name one, or create it with \
             `git init {shown}/missing`"
        )
    );
    bare(&root.join("x/project.git"));
    assert_eq!(
        explain(&[&root.join("x/project.git"), &root.join("project")]),
        format!(
            "{shown}/x/project.git and {shown}/project/.git would both be called local/project: \
             rename one of the folders, or serve one"
        )
    );
}

#[test]
fn what_git_or_windows_reads_otherwise_is_explained() {
    let project = Project::new();
    let root = fs::canonicalize(project.dir.path()).unwrap();
    let explain = |paths: &[&Path]| open(&root.join("other"), paths).unwrap_err().to_string();
    let linked = root.join("linked");
    project.git(&["worktree", "add", "-q", &linked.display().to_string()]);
    assert!(
        explain(&[&linked])
            .ends_with("it is a linked work tree or a submodule; name the main repository instead")
    );
    bare(&root.join("nul.git"));
    assert!(
        explain(&[&root.join("nul.git")])
            .ends_with("refused: it is a device name on Windows. Rename the folder.")
    );
    for (format, option) in [
        ("sha256", "--object-format=sha256"),
        ("reftable", "--ref-format=reftable"),
    ] {
        let path = root.join(format);
        fs::create_dir(&path).unwrap();
        git(&path, &["init", "-q", "--bare", option]);
        let text = explain(&[&path]);
        assert!(text.contains("cannot be served"), "{text}");
    }
}

#[tokio::test]
async fn packed_and_symbolic_branches_are_branches() {
    let project = Project::new();
    project.git(&["branch", "team/x"]);
    project.git(&["pack-refs", "--all"]);
    project.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    assert!(!project.path().join(".git/refs/heads/main").exists());
    project.put("m/a", "packed\n").await.unwrap();
    assert_eq!(project.git(&["show", "main:m/a"]), "packed");

    let change = vec![put("m/a", "by alias\n", Expect::Any)];
    save(&project.local, "local/project", "alias", change)
        .await
        .unwrap();
    assert_eq!(
        project.git(&["symbolic-ref", "refs/heads/alias"]),
        "refs/heads/main"
    );
    assert_eq!(project.git(&["show", "main:m/a"]), "by alias");
    assert_eq!(project.git(&["status", "--porcelain"]), "");

    // A branch in packed-refs only is in the way of `team`, and one that is gone is not.
    let (local, main) = (&project.local, BranchName::parse("main").unwrap());
    let team = BranchName::parse("team").unwrap();
    let project_name = name("local/project");
    let refused = local
        .create_branch(&ada(), &project_name, &team, &main)
        .await;
    assert!(matches!(refused, Err(CommitError::AlreadyExists { name }) if name == "team/x"));
    project.git(&["branch", "-q", "-D", "team/x"]);
    fs::create_dir_all(project.path().join(".git/refs/heads/team/empty")).unwrap();
    let made = local
        .create_branch(&ada(), &project_name, &team, &main)
        .await;
    assert_eq!(made.unwrap().as_str(), project.git(&["rev-parse", "team"]));
    let log = project.git(&["reflog", "team"]);
    assert!(log.ends_with("branch: Created from main"), "{log}");
    assert_whole(&project.path());
}

#[tokio::test]
async fn loose_objects_are_packed_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let local = open(dir.path(), &[]).unwrap();
    local.create_repository(&name("demo/models")).unwrap();
    let git_dir = dir.path().join("repositories/demo/models.git");
    let unreachable = git(&git_dir, &["hash-object", "-w", "--stdin"]);
    let count = |what: &str| {
        let counted = git(&git_dir, &["count-objects", "-v"]);
        let line = counted.lines().find_map(|line| line.strip_prefix(what));
        line.unwrap().parse::<usize>().unwrap()
    };
    for n in 0..600 {
        let expect = if n == 0 { Expect::Absent } else { Expect::Any };
        let change = vec![put("m/a", &format!("version {n}\n"), expect)];
        save(&local, "demo/models", "main", change).await.unwrap();
        // Packing is over when its scratch folder is gone; what it removes last is loose files.
        if n % 200 == 199 {
            let scratch = git_dir.join("wyvern/packing");
            let deadline = std::time::Instant::now() + std::time::Duration::from_mins(1);
            while count("count: ") > 100 || scratch.exists() {
                assert!(
                    std::time::Instant::now() < deadline,
                    "packing takes too long"
                );
                tokio::task::yield_now().await;
            }
        }
    }
    assert!(count("packs: ") <= 4, "packs are put together");
    assert!(count("in-pack: ") >= 2300);
    assert_eq!(git(&git_dir, &["rev-list", "--count", "main"]), "600");
    git(&git_dir, &["cat-file", "-e", &unreachable]);
    assert_eq!(
        read(&local, "demo/models", "m/a").await.unwrap(),
        "version 599\n"
    );
    assert_whole(&git_dir);
}
