//! Names that programs stumble over (D9).

use super::*;

pub(super) async fn names_are_kept_byte_for_byte(bench: &Bench) {
    let mut names = [
        "with space",
        "Ünïcode 火 🐉",
        "Zoe\u{308}",
        "Zo\u{eb}",
        "100%",
        "%2e%2e",
        "a#b",
        "a?b=c&d",
        ".leading",
        "..leading",
        "-dash",
        "a'b\"c",
        "a;b|c$d`e",
        "*",
        "[x]",
        "~tilde",
        "a:b",
        "@{now}",
        "A",
        "a",
    ];
    for name in names {
        bench
            .create(&format!("models/{name}/{name}.json"), name)
            .await;
    }
    names.sort_unstable();
    let listed = bench.list("models").await;
    let found: Vec<_> = listed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, names);
    for name in names {
        let path = format!("models/{name}/{name}.json");
        assert_eq!(bench.text(&path).await.as_deref(), Some(name));
        assert_eq!(bench.changes_of(&path).await, 1, "{path}");
    }
}

pub(super) async fn branch_names_may_have_slashes(bench: &Bench) {
    bench.create("a", "on main").await;
    for name in [
        "feature/x/y",
        "Zo\u{eb}",
        "100%",
        "a#b",
        "fix-1.2_3+4",
        "a@b",
    ] {
        let (p, r) = (&bench.provider, &bench.repository);
        let made = p.create_branch(&bench.who, r, &branch(name), &main()).await;
        assert_eq!(made.unwrap(), bench.tip().await);
        let request = CommitRequest {
            branch: branch(name),
            changes: vec![put("a", name, Expect::Any)],
            message: name.to_owned(),
        };
        let done = p.commit(&bench.who, r, request).await.unwrap();
        let tip = p.resolve(&bench.who, r, &branch(name)).await.unwrap();
        assert_eq!(tip, done.commit);
    }
    assert_eq!(bench.text("a").await.as_deref(), Some("on main"));
}
