//! Finding what an operation names, and the JSON pointer to it.

use super::document::Document;
use super::operation::{CellPlace, OperationError, ThreatPlace};
use super::view::{CellView, DiagramView, ThreatView};

impl Document {
    pub(super) fn find_diagram(
        &self,
        id: u64,
    ) -> Result<(String, DiagramView<'_>), OperationError> {
        let mut diagrams = self.diagrams().enumerate();
        diagrams
            .find(|(_, diagram)| diagram.id() == Some(id))
            .map(|(index, diagram)| (format!("/detail/diagrams/{index}"), diagram))
            .ok_or(OperationError::NoDiagram(id))
    }

    pub(super) fn find_cell(
        &self,
        place: &CellPlace,
    ) -> Result<(String, CellView<'_>), OperationError> {
        let (at, diagram) = self.find_diagram(place.diagram)?;
        let mut cells = diagram.cells().enumerate();
        cells
            .find(|(_, cell)| cell.id() == place.cell)
            .map(|(index, cell)| (format!("{at}/cells/{index}"), cell))
            .ok_or_else(|| OperationError::NoCell(place.clone()))
    }

    pub(super) fn find_threat(
        &self,
        place: &ThreatPlace,
    ) -> Result<(String, ThreatView<'_>), OperationError> {
        let (at, cell) = self.find_cell(&place.cell)?;
        let mut threats = cell.threats().enumerate();
        threats
            .find(|(_, threat)| threat.id() == place.threat)
            .map(|(index, threat)| (format!("{at}/data/threats/{index}"), threat))
            .ok_or_else(|| OperationError::NoThreat(place.clone()))
    }
}
