//! Repositories and branches: listed page by page, found, made.

use serde_json::{Value, json};

use crate::support::{Ask, CHECKOUT, Person, TestApp, branch_path, branches_path, model_path};

const REPOS: &str = "/api/threatmodel/repos";
const REPO: &str = "shop/models";

fn page(page: u32, next: bool, prev: bool) -> Value {
    json!({ "page": page, "next": next, "prev": prev })
}

#[tokio::test]
async fn the_first_start_has_something_to_show() {
    let app = TestApp::with(&["local.demo = true"]).await;
    let ada = app.owner().await;
    let repos = ada.get(REPOS).await.data();
    assert_eq!(repos["repos"], json!(["demo/threat-models"]));
    let writable = json!([{ "name": "demo/threat-models", "writable": true }]);
    assert_eq!(repos["repositories"], writable);
    assert_eq!(repos["pagination"], page(1, false, false));
    let branches = ada.get(&branches_path("demo/threat-models")).await.data();
    assert_eq!(
        branches["branches"],
        json!([{ "name": "main", "protected": false }])
    );
    let models = ada
        .get(&branch_path("demo/threat-models", "main", "models"))
        .await
        .data();
    let models = models.as_array().unwrap();
    assert!(!models.is_empty());
    for model in models {
        let path = model_path(
            "demo/threat-models",
            "main",
            model.as_str().unwrap(),
            "data",
        );
        ada.get(&path).await.is(200);
    }
}

#[tokio::test]
async fn repositories_are_searched_ignoring_case() {
    let app = TestApp::start().await;
    for name in ["shop/models", "Shop/Other", "group/sub/deep", "bank/ünder"] {
        app.empty_repository(name);
    }
    let ada = app.owner().await;
    for (query, found) in [
        (
            "",
            json!(["Shop/Other", "bank/ünder", "group/sub/deep", "shop/models"]),
        ),
        (
            "?searchQuery=",
            json!(["Shop/Other", "bank/ünder", "group/sub/deep", "shop/models"]),
        ),
        ("?searchQuery=SHOP", json!(["Shop/Other", "shop/models"])),
        ("?searchQuery=sub%2Fd", json!(["group/sub/deep"])),
        ("?searchQuery=%C3%9CN", json!(["bank/ünder"])),
        ("?searchQuery=.*", json!([])),
        ("?searchQuery=%00", json!([])),
        ("?searchQuery=..%2F", json!([])),
        ("?page=2&searchQuery=shop", json!([])),
        ("?unknown=1&searchQuery=bank", json!(["bank/ünder"])),
    ] {
        let data = ada.get(&format!("{REPOS}{query}")).await.data();
        assert_eq!(data["repos"], found, "{query}");
    }
    let long = "x".repeat(10_000);
    let data = ada.get(&format!("{REPOS}?searchQuery={long}")).await.data();
    assert_eq!(data["repos"], json!([]));
}

#[tokio::test]
async fn repositories_come_a_hundred_at_a_time() {
    let app = TestApp::start().await;
    let first = app.empty_repository("r/000");
    for number in 1..205 {
        let dir = first.dir.with_file_name(format!("{number:03}.git"));
        for folder in ["objects", "refs"] {
            std::fs::create_dir_all(dir.join(folder)).unwrap();
        }
        for file in ["HEAD", "config"] {
            std::fs::copy(first.dir.join(file), dir.join(file)).unwrap();
        }
    }
    let ada = app.owner().await;
    for (number, count, next, prev) in [
        (1, 100, true, false),
        (2, 100, true, true),
        (3, 5, false, true),
        (4, 0, false, true),
    ] {
        let data = ada.get(&format!("{REPOS}?page={number}")).await.data();
        let repos = data["repos"].as_array().unwrap();
        assert_eq!(repos.len(), count);
        assert_eq!(data["pagination"], page(number, next, prev));
        if count > 0 {
            assert_eq!(repos[0], format!("r/{:03}", (number - 1) * 100));
        }
    }
    // They are copies of an empty one, of which checking one is enough.
    for number in 1..205 {
        std::fs::remove_dir_all(first.dir.with_file_name(format!("{number:03}.git"))).unwrap();
    }
}

