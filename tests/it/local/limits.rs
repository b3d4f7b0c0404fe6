//! What is too large, too many or too strange is refused or left out, and the rest goes on.

use std::fs;

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
        assert!(reason.ends_with(&format!("`{mend}`")), "{reason}");
        assert_eq!(project.read("m/a"), "a\n");
        for step in mend.split(" && ") {
            let args: Vec<_> = step.split(' ').skip(1).collect();
            project.git(&args);
        }
        project.put("m/a", "new\n").await.unwrap();
        assert_eq!(project.git(&["status", "--porcelain"]), "");
    }
}
