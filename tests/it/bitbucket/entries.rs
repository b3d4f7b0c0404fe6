//! Entries that are no plain text files.

use wyvern::provider::{CommitError, EntryKind, Expect, PageNumber, Provider as _, Version};

use super::desk::SHOP;
use super::{Desk, at, put};
use crate::forge::Fault;

/// A repository with an entry of every kind in `m`.
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
    for folder in ["m/link", "m/module", "m/out/m"] {
        assert_eq!(desk.list(folder).await.unwrap().len(), 0, "{folder}");
    }
}

#[tokio::test]
async fn nothing_is_written_through_a_link_or_a_submodule() {
    let desk = every_kind().await;
    let taken = [
        ("m/link", "m/link"),
        ("m/out/x", "m/out"),
        ("m/module/x", "m/module"),
    ];
    for (path, rival) in taken {
        let refused = desk.commit(vec![put(path, "x", Expect::Absent)]).await;
        assert!(
            matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == rival),
            "{refused:?}"
        );
    }
    // The same when the kinds are read from a list.
    let mut many: Vec<_> = (0..20)
        .map(|n| put(&format!("m/{n}"), "x", Expect::Absent))
        .collect();
    many.push(put("m/module/x", "x", Expect::Absent));
    let refused = desk.commit(many).await;
    assert!(
        matches!(&refused, Err(CommitError::AlreadyExists { name }) if name == "m/module"),
        "{refused:?}"
    );
    assert_eq!(desk.git.commits("main").len(), 1);
}

/// Its versions are told by bytes, and nothing else is told by them.
#[tokio::test]
async fn what_was_no_file_is_none_after_its_history_was_read_either() {
    let desk = Desk::new().await;
    let then = [("100644", "m/a/x", "deep"), ("120000", "m/b", "a")];
    desk.git.seed("main", &then);
    let now = [("100644", "m/a", "one"), ("100644", "m/b", "two")];
    desk.git.seed("main", &now);
    let tip = desk.resolve().await.unwrap();
    let (ada, repository) = (&desk.ada, &desk.repository);
    let first = PageNumber::FIRST;
    for (path, was) in [("m/a", None), ("m/b", Some(Version::of(b"a")))] {
        let path = at(path);
        let past = desk.bitbucket.history(ada, repository, &tip, &path, first);
        let past = past.await.unwrap().items;
        assert_eq!(past.len(), 2, "{path}");
        assert_eq!(past[1].version, was, "{path}");
        let read = desk.read_as(ada, &past[1].commit, path.as_str()).await;
        assert_eq!(read.unwrap(), None, "{path}");
    }
}

#[tokio::test]
async fn a_file_stays_a_program_when_it_is_saved() {
    let desk = Desk::empty().await;
    let files = [("100755", "run", "one"), ("100644", "text", "one")];
    desk.git.seed("main", &files);
    // Once after it was looked at, once after it was written.
    for text in ["two", "three"] {
        let both = vec![
            put("run", text, Expect::Any),
            put("text", text, Expect::Any),
        ];
        desk.commit(both).await.unwrap();
        let listed = desk.git.git(&["ls-tree", "main"]);
        let modes = listed.lines().map(|line| &line[..6]);
        assert!(modes.eq(["100755", "100644"]), "{listed}");
    }
}

#[tokio::test]
async fn a_file_of_the_large_file_storage_is_refused_in_words() {
    let desk = Desk::new().await;
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    desk.git.seed("main", &[("100644", "big", pointer)]);
    let refused = desk.open("big").await.unwrap_err().to_string();
    let words = "big is kept in Git LFS, from which nothing is read.";
    assert_eq!(refused, format!("the provider is unavailable: {words}"));
    assert_eq!(desk.open(SHOP).await.unwrap().unwrap().bytes, "one");
}

#[tokio::test]
async fn bytes_that_lead_elsewhere_are_not_followed() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let elsewhere = Fault::RedirectTo("http://127.0.0.1:9/file".to_owned());
    // The bytes, and not what is said of them.
    desk.next(
        "shop.json?format=meta",
        Fault::Before(std::sync::Arc::new(|_| ())),
    );
    desk.next(SHOP, elsewhere);
    let refused = desk.read_as(&desk.ada, &commit, SHOP).await;
    let words = "Bitbucket answered from somewhere else.";
    assert_eq!(
        refused.unwrap_err().to_string(),
        format!("the provider is unavailable: {words}")
    );
}

#[tokio::test]
async fn a_file_that_looks_like_a_list_is_no_folder() {
    let desk = Desk::empty().await;
    let list = serde_json::json!({ "values": [
        { "type": "commit_file", "path": "m/a/x", "commit": { "hash": "1".repeat(40) } },
    ] });
    desk.git
        .seed("main", &[("100644", "m/a", &list.to_string())]);
    // As if slashes at the end did not matter.
    let body = list.to_string();
    let as_it_is = Fault::Status {
        status: 200,
        headers: Vec::new(),
        body,
    };
    desk.next("/m/a/?", as_it_is);
    assert_eq!(desk.list("m/a").await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_file_that_is_cut_is_no_file() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let meta = serde_json::json!({
        "type": "commit_file", "path": SHOP, "size": 4, "commit": { "hash": commit.as_str() },
    });
    desk.next("shop.json?format=meta", super::desk::answer(200, &meta));
    let refused = desk.read_as(&desk.ada, &commit, SHOP).await.unwrap_err();
    let words = "Bitbucket gave an answer that cannot be read.";
    assert_eq!(
        refused.to_string(),
        format!("the provider is unavailable: {words}")
    );
}

#[tokio::test]
async fn bytes_are_kept_that_are_no_text() {
    let desk = Desk::empty().await;
    let contents: [&[u8]; 6] = [
        b"",
        b"\xef\xbb\xbf{}\r\n",
        b"caf\xe9",
        b"\0\x01\xff",
        b"\r\n--wyvern-\r\n",
        "Zoe\u{308} \u{1f409}".as_bytes(),
    ];
    let changes = contents.iter().enumerate().map(|(n, bytes)| {
        let mut change = put(&format!("f{n}"), "", Expect::Absent);
        change.action = wyvern::provider::Action::Put(bytes.to_vec().into());
        change
    });
    desk.commit(changes.collect()).await.unwrap();
    // Somebody who starts afresh reads what was written.
    let fresh = Desk {
        bitbucket: super::adapter(&desk.forge, desk.clock.clone()),
        ..desk
    };
    for (n, bytes) in contents.iter().enumerate() {
        let file = fresh.open(&format!("f{n}")).await.unwrap().unwrap();
        assert_eq!(file.bytes, *bytes, "file {n}");
    }
}
