//! Names that stand in addresses, in forms and in lists.

use wyvern::provider::{CommitRequest, Expect, FilePath, Provider as _, Version};

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
    written.retain(|path| path.starts_with("n/"));
    written.sort();
    assert_eq!(written, paths);

    for path in &paths {
        assert_eq!(read_afresh(&desk, &[at(path)]).await, [path.as_str()]);
    }
    // The same by a list.
    let all: Vec<_> = paths.iter().map(|path| at(path)).collect();
    assert_eq!(read_afresh(&desk, &all).await, paths);

    let gone = paths.iter().map(|path| super::desk::delete(path, path));
    desk.commit(gone.collect()).await.unwrap();
    assert_eq!(desk.git.files(), ["README.md", "m/shop/shop.json"]);
}

/// The texts of files, read by somebody who starts afresh.
async fn read_afresh(desk: &Desk, paths: &[FilePath]) -> Vec<String> {
    let fresh = super::adapter(&desk.forge, desk.clock.clone());
    let tip = desk.resolve().await.unwrap();
    let read = fresh.read_files(&desk.ada, &desk.repository, &tip, paths);
    let files = read.await.unwrap().into_iter().flatten();
    let texts = files.map(|file| String::from_utf8(file.bytes.to_vec()).unwrap());
    texts.collect()
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
