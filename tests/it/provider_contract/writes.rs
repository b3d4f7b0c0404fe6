//! What a commit does, and what it refuses.

use super::*;

pub(super) async fn a_commit_creates_replaces_and_deletes(bench: &Bench) {
    let first = bench
        .commit(vec![put("m/a.json", "one", Expect::Absent)])
        .await
        .unwrap();
    assert_eq!(first.commit, bench.tip().await);
    assert_eq!(bench.text("m/a.json").await.as_deref(), Some("one"));
    // The id that `git hash-object` gives these three bytes.
    let one = "43dd47ea691c90a5fa7827892c70241913351963";
    assert_eq!(first.versions, [Version::parse(one)]);

    let expect = Expect::Version(Version::parse(one).unwrap());
    let second = bench.commit(vec![put("m/a.json", "two", expect)]).await;
    let second = second.unwrap();
    assert_eq!(bench.text("m/a.json").await.as_deref(), Some("two"));
    let file = bench.file_at(&second.commit, "m/a.json").await.unwrap();
    assert_eq!(second.versions, [Some(file.version.clone())]);

    let third = bench
        .commit(vec![delete("m/a.json", Expect::Version(file.version))])
        .await
        .unwrap();
    assert_eq!(third.versions, [None]);
    assert_eq!(bench.text("m/a.json").await, None);
    assert_eq!(bench.list("m").await, []);
}

pub(super) async fn expectations_that_do_not_hold_are_told_apart(bench: &Bench) {
    let old = bench.create("a", "old").await;
    let new = bench
        .commit(vec![put("a", "new", Expect::Version(old.clone()))])
        .await
        .unwrap();
    let tip = bench.tip().await;
    let stale = Expect::Version(old.clone());

    let changed = bench.commit(vec![put("a", "x", stale.clone())]).await;
    let now = new.versions.into_iter().next().unwrap();
    assert!(
        matches!(&changed, Err(CommitError::FileChanged { path, now: n }) if path.as_str() == "a" && *n == now)
    );
    let changed = bench.commit(vec![delete("a", stale.clone())]).await;
    assert!(matches!(&changed, Err(CommitError::FileChanged { now: n, .. }) if *n == now));
    let gone = bench.commit(vec![put("b", "x", stale)]).await;
    assert!(
        matches!(&gone, Err(CommitError::FileChanged { path, now: None }) if path.as_str() == "b")
    );
    let exists = bench.commit(vec![put("a", "x", Expect::Absent)]).await;
    assert!(matches!(&exists, Err(CommitError::AlreadyExists { name }) if name == "a"));
    let none = bench.commit(vec![put("b", "x", Expect::Any)]).await;
    assert!(matches!(&none, Err(CommitError::NoSuchFile { path }) if path.as_str() == "b"));
    let none = bench.commit(vec![delete("b", Expect::Any)]).await;
    assert!(matches!(&none, Err(CommitError::NoSuchFile { path }) if path.as_str() == "b"));
    assert_eq!(bench.tip().await, tip, "a refused commit changes nothing");

    bench
        .commit(vec![put("a", "forced", Expect::Any)])
        .await
        .unwrap();
    assert_eq!(bench.text("a").await.as_deref(), Some("forced"));
    bench.commit(vec![delete("a", Expect::Any)]).await.unwrap();
    assert_eq!(bench.text("a").await, None);
}

pub(super) async fn the_same_write_sent_twice_is_one_commit(bench: &Bench) {
    let create = || vec![put("a", "one", Expect::Absent)];
    let first = bench.commit(create()).await.unwrap();
    assert_eq!(bench.commit(create()).await.unwrap(), first);

    let expect = || Expect::Version(first.versions[0].clone().unwrap());
    let second = bench.commit(vec![put("a", "two", expect())]).await.unwrap();
    let again = bench.commit(vec![put("a", "two", expect())]).await.unwrap();
    assert_eq!(again, second);

    let expect = || Expect::Version(second.versions[0].clone().unwrap());
    let third = bench.commit(vec![delete("a", expect())]).await.unwrap();
    assert_eq!(
        bench.commit(vec![delete("a", expect())]).await.unwrap(),
        third
    );
    assert_eq!(bench.changes_of("a").await, 3);

    assert_eq!(bench.commit(vec![]).await.unwrap().commit, third.commit);
}

pub(super) async fn a_commit_of_several_files_is_made_wholly_or_not(bench: &Bench) {
    let old = bench.create("m/a", "a").await;
    bench.create("m/b", "b").await;
    let tip = bench.tip().await;
    let moved = |expect| {
        vec![
            put("m/new", "a", Expect::Absent),
            delete("m/a", Expect::Version(old.clone())),
            put("m/b", "b2", expect),
        ]
    };
    let refused = bench.commit(moved(Expect::Version(old.clone()))).await;
    assert!(
        matches!(&refused, Err(CommitError::FileChanged { path, .. }) if path.as_str() == "m/b")
    );
    assert_eq!(bench.tip().await, tip);
    assert_eq!(bench.text("m/new").await, None);

    let done = bench.commit(moved(Expect::Any)).await.unwrap();
    assert_eq!(done.versions[0], Some(old.clone()), "in the order asked");
    assert_eq!(done.versions[1], None);
    assert_eq!(
        bench.list("m").await,
        [
            ("b".to_owned(), EntryKind::File),
            ("new".to_owned(), EntryKind::File)
        ]
    );
    assert_eq!(bench.changes_of("m/new").await, 1);
}

