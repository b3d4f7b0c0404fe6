//! The label of a flow or of a boundary curve: the first one, in the form that it has.

use super::cell::{EditedCell, require_finite};
use crate::model::json::{Draft, Kind, Value};
use crate::model::operation::{Offset, OperationError};

/// Where a new label is on its line.
const MIDDLE: f64 = 0.5;

impl<'a> EditedCell<'a, '_> {
    pub(super) fn first_label(&self) -> Option<(Value<'a>, Kind)> {
        let label = self.was.value().get("labels")?.elements().next()?;
        Some((label, label.kind()))
    }

    pub(super) fn set_first_label(&mut self, label: Draft<'a>) {
        let labels = self.draft.get_mut("labels").and_then(Draft::elements_mut);
        match labels.and_then(|labels| labels.first_mut()) {
            Some(first) => *first = label,
            None => self.draft.set("labels", Draft::Array(vec![label])),
        }
    }

    /// Moves the label along its line. A label that is a mere text becomes one that has a place.
    pub(super) fn place_label(
        &mut self,
        distance: f64,
        offset: Option<Offset>,
    ) -> Result<(), OperationError> {
        let Some((stored, Kind::Object | Kind::Text)) = self.first_label() else {
            return Err(OperationError::NoLabel(self.place.clone()));
        };
        require_finite([distance])?;
        match offset {
            Some(Offset::Across(offset)) => require_finite([offset])?,
            Some(Offset::By(point)) => require_finite([point.x, point.y])?,
            None => {}
        }
        if let Some(text) = stored.as_text() {
            self.set_first_label(label(&text, position(distance, offset)));
        } else if let Some(label) = self.draft.pointer_mut("/labels/0") {
            place(label, distance, offset);
        }
        Ok(())
    }
}

/// A new label of a line.
pub(super) fn at_the_middle<'a>(text: &str) -> Draft<'a> {
    label(text, Draft::float(MIDDLE))
}

fn label<'a>(text: &str, position: Draft<'a>) -> Draft<'a> {
    let text = Draft::object([("text", Draft::text(text))]);
    let attrs = Draft::object([("label", text)]);
    Draft::object([("attrs", attrs), ("position", position)])
}

fn place(label: &mut Draft<'_>, distance: f64, offset: Option<Offset>) {
    let stored = label.get_mut("position");
    if stored.is_none_or(|stored| stored.members_mut().is_none()) {
        label.set("position", position(distance, offset));
    } else if let Some(stored) = label.get_mut("position") {
        stored.set("distance", Draft::float(distance));
        if let Some(offset) = offset {
            stored.set("offset", shift(offset));
        }
    }
}

/// Where a label is that was nowhere, or at a number: an object only when it must be one.
fn position<'a>(distance: f64, offset: Option<Offset>) -> Draft<'a> {
    let distance = Draft::float(distance);
    match offset {
        Some(offset) => Draft::object([("distance", distance), ("offset", shift(offset))]),
        None => distance,
    }
}

fn shift<'a>(offset: Offset) -> Draft<'a> {
    match offset {
        Offset::Across(pixels) => Draft::float(pixels),
        Offset::By(by) => Draft::object([("x", Draft::float(by.x)), ("y", Draft::float(by.y))]),
    }
}
