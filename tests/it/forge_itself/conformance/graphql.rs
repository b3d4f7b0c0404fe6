//! What is asked in GraphQL is in GitHub's schema, and the answers are what was selected.

use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::client::Client;
use super::official::GRAPHQL;
use super::shape::Shape;

/// Every field that the forge has.
const EVERYTHING: &str = "query Everything($path: String!) { viewer { id login name email databaseId } \
    repository(owner: \"ada\", name: \"models\") { id databaseId name nameWithOwner isEmpty \
    isArchived isPrivate viewerPermission defaultBranchRef { id name prefix target { oid } } \
    ref(qualifiedName: \"refs/heads/main\") { target { __typename oid } } \
    none: ref(qualifiedName: \"refs/heads/none\") { name } \
    folder: object(expression: \"main:\") { ...Folder } \
    text: object(expression: \"main:a/one.txt\") { ... on Blob { ...Text } } \
    object(expression: \"main\") { ... on Commit { id oid message messageHeadline messageBody \
    committedDate authoredDate url author { name email date } committer { name email date } \
    tree { ...Folder } file(path: $path) { name path mode type oid size \
    object { ... on Tree { ...Folder } ... on Blob { ...Text } } } \
    history(path: $path, first: 1) { totalCount nodes { oid } \
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } } } } \
    fragment Folder on Tree { id oid entries { name path mode type oid size } } \
    fragment Text on Blob { id oid byteSize isBinary isTruncated text }";

const COMMIT: &str = "mutation Save($input: CreateCommitOnBranchInput!) { \
    createCommitOnBranch(input: $input) { clientMutationId commit { oid url } ref { name } } }";

/// The fields that this version of the schema defines twice.
const TWICE: [&str; 2] = [
    "repositoryDeployKeySetting",
    "repositoryDeployKeySettingOrganizations",
];

/// GitHub's schema.
pub(super) fn schema() -> Valid<Schema> {
    let read = Schema::parse(GRAPHQL.text(), "schema.graphql");
    let faults = read.expect_err("two fields are defined twice");
    let told: Vec<_> = faults
        .errors
        .iter()
        .map(|one| one.error.to_string())
        .collect();
    let twice = TWICE.map(|field| {
        format!(
            "duplicate definitions for the `{field}` field of object type `EnterpriseOwnerInfo`"
        )
    });
    assert_eq!(told, twice);
    faults.partial.validate().unwrap()
}

/// What is wrong with a document by the schema, or with its answer.
fn fault(schema: &Valid<Schema>, document: &str, answer: &Value) -> Option<String> {
    let parsed = ExecutableDocument::parse_and_validate(schema, document, "query.graphql");
    match parsed {
        Err(faults) => Some(faults.errors.to_string()),
        Ok(document) => Shape {
            schema,
            document: &document,
        }
        .fault(&answer["data"]),
    }
}

#[tokio::test]
async fn what_the_forge_answers_is_what_was_selected_in_the_types_of_the_schema() {
    let schema = schema();
    let ada = Client::start().await;
    ada.repository.seed(
        "main",
        &[("100644", "a/one.txt", "one"), ("120000", "to", "a")],
    );
    for path in ["a", "a/one.txt", "to", "none"] {
        let answer = ada.graphql(EVERYTHING, json!({ "path": path })).await;
        assert_eq!(answer["errors"], Value::Null);
        assert_eq!(fault(&schema, EVERYTHING, &answer), None, "{path}");
    }
    let input = json!({ "input": {
        "branch": { "repositoryNameWithOwner": "ada/models", "branchName": "main" },
        "expectedHeadOid": ada.repository.commits("main")[0],
        "message": { "headline": "Put" },
        "fileChanges": { "additions": [{ "path": "x", "contents": STANDARD.encode("x") }] },
    } });
    for refused in [false, true] {
        let answer = ada.graphql(COMMIT, input.clone()).await;
        assert_eq!(answer["errors"].is_array(), refused);
        assert_eq!(fault(&schema, COMMIT, &answer), None);
    }
}

#[test]
fn what_is_not_as_it_should_be_is_found() {
    let schema = schema();
    let query = "{ viewer { login name } }";
    let told = |document: &str, viewer: Value| {
        fault(&schema, document, &json!({ "data": { "viewer": viewer } })).unwrap()
    };
    let more = told(query, json!({ "login": "ada", "name": null, "id": "1" }));
    assert!(
        more.contains("selected was [\"login\", \"name\"]"),
        "{more}"
    );
    let null = told(query, json!({ "login": null, "name": null }));
    assert_eq!(null, "data.viewer.login is null");
    let number = told(query, json!({ "login": "ada", "name": 1 }));
    assert_eq!(number, "data.viewer.name is 1, which is no String");
    let unknown = told("{ viewer { shoeSize } }", json!({}));
    assert!(
        unknown.contains("does not have a field `shoeSize`"),
        "{unknown}"
    );
}
