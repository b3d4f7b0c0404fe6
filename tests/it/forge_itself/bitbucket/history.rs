//! Commits.

use super::client::{Part, error, of_all, read, start, upload};

#[tokio::test]
async fn the_history_is_that_of_git() {
    let ada = start().await;
    let empty = read(&ada, "commits").await.is(200).json();
    assert_eq!(of_all(&empty, "/hash").len(), 0);
    for name in ["one", "two"] {
        let parts = [
            Part::File(name, b"x"),
            Part::Field("message", "A line\n\nand another\n"),
        ];
        upload(&ada, &parts).await.is(201);
    }
    let commits = ada.repository.commits("main");
    for path in [
        "commits",
        "commits/main",
        &format!("commits/{}", commits[0]),
    ] {
        let all = read(&ada, path).await.is(200).json();
        assert_eq!(of_all(&all, "/hash"), commits, "{path}");
    }
    let one = read(&ada, "commits/main?path=one").await.is(200).json();
    assert_eq!(of_all(&one, "/hash"), commits[1..]);
    let newest = read(&ada, &format!("commit/{}", commits[0]))
        .await
        .is(200)
        .json();
    assert_eq!(newest["parents"][0]["hash"], commits[1]);
    assert_eq!(newest["message"], "A line\n\nand another\n");
    assert_eq!(newest["author"]["raw"], "Ada Lovelace <ada@example.com>");
    assert_eq!(newest["author"]["user"]["nickname"], "ada");
    let none = read(&ada, "commits/no").await;
    assert_eq!(error(&none), (404, "Commit not found".to_owned()));
    assert_eq!(none.json()["error"]["data"]["shas"][0], "no");
}

#[tokio::test]
async fn a_long_history_comes_in_pages_of_thirty() {
    let ada = start().await;
    for _ in 0..31 {
        ada.repository.seed("main", &[]);
    }
    let first = read(&ada, "commits/main").await.is(200).json();
    let last = ada
        .get(first["next"].as_str().unwrap())
        .await
        .is(200)
        .json();
    let mut all = of_all(&first, "/hash");
    assert_eq!(all.len(), 30);
    all.extend(of_all(&last, "/hash"));
    assert_eq!(all, ada.repository.commits("main"));
}
