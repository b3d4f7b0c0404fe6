//! What Threat Dragon derives from a cell's threats and keeps in the file: whether one is open, and
//! the colour that shows it.

use super::document::Document;
use super::json::{Draft, Kind, Value};
use super::operation::{CellPlace, OperationError};
use super::view::{CellView, ThreatView};
use super::vocabulary::CellShape;

/// The stroke of a cell without and with open threats: colour, and width in pixels.
const CALM: (&str, &str) = ("#333333", "1.5");
const ALARMED: (&str, &str) = ("red", "2.5");

/// The document with `hasOpenThreats` of one cell as its threats have it.
pub(super) fn mark(document: &Document, place: &CellPlace) -> Result<Document, OperationError> {
    let (at, cell) = document.find_cell(place)?;
    let mut draft = Draft::Kept(document.root());
    if refresh(cell, &at, &mut draft) {
        Ok(Document::of_draft(&draft)?)
    } else {
        Ok(document.clone())
    }
}

/// Brings `hasOpenThreats` of the cell at `at` in step with its threats, and tells whether it was
/// not. Where it changes, the stored stroke follows; a cell that stores no stroke gets none.
pub(super) fn refresh(cell: CellView<'_>, at: &str, draft: &mut Draft<'_>) -> bool {
    let open = cell.threats().any(ThreatView::is_open);
    let said = cell.datum("hasOpenThreats");
    if said.and_then(Value::as_bool).unwrap_or(false) == open {
        return false;
    }
    if let Some(data) = draft.pointer_mut(&format!("{at}/data")) {
        data.set("hasOpenThreats", Draft::bool(open));
    }
    let (colour, width) = if open { ALARMED } else { CALM };
    for part in stroked_parts(&cell.shape()) {
        let stored = cell.value().pointer(&format!("/attrs/{part}"));
        if let Some(stored) = stored.filter(|stored| stored.kind() == Kind::Object)
            && let Some(part) = draft.pointer_mut(&format!("{at}/attrs/{part}"))
        {
            part.set("stroke", Draft::text(colour));
            if stored.get("strokeWidth").is_some() {
                part.set("strokeWidth", Draft::Token(width.to_owned()));
            }
        }
    }
    true
}

/// The parts of a shape whose stroke shows open threats, and whether it is in scope.
pub(super) fn stroked_parts(shape: &CellShape) -> &'static [&'static str] {
    match shape {
        CellShape::Actor | CellShape::Process => &["body"],
        CellShape::Store => &["topLine", "bottomLine"],
        CellShape::Flow => &["line"],
        _ => &[],
    }
}
