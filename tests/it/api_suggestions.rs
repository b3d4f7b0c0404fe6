//! Threats that are suggested: by the rules that come with Wyvern, and by those of the branch.

use serde_json::{Value, json};

use crate::forge::{Access, Dialect};
use crate::support::host::at_each_host;
use crate::support::{CHECKOUT, Hosted, Repository, TestApp, branch_path, model_path};

const REPO: &str = "shop/models";
const PROCESS: &str = "b9e6f4de-0c1b-4d3c-8f1a-2f8f6d2f6b01";
const PACK: &str = r#"pack = "shop"
[[rule]]
id = "orders"
when = 'process and name mentions "order"'
title = "An order is repeated"
because = "The process handles orders."
description = "Somebody sends an order twice."
mitigation = "Give each order a number that is taken once."
severity = "High"
references = ["CWE-294"]
category.STRIDE = "Tampering"

[[rule]]
id = "torn"
when = "proces"
"#;

at_each_host!(a_branch_has_rules_of_its_own);

fn seed(repository: &Repository, rules: &str) {
    let model = "ThreatDragonModels/Checkout/Checkout.json";
    repository.seed(
        "main",
        &[
            ("100644", model, CHECKOUT),
            ("100644", ".wyvern/rules/shop.toml", rules),
            ("100644", ".wyvern/rules/README.md", "Ours"),
        ],
    );
}

/// What one pack has suggested.
fn of_pack<'a>(data: &'a Value, pack: &str) -> Vec<&'a Value> {
    let all = data["suggestions"].as_array().unwrap().iter();
    let own = |each: &&Value| each["rule"].as_str().unwrap().starts_with(pack);
    all.filter(own).collect()
}

/// The faults of packs, each with its file.
fn faults(data: &Value) -> Vec<String> {
    let text = |fault: &Value, key: &str| fault[key].as_str().unwrap().to_owned();
    let all = data["faults"].as_array().unwrap().iter();
    all.map(|fault| text(fault, "file") + " " + &text(fault, "message"))
        .collect()
}

async fn a_branch_has_rules_of_its_own(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    seed(&host.repository("ada/models"), PACK);
    host.forge.grant("ada", "ada/models", Access::Write);
    let ada = host.signed_in("ada").await;
    let suggest = model_path("ada/models", "main", "Checkout", "suggest");
    let data = ada.post(&suggest, "{}").await.data();
    assert_eq!(of_pack(&data, "shop/").len(), 1, "{data}");
    let rules = branch_path("ada/models", "main", "rules");
    let rules = ada.get(&rules).await.data();
    assert_eq!(rules["faults"], data["faults"]);
    let listed = rules["rules"].as_array().unwrap();
    assert!(listed.iter().any(|rule| rule["id"] == "shop/orders"));
}

#[tokio::test]
async fn what_fits_is_told_with_its_reason_and_its_rule() {
    let app = TestApp::start().await;
    seed(&app.repository(REPO), PACK);
    let ada = app.owner().await;
    let suggest = model_path(REPO, "main", "Checkout", "suggest");
    let data = ada.post(&suggest).json("{}").await.data();
    let expected = json!({
        "rule": "shop/orders",
        "origin": ".wyvern/rules/shop.toml",
        "diagram": 0,
        "element": PROCESS,
        "methodology": "STRIDE",
        "category": "Tampering",
        "title": "An order is repeated",
        "description": "Somebody sends an order twice.",
        "mitigation": "Give each order a number that is taken once.",
        "severity": "High",
        "because": "The process handles orders.",
        "references": ["CWE-294"],
        "state": "new",
        "reason": "",
    });
    assert_eq!(of_pack(&data, "shop/"), [&expected]);
    let fault = json!([{
        "file": ".wyvern/rules/shop.toml",
        "line": 13,
        "message": "a rule lacks its title.",
    }]);
    assert_eq!(data["faults"], fault);
    assert_eq!(data["left_out"], 0);
}

