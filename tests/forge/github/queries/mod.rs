//! GraphQL: `POST /api/graphql`.

mod commit;
mod history;
mod objects;
mod stored;

use super::super::asked::Answered;
use super::super::graphql::Request;
use super::{Api, errors};

use objects::Thing;

type Resolved = super::super::graphql::Resolved<Thing>;

/// Answers a call.
pub(super) fn answer(api: &Api<'_>) -> Answered {
    if api.caller.is_none() {
        let message = "This endpoint requires you to be authenticated.";
        return Err(errors::error(401, message));
    }
    if api.asked.method != "POST" || !api.asked.json()["query"].is_string() {
        return Err(errors::error(400, "Problems parsing JSON"));
    }
    let request = Request::of(api.asked)?;
    let root = if request.operation.operation_type.is_mutation() {
        Thing::Mutation
    } else {
        Thing::Query
    };
    Ok(request.answer(api, &root))
}
