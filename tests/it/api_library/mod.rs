//! What a team keeps in its repository besides models: its library, its templates, and what it pins
//! of other repositories.

mod broken;
mod costs;
mod sources;
mod templates;

use serde_json::{Value, json};

use crate::forge::{Access, Dialect};
use crate::support::host::at_each_host;
use crate::support::{CHECKOUT, Hosted, Repository, TestApp, branch_path, model_path};

const REPO: &str = "ada/models";
const SOURCE: &str = "ada/security";

const LIBRARY: &str = r#"library = "acme"
[[mitigation]]
id = "signed-webhooks"
title = "Sign webhooks"
description = "Sign each webhook with HMAC-SHA-256 and check it before parsing."
references = ["ASVS-4.1.5"]
tags = ["webhook"]

[[threat]]
id = "forged-webhook"
title = "Forged webhook"
description = "Anybody who knows the address can send events."
mitigations = ["signed-webhooks"]
severity = "High"
references = ["CWE-345"]
tags = ["webhook"]
category.STRIDE = "Spoofing"
"#;

const RULES: &str = r#"pack = "own"
[[rule]]
id = "orders"
when = 'process and name mentions "order"'
title = "An order is repeated"
because = "The process handles orders."
description = "Somebody sends an order twice."
mitigation = "Number orders."
category.STRIDE = "Tampering"

[[methodology]]
id = "SAFETY"
name = "Safety"
categories = { actor = ["Harm"], process = ["Harm", "Slip"], store = [], flow = ["Slip"] }
"#;

const SOURCES: &str = "[[source]]\nrepository = \"ada/security\"\ntag = \"v1.2.0\"\n\n\
                       [[source]]\nrepository = \"ada/security-2\"\ntag = \"v9\"\n";

const DIAGRAM: &str = r#"{ "templateMetadata": { "id": "1", "name": "Sign in", "description": "With a session.", "tags": ["web"] },
  "diagram": { "id": 0, "title": "Sign in", "cells": [{ "id": "p", "shape": "process" }] } }"#;

at_each_host!(a_branch_has_what_it_keeps_and_what_it_pins);

/// A file of a repository.
fn file<'a>(path: &'a str, content: &'a str) -> (&'a str, &'a str, &'a str) {
    ("100644", path, content)
}

/// A repository that keeps something, and pins one that has changed since, and one without the tag.
fn seed(repository: &Repository, source: &Repository, other: &Repository) {
    repository.seed(
        "main",
        &[
            file("ThreatDragonModels/Checkout/Checkout.json", CHECKOUT),
            file(".wyvern/library/webhooks.toml", LIBRARY),
            file(".wyvern/rules/own.toml", RULES),
            file(".wyvern/templates/checkout.json", CHECKOUT),
            file(".wyvern/templates/README.md", "Ours"),
            file(".wyvern/sources.toml", SOURCES),
        ],
    );
    let theirs = LIBRARY.replace("\"acme\"", "\"shared\"");
    let another =
        "[[methodology]]\nid = \"CARE\"\nname = \"Care\"\ncategories.store = [\"Loss\"]\n";
    let rules = RULES.replace("\"own\"", "\"shared\"") + another;
    source.seed(
        "main",
        &[
            file(".wyvern/library/shared.toml", &theirs),
            file(".wyvern/library/twin.toml", LIBRARY),
            file(".wyvern/rules/shared.toml", &rules),
            file(".wyvern/templates/sign-in.json", DIAGRAM),
            file(".wyvern/sources.toml", SOURCES),
        ],
    );
    let committer = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    source.git(
        &[
            &committer[..],
            &["tag", "-a", "-m", "A release", "v1.2.0", "main"],
        ]
        .concat(),
    );
    let later = theirs.replace("Forged", "Changed");
    source.seed("main", &[file(".wyvern/library/shared.toml", &later)]);
    other.seed("main", &[file(".wyvern/library/other.toml", &theirs)]);
}

