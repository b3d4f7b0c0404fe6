//! Commit messages: what they say, and the trailers that find the request again.

use serde_json::{Value, json};

use crate::support::shop::{FILE, REPO, at};
use crate::support::{Answer, CHECKOUT, Person, Repository, TestApp, model_path};

async fn start() -> (TestApp, Repository, Person) {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let ada = app.owner().await;
    (app, repository, ada)
}

fn title(repository: &Repository) -> String {
    let title = repository.git(&["log", "-1", "--format=%s", "main"]);
    title.trim_end().to_owned()
}

/// The newest commit's trailers, as git reads them.
fn trailers(repository: &Repository) -> String {
    let message = repository.git(&["log", "-1", "--format=%B", "main"]);
    repository.git_fed(&["interpret-trailers", "--parse"], message.as_bytes())
}

/// They are those of this answer, and one of each.
#[track_caller]
fn has_trailers_of(repository: &Repository, answer: &Answer) {
    let request = answer.header("x-request-id").unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        trailers(repository),
        format!("Request-Id: {request}\nTool: Wyvern {version}\n")
    );
}

#[tokio::test]
async fn every_change_has_its_request_in_its_commit() {
    let (_app, repository, ada) = start().await;
    let made = ada.post(&at("create")).json(CHECKOUT).await.is(201);
    has_trailers_of(&repository, &made);
    assert_eq!(title(&repository), "Create threat model M");
    let changed = CHECKOUT.replacen("\"Open\"", "\"Mitigated\"", 1);
    let save = ada.put(&at("update")).header("if-match", "*");
    let saved = save.json(changed).await.is(200);
    has_trailers_of(&repository, &saved);
    assert_eq!(title(&repository), "Order service: 1 threat mitigated");
    let name = json!({ "name": "N" }).to_string();
    let renamed = ada.post(&at("rename")).json(name).await.is(200);
    has_trailers_of(&repository, &renamed);
    assert_eq!(title(&repository), "Rename threat model M to N");
    let gone = ada.delete(&model_path(REPO, "main", "N", ""));
    let gone = gone.header("if-match", "*").await.is(204);
    has_trailers_of(&repository, &gone);
    assert_eq!(title(&repository), "Delete threat model N");
}

#[tokio::test]
async fn a_commit_that_nobody_asked_for_names_the_tool_alone() {
    let app = TestApp::with(&["local.demo = true"]).await;
    let demo = "data/repositories/demo/threat-models.git";
    let repository = Repository::at(&app.folder().join(demo));
    assert_eq!(title(&repository), "Add the demo threat models");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(trailers(&repository), format!("Tool: Wyvern {version}\n"));
}

#[tokio::test]
async fn the_author_may_say_it_in_their_own_words() {
    let (_app, repository, ada) = start().await;
    let said = [
        (
            "Reviewed%20with%20Gr%C3%A4fin%20Ada",
            "Reviewed with Gräfin Ada",
        ),
        ("plain words", "plain words"),
        ("Request-Id:%201", "Request-Id: 1"),
        ("100%25 done", "100% done"),
        ("50% done", "50% done"),
        ("#12", "#12"),
    ];
    let mut made = ada.post(&at("create"));
    for (number, (header, words)) in said.into_iter().enumerate() {
        let answer = made
            .header("commit-message", header)
            .json(CHECKOUT.replace("Barbara", &number.to_string()));
        let answer = answer.await;
        assert!([200, 201].contains(&answer.status()), "{header}");
        assert_eq!(title(&repository), words);
        has_trailers_of(&repository, &answer);
        made = ada.put(&at("update")).header("if-match", "*");
    }
    let name = json!({ "name": "N" }).to_string();
    let rename = ada.post(&at("rename")).header("commit-message", "Moved");
    rename.json(name).await.is(200);
    assert_eq!(title(&repository), "Moved");
    let delete = ada.delete(&model_path(REPO, "main", "N", ""));
    let delete = delete.header("commit-message", "Gone");
    delete.header("if-match", "*").await.is(204);
    assert_eq!(title(&repository), "Gone");
}

