//! Files and folders of every size.

use wyvern::provider::{EntryKind, Provider as _, Version};

use super::{Desk, SHOP, answer, at};
use crate::forge::{Fault, Wanted};
use crate::github::desk::text;

#[tokio::test]
async fn a_file_of_fifty_megabytes_is_whole() {
    let desk = Desk::empty().await;
    let large = text(50 << 20);
    desk.git.seed("main", &[("100644", "large", &large)]);
    let file = desk.open("large").await.unwrap().unwrap();
    assert!(file.bytes == large);
    assert_eq!(file.version, Version::of(large.as_bytes()));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_read_as_a_blob_and_then_kept() {
    let desk = Desk::empty().await;
    desk.git.seed("main", &[("100644", "text", "text")]);
    let bytes: &[u8] = b"\xef\xbb\xbfcaf\xe9\0\r\n";
    let mut stream = format!(
        "commit refs/heads/main\ncommitter S <s@example.com> 1700000000 +0000\ndata 0\n\
         from refs/heads/main^0\nM 100644 inline bytes\ndata {}\n",
        bytes.len()
    )
    .into_bytes();
    stream.extend(bytes);
    desk.git.git_fed(&["fast-import", "--quiet"], &stream);
    assert_eq!(desk.open("bytes").await.unwrap().unwrap().bytes, bytes);
    let raw = format!("GET /blobs/{}/raw 200", Version::of(bytes));
    assert_eq!(desk.calls(), ["GET /branches/main 200", "Look 200", &raw]);
    assert_eq!(desk.open("bytes").await.unwrap().unwrap().bytes, bytes);
    assert_eq!(desk.calls(), ["GET /branches/main 304"]);
}

#[tokio::test]
async fn a_blob_that_is_cut_or_another_is_an_error() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let too_much = || {
        answer(
            200,
            &serde_json::json!({ "errors": [{
        "message": "Max blobs size limit exceeded (32 MB / 20 MB)."
    }] }),
        )
    };
    let cut = Fault::Status {
        status: 200,
        headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
        body: "on".to_owned(),
    };
    for fault in [cut, Fault::WrongType] {
        let desk = Desk::new().await.afresh();
        desk.next("Look", too_much());
        desk.next("/blobs/", fault);
        let error = desk.open(SHOP).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the provider is unavailable: GitLab gave an answer that cannot be read."
        );
    }
    desk.next("Look", too_much());
    assert_eq!(
        desk.read_as(&desk.ada, &commit, SHOP)
            .await
            .unwrap()
            .unwrap()
            .bytes,
        "one"
    );
}

/// D19: the list is whole, however long it is.
#[tokio::test]
async fn twelve_hundred_models_are_listed_by_a_call_for_each_hundred() {
    let desk = Desk::empty().await;
    let names: Vec<_> = (0..1200).map(|n| format!("model {n:04}")).collect();
    let paths: Vec<_> = names
        .iter()
        .map(|name| format!("m/{name}/{name}.json"))
        .collect();
    let files: Vec<_> = paths
        .iter()
        .map(|path| ("100644", path.as_str(), "{}"))
        .collect();
    desk.git.seed("main", &files);
    let listed = desk.list("m").await.unwrap();
    assert!(listed.iter().map(|entry| &entry.name).eq(&names));
    assert!(listed.iter().all(|entry| entry.kind == EntryKind::Folder));
    assert_eq!(desk.calls().len(), 1 + 12);
    assert_eq!(desk.list("m").await.unwrap(), listed);
    assert_eq!(desk.calls(), ["GET /branches/main 304"]);

    let desk = desk.afresh();
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let paths: Vec<_> = paths.iter().map(|path| at(path)).collect();
    let files = desk
        .gitlab
        .read_files(&desk.ada, &desk.repository, &commit, &paths);
    assert_eq!(files.await.unwrap().into_iter().flatten().count(), 1200);
    assert_eq!(desk.calls(), vec!["Look 200"; 12]);
}

