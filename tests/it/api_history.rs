//! What a model was: its history, what is different between two commits, and old versions.

use serde_json::{Value, json};

use crate::support::shop::{FILE, REPO, at};
use crate::support::{CHECKOUT, Person, Repository, TestApp, compact, model_path};

fn mitigated() -> String {
    CHECKOUT.replacen("\"Open\"", "\"Mitigated\"", 1)
}

/// A model that was created, saved, torn, mended and moved about in its diagram; each commit, the
/// newest first.
async fn start() -> (TestApp, Repository, Person, Vec<String>) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    ada.post(&at("create")).json(CHECKOUT).await.is(201);
    let save = ada.put(&at("update")).header("if-match", "*");
    save.json(mitigated()).await.is(200);
    let torn = CHECKOUT.get(..100).unwrap();
    repository.seed("main", &[("100644", FILE, torn)]);
    repository.seed("main", &[("100644", FILE, &mitigated())]);
    repository.seed("main", &[("100644", "README.md", "read me")]);
    let moved = mitigated().replace("\"y\": 80", "\"y\": 90");
    let save = ada.put(&at("update")).header("if-match", "*");
    save.json(moved).await.is(200);
    let commits = repository.commits("main");
    (app, repository, ada, commits)
}

/// The commit of an entry, what it did, and its summary.
fn told(entry: &Value) -> (&str, &str, Option<&str>) {
    let text = |name: &str| entry[name].as_str();
    (
        text("commit").unwrap(),
        text("change").unwrap(),
        text("summary"),
    )
}

#[tokio::test]
async fn a_history_says_what_each_commit_changed() {
    let (_app, repository, ada, commits) = start().await;
    let history = ada.get(&at("history")).await.data();
    let pagination = json!({ "page": 1, "next": false, "prev": false });
    assert_eq!(history["pagination"], pagination);
    let entries = history["commits"].as_array().unwrap();
    let entry = |place: usize| told(&entries[place]);
    let [moved, _, mended, torn, saved, created, _] = commits.as_slice() else {
        panic!("seven commits: {commits:?}");
    };
    assert_eq!(entries.len(), 5);
    assert_eq!(entry(0), (moved.as_str(), "changed", Some("Order: layout")));
    assert_eq!(entry(1), (mended.as_str(), "changed", None));
    assert_eq!(entry(2), (torn.as_str(), "changed", None));
    let mitigated = Some("Order service: 1 threat mitigated");
    assert_eq!(entry(3), (saved.as_str(), "changed", mitigated));
    assert_eq!(entry(4), (created.as_str(), "created", None));
    assert_eq!(
        entries[4],
        json!({
            "commit": created,
            "author": "Ada Lovelace",
            "email": "ada@example.com",
            "at": "2026-01-01T12:00:00Z",
            "message": "Create threat model M",
            "version": repository.git(&["rev-parse", &format!("{created}:{FILE}")]).trim(),
            "change": "created",
            "summary": null,
        })
    );
    assert_eq!(entries[1]["at"], "2023-11-14T22:13:20Z");
    assert_eq!(entries[1]["message"], "Seed");
}

#[tokio::test]
async fn a_model_that_is_gone_has_a_history() {
    let (_app, _, ada, _) = start().await;
    ada.delete(&at("")).header("if-match", "*").await.is(204);
    let history = ada.get(&at("history")).await.data();
    let gone = &history["commits"][0];
    assert_eq!(gone["change"], "deleted");
    assert_eq!(gone["version"], Value::Null);
    ada.post(&at("create")).json(CHECKOUT).await.is(201);
    let history = ada.get(&at("history")).await.data();
    assert_eq!(history["commits"][0]["change"], "created");
    assert_eq!(history["commits"].as_array().unwrap().len(), 7);
    let never = model_path(REPO, "main", "Never", "history");
    ada.get(&never).await.problem(404, "no_such_model");
}

