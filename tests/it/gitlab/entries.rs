//! Entries that are no plain text files.

use wyvern::provider::{CommitError, EntryKind, Expect};

use super::{Desk, put};

/// A project with an entry of every kind in `m`.
async fn every_kind() -> Desk {
    let desk = Desk::empty().await;
    let commit = "1".repeat(40);
    let files = [
        ("100644", "m/file", "text"),
        ("100755", "m/program", "run"),
        ("120000", "m/link", "file"),
        ("120000", "m/out", "../.."),
        ("160000", "m/module", &commit),
        ("100644", "m/folder/file", "deep"),
    ];
    desk.git.seed("main", &files);
    desk
}

#[tokio::test]
async fn links_and_submodules_are_shown_and_never_followed() {
    let desk = every_kind().await;
    let listed = desk.list("m").await.unwrap();
    let listed = listed.iter().map(|entry| (entry.name.as_str(), entry.kind));
    let all = [
        ("file", EntryKind::File),
        ("folder", EntryKind::Folder),
        ("link", EntryKind::Other),
        ("module", EntryKind::Other),
        ("out", EntryKind::Other),
        ("program", EntryKind::File),
    ];
    assert!(listed.eq(all));
    assert_eq!(desk.open("m/program").await.unwrap().unwrap().bytes, "run");
    let others = ["m/link", "m/out", "m/module", "m/folder"];
    for path in others.into_iter().chain(["m/out/m/file", "m/module/x"]) {
        assert_eq!(desk.open(path).await.unwrap(), None, "{path}");
    }
    for folder in ["m/link", "m/module", "m/out/m", "m/file"] {
        assert_eq!(desk.list(folder).await.unwrap().len(), 0, "{folder}");
    }
}

#[tokio::test]
async fn nothing_is_written_over_or_through_what_is_no_file() {
    let desk = every_kind().await;
    let taken = [
        ("m/link", "m/link"),
        ("m/out/x", "m/out"),
        ("m/file/x", "m/file"),
        ("m/folder", "m/folder"),
    ];
    for (path, rival) in taken {
        let refused = desk.commit(vec![put(path, "x", Expect::Absent)]).await;
        assert!(
            matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == rival),
            "{refused:?}"
        );
    }
    assert_eq!(desk.git.commits("main").len(), 1);
}

#[tokio::test]
async fn a_file_stays_a_program_when_it_is_saved() {
    let desk = Desk::empty().await;
    desk.git.seed("main", &[("100755", "run", "one")]);
    desk.commit(vec![put("run", "two", Expect::Any)])
        .await
        .unwrap();
    let listed = desk.git.git(&["ls-tree", "main", "run"]);
    assert!(listed.starts_with("100755 "), "{listed}");
}
