//! Members of the model itself and of its detail.

use super::set;
use crate::model::json::{Draft, Json};
use crate::model::operation::OperationError;

/// What the detail holds that other operations change.
const IN_DETAIL: [&str; 3] = ["diagrams", "diagramTop", "threatTop"];
/// What makes a model one.
const IN_MODEL: [&str; 3] = ["version", "summary", "detail"];

pub(super) fn set_detail_field<'a>(
    draft: &mut Draft<'a>,
    key: &str,
    value: &'a Json,
) -> Result<(), OperationError> {
    set_unless(&IN_DETAIL, draft, "/detail", key, value)
}

pub(super) fn set_model_field<'a>(
    draft: &mut Draft<'a>,
    key: &str,
    value: &'a Json,
) -> Result<(), OperationError> {
    set_unless(&IN_MODEL, draft, "", key, value)
}

fn set_unless<'a>(
    reserved: &[&str],
    draft: &mut Draft<'a>,
    at: &str,
    key: &str,
    value: &'a Json,
) -> Result<(), OperationError> {
    if reserved.contains(&key) {
        return Err(OperationError::ReservedField(key.to_owned()));
    }
    set(draft, at, key, value);
    Ok(())
}