#[tokio::test]
async fn a_long_history_comes_in_pages() {
    let (_app, repository, ada, _) = start().await;
    for number in 0..40 {
        let text = CHECKOUT.replace("Barbara", &format!("Reviewer {number}"));
        repository.seed("main", &[("100644", FILE, &text)]);
    }
    let page = |number: u32| ada.get(&format!("{}?page={number}", at("history")));
    let mut seen = Vec::new();
    for number in 1..=2 {
        let history = page(number).await.data();
        assert_eq!(history["pagination"]["next"], number == 1);
        assert_eq!(history["pagination"]["prev"], number == 2);
        for entry in history["commits"].as_array().unwrap() {
            let (commit, change, summary) = told(entry);
            seen.push(commit.to_owned());
            let number = seen.len();
            if number < 40 {
                assert_eq!(
                    (change, summary),
                    ("changed", Some("reviewer changed")),
                    "{number}"
                );
            }
        }
    }
    let logged = repository.git(&["log", "--format=%H", "main", "--", FILE]);
    assert_eq!(seen, logged.lines().collect::<Vec<_>>());
    let beyond = page(3).await.data();
    assert_eq!(beyond["commits"], json!([]));
    assert_eq!(
        beyond["pagination"],
        json!({ "page": 3, "next": false, "prev": true })
    );
    for bad in ["0", "-1", "x", "4294967296"] {
        let bad = ada.get(&format!("{}?page={bad}", at("history"))).await;
        bad.problem(400, "bad_request");
    }
    page(u32::MAX).await.is(200);
}

#[tokio::test]
async fn two_states_are_compared_in_terms_of_the_model() {
    let (_app, _, ada, commits) = start().await;
    let diff = |query: String| ada.get(&format!("{}?{query}", at("diff")));
    let [moved, readme, mended, _, saved, created, _] = commits.as_slice() else {
        panic!("seven commits: {commits:?}");
    };
    // Up to where the branch stands, from the change before.
    let newest = ada.get(&at("diff")).await.data();
    assert_eq!(newest["from"]["commit"], mended.as_str());
    assert_eq!(newest["to"]["commit"], moved.as_str());
    let aspects = |diff: &Value| {
        let changes = diff["changes"].as_array().unwrap();
        let aspect = |change: &Value| change["aspect"].as_str().unwrap().to_owned();
        changes.iter().map(aspect).collect::<Vec<_>>()
    };
    assert_eq!(aspects(&newest), ["layout"]);
    let without = diff("layout=false".to_owned()).await.data();
    assert_eq!(without["changes"], json!([]));
    // Of a commit that changed something else, the model is what it was.
    let whole = diff(format!("from={created}&to={readme}")).await.data();
    assert_eq!(aspects(&whole), ["meaning"]);
    let back = diff(format!("from={moved}&to={created}&layout=false"));
    assert_eq!(aspects(&back.await.data()), ["meaning"]);
    let same = diff(format!("from={saved}&to={saved}")).await.data();
    assert_eq!(same["changes"], json!([]));
    assert_eq!(same["from"], same["to"]);
    for (format, kind) in [("markdown", "text/markdown"), ("text", "text/plain")] {
        let told = diff(format!("from={created}&to={saved}&format={format}"));
        let told = told.await.is(200);
        let kind = format!("{kind}; charset=utf-8");
        assert_eq!(told.header("content-type"), Some(kind.as_str()));
        assert!(told.text().contains("Prices are taken from the basket"));
        assert!(told.text().contains("Mitigated") && !told.text().contains('\u{1b}'));
    }
}

#[tokio::test]
async fn what_cannot_be_compared_is_refused() {
    let (_app, _, ada, commits) = start().await;
    let diff = |query: String| ada.get(&format!("{}?{query}", at("diff")));
    let [_, _, _, torn, saved, created, empty] = commits.as_slice() else {
        panic!("seven commits: {commits:?}");
    };
    let first = diff(format!("to={created}"))
        .await
        .problem(404, "no_such_commit");
    assert_eq!(
        first["detail"],
        "That commit created the model: there is nothing before it to compare with."
    );
    for query in [format!("from={torn}"), format!("to={torn}")] {
        diff(query).await.problem(422, "model_unreadable");
    }
    for query in [format!("from={empty}"), format!("to={empty}")] {
        let problem = diff(query).await.problem(404, "no_such_model");
        let detail = "There was no model of this name at that commit.";
        assert_eq!(problem["detail"], detail);
    }
    for query in ["format=html", "format=", "layout=no", "layout="] {
        diff(query.to_owned()).await.problem(400, "bad_request");
    }
    diff(format!("from={saved}&from={saved}"))
        .await
        .problem(400, "bad_request");
    let never = model_path(REPO, "main", "Never", "diff");
    ada.get(&never).await.problem(404, "no_such_model");
}

