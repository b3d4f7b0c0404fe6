//! What an operation names: a cell, a threat.

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
