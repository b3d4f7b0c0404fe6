//! Branches: listed, created, refused.

use super::*;

async fn listed(bench: &Bench) -> Vec<String> {
    let branches = bench
        .provider
        .branches(&bench.who, &bench.repository, None, PageNumber::FIRST);
    let branches = branches.await.unwrap();
    assert!(!branches.next && !branches.previous);
    let name = |b: &wyvern::provider::Branch| b.name.to_string();
    branches.items.iter().map(name).collect()
}

pub(super) async fn branches_are_found_by_a_part_of_their_name(bench: &Bench) {
    bench.create("a", "a").await;
    for name in ["b", "team/Main", "domain/x", "zeta"] {
        create(bench, name, "main").await.unwrap();
    }
    let r = &bench.repository;
    for (query, expected) in [
        ("MAIN", &["main", "domain/x", "team/Main"][..]),
        ("m/m", &["team/Main"]),
        ("", &["main", "b", "domain/x", "team/Main", "zeta"]),
        ("%", &[]),
    ] {
        let p = &bench.provider;
        let found = p.branches(&bench.who, r, Some(query), PageNumber::FIRST);
        let found = found.await.unwrap();
        let names: Vec<_> = found.items.iter().map(|b| b.name.as_str()).collect();
        assert_eq!(names, expected, "{query}");
    }
}

async fn create(bench: &Bench, name: &str, from: &str) -> Result<CommitId, CommitError> {
    let (name, from) = (branch(name), branch(from));
    let (p, r) = (&bench.provider, &bench.repository);
    p.create_branch(&bench.who, r, &name, &from).await
}

pub(super) async fn a_repository_without_commits_has_no_branches(bench: &Bench) {
    assert_eq!(listed(bench).await, [""; 0]);
    let other = CommitRequest {
        branch: branch("other"),
        changes: vec![put("a", "a", Expect::Absent)],
        message: String::new(),
    };
    let refused = bench
        .provider
        .commit(&bench.who, &bench.repository, other)
        .await;
    assert!(matches!(
        refused,
        Err(CommitError::Provider(ProviderError::NotFound {
            what: "branch"
        }))
    ));
    bench.create("a", "a").await;
    assert_eq!(listed(bench).await, ["main"]);
}

pub(super) async fn the_default_branch_comes_first(bench: &Bench) {
    bench.create("a", "a").await;
    for name in ["b", "zeta", "a/b", "Alpha"] {
        create(bench, name, "main").await.unwrap();
    }
    assert_eq!(listed(bench).await, ["main", "Alpha", "a/b", "b", "zeta"]);
}

pub(super) async fn a_branch_is_created_where_another_stands(bench: &Bench) {
    bench.create("a", "a").await;
    let tip = bench.tip().await;
    assert_eq!(create(bench, "new", "main").await.unwrap(), tip);
    bench.create("b", "b").await;
    let r = &bench.repository;
    let new = bench.provider.resolve(&bench.who, r, &branch("new")).await;
    assert_eq!(new.unwrap(), tip, "it stays where it was made");
    let missing = create(bench, "other", "nowhere").await;
    assert!(matches!(
        missing,
        Err(CommitError::Provider(ProviderError::NotFound {
            what: "branch"
        }))
    ));
}

pub(super) async fn branches_that_cannot_be_kept_together_are_refused(bench: &Bench) {
    bench.create("a", "a").await;
    create(bench, "team/x", "main").await.unwrap();
    for name in ["main", "team/x", "team", "team/x/y", "main/sub"] {
        let refused = create(bench, name, "main").await;
        assert!(
            matches!(refused, Err(CommitError::AlreadyExists { .. })),
            "{name}: {refused:?}"
        );
    }
    create(bench, "team/y", "team/x").await.unwrap();
    create(bench, "teams", "main").await.unwrap();
    let all = ["main", "team/x", "team/y", "teams"];
    assert_eq!(listed(bench).await, all);
}
