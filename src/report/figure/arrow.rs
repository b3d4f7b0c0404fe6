//! Arrow heads: a triangle whose tip is at the end of a flow, and the line that ends within it.

use crate::report::geometry::{Path, Point, Segment, in_drawing};

const LENGTH: f64 = 12.0;
const HALF_WIDTH: f64 = 5.5;
/// How far the classic head is hollowed from behind.
const HOLLOW: f64 = 3.0;
/// How far before the tip the line ends, so that it does not blunt the tip.
const SHORTER: f64 = 5.0;
/// What is nearer than this is no direction.
const NEAR: f64 = 0.01;

/// A form of head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Block,
    Classic,
}

impl Head {
    /// Its `d` with the tip at `tip`, pointing away from `back`.
    pub(super) fn at(self, tip: Point, back: Point) -> String {
        let length = tip.distance(back);
        let (x, y) = if length == 0.0 {
            (-1.0, 0.0)
        } else {
            ((back.x - tip.x) / length, (back.y - tip.y) / length)
        };
        let place = |along: f64, aside: f64| {
            let across = tip.x + x * along - y * aside;
            let down = tip.y + y * along + x * aside;
            format!("{} {}", in_drawing(across), in_drawing(down))
        };
        let notch = match self {
            Self::Block => String::new(),
            Self::Classic => format!(" L {}", place(LENGTH - HOLLOW, 0.0)),
        };
        let (tip, one, other) = (
            place(0.0, 0.0),
            place(LENGTH, HALF_WIDTH),
            place(LENGTH, -HALF_WIDTH),
        );
        format!("M {tip} L {one}{notch} L {other} Z")
    }
}

/// A point that lies straight behind the end of a path.
pub(super) fn behind_end(path: &Path) -> Point {
    let behind = path.segments.last().and_then(behind);
    behind.unwrap_or_else(|| path.at(path.length() / 2.0))
}

/// A point that lies straight ahead of the start of a path.
pub(super) fn ahead_of_start(path: &Path) -> Point {
    let first = path.segments.first().map(reversed);
    let ahead = first.as_ref().and_then(behind);
    ahead.unwrap_or_else(|| path.at(path.length() / 2.0))
}

/// The path as it is drawn under heads: a little shorter at the ends that have one.
pub(super) fn shortened(path: &Path, start: bool, end: bool) -> Path {
    let mut segments = path.segments.clone();
    if let Some(first) = segments.first_mut().filter(|_| start) {
        *first = reversed(&cut(&reversed(first)));
    }
    if let Some(last) = segments.last_mut().filter(|_| end) {
        *last = cut(last);
    }
    Path::of(segments)
}

/// A segment whose end is drawn back along its own direction, so that it still arrives the same way.
fn cut(segment: &Segment) -> Segment {
    let Some(back) = behind(segment).filter(|_| segment.from.distance(segment.to) >= 2.0 * SHORTER)
    else {
        return *segment;
    };
    let to = segment.to.towards(back, SHORTER);
    let controls = segment.controls.map(|[first, second]| {
        let (x, y) = (to.x - segment.to.x, to.y - segment.to.y);
        [first, Point::at(second.x + x, second.y + y)]
    });
    Segment {
        from: segment.from,
        to,
        controls,
    }
}

fn behind(segment: &Segment) -> Option<Point> {
    let Segment { from, to, controls } = *segment;
    let candidates = controls.map_or([from; 3], |[first, second]| [second, first, from]);
    candidates
        .into_iter()
        .find(|point| point.distance(to) > NEAR)
}

fn reversed(Segment { from, to, controls }: &Segment) -> Segment {
    Segment {
        from: *to,
        to: *from,
        controls: controls.map(|[first, second]| [second, first]),
    }
}
