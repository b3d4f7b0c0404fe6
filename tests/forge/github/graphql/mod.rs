//! GraphQL: `POST /api/graphql`.

mod commit;
mod execute;
mod history;
mod objects;
mod stored;
mod types;

use apollo_compiler::Node;
use apollo_compiler::ast::{Definition, Document, OperationDefinition, Selection};
use serde_json::{Map, Value, json};

use super::super::asked::{Answer, Answered, Asked};
use super::{Api, errors};

/// What a document does.
pub(super) struct Operation {
    /// Its name, or that of the first field where it has none.
    pub(super) name: String,
    pub(super) mutates: bool,
    /// Its text.
    pub(super) document: String,
}

/// What the document of a call does; `None` where there is none that can be read.
pub(super) fn operation(asked: &Asked) -> Option<Operation> {
    let body = asked.json();
    let document = Document::parse(body["query"].as_str()?, "query.graphql").ok()?;
    let operation = chosen(&document, body["operationName"].as_str())?;
    let first = operation
        .selection_set
        .first()
        .and_then(Selection::as_field);
    let name = operation.name.as_ref();
    let name = name.or_else(|| first.map(|field| &field.name));
    Some(Operation {
        name: name.map_or_else(String::new, ToString::to_string),
        mutates: operation.operation_type.is_mutation(),
        document: body["query"].as_str()?.to_owned(),
    })
}

/// Answers a call.
pub(super) fn answer(api: &Api<'_>) -> Answered {
    if api.caller.is_none() {
        let message = "This endpoint requires you to be authenticated.";
        return Err(errors::error(401, message));
    }
    let body = api.asked.json();
    let query = body["query"].as_str();
    let query = query.filter(|_| api.asked.method == "POST");
    let query = query.ok_or_else(|| errors::error(400, "Problems parsing JSON"))?;
    let document = Document::parse(query, "query.graphql").map_err(|fault| {
        let message = fault.errors.to_string();
        Answer::json(200, &json!({ "errors": [{ "message": message }] }))
    })?;
    let operation = chosen(&document, body["operationName"].as_str());
    let operation = operation.ok_or_else(|| {
        let errors = json!({ "errors": [{ "message": "No operation to execute" }] });
        Answer::json(200, &errors)
    })?;
    let variables = variables(operation, &body);
    let done = execute::run(api, &document, operation, &variables);
    Ok(Answer::json(200, &done))
}

fn chosen<'d>(document: &'d Document, name: Option<&str>) -> Option<&'d Node<OperationDefinition>> {
    let mut operations = document
        .definitions
        .iter()
        .filter_map(Definition::as_operation_definition);
    operations.find(|operation| name.is_none() || operation.name.as_deref() == name)
}

/// The given variables, and the defaults of the others.
fn variables(operation: &OperationDefinition, body: &Value) -> Map<String, Value> {
    let given = body["variables"].as_object();
    let mut variables = Map::new();
    for variable in &operation.variables {
        let name = variable.name.to_string();
        let default = variable.default_value.as_ref();
        let default = default.map(|value| execute::plain(value, &Map::new()));
        let value = given
            .and_then(|given| given.get(&name).cloned())
            .or(default);
        variables.insert(name, value.unwrap_or_default());
    }
    variables
}
