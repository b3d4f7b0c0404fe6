//! Paths through points: smooth as the files' own editor bends them, or straight.

use super::{Path, Point, Segment};

/// Straight from point to point.
pub(super) fn straight(points: &[Point]) -> Path {
    let segments = pairs(points).map(|(from, to)| Segment {
        from,
        to,
        controls: None,
    });
    Path::of(segments.collect())
}

/// Two points: one curve that leaves and arrives along the longer of the two directions.
/// More points: the natural cubic spline through all of them.
pub(super) fn smooth(points: &[Point]) -> Path {
    Path::of(match points {
        [from, to] => vec![bend(*from, *to)],
        _ => spline(points),
    })
}

fn bend(from: Point, to: Point) -> Segment {
    let middle = from.between(to, 0.5);
    let controls = if (to.x - from.x).abs() >= (to.y - from.y).abs() {
        [Point::at(middle.x, from.y), Point::at(middle.x, to.y)]
    } else {
        [Point::at(from.x, middle.y), Point::at(to.x, middle.y)]
    };
    let controls = Some(controls);
    Segment { from, to, controls }
}

fn spline(points: &[Point]) -> Vec<Segment> {
    let across: Vec<_> = points.iter().map(|point| point.x).collect();
    let down: Vec<_> = points.iter().map(|point| point.y).collect();
    let controls = controls(&across).into_iter().zip(controls(&down));
    let segments = pairs(points)
        .zip(controls)
        .map(|((from, to), (x, y))| Segment {
            from,
            to,
            controls: Some([Point::at(x.0, y.0), Point::at(x.1, y.1)]),
        });
    segments.collect()
}

/// The control coordinates, one pair for each segment, so that slope and curvature go on evenly
/// through each knot and the curvature is nought at both ends: a system with three diagonals, solved
/// in two sweeps.
fn controls(knots: &[f64]) -> Vec<(f64, f64)> {
    let count = knots.len().saturating_sub(1);
    let knot = |index: usize| knots.get(index).copied().unwrap_or_default();
    let mut swept: Vec<(f64, f64)> = Vec::with_capacity(count);
    for row in 0..count {
        let (below, diagonal, right) = if row == 0 {
            (0.0, 2.0, knot(0) + 2.0 * knot(1))
        } else if row == count - 1 {
            (2.0, 7.0, 8.0 * knot(row) + knot(row + 1))
        } else {
            (1.0, 4.0, 4.0 * knot(row) + 2.0 * knot(row + 1))
        };
        let (ratio, last) = swept.last().copied().unwrap_or_default();
        let pivot = diagonal - below * ratio;
        swept.push((1.0 / pivot, (right - below * last) / pivot));
    }
    let mut found = Vec::with_capacity(count);
    let mut next: Option<f64> = None;
    for (row, (ratio, value)) in swept.into_iter().enumerate().rev() {
        let first = next.map_or(value, |next| value - ratio * next);
        let second = next.map_or(f64::midpoint(knot(count), first), |next| {
            2.0 * knot(row + 1) - next
        });
        found.push((first, second));
        next = Some(first);
    }
    found.reverse();
    found
}

fn pairs(points: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    let nexts = points.iter().skip(1);
    points.iter().copied().zip(nexts.copied())
}
