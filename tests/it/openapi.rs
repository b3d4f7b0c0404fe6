//! The API's description, held against what the router really does.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

/// Every operation of Threat Dragon's API and of ours that must be described.
const OPERATIONS: &[&str] = &[
    "GET /",
    "GET /.well-known/security.txt",
    "GET /api/config",
    "POST /api/documents/check",
    "POST /api/documents/diff",
    "POST /api/documents/merge",
    "POST /api/documents/suggest",
    "GET /api/methodologies",
    "POST /api/documents/upgrade",
    "GET /api/googleproviderthreatmodel/folders",
    "POST /api/googleproviderthreatmodel/{folder}/create",
    "GET /api/googleproviderthreatmodel/{file}/data",
    "PUT /api/googleproviderthreatmodel/{file}/update",
    "GET /api/login/{provider}",
    "POST /api/login/{provider}",
    "GET /api/logout",
    "POST /api/logout",
    "GET /api/oauth/return",
    "GET /api/oauth/return/{provider}",
    "GET /api/oauth/{provider}",
    "GET /api/schema/threat-model.json",
    "DELETE /api/session",
    "GET /api/session",
    "POST /api/session",
    "GET /api/threatmodel/organisation",
    "GET /api/threatmodel/organization",
    "GET /api/threatmodel/repos",
    "GET /api/threatmodel/{organisation}/{repo}/branches",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/library",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/models",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/rules",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/template",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/templates",
    "POST /api/threatmodel/{organisation}/{repo}/{branch}/createBranch",
    "POST /api/threatmodel/{organisation}/{repo}/{branch}/models/cards",
    "DELETE /api/threatmodel/{organisation}/{repo}/{branch}/{model}",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/data",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/diagrams/{diagram}",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/statistics",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/threats",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/diff",
    "GET /api/threatmodel/{organisation}/{repo}/{branch}/{model}/history",
    "POST /api/threatmodel/{organisation}/{repo}/{branch}/{model}/create",
    "PUT /api/threatmodel/{organisation}/{repo}/{branch}/{model}/create",
    "POST /api/threatmodel/{organisation}/{repo}/{branch}/{model}/rename",
    "POST /api/threatmodel/{organisation}/{repo}/{branch}/{model}/suggest",
    "PUT /api/threatmodel/{organisation}/{repo}/{branch}/{model}/update",
    "POST /api/token/refresh",
    "GET /healthz",
    "GET /livez",
    "GET /readyz",
    "GET /security.txt",
];

/// Probes: a load balancer reads their status, and no host is asked of them.
const PROBES: &[&str] = &["GET /healthz", "GET /livez", "GET /readyz"];

/// Whoever ends up here is a person, who is told on a page what has gone wrong.
const PAGES: &[&str] = &["GET /api/oauth/return", "GET /api/oauth/return/{provider}"];

/// The description as the browser app has it, whose types are made from it.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/static/src/api/openapi.json");

/// After a change of the API it is written anew by this test with `WRITE_DOCS=1`; then
/// `npm --prefix static run types` makes the types anew.
#[test]
fn the_browser_app_has_the_description_as_it_is() {
    let described = serde_json::to_string_pretty(&wyvern::http::description()).unwrap() + "\n";
    if option_env!("WRITE_DOCS").is_some() {
        std::fs::write(KEPT, &described).unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap();
    assert!(
        kept == described,
        "static/src/api/openapi.json is not the API's description any more: run \
         `WRITE_DOCS=1 cargo test --test it openapi`, then `npm --prefix static run types`"
    );
}

async fn document(app: &TestApp) -> Value {
    let answer = app.nobody().get("/api/openapi.json").await.is(200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    answer.json()
}

/// `METHOD /path` of each operation, with what is said about it.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let methods = |(path, item): (&String, &Value)| {
        let path = path.clone();
        let item = item.as_object().unwrap().clone();
        item.into_iter().map(move |(method, operation)| {
            (format!("{} {path}", method.to_uppercase()), operation)
        })
    };
    document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(methods)
        .collect()
}

#[tokio::test]
async fn every_route_is_described_and_every_description_is_a_route() {
    let app = TestApp::with(&[
        "security_txt.enabled = true",
        "security_txt.contact = ['mailto:a@b.c']",
        "security_txt.expires = '2027-01-01'",
    ])
    .await;
    let described = operations(&document(&app).await);
    let names: BTreeSet<_> = described.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, OPERATIONS.iter().copied().collect());
    for (name, _) in &described {
        let (method, path) = name.split_once(' ').unwrap();
        let path = path.replace("{provider}", "local").replace(['{', '}'], "");
        let answer = app.nobody().ask(method, &path).await;
        let missing = answer.text().contains("unknown_path") || answer.status() == 405;
        assert!(!missing, "{name}: {}", answer.text());
    }
}

