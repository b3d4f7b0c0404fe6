//! A diagram as a small picture needs it: boxes and lines, in the diagram's own units.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::json::Value;
use super::view::{CellView, DiagramView};
use super::vocabulary::CellShape;

/// How much is drawn. Beyond that a small picture shows nothing more, and a list has many of them.
const BOXES_MAX: usize = 150;
const LINES_MAX: usize = 250;
const VERTICES_MAX: usize = 30;
/// What lies farther out than this, in pixels, would make the rest invisible.
const FAR: f64 = 100_000.0;

/// What a small picture shows of a diagram, in whole pixels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// The least x of all.
    pub left: i32,
    /// The least y of all.
    pub top: i32,
    /// From there to the greatest x.
    pub width: i32,
    /// From there to the greatest y.
    pub height: i32,
    /// The first 150 boxes, the lowest first.
    pub boxes: Vec<DrawnBox>,
    /// The first 250 lines between and beside them, the lowest first.
    pub lines: Vec<DrawnLine>,
}

/// An element, a boundary or a text, as the rectangle around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawnBox {
    /// What it is.
    pub kind: BoxKind,
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
}

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BoxKind {
    /// An actor.
    Actor,
    /// A process.
    Process,
    /// A data store.
    Store,
    /// A text.
    Text,
    /// A trust boundary.
    Boundary,
    /// A shape that the format does not name.
    Unknown,
}

/// A flow, or a trust boundary that is a curve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawnLine {
    /// Which of the two.
    pub kind: LineKind,
    /// Its ends and, between them, at most 30 points: x and y. An end at a box is the box's middle.
    pub points: Vec<[i32; 2]>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// A data flow.
    Flow,
    /// A trust boundary.
    Boundary,
}

impl Drawing {
    /// The picture of a diagram; nothing when there is nothing in it that has a place.
    #[must_use]
    pub fn of(diagram: DiagramView<'_>) -> Option<Self> {
        let mut boxes = Vec::new();
        let mut middles = HashMap::new();
        for cell in diagram.cells() {
            if let Some(drawn) = DrawnBox::of(cell) {
                middles.insert(cell.id(), drawn.middle());
                boxes.push(drawn);
            }
        }
        boxes.truncate(BOXES_MAX);
        let lines = diagram
            .cells()
            .filter_map(|cell| DrawnLine::of(cell, &middles));
        let lines: Vec<_> = lines.take(LINES_MAX).collect();
        let corners = boxes.iter().flat_map(DrawnBox::corners);
        let points = corners.chain(lines.iter().flat_map(|line| line.points.iter().copied()));
        let [left, top, right, bottom] =
            points.fold(None, |seen, point| Some(around(seen, point)))?;
        Some(Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
            boxes,
            lines,
        })
    }
}

/// The rectangle around what was seen and one more point: left, top, right, bottom.
fn around(seen: Option<[i32; 4]>, [x, y]: [i32; 2]) -> [i32; 4] {
    let [left, top, right, bottom] = seen.unwrap_or([x, y, x, y]);
    [left.min(x), top.min(y), right.max(x), bottom.max(y)]
}

impl DrawnBox {
    fn of(cell: CellView<'_>) -> Option<Self> {
        let kind = match cell.shape() {
            CellShape::Actor => BoxKind::Actor,
            CellShape::Process => BoxKind::Process,
            CellShape::Store => BoxKind::Store,
            CellShape::TextBlock => BoxKind::Text,
            CellShape::BoundaryBox => BoxKind::Boundary,
            CellShape::BoundaryCurve | CellShape::Flow => return None,
            CellShape::Other(_) => BoxKind::Unknown,
        };
        let [x, y] = point(cell.value().get("position"), ["x", "y"])?;
        let [width, height] = point(cell.value().get("size"), ["width", "height"])?;
        (width >= 0 && height >= 0).then_some(Self {
            kind,
            x,
            y,
            width,
            height,
        })
    }

    fn middle(&self) -> [i32; 2] {
        [self.x + self.width / 2, self.y + self.height / 2]
    }

    fn corners(&self) -> [[i32; 2]; 2] {
        [
            [self.x, self.y],
            [self.x + self.width, self.y + self.height],
        ]
    }
}

impl DrawnLine {
    fn of(cell: CellView<'_>, middles: &HashMap<Cow<'_, str>, [i32; 2]>) -> Option<Self> {
        let kind = match cell.shape() {
            CellShape::Flow => LineKind::Flow,
            CellShape::BoundaryCurve => LineKind::Boundary,
            _ => return None,
        };
        let end = |which| {
            let end: Value<'_> = cell.value().get(which)?;
            let at = end.get("cell").and_then(Value::as_text);
            let at = at.and_then(|id| middles.get(&id).copied());
            at.or_else(|| point(Some(end), ["x", "y"]))
        };
        let (source, target) = (end("source")?, end("target")?);
        let between = cell.value().get("vertices");
        let between = between.into_iter().flat_map(Value::elements);
        let between = between.filter_map(|vertex| point(Some(vertex), ["x", "y"]));
        let mut points = vec![source];
        points.extend(between.take(VERTICES_MAX));
        points.push(target);
        Some(Self { kind, points })
    }
}

