//! Routes with right angles: the corners between two ends and the vertices on the way.

use super::{Area, Point};

/// One end of a route: the point it aims at, and the box it must leave or enter.
#[derive(Debug, Clone, Copy)]
pub(super) struct RouteEnd {
    pub(super) point: Point,
    pub(super) area: Option<Area>,
}

/// All points between the two ends: the vertices, and a corner wherever two points are not in line.
pub(super) fn corners(start: RouteEnd, vertices: &[Point], end: RouteEnd) -> Vec<Point> {
    if vertices.is_empty() {
        return direct(start, end);
    }
    let mut route: Vec<Point> = Vec::new();
    let mut from = start.point;
    let mut heading = Point::default();
    for (index, vertex) in vertices.iter().enumerate() {
        if !is_in_line(from, *vertex) {
            route.push(if index == 0 {
                free(from, *vertex, start.area.as_ref())
            } else {
                onward(from, *vertex, heading, None)
            });
        }
        heading = heading_of(route.last().copied().unwrap_or(from), *vertex);
        from = *vertex;
        route.push(*vertex);
    }
    if !is_in_line(from, end.point) {
        route.push(onward(from, end.point, heading, end.area.as_ref()));
    }
    route
}

fn heading_of(from: Point, to: Point) -> Point {
    Point::at(sign(to.x - from.x), sign(to.y - from.y))
}

fn sign(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number.signum() }
}

fn is_in_line(a: Point, b: Point) -> bool {
    a.x - b.x == 0.0 || a.y - b.y == 0.0
}

/// First sideways, then up or down.
fn sideways(from: Point, to: Point) -> Point {
    Point::at(to.x, from.y)
}

/// First up or down, then sideways.
fn upright(from: Point, to: Point) -> Point {
    Point::at(from.x, to.y)
}

fn is_blocked(point: Point, area: Option<&Area>) -> bool {
    area.is_some_and(|area| area.holds(point))
}

/// Straight from end to end: one corner that lies in neither box, else two halfway between the boxes.
fn direct(start: RouteEnd, end: RouteEnd) -> Vec<Point> {
    let (from, to) = (start.point, end.point);
    if is_in_line(from, to) {
        return Vec::new();
    }
    let is_clear = |point: &Point| {
        !is_blocked(*point, start.area.as_ref()) && !is_blocked(*point, end.area.as_ref())
    };
    let mut options = [sideways(from, to), upright(from, to)].into_iter();
    if let Some(corner) = options.find(is_clear) {
        return vec![corner];
    }
    match (start.area, end.area) {
        (Some(a), Some(b)) if !a.overlaps(&b) => halfway(from, to, &a, &b),
        _ => vec![sideways(from, to)],
    }
}

fn halfway(from: Point, to: Point, a: &Area, b: &Area) -> Vec<Point> {
    let is_beside = a.right() <= b.x || b.right() <= a.x;
    if is_beside {
        let x = gap(a.x, a.right(), b.x, b.right());
        vec![Point::at(x, from.y), Point::at(x, to.y)]
    } else {
        let y = gap(a.y, a.bottom(), b.y, b.bottom());
        vec![Point::at(from.x, y), Point::at(to.x, y)]
    }
}

/// The middle of the gap between two stretches of an axis.
fn gap(start_a: f64, end_a: f64, start_b: f64, end_b: f64) -> f64 {
    if end_a <= start_b {
        f64::midpoint(end_a, start_b)
    } else {
        f64::midpoint(end_b, start_a)
    }
}

/// The corner that leaves a box.
fn free(from: Point, to: Point, area: Option<&Area>) -> Point {
    let corner = upright(from, to);
    if is_blocked(corner, area) {
        sideways(from, to)
    } else {
        corner
    }
}

/// The corner that goes on in the present direction where it can, and never turns back.
fn onward(from: Point, to: Point, heading: Point, area: Option<&Area>) -> Point {
    let rank = |corner: Point| {
        let next = heading_of(from, corner);
        let turn = next.x * heading.x + next.y * heading.y;
        turn - if is_blocked(corner, area) { 3.0 } else { 0.0 }
    };
    let (first, second) = (upright(from, to), sideways(from, to));
    if rank(second) > rank(first) {
        second
    } else {
        first
    }
}
