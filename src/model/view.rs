//! Typed views: a diagram, a cell, a threat, read where they stand.
//!
//! Each member may be missing in real files; a missing text reads as an empty one.

use std::borrow::Cow;

use super::document::Document;
use super::json::Value;
use super::vocabulary::{CellShape, Methodology, Severity, Status};

/// How many threats a model has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThreatCount {
    /// All of them.
    pub total: usize,
    /// Those that nothing has been decided about.
    pub open: usize,
}

impl Document {
    /// The diagrams, in order. Those of a version 1 document show no cells: upgrade it first.
    pub fn diagrams(&self) -> impl Iterator<Item = DiagramView<'_>> {
        elements(self.root().pointer("/detail/diagrams")).map(DiagramView)
    }

    /// The diagram with this id.
    #[must_use]
    pub fn diagram(&self, id: u64) -> Option<DiagramView<'_>> {
        self.diagrams().find(|diagram| diagram.id() == Some(id))
    }

    /// The threats of all diagrams, in order.
    pub fn threats(&self) -> impl Iterator<Item = ThreatView<'_>> {
        let cells = self.diagrams().flat_map(DiagramView::cells);
        cells.flat_map(CellView::threats)
    }

    /// How many threats the model has.
    #[must_use]
    pub fn threat_count(&self) -> ThreatCount {
        self.threats()
            .fold(ThreatCount::default(), |count, threat| ThreatCount {
                total: count.total + 1,
                open: count.open + usize::from(threat.is_open()),
            })
    }
}

/// A diagram of a model.
#[derive(Debug, Clone, Copy)]
pub struct DiagramView<'a>(Value<'a>);

impl<'a> DiagramView<'a> {
    /// The view of a value that stands where a diagram does.
    pub(super) fn of(value: Value<'a>) -> Self {
        Self(value)
    }

    /// The number that names it in its model.
    #[must_use]
    pub fn id(self) -> Option<u64> {
        self.0.get("id").and_then(Value::as_u64)
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> Cow<'a, str> {
        text(self.0, "title")
    }

    /// Which methodology its threats follow.
    #[must_use]
    pub fn methodology(self) -> Methodology {
        Methodology::read(&text(self.0, "diagramType"))
    }

    /// The whole diagram.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        self.0
    }

    /// Its cells, the lowest first.
    pub fn cells(self) -> impl Iterator<Item = CellView<'a>> {
        elements(self.0.get("cells")).map(CellView)
    }
}

/// A cell of a diagram: an element, a flow, a boundary or a text.
#[derive(Debug, Clone, Copy)]
pub struct CellView<'a>(Value<'a>);

impl<'a> CellView<'a> {
    /// The view of a value that stands where a cell does.
    pub(super) fn of(value: Value<'a>) -> Self {
        Self(value)
    }

    /// What names it in its diagram.
    #[must_use]
    pub fn id(self) -> Cow<'a, str> {
        text(self.0, "id")
    }

    /// What it is.
    #[must_use]
    pub fn shape(self) -> CellShape {
        CellShape::read(&text(self.0, "shape"))
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Cow<'a, str> {
        self.datum_text("name")
    }

    /// Everything that is said about it beyond how it is drawn.
    #[must_use]
    pub fn data(self) -> Option<Value<'a>> {
        self.0.get("data")
    }

    /// A member of its data.
    #[must_use]
    pub fn datum(self, key: &str) -> Option<Value<'a>> {
        self.data()?.get(key)
    }

    /// A text in its data.
    #[must_use]
    pub fn datum_text(self, key: &str) -> Cow<'a, str> {
        self.data()
            .map_or(Cow::Borrowed(""), |data| text(data, key))
    }

    /// Whether a member of its data is true.
    #[must_use]
    pub fn says(self, key: &str) -> bool {
        self.datum(key).and_then(Value::as_bool) == Some(true)
    }

    /// Its threats, in order.
    pub fn threats(self) -> impl Iterator<Item = ThreatView<'a>> {
        elements(self.datum("threats")).map(ThreatView)
    }

    /// The whole cell.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        self.0
    }
}

/// A threat to a cell.
#[derive(Debug, Clone, Copy)]
pub struct ThreatView<'a>(Value<'a>);

impl<'a> ThreatView<'a> {
    /// The view of a value that stands where a threat does.
    pub(super) fn of(value: Value<'a>) -> Self {
        Self(value)
    }

    /// What names it in its cell.
    #[must_use]
    pub fn id(self) -> Cow<'a, str> {
        text(self.0, "id")
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> Cow<'a, str> {
        text(self.0, "title")
    }

    /// What has been decided about it.
    #[must_use]
    pub fn status(self) -> Status {
        Status::read(&text(self.0, "status"))
    }

    /// Whether nothing has been decided about it.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.status() == Status::Open
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(self) -> Severity {
        Severity::read(&text(self.0, "severity"))
    }

    /// Its category, in the words of the author's language.
    #[must_use]
    pub fn category(self) -> Cow<'a, str> {
        text(self.0, "type")
    }

    /// The number that names it in talk.
    #[must_use]
    pub fn number(self) -> Option<u64> {
        self.0.get("number").and_then(Value::as_u64)
    }

    /// The whole threat.
    #[must_use]
    pub fn value(self) -> Value<'a> {
        self.0
    }
}

fn text<'a>(object: Value<'a>, key: &str) -> Cow<'a, str> {
    let value = object.get(key).and_then(Value::as_text);
    value.unwrap_or_default()
}

fn elements(array: Option<Value<'_>>) -> impl Iterator<Item = Value<'_>> {
    array.into_iter().flat_map(Value::elements)
}