async fn a_branch_has_what_it_keeps_and_what_it_pins(dialect: Dialect) {
    let host = Hosted::start(dialect).await;
    let [models, source, other] =
        [REPO, SOURCE, "ada/security-2"].map(|name| host.repository(name));
    seed(&models, &source, &other);
    host.forge.grant("ada", REPO, Access::Write);
    let ada = host.signed_in("ada").await;
    let at = |what: &str| branch_path(REPO, "main", what);
    is_whole_library(&ada.get(&at("library")).await.data());
    is_whole_list(&ada.get(&at("templates")).await.data());
    let pinned = "template?id=ada%2Fsecurity%40v1.2.0%3A.wyvern%2Ftemplates%2Fsign-in.json";
    let pinned = ada.get(&at(pinned)).await.data();
    assert_eq!(pinned["content"]["title"], "Sign in");
    let rules = ada.get(&at("rules")).await.data();
    let suggest = model_path(REPO, "main", "Checkout", "suggest");
    let suggested = ada.post(&suggest, "{}").await.data();
    are_whole_rules(&rules, &suggested);
}

#[tokio::test]
async fn on_this_machine_it_is_the_same() {
    let app = TestApp::start().await;
    let [models, source, other] = [REPO, SOURCE, "ada/security-2"].map(|name| app.repository(name));
    seed(&models, &source, &other);
    let ada = app.owner().await;
    let at = |what: &str| branch_path(REPO, "main", what);
    is_whole_library(&ada.get(&at("library")).await.data());
    is_whole_list(&ada.get(&at("templates")).await.data());
    let rules = ada.get(&at("rules")).await.data();
    let suggest = model_path(REPO, "main", "Checkout", "suggest");
    let suggested = ada.post(&suggest).json("{}").await.data();
    are_whole_rules(&rules, &suggested);
}

/// The members of a list that are not built in.
fn own<'a>(data: &'a Value, list: &str) -> Vec<&'a Value> {
    let all = data[list].as_array().unwrap().iter();
    all.filter(|each| each["origin"] != "built-in").collect()
}

/// The faults, as `file:line message`.
fn faults(data: &Value) -> Vec<String> {
    let told = |fault: &Value| {
        let text = |key: &str| fault[key].as_str().unwrap().to_owned();
        format!("{}:{} {}", text("file"), fault["line"], text("message"))
    };
    data["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(told)
        .collect()
}

const NO_TAG: &str = ".wyvern/sources.toml:5 ada/security-2 has no tag v9.";
const SHARED: &str = "ada/security@v1.2.0:.wyvern/library/shared.toml";

/// The ids of entries, each with its origin.
fn origins<'a>(entries: &[&'a Value]) -> Vec<[&'a str; 2]> {
    let told = |entry: &&'a Value| ["id", "origin"].map(|key| entry[key].as_str().unwrap());
    entries.iter().map(told).collect()
}

#[track_caller]
fn is_whole_library(data: &Value) {
    let threats = own(data, "threats");
    let told = origins(&threats);
    assert_eq!(
        told,
        [
            ["acme/forged-webhook", ".wyvern/library/webhooks.toml"],
            ["shared/forged-webhook", SHARED],
            ["own/orders", ".wyvern/rules/own.toml"],
            [
                "shared/orders",
                "ada/security@v1.2.0:.wyvern/rules/shared.toml"
            ],
        ]
    );
    let forged = json!({
        "id": "acme/forged-webhook",
        "origin": ".wyvern/library/webhooks.toml",
        "version": threats[1]["version"],
        "title": "Forged webhook",
        "description": "Anybody who knows the address can send events.",
        "mitigation": "Sign webhooks: Sign each webhook with HMAC-SHA-256 and check it before parsing.",
        "severity": "High",
        "references": ["CWE-345"],
        "tags": ["webhook"],
        "categories": { "STRIDE": "Spoofing" },
    });
    assert_eq!(threats[0], &forged);
    let version = threats[0]["version"].as_str().unwrap();
    assert_eq!(version.len(), 12, "{version}");
    let all = data["threats"].as_array().unwrap();
    let built_in = |each: &Value| each["id"] == "wyvern/cleartext-on-public-network";
    assert!(all.iter().any(built_in));
    has_mitigations_and_faults(data);
}

#[track_caller]
fn has_mitigations_and_faults(data: &Value) {
    let signed = json!({
        "id": "acme/signed-webhooks",
        "origin": ".wyvern/library/webhooks.toml",
        "title": "Sign webhooks",
        "description": "Sign each webhook with HMAC-SHA-256 and check it before parsing.",
        "references": ["ASVS-4.1.5"],
        "tags": ["webhook"],
    });
    let mitigations = own(data, "mitigations");
    assert_eq!(mitigations[0], &signed);
    assert_eq!(mitigations.len(), 2);
    let twin = "ada/security@v1.2.0:.wyvern/library/twin.toml";
    let already = "is in .wyvern/library/webhooks.toml already.";
    assert_eq!(
        faults(data),
        [
            format!("{twin}:9 the threat acme/forged-webhook {already}"),
            format!("{twin}:2 the mitigation acme/signed-webhooks {already}"),
            NO_TAG.to_owned(),
        ]
    );
}

