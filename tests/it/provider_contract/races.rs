//! What many writers at once leave behind (D7).

use futures_util::future::join_all;

use super::*;

const WRITERS: usize = 16;

pub(super) async fn writers_of_one_file_leave_one_winner(bench: &Bench) {
    let start = bench.create("a", "start").await;
    let write = |n: usize| {
        let (bench, expect) = (bench.clone(), Expect::Version(start.clone()));
        tokio::spawn(async move {
            bench
                .commit(vec![put("a", &format!("by {n}"), expect)])
                .await
        })
    };
    let results = join_all((0..WRITERS).map(write)).await;
    let results: Vec<_> = results.into_iter().map(Result::unwrap).collect();
    let winners: Vec<_> = (0..WRITERS).filter(|n| results[*n].is_ok()).collect();
    assert_eq!(winners.len(), 1);
    let text = bench.text("a").await.unwrap();
    assert_eq!(text, format!("by {}", winners[0]));
    let now = bench
        .file_at(&bench.tip().await, "a")
        .await
        .unwrap()
        .version;
    for error in results.into_iter().filter_map(Result::err) {
        assert!(
            matches!(&error, CommitError::FileChanged { path, now: Some(n) } if *path == at("a") && *n == now),
            "{error:?}"
        );
    }
    assert_eq!(bench.changes_of("a").await, 2);
}

pub(super) async fn writers_of_other_files_do_not_meet(bench: &Bench) {
    bench.create("start", "").await;
    let write = |n: usize| {
        let bench = bench.clone();
        tokio::spawn(async move { bench.create(&format!("m/{n}.json"), &n.to_string()).await })
    };
    let results = join_all((0..WRITERS).map(write)).await;
    assert!(results.into_iter().all(|result| result.is_ok()));
    assert_eq!(bench.list("m").await.len(), WRITERS);
    for n in 0..WRITERS {
        assert_eq!(bench.changes_of(&format!("m/{n}.json")).await, 1);
    }
}

/// Each editor appends lines of its own, starting over when somebody else was faster: at the end
/// each line is there, once.
pub(super) async fn nothing_appended_by_many_editors_is_lost(bench: &Bench) {
    const SAVES: usize = 20;
    bench.create("list", "").await;
    let edit = |editor: usize| {
        let bench = bench.clone();
        tokio::spawn(async move {
            for save in 0..SAVES {
                append(&bench, &format!("{editor}-{save}\n")).await;
            }
        })
    };
    for done in join_all((0..WRITERS).map(edit)).await {
        done.unwrap();
    }
    let text = bench.text("list").await.unwrap();
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    lines.sort();
    let mut written: Vec<_> = (0..WRITERS)
        .flat_map(|editor| (0..SAVES).map(move |save| format!("{editor}-{save}")))
        .collect();
    written.sort();
    assert_eq!(lines, written);
    assert_eq!(bench.changes_of("list").await, WRITERS * SAVES + 1);
}

async fn append(bench: &Bench, line: &str) {
    loop {
        let file = bench.file_at(&bench.tip().await, "list").await.unwrap();
        let text = format!("{}{line}", str::from_utf8(&file.bytes).unwrap());
        let change = put("list", &text, Expect::Version(file.version));
        match bench.commit(vec![change]).await {
            Ok(_) => break,
            Err(CommitError::FileChanged { .. }) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}
