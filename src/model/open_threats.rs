//! What Threat Dragon derives from a cell's threats and keeps in the file: whether one is open, and
//! the colour that shows it.

use super::document::Document;
use super::json::{Draft, Kind, Value};
use super::operation::{CellPlace, OperationError};
use super::vocabulary::CellShape;

/// The stroke of a cell without and with open threats: colour, and width in pixels.
const CALM: (&str, &str) = ("#333333", "1.5");
const ALARMED: (&str, &str) = ("red", "2.5");

/// The document with `hasOpenThreats` of one cell as its threats have it. Where that changes it,
/// the stored stroke follows; a cell that stores no stroke gets none.
pub(super) fn mark(document: &Document, place: &CellPlace) -> Result<Document, OperationError> {
    let (at, cell) = document.find_cell(place)?;
    let open = cell.threats().any(super::view::ThreatView::is_open);
    let data = cell.value().get("data");
    let said = data.and_then(|data| data.get("hasOpenThreats"));
    if said.and_then(Value::as_bool) == Some(open) {
        return Ok(document.clone());
    }
    let mut draft = Draft::Kept(document.root());
    if let Some(data) = draft.pointer_mut(&format!("{at}/data")) {
        data.set("hasOpenThreats", Draft::bool(open));
    }
    let (colour, width) = if open { ALARMED } else { CALM };
    for part in stroked_parts(&cell.shape()) {
        let pointer = format!("{at}/attrs/{part}");
        let stored = document.root().pointer(&pointer);
        if let (Some(stored), Some(part)) = (stored, draft.pointer_mut(&pointer))
            && stored.kind() == Kind::Object
        {
            part.set("stroke", Draft::text(colour));
            if stored.get("strokeWidth").is_some() {
                part.set("strokeWidth", Draft::Token(width.to_owned()));
            }
        }
    }
    Ok(Document::of_draft(&draft)?)
}

/// The parts of a shape whose stroke shows open threats.
fn stroked_parts(shape: &CellShape) -> &'static [&'static str] {
    match shape {
        CellShape::Actor | CellShape::Process => &["body"],
        CellShape::Store => &["topLine", "bottomLine"],
        CellShape::Flow => &["line"],
        _ => &[],
    }
}