/// Two members that are numbers, to the nearest whole one; nothing when one is none or too far out.
fn point(holder: Option<Value<'_>>, keys: [&str; 2]) -> Option<[i32; 2]> {
    let [x, y] = keys.map(|key| whole(holder?.get(key)?));
    Some([x?, y?])
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "it is far smaller than the largest i32"
)]
fn whole(value: Value<'_>) -> Option<i32> {
    let number: f64 = value.as_number()?.parse().ok()?;
    (number.abs() <= FAR).then(|| number.round() as i32)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::model::Document;

    fn drawing(cells: &Json) -> Option<Drawing> {
        let model = json!({ "version": "2.0", "summary": { "title": "x" },
            "detail": { "diagrams": [{ "cells": cells }] } });
        let document = Document::parse(model.to_string().into()).unwrap();
        document.diagrams().find_map(Drawing::of)
    }

    fn node(id: &str, shape: &str, x: f64, y: f64) -> Json {
        json!({ "id": id, "shape": shape, "position": { "x": x, "y": y }, "size": { "width": 100, "height": 50 } })
    }

    #[test]
    fn boxes_and_lines_are_where_the_diagram_has_them() {
        let drawn = drawing(&json!([
            node("b", "trust-boundary-box", -10.4, 0.0),
            node("a", "actor", 100.6, 40.0),
            node("p", "process", 300.0, 40.0),
            node("x", "cloud", 0.0, 0.0),
            { "id": "f", "shape": "flow", "source": { "cell": "a", "port": "1" }, "target": { "cell": "p" },
                "vertices": [{ "x": 250, "y": 200 }, { "x": "far" }] },
            { "id": "g", "shape": "edge", "source": { "x": 1, "y": 2 }, "target": { "cell": "p" } },
            { "id": "c", "shape": "trust-boundary-curve", "source": { "x": 0, "y": 0 }, "target": { "x": 9, "y": 9 } },
        ]));
        let sized = |kind, x, y| DrawnBox {
            kind,
            x,
            y,
            width: 100,
            height: 50,
        };
        let line = |kind, points: &[[i32; 2]]| DrawnLine {
            kind,
            points: points.to_vec(),
        };
        let expected = Drawing {
            left: -10,
            top: 0,
            width: 410,
            height: 200,
            boxes: vec![
                sized(BoxKind::Boundary, -10, 0),
                sized(BoxKind::Actor, 101, 40),
                sized(BoxKind::Process, 300, 40),
                sized(BoxKind::Unknown, 0, 0),
            ],
            lines: vec![
                line(LineKind::Flow, &[[151, 65], [250, 200], [350, 65]]),
                line(LineKind::Flow, &[[1, 2], [350, 65]]),
                line(LineKind::Boundary, &[[0, 0], [9, 9]]),
            ],
        };
        assert_eq!(drawn, Some(expected));
    }

    #[test]
    fn what_has_no_place_is_not_drawn() {
        for cell in [
            json!({ "shape": "process" }),
            json!({ "shape": "process", "position": { "x": 1, "y": 2 } }),
            json!({ "shape": "process", "position": { "x": 1, "y": 2 }, "size": { "width": -1, "height": 1 } }),
            node("a", "actor", 1e9, 0.0),
            json!({ "shape": "process", "position": [1, 2], "size": 7 }),
            json!({ "shape": "flow", "source": { "cell": "nowhere" }, "target": { "x": 1, "y": 2 } }),
            json!({ "shape": "flow" }),
        ] {
            assert_eq!(drawing(&json!([cell])), None, "{cell}");
        }
        let huge = r#"{"version":"2.0","summary":{"title":"x"},"detail":{"diagrams":[{"cells":[
            {"shape":"process","position":{"x":1e999,"y":-1e999},"size":{"width":1,"height":1}}]}]}}"#;
        let document = Document::parse(huge.into()).unwrap();
        assert_eq!(document.diagrams().find_map(Drawing::of), None);
    }

    #[test]
    fn no_more_is_drawn_than_a_small_picture_shows() {
        let mut cells: Vec<Json> = (0..10_000)
            .map(|n| node(&format!("n{n}"), "store", 0.0, 0.0))
            .collect();
        let vertices: Vec<_> = (0..100).map(|n| json!({ "x": n, "y": 0 })).collect();
        let flow = json!({ "shape": "flow", "source": { "cell": "n9999" }, "target": { "cell": "n0" }, "vertices": vertices });
        cells.extend((0..300).map(|_| flow.clone()));
        let drawn = drawing(&Json::Array(cells)).unwrap();
        assert_eq!((drawn.boxes.len(), drawn.lines.len()), (150, 250));
        assert_eq!(drawn.lines[0].points.len(), 32);
        assert_eq!(drawn.lines[0].points[0], [50, 25]);
    }
}
