//! One template, with its text as the file has it.

use serde_json::Value;

use super::{DIAGRAM, REPO, file};
use crate::support::{CHECKOUT, TestApp, branch_path};

fn path(id: &str) -> String {
    let id: String = url::form_urlencoded::byte_serialize(id.as_bytes()).collect();
    branch_path(REPO, "main", "template") + "?id=" + &id
}

#[tokio::test]
async fn a_template_is_read_as_the_file_has_it() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    let odd = CHECKOUT.replacen("\"version\"", "\"odd\": 1.50e0, \"version\"", 1);
    let wrapped =
        format!(r#"{{"templateMetadata":{{"name":"Odd","tags":["a","b"]}},"model":{odd}}}"#);
    repository.seed(
        "main",
        &[
            file(".wyvern/templates/odd one.json", &wrapped),
            file(".wyvern/templates/sign-in.JSON", DIAGRAM),
        ],
    );
    let ada = app.owner().await;
    let answer = ada
        .get(&path(".wyvern/templates/odd one.json"))
        .await
        .is(200);
    assert!(answer.text().contains(odd.trim_end()), "{}", answer.text());
    let data = answer.data();
    assert_eq!(data["id"], ".wyvern/templates/odd one.json");
    assert_eq!(data["origin"], ".wyvern/templates/odd one.json");
    assert_eq!(
        (&data["kind"], &data["name"]),
        (&Value::from("model"), &Value::from("Odd"))
    );
    assert_eq!(data["tags"], serde_json::json!(["a", "b"]));
    let diagram = ada
        .get(&path(".wyvern/templates/sign-in.JSON"))
        .await
        .data();
    assert_eq!(diagram["kind"], "diagram");
    assert_eq!(diagram["content"]["cells"][0]["id"], "p");
    let shop = ada.get(&path("built-in/shop")).await.data();
    assert_eq!(
        (&shop["kind"], &shop["origin"]),
        (&Value::from("model"), &Value::from("built-in"))
    );
    assert_eq!(shop["content"]["summary"]["title"], shop["name"]);
}

#[tokio::test]
async fn what_is_no_template_is_not_there() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    repository.seed(
        "main",
        &[
            file(".wyvern/templates/broken.json", "{"),
            file(".wyvern/templates/note.txt", CHECKOUT),
            file(".wyvern/templates/deep/x.json", CHECKOUT),
            ("120000", ".wyvern/templates/link.json", "broken.json"),
            file("ThreatDragonModels/Checkout/Checkout.json", CHECKOUT),
        ],
    );
    let ada = app.owner().await;
    let ids = [
        "",
        "built-in",
        "built-in/none",
        ".wyvern/templates",
        ".wyvern/templates/",
        ".wyvern/templates/none.json",
        ".wyvern/templates/broken.json",
        ".wyvern/templates/note.txt",
        ".wyvern/templates/deep/x.json",
        ".wyvern/templates/link.json",
        ".wyvern/templates/../../ThreatDragonModels/Checkout/Checkout.json",
        "ThreatDragonModels/Checkout/Checkout.json",
        "ada/models@main:.wyvern/templates/broken.json",
        "\u{0}",
    ];
    for id in ids {
        let answer = ada.get(&path(id)).await;
        answer.problem(404, "no_such_template");
    }
    let nameless = branch_path(REPO, "main", "template");
    ada.get(&nameless).await.problem(400, "bad_request");
}