#[tokio::test]
async fn every_operation_says_what_it_does_and_how_it_fails() {
    let app = TestApp::start().await;
    for (name, operation) in operations(&document(&app).await) {
        let summary = operation["summary"].as_str().unwrap();
        assert!(
            summary.ends_with('.') && summary.len() > 10,
            "{name}: {summary}"
        );
        assert_eq!(
            operation["tags"].as_array().map(Vec::len),
            Some(1),
            "{name}"
        );
        let responses = operation["responses"].as_object().unwrap();
        let ok = |status: &String| status.starts_with('2') || status.starts_with('3');
        let google = name.contains("/api/googleprovider");
        assert_eq!(responses.keys().any(ok), !google, "{name}");
        assert_eq!(responses.contains_key("501"), google, "{name}");
        let misdirected = responses.contains_key("421");
        assert_eq!(misdirected, !PROBES.contains(&name.as_str()), "{name}");
        assert_says_who_may(&name, &operation);
        for (status, response) in responses.iter().filter(|(status, _)| !ok(status)) {
            if PAGES.contains(&&*name) && status != "421" {
                let kinds = response["content"].as_object().unwrap().keys();
                assert_eq!(kinds.collect::<Vec<_>>(), ["text/html"], "{name} {status}");
            } else {
                assert_a_problem(&name, status, response);
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["schema"].is_object(), "{name}: {parameter}");
        }
    }
}

fn assert_says_who_may(name: &str, operation: &Value) {
    let proofs = serde_json::json!([{ "bearer": [] }, { "cookie": [] }]);
    let signed_in = operation["security"] == proofs;
    assert!(signed_in || operation["security"].is_null(), "{name}");
    let google = name.contains("/api/googleprovider");
    let threat_models = name.contains("/api/threatmodel/") && !name.contains("organi");
    let with_repository = name.contains("{organisation}");
    let own = ["POST /api/logout", "GET /api/session"].contains(&name);
    let must = threat_models || with_repository || google || own;
    assert_eq!(signed_in, must, "{name}");
    assert!(
        !signed_in || !operation["responses"]["401"].is_null(),
        "{name}"
    );
}

fn assert_a_problem(name: &str, status: &str, response: &Value) {
    let shared = response["$ref"].as_str() == Some("#/components/responses/ProblemAnswer");
    let content = &response["content"]["application/problem+json"]["schema"]["$ref"];
    assert!(
        shared || content == "#/components/schemas/Problem",
        "{name} {status}: {response}"
    );
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["license"]["identifier"], "Apache-2.0");
    let mut count = 0;
    visit(&document, &mut |reference| {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
        count += 1;
    });
    assert!(count > 50, "{count}");
    let ids: Vec<_> = operations(&document)
        .iter()
        .map(|(_, operation)| operation["operationId"].to_string())
        .collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "{ids:?}");
}

#[tokio::test]
async fn every_way_to_collide_is_described() {
    let app = TestApp::start().await;
    let document = document(&app).await;
    let schemas = &document["components"]["schemas"];
    let trouble = &schemas["Conflict"]["properties"]["trouble"]["$ref"];
    assert_eq!(trouble, "#/components/schemas/Trouble");
    let words = [
        "both_changed",
        "both_added",
        "deleted_by_us",
        "deleted_by_them",
        "needed_by_us",
        "needed_by_them",
        "incompatible",
    ];
    assert_eq!(schemas["Trouble"]["enum"], serde_json::json!(words));
    let described = schemas["Trouble"]["description"].as_str().unwrap();
    let explained = include_str!("../../docs/merging.md");
    for word in words {
        assert!(described.contains(&format!("`{word}`: ")), "{word}");
        assert!(explained.contains(&format!("| `{word}` |")), "{word}");
    }
    let members = |schema: &str| -> Vec<String> {
        let properties = schemas[schema]["properties"].as_object().unwrap();
        properties.keys().cloned().collect()
    };
    assert_eq!(members("Place"), ["diagram", "cell", "threat"]);
    assert!(schemas["Place"].get("required").is_none());
    assert_eq!(members("PlaceDiagram"), ["id", "title"]);
    assert_eq!(members("PlaceCell"), ["id", "name", "kind"]);
    assert_eq!(members("PlaceThreat"), ["id", "number", "title"]);
}

fn visit(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(reference) if key == "$ref" => found(reference),
                    _ => visit(value, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| visit(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_that_shows_it_needs_nothing_from_outside() {
    let app = TestApp::start().await;
    let nobody = app.nobody();
    let redirect = nobody.get("/api/docs").await.is(303);
    assert_eq!(redirect.header("location"), Some("/api/docs/"));
    let page = nobody.get("/api/docs/").await.is(200);
    assert!(!page.text().contains("://"), "{}", page.text());
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("connect-src 'self'") && policy.contains("script-src 'self';"));
    for quoted in page.text().split('"').filter(|text| text.starts_with("./")) {
        nobody
            .get(&format!("/api/docs/{}", &quoted[2..]))
            .await
            .is(200);
    }
    nobody.get("/api/docs/nothing.js").await.is(404);
    nobody.get("/api/docs/..%2f..%2fconfig").await.is(404);
}
