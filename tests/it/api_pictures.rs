//! Pictures of diagrams over HTTP.

use crate::support::{Answer, CHECKOUT, Person, Repository, TestApp, model_path};

const REPO: &str = "shop/models";
const EVERYTHING: &str = include_str!("../vectors/pictures/everything.json");
const LIGHT: &str = include_str!("../vectors/pictures/everything-1-light.svg");
const DARK: &str = include_str!("../vectors/pictures/everything-1-dark.svg");

fn at(what: &str) -> String {
    model_path(REPO, "main", "All", &format!("diagrams/{what}"))
}

async fn start() -> (TestApp, Repository, Person) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let file = |model: &str| format!("ThreatDragonModels/{model}/{model}.json");
    let (all, checkout) = (file("All"), file("Checkout"));
    let files = [
        ("100644", all.as_str(), EVERYTHING),
        ("100644", checkout.as_str(), CHECKOUT),
    ];
    repository.seed("main", &files);
    let ada = app.owner().await;
    (app, repository, ada)
}

/// The picture, asked for by somebody who has the one with this name.
async fn asked(ada: &Person, what: &str, held: &str) -> Answer {
    ada.get(&at(what)).header("if-none-match", held).await
}

/// What names a picture.
fn name(picture: &Answer) -> String {
    picture.header("etag").unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_is_the_one_that_the_browser_app_exports() {
    let (_app, _repository, ada) = start().await;
    let picture = ada.get(&at("1.svg")).await.is(200);
    assert_eq!(
        picture.header("content-type"),
        Some("image/svg+xml; charset=utf-8")
    );
    assert_eq!(picture.header("cache-control"), Some("private, no-cache"));
    assert_eq!(picture.text(), LIGHT);
    let picture = ada.get(&at("1.svg?theme=dark&scale=1")).await.is(200);
    assert_eq!(picture.text(), DARK);
    let plain = ada.get(&at("1.svg?badges=false")).await.is(200);
    assert!(!plain.text().contains("open threat") && LIGHT.contains("open threat"));
    let large = ada.get(&at("2.svg?scale=2.5")).await.is(200);
    assert!(large.text().contains("width=\"1100\" height=\"850\""));
}

#[tokio::test]
async fn a_picture_is_sent_again_only_when_it_has_changed() {
    let (_app, _repository, ada) = start().await;
    let first = name(&ada.get(&at("1.svg")).await.is(200));
    let held = asked(&ada, "1.svg", &first).await.is(304);
    assert!(held.body.is_empty());
    assert_eq!(name(&held), first);
    let others = [
        "1.svg?theme=dark",
        "1.svg?scale=2",
        "1.svg?badges=false",
        "0.svg",
    ];
    for other in others {
        let other = asked(&ada, other, &first).await.is(200);
        assert_ne!(name(&other), first);
    }
}

#[tokio::test]
async fn a_picture_is_drawn_anew_when_the_model_has_changed_and_as_it_was() {
    let (_app, repository, ada) = start().await;
    let first = name(&ada.get(&at("1.svg")).await.is(200));
    let before = repository.commits("main")[0].clone();
    let model = |what: &str| model_path(REPO, "main", "All", what);
    let version = ada.get(&model("data")).await.etag();
    let changed = EVERYTHING.replace("\"One\"", "\"Uno\"");
    let save = ada.put(&model("update")).header("if-match", version);
    save.json(changed).await.is(200);
    let new = asked(&ada, "1.svg", &first).await.is(200);
    assert!(new.text().contains("Uno"));
    let old = ada.get(&at(&format!("1.svg?at={before}"))).await.is(200);
    assert_eq!((old.text(), name(&old)), (LIGHT, first));
}

#[tokio::test]
async fn what_cannot_be_drawn_is_told() {
    let (app, _repository, ada) = start().await;
    for (what, status, code) in [
        ("9.svg", 404, "no_such_diagram"),
        ("-1.svg", 404, "no_such_diagram"),
        ("18446744073709551616.svg", 404, "no_such_diagram"),
        (".svg", 404, "no_such_diagram"),
        ("1.gif", 404, "unknown_path"),
        ("1", 404, "unknown_path"),
        ("1.svg?scale=0", 400, "bad_request"),
        ("1.svg?scale=11", 400, "bad_request"),
        ("1.svg?scale=NaN", 400, "bad_request"),
        ("1.svg?scale=wide", 400, "bad_request"),
        ("1.svg?theme=pink", 400, "bad_request"),
        ("1.svg?badges=7", 400, "bad_request"),
        (
            "1.svg?at=0123456789012345678901234567890123456789",
            404,
            "no_such_commit",
        ),
    ] {
        ada.get(&at(what)).await.problem(status, code);
    }
    let none = model_path(REPO, "main", "None", "diagrams/0.svg");
    ada.get(&none).await.problem(404, "no_such_model");
    app.nobody()
        .get(&at("1.svg"))
        .await
        .problem(401, "sign_in_required");
    ada.put(&at("1.svg"))
        .await
        .problem(405, "method_not_allowed");
}
