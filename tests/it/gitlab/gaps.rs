//! Others who write after GitLab has looked at a file's lock and before it takes the branch's tip:
//! it lets both pass, and nothing may be lost.

use std::sync::Arc;

use wyvern::provider::{Action, Change, CommitError, Expect, Version};

use super::{Desk, SHOP, at, put};
use crate::forge::{Act, Fault, World};

/// The change of another writer, that GitLab does not see in time.
async fn in_the_gap(path: &str, text: &str) -> Desk {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.next("Commit", Fault::Between(desk.another(path, text)));
    desk
}

fn is_changed(refused: &CommitError, now: &str) -> bool {
    let now = Some(Version::of(now.as_bytes()));
    matches!(refused, CommitError::FileChanged { path, now: found } if *path == at(SHOP) && *found == now)
}

#[tokio::test]
async fn a_commit_to_another_file_is_not_seen() {
    let desk = in_the_gap("README.md", "theirs").await;
    let done = desk.save("one", "two").await.unwrap();
    assert_eq!(desk.git.commits("main")[0], done.commit.as_str());
    assert_eq!(desk.git.commits("main").len(), 3);
    assert_eq!(desk.git.file("README.md"), "theirs");
    assert_eq!(desk.git.file(SHOP), "two");
    // What is known now is true.
    desk.save("two", "three").await.unwrap();
    assert_eq!(
        desk.open("README.md").await.unwrap().unwrap().bytes,
        "theirs"
    );
}

#[tokio::test]
async fn a_commit_to_our_file_is_put_back_and_told() {
    let desk = in_the_gap(SHOP, "theirs").await;
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(is_changed(&refused, "theirs"), "{refused:?}");
    assert_eq!(desk.git.file(SHOP), "theirs");
    let ours = desk.git.commits("main")[1].clone();
    let title = format!("Put back what {ours} has replaced");
    assert_eq!(desk.history(SHOP).await, [&title, "Save", "Seed", "Seed"]);
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "theirs");
    // With the version that is there, a save passes.
    desk.save("theirs", "both").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "both");
}

#[tokio::test]
async fn the_same_edit_of_somebody_else_is_no_conflict() {
    let desk = in_the_gap(SHOP, "two").await;
    let done = desk.save("one", "two").await.unwrap();
    assert_eq!(done.versions, [Some(Version::of(b"two"))]);
    assert_eq!(desk.git.file(SHOP), "two");
    // Ours has changed nothing there: the file's lock is theirs.
    desk.save("two", "three").await.unwrap();
    assert_eq!(desk.git.file(SHOP), "three");
}

/// What was there already was not sent, and is gone when the commit is made.
#[tokio::test]
async fn a_part_that_was_not_needed_is_made_when_it_is() {
    let desk = in_the_gap("README.md", "theirs").await;
    let changes = vec![
        put(SHOP, "two", Expect::Version(Version::of(b"one"))),
        put("README.md", "hello", Expect::Any),
    ];
    desk.commit(changes).await.unwrap();
    assert_eq!(desk.git.file(SHOP), "two");
    assert_eq!(desk.git.file("README.md"), "hello");
}

#[tokio::test]
async fn an_overwrite_that_was_asked_for_stands() {
    let desk = in_the_gap(SHOP, "theirs").await;
    desk.commit(vec![put(SHOP, "ours", Expect::Any)])
        .await
        .unwrap();
    assert_eq!(desk.git.file(SHOP), "ours");
    assert_eq!(desk.git.commits("main").len(), 3);
}