#[tokio::test]
async fn branches_come_a_hundred_at_a_time_the_default_first() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let main = &repository.commits("main")[0];
    let branches = repository.dir.join("refs/heads/b");
    std::fs::create_dir_all(&branches).unwrap();
    for number in 0..150 {
        std::fs::write(branches.join(format!("{number:03}")), format!("{main}\n")).unwrap();
    }
    let ada = app.owner().await;
    let first = ada.get(&branches_path(REPO)).await.data();
    assert_eq!(first["branches"].as_array().unwrap().len(), 100);
    assert_eq!(
        first["branches"][0],
        json!({ "name": "main", "protected": false })
    );
    assert_eq!(first["branches"][1]["name"], "b/000");
    assert_eq!(first["pagination"], page(1, true, false));
    let second = ada
        .get(&format!("{}?page=2", branches_path(REPO)))
        .await
        .data();
    assert_eq!(second["branches"].as_array().unwrap().len(), 51);
    assert_eq!(second["branches"][50]["name"], "b/149");
    assert_eq!(second["pagination"], page(2, false, true));
    let search = format!("{}?searchQuery=B%2F14", branches_path(REPO));
    let found = ada.get(&search).await.data();
    let names = found["branches"].as_array().unwrap().iter();
    let names: Vec<_> = names
        .map(|branch| branch["name"].as_str().unwrap())
        .collect();
    let expected: Vec<_> = (140..150).map(|number| format!("b/{number}")).collect();
    assert_eq!(names, expected);
    assert_eq!(found["pagination"], page(1, false, false));
}

#[tokio::test]
async fn a_page_is_a_whole_number_from_one() {
    let app = TestApp::start().await;
    app.repository(REPO);
    let ada = app.owner().await;
    let bad = [
        "0",
        "-1",
        "abc",
        "1e3",
        "1.5",
        "999999999999",
        "%00",
        "01x",
        "1%201",
        "0x1",
        "NaN",
        "-y",
    ];
    for listing in [REPOS.to_owned(), branches_path(REPO)] {
        for value in bad {
            let answer = ada.get(&format!("{listing}?page={value}")).await;
            let problem = answer.problem(400, "bad_request");
            let detail = "\"page\" must be a whole number from 1.";
            assert_eq!(problem["detail"], detail, "{value}");
        }
        let twice = ada.get(&format!("{listing}?page=1&page=2")).await;
        let problem = twice.problem(400, "bad_request");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("duplicate field `page`"), "{detail}");
        for fine in [
            "",
            "?page=",
            "?page=1",
            "?page=%31",
            "?page=4294967295",
            "?page[]=x",
            "?&&",
        ] {
            ada.get(&format!("{listing}{fine}")).await.is(200);
        }
    }
}

/// Every call about a model, in a branch at this address.
pub(crate) async fn a_model_comes_and_goes(ada: &Person, branch: &str) {
    let (at, moved) = (format!("{branch}/model"), format!("{branch}/moved"));
    ada.post(&format!("{at}/create"))
        .json(CHECKOUT)
        .await
        .is(201);
    ada.get(&format!("{at}/data")).await.is(200);
    let edited = CHECKOUT.replacen("Checkout", "Check-out", 1);
    ada.put(&format!("{at}/update")).json(edited).await.is(200);
    let history = ada.get(&format!("{at}/history")).await.data();
    assert!(history.to_string().contains("Check-out"), "{history}");
    ada.get(&format!("{at}/diff")).await.is(200);
    let body = json!({ "name": "moved" }).to_string();
    ada.post(&format!("{at}/rename")).json(body).await.is(200);
    let models = ada.get(&format!("{branch}/models")).await.data();
    assert_eq!(models, json!(["moved"]), "{branch}");
    ada.delete(&moved).header("if-match", "*").await.is(204);
}

#[tokio::test]
async fn a_repository_in_subgroups_is_found_encoded_and_decoded() {
    let app = TestApp::start().await;
    let repository = app.repository("group/sub/deeper/models");
    repository.git(&["branch", "feature/x", "main"]);
    let ada = app.owner().await;
    let repos = ada.get(REPOS).await.data();
    assert_eq!(repos["repos"], json!(["group/sub/deeper/models"]));
    let root = "/api/threatmodel";
    let written = [
        "group/sub%2Fdeeper%2Fmodels",
        "group/sub%2fdeeper%2fmodels",
        "group/sub/deeper/models",
        "group/sub%2Fdeeper/models",
        "group%2Fsub%2Fdeeper/models",
        "group%2Fsub/deeper%2Fmodels",
    ];
    for (number, repo) in written.iter().enumerate() {
        let base = format!("{root}/{repo}");
        let branches = ada.get(&format!("{base}/branches?page=1")).await.data();
        let count = branches["branches"].as_array().unwrap().len();
        assert_eq!(count, 2 + number, "{repo}");
        for branch in ["main", "feature%2Fx"] {
            a_model_comes_and_goes(&ada, &format!("{base}/{branch}")).await;
        }
        let from = json!({ "refBranch": "main" }).to_string();
        let new = format!("new-{number}");
        ada.post(&format!("{base}/{new}/createBranch"))
            .json(from)
            .await
            .is(201);
    }
}

