//! Answers of REST against the schemas of the description.

use std::collections::BTreeSet;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::super::client::Answer;
use super::official::REST;

/// What is answered although the description does not say so: errors that every address can give.
const UNDESCRIBED: [(&str, u16); 7] = [
    ("GET /repos/{owner}/{repo}", 401),
    ("GET /repos/{owner}/{repo}/contents/{path}", 401),
    ("PUT /repos/{owner}/{repo}/contents/{path}", 307),
    ("PUT /repos/{owner}/{repo}/contents/{path}", 403),
    ("POST /repos/{owner}/{repo}/git/refs", 404),
    ("GET /rate_limit", 401),
    ("DELETE /applications/{client_id}/token", 404),
];

/// The description.
pub(super) struct Description(Value);

impl Description {
    pub(super) fn read() -> Self {
        Self(serde_json::from_str(&REST.text()).unwrap())
    }

    /// Asserts that an answer is as described for `call`, such as `GET /user`.
    #[track_caller]
    pub(super) fn holds(&self, call: &str, answer: &Answer) {
        let at = format!("{call} {}", answer.status);
        let body = (!answer.body.is_empty()).then(|| answer.json());
        let faults = self.faults(call, answer.status, body.as_ref());
        assert!(faults.is_empty(), "{at}:\n{}\n{body:#?}", faults.join("\n"));
    }

    /// What is wrong with the body of an answer.
    pub(super) fn faults(&self, call: &str, status: u16, body: Option<&Value>) -> Vec<String> {
        let (schema, body) = match (self.schema(call, status), body) {
            (Some(schema), Some(body)) => (schema, body),
            (None, None) => return Vec::new(),
            (schema, _) => return vec![format!("a body is there, or not: {schema:?}")],
        };
        let validator = self.validator(&schema);
        let faults = validator.iter_errors(body);
        faults
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    /// The schema of an answer's body; `None` where it has none.
    fn schema(&self, call: &str, status: u16) -> Option<Value> {
        let (method, path) = call.split_once(' ').unwrap();
        let operation = &self.0["paths"][path][method.to_lowercase()];
        assert!(operation.is_object(), "{call} is described");
        let described = &operation["responses"][status.to_string()];
        let undescribed = UNDESCRIBED.contains(&(call, status));
        assert_eq!(described.is_null(), undescribed, "{call} {status}");
        if undescribed {
            return Some(json!({ "$ref": "#/components/schemas/basic-error" }));
        }
        let described = self.followed(described);
        let content = described.get("content")?;
        Some(content["application/json"]["schema"].clone())
    }

    fn followed<'d>(&'d self, part: &'d Value) -> &'d Value {
        match part["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => part,
        }
    }

    /// A validator of this schema and those that it refers to. The rest of the description, which
    /// is large, is left out.
    fn validator(&self, schema: &Value) -> Validator {
        let mut schemas = Map::new();
        let mut open: BTreeSet<String> = references(schema);
        while let Some(name) = open.pop_first() {
            let referred = &self.0["components"]["schemas"][&name];
            schemas.insert(name, translated(referred));
            let further = references(referred);
            open.extend(
                further
                    .into_iter()
                    .filter(|name| !schemas.contains_key(name)),
            );
        }
        let mut whole = translated(schema);
        if whole.get("$ref").is_some() {
            // In this draft nothing counts beside a reference, not even what it refers to.
            whole = json!({ "allOf": [whole] });
        }
        whole["components"] = json!({ "schemas": schemas });
        let options = jsonschema::options().with_draft(Draft::Draft4);
        options.should_validate_formats(true).build(&whole).unwrap()
    }
}

/// The names of the schemas that are referred to.
fn references(schema: &Value) -> BTreeSet<String> {
    match schema {
        Value::Object(members) => {
            let own = schema["$ref"].as_str();
            let own = own.and_then(|to| to.strip_prefix("#/components/schemas/"));
            let deeper = members.values().flat_map(references);
            own.map(ToOwned::to_owned)
                .into_iter()
                .chain(deeper)
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

/// What OpenAPI 3.0 says with `nullable`, in the words of JSON Schema. Alternatives may overlap: what
/// is a plain error is also an error with more to it.
fn translated(schema: &Value) -> Value {
    let mut members = match schema {
        Value::Array(items) => return items.iter().map(translated).collect(),
        Value::Object(members) => members.clone(),
        other => return other.clone(),
    };
    let nullable = members.get("nullable") == Some(&Value::Bool(true));
    if nullable {
        members.remove("nullable");
    }
    let inner: Map<_, _> = members
        .iter()
        .map(|(name, value)| {
            let name = if name == "oneOf" { "anyOf" } else { name };
            (name.to_owned(), translated(value))
        })
        .collect();
    if nullable {
        return json!({ "anyOf": [inner, { "type": "null" }] });
    }
    Value::Object(inner)
}
