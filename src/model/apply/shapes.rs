//! Actors, processes and stores that become one another.

use super::cell::EditedCell;
use crate::model::json::Draft;
use crate::model::open_threats::stroked_parts;
use crate::model::operation::OperationError;
use crate::model::vocabulary::CellShape;

/// What the outline of a shape may store.
const STROKE: [&str; 3] = ["stroke", "strokeWidth", "strokeDasharray"];

impl EditedCell<'_, '_> {
    /// Makes it another shape. All that is said about it stays, its threats too.
    pub(super) fn set_shape(&mut self, shape: &CellShape) -> Result<(), OperationError> {
        let was = self.was.shape();
        let (Some(_), Some(data_type)) = (data_type(&was), data_type(shape)) else {
            return Err(OperationError::NotChangeable(self.place.clone()));
        };
        if was == *shape {
            return Ok(());
        }
        self.draft.set("shape", Draft::text(shape.as_str()));
        if let Some(data) = self.draft.object_mut("data") {
            data.set("type", Draft::text(data_type));
        }
        let [from, to] = [&was, shape].map(stroked_parts);
        if from != to
            && let Some(attrs) = self.draft.get_mut("attrs")
        {
            move_stroke(attrs, from, to);
        }
        Ok(())
    }
}

/// The type of an element's data; nothing for what stays what it is.
fn data_type(shape: &CellShape) -> Option<&'static str> {
    match shape {
        CellShape::Actor => Some("tm.Actor"),
        CellShape::Process => Some("tm.Process"),
        CellShape::Store => Some("tm.Store"),
        _ => None,
    }
}

/// Moves the stored stroke from one shape's parts to another's. Of several parts the first counts.
fn move_stroke(attrs: &mut Draft<'_>, from: &[&str], to: &[&str]) {
    let mut stroke = STROKE.map(|_| None);
    for part in from {
        let Some(stored) = attrs.get_mut(part) else {
            continue;
        };
        let taken = STROKE.map(|key| stored.take(key));
        if taken.iter().any(Option::is_some) && stored.is_empty() {
            drop(attrs.take(part));
        }
        for (slot, value) in stroke.iter_mut().zip(taken) {
            *slot = slot.take().or(value);
        }
    }
    let stroke = STROKE.into_iter().zip(stroke);
    for (key, value) in stroke.filter_map(|(key, value)| Some((key, value?))) {
        for part in to {
            if let Some(part) = attrs.object_mut(part) {
                part.set(key, value.clone());
            }
        }
    }
}
