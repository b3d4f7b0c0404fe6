//! What lies in which trust boundary, and which flow crosses which.

use fixedbitset::FixedBitSet;

use super::Things;
use crate::model::json::Value;
use crate::model::{CellShape, CellView, Frame};
use crate::suggest::expression::{Fact, Relation};

/// How many pairs of a boundary and something else are looked at, so that a file made for it cannot
/// keep the rules busy for long: 100 boundaries around 10,000 things are half of it.
const LOOKS_MAX: usize = 2_000_000;
/// How many bends of a line are looked at.
const BENDS_MAX: usize = 16;
/// What a look at a curve costs beside one at a box.
const CURVE_COST: usize = 32;

/// A trust boundary. What is in how many would be pairs without end, so that sets are kept.
#[derive(Debug)]
pub(in crate::suggest) struct Zone {
    /// The boundary's place.
    pub(in crate::suggest) boundary: usize,
    /// What lies in it, where it is a box.
    pub(in crate::suggest) within: FixedBitSet,
    /// The flows that cross it.
    pub(in crate::suggest) crossed: FixedBitSet,
}

/// The boundaries.
pub(super) fn of(things: &Things<'_>) -> Vec<Zone> {
    let frames: Vec<_> = things
        .cells()
        .iter()
        .map(|cell| Frame::of(cell.value()))
        .collect();
    let mut looks = LOOKS_MAX;
    let mut zones = Vec::new();
    let boundaries = things.with(Fact::Boundary).ones();
    for (boundary, cell) in boundaries.filter_map(|at| Some((at, things.cell(at)?))) {
        let is_curve = cell.shape() == CellShape::BoundaryCurve;
        let cost = things.cells().len() * if is_curve { CURVE_COST } else { 1 };
        let Some(left) = looks.checked_sub(cost) else {
            break;
        };
        looks = left;
        let (mut within, mut crossed) = (things.none(), things.none());
        if is_curve {
            let curve = line(cell, None, None);
            let flows = things.with(Fact::Flow).ones();
            crossed.extend(flows.filter(|flow| meet(&line_of(things, *flow, &frames), &curve)));
        } else if let Some(around) = frames.get(boundary).copied().flatten() {
            within = content(boundary, &around, &frames);
            crossed.extend(leaving(things, &within));
        }
        zones.push(Zone {
            boundary,
            within,
            crossed,
        });
    }
    zones
}

/// What lies wholly in a box.
fn content(boundary: usize, around: &Frame, frames: &[Option<Frame>]) -> FixedBitSet {
    let mut within = FixedBitSet::with_capacity(frames.len());
    for (at, frame) in frames.iter().enumerate() {
        if at != boundary && frame.as_ref().is_some_and(|frame| around.contains(frame)) {
            within.insert(at);
        }
    }
    within
}

/// The flows that have exactly one end among these.
fn leaving(things: &Things<'_>, within: &FixedBitSet) -> impl Iterator<Item = usize> {
    let ends = |relation, flow| things.next(relation, flow).next();
    things.with(Fact::Flow).ones().filter(move |flow| {
        let source = ends(Relation::Source, *flow);
        let target = ends(Relation::Target, *flow);
        match (source, target) {
            (Some(source), Some(target)) => within.contains(source) != within.contains(target),
            _ => false,
        }
    })
}

type Point = (f64, f64);

fn line_of(things: &Things<'_>, flow: usize, frames: &[Option<Frame>]) -> Vec<Point> {
    let centre = |relation| {
        let end = things.next(relation, flow).next()?;
        Some(frames.get(end)?.as_ref()?.centre())
    };
    let (source, target) = (centre(Relation::Source), centre(Relation::Target));
    let cell = things.cell(flow);
    cell.map(|cell| line(cell, source, target))
        .unwrap_or_default()
}

/// The points of a flow or a curve: its ends where they stand, or the points that it ends at itself.
fn line(cell: CellView<'_>, source: Option<Point>, target: Option<Point>) -> Vec<Point> {
    let value = cell.value();
    let end = |key| value.get(key).and_then(point);
    let bends = value.get("vertices").into_iter().flat_map(Value::elements);
    let bends = bends.take(BENDS_MAX).filter_map(point);
    let source = source.or_else(|| end("source"));
    let target = target.or_else(|| end("target"));
    source.into_iter().chain(bends).chain(target).collect()
}

fn point(value: Value<'_>) -> Option<Point> {
    let number = |key| {
        let number = value.get(key)?.as_number()?.parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    };
    Some((number("x")?, number("y")?))
}

/// Whether two lines have a point in common.
fn meet(one: &[Point], other: &[Point]) -> bool {
    stretches(one).any(|(a, b)| stretches(other).any(|(c, d)| cut(a, b, c, d)))
}

/// Each point of a line with the next.
fn stretches(line: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    line.iter().copied().zip(line.iter().copied().skip(1))
}

/// Whether the stretch from `a` to `b` and that from `c` to `d` cut each other.
fn cut(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side =
        |p: Point, q: Point, r: Point| (q.0 - p.0).mul_add(r.1 - p.1, -(q.1 - p.1) * (r.0 - p.0));
    (side(a, b, c) > 0.0) != (side(a, b, d) > 0.0) && (side(c, d, a) > 0.0) != (side(c, d, b) > 0.0)
}
