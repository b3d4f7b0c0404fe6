//! What is too large, too many or too strange is refused or left out, and the rest goes on.

use std::fs;
use std::time::{Duration, Instant};

use wyvern::provider::PageNumber;

use super::*;

#[tokio::test]
async fn a_file_that_could_not_be_read_back_is_not_saved() {
    let project = Project::new();
    let before = project.git(&["count-objects"]);
    let huge = Change {
        path: at("m/huge"),
        action: Action::Put(vec![0; (64 << 20) + 1].into()),
        expect: Expect::Absent,
    };
    let refused = project.save(vec![huge]).await;
    assert!(
        matches!(refused, Err(CommitError::Provider(ProviderError::TooLarge))),
        "{refused:?}"
    );
    assert_eq!(project.git(&["count-objects"]), before);
}

#[tokio::test]
async fn an_index_that_libgit2_cannot_read_is_explained() {
    let split = "git config core.splitIndex false && git update-index --no-split-index";
    let sparse = "git sparse-checkout reapply --no-sparse-index";
    for (make, mend) in [
        (&["update-index", "--split-index"][..], split),
        (&["sparse-checkout", "set", "--sparse-index", "m"], sparse),
    ] {
        let project = Project::new();
        project.git(&["checkout", "-q", "-b", "wide"]);
        fs::create_dir(project.path().join("far")).unwrap();
        project.write("far/c", "c\n");
        project.git(&["add", "."]);
        project.git(&["commit", "-q", "-m", "Far"]);
        project.git(&["checkout", "-q", "-B", "main"]);
        project.git(make);
        let refused = project.put("m/a", "new\n").await;
        let Err(CommitError::Provider(ProviderError::Unavailable { reason, .. })) = refused else {
            panic!("{refused:?}");
        };
        assert!(reason.ends_with(&format!("`{mend}`.")), "{reason}");
        assert_eq!(project.read("m/a"), "a\n");
        for step in mend.split(" && ") {
            let args: Vec<_> = step.split(' ').skip(1).collect();
            project.git(&args);
        }
        project.put("m/a", "new\n").await.unwrap();
        assert_eq!(project.git(&["status", "--porcelain"]), "");
    }
}

#[tokio::test]
async fn an_object_that_cannot_be_read_does_not_keep_the_others_loose() {
    let dir = tempfile::tempdir().unwrap();
    let local = open(dir.path(), &[]).unwrap();
    local.create_repository(&name("demo/models")).unwrap();
    let objects = dir.path().join("repositories/demo/models.git/objects");
    // So many in one of 256 folders are taken for enough to be packed.
    fs::create_dir(objects.join("17")).unwrap();
    let broken = |number| objects.join("17").join(format!("{number:038}"));
    (0..4).for_each(|number| fs::write(broken(number), "garbage").unwrap());
    let change = vec![put("a", "a", Expect::Absent)];
    save(&local, "demo/models", "main", change).await.unwrap();
    let deadline = Instant::now() + Duration::from_secs(20);
    while fs::read_dir(objects.join("pack")).unwrap().count() < 2 {
        assert!(Instant::now() < deadline, "nothing is packed");
        tokio::task::yield_now().await;
    }
    assert!((0..4).all(|number| broken(number).exists()));
    assert_eq!(read(&local, "demo/models", "a").await.unwrap(), "a");
}

#[tokio::test]
async fn idle_handles_have_a_bound_over_all_repositories() {
    let dir = tempfile::tempdir().unwrap();
    let local = open(dir.path(), &[]).unwrap();
    for number in 0..40 {
        let repository = format!("demo/r{number}");
        local.create_repository(&name(&repository)).unwrap();
        let (who, repository) = (ada(), name(&repository));
        let branches = local.branches(&who, &repository, None, PageNumber::FIRST);
        assert!(branches.await.unwrap().items.is_empty());
    }
    let shown = format!("{local:?}");
    assert!(shown.contains(": 32 idle handles"), "{shown}");
}
