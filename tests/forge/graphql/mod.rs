//! GraphQL, as far as it is the same on every host: documents are read, and their selections walked
//! over the things of a dialect.

mod execute;
mod types;

use apollo_compiler::Node;
use apollo_compiler::ast::{Definition, Document, Field, OperationDefinition, Selection};
use serde_json::{Map, Value, json};

use super::asked::{Answer, Asked};

pub(super) use types::{Arguments, Failure, Resolved, Thing};

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
    let request = Request::of(asked).ok()?;
    let selections = &request.operation.selection_set;
    let first = selections.first().and_then(Selection::as_field);
    let name = request.operation.name.as_ref();
    let name = name.or_else(|| first.map(|field| &field.name));
    Some(Operation {
        name: name.map_or_else(String::new, ToString::to_string),
        mutates: request.operation.operation_type.is_mutation(),
        document: body["query"].as_str()?.to_owned(),
    })
}

/// An operation with its variables.
pub(super) struct Request {
    document: Document,
    pub(super) operation: Node<OperationDefinition>,
    variables: Map<String, Value>,
}

impl Request {
    /// What is asked for, or the answer which says why that cannot be read.
    pub(super) fn of(asked: &Asked) -> Result<Self, Answer> {
        let body = asked.json();
        let query = body["query"].as_str().unwrap_or_default();
        let document = Document::parse(query, "query.graphql");
        let document = document.map_err(|fault| wrong(&fault.errors.to_string()))?;
        let operation = chosen(&document, body["operationName"].as_str());
        let operation = operation.ok_or_else(|| wrong("No operation to execute"))?;
        Ok(Self {
            variables: variables(&operation, &body),
            operation,
            document,
        })
    }

    /// The whole answer, walked from `root`.
    pub(super) fn answer<C, T: Thing<C>>(&self, context: &C, root: &T) -> Answer {
        Answer::json(200, &execute::run(context, self, root))
    }

    /// Each field that is selected, wherever it is, with its arguments.
    pub(super) fn fields(&self) -> Vec<(String, Arguments)> {
        let mut found = Vec::new();
        let mut left: Vec<&Selection> = self.operation.selection_set.iter().collect();
        while let Some(selection) = left.pop() {
            if let Selection::Field(field) = selection {
                found.push((field.name.to_string(), self.arguments(field)));
                left.extend(&field.selection_set);
            }
        }
        found
    }

    fn arguments(&self, field: &Field) -> Arguments {
        let arguments = field.arguments.iter();
        let value = |argument: &Node<apollo_compiler::ast::Argument>| {
            let value = execute::plain(&argument.value, &self.variables);
            (argument.name.to_string(), value)
        };
        arguments.map(value).collect()
    }
}

/// An answer with nothing but an error, under status 200.
pub(super) fn wrong(message: &str) -> Answer {
    Answer::json(200, &json!({ "errors": [{ "message": message }] }))
}

fn chosen(document: &Document, name: Option<&str>) -> Option<Node<OperationDefinition>> {
    let mut operations = document
        .definitions
        .iter()
        .filter_map(Definition::as_operation_definition);
    operations
        .find(|operation| name.is_none() || operation.name.as_deref() == name)
        .cloned()
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
