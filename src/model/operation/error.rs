//! Why an operation cannot be applied.

use thiserror::Error;

use super::{CellPlace, ThreatPlace};
use crate::model::invalid::Invalid;

/// Why an operation cannot be applied. Its display is one sentence, fit for showing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OperationError {
    /// The document is of version 1.
    #[error("A version 1 model must be upgraded before it is edited.")]
    OldGeneration,
    /// There is no such diagram.
    #[error("There is no diagram {0}.")]
    NoDiagram(u64),
    /// There is no such cell in the diagram.
    #[error("There is no cell {:?} in diagram {}.", .0.cell, .0.diagram)]
    NoCell(CellPlace),
    /// There is no such threat to the cell.
    #[error("There is no threat {:?} to cell {:?}.", .0.threat, .0.cell.cell)]
    NoThreat(ThreatPlace),
    /// The cell has no position: it is a flow or a boundary curve.
    #[error("Cell {:?} has no position that could be changed.", .0.cell)]
    NoPosition(CellPlace),
    /// The cell has no size: it is a flow or a boundary curve, or its file does not say.
    #[error("Cell {:?} has no size that could be changed.", .0.cell)]
    NoSize(CellPlace),
    /// The cell has no end: it is an element, a text or a boundary box.
    #[error("Cell {:?} is neither a flow nor a boundary curve.", .0.cell)]
    NotAnEdge(CellPlace),
    /// Nothing is written at the cell's line.
    #[error("Cell {:?} has no label that could be placed.", .0.cell)]
    NoLabel(CellPlace),
    /// The cell is, or was to become, something else.
    #[error("Cell {:?} cannot change its shape: only actors, processes and stores can, into each other.", .0.cell)]
    NotChangeable(CellPlace),
    /// The member says what a thing is, or is changed by operations of its own.
    #[error("The member {0:?} cannot be set like this.")]
    ReservedField(String),
    /// A coordinate, a length, an angle or a distance is not a number.
    #[error("Positions, sizes, angles and distances must be finite numbers.")]
    NotFinite,
    /// A width or a height is nothing, or less.
    #[error("A width and a height must be greater than zero.")]
    NotPositive,
    /// What is to be added is not an object with the members that it needs.
    #[error("A new {0} must be an object with {1}.")]
    Incomplete(&'static str, &'static str),
    /// What is to be added has the id of something that is there.
    #[error("There is already a {0} {1:?}.")]
    IdTaken(&'static str, String),
    /// The result would not be a threat model.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}
