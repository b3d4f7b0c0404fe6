//! Reading: listings, files, history.

use super::*;

fn assert_missing<T: Debug>(answer: Result<T, ProviderError>, wanted: &str) {
    let error = answer.expect_err("it is not there");
    let ProviderError::NotFound { what } = error else {
        panic!("{error:?}");
    };
    assert_eq!(what, wanted);
}

pub(super) async fn containers_that_are_not_there_are_named(bench: &Bench) {
    bench.create("a", "a").await;
    let (p, who, r) = (&bench.provider, &bench.who, &bench.repository);
    let (tip, path, first) = (bench.tip().await, at("a"), PageNumber::FIRST);
    let nowhere = RepositoryName::parse("demo/nowhere").unwrap();
    assert_missing(p.branches(who, &nowhere, None, first).await, "repository");
    assert_missing(p.resolve(who, &nowhere, &main()).await, "repository");
    let read = p.read_dir(who, &nowhere, &tip, &path).await;
    assert_missing(read, "repository");
    assert_missing(p.resolve(who, r, &branch("nowhere")).await, "branch");
    let unknown = CommitId::parse(&"1".repeat(40)).unwrap();
    let blob = bench.file_at(&tip, "a").await.unwrap().version;
    let not_a_commit = CommitId::parse(blob.as_str()).unwrap();
    for commit in [unknown, not_a_commit] {
        assert_missing(p.read_dir(who, r, &commit, &path).await, "commit");
        let paths = [at("a")];
        assert_missing(p.read_files(who, r, &commit, &paths).await, "commit");
        assert_missing(p.history(who, r, &commit, &path, first).await, "commit");
    }
}

pub(super) async fn commits_to_what_is_not_there_are_refused(bench: &Bench) {
    bench.create("a", "a").await;
    for (name, wanted) in [("demo/nowhere", "repository"), ("demo/models", "branch")] {
        let request = CommitRequest {
            branch: branch("nowhere"),
            changes: vec![put("x", "x", Expect::Absent)],
            message: String::new(),
        };
        let name = RepositoryName::parse(name).unwrap();
        let refused = bench.provider.commit(&bench.who, &name, request).await;
        assert!(
            matches!(refused, Err(CommitError::Provider(ProviderError::NotFound { what })) if what == wanted)
        );
    }
}

pub(super) async fn folders_that_are_not_there_are_empty(bench: &Bench) {
    bench.create("m/a", "a").await;
    assert_eq!(bench.list("nowhere").await, []);
    assert_eq!(bench.list("m/nowhere/deep").await, []);
    assert_eq!(bench.list("m/a").await, [], "a file is not a folder");
    assert_eq!(bench.list("m/a/b").await, []);
    assert_eq!(bench.text("m").await, None, "a folder is not a file");
    assert_eq!(bench.text("m/a/b").await, None);
}

pub(super) async fn a_thousand_models_are_listed_wholly(bench: &Bench) {
    bench.create("README.md", "").await;
    let name = |n: usize| format!("model {n:04}");
    let changes = (0..1000)
        .map(|n| put(&format!("m/{0}/{0}.json", name(n)), "{}", Expect::Absent))
        .collect();
    bench.commit(changes).await.unwrap();
    let listed = bench.list("m").await;
    let all: Vec<_> = (0..1000).map(|n| (name(n), EntryKind::Folder)).collect();
    assert_eq!(listed, all);
    let paths: Vec<_> = (0..1000)
        .map(|n| at(&format!("m/{0}/{0}.json", name(n))))
        .collect();
    let tip = bench.tip().await;
    let files = bench
        .provider
        .read_files(&bench.who, &bench.repository, &tip, &paths);
    let files = files.await.unwrap();
    assert_eq!(files.iter().flatten().count(), 1000);
}

