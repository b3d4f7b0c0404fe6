//! A path of straight and curved segments, measured by the straight pieces that it is cut into.

use std::fmt::Write as _;

use super::{Area, Point};

/// Into how many straight pieces a curve is cut to be measured.
const PIECES: u8 = 16;

/// A straight segment, or a cubic curve with two control points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Segment {
    pub(in super::super) from: Point,
    pub(in super::super) to: Point,
    pub(in super::super) controls: Option<[Point; 2]>,
}

/// Segments, each from where the last one ends.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Path {
    pub(in super::super) segments: Vec<Segment>,
    /// The ends of the straight pieces, and how far along the path each is.
    ends: Vec<(Point, f64)>,
}

impl Path {
    pub(in super::super) fn of(segments: Vec<Segment>) -> Self {
        let ends = measured(&segments);
        Self { segments, ends }
    }

    /// As the `d` of an SVG path.
    pub(in super::super) fn d(&self) -> String {
        let mut d = String::new();
        let place = |Point { x, y }: Point| format!("{} {}", in_drawing(x), in_drawing(y));
        if let Some(first) = self.segments.first() {
            d = format!("M {}", place(first.from));
        }
        for segment in &self.segments {
            let to = place(segment.to);
            let written = match segment.controls {
                None => write!(d, " L {to}"),
                Some([one, other]) => write!(d, " C {} {} {to}", place(one), place(other)),
            };
            written.expect("writing to a string does not fail");
        }
        d
    }

    pub(in super::super) fn length(&self) -> f64 {
        self.ends.last().map_or(0.0, |(_, along)| *along)
    }

    /// The box around the path as it is drawn; nothing when there is nothing of it.
    pub(in super::super) fn bounds(&self) -> Option<Area> {
        Area::around(self.ends.iter().map(|(point, _)| *point))
    }

    /// The point at a distance along the path; beyond its ends, the end.
    pub(in super::super) fn at(&self, along: f64) -> Point {
        let (from, to, t) = self.piece(along);
        from.between(to, t)
    }

    /// The direction of travel at a distance along the path, of length 1; to the right where there
    /// is none.
    pub(super) fn direction(&self, along: f64) -> Point {
        let (from, to, _) = self.piece(along);
        let length = from.distance(to);
        if length == 0.0 {
            return Point::at(1.0, 0.0);
        }
        Point::at((to.x - from.x) / length, (to.y - from.y) / length)
    }

    /// The ends of the piece that holds a distance along the path, and the part of it that lies
    /// before.
    fn piece(&self, along: f64) -> (Point, Point, f64) {
        let after = self.ends.get(1..).unwrap_or_default();
        let before = after.partition_point(|(_, end)| *end < along);
        let index = before.min(after.len().saturating_sub(1));
        let Some((from, start)) = self.ends.get(index).copied() else {
            return (Point::default(), Point::default(), 0.0);
        };
        let (to, end) = self.ends.get(index + 1).copied().unwrap_or((from, start));
        let piece = end - start;
        let t = if piece == 0.0 {
            0.0
        } else {
            ((along - start) / piece).clamp(0.0, 1.0)
        };
        (from, to, t)
    }
}

impl Segment {
    /// The point at `t`, from 0 to 1.
    fn at(&self, t: f64) -> Point {
        let Self { from, to, controls } = self;
        let Some([one, other]) = controls else {
            return from.between(*to, t);
        };
        let rest = 1.0 - t;
        let parts = [
            (rest * rest * rest, from),
            (3.0 * rest * rest * t, one),
            (3.0 * rest * t * t, other),
            (t * t * t, to),
        ];
        let added = |sum: Point, (part, point): (f64, &Point)| {
            Point::at(sum.x + part * point.x, sum.y + part * point.y)
        };
        parts.into_iter().fold(Point::default(), added)
    }
}

fn measured(segments: &[Segment]) -> Vec<(Point, f64)> {
    let Some(first) = segments.first() else {
        return Vec::new();
    };
    let mut ends = vec![(first.from, 0.0)];
    let (mut last, mut along) = (first.from, 0.0);
    for segment in segments {
        let pieces = if segment.controls.is_some() {
            PIECES
        } else {
            1
        };
        for piece in 1..=pieces {
            let point = segment.at(f64::from(piece) / f64::from(pieces));
            along += last.distance(point);
            last = point;
            ends.push((point, along));
        }
    }
    ends
}

/// A number as it is written in a drawing: to a thousandth.
pub(in super::super) fn in_drawing(value: f64) -> f64 {
    // Halves go up, as they do in the browser; without the addition there would be a -0.
    (value * 1000.0 + 0.5).floor() / 1000.0 + 0.0
}
