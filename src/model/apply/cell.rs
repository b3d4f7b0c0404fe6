//! A cell that is being edited.

use crate::model::document::Document;
use crate::model::json::{Draft, Kind, Value};
use crate::model::operation::{CellEdit, CellPlace, OperationError};
use crate::model::view::CellView;

/// A cell as it was and as it becomes.
pub(super) struct EditedCell<'a, 'd> {
    pub(super) place: &'d CellPlace,
    pub(super) was: CellView<'a>,
    pub(super) draft: &'d mut Draft<'a>,
}

impl<'a, 'd> EditedCell<'a, 'd> {
    /// Finds the cell in a document and in a draft that was begun with it.
    pub(super) fn find(
        document: &'a Document,
        place: &'d CellPlace,
        draft: &'d mut Draft<'a>,
    ) -> Result<Self, OperationError> {
        let (at, was) = document.find_cell(place)?;
        match draft.pointer_mut(&at) {
            Some(draft) => Ok(Self { place, was, draft }),
            None => Err(OperationError::NoCell(place.clone())),
        }
    }

    pub(super) fn apply(mut self, edit: &'a CellEdit) -> Result<(), OperationError> {
        match edit {
            CellEdit::Move(to) => self.move_to(*to)?,
            CellEdit::Resize { at, width, height } => self.resize(*at, *width, *height)?,
            CellEdit::Turn(angle) => self.turn(*angle)?,
            CellEdit::Order(z_index) => self.order(*z_index),
            CellEdit::SetField { key, value } => self.set_field(key, value),
            CellEdit::SetEnd { end, to } => self.set_end(*end, to)?,
            CellEdit::SetVertices(points) => self.set_vertices(points)?,
            CellEdit::SetRoute(route) => self.set_route(*route)?,
            CellEdit::Reverse => self.reverse()?,
            CellEdit::Name(name) => self.name(name),
            CellEdit::PlaceLabel { distance, offset } => self.place_label(*distance, *offset)?,
            CellEdit::SetShape(shape) => self.set_shape(shape)?,
            CellEdit::Lock(locked) => self.lock(*locked),
        }
        Ok(())
    }

    /// Whether it is a line between two ends.
    pub(super) fn is_edge(&self) -> bool {
        let has = |key| self.was.value().get(key).is_some();
        has("source") || has("target")
    }

    pub(super) fn require_edge(&self) -> Result<(), OperationError> {
        if self.is_edge() {
            Ok(())
        } else {
            Err(OperationError::NotAnEdge(self.place.clone()))
        }
    }

    /// Whether a member of it is an object.
    pub(super) fn has_object(&self, key: &str) -> bool {
        let member = self.was.value().get(key);
        member.is_some_and(|member| member.kind() == Kind::Object)
    }
}

/// A number's nearest binary one.
pub(super) fn float(value: Value<'_>) -> Option<f64> {
    value.as_number()?.parse().ok()
}

pub(super) fn require_finite(numbers: impl IntoIterator<Item = f64>) -> Result<(), OperationError> {
    if numbers.into_iter().all(f64::is_finite) {
        Ok(())
    } else {
        Err(OperationError::NotFinite)
    }
}
