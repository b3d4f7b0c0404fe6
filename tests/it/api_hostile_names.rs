//! Hostile names in paths: each is refused in words, and nothing of it reaches git.

use serde_json::json;

use crate::support::{CHECKOUT, Person, Repository, TestApp};

const ROOT: &str = "/api/threatmodel";

/// Names that no repository part, branch or model may have, percent-encoded, and why.
const NOBODYS: &[(&str, &str)] = &[
    ("%00", "it must not contain control characters"),
    ("a%00b", "it must not contain control characters"),
    ("a%0ab", "it must not contain control characters"),
    (
        "a%0d%0aset-cookie:%20x",
        "it must not contain control characters",
    ),
    ("a%7fb", "it must not contain control characters"),
    ("a%1b[31m", "it must not contain control characters"),
    ("a%C2%85b", "it must not contain control characters"),
    ("a%E2%80%A8b", "it must not contain control characters"),
    ("%EF%BB%BFa", "it must not contain control characters"),
    (
        "a%E2%80%AEb",
        "it must not contain marks that change the direction of text",
    ),
    (
        "a%E2%81%A6b",
        "it must not contain marks that change the direction of text",
    ),
    ("x.lock", "no part of it may end in .lock"),
    ("x.LOCK", "no part of it may end in .lock"),
];

/// Names that no repository part and no model may have.
const NO_SEGMENTS: &[(&str, &str)] = &[
    (".", "\".\" and \"..\" are not names"),
    ("..", "\".\" and \"..\" are not names"),
    ("%2e", "\".\" and \"..\" are not names"),
    ("%2e%2e", "\".\" and \"..\" are not names"),
    (".%2E", "\".\" and \"..\" are not names"),
    ("..%5c", "it must not contain a slash or a backslash"),
    ("..%5c..%5cx", "it must not contain a slash or a backslash"),
    ("C%3A%5Cx", "it must not contain a slash or a backslash"),
    ("%20a", "it must not begin or end with a space"),
    ("a%20", "it must not begin or end with a space"),
    ("a%C2%A0", "it must not begin or end with a space"),
    ("a.", "it must not end with a full stop"),
    ("...", "it must not end with a full stop"),
    (".git", "git or a provider gives this name a meaning"),
    (".GIT", "git or a provider gives this name a meaning"),
    (".Git", "git or a provider gives this name a meaning"),
    ("git~1", "git or a provider gives this name a meaning"),
    ("GIT~2", "git or a provider gives this name a meaning"),
    (
        ".g%E2%80%8Cit",
        "git or a provider gives this name a meaning",
    ),
    (
        ".git%3A%3A$INDEX_ALLOCATION",
        "git or a provider gives this name a meaning",
    ),
    (".gitmodules", "git or a provider gives this name a meaning"),
    (
        ".gitattributes",
        "git or a provider gives this name a meaning",
    ),
    (".gitignore", "git or a provider gives this name a meaning"),
    (".github", "git or a provider gives this name a meaning"),
    ("gitmod~1", "git or a provider gives this name a meaning"),
    ("CON", "it is a device name on Windows"),
    ("nul.txt", "it is a device name on Windows"),
    ("com1", "it is a device name on Windows"),
    ("LPT9.x.y", "it is a device name on Windows"),
    ("aux%20.x", "it is a device name on Windows"),
];