pub(super) async fn a_commit_is_read_as_it_was(bench: &Bench) {
    bench.create("a", "one").await;
    let then = bench.tip().await;
    bench
        .commit(vec![put("a", "two", Expect::Any)])
        .await
        .unwrap();
    let paths = [at("b"), at("a"), at("a")];
    let files = bench
        .provider
        .read_files(&bench.who, &bench.repository, &then, &paths);
    let files = files.await.unwrap();
    assert_eq!(files[0], None);
    assert_eq!(files[1].as_ref().unwrap().bytes, "one");
    assert_eq!(files[2], files[1]);
    // Twice, for the second answer may come from a cache.
    for _ in 0..2 {
        assert_eq!(bench.text("a").await.as_deref(), Some("two"));
    }
}

pub(super) async fn repositories_are_listed_in_pages(bench: &Bench) {
    for n in 0..120 {
        let name = format!("{}/r{n:03}", bench.fixture.owner());
        bench.fixture.create(&RepositoryName::parse(&name).unwrap());
    }
    let list = async |query: Option<&str>, number: u32| {
        let page = PageNumber::new(number).unwrap();
        let page = bench.provider.repositories(&bench.who, query, page);
        let page = page.await.unwrap();
        assert!(page.items.iter().all(|repository| repository.writable));
        let names: Vec<_> = page.items.iter().map(|r| r.name.to_string()).collect();
        (names, page.previous, page.next)
    };
    let (first, previous, next) = list(None, 1).await;
    assert_eq!((first.len(), previous, next), (100, false, true));
    let (second, previous, next) = list(None, 2).await;
    assert_eq!((second.len(), previous, next), (21, true, false));
    let all: Vec<_> = first.into_iter().chain(second).collect();
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(all, sorted);
    assert_eq!(list(None, 3).await, (vec![], true, false));
    let (found, ..) = list(Some("SUB/R11"), 1).await;
    assert_eq!(found.len(), 10);
    assert_eq!(
        list(Some("nothing like it"), 1).await,
        (vec![], false, false)
    );
}

pub(super) async fn history_tells_each_change_of_one_file(bench: &Bench) {
    let one = bench.create("m/a", "one").await;
    bench.create("m/b", "other").await;
    let two = bench
        .commit_as("Second", vec![put("m/a", "two", Expect::Any)])
        .await
        .unwrap();
    let gone = bench
        .commit_as("Third", vec![delete("m/a", Expect::Any)])
        .await
        .unwrap();
    bench.create("m/c", "more").await;
    let back = bench.create("m/a", "one").await;
    assert_eq!(back, one);

    let tip = bench.tip().await;
    let history = bench.history("m/a", 1).await;
    let versions: Vec<_> = history.items.iter().map(|c| c.version.clone()).collect();
    let second = two.versions[0].clone();
    assert_eq!(versions, [Some(one.clone()), None, second, Some(one)]);
    assert_eq!(history.items[0].commit, tip);
    assert_eq!(history.items[1].commit, gone.commit);
    assert_eq!(history.items[1].message, "Third");
    assert_eq!(history.items[2].commit, two.commit);
    assert_eq!(bench.changes_of("m/never").await, 0);
}

pub(super) async fn history_comes_in_pages(bench: &Bench) {
    bench.create("a", "0").await;
    for n in 1..35 {
        let message = n.to_string();
        let change = put("a", &message, Expect::Any);
        bench.commit_as(&message, vec![change]).await.unwrap();
    }
    let first = bench.history("a", 1).await;
    let second = bench.history("a", 2).await;
    let third = bench.history("a", 3).await;
    assert_eq!(
        (first.items.len(), first.previous, first.next),
        (30, false, true)
    );
    assert_eq!(
        (second.items.len(), second.previous, second.next),
        (5, true, false)
    );
    assert_eq!(
        (third.items.len(), third.previous, third.next),
        (0, true, false)
    );
    let messages: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|c| &c.message)
        .collect();
    let all: Vec<_> = (1..35).rev().map(|n: i32| n.to_string()).collect();
    assert_eq!(messages[..34], all.iter().collect::<Vec<_>>());
}
