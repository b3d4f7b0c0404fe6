//! Whether a JSON value is a threat model at all, and of which generation.
//!
//! Refused is only what would break every reader: a part that is not of the kind that readers walk
//! through. Unknown keys, unknown shapes, missing data and all the dialects of Threat Dragon's own
//! history pass.

use super::document::Generation;
use super::invalid::Invalid;
use super::json::{Kind, Value};

/// Checks the frame of a model and tells its generation.
pub(super) fn check(root: Value<'_>) -> Result<Generation, Invalid> {
    require(root, Kind::Object, "", "an object")?;
    let version = root.get("version");
    if let Some(version) = version {
        require(version, Kind::Text, "/version", "a string")?;
    }
    let summary = member(root, "", "summary", Kind::Object, "an object")?;
    member(summary, "/summary", "title", Kind::Text, "a string")?;
    let detail = member(root, "", "detail", Kind::Object, "an object")?;
    let diagrams = member(detail, "/detail", "diagrams", Kind::Array, "an array")?;
    for (index, diagram) in diagrams.elements().enumerate() {
        check_diagram(diagram, &format!("/detail/diagrams/{index}"))?;
    }
    Ok(generation(version, diagrams))
}

/// Version 1 is told by its structure: its files often have no version, and an empty version 2
/// model would pass for one of version 1.
fn generation(version: Option<Value<'_>>, diagrams: Value<'_>) -> Generation {
    let any_has = |key| {
        diagrams
            .elements()
            .any(|diagram| diagram.get(key).is_some())
    };
    let old = version
        .and_then(Value::as_text)
        .is_none_or(|version| version == "1" || version.starts_with("1."));
    if any_has("cells") {
        Generation::V2
    } else if old || any_has("diagramJson") {
        Generation::V1
    } else {
        Generation::V2
    }
}

fn check_diagram(diagram: Value<'_>, at: &str) -> Result<(), Invalid> {
    require(diagram, Kind::Object, at, "an object")?;
    check_cells(diagram, at)?;
    if let Some(drawing) = diagram.get("diagramJson") {
        let at = format!("{at}/diagramJson");
        require(drawing, Kind::Object, &at, "an object")?;
        check_cells(drawing, &at)?;
    }
    Ok(())
}

fn check_cells(holder: Value<'_>, at: &str) -> Result<(), Invalid> {
    let Some(cells) = holder.get("cells") else {
        return Ok(());
    };
    let at = format!("{at}/cells");
    require(cells, Kind::Array, &at, "an array")?;
    for (index, cell) in cells.elements().enumerate() {
        let at = || format!("{at}/{index}");
        if cell.kind() != Kind::Object {
            return Err(wrong(at(), "an object"));
        }
        if let Some(data) = cell.get("data") {
            require(data, Kind::Object, &format!("{}/data", at()), "an object")?;
            check_threats(data, || format!("{}/data", at()))?;
        }
        check_threats(cell, at)?;
    }
    Ok(())
}

fn check_threats(holder: Value<'_>, at: impl Fn() -> String) -> Result<(), Invalid> {
    let Some(threats) = holder.get("threats") else {
        return Ok(());
    };
    if threats.kind() != Kind::Array {
        return Err(wrong(format!("{}/threats", at()), "an array"));
    }
    let odd = |threat: Value<'_>| threat.kind() != Kind::Object;
    match threats.elements().position(odd) {
        Some(index) => Err(wrong(format!("{}/threats/{index}", at()), "an object")),
        None => Ok(()),
    }
}

fn member<'a>(
    object: Value<'a>,
    at: &str,
    key: &str,
    kind: Kind,
    expected: &'static str,
) -> Result<Value<'a>, Invalid> {
    let at = format!("{at}/{key}");
    match object.get(key) {
        Some(value) if value.kind() == kind => Ok(value),
        _ => Err(wrong(at, expected)),
    }
}

fn require(value: Value<'_>, kind: Kind, at: &str, expected: &'static str) -> Result<(), Invalid> {
    if value.kind() == kind {
        Ok(())
    } else {
        Err(wrong(at.to_owned(), expected))
    }
}

fn wrong(pointer: String, expected: &'static str) -> Invalid {
    Invalid::Shape { pointer, expected }
}