#[track_caller]
fn is_whole_list(data: &Value) {
    let all = data["templates"].as_array().unwrap();
    let ids: Vec<_> = all
        .iter()
        .map(|each| each["id"].as_str().unwrap())
        .collect();
    let sign_in = "ada/security@v1.2.0:.wyvern/templates/sign-in.json";
    assert_eq!(
        ids,
        [
            "built-in/shop",
            "built-in/bank",
            "built-in/pipeline",
            ".wyvern/templates/checkout.json",
            sign_in,
        ]
    );
    assert_eq!(all[0]["origin"], "built-in");
    assert_eq!(all[3]["kind"], "model");
    assert_eq!(all[3]["name"], all[3]["title"]);
    assert_eq!(all[3]["origin"], ".wyvern/templates/checkout.json");
    let mut diagram = all[4].clone();
    assert!(diagram["drawing"].is_object() || diagram["drawing"].is_null());
    diagram.as_object_mut().unwrap().remove("drawing");
    let expected = json!({
        "id": sign_in,
        "kind": "diagram",
        "origin": sign_in,
        "name": "Sign in",
        "description": "With a session.",
        "tags": ["web"],
        "title": "Sign in",
        "owner": "",
        "diagrams": 1,
        "elements": 1,
        "threats": 0,
        "open": 0,
        "severities": { "critical": 0, "high": 0, "medium": 0, "low": 0, "tbd": 0 },
    });
    assert_eq!(diagram, expected);
    assert_eq!(faults(data), [NO_TAG]);
}

#[track_caller]
fn are_whole_rules(rules: &Value, suggested: &Value) {
    let ids: Vec<_> = own(rules, "rules").iter().map(|rule| &rule["id"]).collect();
    assert_eq!(ids, ["own/orders", "shared/orders"]);
    // Of the source's two the one is the repository's own already.
    let methodologies = json!([
        {
            "id": "SAFETY",
            "name": "Safety",
            "origin": ".wyvern/rules/own.toml",
            "categories": { "actor": ["Harm"], "process": ["Harm", "Slip"], "store": [], "flow": ["Slip"] },
        },
        {
            "id": "CARE",
            "name": "Care",
            "origin": "ada/security@v1.2.0:.wyvern/rules/shared.toml",
            "categories": { "actor": [], "process": [], "store": ["Loss"], "flow": [] },
        },
    ]);
    assert_eq!(rules["methodologies"], methodologies);
    assert_eq!(faults(rules), [NO_TAG]);
    let found = own(suggested, "suggestions");
    let found: Vec<_> = found.iter().map(|each| &each["rule"]).collect();
    assert_eq!(found, ["own/orders", "shared/orders"]);
    assert_eq!(faults(suggested), [NO_TAG]);
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_nothing() {
    let app = TestApp::start().await;
    app.repository(REPO).seed("main", &[]);
    for what in ["library", "templates", "template?id=built-in%2Fshop"] {
        let path = branch_path(REPO, "main", what);
        let nobody = app.nobody().get(&path).await;
        nobody.problem(401, "sign_in_required");
        let elsewhere = branch_path(REPO, "none", what);
        let owner = app.owner().await.get(&elsewhere).await;
        assert_eq!(owner.status(), 404, "{what}");
    }
}

#[tokio::test]
async fn a_branch_that_keeps_nothing_is_asked_about_in_two_calls() {
    let host = Hosted::start(Dialect::GitHub).await;
    host.repository(REPO).seed("main", &[file("a", "a")]);
    let ada = host.signed_in("ada").await;
    for what in ["rules", "library", "templates"] {
        host.forge.forget_calls();
        let data = ada.get(&branch_path(REPO, "main", what)).await.data();
        assert_eq!(faults(&data), [""; 0]);
        let calls = host.forge.calls();
        assert!(calls.len() <= 2, "{what}: {calls:?}");
    }
}
