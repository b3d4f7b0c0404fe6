//! Where a flow meets the outline of an element.

use super::{Area, Point};
use crate::report::scene::Kind;

/// How round the corners of a boundary box are.
pub(in super::super) const CORNER: f64 = 10.0;

/// What flows end at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outline {
    Rectangle,
    Ellipse,
    Rounded,
}

impl Outline {
    pub(super) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Process => Self::Ellipse,
            Kind::BoundaryBox => Self::Rounded,
            _ => Self::Rectangle,
        }
    }

    /// Where the segment from a point to the centre enters the outline of a box turned by `angle`.
    /// From within there is no such place: the segment then ends at the centre.
    pub(super) fn meets(self, area: &Area, angle: f64, from: Point) -> Point {
        let middle = area.centre();
        if !(area.width > 0.0 && area.height > 0.0) {
            return middle;
        }
        let start = from.turned(middle, -angle);
        let entry = self.entry(area, start, middle);
        entry.map_or(middle, |t| from.between(middle, t))
    }

    /// The part of the way from `start` to `end` at which the upright outline is entered.
    fn entry(self, area: &Area, start: Point, end: Point) -> Option<f64> {
        if self == Self::Ellipse {
            let radii = Point::at(area.width / 2.0, area.height / 2.0);
            return ellipse_entry(area.centre(), radii, start, end);
        }
        let t = rectangle_entry(area, start, end);
        if self == Self::Rectangle {
            t
        } else {
            rounded_entry(area, start, end, t)
        }
    }
}

/// Solves |(start + t (end − start) − middle) / radii| = 1 for the smaller t.
fn ellipse_entry(middle: Point, radii: Point, start: Point, end: Point) -> Option<f64> {
    let from = Point::at(
        (start.x - middle.x) / radii.x,
        (start.y - middle.y) / radii.y,
    );
    let step = Point::at((end.x - start.x) / radii.x, (end.y - start.y) / radii.y);
    let a = step.x * step.x + step.y * step.y;
    let b = from.x * step.x + from.y * step.y;
    let discriminant = b * b - a * (from.x * from.x + from.y * from.y - 1.0);
    if a == 0.0 || discriminant < 0.0 {
        return None;
    }
    within((-b - discriminant.sqrt()) / a)
}

fn rectangle_entry(area: &Area, start: Point, end: Point) -> Option<f64> {
    let across = slab(start.x, end.x - start.x, area.x, area.right());
    let down = slab(start.y, end.y - start.y, area.y, area.bottom());
    let enters = across.0.max(down.0);
    (enters <= across.1.min(down.1))
        .then_some(enters)
        .and_then(within)
}

/// Between which parts of the way a coordinate is between `low` and `high`.
fn slab(start: f64, step: f64, low: f64, high: f64) -> (f64, f64) {
    if step == 0.0 {
        let is_inside = start >= low && start <= high;
        let always = (f64::NEG_INFINITY, f64::INFINITY);
        return if is_inside {
            always
        } else {
            (always.1, always.0)
        };
    }
    let (a, b) = ((low - start) / step, (high - start) / step);
    (a.min(b), a.max(b))
}

/// As for the rectangle; what comes through the corner of the rectangle meets the arc in it.
fn rounded_entry(area: &Area, start: Point, end: Point, t: Option<f64>) -> Option<f64> {
    if t.is_none() && !area.holds(start) {
        return None;
    }
    let radius = CORNER.min(area.width / 2.0).min(area.height / 2.0);
    let hit = start.between(end, t.unwrap_or_default());
    let core = Point::at(
        hit.x.clamp(area.x + radius, area.right() - radius),
        hit.y.clamp(area.y + radius, area.bottom() - radius),
    );
    let is_in_corner = (hit.x - core.x) != 0.0 && (hit.y - core.y) != 0.0;
    if is_in_corner {
        ellipse_entry(core, Point::at(radius, radius), start, end)
    } else {
        t
    }
}

fn within(t: f64) -> Option<f64> {
    (0.0..=1.0).contains(&t).then_some(t)
}