#[tokio::test]
async fn a_model_that_is_not_saved_is_asked_about_and_nothing_is_stored() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    seed(&repository, PACK);
    let before = repository.commits("main");
    let ada = app.owner().await;
    let suggest = model_path(REPO, "main", "New", "suggest");
    let mut model: Value = serde_json::from_str(CHECKOUT).unwrap();
    model["detail"]["diagrams"][0]["cells"][0]["data"]["wyvern"] =
        json!({ "dismissed": { "shop/orders": "They are numbered." } });
    let ask = async |wanted: Value| {
        let mut body = json!({ "document": model });
        body.as_object_mut()
            .unwrap()
            .extend(wanted.as_object().unwrap().clone());
        ada.post(&suggest).json(body.to_string()).await.data()
    };
    let data = ask(json!({})).await;
    let [found] = of_pack(&data, "shop/")[..] else {
        panic!("{data}");
    };
    assert_eq!(found["state"], "dismissed");
    assert_eq!(found["reason"], "They are numbered.");
    let wanted = json!({ "diagram": 0, "elements": [PROCESS] });
    assert_eq!(of_pack(&ask(wanted).await, "shop/").len(), 1);
    for wanted in [json!({ "diagram": 7 }), json!({ "elements": [] })] {
        assert_eq!(ask(wanted).await["suggestions"], json!([]));
    }
    assert_eq!(repository.commits("main"), before);
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_of_a_model_that_they_send() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let path = "/api/documents/suggest";
    let body = format!(r#"{{"document":{CHECKOUT}}}"#);
    let data = nobody.post(path).json(body).await.data();
    assert_eq!(data["faults"], json!([]));
    assert_eq!(of_pack(&data, "shop/"), [&Value::Null; 0]);
    let cases = [
        ("{}", "/document"),
        ("[]", ""),
        (r#"{"document":{},"diagram":0}"#, "/document/summary"),
        (r#"{"diagram":"0"}"#, "/diagram"),
        (r#"{"elements":"a"}"#, "/elements"),
        (r#"{"elements":[1]}"#, "/elements"),
    ];
    for (body, pointer) in cases {
        let answer = nobody.post(path).json(body).await;
        let problem = answer.problem(422, "model_invalid");
        assert_eq!(problem["pointer"], pointer, "{body}: {problem}");
    }
    let model = model_path(REPO, "main", "Checkout", "suggest");
    nobody
        .post(&model)
        .json("{}")
        .await
        .problem(401, "sign_in_required");
}

#[tokio::test]
async fn the_methodologies_are_told_to_anybody() {
    let app = TestApp::start().await;
    let data = app.nobody().get("/api/methodologies").await.data();
    let named = |id: &str| {
        data.as_array()
            .unwrap()
            .iter()
            .find(|each| each["id"] == id)
    };
    let stride = named("STRIDE").unwrap();
    assert_eq!(
        stride["categories"]["actor"],
        json!(["Spoofing", "Repudiation"])
    );
    assert_eq!(stride["names"]["Spoofing"]["fr"], "Usurpation d'identité");
    assert_eq!(
        named("CIADIE").unwrap()["names"].as_object().unwrap().len(),
        6
    );
    assert_eq!(data.as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn packs_that_cannot_be_read_harm_nobody() {
    let app = TestApp::start().await;
    let repository = app.repository(REPO);
    seed(&repository, PACK);
    let large = format!("pack = \"large\"\n# {}", "x".repeat(1 << 20));
    repository.seed(
        "other",
        &[
            (
                "100644",
                "ThreatDragonModels/Checkout/Checkout.json",
                CHECKOUT,
            ),
            ("100644", ".wyvern/rules/a.toml", PACK),
            ("100644", ".wyvern/rules/b.toml", PACK),
            ("100644", ".wyvern/rules/large.toml", &large),
            ("120000", ".wyvern/rules/link.toml", "a.toml"),
        ],
    );
    let ada = app.owner().await;
    let suggest = model_path(REPO, "other", "Checkout", "suggest");
    let data = ada.post(&suggest).json("{}").await.data();
    assert_eq!(of_pack(&data, "shop/").len(), 1);
    let expected = [
        ".wyvern/rules/a.toml a rule lacks its title.",
        ".wyvern/rules/b.toml a rule lacks its title.",
        ".wyvern/rules/b.toml the rule shop/orders is in .wyvern/rules/a.toml already.",
        ".wyvern/rules/large.toml this is no file of at most 1 MiB.",
    ];
    assert_eq!(faults(&data), expected);
}
