//! Applying operations: the document is drafted with the edit in it, then written in the spelling
//! of the old one.

mod boxes;
mod cell;
mod diagrams;
mod flows;
mod labels;
mod members;
mod names;
mod properties;
mod shapes;
mod threats;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use self::cell::EditedCell;
use self::members::{set_detail_field, set_model_field};
use super::document::{Document, Generation};
use super::json::{Draft, Json, Value};
use super::open_threats;
use super::operation::{Operation, OperationError};

impl Document {
    /// This document with one edit.
    ///
    /// # Errors
    /// When what the operation names is not there or is nothing that can be edited so, when its
    /// numbers make no sense, or when the result would not be a threat model.
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
            Operation::SetDetailField { key, value } => set_detail_field(draft, key, value)?,
            Operation::SetModelField { key, value } => set_model_field(draft, key, value)?,
            Operation::AddDiagram { diagram } => self.add_diagram(diagram, draft)?,
            Operation::RemoveDiagram { diagram } => draft.remove(&self.find_diagram(*diagram)?.0),
            Operation::MoveDiagram { diagram, to } => self.move_diagram(*diagram, *to, draft)?,
            Operation::SetDiagramField {
                diagram,
                key,
                value,
            } => self.set_diagram_field(*diagram, key, value, draft)?,
            Operation::AddCell { diagram, cell } => self.add_cell(*diagram, cell, draft)?,
            Operation::RemoveCell(cell) => draft.remove(&self.find_cell(cell)?.0),
            Operation::EditCell { cell, edit } => {
                EditedCell::find(self, cell, draft)?.apply(edit)?;
            }
            Operation::AddThreat { cell, threat } => self.add_threat(cell, threat, draft)?,
            Operation::RemoveThreat(threat) => draft.remove(&self.find_threat(threat)?.0),
            Operation::SetThreatField { threat, key, value } => {
                set(draft, &self.find_threat(threat)?.0, key, value);
            }
        }
        Ok(())
    }
}

/// The model's counters: both only ever grow, so that nothing is named by an old name.
impl Document {
    /// What a counter says, or the highest of what is there when that is higher.
    fn top(&self, counter: &str, unsaid: u64, there: impl Iterator<Item = u64>) -> u64 {
        let said = self.root().pointer(&format!("/detail/{counter}"));
        let said = said.and_then(Value::as_u64).and_then(countable);
        there.fold(said.unwrap_or(unsaid), u64::max)
    }
}

/// A number that JavaScript can count on from: a larger one is not one that somebody has given.
fn countable(number: u64) -> Option<u64> {
    (number < 1 << 53).then_some(number)
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

/// Puts an element behind the others of an object's array; a missing one is added.
fn push<'a>(object: &mut Draft<'a>, key: &str, element: Draft<'a>) {
    match object.get_mut(key).and_then(Draft::elements_mut) {
        Some(elements) => elements.push(element),
        None => object.set(key, Draft::Array(vec![element])),
    }
}
