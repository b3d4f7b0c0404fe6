//! What is drawn of a flow, a boundary curve, or a connection of an unknown kind.

use super::arrow::{Head, ahead_of_start, behind_end, shortened};
use super::lettering::{area_around, centred};
use super::paint::{Paint, Token};
use super::parts::{Figure, Part, Role, Shape, frame};
use super::stroke::Stroke;
use crate::model::json::Value;
use crate::report::geometry::{Area, FONT_SIZE, FlowPath, Path, Point, label_point, lines};
use crate::report::scene::{Cell, Kind, text};

const LABEL_MARGIN: f64 = 3.0;
const LOOSE_RADIUS: f64 = 5.0;
/// How far heads and strokes reach beyond the path.
const REACH: f64 = 6.0;

/// The figure of a cell with ends. `shifted`: where the middle of its label is, when not where the
/// flow says.
pub(super) fn figure(cell: &Cell<'_>, flow: &FlowPath, shifted: Option<Point>) -> Figure {
    let path = &flow.path;
    let stroke = stroke(cell);
    let (source, target) = (source_head(cell), target_head(cell));
    let drawn = shortened(path, source.is_some(), target.is_some());
    let line = stroke.shape(
        "path",
        Role::Line,
        vec![("d", drawn.d().into())],
        Paint::None,
    );
    let mut shapes = vec![line];
    let ends = [flow.start, flow.end].into_iter().zip(flow.loose);
    shapes.extend(
        ends.filter(|(_, is_loose)| *is_loose)
            .map(|(end, _)| ring(end)),
    );
    let heads = [
        source.map(|head| head.at(flow.start, ahead_of_start(path))),
        target.map(|head| head.at(flow.end, behind_end(path))),
    ];
    shapes.extend(heads.into_iter().flatten().map(|d| marker(d, &stroke)));
    let mut parts: Vec<_> = shapes.into_iter().map(Part::Shape).collect();
    let label = label(cell, path, shifted).map(|(ground, words, area)| {
        parts.extend([ground, words]);
        area
    });
    let around = path.bounds().map(|bounds| bounds.grown(REACH));
    Figure {
        at: Point::default(),
        turn: None,
        parts,
        bounds: Area::union([around, label].into_iter().flatten()),
        label,
    }
}

/// The end at the source has a head when the file draws one, or the flow goes both ways.
fn source_head(cell: &Cell<'_>) -> Option<Head> {
    let stored = cell.drawn("line", "sourceMarker").and_then(stored_head);
    let head = stored.or(cell.bidirectional.then_some(Head::Block));
    head.filter(|_| cell.kind == Kind::Flow)
}

/// The end at the target has a head unless the file draws none there.
fn target_head(cell: &Cell<'_>) -> Option<Head> {
    let stored = cell.drawn("line", "targetMarker");
    let head = stored.map_or(Some(Head::Block), stored_head);
    head.filter(|_| cell.kind == Kind::Flow)
}

fn stored_head(stored: Value<'_>) -> Option<Head> {
    let name = stored
        .as_text()
        .unwrap_or_else(|| text(Some(stored), "name"));
    match name.as_ref() {
        "" => None,
        "classic" => Some(Head::Classic),
        _ => Some(Head::Block),
    }
}

fn stroke(cell: &Cell<'_>) -> Stroke {
    match cell.kind {
        Kind::Flow => Stroke::of(cell, "line"),
        Kind::BoundaryCurve => Stroke::of_boundary(cell, "line"),
        _ => Stroke::of_placeholder(""),
    }
}

fn marker(d: String, stroke: &Stroke) -> Shape {
    Shape {
        tag: "path",
        role: Role::Marker,
        attributes: vec![("d", d.into())],
        fill: stroke.paint.clone(),
        stroke: Paint::None,
    }
}

fn ring(Point { x, y }: Point) -> Shape {
    Shape {
        tag: "circle",
        role: Role::LooseEnd,
        attributes: vec![
            ("cx", x.into()),
            ("cy", y.into()),
            ("r", LOOSE_RADIUS.into()),
            ("stroke-width", 1.0.into()),
            ("stroke-dasharray", "2 2".into()),
        ],
        fill: Paint::None,
        stroke: Paint::Theme(Token::InkSoft),
    }
}

/// The ground under a label, the label, and the room of both.
fn label(cell: &Cell<'_>, path: &Path, shifted: Option<Point>) -> Option<(Part, Part, Area)> {
    let unknown = if cell.kind == Kind::UnknownEdge {
        cell.shape.as_ref()
    } else {
        ""
    };
    let texts = [cell.label.text.as_ref(), cell.name.as_ref(), unknown];
    let words = texts.into_iter().find(|text| !text.is_empty())?;
    let block = lines(words, FONT_SIZE);
    let middle =
        shifted.unwrap_or_else(|| label_point(path, cell.label.distance, cell.label.offset));
    let area = area_around(&block, middle).grown(LABEL_MARGIN);
    let mut place = frame(&area);
    place.push(("rx", LABEL_MARGIN.into()));
    let ground = Shape {
        tag: "rect",
        role: Role::LabelGround,
        attributes: place,
        fill: Paint::Theme(Token::Surface),
        stroke: Paint::None,
    };
    Some((Part::Shape(ground), centred(block, middle), area))
}
