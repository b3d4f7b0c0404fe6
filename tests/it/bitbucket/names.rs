//! Names that stand in addresses, in forms and in lists.

use wyvern::provider::{CommitRequest, Expect, Provider as _, Version};

use super::{Desk, at, branch, put};

#[tokio::test]
async fn branches_are_found_whatever_their_names_hold() {
    let desk = Desk::new().await;
    for name in ["feature/x/y", "100%", "a#b", "Zoë/火", "fix+1;2=3&4"] {
        let (ada, repository) = (&desk.ada, &desk.repository);
        let tip = desk.create_branch(name).await.unwrap();
        let found = desk.bitbucket.resolve(ada, repository, &branch(name)).await;
        assert_eq!(found.unwrap(), tip, "{name}");
        let request = CommitRequest {
            branch: branch(name),
            changes: vec![put("a", name, Expect::Absent)],
            message: name.to_owned(),
        };
        let done = desk
            .bitbucket
            .commit(ada, repository, request)
            .await
            .unwrap();
        assert_eq!(desk.git.commits(name)[0], done.commit.as_str());
        let read = desk.read_as(ada, &done.commit, "a").await.unwrap();
        assert_eq!(read.unwrap().bytes, name);
    }
}

/// What stands in addresses, forms and headers for something else.
const NAMES: [&str; 11] = [
    "with space",
    "a#b?c=d&e",
    "100%",
    "%2e%2e",
    "a'b\"c",
    "a;b=\"c\"; filename=\"d",
    "Zoë 火 🐉",
    "message",
    "files",
    "-dash+plus",
    "a:b",
];

#[tokio::test]
async fn paths_are_kept_whatever_they_hold() {
    let desk = Desk::new().await;
    let mut paths = NAMES.map(|name| format!("n/{name}/{name}.json"));
    paths.sort();
    let all = paths.iter().map(|path| put(path, path, Expect::Absent));
    desk.commit(all.collect()).await.unwrap();
    let mut written = desk.git.files();
    written.retain(|file| file.starts_with("n/"));
    written.sort();
    assert_eq!(written, paths);

    // One by one, and all by a list.
    for path in &paths {
        are_read_afresh(&desk, std::slice::from_ref(path)).await;
    }
    are_read_afresh(&desk, &paths).await;

    let gone = paths.iter().map(|path| super::desk::delete(path, path));
    desk.commit(gone.collect()).await.unwrap();
    assert_eq!(desk.git.files(), ["README.md", "m/shop/shop.json"]);
}

/// Somebody who has read nothing before finds in each file its own path.
async fn are_read_afresh(desk: &Desk, paths: &[String]) {
    let fresh = super::adapter(&desk.forge, desk.clock.clone());
    let tip = desk.resolve().await.unwrap();
    let all: Vec<_> = paths.iter().map(|path| at(path)).collect();
    let read = fresh.read_files(&desk.ada, &desk.repository, &tip, &all);
    let read = read.await.unwrap();
    let texts = read
        .iter()
        .map(|file| file.as_ref().unwrap().bytes.as_ref());
    assert!(texts.eq(paths.iter().map(String::as_bytes)));
}

#[tokio::test]
async fn messages_are_kept_byte_for_byte() {
    let desk = Desk::new().await;
    let messages = [
        "Title\n\nBody: \"Zoë\"\n\nRequest-Id: 0011\n",
        "one line",
        "--boundary\r\nContent-Disposition: form-data; name=\"branch\"\r\n\r\nother",
    ];
    for (n, message) in messages.iter().enumerate() {
        let change = put("a", &n.to_string(), Expect::Any);
        let change = if n == 0 {
            put("a", "0", Expect::Absent)
        } else {
            change
        };
        let done = desk
            .commit_as(&desk.ada, message, vec![change])
            .await
            .unwrap();
        assert_eq!(done.versions, [Some(Version::of(n.to_string().as_bytes()))]);
        let kept = desk.git.git(&["cat-file", "commit", "main"]);
        let (_, kept) = kept.split_once("\n\n").unwrap();
        assert_eq!(kept.trim_end_matches('\n'), message.trim_end_matches('\n'));
    }
    let author = "Ada Lovelace <ada@example.org>";
    assert!(
        desk.git.last_commit().starts_with(author),
        "the token's person"
    );
}