#[tokio::test]
async fn all_of_a_commit_is_taken_back_or_none() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    let git = desk.git.clone();
    let theirs = move |_: &World| git.seed("main", &[("100755", SHOP, "theirs")]);
    desk.next("Commit", Fault::Between(Arc::new(theirs)));
    let gone = Change {
        path: at(SHOP),
        action: Action::Delete,
        expect: Expect::Version(Version::of(b"one")),
    };
    let changes = vec![
        put("m/store/store.json", "one", Expect::Absent),
        gone,
        put(
            "README.md",
            "renamed",
            Expect::Version(Version::of(b"hello")),
        ),
    ];
    let refused = desk.commit(changes).await.unwrap_err();
    assert!(is_changed(&refused, "theirs"), "{refused:?}");
    assert_eq!(desk.git.files(), ["README.md", SHOP]);
    assert_eq!(desk.git.file(SHOP), "theirs");
    let listed = desk.git.git(&["ls-tree", "main", SHOP]);
    assert!(listed.starts_with("100755"), "{listed}");
    assert_eq!(desk.git.file("README.md"), "hello");
    desk.git.git(&["fsck", "--strict"]);
}

#[tokio::test]
async fn a_restoration_whose_answer_is_lost_is_found() {
    for fault in [Fault::ResetAfter, Fault::StatusAfter(502), Fault::Reset] {
        let desk = in_the_gap(SHOP, "theirs").await;
        desk.next("Commit", fault);
        let refused = desk.save("one", "two").await.unwrap_err();
        assert!(is_changed(&refused, "theirs"), "{refused:?}");
        assert_eq!(desk.git.file(SHOP), "theirs");
        assert_eq!(desk.git.commits("main").len(), 4);
    }
}

#[tokio::test]
async fn a_restoration_passes_by_commits_to_other_files() {
    let faults: [fn(Act) -> Fault; 2] = [Fault::Before, Fault::Between];
    for fault in faults {
        let desk = in_the_gap(SHOP, "theirs").await;
        desk.next("Commit", fault(desk.another("README.md", "third")));
        let refused = desk.save("one", "two").await.unwrap_err();
        assert!(is_changed(&refused, "theirs"), "{refused:?}");
        assert_eq!(desk.git.file(SHOP), "theirs");
        assert_eq!(desk.git.file("README.md"), "third");
    }
}

#[tokio::test]
async fn whoever_has_built_on_our_commit_is_not_replaced_in_turn() {
    let desk = in_the_gap(SHOP, "theirs").await;
    desk.next("Commit", Fault::Before(desk.another(SHOP, "third")));
    let unknown = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(unknown, CommitError::Unknown { .. }),
        "{unknown:?}"
    );
    assert_eq!(desk.git.file(SHOP), "third");
    assert_eq!(desk.history(SHOP).await, ["Seed", "Save", "Seed", "Seed"]);
}

#[tokio::test]
async fn whoever_comes_into_the_gap_of_a_restoration_is_not_replaced_either() {
    let desk = in_the_gap(SHOP, "theirs").await;
    desk.next("Commit", Fault::Between(desk.another(SHOP, "third")));
    let unknown = desk.save("one", "two").await.unwrap_err();
    assert!(
        matches!(unknown, CommitError::Unknown { .. }),
        "{unknown:?}"
    );
    assert_eq!(desk.git.file(SHOP), "third");
    let titles = desk.history(SHOP).await;
    let put_back: Vec<_> = titles.iter().map(|title| &title[..4]).collect();
    assert_eq!(put_back, ["Put ", "Put ", "Seed", "Save", "Seed", "Seed"]);
}

#[tokio::test]
async fn a_lost_answer_hides_nothing_either() {
    let desk = Desk::new().await;
    desk.open(SHOP).await.unwrap();
    desk.git.seed("main", &[("100644", SHOP, "theirs")]);
    // A lock that lets ours pass, and then no answer.
    let lock = Fault::Status {
        status: 200,
        headers: vec![(
            "x-gitlab-last-commit-id".to_owned(),
            desk.git.commits("main")[0].clone(),
        )],
        body: String::new(),
    };
    desk.next("/files/", lock);
    desk.next("Commit", Fault::ResetAfter);
    let refused = desk.save("one", "two").await.unwrap_err();
    assert!(is_changed(&refused, "theirs"), "{refused:?}");
    assert_eq!(desk.git.file(SHOP), "theirs");
    assert_eq!(desk.git.commits("main").len(), 4);
}