#[tokio::test]
async fn an_old_version_is_read_as_it_was() {
    let (_app, repository, ada, commits) = start().await;
    let data = |commit: &str| ada.get(&format!("{}?at={commit}", at("data")));
    let [moved, readme, mended, torn, _, created, empty] = commits.as_slice() else {
        panic!("seven commits: {commits:?}");
    };
    let read = data(created).await.is(200);
    let version = repository.git(&["rev-parse", &format!("{created}:{FILE}")]);
    assert_eq!(read.etag(), format!("\"{}\"", version.trim()));
    assert!(read.text().contains(CHECKOUT), "byte for byte");
    let held = data(created).header("if-none-match", read.etag());
    held.await.is(304);
    assert_eq!(data(mended).await.etag(), data(readme).await.etag());
    let newest = ada.get(&at("data")).await.etag();
    assert_eq!(data(moved).await.etag(), newest);
    data(torn).await.problem(422, "model_unreadable");
    data(empty).await.problem(404, "no_such_model");
    // Gone by now, but not then.
    ada.delete(&at("")).header("if-match", "*").await.is(204);
    data(created).await.is(200);
    let gone = repository.commits("main");
    data(gone.first().unwrap())
        .await
        .problem(404, "no_such_model");
}

#[tokio::test]
async fn only_what_the_branch_has_had_is_read() {
    let (app, repository, ada, commits) = start().await;
    let secret = CHECKOUT.replace("Barbara", "A secret");
    let main = commits.first().unwrap().as_str();
    repository.git(&["branch", "side", main]);
    repository.seed("side", &[("100644", FILE, &secret)]);
    let side = repository.git(&["rev-parse", "side"]).trim().to_owned();
    let other = app.repository("shop/other");
    other.seed("main", &[("100644", FILE, &secret)]);
    let elsewhere = other.commits("main").first().unwrap().clone();
    let parse = |what: &str| repository.git(&["rev-parse", what]).trim().to_owned();
    let (blob, tree) = (parse(&format!("main:{FILE}")), parse("main^{tree}"));
    let of_side = model_path(REPO, "side", "M", "data");
    ada.get(&format!("{of_side}?at={side}")).await.is(200);
    repository.git(&["update-ref", "refs/kept", &side]);
    repository.git(&["branch", "-D", "side"]);
    let nothing = "0".repeat(40);
    for commit in [&side, &elsewhere, &blob, &tree, &nothing] {
        for query in [
            format!("{}?at={commit}", at("data")),
            format!("{}?from={commit}", at("diff")),
            format!("{}?to={commit}", at("diff")),
        ] {
            let problem = ada.get(&query).await.problem(404, "no_such_commit");
            let detail =
                "There is no such commit, or this branch does not have the model as it is there.";
            assert_eq!(problem["detail"], detail, "{query}");
        }
    }
    let (short, upper) = (main.get(..39).unwrap(), main.to_uppercase());
    let long = format!("{main}0");
    for bad in ["", "main", "HEAD~1", "..", short, &upper, &long] {
        let problem = ada.get(&format!("{}?at={bad}", at("data"))).await;
        let problem = problem.problem(400, "bad_request");
        let detail = "\"at\" must be a commit's whole id: 40 hexadecimal digits in lower case.";
        assert_eq!(problem["detail"], detail, "{bad}");
    }
}

#[tokio::test]
async fn an_old_version_that_was_read_brings_nothing_back_by_accident() {
    let (_app, repository, ada, commits) = start().await;
    let created = commits.get(5).unwrap();
    ada.get(&at("data")).await.is(200);
    ada.get(&format!("{}?at={created}", at("data")))
        .await
        .is(200);
    // An edit of what was read last, which is old: what came after it stays.
    let edited = CHECKOUT.replace("Barbara", "Hedy");
    let saved = ada.put(&at("update")).json(compact(&edited)).await.is(200);
    assert_eq!(saved.json()["merged"], true);
    let now = repository.file(FILE);
    assert!(now.contains("Hedy") && now.contains("\"Mitigated\"") && now.contains("\"y\": 90"));
    // Who wants it back says so.
    let back = ada.put(&at("update")).header("if-match", saved.etag());
    back.json(CHECKOUT).await.is(200);
    assert_eq!(compact(&repository.file(FILE)), compact(CHECKOUT));
}
