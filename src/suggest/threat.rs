//! What becomes of a suggestion in the model.

use serde_json::json;

use super::engine::Suggestion;
use crate::model::json::Json;

/// The threat that an accepted suggestion is, with this id. It names its rule in `wyvern.rule`.
#[must_use]
pub fn new_threat(suggestion: &Suggestion<'_>, id: &str) -> Json {
    let rule = suggestion.rule;
    let threat = json!({
        "id": id,
        "title": rule.title,
        "status": "Open",
        "severity": rule.severity.as_str(),
        "type": suggestion.category,
        "description": rule.description,
        "mitigation": rule.mitigation,
        "modelType": suggestion.methodology.as_str(),
        "new": false,
        "number": 0,
        "score": "",
        "wyvern": { "rule": rule.id },
    });
    Json::parse(threat.to_string()).expect("what serde_json writes is JSON")
}
