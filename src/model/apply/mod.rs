//! Applying operations: the document is drafted with the edit in it, then written in the spelling
//! of the old one.

#[cfg(test)]
mod tests;

use super::document::{Document, Generation};
use super::json::{Draft, Json, Kind, Value};
use super::open_threats;
use super::operation::{CellPlace, Operation, OperationError};

/// What Threat Dragon takes for the highest threat number of a model that does not say.
const THREAT_TOP_UNSAID: u64 = 100;
/// What Threat Dragon takes for the next diagram id of a model that does not say.
const DIAGRAM_TOP_UNSAID: u64 = 10;

impl Document {
    /// This document with one edit.
    ///
    /// # Errors
    /// When what the operation names is not there, or the result would not be a threat model.
    pub fn apply(&self, operation: &Operation) -> Result<Self, OperationError> {
        if self.generation() == Generation::V1 {
            return Err(OperationError::OldGeneration);
        }
        let mut draft = Draft::Kept(self.root());
        self.edit(operation, &mut draft)?;
        let edited = Self::of_draft(&draft)?;
        let marked = match operation.rethreatened() {
            Some(cell) => open_threats::mark(&edited, cell)?,
            None => edited,
        };
        Ok(self.revised_by(&marked))
    }

    fn edit<'a>(
        &'a self,
        operation: &'a Operation,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        match operation {
            Operation::SetSummaryField { key, value } => set(draft, "/summary", key, value),
            Operation::AddDiagram { diagram } => self.add_diagram(diagram, draft)?,
            Operation::RemoveDiagram { diagram } => draft.remove(&self.find_diagram(*diagram)?.0),
            Operation::AddCell { diagram, cell } => self.add_cell(*diagram, cell, draft)?,
            Operation::RemoveCell(cell) => draft.remove(&self.find_cell(cell)?.0),
            Operation::MoveCell { cell, x, y } => self.move_cell(cell, [*x, *y], draft)?,
            Operation::SetCellField { cell, key, value } => {
                let (at, _) = self.find_cell(cell)?;
                ensure(draft, &at, "data", Draft::object::<&str>([]));
                set(draft, &format!("{at}/data"), key, value);
            }
            Operation::AddThreat { cell, threat } => self.add_threat(cell, threat, draft)?,
            Operation::RemoveThreat(threat) => draft.remove(&self.find_threat(threat)?.0),
            Operation::SetThreatField { threat, key, value } => {
                set(draft, &self.find_threat(threat)?.0, key, value);
            }
        }
        Ok(())
    }

    fn add_diagram<'a>(
        &'a self,
        diagram: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let title = diagram.root().get("title").and_then(Value::as_text);
        let mut new = Draft::Kept(diagram.root());
        let (Some(members), Some(_)) = (new.members_mut(), title) else {
            return Err(OperationError::Incomplete("diagram", "a title"));
        };
        let above = self
            .diagrams()
            .filter_map(|d| Some(d.id()?.saturating_add(1)))
            .max();
        let id = self
            .top("diagramTop", DIAGRAM_TOP_UNSAID)
            .max(above.unwrap_or(0));
        members.retain(|(key, _)| key != "id");
        members.insert(0, ("id".into(), Draft::number(id)));
        push(draft, "/detail/diagrams", new);
        set_top(draft, "diagramTop", id.saturating_add(1));
        Ok(())
    }

    fn add_cell<'a>(
        &'a self,
        diagram: u64,
        cell: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let (at, view) = self.find_diagram(diagram)?;
        let text = |key| cell.root().get(key).and_then(Value::as_text);
        let (Some(id), Some(_)) = (text("id"), text("shape")) else {
            return Err(OperationError::Incomplete("cell", "an id and a shape"));
        };
        if view.cells().any(|cell| cell.id() == id) {
            return Err(OperationError::IdTaken("cell", id.into_owned()));
        }
        ensure(draft, &at, "cells", Draft::Array(Vec::new()));
        push(draft, &format!("{at}/cells"), Draft::Kept(cell.root()));
        Ok(())
    }

    fn move_cell<'a>(
        &'a self,
        cell: &CellPlace,
        to: [f64; 2],
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let (at, view) = self.find_cell(cell)?;
        let position = view.value().get("position");
        if position.is_none_or(|position| position.kind() != Kind::Object) {
            return Err(OperationError::NoPosition(cell.clone()));
        }
        if !to.iter().all(|coordinate| coordinate.is_finite()) {
            return Err(OperationError::NotFinite);
        }
        if let Some(position) = draft.pointer_mut(&format!("{at}/position")) {
            for (key, coordinate) in ["x", "y"].into_iter().zip(to) {
                // The shortest digits that read back as the same number, as JavaScript has it.
                position.set(key, Draft::Token(coordinate.to_string()));
            }
        }
        Ok(())
    }

    fn add_threat<'a>(
        &'a self,
        place: &CellPlace,
        threat: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let (at, cell) = self.find_cell(place)?;
        let Some(id) = threat.root().get("id").and_then(Value::as_text) else {
            return Err(OperationError::Incomplete("threat", "an id"));
        };
        if cell.threats().any(|threat| threat.id() == id) {
            return Err(OperationError::IdTaken("threat", id.into_owned()));
        }
        let highest = self
            .threats()
            .filter_map(super::view::ThreatView::number)
            .max();
        let top = self.top("threatTop", THREAT_TOP_UNSAID);
        let number = top.max(highest.unwrap_or(0)).saturating_add(1);
        let mut new = Draft::Kept(threat.root());
        new.set("number", Draft::number(number));
        ensure(draft, &at, "data", Draft::object::<&str>([]));
        ensure(
            draft,
            &format!("{at}/data"),
            "threats",
            Draft::Array(Vec::new()),
        );
        push(draft, &format!("{at}/data/threats"), new);
        set_top(draft, "threatTop", number);
        Ok(())
    }
}

/// The model's counters: both only ever grow, so that nothing is named by an old name.
impl Document {
    fn top(&self, counter: &str, unsaid: u64) -> u64 {
        let top = self.root().pointer(&format!("/detail/{counter}"));
        top.and_then(Value::as_u64).unwrap_or(unsaid)
    }
}

fn set_top(draft: &mut Draft<'_>, counter: &str, top: u64) {
    if let Some(detail) = draft.get_mut("detail") {
        detail.set(counter, Draft::number(top));
    }
}

fn set<'a>(draft: &mut Draft<'a>, at: &str, key: &str, value: &'a Json) {
    if let Some(object) = draft.pointer_mut(at) {
        object.set(key, Draft::Kept(value.root()));
    }
}

/// Gives an object a member if it has none with this key.
fn ensure<'a>(draft: &mut Draft<'a>, at: &str, key: &str, value: Draft<'a>) {
    if let Some(object) = draft.pointer_mut(at)
        && object.get_mut(key).is_none()
    {
        object.set(key, value);
    }
}

fn push<'a>(draft: &mut Draft<'a>, at: &str, element: Draft<'a>) {
    if let Some(elements) = draft.pointer_mut(at).and_then(Draft::elements_mut) {
        elements.push(element);
    }
}
