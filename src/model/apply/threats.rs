//! A new threat: its number and its place.

use super::{countable, push, set_top};
use crate::model::document::Document;
use crate::model::json::{Draft, Json, Value};
use crate::model::operation::{CellPlace, OperationError};
use crate::model::view::ThreatView;

/// What Threat Dragon takes for the highest threat number of a model that does not say.
const THREAT_TOP_UNSAID: u64 = 100;

impl Document {
    pub(super) fn add_threat<'a>(
        &'a self,
        place: &CellPlace,
        threat: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let (at, cell) = self.find_cell(place)?;
        let Some(id) = threat.root().get("id").and_then(Value::as_text) else {
            return Err(OperationError::Incomplete("threat", "an id"));
        };
        if cell.threats().any(|threat| threat.id() == id) {
            return Err(OperationError::IdTaken("threat", id.into_owned()));
        }
        let numbers = self.threats().filter_map(ThreatView::number);
        let numbers = numbers.filter_map(countable);
        let number = self.top("threatTop", THREAT_TOP_UNSAID, numbers) + 1;
        let mut new = Draft::Kept(threat.root());
        new.set("number", Draft::number(number));
        if let Some(cell) = draft.pointer_mut(&at)
            && let Some(data) = cell.object_mut("data")
        {
            push(data, "threats", new);
        }
        set_top(draft, "threatTop", number);
        Ok(())
    }
}
