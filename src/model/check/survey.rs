//! A model laid out for the rules: every diagram, cell and threat with its place, and the cells of
//! a diagram by their ids.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::SignedDuration;

use crate::model::document::Document;
use crate::model::json::Value;
use crate::model::label::called;
use crate::model::view::{CellView, DiagramView, ThreatView};
use crate::model::vocabulary::{CellShape, Methodology};

use super::Facts;
use super::geometry::Sides;
use super::place::Place;
use super::policy::Policy;

/// A whole model.
pub(super) struct Survey<'a> {
    pub(super) document: &'a Document,
    pub(super) diagrams: Vec<Diagram<'a>>,
    pub(super) facts: Facts,
    /// How long a model may stay untouched.
    pub(super) stale_after: Option<SignedDuration>,
}

/// A diagram with its cells.
pub(super) struct Diagram<'a> {
    pub(super) view: DiagramView<'a>,
    pub(super) place: Place,
    pub(super) cells: Vec<Cell<'a>>,
    /// The first cell of each id, as a place in `cells`.
    pub(super) by_id: HashMap<Cow<'a, str>, usize>,
    /// On which side of each boundary the cells are.
    pub(super) sides: Sides,
}

/// A cell with its threats.
pub(super) struct Cell<'a> {
    pub(super) view: CellView<'a>,
    pub(super) place: Place,
    pub(super) shape: CellShape,
    pub(super) id: Cow<'a, str>,
    pub(super) threats: Vec<Threat<'a>>,
}

/// A threat to a cell.
pub(super) struct Threat<'a> {
    pub(super) view: ThreatView<'a>,
    pub(super) place: Place,
}

impl<'a> Survey<'a> {
    pub(super) fn of(document: &'a Document, facts: Facts, policy: &Policy) -> Self {
        let diagrams = document.diagrams().enumerate();
        let diagrams = diagrams
            .map(|(index, view)| Diagram::of(index, view))
            .collect();
        let stale_after = policy.stale_after();
        Self {
            document,
            diagrams,
            facts,
            stale_after,
        }
    }

    /// A member of the model, by its pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<Value<'a>> {
        self.document.root().pointer(pointer)
    }

    /// Every cell with its diagram.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&Diagram<'a>, &Cell<'a>)> {
        self.diagrams
            .iter()
            .flat_map(|diagram| diagram.cells.iter().map(move |cell| (diagram, cell)))
    }

    /// Every threat with its diagram and its cell.
    pub(super) fn threats(&self) -> impl Iterator<Item = (&Diagram<'a>, &Cell<'a>, &Threat<'a>)> {
        self.cells().flat_map(|(diagram, cell)| {
            cell.threats
                .iter()
                .map(move |threat| (diagram, cell, threat))
        })
    }
}

impl<'a> Diagram<'a> {
    fn of(index: usize, view: DiagramView<'a>) -> Self {
        let place = Place::Diagram(index);
        let cells: Vec<Cell<'a>> = view
            .cells()
            .enumerate()
            .map(|(at, cell)| Cell::of(index, at, cell))
            .collect();
        let mut by_id = HashMap::new();
        for (at, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.id.is_empty())
        {
            by_id.entry(cell.id.clone()).or_insert(at);
        }
        let sides = Sides::of(&cells);
        Self {
            view,
            place,
            cells,
            by_id,
            sides,
        }
    }

    /// The place of the cell that a flow's end names.
    pub(super) fn end(&self, flow: &Cell<'a>, end: &str) -> Option<usize> {
        self.by_id.get(&flow.end(end)?).copied()
    }

    /// The boundary boxes and curves.
    pub(super) fn boundaries(&self) -> impl Iterator<Item = &Cell<'a>> {
        self.cells.iter().filter(|cell| cell.is_boundary())
    }

    /// Actors, processes and data stores.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Cell<'a>> {
        self.cells.iter().filter(|cell| cell.is_element())
    }
}

impl<'a> Cell<'a> {
    fn of(diagram: usize, index: usize, view: CellView<'a>) -> Self {
        let threats = view.threats().enumerate();
        let threats = threats.map(|(at, view)| Threat {
            view,
            place: Place::Threat(diagram, index, at),
        });
        Self {
            view,
            place: Place::Cell(diagram, index),
            shape: view.shape(),
            id: view.id(),
            threats: threats.collect(),
        }
    }

    /// Whether it is an actor, a process or a data store.
    pub(super) fn is_element(&self) -> bool {
        matches!(
            self.shape,
            CellShape::Actor | CellShape::Process | CellShape::Store
        )
    }

    pub(super) fn is_boundary(&self) -> bool {
        matches!(
            self.shape,
            CellShape::BoundaryBox | CellShape::BoundaryCurve
        )
    }

    pub(super) fn is_flow(&self) -> bool {
        self.shape == CellShape::Flow
    }

    /// The id of the cell at an end of a flow; nothing where it ends at none.
    pub(super) fn end(&self, end: &str) -> Option<Cow<'a, str>> {
        let cell = self.view.value().get(end)?.get("cell")?.as_text()?;
        Some(cell).filter(|id| !id.is_empty())
    }

    /// Whether a member of its data is true.
    pub(super) fn says(&self, key: &str) -> bool {
        self.view.says(key)
    }

    /// A member of its data.
    pub(super) fn datum(&self, key: &str) -> Option<Value<'a>> {
        self.view.datum(key)
    }

    /// Whether nothing is written on it.
    pub(super) fn is_unnamed(&self) -> bool {
        called(self.view).trim().is_empty()
    }

    /// A text in its data, without the space around it.
    pub(super) fn text(&self, key: &str) -> String {
        trimmed(self.datum(key))
    }
}

impl Threat<'_> {
    /// The methodology that it says it follows.
    pub(super) fn methodology(&self) -> Option<Methodology> {
        let word = self.text("modelType");
        (!word.is_empty()).then(|| Methodology::read(&word))
    }

    /// A text of it, without the space around it.
    pub(super) fn text(&self, key: &str) -> String {
        trimmed(self.view.value().get(key))
    }
}

/// A text without the space around it; empty where there is none.
pub(super) fn trimmed(value: Option<Value<'_>>) -> String {
    let text = value.and_then(Value::as_text).unwrap_or_default();
    text.trim().to_owned()
}
