//! GraphQL: `POST /api/graphql`.

mod connection;
mod objects;
mod stored;

use serde_json::Value;

use super::super::asked::Answered;
use super::super::graphql::{Request, wrong};
use super::Api;

use objects::Thing;

type Resolved = super::super::graphql::Resolved<Thing>;

/// How complex a query of somebody with a token may be.
const COMPLEXITY_MAX: usize = 250;

/// Answers a call.
pub(super) fn answer(api: &Api<'_>) -> Answered {
    let request = Request::of(api.asked)?;
    let complexity = complexity(&request);
    if complexity > COMPLEXITY_MAX {
        let message = format!(
            "Query has complexity of {complexity}, which exceeds max complexity of {COMPLEXITY_MAX}"
        );
        return Err(wrong(&message));
    }
    Ok(request.answer(api, &Thing::Query))
}

/// What is read from Gitaly counts, and each path of it.
fn complexity(request: &Request) -> usize {
    let cost = |(name, arguments): &(String, serde_json::Map<String, Value>)| {
        let paths = arguments.get("paths").and_then(Value::as_array);
        match (name.as_str(), paths) {
            ("blobs", Some(paths)) => 15 + 2 * paths.len(),
            ("tree", _) => 15,
            _ => 0,
        }
    };
    request.fields().iter().map(cost).sum()
}
