//! Sources that are not there, not for everybody, or not now: the rest works all the same.

use super::{LIBRARY, REPO, SOURCE, faults, file, own};
use crate::forge::{Access, Dialect, Fault, Wanted};
use crate::support::{CHECKOUT, Hosted, TestApp, branch_path};

fn source(repository: &str, tag: &str) -> String {
    format!("[[source]]\nrepository = '{repository}'\ntag = '{tag}'\n")
}

#[tokio::test]
async fn a_source_is_read_by_each_person_as_they_may() {
    let host = Hosted::start(Dialect::GitHub).await;
    let models = host.repository(REPO);
    models.seed(
        "main",
        &[file(".wyvern/sources.toml", &source(SOURCE, "v1"))],
    );
    let security = host.repository(SOURCE);
    security.seed("main", &[file(".wyvern/library/a.toml", LIBRARY)]);
    security.git(&["tag", "v1", "main"]);
    host.forge.grant("grace", REPO, Access::Read);
    let library = branch_path(REPO, "main", "library");
    let ada = host.signed_in("ada").await;
    assert_eq!(own(&ada.get(&library).await.data(), "threats").len(), 1);
    let grace = host.signed_in("grace").await;
    let data = grace.get(&library).await.data();
    assert_eq!(own(&data, "threats").len(), 0);
    assert_eq!(
        faults(&data),
        [".wyvern/sources.toml:1 there is no repository ada/security that you can read."]
    );
    let id = "template?id=ada%2Fsecurity%40v1%3A.wyvern%2Ftemplates%2Fx.json";
    let template = grace.get(&branch_path(REPO, "main", id)).await;
    template.problem(404, "no_such_template");
}

#[tokio::test]
async fn each_source_that_is_not_there_is_told_and_the_others_are_read() {
    let app = TestApp::start().await;
    let text = [
        source("ada/none", "v1"),
        source(SOURCE, "v1"),
        source("security", "v1"),
        source("ada/models", "-v1"),
        source("ada/../security", "v1"),
    ];
    let models = app.repository(REPO);
    models.seed("main", &[file(".wyvern/sources.toml", &text.concat())]);
    let security = app.repository(SOURCE);
    security.seed("main", &[file(".wyvern/library/a.toml", LIBRARY)]);
    security.git(&["tag", "v1", "main"]);
    let ada = app.owner().await;
    let data = ada.get(&branch_path(REPO, "main", "library")).await.data();
    assert_eq!(own(&data, "threats").len(), 1);
    let refused = "the repository name";
    assert_eq!(
        faults(&data),
        [
            ".wyvern/sources.toml:1 there is no repository ada/none that you can read.".to_owned(),
            format!(
                ".wyvern/sources.toml:7 {refused} \"security\" is refused: it must be owner/name."
            ),
            ".wyvern/sources.toml:10 the tag \"-v1\" is refused: it must not begin with '-' or be \
             \"@\"."
                .to_owned(),
            format!(
                ".wyvern/sources.toml:13 {refused} \"ada/../security\" is refused: \".\" and \"..\" \
                 are not names."
            ),
        ]
    );
}

#[tokio::test]
async fn a_branch_of_the_tags_name_is_no_tag() {
    let app = TestApp::start().await;
    let models = app.repository(REPO);
    models.seed(
        "main",
        &[file(".wyvern/sources.toml", &source(SOURCE, "main"))],
    );
    app.repository(SOURCE)
        .seed("main", &[file(".wyvern/library/a.toml", LIBRARY)]);
    let ada = app.owner().await;
    let data = ada.get(&branch_path(REPO, "main", "library")).await.data();
    assert_eq!(own(&data, "threats").len(), 0);
    assert_eq!(
        faults(&data),
        [".wyvern/sources.toml:1 ada/security has no tag main."]
    );
}

#[tokio::test]
async fn a_source_that_fails_is_no_template_that_is_not_there() {
    let id = "template?id=ada%2Fsecurity%40v1%3A.wyvern%2Ftemplates%2Fx.json";
    let template = branch_path(REPO, "main", id);
    let gone = |status| Fault::Status {
        status,
        headers: Vec::new(),
        body: r#"{ "message": "No" }"#.to_owned(),
    };
    let cases = [
        (gone(404), 404, "no_such_template"),
        (gone(403), 404, "no_such_template"),
        // Of a sign-in that is good otherwise.
        (gone(401), 502, "provider_unavailable"),
        (gone(500), 502, "provider_unavailable"),
        (
            Fault::RateLimit { retry_after: 300 },
            429,
            "provider_rate_limited",
        ),
    ];
    for (fault, status, code) in cases {
        let host = Hosted::start(Dialect::GitHub).await;
        let pins = source(SOURCE, "v1");
        host.repository(REPO)
            .seed("main", &[file(".wyvern/sources.toml", &pins)]);
        let security = host.repository(SOURCE);
        security.seed("main", &[file(".wyvern/templates/x.json", CHECKOUT)]);
        security.git(&["tag", "v1", "main"]);
        let ada = host.signed_in("ada").await;
        let tag = Wanted::Path("/git/ref/tags/".to_owned());
        host.forge.faults().every(tag, fault);
        ada.get(&template).await.problem(status, code);
    }
}
