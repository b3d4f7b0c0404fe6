//! On which side of the trust boundaries the cells of a diagram are.

use crate::model::frame::Frame;
use crate::model::vocabulary::CellShape;

use super::survey::Cell;

/// How many boundary boxes of a diagram are looked at, so that a file made for it cannot keep the
/// check busy for long. Real diagrams have up to some tens.
const BOXES_MAX: usize = 1_000;

/// The boxes that each cell lies in.
#[derive(Debug, Default)]
pub(super) struct Sides {
    /// By place in the diagram: which boxes contain the cell, as one number that is equal for equal
    /// sets; nothing for a cell without a place.
    inside: Vec<Option<u64>>,
    boxes: usize,
}

impl Sides {
    pub(super) fn of(cells: &[Cell<'_>]) -> Self {
        let boxes: Vec<(usize, Frame)> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| cell.shape == CellShape::BoundaryBox)
            .filter_map(|(at, cell)| Some((at, Frame::of(cell.view.value())?)))
            .take(BOXES_MAX)
            .collect();
        let inside = |(at, cell): (usize, &Cell<'_>)| {
            let frame = Frame::of(cell.view.value())?;
            let around = boxes
                .iter()
                .filter(|(place, around)| *place != at && around.contains(&frame));
            Some(around.fold(0, |sum, (place, _)| mixed(sum, *place)))
        };
        Self {
            inside: cells.iter().enumerate().map(inside).collect(),
            boxes: boxes.len(),
        }
    }

    /// Whether the cell lies in none of the boxes; unknown where there are none, or where it has no
    /// place.
    pub(super) fn is_outside(&self, cell: usize) -> Option<bool> {
        let inside = (*self.inside.get(cell)?)?;
        (self.boxes > 0).then_some(inside == 0)
    }

    /// Whether some box contains exactly one of two cells: what a flow between them crosses.
    /// Unknown where one has no place.
    pub(super) fn differ(&self, one: usize, other: usize) -> Option<bool> {
        let inside = |cell: usize| self.inside.get(cell).copied().flatten();
        Some(inside(one)? != inside(other)?)
    }
}

/// One more place in a set's number. Two sets get the same number by an accident of one in 2^64.
fn mixed(sum: u64, place: usize) -> u64 {
    let place = u64::try_from(place).unwrap_or(u64::MAX);
    (sum ^ place.wrapping_add(1))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}