#[tokio::test]
async fn a_branch_begins_where_another_one_stands() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    let tip = repository.commits("main")[0].clone();
    let begin = |name: &str, from: &str| {
        let body = json!({ "refBranch": from }).to_string();
        ada.post(&branch_path(REPO, name, "createBranch"))
            .json(body)
    };
    let made = begin("feature/x", "main").await.is(201).json();
    assert_eq!(made, json!({ "name": "feature/x", "commit": tip }));
    assert_eq!(repository.git(&["rev-parse", "feature/x"]).trim(), tip);
    // Threat Dragon's app encodes the name once more.
    begin("from-encoded", "feature%2Fx").await.is(201);
    begin("from-plain", "feature/x").await.is(201);
    begin("ünï", "main").await.is(201);
    begin("from-ünï", "%C3%BCn%C3%AF").await.is(201);
    let at = model_path(REPO, "feature/x", "M", "create");
    ada.post(&at).json(CHECKOUT).await.is(201);
    assert_eq!(repository.commits("main"), std::slice::from_ref(&tip));
    assert_eq!(repository.commits("feature/x")[1..], [tip]);
}

/// Asks for branch `name` where branch `from` stands.
fn begin(ada: &Person, name: &str, from: &str) -> Ask {
    let body = json!({ "refBranch": from }).to_string();
    ada.post(&branch_path(REPO, name, "createBranch"))
        .json(body)
}

#[tokio::test]
async fn a_branch_that_cannot_be_made_is_not_made() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    begin(&ada, "a/b", "main").await.is(201);
    let before = repository.state();
    for name in ["main", "a/b", "a", "a/b/c", "main/x"] {
        let answer = begin(&ada, name, "main").await;
        answer.problem(422, "already_exists");
    }
    for from in ["none", "a", "main2", "a%2Fb%2Fc", "%ff"] {
        let problem = begin(&ada, "new", from).await.problem(404, "not_found");
        assert_eq!(problem["detail"], "There is no such branch.");
    }
    let elsewhere = branch_path("shop/none", "new", "createBranch");
    let body = json!({ "refBranch": "main" }).to_string();
    ada.post(&elsewhere)
        .json(body)
        .await
        .problem(404, "not_found");
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn where_a_branch_begins_is_a_branch() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    let before = repository.state();
    for from in [
        "",
        "HEAD",
        "refs/heads/main",
        "main~1",
        "main^",
        "..",
        "%2e%2e",
        ":/x",
        "@{0}",
        "-y",
        "\u{0}",
        "main ",
        "-x",
    ] {
        begin(&ada, "new", from).await.problem(422, "name_refused");
    }
    for body in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"refBranch":null}"#,
        r#"{"refBranch":["main"]}"#,
    ] {
        let path = branch_path(REPO, "new", "createBranch");
        ada.post(&path).json(body).await.problem(400, "bad_request");
    }
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn an_empty_repository_has_no_branches() {
    let app = TestApp::start().await;
    app.empty_repository(REPO);
    let ada = app.owner().await;
    let data = ada.get(&branches_path(REPO)).await.data();
    assert_eq!(data["branches"], json!([]));
    ada.get(&branches_path("shop/none"))
        .await
        .problem(404, "not_found");
}

#[tokio::test]
async fn a_link_among_the_repositories_leads_nowhere() {
    let app = TestApp::start().await;
    let inside = app.repository(REPO);
    let outside = crate::support::Repository::create(&app.folder().join("outside"));
    outside.seed(
        "main",
        &[("100644", "ThreatDragonModels/M/M.json", CHECKOUT)],
    );
    std::os::unix::fs::symlink(&outside.dir, inside.dir.with_file_name("link.git")).unwrap();
    let ada = app.owner().await;
    let repos = ada.get(REPOS).await.data();
    assert_eq!(repos["repos"], json!([REPO]));
    ada.get(&branches_path("shop/link"))
        .await
        .problem(404, "not_found");
    ada.get(&model_path("shop/link", "main", "M", "data"))
        .await
        .problem(404, "not_found");
}
