//! A new diagram, its members, and its new cells.

use super::{countable, push, set_top};
use crate::model::document::Document;
use crate::model::json::{Draft, Json, Value};
use crate::model::operation::OperationError;
use crate::model::view::DiagramView;

/// What Threat Dragon takes for the next diagram id of a model that does not say.
const DIAGRAM_TOP_UNSAID: u64 = 10;

/// The members that say which diagram it is, and the cells of version 2 and of version 1.
const RESERVED: [&str; 3] = ["id", "cells", "diagramJson"];

impl Document {
    pub(super) fn add_diagram<'a>(
        &'a self,
        diagram: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let title = diagram.root().get("title").and_then(Value::as_text);
        let mut new = Draft::Kept(diagram.root());
        let (Some(members), Some(_)) = (new.members_mut(), title) else {
            return Err(OperationError::Incomplete("diagram", "a title"));
        };
        let ids = self.diagrams().filter_map(DiagramView::id);
        let above = ids.filter_map(countable).map(|id| id + 1);
        let id = self.top("diagramTop", DIAGRAM_TOP_UNSAID, above);
        members.retain(|(key, _)| key != "id");
        members.insert(0, ("id".into(), Draft::number(id)));
        if let Some(detail) = draft.get_mut("detail") {
            push(detail, "diagrams", new);
        }
        set_top(draft, "diagramTop", id + 1);
        Ok(())
    }

    pub(super) fn move_diagram(
        &self,
        diagram: u64,
        to: usize,
        draft: &mut Draft<'_>,
    ) -> Result<(), OperationError> {
        let (at, _) = self.find_diagram(diagram)?;
        let from = at.rsplit('/').next().and_then(|index| index.parse().ok());
        let diagrams = draft.pointer_mut("/detail/diagrams");
        let diagrams = diagrams.and_then(Draft::elements_mut);
        if let (Some(from), Some(diagrams)) = (from, diagrams) {
            let moved = diagrams.remove(from);
            diagrams.insert(to.min(diagrams.len()), moved);
        }
        Ok(())
    }

    pub(super) fn set_diagram_field<'a>(
        &'a self,
        diagram: u64,
        key: &str,
        value: &'a Json,
        draft: &mut Draft<'a>,
    ) -> Result<(), OperationError> {
        let (at, _) = self.find_diagram(diagram)?;
        if RESERVED.contains(&key) {
            return Err(OperationError::ReservedField(key.to_owned()));
        }
        if let Some(diagram) = draft.pointer_mut(&at) {
            diagram.set(key, Draft::Kept(value.root()));
        }
        Ok(())
    }

    pub(super) fn add_cell<'a>(
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
        if let Some(diagram) = draft.pointer_mut(&at) {
            push(diagram, "cells", Draft::Kept(cell.root()));
        }
        Ok(())
    }
}
