//! A diagram as it is drawn: each cell read once, and found by its id.
//!
//! What is missing or of a wrong kind reads as nothing, as in the browser app, which draws the same.

use std::borrow::Cow;
use std::collections::HashMap;

use super::geometry::{Point, Size};
use crate::model::json::{Kind as JsonKind, Value};
use crate::model::{CellShape, CellView, DiagramView, Severity, ThreatView};

/// What is said to be farther off than this, in pixels, is nowhere: it could not be drawn.
const FARTHEST: f64 = 1e7;
/// The parts of a label that may hold its text: three generations of them.
const LABEL_PARTS: [&str; 3] = ["label", "labelText", "text"];

/// A diagram's cells.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    /// As the file has them.
    pub(super) cells: Vec<Cell<'a>>,
    by_id: HashMap<Cow<'a, str>, usize>,
}

/// A cell.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    pub(super) value: Value<'a>,
    pub(super) shape: Cow<'a, str>,
    pub(super) kind: Kind,
    /// What is higher is drawn over what is lower.
    pub(super) level: f64,
    /// The upper left corner; none for flows and curves.
    pub(super) position: Option<Point>,
    pub(super) size: Option<Size>,
    /// Degrees clockwise.
    pub(super) angle: f64,
    pub(super) source: End<'a>,
    pub(super) target: End<'a>,
    pub(super) vertices: Vec<Point>,
    pub(super) route: Route,
    pub(super) label: Label<'a>,
    /// What a reader calls it: flows of old files have only the text that is drawn.
    pub(super) name: Cow<'a, str>,
    pub(super) open_threats: usize,
    /// The gravest of its open threats.
    pub(super) worst: Severity,
    pub(super) out_of_scope: bool,
    pub(super) bidirectional: bool,
}

/// What a cell is. The two unknown ones are drawn as placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Actor,
    Process,
    Store,
    Text,
    BoundaryBox,
    BoundaryCurve,
    Flow,
    UnknownNode,
    UnknownEdge,
}

/// Where a flow ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum End<'a> {
    /// At a cell, and at one of its ports.
    Cell(Cow<'a, str>, Option<Cow<'a, str>>),
    Point(Point),
    /// Nowhere that the file says.
    Loose,
}

/// How a flow runs between its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    Smooth,
    Straight,
    Orthogonal,
}

/// A text on a flow, and where on its way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label<'a> {
    pub(super) text: Cow<'a, str>,
    /// From 0 to 1 a share of the way; above 1 pixels from the start; below 0 from the end.
    pub(super) distance: f64,
    pub(super) offset: Offset,
}

/// How far from its way a label stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Offset {
    /// Pixels to the right of the direction of travel.
    Aside(f64),
    By(Point),
}

impl<'a> Scene<'a> {
    pub(super) fn of(diagram: DiagramView<'a>) -> Self {
        let cells: Vec<_> = diagram.cells().map(Cell::of).collect();
        let mut by_id = HashMap::new();
        for (place, cell) in diagram.cells().enumerate() {
            by_id.entry(cell.id()).or_insert(place);
        }
        Self { cells, by_id }
    }

    /// The place of the first cell with this id.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn cell(&self, place: usize) -> Option<&Cell<'a>> {
        self.cells.get(place)
    }
}

impl Kind {
    fn of(shape: &CellShape, has_ends: bool) -> Self {
        match shape {
            CellShape::Actor => Self::Actor,
            CellShape::Process => Self::Process,
            CellShape::Store => Self::Store,
            CellShape::TextBlock => Self::Text,
            CellShape::BoundaryBox => Self::BoundaryBox,
            CellShape::BoundaryCurve => Self::BoundaryCurve,
            CellShape::Flow => Self::Flow,
            CellShape::Other(_) if has_ends => Self::UnknownEdge,
            CellShape::Other(_) => Self::UnknownNode,
        }
    }

    /// What a cell is.
    pub(super) fn of_cell(cell: CellView<'_>) -> Self {
        let has_end = |end| cell.value().get(end).map(Value::kind) == Some(JsonKind::Object);
        Self::of(&cell.shape(), has_end("source") || has_end("target"))
    }

    /// Whether it is something that threats are recorded for.
    pub(super) fn has_threats(self) -> bool {
        matches!(self, Self::Actor | Self::Process | Self::Store | Self::Flow)
    }

    /// Whether it runs between two ends.
    pub(super) fn is_edge(self) -> bool {
        matches!(self, Self::Flow | Self::BoundaryCurve | Self::UnknownEdge)
    }
}

