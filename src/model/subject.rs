//! What a finding, a change or a conflict is about, named as people name it.

use std::fmt;

use serde::Serialize;

use super::diff::one_line;
use super::label::called;
use super::view::{CellView, DiagramView, ThreatView};
use super::vocabulary::CellShape;

/// How many characters of an id, a name or a title are told. A model may hold thousands of things
/// to be told under one name of a megabyte.
const TOLD_MAX: usize = 200;

/// A text as far as it is told.
pub(super) fn told(text: &str) -> String {
    match text.char_indices().nth(TOLD_MAX) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

/// A part of a model: the model itself when nothing is named, else a diagram, a cell in it, or a
/// threat to that cell. Ids, names and titles of more than 200 characters are cut.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Subject {
    /// The diagram.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagram: Option<DiagramName>,
    /// The cell of that diagram.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellName>,
    /// The threat to that cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threat: Option<ThreatName>,
}

/// What a diagram is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DiagramName {
    /// Its number, where it has one.
    pub id: Option<u64>,
    /// Its title.
    pub title: String,
}

/// What a cell is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct CellName {
    /// Its id.
    pub id: String,
    /// Its name, or the text that is drawn in its place; often empty.
    pub name: String,
    /// What it is, in the field's words: `process`, `data flow`, …
    pub kind: String,
}

/// What a threat is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ThreatName {
    /// Its id; empty in old files.
    pub id: String,
    /// Its number, where it has one.
    pub number: Option<u64>,
    /// Its title.
    pub title: String,
}

impl Subject {
    /// The model as a whole.
    #[must_use]
    pub fn model() -> Self {
        Self::default()
    }

    /// A diagram.
    #[must_use]
    pub fn diagram(diagram: DiagramView<'_>) -> Self {
        let name = DiagramName {
            id: diagram.id(),
            title: told(&diagram.title()),
        };
        Self {
            diagram: Some(name),
            ..Self::default()
        }
    }

    /// A cell of this diagram.
    #[must_use]
    pub fn with_cell(&self, cell: CellView<'_>) -> Self {
        let name = CellName {
            id: told(&cell.id()),
            name: told(&called(cell)),
            kind: told(kind(&cell.shape())),
        };
        Self {
            cell: Some(name),
            threat: None,
            ..self.clone()
        }
    }

    /// A threat to this cell.
    #[must_use]
    pub fn with_threat(&self, threat: ThreatView<'_>) -> Self {
        let name = ThreatName {
            id: told(&threat.id()),
            number: threat.number(),
            title: told(&threat.title()),
        };
        Self {
            threat: Some(name),
            ..self.clone()
        }
    }
}

/// What people call a shape.
pub(super) fn kind(shape: &CellShape) -> &str {
    match shape {
        CellShape::Actor => "actor",
        CellShape::Process => "process",
        CellShape::Store => "data store",
        CellShape::TextBlock => "text",
        CellShape::BoundaryBox | CellShape::BoundaryCurve => "trust boundary",
        CellShape::Flow => "data flow",
        CellShape::Other(word) => word,
    }
}

/// One line, whatever the model has for names:
/// `Main diagram / API gateway (process) / threat 12 "Spoofed token"`; `the model` for the whole.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let diagram = self.diagram.as_ref().map(ToString::to_string);
        let cell = self.cell.as_ref().map(ToString::to_string);
        let threat = self.threat.as_ref().map(ToString::to_string);
        let parts: Vec<String> = [diagram, cell, threat].into_iter().flatten().collect();
        if parts.is_empty() {
            f.write_str("the model")
        } else {
            f.write_str(&parts.join(" / "))
        }
    }
}

impl fmt::Display for DiagramName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.title.as_str(), self.id) {
            ("", Some(id)) => write!(f, "diagram {id}"),
            ("", None) => f.write_str("an unnamed diagram"),
            (title, _) => f.write_str(&one_line(title)),
        }
    }
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            write!(f, "unnamed {} {}", one_line(&self.kind), one_line(&self.id))
        } else {
            write!(f, "{} ({})", one_line(&self.name), one_line(&self.kind))
        }
    }
}

impl fmt::Display for ThreatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = one_line(&self.title);
        match self.number {
            Some(number) => write!(f, "threat {number} {title:?}"),
            None => write!(f, "threat {title:?}"),
        }
    }
}
