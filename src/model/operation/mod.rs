//! The operations: every way in which a model is edited, as plain data.

mod cell_edit;
mod error;
mod place;

use super::json::Json;

pub use self::cell_edit::{CellEdit, End, EndPlace, Offset, Point, Route};
pub use self::error::OperationError;
pub use self::place::{CellPlace, ThreatPlace};

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
    /// Gives a member of the detail (`reviewer`, `contributors`, …) a value.
    SetDetailField {
        /// The member's key: not that of the diagrams, nor of a counter.
        key: String,
        /// Its new value.
        value: Json,
    },
    /// Gives a member of the model itself (`release_version`, `released_at`, …) a value.
    SetModelField {
        /// The member's key: not that of the version, the summary or the detail.
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
    /// Puts a diagram elsewhere among the others.
    MoveDiagram {
        /// The diagram's id.
        diagram: u64,
        /// Its place afterwards, from 0; one beyond the last means the last.
        to: usize,
    },
    /// Gives a member of a diagram (`title`, `description`, `diagramType`, …) a value.
    SetDiagramField {
        /// The diagram's id.
        diagram: u64,
        /// The member's key: not that of its id or of its cells.
        key: String,
        /// Its new value.
        value: Json,
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
    /// Changes one cell.
    EditCell {
        /// Which.
        cell: CellPlace,
        /// What becomes of it.
        edit: CellEdit,
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
