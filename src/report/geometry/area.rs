//! Upright boxes: where an element is, what holds what, what lies around several.

use super::Point;
use crate::report::scene::{Cell, Kind};

/// An upright box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Area {
    /// Its left edge.
    pub(in super::super) x: f64,
    /// Its upper edge.
    pub(in super::super) y: f64,
    pub(in super::super) width: f64,
    pub(in super::super) height: f64,
}

/// How large something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Size {
    pub(in super::super) width: f64,
    pub(in super::super) height: f64,
}

impl Area {
    /// The box of an element before it is turned; nothing for what has no place, such as a flow.
    pub(in super::super) fn of(cell: &Cell<'_>) -> Option<Self> {
        cell.position.map(|at| Self::sized(at, size(cell)))
    }

    /// The box of an element without a place: at the origin, so that it can be found.
    pub(in super::super) fn unplaced(cell: &Cell<'_>) -> Self {
        Self::sized(Point::default(), size(cell))
    }

    fn sized(Point { x, y }: Point, Size { width, height }: Size) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    pub(in super::super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(in super::super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(in super::super) fn centre(&self) -> Point {
        Point::at(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The smallest box around all points; nothing around none.
    pub(super) fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let Point { x, y } = points.next()?;
        let (mut left, mut top, mut right, mut bottom) = (x, y, x, y);
        for Point { x, y } in points {
            left = left.min(x);
            top = top.min(y);
            right = right.max(x);
            bottom = bottom.max(y);
        }
        Some(Self {
            x: left,
            y: top,
            width: right - left,
            height: bottom - top,
        })
    }

    /// The smallest box around all boxes; nothing around none.
    pub(in super::super) fn union(boxes: impl IntoIterator<Item = Self>) -> Option<Self> {
        let corners = |each: Self| {
            [
                Point::at(each.x, each.y),
                Point::at(each.right(), each.bottom()),
            ]
        };
        Self::around(boxes.into_iter().flat_map(corners))
    }

    /// Whether a point lies in it; on the border still counts as in.
    pub(super) fn holds(&self, Point { x, y }: Point) -> bool {
        x >= self.x && y >= self.y && x <= self.right() && y <= self.bottom()
    }

    /// Whether both share more than a border.
    pub(in super::super) fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// With so much more on each side.
    pub(in super::super) fn grown(&self, margin: f64) -> Self {
        Self {
            x: self.x - margin,
            y: self.y - margin,
            width: self.width + 2.0 * margin,
            height: self.height + 2.0 * margin,
        }
    }

    /// The upright box around this one turned about its centre.
    pub(in super::super) fn turned(&self, angle: f64) -> Self {
        if angle == 0.0 {
            return *self;
        }
        let middle = self.centre();
        let corners = [
            Point::at(self.x, self.y),
            Point::at(self.right(), self.y),
            Point::at(self.right(), self.bottom()),
            Point::at(self.x, self.bottom()),
        ];
        let turned = corners.map(|corner| corner.turned(middle, angle));
        Self::around(turned).unwrap_or(*self)
    }
}

/// How large an element is drawn: as its file says, or as usual where that cannot be drawn.
fn size(cell: &Cell<'_>) -> Size {
    let own = cell
        .size
        .filter(|size| size.width > 0.0 && size.height > 0.0);
    own.unwrap_or_else(|| usual(cell.kind))
}

fn usual(kind: Kind) -> Size {
    let (width, height) = match kind {
        Kind::Actor | Kind::Text | Kind::UnknownNode => (150.0, 80.0),
        Kind::Process => (100.0, 100.0),
        Kind::Store => (150.0, 75.0),
        Kind::BoundaryBox => (500.0, 400.0),
        Kind::Flow | Kind::BoundaryCurve | Kind::UnknownEdge => (0.0, 0.0),
    };
    Size { width, height }
}
