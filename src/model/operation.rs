//! The operations: every way in which a model is edited, as plain data.

use thiserror::Error;

use super::invalid::Invalid;
use super::json::Json;

/// One edit. Applied with [`Document::apply`](super::Document::apply), it changes what it names
/// and what the format derives from that, and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub enum Operation {
    /// Gives a member of the summary (`title`, `owner`, `description`, …) a value.
    SetSummaryField {
        /// The member's key.
        key: String,
        /// Its new value.
        value: Json,
    },
    /// Puts a diagram behind the others and gives it the next unused id.
    AddDiagram {
        /// The diagram; an `id` in it is replaced.
        diagram: Json,
    },
    /// Takes a diagram away, with all its cells and threats.
    RemoveDiagram {
        /// The diagram's id.
        diagram: u64,
    },
    /// Puts a cell behind the others.
    AddCell {
        /// The diagram's id.
        diagram: u64,
        /// The cell: an object with an `id` that is new in the diagram, and a `shape`.
        cell: Json,
    },
    /// Takes a cell away, with its threats. Flows that end at it stay: whoever removes an element
    /// removes them first.
    RemoveCell(CellPlace),
    /// Moves an element, a text or a boundary box.
    MoveCell {
        /// Which.
        cell: CellPlace,
        /// The left edge, in pixels to the right of the origin.
        x: f64,
        /// The upper edge, in pixels below the origin.
        y: f64,
    },
    /// Gives a member of a cell's `data` a value.
    SetCellField {
        /// Which cell.
        cell: CellPlace,
        /// The member's key.
        key: String,
        /// Its new value.
        value: Json,
    },
    /// Puts a threat behind the cell's others and gives it the next number of the model.
    AddThreat {
        /// The threatened cell.
        cell: CellPlace,
        /// The threat: an object with an `id` that is new in the cell; a `number` in it is
        /// replaced.
        threat: Json,
    },
    /// Takes a threat away. Its number is not used again.
    RemoveThreat(ThreatPlace),
    /// Gives a member of a threat a value.
    SetThreatField {
        /// Which threat.
        threat: ThreatPlace,
        /// The member's key.
        key: String,
        /// Its new value.
        value: Json,
    },
}

impl Operation {
    /// The cell whose threats the operation adds, takes away or decides.
    pub(super) fn rethreatened(&self) -> Option<&CellPlace> {
        match self {
            Self::AddThreat { cell, .. } => Some(cell),
            Self::RemoveThreat(threat) => Some(&threat.cell),
            Self::SetThreatField { threat, key, .. } if key == "status" => Some(&threat.cell),
            _ => None,
        }
    }
}

/// A cell: cells of different diagrams may have the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellPlace {
    /// The diagram's id.
    pub diagram: u64,
    /// The cell's id.
    pub cell: String,
}

/// A threat to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreatPlace {
    /// The threatened cell.
    pub cell: CellPlace,
    /// The threat's id.
    pub threat: String,
}

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
    /// A coordinate is not a number.
    #[error("A position must be made of finite numbers.")]
    NotFinite,
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