/// Beyond ten thousand items GitLab does not count them.
#[tokio::test]
async fn a_folder_whose_pages_are_not_counted_is_listed_wholly() {
    let desk = Desk::empty().await;
    let names: Vec<_> = (0..250).map(|n| format!("m/{n:03}")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|name| ("100644", name.as_str(), "{}"))
        .collect();
    desk.git.seed("main", &files);
    let commit = desk.resolve().await.unwrap();
    let page = |first: usize, next: &str| {
        let items = first..(first + 100).min(250);
        let items =
            items.map(|n| serde_json::json!({ "name": format!("{n:03}"), "mode": "100644" }));
        Fault::Status {
            status: 200,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("x-next-page".to_owned(), next.to_owned()),
            ],
            body: items.collect::<serde_json::Value>().to_string(),
        }
    };
    desk.forge
        .faults()
        .next(Wanted::Path("&page=1".to_owned()), page(0, "2"));
    desk.forge
        .faults()
        .next(Wanted::Path("&page=2".to_owned()), page(100, "3"));
    desk.forge
        .faults()
        .next(Wanted::Path("&page=3".to_owned()), page(200, ""));
    let folder = at("m");
    let listed = desk
        .gitlab
        .read_dir(&desk.ada, &desk.repository, &commit, &folder);
    assert_eq!(listed.await.unwrap().len(), 250);
}

/// Pages without an end are refused, and so are more than anybody would read.
#[tokio::test]
async fn pages_that_never_end_are_not_all_asked_for() {
    for (header, value) in [("x-total-pages", "5000"), ("x-next-page", "1")] {
        let desk = Desk::new().await;
        let commit = desk.resolve().await.unwrap();
        desk.calls();
        let page = Fault::Status {
            status: 200,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                (header.to_owned(), value.to_owned()),
            ],
            body: "[]".to_owned(),
        };
        desk.every("/tree", page);
        let folder = at("m");
        let listed = desk
            .gitlab
            .read_dir(&desk.ada, &desk.repository, &commit, &folder);
        listed.await.unwrap_err();
        assert_eq!(desk.calls().len(), 1, "{header}");
    }
}

#[tokio::test]
async fn files_that_graphql_cannot_give_all_at_once_are_read_one_by_one() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    let failed = || answer(502, &serde_json::json!({ "message": "Too much" }));
    for fault in [failed(), Fault::Reset] {
        let gitlab = desk.another_server();
        desk.calls();
        desk.next("Look", fault);
        let paths = [at(SHOP)];
        let files = gitlab.read_files(&desk.ada, &desk.repository, &commit, &paths);
        assert_eq!(files.await.unwrap()[0].as_ref().unwrap().bytes, "one");
        let calls = desk.calls();
        assert!(calls[0] == "Look 502" || calls[0] == "Look 0", "{calls:?}");
        assert_eq!(calls[1], "Look 200");
        assert!(calls[2].starts_with("GET /blobs/"), "{calls:?}");
        assert_eq!(calls.len(), 3, "the heavy query is not asked again");
    }
}

#[tokio::test]
async fn a_query_that_is_too_complex_is_asked_in_halves() {
    let desk = Desk::new().await;
    let commit = desk.resolve().await.unwrap();
    desk.calls();
    let complex = "Query has complexity of 275, which exceeds max complexity of 250";
    let complex = serde_json::json!({ "errors": [{ "message": complex }] });
    for _ in 0..2 {
        desk.next("Look", answer(200, &complex));
    }
    let paths = [at(SHOP), at("README.md")];
    let files = desk
        .gitlab
        .read_files(&desk.ada, &desk.repository, &commit, &paths);
    let files: Vec<_> = files.await.unwrap().into_iter().flatten().collect();
    assert_eq!(
        (&*files[0].bytes, &*files[1].bytes),
        (&b"one"[..], &b"hello"[..])
    );
    assert_eq!(desk.calls(), ["Look 200"; 4]);
}
