//! What is too large, too many or too strange is refused or left out, and the rest goes on.

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
