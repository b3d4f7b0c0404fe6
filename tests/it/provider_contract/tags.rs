//! Tags: the commits that they name, light or not.

use super::*;

async fn resolved(bench: &Bench, tag: &str) -> Result<CommitId, ProviderError> {
    let tag = TagName::parse(tag).unwrap();
    let (p, r) = (&bench.provider, &bench.repository);
    p.resolve_tag(&bench.who, r, &tag).await
}

fn tag(bench: &Bench, name: &str, of: &CommitId, is_object: bool) {
    let of = of.as_str();
    bench.fixture.tag(&bench.repository, name, of, is_object);
}

pub(super) async fn a_tag_names_its_commit_whatever_comes_later(bench: &Bench) {
    bench.create("a", "a").await;
    let first = bench.tip().await;
    tag(bench, "v1.0", &first, false);
    tag(bench, "v1.1", &first, true);
    bench.create("b", "b").await;
    assert_ne!(bench.tip().await, first);
    for name in ["v1.0", "v1.1"] {
        assert_eq!(resolved(bench, name).await.unwrap(), first, "{name}");
    }
}

pub(super) async fn a_tag_may_name_another_tag(bench: &Bench) {
    bench.create("a", "a").await;
    let tip = bench.tip().await;
    let (repository, fixture) = (&bench.repository, &bench.fixture);
    let Some(inner) = fixture.tag(repository, "inner", tip.as_str(), true) else {
        return;
    };
    fixture.tag(repository, "outer", &inner, true);
    assert_eq!(resolved(bench, "outer").await.unwrap(), tip);
}

pub(super) async fn a_tag_that_is_not_there_is_told(bench: &Bench) {
    let is_missing = |found: Result<CommitId, ProviderError>| {
        matches!(found, Err(ProviderError::NotFound { what: "tag" }))
    };
    bench.create("a", "a").await;
    let tip = bench.tip().await;
    tag(bench, "v1", &tip, false);
    let (p, r) = (&bench.provider, &bench.repository);
    p.create_branch(&bench.who, r, &branch("tags/v2"), &main())
        .await
        .unwrap();
    // A beginning of a name, a branch, and what git would find by a part of a name.
    for name in [
        "v",
        "v1.0",
        "main",
        "v2",
        "tags/v1",
        "tags/v2",
        "heads/main",
    ] {
        let found = resolved(bench, name).await;
        assert!(is_missing(found), "{name}");
    }
    let nowhere = RepositoryName::parse("demo/none").unwrap();
    let v1 = TagName::parse("v1").unwrap();
    let found = p.resolve_tag(&bench.who, &nowhere, &v1).await;
    assert!(
        matches!(found, Err(ProviderError::NotFound { .. })),
        "{found:?}"
    );
    // Whoever asks for what is not there still sees what is.
    assert_eq!(resolved(bench, "v1").await.unwrap(), tip);
}

pub(super) async fn a_tag_of_something_else_names_no_commit(bench: &Bench) {
    let version = bench.create("a", "a").await;
    let made = bench
        .fixture
        .tag(&bench.repository, "blob", version.as_str(), false);
    if made.is_some() {
        let found = resolved(bench, "blob").await;
        assert!(
            matches!(found, Err(ProviderError::NotFound { what: "tag" })),
            "{found:?}"
        );
    }
}

pub(super) async fn tag_names_may_hold_what_git_lets_them(bench: &Bench) {
    bench.create("a", "a").await;
    let first = bench.tip().await;
    let names = [
        "release/2026/1",
        "Zo\u{eb}",
        "100%",
        "a%2Fb",
        "a#b",
        "v1&x=y",
        "fix-1.2_3+4",
        "a@b",
    ];
    for name in names {
        tag(bench, name, &first, true);
    }
    // Elsewhere there is the branch of the same name.
    bench.create("b", "b").await;
    let (p, r) = (&bench.provider, &bench.repository);
    for name in names {
        p.create_branch(&bench.who, r, &branch(name), &main())
            .await
            .unwrap();
        assert_eq!(resolved(bench, name).await.unwrap(), first, "{name}");
    }
}