#[tokio::test]
async fn a_name_in_the_model_gives_no_order_to_whoever_hosts_the_repository() {
    let (_app, repository, ada) = start().await;
    let named = CHECKOUT.replace("Order service", "[skip ci] fixes #1 @all");
    ada.post(&at("create")).json(named.clone()).await.is(201);
    let changed = named.replacen("\"Open\"", "\"Mitigated\"", 1);
    let save = ada.put(&at("update")).header("if-match", "*");
    save.json(changed).await.is(200);
    assert_eq!(
        title(&repository),
        "(skip ci) fixes no. 1 (at)all: 1 threat mitigated"
    );
}

#[tokio::test]
async fn words_that_would_break_the_message_are_refused() {
    let (_app, repository, ada) = start().await;
    let before = repository.state();
    let line = "it must be one line without control characters";
    let ends = "git takes a line that begins like this for the end of a message";
    let long = "x".repeat(1001);
    let refused = [
        ("a%0A%0ARequest-Id: 1", line),
        ("a%0d%0ab", line),
        ("a%00b", line),
        ("a%1B[31m", line),
        ("a%E2%80%A8b", line),
        ("---", ends),
        ("%20--- a", ends),
        (
            "# ------------------------ >8 ------------------------",
            ends,
        ),
        ("", "it is empty"),
        ("%20%20", "it is empty"),
        (long.as_str(), "it is longer than 1000 bytes"),
    ];
    for (header, why) in refused {
        let create = ada.post(&at("create")).header("commit-message", header);
        let problem = create.json(CHECKOUT).await.problem(422, "message_refused");
        let detail = format!("The commit message is refused: {why}.");
        assert_eq!(problem["detail"], detail, "{header}");
    }
    for bytes in [b"%ff".as_slice(), b"\xff", b"%C3%A4\xc3\xa4"] {
        let create = ada.post(&at("create")).header("commit-message", bytes);
        create.json(CHECKOUT).await.problem(400, "bad_request");
    }
    let twice = ada.post(&at("create")).header("commit-message", "a");
    let twice = twice.also("commit-message", "b").json(CHECKOUT);
    twice.await.problem(400, "bad_request");
    assert_eq!(repository.state(), before);
}

#[tokio::test]
async fn names_in_a_model_cannot_break_the_message() {
    let names = [
        "--- a/x",
        "a\n\nRequest-Id: 0000000000000000",
        "a\r\n---\r\n",
        "# ------------------------ >8 ------------------------",
        "\u{2028}\0\u{1b}[31m",
        "",
    ];
    for name in names {
        let (_app, repository, ada) = start().await;
        let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
        *model
            .pointer_mut("/detail/diagrams/0/cells/0/data/name")
            .unwrap() = json!(name);
        repository.seed("main", &[("100644", FILE, &model.to_string())]);
        let changed = model.to_string().replacen("\"Open\"", "\"Mitigated\"", 1);
        let save = ada.put(&at("update")).header("if-match", "*");
        let saved = save.json(changed).await.is(200);
        has_trailers_of(&repository, &saved);
        let title = title(&repository);
        assert!(!title.is_empty() && !title.contains('\u{1b}'), "{title:?}");
    }
}

#[tokio::test]
async fn a_merge_says_what_it_adds() {
    let (app, repository, ada) = start().await;
    let made = ada.post(&at("create")).json(CHECKOUT).await.is(201);
    let other = CHECKOUT.replacen("\"Open\"", "\"Mitigated\"", 1);
    let save = |person: &Person, body: String| {
        let save = person.put(&at("update"));
        save.header("base-version", made.etag()).json(body)
    };
    save(&ada, other).await.is(200);
    let grace = app.owner().await;
    let mine = CHECKOUT.replacen("\"Low\"", "\"High\"", 1);
    let saved = save(&grace, mine).await.is(200);
    assert_eq!(saved.json()["merged"], true);
    assert!(!title(&repository).contains("mitigated"));
    has_trailers_of(&repository, &saved);
}