/// Names that no branch may have.
const NO_BRANCHES: &[(&str, &str)] = &[
    ("..", "it must not contain \"..\" or \"@{\""),
    ("%2e%2e", "it must not contain \"..\" or \"@{\""),
    ("a..b", "it must not contain \"..\" or \"@{\""),
    ("..%2f..%2fx", "it must not contain \"..\" or \"@{\""),
    ("main@%7B0%7D", "it must not contain \"..\" or \"@{\""),
    ("@%7B-1%7D", "it must not contain \"..\" or \"@{\""),
    ("@", "it must not begin with '-' or be \"@\""),
    ("-x", "it must not begin with '-' or be \"@\""),
    ("--upload-pack=x", "it must not begin with '-' or be \"@\""),
    (
        "%2Fmain",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (
        "main%2F",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (
        "a%2F%2Fb",
        "it must not begin or end with a slash, or have two in a row",
    ),
    (".", "no part of it may begin or end with a full stop"),
    (".x", "no part of it may begin or end with a full stop"),
    ("x.", "no part of it may begin or end with a full stop"),
    ("a%2F.b", "no part of it may begin or end with a full stop"),
    ("a%2Fb.lock%2Fc", "no part of it may end in .lock"),
    ("HEAD", "git gives this name a meaning"),
    ("FETCH_HEAD", "git gives this name a meaning"),
    ("refs%2Fheads%2Fmain", "git gives this name a meaning"),
    (
        "1234567890abcdef1234567890ABCDEF12345678",
        "it looks like a commit id",
    ),
    (
        "main~1",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "main%5E",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        ":%2Ftext",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%20b",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%3Fb",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    (
        "a%5Cb",
        "it must not contain a space or any of ~ ^ : ? * [ \\",
    ),
    ("*", "it must not contain a space or any of ~ ^ : ? * [ \\"),
];

struct Ground {
    app: TestApp,
    repository: Repository,
    ada: Person,
}

impl Ground {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let repository = app.repository("o/r");
        let file = ("100644", "ThreatDragonModels/M/M.json", CHECKOUT);
        repository.seed("main", &[file]);
        let ada = app.owner().await;
        Self {
            app,
            repository,
            ada,
        }
    }

    /// Everything that can be asked about a repository, a branch and a model (each percent-encoded)
    /// with a body that would be accepted.
    async fn ask(
        &self,
        repo: &str,
        branch: &str,
        model: &str,
        asked: Asked,
    ) -> Vec<crate::support::Answer> {
        let from = json!({ "refBranch": "main" }).to_string();
        let name = json!({ "name": "New" }).to_string();
        let at = format!("{ROOT}/{repo}/{branch}/{model}");
        let ada = &self.ada;
        let mut asks = vec![
            ada.get(&format!("{at}/data")),
            ada.put(&format!("{at}/create")).json(CHECKOUT),
            ada.post(&format!("{at}/create")).json(CHECKOUT),
            ada.put(&format!("{at}/update"))
                .header("if-match", "*")
                .json(CHECKOUT),
            ada.post(&format!("{at}/rename")).json(name),
            ada.delete(&at).header("if-match", "*"),
        ];
        if asked != Asked::Model {
            asks.push(ada.get(&format!("{ROOT}/{repo}/{branch}/models")));
            asks.push(
                ada.post(&format!("{ROOT}/{repo}/{branch}/createBranch"))
                    .json(from),
            );
        }
        if asked == Asked::Repository {
            asks.push(ada.get(&format!("{ROOT}/{repo}/branches")));
        }
        let mut answers = Vec::new();
        for ask in asks {
            answers.push(ask.await);
        }
        answers
    }

    async fn refuses(&self, names: [&str; 3], asked: Asked, what: &str, why: &str) {
        let [repo, branch, model] = names;
        for answer in self.ask(repo, branch, model, asked).await {
            let problem = answer.problem(422, "name_refused");
            let detail = problem["detail"].as_str().unwrap();
            assert!(
                detail.starts_with(&format!("The {what} \"")),
                "{names:?}: {detail}"
            );
            assert!(
                detail.ends_with(&format!(" is refused: {why}.")),
                "{names:?}: {detail}"
            );
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Repository,
    Branch,
    Model,
}

fn why_for_a_segment(why: &'static str) -> &'static str {
    match why {
        "no part of it may end in .lock" => "it must not end in .lock",
        why => why,
    }
}

#[tokio::test]
async fn hostile_model_names_are_refused() {
    let ground = Ground::new().await;
    let before = (ground.repository.state(), ground.app.outside_of_git());
    let long = "x".repeat(241);
    let wide = "%C3%BC".repeat(121);
    let more = [
        ("a%2Fb", "it must not contain a slash or a backslash"),
        ("..%2f..%2fx", "it must not contain a slash or a backslash"),
        (
            "%2Fetc%2Fpasswd",
            "it must not contain a slash or a backslash",
        ),
        (long.as_str(), "it is longer than 240 bytes"),
        (wide.as_str(), "it is longer than 240 bytes"),
    ];
    for (name, why) in NOBODYS.iter().chain(NO_SEGMENTS).chain(&more) {
        let names = ["o/r", "main", name];
        let why = why_for_a_segment(why);
        ground.refuses(names, Asked::Model, "model name", why).await;
    }
    let after = (ground.repository.state(), ground.app.outside_of_git());
    assert_eq!(before, after);
}

#[tokio::test]
async fn hostile_branch_names_are_refused() {
    let ground = Ground::new().await;
    let before = (ground.repository.state(), ground.app.outside_of_git());
    let long = "x".repeat(300);
    let more = [(long.as_str(), "it is longer than 240 bytes")];
    for (name, why) in NOBODYS.iter().chain(NO_BRANCHES).chain(&more) {
        let names = ["o/r", name, "M"];
        ground
            .refuses(names, Asked::Branch, "branch name", why)
            .await;
    }
    let after = (ground.repository.state(), ground.app.outside_of_git());
    assert_eq!(before, after);
}

#[tokio::test]
async fn hostile_repository_names_are_refused() {
    let ground = Ground::new().await;
    let before = (ground.repository.state(), ground.app.outside_of_git());
    let long = "x".repeat(300);
    let more = [
        ("-x", "a part must not begin with '-'"),
        ("r.git", "a part must not end in .git"),
        ("r.GIT", "a part must not end in .git"),
        (long.as_str(), "it is longer than 240 bytes"),
    ];
    for (name, why) in NOBODYS.iter().chain(NO_SEGMENTS).chain(&more) {
        let why = why_for_a_segment(why);
        for repo in [
            format!("o/{name}"),
            format!("{name}/r"),
            format!("o/{name}%2Fr"),
        ] {
            let names = [repo.as_str(), "main", "M"];
            ground
                .refuses(names, Asked::Repository, "repository name", why)
                .await;
        }
    }
    let deep = format!("o/{}", vec!["x"; 22].join("%2F"));
    let why = "it must be owner/name";
    ground
        .refuses(
            [&deep, "main", "M"],
            Asked::Repository,
            "repository name",
            why,
        )
        .await;
    let after = (ground.repository.state(), ground.app.outside_of_git());
    assert_eq!(before, after);
}

#[tokio::test]
async fn an_organisation_is_one_part() {
    let ground = Ground::new().await;
    for repo in ["o%2Fx/r", "%2F/r", "o%2f..%2f..%2fx/r", "%2Fetc/passwd"] {
        for answer in ground.ask(repo, "main", "M", Asked::Repository).await {
            let problem = answer.problem(400, "bad_request");
            let why = "The organisation must be one part; the rest belongs to the repository.";
            assert_eq!(problem["detail"], why);
        }
    }
}

#[tokio::test]
async fn an_escape_that_is_not_utf8_is_refused() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    for bad in [
        "%ff",
        "a%C0%AFb",
        "%C0%AE%C0%AE",
        "%E0%80%AF",
        "%ED%A0%80",
        "%F4%90%80%80",
        "%80",
    ] {
        for (names, asked) in [
            (["o/r", "main", bad], Asked::Model),
            (["o/r", bad, "M"], Asked::Branch),
            ([&format!("o/{bad}"), "main", "M"], Asked::Repository),
            ([&format!("{bad}/r"), "main", "M"], Asked::Repository),
        ] {
            let [repo, branch, model] = names;
            for answer in ground.ask(repo, branch, model, asked).await {
                let problem = answer.problem(400, "bad_request");
                let why = "The path holds a percent-escape that is not UTF-8.";
                assert_eq!(problem["detail"], why);
            }
        }
    }
    assert_eq!(ground.repository.state(), before);
}

#[tokio::test]
async fn a_percent_sign_that_escapes_nothing_stands_for_itself() {
    let ground = Ground::new().await;
    for name in ["100%", "%zz", "%2", "%u0041"] {
        let create = format!("{ROOT}/o/r/main/{name}/create");
        let made = ground.ada.post(&create).json(CHECKOUT).await.is(201).json();
        assert_eq!(made["model"], name);
    }
    // A name is decoded once.
    let create = format!("{ROOT}/o/r/main/%252e%252e/create");
    let made = ground.ada.post(&create).json(CHECKOUT).await.is(201).json();
    assert_eq!(made["model"], "%2e%2e");
}

#[tokio::test]
async fn an_empty_segment_is_an_empty_name_or_no_address() {
    let ground = Ground::new().await;
    let before = ground.repository.state();
    for path in [
        "//r/branches",
        "/o//branches",
        "/o/r//models",
        "//r/main/models",
        "/o//main/models",
        "/o/r/main//data",
        "/o/r//M/data",
        "//r/main/M/data",
        "/o//main/M/data",
    ] {
        let answer = ground.ada.get(&format!("{ROOT}{path}")).await;
        assert!(
            matches!(answer.status(), 404 | 422),
            "{path}: {}",
            answer.status()
        );
    }
    for path in [
        "/o/r/main//create",
        "/o/r//M/create",
        "//r/main/M/create",
        "/o//main/M/create",
    ] {
        let answer = ground
            .ada
            .post(&format!("{ROOT}{path}"))
            .json(CHECKOUT)
            .await;
        assert!(
            matches!(answer.status(), 404 | 422),
            "{path}: {}",
            answer.status()
        );
    }
    assert_eq!(ground.repository.state(), before);
}