impl<'a> Cell<'a> {
    pub(super) fn of(cell: CellView<'a>) -> Self {
        let value = cell.value();
        let label = Label::of(value);
        let name = Some(cell.name()).filter(|name| !name.is_empty());
        let open = || cell.threats().filter(|threat| threat.is_open());
        Self {
            value,
            shape: text(Some(value), "shape"),
            kind: Kind::of_cell(cell),
            level: measure(value.get("zIndex")).unwrap_or_default(),
            position: point(value.get("position")),
            size: size(value.get("size")),
            angle: measure(value.get("angle")).unwrap_or_default(),
            source: End::of(value.get("source")),
            target: End::of(value.get("target")),
            vertices: elements(value.get("vertices"))
                .filter_map(|each| point(Some(each)))
                .collect(),
            route: Route::of(value),
            name: name.unwrap_or_else(|| label.text.clone()),
            label,
            open_threats: open().count(),
            worst: open()
                .map(ThreatView::severity)
                .max_by_key(gravity)
                .unwrap_or(Severity::Undecided),
            out_of_scope: cell.says("outOfScope"),
            bidirectional: cell.says("isBidirectional"),
        }
    }

    /// A text of how the file draws a part of it.
    pub(super) fn drawn_text(&self, part: &str, key: &str) -> Option<Cow<'a, str>> {
        self.drawn(part, key).and_then(Value::as_text)
    }

    /// What the file says of how a part of it is drawn.
    pub(super) fn drawn(&self, part: &str, key: &str) -> Option<Value<'a>> {
        self.value.get("attrs")?.get(part)?.get(key)
    }
}

/// How grave a severity is; one that is not known counts as undecided.
fn gravity(severity: &Severity) -> u8 {
    match severity {
        Severity::Critical => 4,
        Severity::High => 3,
        Severity::Medium => 2,
        Severity::Low => 1,
        Severity::Undecided | Severity::Other(_) => 0,
    }
}

impl<'a> End<'a> {
    fn of(value: Option<Value<'a>>) -> Self {
        let cell = text(value, "cell");
        if cell.is_empty() {
            return point(value).map_or(Self::Loose, Self::Point);
        }
        let port = Some(text(value, "port")).filter(|port| !port.is_empty());
        Self::Cell(cell, port)
    }
}

impl Route {
    /// A connector or router may be a name, or an object with one.
    fn of(cell: Value<'_>) -> Self {
        let named = |key| {
            let value = cell.get(key);
            let name = value.and_then(Value::as_text);
            name.unwrap_or_else(|| text(value, "name"))
        };
        match named("router").as_ref() {
            "" | "normal" if named("connector") == "smooth" => Self::Smooth,
            "" | "normal" => Self::Straight,
            _ => Self::Orthogonal,
        }
    }
}

impl<'a> Label<'a> {
    fn of(cell: Value<'a>) -> Self {
        let first = elements(cell.get("labels")).next();
        let of_part = |part| first?.get("attrs")?.get(part)?.get("text");
        let own = ["/attrs/text/text", "/attrs/label/text", "/label"];
        let texts = std::iter::once(first).chain(LABEL_PARTS.map(of_part));
        let texts = texts.chain(own.map(|at| cell.pointer(at))).flatten();
        let mut texts = texts.filter_map(Value::as_text);
        let position = first.and_then(|label| label.get("position"));
        let within = |key| position.and_then(|position| position.get(key));
        Self {
            text: texts.find(|text| !text.is_empty()).unwrap_or_default(),
            distance: measure(position)
                .or_else(|| measure(within("distance")))
                .unwrap_or(0.5),
            offset: Offset::of(within("offset")),
        }
    }
}

impl Offset {
    pub(super) const NONE: Self = Self::Aside(0.0);

    fn of(value: Option<Value<'_>>) -> Self {
        let aside = measure(value).map(Self::Aside);
        aside
            .or_else(|| point(value).map(Self::By))
            .unwrap_or(Self::NONE)
    }
}

/// A text member; an empty one where there is none.
pub(super) fn text<'a>(object: Option<Value<'a>>, key: &str) -> Cow<'a, str> {
    let value = object.and_then(|object| object.get(key));
    value.and_then(Value::as_text).unwrap_or_default()
}

pub(super) fn elements(array: Option<Value<'_>>) -> impl Iterator<Item = Value<'_>> {
    array.into_iter().flat_map(Value::elements)
}

/// A number of pixels or degrees that can be drawn.
pub(super) fn measure(value: Option<Value<'_>>) -> Option<f64> {
    let number: f64 = value?.as_number()?.parse().ok()?;
    (number.abs() <= FARTHEST).then_some(number)
}

fn point(value: Option<Value<'_>>) -> Option<Point> {
    let [x, y] = ["x", "y"].map(|key| measure(value?.get(key)));
    Some(Point { x: x?, y: y? })
}

fn size(value: Option<Value<'_>>) -> Option<Size> {
    let [width, height] = ["width", "height"].map(|key| measure(value?.get(key)));
    Some(Size {
        width: width?,
        height: height?,
    })
}
