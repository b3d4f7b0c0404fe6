//! Where a flow or a boundary curve runs: from outline to outline, through its vertices.

use super::orthogonal::{RouteEnd, corners};
use super::outline::Outline;
use super::parallel::bends;
use super::ports::port_point;
use super::spline::{smooth, straight};
use super::{Area, Path, Point};
use crate::report::scene::{Cell, End, Route, Scene};

/// How long a flow is drawn whose other end is nowhere.
const STUB: f64 = 120.0;
/// How far out of the corner of its element a loop goes; each further loop as much more.
const LOOP: f64 = 30.0;
/// How far before the corner a loop leaves its element: this part of the shorter side, of 100 at the
/// most.
const LOOP_START: f64 = 0.25;
/// The ends of a loop with one vertex are this many degrees to each side of it, seen from the centre.
const LOOP_SPREAD: f64 = 18.0;

/// Where a flow runs.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct FlowPath {
    pub(in super::super) path: Path,
    pub(in super::super) start: Point,
    pub(in super::super) end: Point,
    /// Whether the start, and the end, is tied to nothing that is in the diagram and has no place.
    pub(in super::super) loose: [bool; 2],
}

/// What an end aims at.
#[derive(Clone, Copy)]
struct Anchor<'s, 'a> {
    point: Point,
    /// The element whose outline the flow meets; none for a port or a plain point.
    node: Option<(&'s Cell<'a>, Area)>,
}

/// The paths of all cells with ends, by place.
pub(in super::super) fn flows(scene: &Scene<'_>) -> Vec<Option<FlowPath>> {
    let bends = bends(&scene.cells);
    let layout = Layout { scene, bends };
    let places = 0..scene.cells.len();
    places.map(|place| layout.laid_out(place, false)).collect()
}

struct Layout<'s, 'a> {
    scene: &'s Scene<'a>,
    bends: Vec<f64>,
}

impl<'s, 'a> Layout<'s, 'a> {
    /// Where a cell runs; nothing for one that stands. With `nested`, for the sake of another flow.
    fn laid_out(&self, place: usize, nested: bool) -> Option<FlowPath> {
        let cell = self.scene.cell(place).filter(|cell| cell.kind.is_edge())?;
        let bend = self.bends.get(place).copied().unwrap_or_default();
        let source = self.anchor(place, &cell.source, nested);
        let target = self.anchor(place, &cell.target, nested);
        if let (Some((one, area)), Some((other, _))) = (
            source.and_then(|end| end.node),
            target.and_then(|end| end.node),
        ) && std::ptr::eq(one, other)
        {
            return Some(around_corner(cell, one, area, bend));
        }
        let mut vertices = cell.vertices.clone();
        let (from, to) = settled(source, target, &mut vertices);
        if vertices.is_empty() && bend != 0.0 {
            vertices.push(aside(from.point, to.point, bend));
        }
        let route = match cell.route {
            Route::Orthogonal => corners(from.into(), &vertices, to.into()),
            Route::Smooth | Route::Straight => vertices,
        };
        let start = from.met(route.first().copied().unwrap_or(to.point));
        let end = to.met(route.last().copied().unwrap_or(from.point));
        Some(FlowPath {
            path: through(cell, start, &route, end),
            start,
            end,
            loose: [source.is_none(), target.is_none()],
        })
    }

    fn anchor(&self, flow: usize, end: &End<'_>, nested: bool) -> Option<Anchor<'s, 'a>> {
        let plain = |point| Anchor { point, node: None };
        let (id, port) = match end {
            End::Loose => return None,
            End::Point(point) => return Some(plain(*point)),
            End::Cell(id, port) => (id, port),
        };
        let place = self.scene.place(id).filter(|place| *place != flow)?;
        let cell = self.scene.cell(place)?;
        if cell.kind.is_edge() {
            // A flow that ends at another ends in the middle of it; one that hangs on a third there is
            // not followed.
            let other = (!nested).then(|| self.laid_out(place, true))??;
            return Some(plain(other.path.at(other.path.length() / 2.0)));
        }
        let area = Area::of(cell)?;
        let port = port.as_deref().and_then(|port| port_point(cell, port));
        Some(port.map_or_else(
            || Anchor {
                point: area.centre(),
                node: Some((cell, area)),
            },
            plain,
        ))
    }
}