pub(super) async fn a_file_and_a_folder_cannot_share_a_name(bench: &Bench) {
    let version = bench.create("m/a", "a").await;
    let over = bench.commit(vec![put("m", "x", Expect::Absent)]).await;
    assert!(matches!(&over, Err(CommitError::AlreadyExists { name }) if name == "m"));
    let under = bench.commit(vec![put("m/a/b", "x", Expect::Absent)]).await;
    assert!(matches!(&under, Err(CommitError::AlreadyExists { name }) if name == "m/a"));
    let over = bench.commit(vec![put("m", "x", Expect::Any)]).await;
    assert!(matches!(&over, Err(CommitError::NoSuchFile { .. })));
    let over = bench.commit(vec![put("m", "x", Expect::Version(version))]);
    assert!(matches!(
        over.await,
        Err(CommitError::FileChanged { now: None, .. })
    ));
    let both = vec![
        put("n", "x", Expect::Absent),
        put("n/o", "y", Expect::Absent),
    ];
    let both = bench.commit(both).await;
    assert!(matches!(&both, Err(CommitError::AlreadyExists { name }) if name.starts_with('n')));
    assert_eq!(bench.list("m").await.len(), 1);
}

pub(super) async fn a_file_may_give_way_to_a_folder(bench: &Bench) {
    let version = bench.create("m", "a file").await;
    let changes = vec![
        put("m/inside", "a", Expect::Absent),
        delete("m", Expect::Version(version)),
    ];
    bench.commit(changes).await.unwrap();
    assert_eq!(bench.text("m").await, None);
    assert_eq!(bench.text("m/inside").await.as_deref(), Some("a"));
}

pub(super) async fn author_and_message_are_kept(bench: &Bench) {
    let messages = [
        "Ünïcode 火: \"quoted\"",
        "Title\n\nBody\n\nCo-authored-by: Mallory <m@example.org>\n",
        "line\r\ncommitter Eve <e@x> 0 +0000\n\nparent 0000",
    ];
    for (n, message) in messages.iter().enumerate() {
        let change = put("a", &n.to_string(), Expect::Any);
        let change = if n == 0 {
            put("a", "0", Expect::Absent)
        } else {
            change
        };
        bench.commit_as(message, vec![change]).await.unwrap();
    }
    let history = bench.history("a", 1).await.items;
    assert_eq!(history.len(), messages.len());
    for (commit, sent) in history.iter().rev().zip(messages) {
        let kept = bench.fixture.keeps_last_line_end();
        let cut = sent.strip_suffix('\n').filter(|_| !kept);
        assert_eq!(commit.message, cut.unwrap_or(sent));
    }
    for commit in &history {
        assert_eq!(
            (commit.author.as_str(), commit.email.as_str()),
            ("Ada Lovelace", "ada@example.org")
        );
    }
}

pub(super) async fn a_large_file_is_whole(bench: &Bench) {
    // Twenty megabytes that do not compress to nothing.
    let mut state = 1_u64;
    let words = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state.to_le_bytes()
    });
    let bytes: Vec<u8> = words.take(20 * 1024 * 1024 / 8).flatten().collect();
    let change = Change {
        path: at("big"),
        action: Action::Put(bytes.clone().into()),
        expect: Expect::Absent,
    };
    let done = bench.commit(vec![change]).await.unwrap();
    let file = bench.file_at(&done.commit, "big").await.unwrap();
    assert_eq!(done.versions, [Some(file.version)]);
    assert!(file.bytes == bytes, "all bytes come back");
}

pub(super) async fn another_kind_of_credential_is_refused(bench: &Bench) {
    bench.create("a", "a").await;
    let tip = bench.tip().await;
    let who = bench.fixture.foreigner();
    let (p, r, a) = (&bench.provider, &bench.repository, at("a"));
    let request = CommitRequest {
        branch: main(),
        changes: vec![put("a", "b", Expect::Any)],
        message: String::new(),
    };
    let refused = |error: &CommitError| matches!(error, CommitError::Provider(error) if bench.fixture.refuses(error));
    let first = PageNumber::FIRST;
    let forbidden = |e: ProviderError| assert!(bench.fixture.refuses(&e), "{e:?}");
    forbidden(p.user(&who).await.unwrap_err());
    forbidden(p.repositories(&who, None, first).await.unwrap_err());
    forbidden(p.branches(&who, r, None, first).await.unwrap_err());
    forbidden(p.resolve(&who, r, &main()).await.unwrap_err());
    forbidden(p.read_dir(&who, r, &tip, &a).await.unwrap_err());
    forbidden(p.read_files(&who, r, &tip, &[at("a")]).await.unwrap_err());
    forbidden(p.history(&who, r, &tip, &a, first).await.unwrap_err());
    assert!(refused(&p.commit(&who, r, request).await.unwrap_err()));
    let new = p.create_branch(&who, r, &branch("new"), &main()).await;
    assert!(refused(&new.unwrap_err()));
    assert_eq!(bench.text("a").await.as_deref(), Some("a"));
}

pub(super) async fn a_move_of_what_somebody_else_has_moved_is_refused(bench: &Bench) {
    let version = bench.create("a", "text").await;
    let to = |path| {
        let gone = delete("a", Expect::Version(version.clone()));
        vec![put(path, "text", Expect::Absent), gone]
    };
    let first = bench.commit(to("b")).await.unwrap();
    // Only the whole write sent again is done already.
    assert_eq!(bench.commit(to("b")).await.unwrap().commit, first.commit);
    let second = bench.commit(to("c")).await;
    assert!(
        matches!(&second, Err(CommitError::FileChanged { path, now: None }) if path.as_str() == "a")
    );
    assert_eq!(bench.tip().await, first.commit);
    assert_eq!(bench.text("c").await, None);
}
