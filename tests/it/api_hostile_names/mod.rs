//! Hostile names in paths: each is refused in words, and nothing of it reaches git.

mod tables;

use serde_json::json;

use crate::support::{CHECKOUT, Ground};

use tables::{NO_BRANCHES, NO_SEGMENTS, NOBODYS};

const ROOT: &str = "/api/threatmodel";

impl Ground {
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
            ada.get(&format!("{at}/history")),
            ada.get(&format!("{at}/diff")),
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
async fn slashes_of_the_organisation_lead_nowhere_else() {
    let ground = Ground::new().await;
    for (repo, why) in [
        ("%2F/r", "it is empty"),
        ("%2Fetc/passwd", "it is empty"),
        ("o%2F/r", "it is empty"),
        ("o%2f..%2f..%2fx/r", "\".\" and \"..\" are not names"),
    ] {
        let names = [repo, "main", "M"];
        let what = "repository name";
        ground.refuses(names, Asked::Repository, what, why).await;
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