impl Anchor<'_, '_> {
    /// Where a flow that comes from a point ends.
    fn met(&self, from: Point) -> Point {
        self.node.map_or(self.point, |(cell, area)| {
            Outline::of(cell.kind).meets(&area, cell.angle, from)
        })
    }
}

impl From<Anchor<'_, '_>> for RouteEnd {
    fn from(anchor: Anchor<'_, '_>) -> Self {
        Self {
            point: anchor.point,
            area: anchor.node.map(|(_, area)| area),
        }
    }
}

fn through(cell: &Cell<'_>, start: Point, route: &[Point], end: Point) -> Path {
    let points: Vec<_> = [&[start], route, &[end]].concat();
    match cell.route {
        Route::Smooth => smooth(&points),
        Route::Straight | Route::Orthogonal => straight(&points),
    }
}

/// Both ends with a place: a loose end is at the outermost vertex, else a little way from the other
/// end.
fn settled<'s, 'a>(
    source: Option<Anchor<'s, 'a>>,
    target: Option<Anchor<'s, 'a>>,
    vertices: &mut Vec<Point>,
) -> (Anchor<'s, 'a>, Anchor<'s, 'a>) {
    let plain = |point| Anchor { point, node: None };
    let from = source.unwrap_or_else(|| {
        let first = (!vertices.is_empty()).then(|| vertices.remove(0));
        plain(first.unwrap_or_else(|| beside(target, -1.0)))
    });
    let to =
        target.unwrap_or_else(|| plain(vertices.pop().unwrap_or_else(|| beside(Some(from), 1.0))));
    (from, to)
}

fn beside(other: Option<Anchor<'_, '_>>, direction: f64) -> Point {
    let Some(other) = other else {
        return Point::default();
    };
    let reach = other.node.map_or(0.0, |(_, area)| area.width / 2.0) + STUB;
    Point::at(other.point.x + direction * reach, other.point.y)
}

/// A point beside the middle of the way, to the right of its direction.
fn aside(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to);
    let middle = from.between(to, 0.5);
    if length == 0.0 {
        return middle;
    }
    Point::at(
        middle.x - ((to.y - from.y) / length) * by,
        middle.y + ((to.x - from.x) / length) * by,
    )
}

/// A flow from an element to itself, round its upper right corner unless it has vertices.
fn around_corner(cell: &Cell<'_>, node: &Cell<'_>, area: Area, bend: f64) -> FlowPath {
    let middle = area.centre();
    let anchor = Anchor {
        point: middle,
        node: Some((node, area)),
    };
    let vertices = if cell.vertices.is_empty() {
        round_corner(&area, LOOP + bend)
    } else {
        cell.vertices.clone()
    };
    let route = match cell.route {
        Route::Orthogonal => corners(anchor.into(), &vertices, anchor.into()),
        Route::Smooth | Route::Straight => vertices,
    };
    let spread = if route.len() == 1 { LOOP_SPREAD } else { 0.0 };
    let met = |vertex: Option<&Point>, by| {
        anchor.met(vertex.copied().unwrap_or(middle).turned(middle, by))
    };
    let (start, end) = (met(route.first(), -spread), met(route.last(), spread));
    FlowPath {
        path: through(cell, start, &route, end),
        start,
        end,
        loose: [false, false],
    }
}

fn round_corner(area: &Area, out: f64) -> Vec<Point> {
    let before = area.width.min(area.height).min(100.0) * LOOP_START;
    let (right, top) = (area.right(), area.y - out);
    vec![
        Point::at(right - before, top),
        Point::at(right + out, top),
        Point::at(right + out, area.y + before),
    ]
}
