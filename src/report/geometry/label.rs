//! Where the label of a flow or of a boundary curve stands.

use super::{Path, Point};
use crate::report::scene::Offset;

/// The middle of a label. `distance` up to 1 is a part of the path, above 1 a length from its start,
/// below 0 a length from its end.
pub(in super::super) fn label_point(path: &Path, distance: f64, offset: Offset) -> Point {
    let along = along(path, distance);
    let point = path.at(along);
    match offset {
        Offset::Aside(0.0) => point,
        Offset::Aside(aside) => {
            let direction = path.direction(along);
            Point::at(point.x - direction.y * aside, point.y + direction.x * aside)
        }
        Offset::By(by) => Point::at(point.x + by.x, point.y + by.y),
    }
}

fn along(path: &Path, distance: f64) -> f64 {
    if distance < 0.0 {
        path.length() + distance
    } else if distance <= 1.0 {
        distance * path.length()
    } else {
        distance
    }
}
