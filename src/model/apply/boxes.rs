//! Where a cell is, how large, how it is turned, and what it covers.

use super::cell::{EditedCell, require_finite};
use crate::model::json::Draft;
use crate::model::operation::{OperationError, Point};

impl EditedCell<'_, '_> {
    pub(super) fn move_to(&mut self, to: Point) -> Result<(), OperationError> {
        self.require_position()?;
        require_finite([to.x, to.y])?;
        self.set_numbers("position", [("x", to.x), ("y", to.y)]);
        Ok(())
    }

    pub(super) fn resize(
        &mut self,
        at: Point,
        width: f64,
        height: f64,
    ) -> Result<(), OperationError> {
        self.require_position()?;
        if !self.has_object("size") {
            return Err(OperationError::NoSize(self.place.clone()));
        }
        require_finite([at.x, at.y, width, height])?;
        if width <= 0.0 || height <= 0.0 {
            return Err(OperationError::NotPositive);
        }
        self.set_numbers("position", [("x", at.x), ("y", at.y)]);
        self.set_numbers("size", [("width", width), ("height", height)]);
        Ok(())
    }

    pub(super) fn turn(&mut self, angle: f64) -> Result<(), OperationError> {
        self.require_position()?;
        require_finite([angle])?;
        let turned = (angle != 0.0).then(|| Draft::float(angle));
        self.draft.put("angle", turned);
        Ok(())
    }

    pub(super) fn order(&mut self, z_index: i64) {
        self.draft.set("zIndex", Draft::Token(z_index.to_string()));
    }

    fn require_position(&self) -> Result<(), OperationError> {
        if self.has_object("position") {
            Ok(())
        } else {
            Err(OperationError::NoPosition(self.place.clone()))
        }
    }

    fn set_numbers(&mut self, key: &str, numbers: [(&str, f64); 2]) {
        if let Some(object) = self.draft.get_mut(key) {
            for (key, number) in numbers {
                object.set(key, Draft::float(number));
            }
        }
    }
}
